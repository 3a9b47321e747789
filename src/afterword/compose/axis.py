"""The axis of the timeline figure: where it is interrupted, its ticks at round local times, and its zone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

from afterword.compose.desk import Desk
from afterword.incident.durations import elapsed
from afterword.report.nodes import Break, Tick
from afterword.words import Words

_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 20160)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200)
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_MOST_TICKS = 9
_MONTH_LENGTH = timedelta(days=28)

_MOST_BREAKS = 3
_SHORTEST_BREAK = 3 * 3600.0
"""Seconds."""

_EXCESS = 3.0
"""How many times as long as all of the axis that stays a stretch is at least if it is cut out."""

_FEWEST_TOGETHER = 3
"""Moments without a break between them at least, or there is nothing that a break would spread out."""


def breaks(words: Words, points: Iterable[float], length: float) -> tuple[Break, ...]:
    """Return the stretches between these moments, in seconds, that are so long that the rest could not be read."""
    found: list[tuple[float, float]] = []
    rest, left = length, sorted(pairwise(sorted(set(points))), key=_long, reverse=True)
    while cut := _next_cut(left, rest, _MOST_BREAKS - len(found)):
        found += cut
        rest -= sum(map(_long, cut))
        left = left[len(cut) :]
    if _most_together(set(points), found) < _FEWEST_TOGETHER:
        return ()
    return tuple(Break(start, end, words.duration(_rounded(end - start))) for start, end in sorted(found))


def _long(gap: tuple[float, float]) -> float:
    return gap[1] - gap[0]


def _next_cut(gaps: list[tuple[float, float]], length: float, most: int) -> list[tuple[float, float]]:
    """Return the fewest of these gaps, the longest first, each of which is far longer than what stays without them."""
    for number in range(1, min(most, len(gaps)) + 1):
        cut = gaps[:number]
        rest = length - sum(map(_long, cut))
        if _long(cut[-1]) >= max(_SHORTEST_BREAK, rest * _EXCESS):
            return cut
    return []


def _most_together(points: set[float], gaps: list[tuple[float, float]]) -> int:
    """Return how many moments lie without a break between them, at most."""
    edges = [float("-inf"), *sorted(start for start, _ in gaps), float("inf")]
    return max(sum(low < point <= high for point in points) for low, high in pairwise(edges))


def _rounded(seconds: float) -> timedelta:
    """Return a long time to the hour from one day on, and to the day from ten days on."""
    stretch = timedelta(seconds=seconds)
    unit = _DAY if stretch >= 10 * _DAY else _HOUR if stretch >= _DAY else timedelta(minutes=1)
    return round(stretch / unit) * unit


def zone_text(desk: Desk, start: datetime) -> str:
    """Return the zone of the axis with its offsets from UTC; nothing where the times have none."""
    events = [event.at for event in desk.incident.timeline]
    if not desk.incident.timezone:
        return desk.words.offset(start) if start.tzinfo else ""
    offsets = tuple(dict.fromkeys(desk.words.offset(at) for at in events))
    return f"{desk.incident.timezone} ({desk.words.all_of(offsets)})"


def ticks(words: Words, start: datetime, length: float, gaps: tuple[Break, ...]) -> tuple[Tick, ...]:
    """Return ticks at round local times outside the breaks, about nine, and at least one on each side of a break."""
    visible = timedelta(seconds=length - sum(gap.end - gap.start for gap in gaps))
    edges = (0.0, *(edge for gap in gaps for edge in (gap.start, gap.end)), length)
    moments: list[datetime] = []
    for low, high in zip(edges[::2], edges[1::2], strict=True):
        first, last = later(start, low), later(start, high)
        moments += list(_round_moments(first, last, visible)) or [first]
    return tuple(_labelled(words, start, moments, by_day=_step(visible) >= _DAY))


def later(start: datetime, seconds: float) -> datetime:
    """Return the moment so many seconds later on the world's clock, in the zone of the start."""
    stretch = timedelta(seconds=seconds)
    return (start.astimezone(UTC) + stretch).astimezone(start.tzinfo) if start.tzinfo else start + stretch


def _step(visible: timedelta) -> timedelta:
    """Return the distance of ticks: a month and more stand for any number of months."""
    steps = (timedelta(minutes=minutes) for minutes in _MINUTES)
    return next((step for step in steps if visible / step <= _MOST_TICKS - 1), _MONTH_LENGTH)


def _round_moments(first: datetime, last: datetime, visible: timedelta) -> Iterator[datetime]:
    """Yield the round local times from the first moment to the last that suit an axis of this length."""
    step = _step(visible)
    if step < _DAY:
        walls = _within_days(first, last, step)
    elif step < _MONTH_LENGTH:
        walls = _days(first.date(), last.date(), step.days)
    else:
        walls = _months(first.date(), last.date(), visible)
    for wall in walls:
        for moment in _moments(wall, first.tzinfo)[: 1 if step > _HOUR else 2]:
            if elapsed(first, moment) >= timedelta(0) and elapsed(moment, last) >= timedelta(0):
                yield moment


def _within_days(first: datetime, last: datetime, step: timedelta) -> Iterator[datetime]:
    for midnight in _days(first.date(), last.date(), 1):
        yield from (midnight + place * step for place in range(_DAY // step))


def _days(first: date, last: date, step: int) -> Iterator[datetime]:
    """Yield every so-manieth day; a step of a week and more falls on Mondays, the first of which has the ordinal 1."""
    ordinal = first.toordinal() + (1 - first.toordinal()) % step
    return (datetime.combine(date.fromordinal(day), time()) for day in range(ordinal, last.toordinal() + 1, step))


def _months(first: date, last: date, visible: timedelta) -> Iterator[datetime]:
    """Yield the first days of months, or of every so-manieth month, at most as many as there may be ticks."""
    step = next(each for each in _MONTHS if visible / (each * _MONTH_LENGTH) <= _MOST_TICKS - 1 or each == _MONTHS[-1])
    number = -(-(first.year * 12 + first.month - 1) // step) * step
    while number <= last.year * 12 + last.month - 1:
        yield datetime(number // 12, number % 12 + 1, 1)  # noqa: DTZ001 (a wall time; its zone comes later)
        number += step


def _moments(wall: datetime, zone: tzinfo | None) -> list[datetime]:
    """Return the moments at which clocks show this time: none where they skip it, two where they are set back."""
    if zone is None:
        return [wall]
    first = wall.replace(tzinfo=zone)
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != wall:
        return []
    second = first.replace(fold=1)
    return [first] if first.utcoffset() == second.utcoffset() else [first, second]


def _labelled(words: Words, start: datetime, moments: list[datetime], *, by_day: bool) -> Iterator[Tick]:
    """Yield a tick for each moment, with what has changed since the one before."""
    one_day = len({moment.date() for moment in (start, *moments)}) == 1
    one_year = len({moment.year for moment in (start, *moments)}) == 1
    before: datetime | None = None
    for moment in moments:
        is_whole = moment.timetz().replace(tzinfo=None) == time()
        if by_day and is_whole:
            label, day = words.short_date(moment), "" if one_year or _same_year(before, moment) else str(moment.year)
        else:
            label, day = words.clock(moment), _day(words, before, moment, one_day=one_day)
        yield Tick(elapsed(start, moment).total_seconds(), label, day)
        before = moment


def _same_year(before: datetime | None, moment: datetime) -> bool:
    return before is not None and before.year == moment.year


def _day(words: Words, before: datetime | None, moment: datetime, *, one_day: bool) -> str:
    """Return the date where the day changes, and the offset from UTC where that does."""
    day = "" if one_day or (before and before.date() == moment.date()) else words.short_date(moment)
    is_shifted = before is not None and moment.tzinfo is not None and before.utcoffset() != moment.utcoffset()
    return " · ".join(filter(None, (day, words.offset(moment) if is_shifted else "")))
