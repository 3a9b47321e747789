"""The impact of an incident where a document tells it in numbers and fields: measures, services, start and end."""

from __future__ import annotations

import re
from collections.abc import Sequence

from afterword.interpret.cells import bare
from afterword.interpret.draft import Draft
from afterword.interpret.identity import take_impact_field
from afterword.interpret.metadata import fields_in
from afterword.readers.document import Block, Row, Span
from afterword.readers.notes import NoteKind
from afterword.vocabulary.lexicon import Lexicon, key_of
from afterword.vocabulary.moments import Order
from afterword.vocabulary.titles import plain

_COLUMNS = Lexicon(
    {
        "name": """
            measure|metric|what is measured|indicator|kpi|kennzahl|messgröße|métrica|indicador|indicateur|指標|项目
            |指标|المقياس
        """,
        "value": "value|count|number|total|amount|wert|anzahl|valeur|nombre|valor|cantidad|quantidade|値|数值|القيمة",
        "unit": "unit|units|einheit|unité|unidad|unidade|単位|单位|الوحدة",
        "basis": "basis",
    }
)
_BASES = Lexicon({"estimate": "estimate|estimated|approximate|approx", "actual": "actual|measured|counted"})
_FIELDS = frozenset({"services", "started_at", "ended_at"})


def basis_of(words: str) -> str:
    """Return whether a number was counted or estimated by what people call that, empty for other words."""
    return _BASES.get(key_of(words))


def column_of_measures(title: str) -> str:
    """Return what a column of a table of measures holds, empty for a column of something else."""
    return _COLUMNS.get(key_of(re.sub(r"\([^)]*\)", "", plain(title))))


def without_impact(draft: Draft, blocks: Sequence[Block], order: Order) -> list[Block]:
    """Take the measures and fields of a section about the impact; return its other blocks."""
    return [each for block in blocks if (each := _without(draft, block, order)) is not None]


def _without(draft: Draft, block: Block, order: Order) -> Block | None:
    is_table = block.kind == "table"
    if is_table and _take_measures(draft, block):
        return None
    fields = list(fields_in(block)) if block.kind == "list" or (is_table and draft.is_ours) else []
    if not fields or not all(field.name in _FIELDS for field in fields):
        return block
    left = [field.source for field in fields if not take_impact_field(draft, field, order)]
    if not left:
        return None
    return Block(block.kind, Span("\n".join(span.text for span in left), left[0].line, is_exact=False))


def _take_measures(draft: Draft, block: Block) -> bool:
    """Take a table of measures; return whether it is one, with a name and a value in each row."""
    names = [column_of_measures(cell.text) for cell in block.rows[0].cells]
    if not {"name", "value"} <= set(names) or "" in names or len(set(names)) < len(names):
        return False
    rows = [_measure(row, names) for row in block.rows[1:]]
    if not rows or not all(rows):
        return False
    draft.note(NoteKind.FOUND, ("impact", "measures"), block.rows[0].source)
    impact = draft.data.get("impact", {})
    known = impact.get("measures", []) if isinstance(impact, dict) else []
    for index, fields in enumerate(rows, start=len(known or [])):
        for name, value in fields.items():
            draft.put(("impact", "measures", index, name), value)
    for row in block.rows[1:]:
        draft.note(NoteKind.FOUND, ("impact", "measures"), row.source)
    return True


def _measure(row: Row, names: Sequence[str]) -> dict[str, Span]:
    """Return the fields of a measure; nothing where the row is none."""
    found = {name: bare(cell) for name, cell in zip(names, row.cells, strict=False) if cell.text.strip()}
    if "basis" in found:
        basis = basis_of(found["basis"].text)
        found["basis"] = found["basis"].but(basis)
        if not basis:
            return {}
    if found.get("basis") and found["basis"].text == "actual":
        del found["basis"]
    return found if {"name", "value"} <= set(found) else {}
