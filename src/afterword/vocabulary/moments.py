"""Dates and times at the start of a text, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from afterword.vocabulary.forms import (
    ABOUT_AFTER,
    ABOUT_RE,
    AFTER_RE,
    ALSO_RE,
    ANY_ZONE_RE,
    BARE_RE,
    CLOCK_RE,
    DATE_RE,
    DATES_RE,
    DAY_NAME_RE,
    GAP_RE,
    ISO_CLOCK_RE,
    JOIN_RE,
    LATER_YEAR_RE,
    MIDNIGHT,
    MONTHS,
    MORNING,
    PLAIN,
    RANGE_RE,
    RELATIVE_RE,
    TAIL_RE,
    TAIL_WORD_RE,
    UNIT_SECONDS,
    VAGUE_RE,
    WEEKDAY_RE,
    WORD_RE,
    ZONE_RE,
)

Order = Literal["", "dmy", "mdy"]


@dataclass(frozen=True, slots=True)
class Day:
    """A date as written; what is not said is None."""

    year: int | None
    month: int
    day: int

    def on(self, year: int | None) -> date | None:
        """Return the date, in `year` where it names none; None where there is no such day or no year."""
        try:
            return date(self.year or year or 0, self.month, self.day)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, a time of day, or both, at the start of a text."""

    words: str
    """As the author wrote it, without marks around it."""

    rest: str
    """The text after it."""

    day: Day | None = None
    seconds: int | None = None
    """Seconds since midnight."""

    zone: str = ""
    """The zone as written."""

    after: timedelta | None = None
    """How long after the event before (or after the start, for `T+5m`)."""

    is_vague: bool = False
    """Whether it is a range, about a time, or more than the parsed values say."""

    is_ambiguous: bool = False
    """Whether its date reads two ways."""


@dataclass(slots=True)
class _Reader:
    """Reads one moment from the start of a text."""

    text: str
    """With digits and marks as the patterns have them."""

    order: Order
    written: str
    """As the author wrote it; each character stands where it stands in the text."""

    at: int = 0
    day: Day | None = None
    seconds: int | None = None
    zone: str = ""
    is_vague: bool = False
    is_ambiguous: bool = False

    def skip(self, pattern: re.Pattern[str]) -> bool:
        """Move over a pattern; return whether there was anything of it."""
        match = pattern.match(self.text, self.at)
        if match is None or not match[0]:
            return False
        self.at = match.end()
        return True

    def read_day(self) -> bool:
        match = DATE_RE.match(self.text, self.at)
        found = day_of(match, self.order) if match else None
        if match is None or found is None:
            return False
        self.day, self.is_ambiguous = found
        self.at = match.end()
        return True

    def read_clock(self, *, bare: bool = False) -> bool:
        for pattern in (CLOCK_RE, WORD_RE, *((BARE_RE,) if bare else ())):
            match = pattern.match(self.text, self.at)
            seconds = _seconds(match) if match else None
            if match and seconds is not None:
                self.seconds = seconds
                self.is_vague = self.is_vague or pattern is WORD_RE
                self.at = match.end()
                return True
        return False

    def read_zone(self) -> None:
        match = ZONE_RE.match(self.text, self.at)
        is_iso = ISO_CLOCK_RE.search(self.text[max(self.at - 20, 0) : self.at])
        # `02:00-04:30` is from one time to another; only after an ISO timestamp is it an offset.
        if match and (match["zone"][0] != "-" or is_iso):
            self.zone = self.zone or match["zone"]
            self.at = match.end()

    def read_also(self) -> None:
        """Move over the same time in another zone: `12:42 CEST / 10:42 UTC`."""
        before = (self.at, self.seconds)
        if self.skip(ALSO_RE) and self.read_clock() and (match := ZONE_RE.match(self.text, self.at)):
            self.at, self.seconds, self.is_vague = match.end(), before[1], True
        else:
            self.at, self.seconds = before

    def read_year(self) -> None:
        """Read the year where it stands behind the time: `Fri May 3 10:42:05 2024`."""
        match = LATER_YEAR_RE.match(self.text, self.at)
        if match and self.day and self.day.year is None and self.seconds is not None:
            self.day, self.at = Day(int(match["year"]), self.day.month, self.day.day), match.end()

    def about(self) -> None:
        if _is_vague(self.text, self.at):
            self.is_vague = True
        self.skip(ABOUT_RE)

    def read_range(self) -> None:
        """Move over the end of a range, if one follows: what is kept is the start."""
        before = (self.at, self.day, self.seconds, self.zone)
        if self.skip(RANGE_RE):
            has_day = self.read_day()
            if has_day:
                self.skip(JOIN_RE)
            if self.read_clock(bare=False) or (has_day and before[1] is not None):
                self.day, self.seconds = before[1], before[2]
                self.is_vague = True
                self.read_zone()
                return
        self.at, self.day, self.seconds, self.zone = before


def _is_vague(text: str, at: int) -> bool:
    match = ABOUT_RE.match(text, at)
    return bool(match and VAGUE_RE.search(match[0]))


@lru_cache(maxsize=1024)  # columns are looked at as a whole before their rows are read one by one
def read_moment(text: str, order: Order = "") -> Moment | None:
    """Return the moment with which a text begins, None where it begins with none."""
    reader = _Reader(text.translate(PLAIN), order, text)
    reader.skip(GAP_RE)
    start = reader.at
    if relative := RELATIVE_RE.match(reader.text, reader.at):
        return _ended(reader, start, relative.end(), after=_stretch(relative))
    reader.about()
    has_weekday = reader.skip(WEEKDAY_RE)
    reader.about()
    if reader.read_day():
        at = reader.at
        reader.skip(JOIN_RE)
        reader.about()
        if not reader.read_clock(bare=reader.at > at):
            reader.at = at
    elif not reader.read_clock(bare=bool(_LONE_BARE.match(reader.text, reader.at))):
        return None
    _read_more(reader)
    if has_weekday:
        reader.read_year()
    return _ended(reader, start, reader.at)


_LONE_BARE = re.compile(r"\d{4}(?:[ ]?(?:UTC|Z\b)|:[ ])")
"""Four digits that are a time without a date before them."""


def _read_more(reader: _Reader) -> None:
    """Read what may follow a date or a time: zone, range, the date after the time."""
    if reader.seconds is not None:
        reader.read_zone()
        if reader.zone:
            reader.read_also()
    elif match := DAY_NAME_RE.match(reader.text, reader.at):
        reader.at = match.end()
    reader.read_range()
    if reader.day is None:
        before, seconds = reader.at, reader.seconds
        match = re.compile(r"[ ,*_`]*(?:on[ ]+)?").match(reader.text, reader.at)
        reader.at = match.end() if match else reader.at
        reader.skip(WEEKDAY_RE)
        if not (reader.read_day() and reader.seconds == seconds):
            reader.at = before
    tail = TAIL_RE.match(reader.text, reader.at)
    if tail and (CLOCK_RE.match(tail["inside"]) or TAIL_WORD_RE.match(tail["inside"])):
        reader.is_vague = True
        reader.at = tail.end()


def _ended(reader: _Reader, start: int, end: int, after: timedelta | None = None) -> Moment:
    closing = AFTER_RE.match(reader.text, end)
    rest_at = closing.end() if closing else end
    head, rest = reader.written[:rest_at], reader.written[rest_at:]
    if reader.text.startswith("](", end):
        rest, head = reader.written, ""
    between = reader.written[end:rest_at]
    vague = reader.is_vague or any(mark in between for mark in ("頃", "ごろ", "左右", "前後", "+", "?"))
    for mark in ("**", "__", "`"):
        if head.count(mark) % 2:
            rest = mark + rest
    if vague and not reader.is_vague:
        end += len(re.split(rf"[^{ABOUT_AFTER} ]", between, maxsplit=1)[0].rstrip())
    words = reader.written[start:end].strip(" *_`[](),|\t")
    words += ")" * (words.count("(") - words.count(")"))
    return Moment(words, rest, reader.day, reader.seconds, reader.zone, after, vague, reader.is_ambiguous)


def day_of(match: re.Match[str], order: Order) -> tuple[Day, bool] | None:
    """Return the day that a match of a date means, and whether it could mean another one."""
    for kind, year, month, day in (("iso", "y1", "m1", "d1"), ("cjk", "y5", "m5", "d5"), ("compact", "y6", "m6", "d6")):
        if match[kind]:
            return _day(match[year], match[month], match[day])
    if match["dmy"]:
        return _day(match["y3"], str(_month(match["n3"])), match["d3"])
    if match["mdy"]:
        return _day(match["y4"], str(_month(match["n4"])), match["d4"])
    if match["short"]:
        return _plain_day(match["a7"], match["b7"] or match["b8"], None, "dmy" if match["b8"] else order)
    return _plain_day(match["a"], match["b"], match["y2"], "dmy" if match["sep"] == "." else order)


def _plain_day(first: str, second: str, year: str | None, order: Order) -> tuple[Day, bool] | None:
    full = year if year is None or len(year) > 2 else f"20{year}"  # noqa: PLR2004 (digits of a short year)
    months = 12
    if int(first) > months:
        return _day(full, second, first)
    if int(second) > months or int(first) == int(second):
        return _day(full, first, second)
    found = _day(full, second, first) if order == "dmy" else _day(full, first, second)
    return (found[0], not order) if found else None


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _day(year: str | None, month: str, day: str) -> tuple[Day, bool] | None:
    found = Day(int(year) if year else None, int(month), int(day))
    leap = 2000
    return (found, False) if found.on(leap if found.year is None else None) else None


def _seconds(match: re.Match[str]) -> int | None:
    """Return seconds since midnight, None for a time that there is not."""
    parts = match.groupdict()
    if word := parts.get("word"):
        return 0 if word.lower() in MIDNIGHT else 12 * 3600
    hour = int(parts["h"])
    half = (parts.get("half") or parts.get("before") or "").lower()
    if half and 1 <= hour <= 12:  # noqa: PLR2004 (a clock face)
        hour = hour % 12 + (0 if half.startswith(MORNING) else 12)
    if hour > 23:  # noqa: PLR2004 (hours)
        return None
    minutes = parts.get("m") or parts.get("one") or parts.get("dotted") or 0
    return hour * 3600 + int(minutes) * 60 + int(parts.get("s") or 0)


def _stretch(match: re.Match[str]) -> timedelta:
    """Return the stretch of `T+5m`, `+5 min`, `T-00:10` or `T0`; hours and minutes where it is written as a clock."""
    seconds = 0.0
    if match["clock"]:
        hours, minutes = match["clock"].split(":")
        seconds = int(hours) * 3600 + int(minutes) * 60
    for number, unit in re.findall(r"(\d+(?:\.\d+)?)[ ]?([a-z])", match["parts"] or "", re.IGNORECASE):
        seconds += float(number) * UNIT_SECONDS[unit.lower()]
    stretch = timedelta(seconds=min(seconds, 1e8))
    return stretch if (match["sign"] or "+") == "+" else -stretch


def find_dates(text: str, order: Order = "") -> list[tuple[Day, bool, str]]:
    """Return the dates in a text with whether each reads two ways, and their words."""
    found = []
    for match in DATES_RE.finditer(text.translate(PLAIN)):
        day = day_of(match, order)
        if day:
            found.append((day[0], day[1], text[match.start() : match.end()]))
    return found


def find_zone(text: str) -> str:
    """Return the first zone that a text names, as it is written; empty where it names none."""
    match = ANY_ZONE_RE.search(text)
    return match["zone"] if match else ""
