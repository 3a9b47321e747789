"""Sections that somebody wrote into a draft whose record has nothing of them, read as those of any document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from afterword.documents import read
from afterword.drafts.ledger import Ledger
from afterword.readers.notes import NoteKind
from afterword.readers.source import Data
from afterword.vocabulary.titles import plain

PARTS: Mapping[str, str] = MappingProxyType(
    {
        "summary": "summary",
        "timeline": "timeline",
        "root_cause": "root_cause",
        "trigger": "root_cause",
        "factors": "root_cause",
        "whys": "root_cause",
        "gap": "root_cause",
        "impact": "impact",
        "customers": "impact",
        "data_loss": "impact",
        "resolution": "resolution",
        "lessons": "lessons",
        "actions": "preventive_measures",
        "conclusion": "conclusion",
        "references": "references",
    }
)
"""The part of the record that holds what a section tells, by what its title means."""


def part_told(title: str, text: str, part: str, ledger: Ledger) -> Data:
    """Return what a section tells as a part of the record; None where any of its words would have another place."""
    day = str(ledger.value(("date",)) or "")
    draft = f"# Draft\n\n## {plain(title)}\n\n{text}"
    found = read(draft, ledger.source.name, day=date.fromisoformat(day) if day else None)
    told = set(found.data) if isinstance(found.data, dict) else set()
    is_left = any(note.kind is NoteKind.LEFTOVER for note in found.notes)
    if is_left or told - {"id", "title", "date", part}:
        return None
    return found.value((part,))
