"""The record of a draft while its edits are entered, with a note on each."""

from __future__ import annotations

import re
from collections import defaultdict
from copy import deepcopy
from dataclasses import replace
from typing import cast

from afterword.diagnostics import Place, shorten
from afterword.drafts.paths import Path
from afterword.drafts.values import Near
from afterword.readers.notes import Note, NoteKind
from afterword.readers.source import Data, Key, Source

_REQUIRED = frozenset({"id", "title", "date", "name", "heading", "description", "at", "path"})
"""Names of fields that their part cannot do without."""

_OPTIONAL = frozenset({("root_cause", "description"), ("impact", "description"), ("resolution", "description")})


class Ledger:
    """Takes edits by the paths that the record had before; lists change when all of them are known."""

    def __init__(self, source: Source) -> None:
        """Start with the record as the document carries it."""
        self.source = source
        self.data = cast("dict[str, Data]", deepcopy(source.data))
        self.notes: list[Note] = []
        self.gone: dict[Path, set[int]] = defaultdict(set)
        self.new: dict[Path, list[tuple[int, Data]]] = defaultdict(list)

    def value(self, path: Path) -> Data:
        """Return what the record has at a path now, None where it has nothing."""
        return replace(self.source, data=self.data).value(path)

    def near(self, path: Path) -> Near:
        """Return the moment that the record has at a path, to read one that stands near it."""
        return Near(str(self.value(path) or ""), bool(self.value(("timezone",))))

    def put(self, path: Path, value: Data, *, old: str, new: str, paragraph: int) -> None:
        """Set a field that was edited."""
        self._parent(path)[path[-1]] = value
        self.note(NoteKind.FOUND, path, f"edited: {shorten(old)!r} → {shorten(new)!r}", paragraph)

    def clear(self, path: Path, old: str, paragraph: int) -> None:
        """Take a field out that was emptied; one that its part needs stays, with a note."""
        if path[-1] in _REQUIRED and path not in _OPTIONAL and not self._is_optional(path):
            self.note(
                NoteKind.LEFTOVER, path, f"emptied, which the record cannot take over: {shorten(old)!r}", paragraph
            )
            return
        self._parent(path).pop(path[-1], None)
        self.note(NoteKind.FOUND, path, f"deleted: {shorten(old)!r}", paragraph)

    def _is_optional(self, path: Path) -> bool:
        """Return whether a description is one of a part that has a title, and so may do without."""
        part = self.value(path[:-1])
        return path[-1] == "description" and isinstance(part, dict) and bool(part.get("title"))

    def remove(self, path: Path, old: str, paragraph: int) -> None:
        """Take an item out of its list."""
        self.gone[path[:-1]].add(cast("int", path[-1]))
        self.note(NoteKind.FOUND, path[:-1], f"deleted: {shorten(old)!r}", paragraph)

    def add(self, path: Path, after: int, item: Data, *, said: str, paragraph: int) -> None:
        """Add an item to a list, after the one that had a number, or at its head for -1."""
        self.new[path].append((after, item))
        self.note(NoteKind.FOUND, path, f"added: {shorten(said)!r}", paragraph)

    def note(self, kind: NoteKind, path: Path, words: str, paragraph: int) -> None:
        """Keep a note."""
        self.notes.append(Note(kind, path, Place(self.source.name, paragraph=max(paragraph, 1)), words))

    def _parent(self, path: Path) -> dict[Key, Data]:
        around: Data = self.data
        for key in path[:-1]:
            if isinstance(around, list):
                around = around[cast("int", key)]
            else:
                around = cast("dict[str, Data]", around).setdefault(str(key), {})
        return cast("dict[Key, Data]", around)

    def finished(self) -> Source:
        """Return the record with all edits, its lists too, and the notes with the paths that the record has now."""
        moved: dict[Path, list[int]] = {}
        for path in {*self.gone, *self.new}:
            moved[path] = self._list(path)
        notes = tuple(replace(note, path=_moved(note.path, moved)) for note in self.notes)
        return replace(self.source, data=self.data, notes=notes)

    def _list(self, path: Path) -> list[int]:
        """Change a list; return the new number of each item that it had."""
        found = self.value(path)
        old = found if isinstance(found, list) else []
        made: list[Data] = []
        moved = []
        for index in range(-1, len(old)):
            if index >= 0:
                moved.append(len(made))
                made += [] if index in self.gone[path] else [old[index]]
            made += [item for after, item in self.new[path] if after == index]
        if path == ("timeline",) and self.new[path]:
            made = _in_order(made)
            moved = [next((at for at, each in enumerate(made) if each is item), 0) for item in old]
        if made:
            self._parent(path)[path[-1]] = made
        else:
            self._parent(path).pop(path[-1], None)
        return moved


def _in_order(events: list[Data]) -> list[Data]:
    """Return events in order of time, where their times can be compared as they are written."""
    times = [str(cast("dict[str, Data]", event).get("at", "")) for event in events]
    if len({re.sub(r"^\d{4}-\d\d-\d\dT[\d:.]+", "", each) for each in times}) > 1:
        return events
    return [
        event
        for _, _, event in sorted(
            (time[:16], at, event) for at, (time, event) in enumerate(zip(times, events, strict=True))
        )
    ]


def _moved(path: Path, moved: dict[Path, list[int]]) -> Path:
    for length in range(1, len(path)):
        numbers = moved.get(path[:length])
        index = path[length]
        if numbers and isinstance(index, int) and index < len(numbers):
            return (*path[:length], numbers[index], *path[length + 1 :])
    return path
