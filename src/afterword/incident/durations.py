"""How long it took: durations between kinds of events, each with a state, never guessed, never 0 for unknown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from afterword.incident.model import Incident
from afterword.incident.parts import Kind


class DurationState(StrEnum):
    """What is known of a duration."""

    RECORDED = "recorded"
    """Both ends are recorded."""

    PENDING = "pending"
    """The incident is not over, so the missing end may still come."""

    NOT_APPLICABLE = "not-applicable"
    """An end is not recorded and will not come."""

    INVALID = "invalid"
    """The end lies before the start, or the two cannot be compared."""


class DurationName(StrEnum):
    """What a duration measures."""

    TO_DETECT = "to-detect"
    TO_ACKNOWLEDGE = "to-acknowledge"
    TO_MITIGATE = "to-mitigate"
    TO_RESOLVE = "to-resolve"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Duration:
    """One duration. `value` is None unless the state is RECORDED."""

    name: DurationName
    state: DurationState
    value: timedelta | None = None
    since: Kind = Kind.IMPACT_START
    """What it is measured from."""


@dataclass(frozen=True, slots=True)
class _Stamps:
    """The first moment of each kind, None where it is not recorded."""

    start: datetime | None
    detected: datetime | None
    acknowledged: datetime | None
    mitigated: datetime | None
    resolved: datetime | None
    closed: datetime | None


def durations(incident: Incident) -> tuple[Duration, ...]:
    """Return the five durations of the incident, in the order of DurationName.

    Detection is measured from the start of the impact, acknowledgement from detection; the others from the start
    of the impact or, where that is not recorded, from detection. The total ends when the incident is closed, or
    else resolved.
    """
    stamps = _stamps(incident)
    over = incident.status.is_over
    begin, since = (stamps.start, Kind.IMPACT_START) if stamps.start else (stamps.detected, Kind.DETECTED)
    end = stamps.closed or stamps.resolved
    return (
        _between(DurationName.TO_DETECT, Kind.IMPACT_START, stamps.start, stamps.detected, over=over),
        _between(DurationName.TO_ACKNOWLEDGE, Kind.DETECTED, stamps.detected, stamps.acknowledged, over=over),
        _between(DurationName.TO_MITIGATE, since, begin, stamps.mitigated, over=over),
        _between(DurationName.TO_RESOLVE, since, begin, stamps.resolved, over=over),
        _between(DurationName.TOTAL, since, begin, end, over=over),
    )


def _stamps(incident: Incident) -> _Stamps:
    first: dict[Kind, datetime] = {}
    for event in incident.timeline:
        first.setdefault(event.kind, event.at)
    start = incident.impact.started_at or first.get(Kind.IMPACT_START)
    names = (Kind.DETECTED, Kind.ACKNOWLEDGED, Kind.MITIGATED, Kind.RESOLVED, Kind.CLOSED)
    return _Stamps(start, *(first.get(kind) for kind in names))


def _between(name: DurationName, since: Kind, start: datetime | None, end: datetime | None, *, over: bool) -> Duration:
    if start is None or end is None:
        # A start that is not recorded by now is not going to be; an end may still come.
        waiting = not over and end is None
        return Duration(name, DurationState.PENDING if waiting else DurationState.NOT_APPLICABLE, since=since)
    if (start.tzinfo is None) != (end.tzinfo is None):
        return Duration(name, DurationState.INVALID, since=since)
    value = elapsed(start, end)
    if value < timedelta(0):
        return Duration(name, DurationState.INVALID, since=since)
    return Duration(name, DurationState.RECORDED, value, since)


def elapsed(start: datetime, end: datetime) -> timedelta:
    """Return the time from start to end on the world's clock where both have a zone, else on the wall's.

    Two datetimes of one zone are subtracted by Python as wall times, which is an hour off where clocks change.
    """
    if start.tzinfo is None or end.tzinfo is None:
        return end.replace(tzinfo=None) - start.replace(tzinfo=None)
    return end.astimezone(UTC) - start.astimezone(UTC)
