"""Steps from a composed Report to one that can be drawn: anchors, links that hold, numbers."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from afterword.report.nodes import Block, Figure, Footnote, Inline, Link, Report, Section, Table
from afterword.report.rebuild import ChangeInline, map_blocks, map_inlines
from afterword.report.walk import blocks, plain_text, sections

ANCHOR_LENGTH = 40
"""Characters that the name of a bookmark may have in Word (ECMA-376-1, 17.13.6.2, as Word reads it)."""


def anchored(report: Report) -> Report:
    """Return the report with a unique anchor for every section and every captioned table and figure.

    Anchors are lower-case ASCII letters, digits and underscores, at most 40, and start with a letter. They
    come from the section's name or else its title, so that they stay when other sections come and go. Links
    to a section by the form of its title that is common on the web (`#root-cause`) are led to its anchor;
    links that lead nowhere are replaced by their text.
    """
    taken: set[str] = set()
    named = replace(report, sections=tuple(_anchored(section, taken) for section in report.sections))
    kinds = {Table: count(1), Figure: count(1)}

    def change(block: Block) -> tuple[Block, ...]:
        if isinstance(block, Table | Figure) and block.caption:
            wish = block.anchor or f"{type(block).__name__.lower()}_{next(kinds[type(block)])}"
            return (replace(block, anchor=_unique(slug(wish), taken)),)
        return (block,)

    return _linked(map_blocks(named, change))


def _anchored(section: Section, taken: set[str]) -> Section:
    wish = section.anchor or section.name or plain_text(section.title)
    anchor = _unique(slug(wish), taken)
    return replace(section, anchor=anchor, sections=tuple(_anchored(below, taken) for below in section.sections))


def slug(text: str) -> str:
    """Return a text as an anchor: `Root Cause (5 Whys)` as `root_cause_5_whys`.

    A text without Latin letters gets a name from its own hash, so that it, too, keeps its anchor.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if not name or len(name) * 3 < sum(character.isalnum() for character in text):
        name = "section_" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
    if not name[0].isalpha():
        name = "s_" + name
    return name[:ANCHOR_LENGTH].rstrip("_")


def _unique(wish: str, taken: set[str]) -> str:
    names = (wish if number == 1 else _with_suffix(wish, f"_{number}") for number in count(1))
    name = next(each for each in names if each not in taken)
    taken.add(name)
    return name


def _with_suffix(wish: str, suffix: str) -> str:
    return wish[: ANCHOR_LENGTH - len(suffix)].rstrip("_") + suffix


def anchors(report: Report) -> Iterator[str]:
    """Yield the anchors of all sections, then of all tables and figures, in reading order."""
    yield from (section.anchor for _, section in sections(report) if section.anchor)
    yield from (block.anchor for block in blocks(report) if isinstance(block, Table | Figure) and block.anchor)


def _known(report: Report) -> dict[str, str]:
    """Return the anchors by every name that leads to them: themselves, and the title of their section."""
    titles = {slug(plain_text(section.title)): section.anchor for _, section in reversed([*sections(report)])}
    return titles | {slug(anchor): anchor for anchor in anchors(report)}


def _linked(report: Report) -> Report:
    known = _known(report)

    def change(inline: Inline) -> tuple[Inline, ...]:
        if not isinstance(inline, Link) or not inline.target.startswith("#"):
            return (inline,)
        anchor = known.get(slug(inline.target[1:]))
        return (replace(inline, target=f"#{anchor}"),) if anchor else inline.children

    return map_inlines(report, change)


def numbered(report: Report, *, number_sections: bool = False) -> Report:
    """Return the report with captioned tables, figures and notes numbered in reading order, and sections if asked.

    A captioned table inside another one's cells, which nothing here makes, is counted before the outer one.
    """
    kinds = {Table: count(1), Figure: count(1)}

    def change(block: Block) -> tuple[Block, ...]:
        if not isinstance(block, Table | Figure):
            return (block,)
        return (replace(block, number=next(kinds[type(block)]) if block.caption else 0),)

    changed = map_inlines(map_blocks(report, change), notes_counted())
    return replace(changed, sections=_counted(changed.sections, "")) if number_sections else changed


def notes_counted() -> ChangeInline:
    """Return a change that gives each note the next number, from 1, and each further mark that of the note before.

    Marks follow their note in the same text, so the last note with their number is the one they mean.
    """
    numbers = count(1)
    now: dict[int, int] = {}

    def change(inline: Inline) -> tuple[Inline, ...]:
        if not isinstance(inline, Footnote):
            return (inline,)
        if inline.paragraphs:
            now[inline.number] = next(numbers)
        return (replace(inline, number=now.get(inline.number, 0)),)

    return change


def _counted(found: tuple[Section, ...], above: str) -> tuple[Section, ...]:
    return tuple(
        replace(section, number=f"{above}{place}", sections=_counted(section.sections, f"{above}{place}."))
        for place, section in enumerate(found, 1)
    )
