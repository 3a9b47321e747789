"""What the text of a field says as a value of the record."""

from __future__ import annotations

import re
from collections.abc import Mapping

from afterword.compose.labels import ACTION_STATES, ACTION_TYPES, KINDS, STATUSES
from afterword.drafts.paths import Path, is_prose
from afterword.drafts.units import plain
from afterword.interpret.metadata import words_in
from afterword.interpret.moments import find_dates, read_moment
from afterword.readers.source import Data
from afterword.words import Words

_LISTS = frozenset({"contributing_factors", "five_whys"})
_LISTS = frozenset({"services", "tags"})
_BASES = {"estimate": "Estimate", "actual": "Actual"}


def value_of(path: Path, text: str, words: Words) -> Data:
    """Return the value that a text says for a field, None where it says none that the field can take."""
    name = path[-1]
    if is_prose(path):
        return text
    said = plain(text)
    if name in _LISTS:
        return list(words_in([said]))
    if labels := _labels(path):
        return _labelled(labels, said, words)
    if name in {"date", "due"}:
        return _date(said)
    if name in {"started_at", "ended_at"}:
        return _stamp(said)
    return said


def _labels(path: Path) -> Mapping[str, str]:
    """Return what the values of a field are called in English; nothing for a field of free text."""
    tables = {
        "status": STATUSES if len(path) == 1 else ACTION_STATES,
        "kind": KINDS,
        "type": ACTION_TYPES,
        "basis": _BASES,
    }
    return tables.get(str(path[-1]), {})


def _labelled(labels: Mapping[str, str], said: str, words: Words) -> str | None:
    """Return the value that is called so, in the language of the document or in English."""
    for value, label in labels.items():
        name = str(getattr(value, "value", value))
        if said.casefold() in {words.say(label).casefold() if label else "", label.casefold(), name}:
            return name
    return None


def _date(said: str) -> str | None:
    found = find_dates(said, "")
    day = found[0][0].on(None) if len(found) == 1 and not found[0][1] else None
    return day.isoformat() if day else None


def _stamp(said: str) -> str | None:
    moment = read_moment(said)
    day = moment.day.on(None) if moment and moment.day else None
    if moment is None or day is None or moment.seconds is None:
        return None
    offset = re.search(r"[+-]\d\d:\d\d", said)
    return f"{day}T{_clock(moment.seconds)}{offset[0] if offset else ''}"


def event_time(said: str, near: str) -> str | None:
    """Return the moment that the time of an event says, on the day and with the offset of a moment near it.

    None for what is no time of day.
    """
    moment = read_moment(plain(said))
    if moment is None or moment.seconds is None or moment.is_ambiguous or moment.rest.strip():
        return None
    day = near[:10]
    if moment.day:
        on = moment.day.on(int(day[:4]))
        day = on.isoformat() if on else day
    offset = re.search(r"(?:Z|[+-]\d\d:\d\d)$", near[10:])
    return f"{day}T{_clock(moment.seconds)}{offset[0] if offset else ''}"


def _clock(seconds: int) -> str:
    clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{clock}:{seconds % 60:02}" if seconds % 60 else clock
