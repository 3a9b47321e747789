"""What the text of a post-mortem inside an export tells: it is read as a document is, and joins what the tool knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from afterword.errors import SourceError
from afterword.readers.notes import Note, NoteKind
from afterword.readers.source import Data, Key, Source
from afterword.tools.view import Leaf, Made, leaves_of

_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+\S|^[ ]{0,3}\S[^\n]*\n[ ]{0,3}(?:=+|-{3,})[ \t]*$", re.MULTILINE)
_GIVEN = "given in the call"
"""The note of the reader of documents about the date that it was told, which is that of the record."""

_NAME = "postmortem"
"""What the text is called while it is read; a title that is this was guessed."""

_PROSE = frozenset({"summary", "description", "conclusion", "customers", "trigger", "data_loss", "detection_gap"})


@dataclass(slots=True)
class Told:
    """A record with what a text adds to it."""

    record: dict[str, Made]
    differing: dict[str, Made] = field(default_factory=dict)
    """What the text says otherwise than the tool, by the names of the fields."""

    notes: list[Note] = field(default_factory=list)
    """What of the text is in no field: words without a place, and headings and labels that say which field is meant."""


def told(record: dict[str, Made], text: Leaf, heading: str) -> Told:
    """Return a record with what a text tells: field by field where it has headings, else as a section of its own."""
    source = _read(record, text) if _HEADING.search(text.text) else None
    if source is None or not isinstance(source.data, dict):
        section: Made = {"heading": Leaf(heading, text.origin, takes=False), "body": text}
        return Told({**record, "sections": [*_list(record.get("sections")), section]})
    notes = {note.path: note.words for note in source.notes if note.kind is NoteKind.GUESSED}
    made = {key: _made(value, (key,), text, notes) for key, value in source.data.items()}
    found = Told(dict(record))
    for key, value in made.items():
        if not _is_made_up(key, value, notes):
            _join(found, key, value)
    found.notes = list(_beside(source, made))
    return found


def _beside(source: Source, made: dict[str, Made]) -> Iterator[Note]:
    """Yield the notes that have words which the record has not, about the whole field that they are for."""
    kept = "\n".join(leaf.text for leaf in leaves_of(made))
    for note in source.notes:
        if note.kind is not NoteKind.GUESSED and note.words not in kept and note.words != _GIVEN:
            yield replace(note, path=note.path[:1])


def _read(record: Mapping[str, Made], text: Leaf) -> Source | None:
    """Return what a text of Markdown tells, None for one that is nested too deep or has too many headings."""
    from afterword.documents import read  # loads the parser of Markdown, which few exports need

    try:
        return read(text.text, _NAME, None, _day(record))
    except SourceError:
        return None


def _day(record: Mapping[str, Made]) -> date | None:
    day = record.get("date")
    try:
        return date.fromisoformat(day.text) if isinstance(day, Leaf) else None
    except ValueError:
        return None


def _made(value: Data, path: tuple[Key, ...], text: Leaf, notes: Mapping[tuple[Key, ...], str]) -> Made:
    """Return data as what a record is made of; every value comes from the text."""
    if isinstance(value, dict):
        return {key: _made(item, (*path, key), text, notes) for key, item in value.items()}
    if isinstance(value, list):
        return [_made(item, (*path, place), text, notes) for place, item in enumerate(value)]
    return Leaf(value, text.origin, notes.get(path, "")) if value else None


def _is_made_up(key: str, value: Made, notes: Mapping[tuple[Key, ...], str]) -> bool:
    """Return whether a value says nothing but that the text does not say it."""
    return (isinstance(value, Leaf) and value.text == _NAME) or (key == "id" and (key,) in notes)


def _join(found: Told, key: str, value: Made) -> None:
    """Put a field of the text beside what is there."""
    there = found.record.get(key)
    if not any(leaves_of(there)):
        found.record[key] = value
    elif isinstance(value, list):
        found.record[key] = _both(_list(there), value)
    elif isinstance(value, dict) and isinstance(there, dict):
        found.record[key] = _filled(found, key, there, value)
    else:
        _keep(found, key, key, there, value)


def _filled(found: Told, key: str, there: dict[str, Made], value: dict[str, Made]) -> dict[str, Made]:
    filled = dict(there)
    for name, item in value.items():
        if not any(leaves_of(there.get(name))):
            filled[name] = item
        elif isinstance(item, list):
            filled[name] = _both(_list(there.get(name)), item)
        else:
            _keep(found, key, name, there.get(name), item)
    return filled


def _keep(found: Told, key: str, name: str, there: Made, value: Made) -> None:
    """Keep what the text says otherwise: prose as a section, anything else by its name."""
    if _words(there) == _words(value):
        return
    if name in _PROSE and isinstance(value, Leaf):
        heading = Leaf(key.replace("_", " ").capitalize(), value.origin, takes=False)
        found.record["sections"] = [*_list(found.record.get("sections")), {"heading": heading, "body": value}]
    else:
        found.differing[name if key == name else f"{key}_{name}"] = value


def _both(there: list[Made], more: list[Made]) -> list[Made]:
    """Return two lists as one, without what says the same as an item before it."""
    known = {_words(each) for each in there}
    return [*there, *(each for each in more if _words(each) not in known)]


def _words(made: Made) -> str:
    return " ".join(" ".join(leaf.text for leaf in leaves_of(made)).casefold().split())


def _list(made: Made) -> list[Made]:
    return made if isinstance(made, list) else []
