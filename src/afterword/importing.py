"""What an import brings: the record as YAML, with notes on what was found, guessed and left over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from afterword.codes import CODES
from afterword.diagnostics import Finding, Place, Severity, has_errors, in_reading_order
from afterword.finding_formats import visible_line
from afterword.incident.inspect import shown_texts
from afterword.loading import Loaded, only_told
from afterword.readers import faults
from afterword.readers.faults import too_many as too_many_values
from afterword.readers.notes import Note, NoteKind
from afterword.readers.source import Position, Source, path_text
from afterword.record_yaml import record_yaml
from afterword.tools import leftover_notes
from afterword.version import VERSION


@dataclass(frozen=True, slots=True)
class Imported:
    """One incident that was brought in."""

    name: str
    """Name of its source: a file, or an incident of a file, `incidents.json#3`."""

    id: str
    text: str
    """The record as YAML, with a comment at each guess."""

    notes: tuple[Note, ...]
    """What was found, guessed and left over, in this order."""

    files: Mapping[str, bytes]
    """Files that came inside the source, to be written beside the record, by the names that it has for them."""


def imported(loaded: Loaded) -> Imported:
    """Return what comes of a loaded source; raise SourceError if it has faults."""
    incident, source = loaded.require(), loaded.source
    comments = {note.path: f"guessed: {note.words}" for note in source.notes if note.kind is NoteKind.GUESSED}
    data = source.data if isinstance(source.data, Mapping) else {}
    order = tuple(NoteKind)
    found = (*source.notes, *leftover_notes(source), *_about_files(source))
    notes = sorted(found, key=lambda note: order.index(note.kind))
    return Imported(source.name, incident.id, record_yaml(data, comments), tuple(notes), source.files)


def _about_files(source: Source) -> Iterator[Note]:
    for name in source.files:
        yield Note(NoteKind.FOUND, (), Place(source.name), f"the picture {name}, which belongs beside the record")


def held_to(loaded: Loaded) -> Loaded:
    """Return a loaded source with each guess as an error AW113."""
    guesses = [
        Finding(
            "AW113",
            f"`{path_text(note.path)}` was guessed: {note.words}",
            place=note.place,
            path=path_text(note.path),
            hint=CODES["AW113"].hint,
        )
        for note in loaded.source.notes
        if note.kind is NoteKind.GUESSED
    ]
    findings = in_reading_order([*loaded.findings, *guesses])
    return replace(loaded, incident=None if has_errors(findings) else loaded.incident, findings=findings)


_ENOUGH_TO_COUNT = 10_000
"""Texts, lines and cells of a record from which it is composed, to count what its report would have."""


def too_many(loaded: Loaded) -> tuple[Finding, ...]:
    """Return warnings where a record has more values than a file may, or its report more than pages can hold."""
    return (*_more_than_are_read(loaded.source), *_more_than_pages_hold(loaded))


def _more_than_are_read(source: Source) -> Iterator[Finding]:
    count = len(source.positions)
    if count > faults.MAX_VALUES:
        told = too_many_values(source.name, Position(1, 1))
        message = f"the record holds {count:,} values, and a file with more than {faults.MAX_VALUES:,} is not read"
        message += "; as it is, it will not be checked or rendered"
        yield replace(told, message=message, severity=Severity.WARNING)


def _more_than_pages_hold(loaded: Loaded) -> tuple[Finding, ...]:
    if loaded.incident is None or any(each.code == "AW405" for each in loaded.findings):
        return ()
    if sum(1 + text.count("\n") + text.count("|") for _, text in shown_texts(loaded.incident)) < _ENOUGH_TO_COUNT:
        return ()
    from afterword.pipeline import findings_of

    return tuple(only_told(each) for each in findings_of(loaded) if each.code == "AW405")


def notes_as_text(all_imported: Sequence[Imported]) -> str:
    """Return a short table of all notes, a line each; what several incidents share has one, with the first place."""
    rows = [("", "field", "where", "what"), *(tuple(map(visible_line, row)) for row in _rows(all_imported))]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = (
        "  ".join((*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3])) for row in rows
    )
    return "\n".join(line.rstrip() for line in lines) if len(rows) > 1 else ""


def _rows(all_imported: Sequence[Imported]) -> Iterator[tuple[str, str, str, str]]:
    shared: dict[tuple[NoteKind, str, str], list[Note]] = {}
    for kind in NoteKind:
        for note in (note for each in all_imported for note in each.notes if note.kind is kind):
            words = re.sub(r"^\d+ ", "", note.words) if len(all_imported) > 1 else note.words
            shared.setdefault((kind, re.sub(r"\[\d+\]", "[]", path_text(note.path)), words), []).append(note)
    for (kind, field, words), notes in shared.items():
        times = f" ({len(notes)} times)" if len(notes) > 1 else ""
        yield kind.value, field, str(notes[0].place), f"{words}{times}"


def notes_as_json(all_imported: Sequence[Imported], files: Sequence[str]) -> str:
    """Return all notes as `{"version": 1, "incidents": [...]}`; `files` are where the records went."""
    incidents = [
        {"source": each.name, "id": each.id, "file": file, "notes": [_fields(note) for note in each.notes]}
        for each, file in zip(all_imported, files, strict=True)
    ]
    document = {"version": 1, "tool": f"afterword {VERSION}", "incidents": incidents}
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode("utf-8")


def _fields(note: Note) -> dict[str, object]:
    place = note.place
    return {
        "kind": note.kind.value,
        "path": path_text(note.path),
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "paragraph": place.paragraph,
        "words": note.words,
    }
