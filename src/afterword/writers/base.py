"""What every writer is: a function from a Report and options to the bytes of one file, with notices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from typing import Protocol

from afterword.diagnostics import Finding
from afterword.options import PAGE_SIZES, Pages, PageSize, PdfKind
from afterword.report.nodes import CodeBlock, Report
from afterword.theme.record import Theme


@dataclass(frozen=True, slots=True)
class DocxBase:
    """A company's own document, made ready to hold a report."""

    name: str
    """As the user gave it."""

    data: bytes
    """The package, without text and without anything that runs or fetches."""

    findings: tuple[Finding, ...] = ()
    """What was left out of it."""


@dataclass(frozen=True, slots=True)
class WriterOptions:
    """What a writer needs to know besides the report."""

    theme: Theme
    page_size: PageSize
    pages: Pages | None = None
    """Where sections stand in the laid-out document, for page numbers in a table of contents; None if unknown."""

    docx_base: DocxBase | None = None
    """What the Word draft is made from instead of our own base."""

    pdf: PdfKind = "accessible"


@dataclass(frozen=True, slots=True)
class Written:
    """One finished document."""

    data: bytes
    findings: tuple[Finding, ...] = ()
    """Notices about what could not be drawn in full."""


SHORT_CODE, _CODE_LINE = 15, 80
"""Lines of code up to which it stays on one page, and the characters that stand in one."""


def is_short(code: CodeBlock) -> bool:
    """Return whether code is to stay on one page, its longest lines as they are folded."""
    return sum(1 + len(line) // _CODE_LINE for line in code.text.split("\n")) <= SHORT_CODE


_LETTER = 0.5
"""Width of a letter as a share of the type size, on average."""

_FURNITURE_SHARE, _LEAST_FURNITURE = 0.84, 30
"""How much of a line a page header or footer may fill, which leaves room for a mark, and its characters at least."""

_MARK_LETTER, _MARK_SPACE = 7.2, 26
"""Points that a letter of a mark takes, bold and at 11 or 12 points, and its frame with the gap beside it."""

_POINTS_PER_MM = 72 / 25.4

_FULL_SIZE = 90
"""Characters of a title up to which it has the size that the theme says."""

_LEAST_FIT = 0.4


def title_fit(title: str) -> float:
    """Return the share of its size at which a title takes about as much of the first page as a long usual one."""
    if len(title) <= _FULL_SIZE:
        return 1.0
    return max(_LEAST_FIT, round(sqrt(_FULL_SIZE / len(title)), 2))


def furniture_text(text: str, options: WriterOptions, marks: Iterable[str] = ()) -> str:
    """Return the text of a header or footer as far as it fits beside its marks, cut after a word with an ellipsis."""
    most, told = furniture_length(options, marks), " ".join(text.split())
    if len(told) <= most:
        return told
    cut = told[:most]
    whole = cut.rpartition(" ")[0]
    return (whole if len(whole) > most // 2 else cut[:-1]).rstrip(" ·,;:-–—") + "…"


def furniture_length(options: WriterOptions, marks: Iterable[str] = ()) -> int:
    """Return how many characters of a header or footer fit beside these marks; the first page has the title in full."""
    page = options.theme.page
    points = (PAGE_SIZES[options.page_size][0] - page.margin_left - page.margin_right) * _POINTS_PER_MM
    taken = sum(len(mark) * _MARK_LETTER + _MARK_SPACE for mark in marks if mark)
    room = min(points * _FURNITURE_SHARE, points - taken)
    return max(_LEAST_FURNITURE, int(room / (options.theme.sizes.small * _LETTER)))


class Writer(Protocol):
    """Draws a report in one format. The same report and options give the same bytes."""

    def __call__(self, report: Report, options: WriterOptions) -> Written:
        """Return the finished document."""
        ...
