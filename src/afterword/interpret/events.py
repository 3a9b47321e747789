"""Entries of a timeline as events of the record: each on its day, in order of time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

from afterword.incident.times import TimeFault, localise, parse_time
from afterword.interpret.draft import Draft, Path
from afterword.interpret.links import link_in
from afterword.interpret.sentences import source_in
from afterword.interpret.timelines import Entry
from afterword.prose import plain_line
from afterword.readers.document import Span
from afterword.readers.notes import NoteKind
from afterword.vocabulary.forms import ZONES
from afterword.vocabulary.kinds import inferred
from afterword.vocabulary.moments import Day, Moment

_SLIP = timedelta(hours=1)
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?", re.IGNORECASE)
_FIRST_YEAR, _LAST_YEAR = 1900, 2999


def zone_name(written: str) -> str:
    """Return the IANA name of a zone as people write it, empty where it has none or means several."""
    name = re.sub(r"[ ]?time$", "", written.strip(), flags=re.IGNORECASE).upper()
    name = name.removeprefix("+") if name[1:2].isalpha() else name
    if (match := _OFFSET.fullmatch(name)) and not int(match[3] or 0):
        hours = int(match[2])
        return f"Etc/GMT{'-' if match[1] == '+' else '+'}{hours}" if hours else "UTC"
    return ZONES.get(name, "")


def offset_of(written: str) -> str:
    """Return the offset of a zone as people write it, in the form of ISO 8601; empty where it has none of its own."""
    match = _OFFSET.fullmatch(written.strip())
    if match:
        return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}"
    return "Z" if zone_name(written) == "UTC" else ""


def stamp_of(moment: Moment, day: date, near: str = "") -> str | None:
    """Return a time of day on a date as ISO 8601 has it, with the offset that the author wrote, else with one near it.

    None for what is no time of day, and for one in a zone that has no offset of its own.
    """
    offset = offset_of(moment.zone) if moment.zone else near
    if moment.seconds is None or (moment.zone and not offset):
        return None
    return (datetime.combine(day, time()) + timedelta(seconds=moment.seconds)).isoformat() + offset


@dataclass(slots=True)
class _Placed:
    entry: Entry
    at: datetime
    guess: str


def put_events(draft: Draft, entries: Sequence[Entry], day: date | None, zone: str) -> date | None:
    """Put entries into the record as its timeline; return the day of the first one.

    Entries that can be put on no day at all (there is no date anywhere) go into a section of their own.
    """
    zone = _zone(draft, entries, zone)
    calendar = _Calendar(day, ZoneInfo(zone) if zone else None, may_step=not draft.is_ours)
    placed = [calendar.place(entry) for entry in entries]
    known = _with_lost(entries, placed)
    if not known:
        return None
    has_offset = any(each.at.tzinfo for each in known)
    if not zone and has_offset:
        offset = next(each.at.tzinfo for each in known if each.at.tzinfo)
        for each in known:
            each.at = each.at if each.at.tzinfo else each.at.replace(tzinfo=offset)
    ordered = sorted(known, key=lambda each: calendar.instant(each.at))
    moved = {id(each) for each, other in zip(ordered, known, strict=True) if each is not other}
    seen: Counter[str] = Counter()
    for each in ordered:
        _put(draft, each, seen, is_moved=id(each) in moved)
    return ordered[0].at.date()


def _with_lost(entries: Sequence[Entry], placed: Sequence[_Placed | None]) -> list[_Placed]:
    """Return all entries with a moment; those that have none yet take that of the next one, or of the one before."""
    first = next((each for each in placed if each is not None), None)
    known: list[_Placed] = []
    if first is None:
        return known
    last = first.at
    for entry, each in zip(reversed(entries), reversed(placed), strict=True):
        words = entry.moment.words if entry.moment else entry.said or "no time is given"
        known.append(each or _Placed(entry, last, f"{words}: put at the time of the event after"))
        last = known[-1].at
    return known[::-1]


def _zone(draft: Draft, entries: Sequence[Entry], said: str) -> str:
    """Return the zone of the record: as its metadata says, as the timeline says, or as most of its times say."""
    if draft.has("timezone"):
        return str(draft.data["timezone"])
    if draft.is_ours:
        return ""
    named = Counter(entry.moment.zone for entry in entries if entry.moment and entry.moment.zone)
    written = said or (named.most_common(1)[0][0] if named else "")
    zone = zone_name(written)
    line = entries[0].line if entries else 1
    if zone:
        kind = NoteKind.FOUND if zone == "UTC" else NoteKind.GUESSED
        draft.put(("timezone",), Span(zone, line, is_exact=False), kind, written)
    elif written and not _OFFSET.fullmatch(written):
        words = f"{written}: this abbreviation means several time zones; give `timezone`"
        draft.note(NoteKind.GUESSED, ("timezone",), Span(written, line), words)
    return zone


class _Calendar:
    """Puts entries on days, each after the one before."""

    def __init__(self, day: date | None, zone: ZoneInfo | None, *, may_step: bool) -> None:
        self.may_step = may_step
        self.day = day
        self.start = day
        self.zone = zone
        self.previous: datetime | None = None
        self.zero: datetime | None = None
        """The first moment with a time of day, from which `T+5m` counts."""

        self.headed: Day | None = None

    def place(self, entry: Entry) -> _Placed | None:
        """Return the entry with its moment; None where no day is known."""
        moment, guess = entry.moment, ""
        if moment is None or (moment.seconds is None and moment.day is None and moment.after is None):
            return self._same(entry)
        if moment.after is not None:
            return self._later(entry, moment.after)
        own = moment.day or (entry.day if entry.day != self.headed else None)
        self.headed = entry.day or self.headed
        day = self._day(own) if own else self.day
        if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            return None
        if moment.seconds is None:
            at = datetime.combine(day, time())
            if self.previous is not None and self.previous.date() == day and not own:
                return self._same(entry)
            guess = "no time of day is given; put at the start of the day"
        else:
            at = datetime.combine(day, time()) + timedelta(seconds=moment.seconds)
            if self.may_step and own is None and self.previous is not None and at - self.previous < -_SLIP:
                at += timedelta(days=1)
                guess = f"earlier than the event before; put on {at:%Y-%m-%d}"
        if moment.is_ambiguous:
            guess = f"the date reads two ways; taken as {at:%Y-%m-%d}"
        self.day, self.previous = at.date(), at
        if moment.seconds is not None:
            self.zero = self.zero or at
        return _Placed(entry, self._zoned(at, moment), guess)

    def _same(self, entry: Entry) -> _Placed | None:
        at = self.previous
        if at is None and self.start is not None:
            at = datetime.combine(self.start, time())
        words = entry.said or "no time is given"
        return _Placed(entry, at, f"{words}: put at the time of the event before") if at else None

    def _later(self, entry: Entry, after: timedelta) -> _Placed | None:
        """Return the entry with a moment that counts from the first one (`T+5m`) or from the one before (`+5 min`)."""
        from_zero = bool(entry.moment and entry.moment.words[:1] in "Tt")
        base = (self.zero or self.previous) if from_zero else self.previous
        if base is None and self.start is not None:
            base = datetime.combine(self.start, time())
        if base is None:
            return None
        self.zero = self.zero or base
        self.previous = base + after
        return _Placed(entry, self.previous, f"counted from the {'first event' if from_zero else 'event before'}")

    def _day(self, day: Day) -> date | None:
        """Return a day; one without a year lies near the day before it."""
        around = self.day
        if day.year is not None or around is None:
            return day.on(None)
        found = [each for each in (day.on(around.year + step) for step in (0, 1, -1)) if each]
        return min(found, key=lambda each: abs((each - around).days), default=None)

    def _zoned(self, at: datetime, moment: Moment) -> datetime:
        """Return the moment with an offset where it names another zone than the record has."""
        zone = zone_name(moment.zone)
        if match := _OFFSET.fullmatch(moment.zone):
            stretch = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
            return at.replace(tzinfo=timezone(stretch if match[1] == "+" else -stretch))
        if zone and (self.zone is None or zone != self.zone.key):
            return at.replace(tzinfo=UTC if zone == "UTC" else timezone(ZoneInfo(zone).utcoffset(at) or timedelta()))
        if self.zone is None:
            return at
        try:
            localise(at, self.zone)
        except TimeFault:
            return at.replace(tzinfo=timezone(self.zone.utcoffset(at) or timedelta()))
        return at

    def instant(self, at: datetime) -> datetime:
        """Return a moment that can be compared with the others."""
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=self.zone or UTC).astimezone(UTC)


def _put(draft: Draft, placed: _Placed, seen: Counter[str], *, is_moved: bool) -> None:
    """Put one event into the record, with notes on what was guessed about it."""
    entry, at = placed.entry, placed.at
    path: Path = ("timeline", draft.count("timeline"))
    words = entry.moment.words if entry.moment else entry.said
    here = Span(words, entry.line, is_exact=False)
    draft.put((*path, "at"), here.but(at.isoformat(timespec="seconds" if at.second else "minutes")))
    if words:
        draft.note(NoteKind.FOUND, (*path, "at"), here)
    own = entry.moment is not None and _own_clock(entry.moment, at)
    if own:
        draft.put((*path, "time"), here.but(words))
    told = Span("", entry.line) if draft.is_ours and not entry.texts else None
    is_told = own or _says_it_all(entry.moment)
    draft.put((*path, "description"), told or _description(entry, words, is_told=is_told))
    if entry.actor is not None:
        draft.put((*path, "actor"), entry.actor)
    if entry.source is not None:
        _put_source(draft, path, entry.source)
    if placed.guess:
        draft.note(NoteKind.GUESSED, (*path, "at"), here, f"{words}: {placed.guess}" if words else placed.guess)
    if is_moved:
        draft.note(NoteKind.GUESSED, path, here, f"{words}: events were put in order of time")
    _put_kind(draft, path, entry, seen)


def _put_source(draft: Draft, path: Path, source: Span) -> None:
    """Put where an event is known from: a text, a link, or a text that is one."""
    told = source_in(source.text) or ""
    title, url = link_in(told) or (plain_line(told), "")
    draft.note(NoteKind.FOUND, (*path, "source" if title else "link"), source)
    for field, value in (("source", title), ("link", url)):
        if value:
            draft.put((*path, field), source.but(value))


def _put_kind(draft: Draft, path: Path, entry: Entry, seen: Counter[str]) -> None:
    text = " ".join(span.text for span in entry.texts)
    kind = entry.kind or inferred(text)
    if not kind or (not entry.kind and (seen[kind] or draft.is_ours)):
        return
    seen[kind] += 1
    draft.put((*path, "kind"), Span(kind, entry.line, is_exact=False))
    if not entry.kind:
        draft.note(NoteKind.GUESSED, (*path, "kind"), Span(text[:80], entry.line), f"{kind}: by its wording")


def _own_clock(moment: Moment, at: datetime) -> bool:
    """Return whether an author's time can stand beside the timestamp as it is written."""
    if moment.day is not None or moment.is_vague or moment.zone:
        return False
    try:
        clock = parse_time(moment.words)
    except TimeFault:
        return False
    return (clock.hour, clock.minute) == (at.hour, at.minute)


def _says_it_all(moment: Moment | None) -> bool:
    """Return whether a timestamp says all that an author's words for the time say."""
    return bool(moment and not moment.is_vague and moment.seconds is not None)


def _description(entry: Entry, words: str, *, is_told: bool) -> Span:
    """Return what happened, with the author's words for the time before it where the timestamp says less."""
    texts = entry.texts or [Span(words or "-", entry.line, is_exact=False)]
    lead = (
        ""
        if (is_told and not entry.said) or not (words or entry.said) or not entry.texts
        else f"({entry.said or words}) "
    )
    if len(texts) == 1 and not lead:
        return texts[0]
    text = _told(texts)
    return Span(lead + text, texts[0].line, texts[0].column, is_exact=False)


def _told(texts: Sequence[Span]) -> str:
    """Return the parts of a description: what stood in lines after each other stays together."""
    told = texts[0].text
    for before, span in pairwise(texts):
        is_next = span.line == before.line + before.text.count("\n") + 1
        told += ("\n" if is_next else "\n\n") + span.text
    return told
