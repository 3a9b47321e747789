"""Dates, times and stretches of time, read from text as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

DateOrder = Literal["dmy", "mdy", "ymd"]

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO_DATE = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_PLAIN_DATE = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})")
_MONTH_DAY = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_TIME = re.compile(
    r"(?P<hour>\d{1,2})[:h](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)?"
)
_HOUR_ONLY = re.compile(r"(?P<hour>\d{1,2})\s*(?P<half>[AaPp]\.?[Mm]\.?)")
_WITH_ABBREVIATION = re.compile(r"\d{1,2}:\d{2}.*\s[A-Z]{3,5}")
_RANGE = re.compile(r"\d{1,2}[:h]\d{2}-\d{1,2}[:h]\d{2}")
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?")
_RELATIVE = re.compile(r"T?\s*\+\s*(?P<parts>(?:\d+(?:\.\d+)?\s*[a-z]+\s*)+)", re.IGNORECASE)
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)", re.IGNORECASE)
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_UNIT_NAMES = {
    "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s",
    "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "d": "d", "day": "d", "days": "d",
}  # fmt: skip
_STAMP = re.compile(r"(?P<date>.*?\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:T|\s*,\s*|\s+(?:at\s+)?)(?P<time>\d.*)")

FIRST_YEAR, LAST_YEAR = 1900, 2999

EXPECTED_DATE = "a date such as 2023-08-13, 13 August 2023 or 8/13/2023"
EXPECTED_TIME = "a time such as 17:05, 05:05 PM or +2 min"
EXPECTED_STAMP = "a date and a time, such as 2023-08-13T17:05:00+03:00 or 2023-08-13 17:05"


@dataclass
class TimeFault(Exception):  # noqa: N818 (it is data for a finding, and says so)
    """Why a text is no date or time: the fields of the finding that it becomes."""

    code: str
    message: str
    expected: str
    hint: str = ""


def parse_date(value: object, order: DateOrder | None = None) -> date:
    """Return the date that the value means.

    `order` decides dates that read two ways (3/4/2023). Raises TimeFault AW301 or AW302.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = " ".join(str(value).split())
    if match := _ISO_DATE.fullmatch(text):
        return _date(text, *match.groups())
    if match := _DAY_MONTH.fullmatch(text):
        return _date(text, match[3], _month(match[2], text), match[1])
    if match := _MONTH_DAY.fullmatch(text):
        return _date(text, match[3], _month(match[1], text), match[2])
    if match := _PLAIN_DATE.fullmatch(text):
        return _plain_date(text, int(match[1]), int(match[3]), match[4], _order_of(match[2], order))
    raise TimeFault("AW301", f"{text!r} is not a date", EXPECTED_DATE, "write 2023-08-13")


def _order_of(separator: str, order: DateOrder | None) -> DateOrder | None:
    # Where dates are written with dots, the day always comes first.
    return "dmy" if separator == "." and order is None else order


def _plain_date(text: str, first: int, second: int, year: str, order: DateOrder | None) -> date:
    months_in_a_year = 12
    both = first <= months_in_a_year and second <= months_in_a_year and first != second
    if both and order not in {"dmy", "mdy"}:
        readings = [_date(text, year, first, second), _date(text, year, second, first)]
        message = f"{text!r} reads two ways: {readings[0]:%d %B %Y} or {readings[1]:%d %B %Y}"
        hint = f"write {readings[0]} or {readings[1]}, or set date_order to mdy or dmy"
        raise TimeFault("AW302", message, "a date that reads one way", hint)
    day_first = order == "dmy" if both else first > months_in_a_year
    if (order == "mdy" and first > months_in_a_year) or (order == "dmy" and second > months_in_a_year):
        raise TimeFault("AW301", f"{text!r} is not a date in the order {order}", EXPECTED_DATE, "write 2023-08-13")
    return _date(text, year, second, first) if day_first else _date(text, year, first, second)


def _date(text: str, year: str | int, month: str | int, day: str | int) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise TimeFault("AW301", f"there is no such date as {text!r}", EXPECTED_DATE) from None


def check_year(day: date) -> None:
    """Raise TimeFault AW301 for a year that no incident lies in: a slip, and out of reach of other calendars."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        message = f"the year {day.year} is not one that an incident lies in"
        raise TimeFault("AW301", message, f"a year from {FIRST_YEAR} to {LAST_YEAR}")


def _month(name: str, text: str) -> int:
    """Return the number of a month by its English name or the start of it, of three letters or more (Aug, Sept)."""
    for number, month in enumerate(_MONTHS, start=1):
        if month.startswith(name.lower()):
            return number
    raise TimeFault("AW301", f"{name!r} in {text!r} is not a month", EXPECTED_DATE)


def parse_time(value: object) -> time:
    """Return the time of day that the value means, with a zone only where one is written. Raises TimeFault AW303."""
    if isinstance(value, time):
        return value
    text = " ".join(str(value).split())
    if _RANGE.fullmatch(text):
        message = f"{text!r} reads two ways: a time with its offset from UTC, or from one time to another"
        raise TimeFault("AW303", message, EXPECTED_TIME, f"write the start only, or {text.replace('-', ' UTC-')}")
    match = _TIME.fullmatch(text) or _HOUR_ONLY.fullmatch(text)
    if match is None:
        raise TimeFault("AW303", f"{text!r} is not a time", EXPECTED_TIME, _time_hint(text))
    parts = match.groupdict()
    hour = _hour(int(parts["hour"]), parts["half"], text)
    try:
        return time(
            hour,
            int(parts.get("minute") or 0),
            int(parts.get("second") or 0),
            tzinfo=_zone(parts.get("zone")),
        )
    except ValueError:
        hint = "midnight at the end of a day is 00:00 of the next" if hour == 24 else ""  # noqa: PLR2004 (hours)
        raise TimeFault("AW303", f"there is no such time as {text!r}", EXPECTED_TIME, hint) from None


def _hour(hour: int, half: str | None, text: str) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:  # noqa: PLR2004 (a clock face)
        hint = f"write {text[: -len(half)].strip()}" if hour <= 23 else ""  # noqa: PLR2004 (hours)
        raise TimeFault("AW303", f"{text!r} mixes the 24-hour and the 12-hour clock", EXPECTED_TIME, hint)
    return hour % 12 + (12 if half[0] in "Pp" else 0)


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    match = _OFFSET.fullmatch(text)
    if match is None:
        return UTC
    hours, minutes = int(match[2]), int(match[3] or 0)
    if hours > 14 or minutes > 59:  # noqa: PLR2004 (the largest offset in use is +14:00)
        raise TimeFault("AW303", f"there is no such offset from UTC as {text!r}", EXPECTED_TIME)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if match[1] == "+" else -offset)


def _time_hint(text: str) -> str:
    if re.search(r"\d{4}-\d|\d/\d", text):
        return "a full timestamp belongs in `at`"
    if _WITH_ABBREVIATION.fullmatch(text):
        return "say the zone in `timezone`, or as an offset such as UTC-5; an abbreviation means several zones"
    return 'put words such as "around noon" into the description' if re.search(r"[a-z]{3}", text, re.IGNORECASE) else ""


def is_relative(value: object) -> bool:
    """Return whether the value counts from the event before, as `+2 min` does."""
    return bool(re.match(r"\s*T?\s*\+", str(value)))


def parse_relative(value: object) -> timedelta:
    """Return the stretch of time in `+2 min`, `+1h 30m` or `T+5m`. Raises TimeFault AW303."""
    text = " ".join(str(value).split())
    match = _RELATIVE.fullmatch(text)
    if match is None:
        raise TimeFault("AW303", f"{text!r} is not a stretch of time", "for example +2 min, +1 h 30 min or +45 s")
    seconds = 0.0
    for number, unit in _PART.findall(match["parts"]):
        name = _UNIT_NAMES.get(unit.lower())
        if name is None:
            raise TimeFault("AW303", f"{unit!r} in {text!r} is not a unit of time", "d, h, min or s")
        seconds += float(number) * _UNITS[name]
    try:
        return timedelta(seconds=seconds)
    except OverflowError:
        raise TimeFault("AW303", f"{text!r} is longer than any incident", EXPECTED_TIME) from None


def parse_stamp(value: object, order: DateOrder | None = None) -> datetime:
    """Return the date and time that the value means, with a zone only where one is written.

    Raises TimeFault AW301, AW302 or AW303.
    """
    if isinstance(value, datetime):
        return value
    text = " ".join(str(value).split())
    try:
        if re.match(r"\d{4}-\d\d-\d\d[T ](?!24)\d", text):  # some versions of Python read 24:00, others do not
            return datetime.fromisoformat(text)
    except ValueError:
        pass  # a form that ISO 8601 does not have; read below, where faults are told apart
    match = _STAMP.fullmatch(text)
    if match is None:
        raise TimeFault("AW303", f"{text!r} is not a date with a time", EXPECTED_STAMP, _stamp_hint(text))
    return datetime.combine(parse_date(match["date"], order), parse_time(match["time"]))


def _stamp_hint(text: str) -> str:
    return (
        "a time alone belongs in `time`" if _TIME.fullmatch(text) or is_relative(text) else "add the time, or the date"
    )


@dataclass(frozen=True, slots=True)
class Local:
    """A local time put on the world's clock."""

    moment: datetime
    repeated: bool
    """Clocks passed this local time twice, and it was not said which is meant."""


def localise(moment: datetime, zone: ZoneInfo | None, earliest: datetime | None = None) -> Local:
    """Return the moment in `zone`; one with an offset is converted, one without is taken as local time.

    Of a local time that clocks passed twice, the first is taken that is not before `earliest`.
    Raises TimeFault AW306 for a local time that clocks skipped.
    """
    if zone is None:
        return Local(moment, repeated=False)
    if moment.tzinfo is not None:
        return Local(moment.astimezone(zone), repeated=False)
    first, second = moment.replace(tzinfo=zone, fold=0), moment.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return Local(first, repeated=False)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment:
        message = f"clocks in {zone.key} skipped {moment:%H:%M} on {moment:%Y-%m-%d}"
        raise TimeFault("AW306", message, "a local time that exists", "write the time with its offset from UTC")
    later = earliest is not None and first.astimezone(UTC) < earliest.astimezone(UTC)
    return Local(second if later else first, repeated=True)
