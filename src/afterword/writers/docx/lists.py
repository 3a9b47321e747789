"""Lists: which style and which count each item has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from afterword.diagnostics import Severity
from afterword.report.nodes import BulletList, ListItem, NumberedList
from afterword.writers.docx.manuscript import Frame, Manuscript, Opening
from afterword.writers.docx.markup.controls import BOXES, task_box
from afterword.writers.docx.markup.element import Element, element, valued
from afterword.writers.docx.markup.runs import Look, run, tab, text_element

DEEPEST = 9
"""Levels of a list in Word (ECMA-376-1, 17.9.6)."""

INDENT = 360
"""Of each level, in twips, as the base document has it."""

_HIGHEST = 32767
"""The highest number at which Word starts a list."""


def list_frame(frame: Frame, manuscript: Manuscript) -> Frame:
    """Return the frame of what stands in the items of a list, one level below the frame of the list."""
    level = frame.level + 1
    if level > DEEPEST:
        manuscript.notice("AW408", "a list deeper than nine levels is shown at the ninth", Severity.NOTE)
    shown = min(level, DEEPEST)
    style = _levelled("ListContinue", shown)
    return replace(frame, level=level, indent=INDENT * shown, style=style, is_beside=True, opening=None)


def list_items(
    block: BulletList | NumberedList, frame: Frame, manuscript: Manuscript
) -> Iterator[tuple[ListItem, Opening]]:
    """Yield each item with what its first paragraph wears."""
    level = min(frame.level + 1, DEEPEST)
    number = new_count(block, level, manuscript) if isinstance(block, NumberedList) else 0
    for item in block.items:
        yield item, _opening(item, number, level, manuscript)


def _opening(item: ListItem, number: int, level: int, manuscript: Manuscript) -> Opening:
    box = list if item.checked is None else partial(_box, manuscript, checked=item.checked)
    if number:
        return Opening(_levelled("ListNumber", level), (level - 1, number), box)
    return Opening(_levelled("ListBullet" if item.checked is None else "ListTask", level), None, box)


def _levelled(style: str, level: int) -> str:
    return style if level == 1 else f"{style}{level}"


def _box(manuscript: Manuscript, *, checked: bool) -> list[Element]:
    words = manuscript.report.words
    mark = run(Look(style="TaskMark"), [text_element(BOXES[checked])])
    title = manuscript.line(words.done if checked else words.not_done)
    return [task_box(next(manuscript.numbers), title, mark, checked=checked), tab()]


def new_count(block: NumberedList, level: int, manuscript: Manuscript) -> int:
    """Return the number of a new list that counts from its own start, whatever was counted before."""
    first = min(max(block.start, 0), _HIGHEST)
    if first != block.start:
        manuscript.notice("AW502", f"Word cannot start a list at {block.start}; it starts at {first}")
    numbering = manuscript.document.part.numbering_part.element
    number = 1 + max((each.numId for each in numbering.num_lst), default=0)
    override = element("w:lvlOverride", {"w:ilvl": level - 1}, [valued("w:startOverride", first)])
    numbering.append(
        element("w:num", {"w:numId": number}, [valued("w:abstractNumId", manuscript.counts[block.role]), override])
    )
    return number
