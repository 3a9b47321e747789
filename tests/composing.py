"""What the tests of compose share: reports of records, and ways to what stands in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from afterword.assets import Shelf
from afterword.compose import Composed, Furniture, compose
from afterword.incident.model import Incident
from afterword.report.nodes import Block, FieldBlock, FieldText, Report, Section, Table
from afterword.report.walk import blocks, inlines, plain_text, sections
from afterword.words import words_for

SMALLEST = {"id": "1", "title": "T", "date": "2023-08-13"}
ZONED = {**SMALLEST, "timezone": "UTC"}


def composed(
    *,
    folder: Path | None = None,
    language: str = "",
    furniture: Furniture | None = None,
    **fields: Any,  # noqa: ANN401 (fields of any kind)
) -> Composed:
    """Return the report of a record with these fields, in a language or in its own, and what was noticed."""
    incident = Incident.model_validate({**ZONED, **fields})
    return compose(incident, words_for(language or incident.language), Shelf(folder), {}, furniture)


def report(**fields: Any) -> Report:  # noqa: ANN401 (fields of any kind)
    """Return the report of a record with these fields."""
    return composed(**fields).report


def section(found: Report, name: str) -> Section:
    """Return the section of a name or of a title."""
    return next(each for _, each in sections(found) if name in {each.name, plain_text(each.title)})


def titles(found: Report) -> list[str]:
    """Return the titles of the top sections, in order."""
    return [plain_text(each.title) for each in found.sections]


def table(found: Report, role: str) -> Table:
    """Return the table of a role."""
    return next(each for each in blocks(found) if isinstance(each, Table) and each.role == role)


def cells(found: Table) -> list[list[str]]:
    """Return the texts of a table, its column titles first."""
    rows = [[plain_text(cell.blocks) for cell in row.cells] for row in found.rows]
    return [[plain_text(column.title) for column in found.columns], *rows]


def text(*found: Block) -> str:
    """Return the text of blocks."""
    return plain_text(found)


def paths(found: Report) -> Iterator[str]:
    """Yield the paths of the fields that a report shows."""
    yield from (each.path for each in inlines(found) if isinstance(each, FieldText))
    yield from (each.path for each in blocks(found) if isinstance(each, FieldBlock))
