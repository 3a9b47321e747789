"""Page numbers in the contents, put in where they stand once the pages are laid out.

Where a number stands apart from the lines, as the built-in style sheet has it, it moves nothing, and so the pages need
not be laid out again for it, which would take as long as the first time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, TypeAlias

from afterword.report.nodes import Report
from afterword.report.walk import sections
from afterword.writers.pdf.kinds import is_contents

Box: TypeAlias = Any
"""A box of WeasyPrint, which has no types."""

_UNKNOWN = 1
"""What stands in the contents until the pages are known."""

_SLACK = 0.01
"""CSS pixels by which a box may be wider than the number in it and still count as made to its measure."""


def guesses(report: Report) -> Mapping[str, int]:
    """Return a page number for each entry that the contents may have, to lay the pages out with."""
    return {section.anchor: _UNKNOWN for _, section in sections(report)}


def put_numbers(document: Any, pages: Mapping[str, int]) -> bool:  # noqa: ANN401 (a Document of WeasyPrint)
    """Put the right page numbers into the contents; return whether that could be done without moving anything.

    Where it could not, because a theme sets the numbers among the text, nothing is changed.
    """
    roots = [page._page_box for page in document.pages]  # noqa: SLF001 (the only way to the boxes of a page)
    entries = [entry for root in roots for nav in _below(root) if _is_contents(nav) for entry in _entries(nav)]
    if not all(entry.stands_apart() for entry in entries):
        return False
    for entry in entries:
        entry.put(str(pages[entry.anchor]))
    return True


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of the contents."""

    anchor: str
    block: Box
    """The box of its page number."""

    text: Box
    """The number itself, in a line of that box."""

    def stands_apart(self) -> bool:
        """Return whether nothing else moves when the number gets another one, of whatever width."""
        return bool(self.block.is_absolutely_positioned()) and abs(self.block.width - self.text.width) < _SLACK

    def put(self, number: str) -> None:
        """Set another number in the place of the one that is there."""
        if number == self.text.text:
            return
        breaking = import_module("weasyprint.text.line_break")
        layout, _, _, width, _, _ = breaking.split_first_line(number, self.text.style, None, None, 0)
        self.text.text, self.text.pango_layout = layout.text, layout
        grown = width - self.text.width
        for box in (self.block, *_below(self.block)):
            box.width += grown
        if self.block.style["right"] != "auto":
            self.block.translate(dx=-grown)


def _entries(contents: Box) -> Iterator[_Entry]:
    """Yield the entries of the contents, or of what stands of them on a page, as far as they have numbers."""
    for line in _below(contents):
        if not isinstance(line, _boxes().BlockBox) or line.element_tag != "p":
            continue
        block = next((each for each in _below(line) if _is_number(each)), None)
        if block is not None:
            text = next(each for each in _below(block) if isinstance(each, _boxes().TextBox))
            yield _Entry(line.element.find("a").get("href").removeprefix("#"), block, text)


def _boxes() -> Any:  # noqa: ANN401 (WeasyPrint has no types)
    return import_module("weasyprint.formatting_structure.boxes")


def _is_number(box: Box) -> bool:
    return bool(box.element_tag == "span" and box.element.get("class") == "page")


def _is_contents(box: Box) -> bool:
    return hasattr(box.element, "tag") and box.element_tag == box.element.tag and is_contents(box.element)


def _below(box: Box) -> Iterator[Box]:
    for placed in getattr(box, "children", ()):
        child = getattr(placed, "_box", placed)  # an AbsolutePlaceholder holds the box itself
        yield child
        yield from _below(child)
