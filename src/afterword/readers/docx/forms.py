"""Tables that are forms: whole reports in one table, with a wide row for each heading, and fields side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from afterword.readers.docx.names import W, attribute, is_on, number, under
from afterword.readers.docx.package import Node
from afterword.readers.docx.runs import text_of
from afterword.readers.docx.tables import GridRow, cells_of
from afterword.vocabulary.fields import field_named
from afterword.vocabulary.moments import read_moment
from afterword.vocabulary.titles import section_of

_LONGEST = 60
"""Characters of a heading in a form."""

_FOUR = 4


def is_form(rows: Sequence[Node]) -> bool:
    """Return whether rows are those of a form: two of them at least are wide, and one is the heading of a section."""
    wide = [row for row in rows if is_full(row)]
    return len(wide) > 1 and any(section_of(text) for row in wide if len(text := text_of(row)) <= _LONGEST)


def is_full(row: Node) -> bool:
    """Return whether a row is one cell over the width of several columns, and no day above the events of a day."""
    cells = [*cells_of(row)]
    span = number(attribute(under(cells[0], "tcPr", "gridSpan"), "val"), 1) if len(cells) == 1 else 1
    moment = read_moment(text_of(row)) if span > 1 else None
    return span > 1 and (moment is None or bool(moment.rest.strip()) or moment.seconds is not None)


def is_heading_of_form(cell: Node) -> bool:
    """Return whether a wide cell is a heading: short, and bold or what a section is called."""
    paragraphs = [each for each in cell.iter(f"{W}p") if text_of(each)]
    text = text_of(cell)
    if len(paragraphs) != 1 or len(text) > _LONGEST or text.endswith("."):
        return False
    runs = [run for run in cell.iter(f"{W}r") if text_of(run)]
    return bool(section_of(text)) or all(is_on(under(run, "rPr"), "b") for run in runs)


def in_pairs(rows: Sequence[GridRow]) -> list[GridRow]:
    """Return rows of two fields each as rows of one; any other rows as they are."""
    if not all(len(row.texts) == _FOUR and row.texts[0] and row.texts[2] for row in rows):
        return [*rows]
    keys = [text for row in rows for text in (row.texts[0], row.texts[2])]
    values = [text for row in rows for text in (row.texts[1], row.texts[3])]
    if 2 * sum(map(_is_field, keys)) < len(keys) or any(map(_is_field, values)):
        return [*rows]
    return [replace(row, texts=row.texts[at : at + 2], is_head=False) for row in rows for at in (0, 2)]


def _is_field(text: str) -> bool:
    return bool(field_named(text.strip(" *:：")))
