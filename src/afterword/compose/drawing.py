"""The timeline figure: which marks, stretches, breaks and ticks it has, without saying where they are drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from types import MappingProxyType

from afterword.compose.axis import breaks, ticks, zone_text
from afterword.compose.desk import Desk
from afterword.compose.labels import KINDS
from afterword.compose.moments import axis_clock, is_over_days
from afterword.incident.durations import elapsed
from afterword.incident.parts import Kind
from afterword.report.nodes import Lettering, Mark, Span, TimelineDrawing
from afterword.words import message

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
    start, end = extent(desk)
    length = max(elapsed(start, end).total_seconds(), 60.0)
    marks = tuple(sorted(_marks(desk, start), key=lambda mark: mark.at))
    spans = _spans(desk, start)
    gaps = breaks(desk.words, {0.0, _seconds(start, end), *_ends(spans), *(mark.at for mark in marks)}, length)
    return TimelineDrawing(
        length=length,
        marks=marks,
        spans=spans,
        ticks=ticks(desk.words, start, length, gaps),
        breaks=gaps,
        zone=zone_text(desk, start),
        lettering=_lettering(desk),
    )


def extent(desk: Desk) -> tuple[datetime, datetime]:
    """Return the first and the last moment of the axis: of events, or of the impact where that says more."""
    impact = desk.incident.impact
    moments = [event.at for event in desk.incident.timeline]
    moments += [moment for moment in (impact.started_at, impact.ended_at) if moment and _is_comparable(desk, moment)]
    key = (lambda moment: moment.astimezone(UTC)) if moments[0].tzinfo else (lambda moment: moment)
    return min(moments, key=key), max(moments, key=key)


def _is_comparable(desk: Desk, moment: datetime) -> bool:
    """Return whether a moment has a zone just as the events do."""
    return (moment.tzinfo is None) == (desk.incident.timeline[0].at.tzinfo is None)


def _seconds(start: datetime, moment: datetime) -> float:
    return elapsed(start, moment).total_seconds()


def _ends(spans: tuple[Span, ...]) -> Iterator[float]:
    return (end for span in spans for end in (span.start, span.end))


def _marks(desk: Desk, start: datetime) -> Iterator[Mark]:
    """Yield a mark for each event, and one for the start of the impact where only the impact names it."""
    for event in desk.incident.timeline:
        yield _mark(desk, start, event.at, event.kind)
    impact_start = desk.incident.impact.started_at
    if impact_start and _is_comparable(desk, impact_start) and Kind.IMPACT_START not in _first(desk):
        yield _mark(desk, start, impact_start, Kind.IMPACT_START, is_event=False)


def _mark(desk: Desk, start: datetime, at: datetime, kind: Kind, *, is_event: bool = True) -> Mark:
    label = desk.words.say(KINDS[kind]) if kind is not Kind.NOTE else ""
    day = desk.words.short_date(at) if is_over_days(desk) else ""
    return Mark(_seconds(start, at), label, axis_clock(desk, at), f"phase-{kind.value}", day, is_event)


def _first(desk: Desk) -> dict[Kind, datetime]:
    """Return the first moment of each kind of event."""
    first: dict[Kind, datetime] = {}
    for event in desk.incident.timeline:
        first.setdefault(event.kind, event.at)
    return first


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
    first = _first(desk)
    impact_start = desk.incident.impact.started_at
    if impact_start and _is_comparable(desk, impact_start):
        first[Kind.IMPACT_START] = impact_start
    stops: dict[Kind, datetime] = {}
    for kind in _PHASES:
        if kind in first and all(elapsed(stop, first[kind]) >= timedelta(0) for stop in stops.values()):
            stops[kind] = first[kind]
    return stops


def _lettering(desk: Desk) -> Lettering:
    words = desk.words
    return Lettering(
        dated=words.dated("{day}", "{time}"),
        between=words.between("{start}", "{end}"),
        together=words.say("Several events"),
    )
