"""What the text of a field says as a value of the record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from afterword.compose.labels import ACTION_STATES, ACTION_TYPES, KINDS, STATUSES
from afterword.drafts.paths import Path
from afterword.drafts.units import plain
from afterword.incident.prose_fields import is_prose
from afterword.interpret.events import stamp_of
from afterword.interpret.metadata import words_in
from afterword.readers.source import Data
from afterword.vocabulary.actions import state_of_action
from afterword.vocabulary.moments import find_dates, read_moment
from afterword.words import Words

_LISTS = frozenset({"services", "tags"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OFFSET = re.compile(r"(?:Z|[+-]\d\d:\d\d)$")
_TICKS = frozenset("✓✔☑☒✅xX") | {"[x]", "[X]", "✔️"}
_BOXES = frozenset("☐□") | {"[ ]", "[]"}
_SIGNS = re.compile(r"[^\w\s'-]|\ufe0f")
_BASES = {"estimate": "Estimate", "actual": "Actual"}


@dataclass(frozen=True, slots=True)
class Near:
    """A moment that the record has near one that is read."""

    at: str = ""
    has_zone: bool = False
    """Whether the record has a zone, in which a time without an offset is a local one."""

    @property
    def day(self) -> date | None:
        """Return its date."""
        return date.fromisoformat(self.at[:10]) if _DAY.match(self.at) else None

    def offset(self, day: date) -> str:
        """Return its offset, if a moment on a day can have it: over the year the offset of a zone may change."""
        match = None if self.has_zone and day != self.day else _OFFSET.search(self.at[10:])
        return match[0] if match else ""


def value_of(path: Path, text: str, words: Words, near: Near | None = None) -> Data:
    """Return the value that a text says for a field, None where it says none that the field can take.

    A time without an offset has that of a moment `near` it.
    """
    name = path[-1]
    if is_prose(path):
        return text
    said = plain(text)
    if name in _LISTS:
        return list(words_in([said]))
    if labels := _labels(path):
        found = _labelled(labels, said, words)
        return found or (_state(said) if path[0] == "preventive_measures" and name == "status" else None)
    if name in {"date", "due"}:
        return _date(said)
    if name in {"started_at", "ended_at"}:
        return _stamp(said, near or Near())
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


def _state(said: str) -> str | None:
    """Return how far an action is by what people write: `done ✓`, `WIP`, a tick or an empty box alone."""
    sign = said.strip()
    if sign in _TICKS:
        return "done"
    return "open" if sign in _BOXES else state_of_action(_SIGNS.sub(" ", sign)) or None


def _date(said: str) -> str | None:
    found = find_dates(said, "")
    day = found[0][0].on(None) if len(found) == 1 and not found[0][1] else None
    return day.isoformat() if day else None


def _stamp(said: str, near: Near) -> str | None:
    moment = read_moment(said)
    day = moment.day.on(None) if moment and moment.day else None
    if moment is None or day is None or moment.is_ambiguous or moment.rest.strip():
        return None
    return stamp_of(moment, day, near.offset(day))


def event_time(said: str, near: Near) -> str | None:
    """Return the moment that the time of an event says, on the day and with the offset of a moment near it.

    None for what is no time of day.
    """
    moment = read_moment(plain(said))
    if moment is None or moment.is_ambiguous or moment.rest.strip():
        return None
    day = moment.day.on(near.day.year if near.day else None) if moment.day else near.day
    return stamp_of(moment, day, near.offset(day)) if day else None
