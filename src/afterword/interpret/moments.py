"""Dates and times at the start of a text, as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

_MONTH_NAMES = (
    "january jan januar jänner janvier janv enero ene janeiro يناير ጃንዋሪ ጃን",
    "february feb februar février févr fév febrero fevereiro fev فبراير ፌብሩዋሪ ፌብ",
    "march mar märz mrz mars marzo março مارس ማርች",
    "april apr avril avr abril abr أبريل ኤፕሪል ኤፕሪ",
    "may mai mayo maio مايو ሜይ",
    "june jun juni juin junio junho يونيو ጁን",
    "july jul juli juillet juil julio julho يوليو ጁላይ",
    "august aug août agosto ago أغسطس ኦገስት ኦገስ",
    "september sept sep septembre septiembre setembro set سبتمبر ሴፕቴምበር ሴፕቴ",
    "october oct oktober okt octobre octubre outubro out أكتوبر ኦክቶበር ኦክቶ",
    "november nov novembre noviembre novembro نوفمبر ኖቬምበር ኖቬም",
    "december dec dezember dez décembre déc diciembre dic dezembro ديسمبر ዲሴምበር ዲሴም",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?!\w)\.?"

ZONES = {
    "UTC": "UTC", "GMT": "UTC", "Z": "UTC",
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "PT": "America/Los_Angeles",
    "PACIFIC": "America/Los_Angeles", "US/PACIFIC": "America/Los_Angeles",
    "EST": "America/New_York", "EDT": "America/New_York", "ET": "America/New_York", "EASTERN": "America/New_York",
    "MST": "America/Denver", "MDT": "America/Denver", "CDT": "America/Chicago", "CENTRAL": "America/Chicago",
    "CET": "Europe/Berlin", "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin",
    "EET": "Europe/Helsinki", "EEST": "Europe/Helsinki", "WET": "Europe/Lisbon", "WEST": "Europe/Lisbon",
    "MSK": "Europe/Moscow", "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "EAT": "Africa/Nairobi",
    "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
    "SGT": "Asia/Singapore", "HKT": "Asia/Hong_Kong",
}  # fmt: skip
"""Zones by what people call them. Names that mean several (CST, IST) are not there: nobody guesses."""

_NAMED = "|".join(
    sorted(
        (re.escape(name) for name in [*ZONES, "Pacific", "US/Pacific", "Eastern", "Central"] if name != "Z"), key=len
    )[::-1]
)
_OFFSET = r"(?:UTC|GMT)?[+-](?:0?\d|1[0-4])(?::?[0-5]\d)?(?![\d:])"
_AMBIGUOUS = "CST|IST|AST|ADT|BST|GST|HST|SAST|WAT|ICT|PKT"
_ZONE = rf"(?P<zone>{_OFFSET}|[+]?(?:{_NAMED})(?![\w/])(?:[ ]?[Tt]ime)?|Z\b|(?:{_AMBIGUOUS})(?!\w))"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?[ ]+)?"
_GAP = r"[ \t*_`\[\](),|@·]*"
_YEAR = r"(?:[ ]*,?[ ]*(?:de[ ]+)?(?P<{0}>(?:19|20)\d\d)(?!\d))?"
_DATE = (
    r"(?P<iso>(?P<y1>(?:19|20)\d\d)[-/.](?P<m1>\d{1,2})[-/.](?P<d1>\d{1,2})(?!\d))"
    r"|(?P<plain>(?P<a>\d{1,2})\u200f?(?P<sep>[-/.])(?P<b>\d{1,2})\u200f?(?P=sep)(?P<y2>(?:19|20)\d\d|\d\d)(?!\d))"
    rf"|(?P<dmy>(?P<d3>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?[ /-]+(?:de[ ]+|of[ ]+)?(?P<n3>{_MONTH})"
    rf"(?:[ /,-]*(?:de[ ]+)?(?P<y3>(?:19|20)\d\d)(?!\d))?)"
    rf"|(?P<mdy>(?P<n4>{_MONTH})[ -]+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d)(?:[ ,-]+(?P<y4>(?:19|20)\d\d)(?!\d))?)"
    r"|(?P<cjk>(?:(?P<y5>(?:19|20)\d\d)[ ]*年[ ]*)?(?P<m5>\d{1,2})[ ]*月[ ]*(?P<d5>\d{1,2})[ ]*日)"
)
_CLOCK = (
    r"(?P<{p}h>\d{{1,2}})(?:(?::|h|時|点|时)(?P<{p}m>[0-5]\d)(?:[:分]?(?:(?<=:)(?P<{p}s>[0-5]\d)(?:[.,]\d+)?|(?<=分)))?(?!\d)"
    r"(?:[ ]*(?P<{p}half>[ap]\.?m\.?(?!\w)))?|[ ]*(?P<{p}only>[ap]\.?m\.?(?!\w)))"
)
_DATE_RE = re.compile(_DATE, re.IGNORECASE)
_CLOCK_RE = re.compile(_CLOCK.format(p="x"), re.IGNORECASE)
_BARE_RE = re.compile(r"(?P<xh>[01]\d|2[0-3])(?P<xm>[0-5]\d)(?!\d)")
_WORD_RE = re.compile(
    r"(?P<word>noon|midday|midnight|mittags?|midi|minuit|mediodía|medianoche|meio-dia|meia-noite|正午)(?!\w)",
    re.IGNORECASE,
)
_ZONE_RE = re.compile(r"[ *_`(\[]*" + _ZONE)
_ISO_CLOCK = re.compile(r"\dT\d\d:?\d\d[\d:.]*$")
_RANGE_RE = re.compile(r"[ *_`]*(?:-|–|—|~|〜|→|to\b|until\b|bis\b|à\b|and\b|\+)[ *_`]*", re.IGNORECASE)
_ABOUT_WORDS = (
    "about around approx(?:imately)? circa ca c at on from by between gegen um vers entre a\\slas às hacia am le el"
)
_ABOUT_RE = re.compile(
    r"(?:(?:[~≈约約頃]|\b(?:" + "|".join(_ABOUT_WORDS.split(" ")) + r")\b\.?)[ *_`]*)+", re.IGNORECASE
)
_WEEKDAY_RE = re.compile(_WEEKDAY, re.IGNORECASE)
_DAY_NAME_RE = re.compile(r"[ ,(]*(?:mon|tues|wednes|thurs|fri|satur|sun)day\b\)?", re.IGNORECASE)
_GAP_RE = re.compile(_GAP)
_JOIN_RE = re.compile(r"[ \t*_`\[\](),،|·T]*(?:(?:-|–|—|:|at|um|à|a las|às|ab|@)[ \t*_`]+)?", re.IGNORECASE)
_RELATIVE_RE = re.compile(
    r"T?[ ]?\+[ ]?(?P<parts>(?:\d+(?:\.\d+)?[ ]?(?:d|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)(?![a-z])[ ]?)+)",
    re.IGNORECASE,
)
_AFTER_RE = re.compile(
    r"[ \t*_`\]|)”\"]*(?:(?:頃|ごろ|左右|\(approx\.?\)|\+)[ \t*_`\]]*)?(?:[-–—:：|,>→]+(?=[\s*_`]|$)|：)?[ \t*_`]*"
)
_TAIL_RE = re.compile(r"[ \t*_`]*\((?P<inside>[^()\n]{1,40})\)")
_UNIT_SECONDS = {"d": 86400, "h": 3600, "m": 60, "s": 1}

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

    end_day: Day | None = None


@dataclass(slots=True)
class _Reader:
    """Reads one moment from the start of a text."""

    text: str
    order: Order
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
        match = _DATE_RE.match(self.text, self.at)
        found = day_of(match, self.order) if match else None
        if match is None or found is None:
            return False
        self.day, self.is_ambiguous = found
        self.at = match.end()
        return True

    def read_clock(self, *, bare: bool = False) -> bool:
        for pattern in (_CLOCK_RE, _WORD_RE, *((_BARE_RE,) if bare else ())):
            match = pattern.match(self.text, self.at)
            seconds = _seconds(match) if match else None
            if match and seconds is not None:
                self.seconds = seconds
                self.is_vague = self.is_vague or pattern is _WORD_RE
                self.at = match.end()
                return True
        return False

    def read_zone(self) -> None:
        match = _ZONE_RE.match(self.text, self.at)
        is_iso = _ISO_CLOCK.search(self.text[max(self.at - 20, 0) : self.at])
        # `02:00-04:30` is from one time to another; only after an ISO timestamp is it an offset.
        if match and (match["zone"][0] != "-" or is_iso):
            self.zone = self.zone or match["zone"]
            self.at = match.end()

    def about(self) -> None:
        if _is_vague(self.text, self.at):
            self.is_vague = True
        self.skip(_ABOUT_RE)

    def read_range(self) -> None:
        """Move over the end of a range, if one follows: what is kept is the start."""
        before = (self.at, self.day, self.seconds, self.zone)
        if self.skip(_RANGE_RE):
            has_day = self.read_day()
            if has_day:
                self.skip(_JOIN_RE)
            if self.read_clock(bare=False) or (has_day and before[1] is not None):
                self.day, self.seconds = before[1], before[2]
                self.is_vague = True
                self.read_zone()
                return
        self.at, self.day, self.seconds, self.zone = before


def _is_vague(text: str, at: int) -> bool:
    match = _ABOUT_RE.match(text, at)
    return bool(
        match
        and re.search(
            r"[~≈約约]|about|around|approx|circa|ca\b|c\.|between|gegen|vers|entre|hacia", match[0], re.IGNORECASE
        )
    )


def read_moment(text: str, order: Order = "") -> Moment | None:
    """Return the moment with which a text begins, None where it begins with none."""
    reader = _Reader(text, order)
    reader.skip(_GAP_RE)
    start = reader.at
    if relative := _RELATIVE_RE.match(text, reader.at):
        return _ended(reader, start, relative.end(), after=_stretch(relative["parts"]))
    reader.about()
    reader.skip(_WEEKDAY_RE)
    reader.about()
    if reader.read_day():
        at = reader.at
        reader.skip(_JOIN_RE)
        reader.about()
        if not reader.read_clock(bare=reader.at > at):
            reader.at = at
    elif reader.read_clock(bare=bool(re.match(r"\d{4}(?:[ ]?(?:UTC|Z\b)|:[ ])", text[reader.at : reader.at + 9]))):
        pass
    else:
        return None
    _read_more(reader)
    return _ended(reader, start, reader.at)


def _read_more(reader: _Reader) -> None:
    """Read what may follow a date or a time: zone, range, the date after the time."""
    if reader.seconds is not None:
        reader.read_zone()
    elif match := _DAY_NAME_RE.match(reader.text, reader.at):
        reader.at = match.end()
    reader.read_range()
    if reader.day is None:
        before, seconds = reader.at, reader.seconds
        match = re.compile(r"[ ,*_`]*(?:on[ ]+)?").match(reader.text, reader.at)
        reader.at = match.end() if match else reader.at
        reader.skip(_WEEKDAY_RE)
        if not (reader.read_day() and reader.seconds == seconds):
            reader.at = before
    tail = _TAIL_RE.match(reader.text, reader.at)
    if tail and (_CLOCK_RE.match(tail["inside"]) or _ABOUT_WORD.match(tail["inside"])):
        reader.is_vague = True
        reader.at = tail.end()


_ABOUT_WORD = re.compile(r"(?:approx|inicio|start|end|fin|ca\b|est)", re.IGNORECASE)


def _ended(reader: _Reader, start: int, end: int, after: timedelta | None = None) -> Moment:
    closing = _AFTER_RE.match(reader.text, end)
    rest_at = closing.end() if closing else end
    head, rest = reader.text[:rest_at], reader.text[rest_at:]
    if re.match(r"\]\(", reader.text[end:]):
        rest, head = reader.text, ""
    between = reader.text[end:rest_at]
    vague = reader.is_vague or "頃" in between or "左右" in between or "+" in between
    for mark in ("**", "__", "`"):
        if head.count(mark) % 2:
            rest = mark + rest
    if vague and not reader.is_vague:
        end += len(re.split(r"[^頃ごろ左右+ ]", between, maxsplit=1)[0].rstrip())
    words = reader.text[start:end].strip(" *_`[](),|\t")
    words += ")" * (words.count("(") - words.count(")"))
    return Moment(words, rest, reader.day, reader.seconds, reader.zone, after, vague, reader.is_ambiguous)


def day_of(match: re.Match[str], order: Order) -> tuple[Day, bool] | None:
    """Return the day that a match of a date means, and whether it could mean another one."""
    if match["iso"]:
        return _day(match["y1"], match["m1"], match["d1"])
    if match["dmy"]:
        return _day(match["y3"], str(_month(match["n3"])), match["d3"])
    if match["mdy"]:
        return _day(match["y4"], str(_month(match["n4"])), match["d4"])
    if match["cjk"]:
        return _day(match["y5"], match["m5"], match["d5"])
    return _plain_day(match["a"], match["b"], match["y2"], "dmy" if match["sep"] == "." else order)


def _plain_day(first: str, second: str, year: str, order: Order) -> tuple[Day, bool] | None:
    full = year if len(year) > 2 else f"20{year}"  # noqa: PLR2004 (digits of a short year)
    months = 12
    if int(first) > months:
        return _day(full, second, first)
    if int(second) > months or int(first) == int(second):
        return _day(full, first, second)
    found = _day(full, second, first) if order == "dmy" else _day(full, first, second)
    return (found[0], not order) if found else None


def _month(name: str) -> int:
    return _MONTHS[name.lower().rstrip(".")]


def _day(year: str | None, month: str, day: str) -> tuple[Day, bool] | None:
    found = Day(int(year) if year else None, int(month), int(day))
    leap = 2000
    return (found, False) if found.on(leap if found.year is None else None) else None


def _seconds(match: re.Match[str]) -> int | None:
    """Return seconds since midnight, None for a time that there is not."""
    parts = match.groupdict()
    if word := parts.get("word"):
        return 0 if word.lower() in {"midnight", "minuit", "medianoche", "meia-noite"} else 12 * 3600
    hour = int(parts["xh"])
    half = parts.get("xhalf") or parts.get("xonly") or ""
    if half and 1 <= hour <= 12:  # noqa: PLR2004 (a clock face)
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    if hour > 23:  # noqa: PLR2004 (hours)
        return None
    return hour * 3600 + int(parts.get("xm") or 0) * 60 + int(parts.get("xs") or 0)


def _stretch(parts: str) -> timedelta:
    seconds = 0.0
    for number, unit in re.findall(r"(\d+(?:\.\d+)?)[ ]?([a-z])", parts, re.IGNORECASE):
        seconds += float(number) * _UNIT_SECONDS[unit.lower()]
    return timedelta(seconds=min(seconds, 1e8))


def find_dates(text: str, order: Order = "") -> list[tuple[Day, bool, str]]:
    """Return the dates in a text with whether each reads two ways, and their words."""
    found = []
    for match in re.compile(r"(?<![\w/.-])(?:" + _DATE + ")", re.IGNORECASE).finditer(text):
        day = day_of(match, order)
        if day:
            found.append((day[0], day[1], match[0]))
    return found


def find_zone(text: str) -> str:
    """Return the first zone that a text names, as it is written; empty where it names none."""
    match = re.search(r"(?<![\w/+-])(?:" + _ZONE + r")", text)
    return match["zone"] if match else ""
