"""What the import of a text document has to tell: what was found where, what was guessed, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from afterword.diagnostics import Place


class NoteKind(StrEnum):
    """How sure a note is."""

    FOUND = "found"
    """The document says it."""

    GUESSED = "guessed"
    """It follows from wording or from what stands around it, and somebody should look at it."""

    LEFTOVER = "leftover"
    """The record has no place for it."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that an import took, guessed or left."""

    path: str
    """Where the record has it (`timeline[3].at`), empty for a leftover."""

    place: Place
    kind: NoteKind
    words: str
    """The document's own words, in its own markup; for a guess, followed by the reason."""
