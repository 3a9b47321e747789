"""Dates and times of a record put on the calendar, before its fields are validated."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo, available_timezones

from afterword.diagnostics import Severity
from afterword.incident.faults import Fault
from afterword.incident.times import (
    EXPECTED_TIME,
    DateOrder,
    TimeFault,
    check_year,
    is_relative,
    localise,
    parse_date,
    parse_relative,
    parse_stamp,
    parse_time,
)

Path = tuple[str | int, ...]
T = TypeVar("T")

_STEP_BACK = timedelta(hours=1)
"""A time of day up to this much earlier than the event before is a slip, not the next day."""

_OF_THIS_SYSTEM = re.compile(r"localtime|posixrules|Factory|(?:posix|right)/.*")
"""Files beside those of the time zones that are none, or another one on each system."""

_ANY_MOMENT = datetime(1970, 1, 1, tzinfo=UTC)
"""Stands in for a time that has a fault already, so that the rest of its event is validated too."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A copy of the record with every date a `date` and every time a `datetime`."""

    data: dict[str, Any]
    faults: tuple[Fault, ...]
    notices: tuple[Fault, ...]


@dataclass(slots=True)
class _Calendar:
    """What is known while the record is walked."""

    order: DateOrder | None
    zone: ZoneInfo | None
    day: date | None = None
    previous: datetime | None = None
    faults: list[Fault] = field(default_factory=list)
    notices: list[Fault] = field(default_factory=list)

    def tell(self, fault: Fault) -> None:
        """Keep a fault or a notice."""
        (self.faults if fault.severity is Severity.ERROR else self.notices).append(fault)

    def attempt(self, read: Callable[[], T], path: Path, value: object) -> T | None:
        """Return what `read` returns, or None after keeping its fault."""
        try:
            found = read()
            if isinstance(found, date):
                check_year(found)
        except TimeFault as fault:
            self.tell(Fault(fault.code, path, fault.message, value, fault.expected, fault.hint))
        except (ValueError, OverflowError):
            self.tell(Fault("AW303", path, "the time lies outside the calendar", value, EXPECTED_TIME))
        else:
            return found
        return None

    def local(self, moment: datetime, path: Path, value: object) -> datetime:
        """Return the moment in the record's zone, with a notice where clocks passed it twice."""
        local = localise(moment, self.zone, self.previous)
        if local.repeated:
            message = f"clocks passed {moment:%H:%M} twice on {moment:%Y-%m-%d}; taken as {local.moment:%H:%M%z}"
            hint = "write the time with its offset from UTC"
            self.tell(Fault("AW353", path, message, value, hint=hint, severity=Severity.WARNING))
        return local.moment


def resolve(data: Mapping[str, Any]) -> Resolved:
    """Return the record with its dates and times resolved, with every fault and notice about them."""
    record = dict(data)
    calendar = _Calendar(_order(record), None)
    calendar.zone = _zone(record, calendar)
    _date_field(record, "date", (), calendar)
    day = record.get("date")
    calendar.day = day if isinstance(day, date) else None
    _each(record, "timeline", _event, calendar)
    _impact(record, calendar)
    _each(record, "preventive_measures", _action, calendar)
    _look_at_offsets(record, calendar)
    return Resolved(record, tuple(calendar.faults), tuple(calendar.notices))


def _order(record: Mapping[str, Any]) -> DateOrder | None:
    order = record.get("date_order")
    return cast("DateOrder", order) if order in ("dmy", "mdy", "ymd") else None


def _zone(record: dict[str, Any], calendar: _Calendar) -> ZoneInfo | None:
    given = record.get("timezone")
    if not isinstance(given, str | int | float) or _is_blank(given):
        return None
    record["timezone"] = name = str(given).strip()
    try:
        return ZoneInfo("" if _OF_THIS_SYSTEM.fullmatch(name) else name)
    except (ValueError, OSError, KeyError):
        message = f"{name!r} is not a time zone of the IANA database"
        expected = "a name such as Africa/Addis_Ababa, Europe/Berlin or UTC"
        calendar.tell(Fault("AW304", ("timezone",), message, name, expected, _zone_hint(name)))
        return None


def _zone_hint(name: str) -> str:
    """Return what helps with a name that is no zone: the zone of a city that stands alone, if it is one."""
    city = name.replace(" ", "_").casefold()
    if zone := next((each for each in sorted(available_timezones()) if each.casefold().endswith(f"/{city}")), ""):
        return f"did you mean `{zone}`?"
    return "an abbreviation such as EST means several zones" if len(name) <= 4 else ""  # noqa: PLR2004 (letters)


def _date_field(record: dict[str, Any], name: str, path: Path, calendar: _Calendar) -> None:
    """Put a `date` in place of a field that is written; a stand-in where it has a fault."""
    value = record.get(name)
    if not isinstance(value, str | date) or _is_blank(value):
        return
    found = calendar.attempt(lambda: parse_date(value, calendar.order), (*path, name), value)
    record[name] = found or _ANY_MOMENT.date()


def _each(
    record: dict[str, Any],
    name: str,
    resolved: Callable[[Mapping[str, Any], Path, _Calendar], dict[str, Any]],
    calendar: _Calendar,
) -> None:
    """Put what is resolved in place of each part of a list; what is no part, or no list, stays for validation."""
    found = record.get(name)
    if isinstance(found, list | tuple):
        record[name] = [
            resolved(each, (name, index), calendar) if isinstance(each, Mapping) else each
            for index, each in enumerate(found)
        ]


def _event(event: Mapping[str, Any], path: Path, calendar: _Calendar) -> dict[str, Any]:
    """Return the event with `at` as a datetime that is not before the event before it."""
    resolved = dict(event)
    name = "time" if _is_blank(event.get("at")) else "at"
    value = event.get(name)
    if _is_blank(value):
        message = "an event needs a time"
        calendar.tell(Fault("AW202", path, message, expected="`at` (date and time) or `time`", hint="add `time`"))
        return resolved | {"at": _ANY_MOMENT}
    read = _stamp if name == "at" else _time_of_day
    moment = calendar.attempt(lambda: read(value, (*path, name), calendar), (*path, name), value)
    if moment is not None:
        _keep_order(moment, (*path, name), value, calendar)
        if name == "at":
            _agree(moment, (*path, "time"), event.get("time"), calendar)
    return resolved | {"at": moment or _ANY_MOMENT}


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _agree(moment: datetime, path: Path, value: object, calendar: _Calendar) -> None:
    """Tell if the time of day beside a timestamp is another one; a document shows it as it is written."""
    if _is_blank(value) or is_relative(value):
        return
    clock = calendar.attempt(lambda: parse_time(value), path, value)
    if clock is None:
        return
    shown = moment.astimezone(clock.tzinfo) if clock.tzinfo and moment.tzinfo else moment
    if (shown.hour, shown.minute) != (clock.hour, clock.minute):
        message = f"{value} is not the time of day of `at` ({shown:%H:%M})"
        calendar.tell(Fault("AW303", path, message, value, "the same time as in `at`", "keep one of them"))


def _stamp(value: object, path: Path, calendar: _Calendar) -> datetime:
    return calendar.local(parse_stamp(value, calendar.order), path, value)


def _time_of_day(value: object, path: Path, calendar: _Calendar) -> datetime:
    if is_relative(value):
        return _after_previous(value, calendar)
    clock = parse_time(value)
    day = _day_before(clock, calendar)
    if day is None:
        raise TimeFault("AW309", f"{value!r} has no date to stand on", "`date` of the incident, or `at` with a date")
    moment = datetime.combine(day, clock)
    if calendar.previous is None or not _is_next_day(moment, calendar.previous):
        return calendar.local(moment, path, value)
    moment = calendar.local(moment + timedelta(days=1), path, value)
    message = f"{value} is earlier than the event before and was put on {moment:%Y-%m-%d}"
    calendar.tell(Fault("AW351", path, message, value, severity=Severity.NOTE))
    return moment


def _day_before(clock: time, calendar: _Calendar) -> date | None:
    """Return the day of the event before, where this clock hangs, or else the day of the incident."""
    previous = calendar.previous
    if previous is None:
        return calendar.day
    return previous.astimezone(clock.tzinfo).date() if clock.tzinfo and previous.tzinfo else previous.date()


def _after_previous(value: object, calendar: _Calendar) -> datetime:
    if calendar.previous is None:
        message = f"{value!r} counts from the event before, and there is none"
        raise TimeFault("AW303", message, "a time of day or a full timestamp for the first event")
    stretch = parse_relative(value)
    previous = calendar.previous
    if previous.tzinfo is None:
        return previous + stretch
    # Added on the world's clock, so that an hour is an hour where clocks change.
    return (previous.astimezone(UTC) + stretch).astimezone(previous.tzinfo)


def _is_next_day(moment: datetime, previous: datetime) -> bool:
    """Return whether a time of day steps back so far that it means the day after: by the wall's clock, if it can."""
    wall = previous if moment.tzinfo else previous.replace(tzinfo=None)
    return _comparable(moment, wall) and _gap(moment, wall) < -_STEP_BACK


def _keep_order(moment: datetime, path: Path, value: object, calendar: _Calendar) -> None:
    previous = calendar.previous
    if previous is not None and _comparable(moment, previous) and _gap(moment, previous) < timedelta(0):
        message = f"{value} is earlier than the event before it ({_told(previous)})"
        hint = "sort the timeline; if it is the next day, give the date with the time in `at`"
        calendar.tell(Fault("AW305", path, message, value, "events in order of time", hint))
        return
    calendar.previous = moment


def _told(moment: datetime) -> str:
    """Return a moment as a message names it: without its day where that only stands in for a date with a fault."""
    stands_in = abs(moment.date() - _ANY_MOMENT.date()) < timedelta(days=7)
    return f"{moment:%H:%M}" if stands_in else f"{moment:%Y-%m-%d %H:%M}"


def _comparable(one: datetime, other: datetime) -> bool:
    return (one.tzinfo is None) == (other.tzinfo is None)


def _gap(moment: datetime, previous: datetime) -> timedelta:
    if moment.tzinfo is None or previous.tzinfo is None:
        return moment - previous
    return moment.astimezone(UTC) - previous.astimezone(UTC)


def _impact(record: dict[str, Any], calendar: _Calendar) -> None:
    impact = record.get("impact")
    if not isinstance(impact, Mapping):
        return
    calendar.previous = None
    resolved = dict(impact)
    stamps = {name: _impact_stamp(resolved, name, calendar) for name in ("started_at", "ended_at")}
    record["impact"] = resolved
    start, end = stamps["started_at"], stamps["ended_at"]
    if start and end and _comparable(start, end) and _gap(end, start) < timedelta(0):
        message = f"the impact ends ({_told(end)}) before it starts ({_told(start)})"
        calendar.tell(Fault("AW307", ("impact", "ended_at"), message, impact["ended_at"], "an end after the start"))


def _impact_stamp(impact: dict[str, Any], name: str, calendar: _Calendar) -> datetime | None:
    value = impact.get(name)
    if _is_blank(value):
        return None
    path = ("impact", name)
    moment = calendar.attempt(lambda: _stamp_or_time(value, path, calendar), path, value)
    impact[name] = moment or _ANY_MOMENT
    calendar.previous = moment  # of a local time that clocks passed twice, the end takes the one after the start
    return moment


def _stamp_or_time(value: object, path: Path, calendar: _Calendar) -> datetime:
    try:
        clock = parse_time(value)
    except TimeFault:
        return _stamp(value, path, calendar)
    if calendar.day is None:
        raise TimeFault("AW309", f"{value!r} has no date to stand on", "`date` of the incident, or a full timestamp")
    return calendar.local(datetime.combine(calendar.day, clock), path, value)


def _action(action: Mapping[str, Any], path: Path, calendar: _Calendar) -> dict[str, Any]:
    resolved = dict(action)
    _date_field(resolved, "due", path, calendar)
    return resolved


def _look_at_offsets(record: Mapping[str, Any], calendar: _Calendar) -> None:
    """Tell if times have no zone, or if only some of them have an offset."""
    if calendar.zone is not None or any(fault.code == "AW304" for fault in calendar.faults):
        return
    timeline = record.get("timeline")
    events = [event for event in timeline if isinstance(event, Mapping)] if isinstance(timeline, list) else []
    moments = [event["at"] for event in events if isinstance(event.get("at"), datetime)]
    moments = [moment for moment in moments if moment is not _ANY_MOMENT]
    aware = [moment.tzinfo is not None for moment in moments]
    if any(aware) and not all(aware):
        message = "some times have an offset from UTC and others do not"
        calendar.tell(Fault("AW308", ("timeline",), message, expected="offsets on all times", hint="give `timezone`"))
    elif moments and not any(aware):
        message = "no time zone is given; times are shown as they are written"
        fault = Fault(
            "AW352",
            (),
            message,
            hint="add `timezone`, for example Africa/Addis_Ababa",
            severity=Severity.NOTE,
        )
        calendar.tell(fault)
