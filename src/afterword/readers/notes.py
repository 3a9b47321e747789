"""Import notes: what an importer understood of a source, what it guessed, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from afterword.diagnostics import Place


class NoteKind(StrEnum):
    """How sure an importer is of what it says."""

    FOUND = "found"
    """The source says so."""

    GUESSED = "guessed"
    """The source does not say so; the importer inferred it, and somebody should look."""

    LEFTOVER = "leftover"
    """The record has no place for it; it is kept under `extra` or, where the words say so, not at all."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that an importer has to say about a field of the record that it made."""

    kind: NoteKind
    path: tuple[str | int, ...]
    """Path into the record: `("timeline", 3, "kind")`; of a leftover its place under `extra`."""

    place: Place
    """Where the source has what it was made from."""

    words: str
    """From what it was made, or why it was guessed, in one clause, lower-case, without a full stop."""
