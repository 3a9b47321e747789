"""The timeline figure: which marks, stretches and ticks it has, without saying where they are drawn."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import MappingProxyType

from afterword.compose.desk import Desk
from afterword.compose.labels import KINDS
from afterword.incident.durations import elapsed
from afterword.incident.parts import Kind
from afterword.report.nodes import Mark, Span, Tick, TimelineDrawing
from afterword.words import message

_STEPS = tuple(
    timedelta(minutes=minutes)
    for minutes in (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 20160, 43200)
)
_MOST_TICKS = 9
_DAY = timedelta(days=1)

_PHASES = MappingProxyType(
    {
        Kind.IMPACT_START: "",
        Kind.DETECTED: message("Undetected"),
        Kind.MITIGATED: message("Until mitigated"),
        Kind.RESOLVED: message("Until resolved"),
        Kind.CLOSED: message("Until closed"),
    }
)
"""The milestones in order, each with what the stretch before it is called."""


def timeline_drawing(desk: Desk) -> TimelineDrawing:
    """Return what the figure of the record's events shows."""
    start, end = _extent(desk)
    length = max(elapsed(start, end).total_seconds(), 60.0)
    marks = tuple(
        Mark(
            _seconds(start, event.at),
            desk.words.say(KINDS[event.kind]) if event.kind is not Kind.NOTE else "",
            desk.words.clock(event.at),
            f"phase-{event.kind.value}",
        )
        for event in desk.incident.timeline
    )
    return TimelineDrawing(length, marks, _spans(desk, start), _ticks(desk, start, length))


def _extent(desk: Desk) -> tuple[datetime, datetime]:
    moments = [event.at for event in desk.incident.timeline]
    impact = desk.incident.impact
    aware = moments[0].tzinfo is not None
    moments += [
        moment for moment in (impact.started_at, impact.ended_at) if moment and (moment.tzinfo is not None) == aware
    ]
    key = (lambda moment: moment.astimezone(UTC)) if aware else (lambda moment: moment)
    return min(moments, key=key), max(moments, key=key)


def _seconds(start: datetime, moment: datetime) -> float:
    return elapsed(start, moment).total_seconds()


def _spans(desk: Desk, start: datetime) -> tuple[Span, ...]:
    """Return the phases between the milestones that are recorded, one after the other."""
    stops = _stops(desk)
    return tuple(
        Span(
            _seconds(start, stops[begin]),
            _seconds(start, stops[end]),
            desk.words.say(_PHASES[end]),
            f"phase-{begin.value}",
        )
        for begin, end in pairwise(stops)
        if elapsed(stops[begin], stops[end]) > timedelta(0)
    )


def _stops(desk: Desk) -> dict[Kind, datetime]:
    """Return the first moment of each milestone, in the order of the phases, without those out of order."""
    first: dict[Kind, datetime] = {}
    for event in desk.incident.timeline:
        first.setdefault(event.kind, event.at)
    impact_start = desk.incident.impact.started_at
    if impact_start and (impact_start.tzinfo is not None) == (desk.incident.timeline[0].at.tzinfo is not None):
        first[Kind.IMPACT_START] = impact_start
    stops: dict[Kind, datetime] = {}
    for kind in _PHASES:
        if kind in first and all(elapsed(stop, first[kind]) >= timedelta(0) for stop in stops.values()):
            stops[kind] = first[kind]
    return stops


def _ticks(desk: Desk, start: datetime, length: float) -> tuple[Tick, ...]:
    """Return ticks at round local times, at most nine."""
    step = next((step for step in _STEPS if length / step.total_seconds() <= _MOST_TICKS - 1), None)
    step = step or timedelta(days=30 * max(1, round(length / (30 * 86400 * (_MOST_TICKS - 1)) + 0.5)))
    ticks: list[Tick] = []
    moment = _round_up(start, step)
    previous_day = None
    while (at := _seconds(start, moment)) <= length:
        ticks.append(Tick(at, _tick_label(desk, moment, step, show_day=moment.date() != previous_day)))
        previous_day = moment.date()
        moment = _advance(moment, step)
    return tuple(ticks)


def _advance(moment: datetime, step: timedelta) -> datetime:
    """Return the next tick: so much later on the wall for whole days, on the world's clock for less."""
    if moment.tzinfo is None or step >= _DAY:
        return moment + step
    return (moment.astimezone(UTC) + step).astimezone(moment.tzinfo)


def _round_up(start: datetime, step: timedelta) -> datetime:
    midnight = start.replace(hour=0, minute=0, second=0, microsecond=0)
    if step >= _DAY:
        return midnight if midnight == start else midnight + _DAY
    since = elapsed(midnight, start)
    whole = -(-since // step)
    return _advance(midnight, whole * step) if whole else midnight


def _tick_label(desk: Desk, moment: datetime, step: timedelta, *, show_day: bool) -> str:
    over_days = desk.incident.timeline[0].at.date() != desk.incident.timeline[-1].at.date()
    if step >= _DAY:
        return desk.words.short_date(moment)
    if over_days and show_day:
        return f"{desk.words.short_date(moment)} {desk.words.clock(moment)}"
    return desk.words.clock(moment)
