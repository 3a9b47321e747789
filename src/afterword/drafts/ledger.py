"""The record of a draft while its edits are entered, with a note on each."""

from __future__ import annotations

from collections import defaultdict
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from afterword.diagnostics import Place, shorten
from afterword.drafts.paths import Path
from afterword.drafts.values import Near
from afterword.readers.notes import Note, NoteKind
from afterword.readers.source import Data, Key, Source

_REQUIRED = frozenset({"id", "title", "date", "name", "heading", "description", "at", "path"})
"""Names of fields that their part cannot do without."""

_OPTIONAL = frozenset({("root_cause", "description"), ("impact", "description"), ("resolution", "description")})


_SHORT = 60
"""Characters up to which a note has the whole of a text."""

_AROUND = 15
"""Characters that a note has before the first that was changed, at least."""


class Ledger:
    """Takes edits by the paths that the record had before; lists change when all of them are known."""

    def __init__(self, source: Source) -> None:
        """Start with the record as the document carries it."""
        self.source = source
        self.data = cast("dict[str, Data]", deepcopy(source.data))
        self.notes: list[Note] = []
        self.gone: dict[Path, set[int]] = defaultdict(set)
        self.new: dict[Path, list[tuple[int, Data]]] = defaultdict(list)
        self.orders: dict[Path, list[int]] = {}
        """Lists whose items stand in another order, with their numbers in that order."""

    def value(self, path: Path) -> Data:
        """Return what the record has at a path now, None where it has nothing."""
        return replace(self.source, data=self.data).value(path)

    def near(self, path: Path) -> Near:
        """Return the moment that the record has at a path, to read one that stands near it."""
        return Near(str(self.value(path) or ""), bool(self.value(("timezone",))))

    def put(self, path: Path, value: Data, *, old: str, new: str, paragraph: int) -> None:
        """Set a field that was edited."""
        self._parent(path)[path[-1]] = value
        self.note(NoteKind.FOUND, path, told_edit(old, new), paragraph)
        if path[:1] == ("timeline",) and path[-1] == "at":
            self.new[path[:1]] += []

    def clear(self, path: Path, old: str, paragraph: int) -> None:
        """Take a field out that was emptied; one that its part needs stays, with a note."""
        if path[-1] in _REQUIRED and path not in _OPTIONAL and not self._is_optional(path):
            self.note(
                NoteKind.LEFTOVER, path, f"emptied, which the record cannot take over: {shorten(old)!r}", paragraph
            )
            return
        self._take_out(path)
        self.note(NoteKind.FOUND, path, f"deleted: {shorten(old)!r}", paragraph)

    def _take_out(self, path: Path) -> None:
        """Take a field out, and the part around it if nothing is left of that."""
        self._parent(path).pop(path[-1], None)
        if len(path) > 1 and self.value(path[:-1]) == {}:
            self._take_out(path[:-1])

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

    def moved(self, path: Path, said: str, paragraph: int, *, stays: bool) -> None:
        """Tell that an item stands elsewhere; one that `stays` in its place is an event whose time says so."""
        words = f"moved: {shorten(said)!r}"
        if stays:
            why = "events stand in the order of their times, so its time has to be changed"
            self.note(NoteKind.LEFTOVER, path, f"{words}; {why}", paragraph)
        else:
            self.note(NoteKind.FOUND, path, words, paragraph)

    def in_order(self, events: list[Data]) -> list[Data]:
        """Return events in order of time, to the minute; as they are where their times cannot be compared."""
        zone = str(self.value(("timezone",)) or "")
        times = [_minute(str(cast("dict[str, Data]", event).get("at", "")), zone) for event in events]
        known = [time for time in times if time is not None]
        if len(known) < len(times) or len({time.tzinfo is None for time in known}) > 1:
            return events
        return [events[number] for number in sorted(range(len(events)), key=known.__getitem__)]

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
        for path in {*self.gone, *self.new, *self.orders}:
            moved[path] = self._list(path)
        notes = tuple(replace(note, path=_moved(note.path, moved)) for note in self.notes)
        return replace(self.source, data=self.data, notes=notes)

    def _list(self, path: Path) -> list[int]:
        """Change a list; return the new number of each item that it had."""
        found = self.value(path)
        old = found if isinstance(found, list) else []
        made: list[Data] = []
        moved = [0] * len(old)
        for index in (-1, *self.orders.get(path, range(len(old)))):
            if index >= 0:
                moved[index] = len(made)
                made += [] if index in self.gone[path] else [old[index]]
            made += [item for after, item in self.new[path] if after == index]
        if path == ("timeline",):
            made = self.in_order(made)
            moved = [next((at for at, each in enumerate(made) if each is item), 0) for item in old]
        if made:
            self._parent(path)[path[-1]] = made
        else:
            self._take_out(path)
        return moved


def _minute(at: str, zone: str) -> datetime | None:
    """Return a moment to the minute, one without an offset as a local one; None for a text that is none."""
    try:
        moment = datetime.fromisoformat(at).replace(second=0, microsecond=0)
        return moment.replace(tzinfo=ZoneInfo(zone)) if zone and moment.tzinfo is None else moment
    except (ValueError, ZoneInfoNotFoundError):
        return None


def told_edit(old: str, new: str) -> str:
    """Return in words what was edited, of long texts the part that differs."""
    if not old.strip():
        return f"added: {shorten(new)!r}"
    if max(len(old), len(new)) <= _SHORT:
        return f"edited: {old!r} → {new!r}"
    start = next((at for at, (was, now) in enumerate(zip(old, new, strict=False)) if was != now), None)
    start = min(len(old), len(new)) if start is None else start
    start = max(old.rfind(" ", 0, max(start - _AROUND, 0)) + 1, 0)
    lead = "…" if start else ""
    return f"edited: {lead + shorten(old[start:])!r} → {lead + shorten(new[start:])!r}"


def _moved(path: Path, moved: dict[Path, list[int]]) -> Path:
    for length in range(1, len(path)):
        numbers = moved.get(path[:length])
        index = path[length]
        if numbers and isinstance(index, int) and index < len(numbers):
            return (*path[:length], numbers[index], *path[length + 1 :])
    return path
