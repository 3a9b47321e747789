"""The record while it grows: data as text, with the place of each value and a note on where it came from."""

from __future__ import annotations

from typing import cast

from afterword.diagnostics import Place
from afterword.readers.document import Document, Span
from afterword.readers.notes import Note, NoteKind
from afterword.readers.source import Data, Key, Position, Source

Path = tuple[Key, ...]


class Draft:
    """Collects what a document tells."""

    def __init__(self, document: Document, *, is_ours: bool = False) -> None:
        """Start with nothing; of a document of ours it is known which of several forms a thing has."""
        self.document = document
        self.is_ours = is_ours
        self.data: dict[str, Data] = {}
        self.positions: dict[Path, Position] = {(): Position(1, 1)}
        self.notes: list[Note] = []
        self.after = "after overview"
        """Where a section of the author's own belongs that comes next."""
        self.written: tuple[Span, Span] | None = None
        """The `date` of the front matter, its value and its line: of the incident, or when somebody wrote of it."""
        self.published: Span | None = None
        """When the document says that it was published."""

    def has(self, *path: Key) -> bool:
        """Return whether the record has a value at a path."""
        value: Data = self.data
        for key in path:
            if not isinstance(value, dict) or not isinstance(key, str) or key not in value:
                return False
            value = value[key]
        return True

    def put(self, path: Path, span: Span, kind: NoteKind = NoteKind.FOUND, words: str = "") -> None:
        """Set a value, with its place; a note says from which words, where words are given."""
        around: Data = self.data
        for at, key in enumerate(path[:-1]):
            self.positions.setdefault(path[: at + 1], Position(span.line, span.column))
            around = _inside(around, key, [] if isinstance(path[at + 1], int) else {})
        if isinstance(around, list):
            around.append(span.text)
        else:
            cast("dict[str, Data]", around)[str(path[-1])] = span.text
        self.positions[path] = span.position
        if words:
            self.note(kind, path, span, words)

    def count(self, name: str) -> int:
        """Return how many entries a list of the record has so far."""
        value = self.data.get(name)
        return len(value) if isinstance(value, list) else 0

    def note(self, kind: NoteKind, path: Path, span: Span, words: str = "") -> None:
        """Keep a note about some words of the document."""
        place = Place(self.document.name, span.line, span.column)
        self.notes.append(Note(kind, path, place, words or span.text))

    def leave(self, span: Span) -> None:
        """Keep words for which the record has no place."""
        if span.text.strip():
            self.note(NoteKind.LEFTOVER, (), span)

    def section(self, heading: Span, body: Span | None) -> None:
        """Add a section of the author's own, at the place where the document has it."""
        path: Path = ("sections", self.count("sections"))
        self.put((*path, "heading"), heading)
        if body is not None and body.text.strip():
            self.put((*path, "body"), body)
        self.put((*path, "position"), Span(self.after, heading.line, heading.column, is_exact=False))

    def source(self) -> Source:
        """Return the finished source."""
        notes = tuple(sorted(self.notes, key=lambda note: (note.place.line or 0, note.place.column or 0)))
        return Source(self.document.name, self.data, self.positions, self.document.folder, (), notes)


def _inside(around: Data, key: Key, empty: Data) -> Data:
    """Return what is at a key, a new `empty` one where there is nothing."""
    if isinstance(around, list) and isinstance(key, int):
        if key == len(around):
            around.append(empty)
        return around[key]
    return cast("dict[str, Data]", around).setdefault(str(key), empty)
