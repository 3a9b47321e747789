"""Durations are recorded, pending, not applicable or invalid; never guessed, and never zero for unknown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from afterword.incident.durations import Duration, DurationName, DurationState, durations, elapsed
from afterword.incident.model import Incident
from afterword.incident.parts import Kind
from incident_strategies import FEW, incidents

RECORDED, PENDING, NOT_APPLICABLE, INVALID = DurationState


def measured(*events: tuple[str, str], **fields: Any) -> dict[str, Duration]:  # noqa: ANN401 (fields of any kind)
    """Return the durations of an incident with events of these times and kinds, by name."""
    timeline = [{"at": at, "kind": kind, "description": "x"} for at, kind in events]
    record = {
        "id": "1",
        "title": "T",
        "date": "2023-08-13",
        "timezone": "UTC",
        "status": "closed",
        "timeline": timeline,
    }
    incident = Incident.model_validate(record | fields)
    return {each.name.value: each for each in durations(incident)}


def values(found: dict[str, Duration]) -> list[object]:
    """Return minutes of those that are recorded and the states of the others, in order."""
    return [each.value.total_seconds() / 60 if each.value is not None else each.state for each in found.values()]


WHOLE = (
    ("2023-08-13 08:00", "impact-start"),
    ("2023-08-13 08:45", "detected"),
    ("2023-08-13 08:50", "acknowledged"),
    ("2023-08-13 11:00", "mitigated"),
    ("2023-08-13 12:30", "resolved"),
    ("2023-08-13 13:00", "closed"),
)


def test_a_whole_timeline_gives_every_duration() -> None:
    """Detection from the start of the impact, acknowledgement from detection, the rest from the start."""
    found = measured(*WHOLE)
    assert values(found) == [45, 5, 180, 270, 300]
    assert list(found) == [name.value for name in DurationName]
    assert [each.since for each in found.values()].count(Kind.IMPACT_START) == 4


def test_without_a_start_they_count_from_detection() -> None:
    """The seed's timeline begins with detection: how long that took is not known, and says so."""
    found = measured(*WHOLE[1:])
    assert values(found) == [NOT_APPLICABLE, 5, 135, 225, 255]
    assert found["total"].since is Kind.DETECTED


def test_the_start_of_the_impact_wins_over_the_event() -> None:
    """`impact.started_at` is more exact than the event that tells of it."""
    assert values(measured(*WHOLE, impact={"started_at": "2023-08-13 07:30"}))[0] == 75


@pytest.mark.parametrize(("status", "state"), [("open", PENDING), ("mitigated", PENDING), ("resolved", NOT_APPLICABLE)])
def test_an_end_that_is_missing_is_pending_only_while_the_incident_goes_on(status: str, state: DurationState) -> None:
    """Nothing more is to come once it is over."""
    assert values(measured(WHOLE[0], status=status)) == [state] * 5


def test_a_start_that_is_missing_is_not_going_to_come() -> None:
    """Even of an open incident: the end is recorded, its start was not."""
    assert values(measured(WHOLE[1], status="open"))[0] is NOT_APPLICABLE


def test_no_events_no_durations() -> None:
    """Unknown is never zero."""
    assert values(measured()) == [NOT_APPLICABLE] * 5


def test_an_end_before_its_start_is_invalid() -> None:
    """An acknowledgement before detection cannot be measured, and has no value."""
    found = measured(("2023-08-13 08:00", "acknowledged"), ("2023-08-13 08:45", "detected"))
    assert found["to-acknowledge"] == Duration(DurationName.TO_ACKNOWLEDGE, INVALID, None, Kind.DETECTED)


def test_zero_is_a_duration_when_both_ends_are_recorded() -> None:
    """Detected in the minute in which it began is nought minutes, and that is recorded."""
    found = measured(("2023-08-13 08:00", "impact-start"), ("2023-08-13 08:00", "detected"))
    assert found["to-detect"].value == timedelta(0)
    assert found["to-detect"].state is RECORDED


def test_the_first_event_of_a_kind_counts() -> None:
    """A second mitigation does not make the first one later."""
    assert values(measured(*WHOLE[:4], ("2023-08-13 12:00", "mitigated")))[2] == 180


def test_the_total_ends_with_the_resolution_if_nothing_closes_it() -> None:
    """Closing is the end where it is recorded, else resolution."""
    assert values(measured(*WHOLE[:5]))[4] == 270


def test_naive_and_aware_ends_are_not_compared() -> None:
    """A start without a zone and an end with one are no duration."""
    found = measured(("2023-08-13T08:45Z", "detected"), timezone=None, impact={"started_at": "2023-08-13T08:00"})
    assert found["to-detect"].state is INVALID


def test_an_hour_is_an_hour_where_clocks_change() -> None:
    """From 01:30 to 04:30 on the night when Berlin skips an hour it is two hours; in autumn it is four."""
    night = (("impact-start", "01:30"), ("detected", "04:30"))
    for day, hours in (("2023-03-26", 2), ("2023-10-29", 4)):
        events = [(f"{day} {clock}", kind) for kind, clock in night]
        found = measured(*events, timezone="Europe/Berlin")
        assert found["to-detect"].value == timedelta(hours=hours)


@FEW
@given(incidents(hostile=False))
def test_a_value_is_there_only_if_both_ends_are(incident: Incident) -> None:
    """A value is never negative, and there is one only for what is recorded."""
    for each in durations(incident):
        assert (each.value is not None) == (each.state is RECORDED)
        assert each.value is None or each.value >= timedelta(0)
    if len(incident.timeline) > 1:
        assert elapsed(incident.timeline[0].at, incident.timeline[-1].at) >= timedelta(0)
