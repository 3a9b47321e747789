"""Moments of the record in words: when a time needs its date, and when its offset."""

from __future__ import annotations

from datetime import datetime

from afterword.compose.desk import Desk
from afterword.incident.parts import Event
from afterword.incident.times import TimeFault, parse_time


def is_over_days(desk: Desk) -> bool:
    """Return whether the events lie on other days than that of the incident, so that each time needs its date."""
    return not desk.days <= {desk.incident.date}


def time_text(desk: Desk, event: Event) -> str:
    """Return the time of an event as the reader sees it: as the author wrote it where that is a time of day."""
    is_own = _is_own_clock(desk, event.time) and not came_twice(event.at)
    clock = event.time if is_own else clock_text(desk, event.at)
    return desk.words.dated(desk.words.short_date(event.at), clock) if is_over_days(desk) else clock


def clock_text(desk: Desk, moment: datetime) -> str:
    """Return a time of day, with its offset where the record has no zone but its times do.

    A time that clocks passed twice always has its offset.
    """
    clock = desk.words.clock(moment)
    needs_offset = moment.tzinfo and (not desk.incident.timezone or came_twice(moment))
    return f"{clock} {desk.words.offset(moment)}" if needs_offset else clock


def stamp_text(desk: Desk, moment: datetime) -> str:
    """Return date and time of day, with the offset where a time of the timeline would have it."""
    return desk.words.dated(desk.words.date(moment), clock_text(desk, moment))


def came_twice(moment: datetime) -> bool:
    """Return whether clocks were set back over this local time, so that it alone does not say which one is meant."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _is_own_clock(desk: Desk, text: str) -> bool:
    if not text or desk.words.language != desk.incident.language:
        return False
    try:
        clock = parse_time(text)
    except TimeFault:
        return False
    # A time with its own offset may fall on another day than the event's in the zone of the record.
    return clock.tzinfo is None or not desk.incident.timezone


def axis_clock(desk: Desk, moment: datetime) -> str:
    """Return a time of day beside an axis that names its zone: with its offset where that is another or unclear."""
    is_clear = not came_twice(moment) and (desk.incident.timezone or len(desk.offsets) == 1)
    return desk.words.clock(moment) if is_clear else clock_text(desk, moment)
