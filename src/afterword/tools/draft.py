"""A record in the making, and the source that comes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path as Folder
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from afterword.diagnostics import Place
from afterword.readers.notes import Note, NoteKind
from afterword.readers.source import Data, Key, Position, Source, path_text
from afterword.tools.stamps import LAST, has_offset, moment
from afterword.tools.telling import told
from afterword.tools.view import Leaf, Made, Path, View, leaves_of

EXTRA = "extra"
POST_MORTEM = "Post-mortem"
"""The heading of a post-mortem that has none."""

_IN_UTC = "some times say no offset; they are taken for UTC"
_NOTHING: tuple[Data, ...] = (None, {}, [])


@dataclass(slots=True)
class Draft:
    """One incident of an export: the record that was made of it, and the parts of the export that it was made from."""

    root: View
    """The incident itself."""

    record: dict[str, Made]
    parts: dict[str, list[View]] = field(default_factory=dict)
    """What belongs to it and stands elsewhere in the export, such as its log entries, by a name for its leftovers."""

    texts: Sequence[tuple[str, Leaf | None]] = ()
    """Post-mortems in Markdown, each with the heading that it gets where it has none of its own."""


def event(at: Leaf | None, description: Leaf | None, kind: Leaf | None = None, **more: Leaf | None) -> dict[str, Made]:
    """Return an event of a timeline; one without a time is none, and what it says stays a leftover."""
    if at is None:
        return {}
    words = description or replace(at, text="No words were given.", takes=False, as_it_was=False)
    return {"at": at, "description": words, "kind": kind, **more}


def moments(root: View, names: Mapping[str, tuple[str, str]]) -> Iterator[dict[str, Made]]:
    """Yield an event for each moment that an export names: by its field, what is said of it, and its kind."""
    for field_name, (words, kind) in names.items():
        at = root[field_name]
        if at.take_time():
            yield event(at.take_time(), at.say(words), at.say(kind))


def in_order(events: Sequence[Made], zone: tzinfo = UTC) -> list[Made]:
    """Return events by their moments, whatever their offsets; those without a readable time come last."""
    return sorted(filter(None, events), key=lambda event: _when(event, zone))


def _when(event: Made, zone: tzinfo) -> datetime:
    at = event.get("at") if isinstance(event, dict) else None
    return moment(at.text, zone) if isinstance(at, Leaf) else LAST


def day(at: Leaf | None) -> Leaf | None:
    """Return the day of a timestamp, as its own clock has it."""
    return replace(at, text=at.text.strip()[:10], takes=False, as_it_was=False) if at else None


def span(start: Leaf | None, end: Leaf | None) -> dict[str, Made]:
    """Return the start and the end of an impact, the end only where it is not before the start."""
    if start and end and moment(end.text) < moment(start.text):
        end = None
    return {"started_at": start, "ended_at": end}


def source_of(draft: Draft, files: Sequence[Source], name: str) -> Source:
    """Return the source that a draft stands for, with positions that lead into the files of the export."""
    if not isinstance(draft.root.value, dict):
        return Source(name, draft.root.value, {(): _position(draft.root.path, files)}, _folder(draft, files))
    weaver = _Weaver(files)
    differing, beside = _take_texts(draft)
    data = weaver.mapping({**draft.record, EXTRA: _leftovers(draft, differing)}, ())
    weaver.positions[()] = _position(draft.root.path, files)
    for origin, note in beside:
        weaver.note(origin, note)
    notes = (*_found(data, weaver), *weaver.notes)
    return Source(name, data, weaver.positions, _folder(draft, files), notes=notes)


def _take_texts(draft: Draft) -> tuple[dict[str, Made], list[tuple[Path, Note]]]:
    """Put what the texts tell into the record; return what they say otherwise, and notes with where they come from."""
    differing: dict[str, Made] = {}
    beside: list[tuple[Path, Note]] = []
    for heading, text in draft.texts:
        if text is not None:
            found = told(draft.record, text, heading)
            draft.record = found.record
            differing |= found.differing
            beside += [(text.origin, note) for note in found.notes]
    _take_zone(draft.record)
    if isinstance(events := draft.record.get("timeline"), list) and draft.texts:
        draft.record["timeline"] = in_order(events, _zone(draft.record.get("timezone")))
        _take_day(draft.record)
    return differing, beside


def _take_day(record: dict[str, Made]) -> None:
    """Take the day of the first event for a date that was guessed from what was written later."""
    events, told_day = record.get("timeline"), record.get("date")
    at = _field(events[0], "at") if isinstance(events, list) and events else None
    if isinstance(at, Leaf) and isinstance(told_day, Leaf) and told_day.guess and at.text[:10] < told_day.text[:10]:
        record["date"] = replace(
            at, text=at.text[:10], guess="the day of the first event", takes=False, as_it_was=False
        )


def _take_zone(record: dict[str, Made]) -> None:
    """Say which zone times without an offset are in where others have one, as the record needs one for all."""
    events = record.get("timeline")
    stamps = [leaf for key in ("started_at", "ended_at") for leaf in leaves_of(_field(record.get("impact"), key))]
    stamps += [leaf for each in events for leaf in leaves_of(_field(each, "at"))] if isinstance(events, list) else []
    bare = [leaf for leaf in stamps if not has_offset(leaf.text)]
    if bare and len(bare) < len(stamps) and not record.get("timezone"):
        record["timezone"] = replace(bare[0], text="UTC", guess=_IN_UTC, takes=False, as_it_was=False)


def _field(made: Made, name: str) -> Made:
    return made.get(name) if isinstance(made, dict) else None


def _zone(name: Made) -> tzinfo:
    try:
        return ZoneInfo(name.text) if isinstance(name, Leaf) else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def _folder(draft: Draft, files: Sequence[Source]) -> Folder | None:
    return files[file_of(draft.root.path)].folder


def file_of(path: Path) -> int:
    """Return the number of the file that a path leads into."""
    return path[0] if path and isinstance(path[0], int) else 0


def _position(origin: Path, files: Sequence[Source]) -> Position:
    """Return the place in its file of what a value was made from, or of the nearest thing around it."""
    file, inner = files[file_of(origin)], origin[1:]
    while inner and inner not in file.positions:
        inner = inner[:-1]
    return replace(file.positions.get(inner, Position(1, 1)), file=file.name)


class _Weaver:
    """Makes data of what a record is made of, and keeps where each value comes from."""

    def __init__(self, files: Sequence[Source]) -> None:
        self.files = files
        self.positions: dict[tuple[Key, ...], Position] = {}
        self.origins: dict[Path, Path] = {}
        self.notes: list[Note] = []

    def mapping(self, fields: dict[str, Made], path: Path) -> dict[str, Data]:
        """Return a mapping without what is empty."""
        found = {key: self.value(item, (*path, key)) for key, item in fields.items()}
        return {key: item for key, item in found.items() if item not in _NOTHING}

    def value(self, made: Made, path: Path) -> Data:
        """Return a value, None where there is none."""
        if isinstance(made, Leaf):
            return self._text(made, path)
        data = self.mapping(made, path) if isinstance(made, dict) else self._items(made or [], path)
        leaf = next(leaves_of(made), None) if data else None
        if leaf is not None:
            origin = self.origins[path] = leaf.origin
            self.positions[path] = replace(_position(origin, self.files), text_line=0, text_column=0)
        return data

    def _items(self, items: list[Made], path: Path) -> Data:
        data: list[Data] = []
        for item in items:
            value = self.value(item, (*path, len(data)))
            if value not in _NOTHING:
                data.append(value)
        return data

    def _text(self, leaf: Leaf, path: Path) -> str:
        self.origins[path] = leaf.origin
        position = _position(leaf.origin, self.files)
        self.positions[path] = position if leaf.as_it_was else replace(position, text_line=0, text_column=0)
        if leaf.guess:
            self.notes.append(Note(NoteKind.GUESSED, path, self.place(path), leaf.guess))
        return leaf.text

    def note(self, origin: Path, note: Note) -> None:
        """Keep a note about what is at a place of the export."""
        position = _position(origin, self.files)
        place = Place(position.file, position.line, position.column)
        self.notes.append(replace(note, place=place))

    def origin(self, path: Path) -> str:
        """Return the name of what the value at a path was made from, `incident_updates.display_at`."""
        return ".".join(key for key in self.origins.get(path, ()) if isinstance(key, str)) or "the whole"

    def place(self, path: Path) -> Place:
        """Return the place of what the value at a path was made from."""
        return Source("", None, self.positions).place(path)


def _found(data: dict[str, Data], weaver: _Weaver) -> Iterator[Note]:
    """Yield a note for each field of the record that was found, of a list one for all its items."""
    for key, value in data.items():
        if key == EXTRA:
            continue
        fields: dict[Path, Data] = (
            {(key, each): item for each, item in value.items()} if isinstance(value, dict) else {}
        )
        for path, item in (fields or {(key,): value}).items():
            count = f"{len(item)} " if isinstance(item, list) else ""
            yield Note(NoteKind.FOUND, path, weaver.place(path), f"{count}from `{weaver.origin(path)}`")


def _leftovers(draft: Draft, differing: dict[str, Made]) -> dict[str, Made]:
    """Return what the record has not, under the names that the export has for it."""
    taken = {leaf.origin for leaf in leaves_of(draft.record) if leaf.takes}
    rest = _rest(draft.root, taken)
    extra = rest if isinstance(rest, dict) else {}
    for name, views in draft.parts.items():
        kept: list[Made] = [left for each in views if (left := _rest(each, taken))]
        if kept:
            extra[_free(name, extra)] = kept
    return {**extra, _free("told_otherwise", extra): differing} if differing else extra


def _free(name: str, taken: dict[str, Made]) -> str:
    """Return a name that is not taken: the incident itself may have a field of the same name."""
    return _free(f"{name}_given", taken) if name in taken else name


def _rest(view: View, taken: set[Path]) -> Made:
    value, path = view.value, view.path
    if path in taken:
        return None
    if isinstance(value, dict):
        return {key: left for key in value if (left := _rest(view[key], taken))}
    if isinstance(value, list):
        return [left for item in view.items if (left := _rest(item, taken))]
    if not view.text:
        return None
    return Leaf(str(value), path, as_it_was=True)


def leftover_names(source: Source) -> dict[str, Path]:
    """Return the names of all fields that were left over, `incident_updates.tweet_id`, each with its first path."""
    found: dict[str, Path] = {}
    extra = source.data.get(EXTRA) if isinstance(source.data, dict) else None
    _name(extra, (EXTRA,), "", found)
    return found


def _name(value: Data, path: Path, name: str, found: dict[str, Path]) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            _name(item, (*path, key), f"{name}.{key}" if name else key, found)
    elif isinstance(value, list) and any(isinstance(item, dict | list) for item in value):
        for place, item in enumerate(value):
            _name(item, (*path, place), name, found)
    elif name:
        found.setdefault(name, path)


def guesses(source: Source) -> tuple[str, ...]:
    """Return the fields of a record that were guessed, as people read their paths."""
    return tuple(path_text(note.path) for note in source.notes if note.kind is NoteKind.GUESSED)
