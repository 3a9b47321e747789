"""Dates and times of a record are put on the calendar, with every fault and notice at its field."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from afterword.incident.faults import Fault
from afterword.incident.model import Incident
from incident_strategies import FEW, incidents

BASE = {"id": "1", "title": "T", "date": "2023-08-13", "timezone": "Africa/Addis_Ababa"}


def told(**fields: Any) -> tuple[Incident, list[Fault]]:  # noqa: ANN401 (fields of any kind)
    """Return the incident of these fields and its notices."""
    context: dict[str, list[Fault]] = {}
    incident = Incident.model_validate({**BASE, **fields}, context=context)
    return incident, context["notices"]


def faults(**fields: Any) -> list[tuple[str, str]]:  # noqa: ANN401 (fields of any kind)
    """Return code and path of every fault that these fields have."""
    with pytest.raises(ValidationError) as caught:
        Incident.model_validate({**BASE, **fields})
    return [(error["type"], ".".join(map(str, error["loc"]))) for error in caught.value.errors()]


def timeline(*times: str) -> list[dict[str, str]]:
    """Return events at these times of day."""
    return [{"time": text, "description": "x"} for text in times]


def stamps(incident: Incident) -> list[str]:
    """Return the moments of the events in ISO form."""
    return [event.at.isoformat() for event in incident.timeline]


def test_times_of_day_stand_on_the_date_in_the_zone() -> None:
    """The seed's times are moments on its day, and the author's words stay."""
    incident, notices = told(timeline=timeline("08:45 AM", "12:30 PM", "17:05"))
    assert stamps(incident) == [f"2023-08-13T{clock}:00+03:00" for clock in ("08:45", "12:30", "17:05")]
    assert [event.time for event in incident.timeline] == ["08:45 AM", "12:30 PM", "17:05"]
    assert notices == []


def test_times_past_midnight_move_to_the_next_day_with_a_notice() -> None:
    """00:10 after 23:50 is the next day, and so on for as many nights as there are."""
    incident, notices = told(timeline=timeline("23:50", "00:10", "22:00", "01:00"))
    assert [event.at.day for event in incident.timeline] == [13, 14, 14, 15]
    assert [(notice.code, notice.path) for notice in notices] == [
        ("AW351", ("timeline", 1, "time")),
        ("AW351", ("timeline", 3, "time")),
    ]
    assert "2023-08-14" in notices[0].message


@pytest.mark.parametrize("times", [("10:00", "09:30"), ("10:00", "09:00"), ("10:00:30", "10:00")])
def test_a_small_step_back_is_a_slip(times: tuple[str, str]) -> None:
    """A time of day up to an hour earlier than the one before is out of order, not the next day."""
    assert faults(timeline=timeline(*times)) == [("AW305", "timeline.1.time")]


def test_stamps_out_of_order_are_refused() -> None:
    """A full timestamp is never moved."""
    events = [{"at": text, "description": "x"} for text in ("2023-08-13 10:00", "2023-08-12 10:00", "2023-08-13 10:00")]
    assert faults(timeline=events) == [("AW305", "timeline.1.at")]


def test_equal_times_are_in_order() -> None:
    """Two things may happen in one minute."""
    assert len(told(timeline=timeline("10:00", "10:00"))[0].timeline) == 2


def test_stretches_count_from_the_event_before() -> None:
    """`+2 min` follows whatever stands before it, a stamp or a time or a stretch."""
    incident, _ = told(timeline=timeline("08:45", "+2 min", "+1 h 30 min"))
    assert [f"{event.at:%H:%M}" for event in incident.timeline] == ["08:45", "08:47", "10:17"]


def test_stretches_are_real_time_where_clocks_change() -> None:
    """Two hours after 01:30 on the night when Berlin skips one, clocks show 04:30."""
    incident, _ = told(timezone="Europe/Berlin", date="2023-03-26", timeline=timeline("01:30", "+2 h"))
    assert stamps(incident)[1] == "2023-03-26T04:30:00+02:00"


def test_the_first_event_needs_a_time_of_its_own() -> None:
    """There is nothing that a stretch at the start could count from."""
    assert faults(timeline=timeline("+2 min", "10:00")) == [("AW303", "timeline.0.time")]


@pytest.mark.parametrize("event", [{}, {"time": None}, {"at": "", "time": " "}])
def test_an_event_without_a_time_is_a_fault(event: dict[str, object]) -> None:
    """The fault stands at the event."""
    assert faults(timeline=[{"description": "x", **event}]) == [("AW202", "timeline.0")]


def test_faults_of_one_event_do_not_hide_others() -> None:
    """Every time is looked at, and the fields of an event whose time is faulty as well."""
    events = [{"time": "25:00", "kind": "nonsense"}, {"time": "noon", "description": "x"}, *timeline("10:00", "09:59")]
    assert sorted(faults(timeline=events)) == [
        ("AW303", "timeline.0.time"),
        ("AW303", "timeline.1.time"),
        ("AW305", "timeline.3.time"),
        ("enum", "timeline.0.kind"),
        ("missing", "timeline.0.description"),
    ]


def test_without_a_zone_times_stay_as_given_with_one_notice() -> None:
    """No zone is guessed, and the notice stands once, for the whole file."""
    incident, notices = told(timezone=None, timeline=timeline("10:00", "11:00"))
    assert [event.at.tzinfo for event in incident.timeline] == [None, None]
    assert [(notice.code, notice.path) for notice in notices] == [("AW352", ())]


def test_offsets_need_no_zone() -> None:
    """Where every time has its offset, nothing is missing."""
    incident, notices = told(timezone=None, timeline=timeline("10:00Z", "13:30 +0300"))
    assert stamps(incident) == ["2023-08-13T10:00:00+00:00", "2023-08-13T13:30:00+03:00"]
    assert notices == []


def test_mixed_offsets_are_refused() -> None:
    """Times with and without an offset cannot be put in order."""
    assert faults(timezone=None, timeline=timeline("10:00Z", "11:00")) == [("AW308", "timeline")]


def test_a_zone_makes_sense_of_mixed_offsets() -> None:
    """With a zone, a local time and one with an offset are both moments, and hang on the right day."""
    incident, notices = told(timezone="Europe/Berlin", timeline=timeline("00:30", "22:45Z", "00:50"))
    assert stamps(incident) == [f"2023-08-13T00:{minute}:00+02:00" for minute in (30, 45, 50)]
    assert notices == []


@pytest.mark.parametrize(
    "name",
    [
        "Mars/Olympus",
        "EST5",
        "../../etc/passwd",
        "Europe",
        "/etc/localtime",
        "x" * 300,
        "\0",
        "localtime",
        "posixrules",
        "right/UTC",
    ],
)
def test_an_unknown_zone_is_one_fault(name: str) -> None:
    """The zone is told once, and not again for every time."""
    assert faults(timezone=name, timeline=timeline("10:00", "11:00")) == [("AW304", "timezone")]


@pytest.mark.parametrize(
    ("name", "hint"),
    [("berlin", "`Europe/Berlin`"), ("Sao Paulo", "`America/Sao_Paulo`"), ("IST", "abbreviation"), ("Nowhere", "")],
)
def test_a_city_alone_is_told_its_zone(name: str, hint: str) -> None:
    """People write a city; what it has to be is said."""
    with pytest.raises(ValidationError) as caught:
        Incident.model_validate({**BASE, "timezone": name})
    (told,) = [error["ctx"]["hint"] for error in caught.value.errors()]
    assert hint in told
    assert bool(told) == bool(hint)


def test_white_space_around_a_zone_is_nothing() -> None:
    """A zone from a YAML block ends in a line feed."""
    assert told(timezone="Europe/Berlin\n")[0].zone is not None


def test_a_skipped_time_is_a_fault_and_the_day_after_is_not() -> None:
    """02:30 is skipped on 26 March in Berlin; after 23:00 on that day it means the next morning."""
    night = {"timezone": "Europe/Berlin", "date": "2023-03-26"}
    assert faults(**night, timeline=timeline("02:30")) == [("AW306", "timeline.0.time")]
    incident, notices = told(**night, timeline=timeline("23:00", "02:30"))
    assert incident.timeline[1].at.day == 27
    assert [notice.code for notice in notices] == ["AW351"]


def test_a_repeated_hour_follows_the_order_with_a_warning() -> None:
    """02:50 and then 02:10 on the night when Berlin has that hour twice are twenty minutes apart."""
    incident, notices = told(timezone="Europe/Berlin", date="2023-10-29", timeline=timeline("02:50", "02:10"))
    first, second = (event.at.astimezone(UTC) for event in incident.timeline)
    assert second - first == timedelta(minutes=20)
    assert [(notice.code, notice.path[1]) for notice in notices] == [("AW353", 0), ("AW353", 1)]


def test_both_a_stamp_and_a_time_must_agree() -> None:
    """A document shows the time as written, so it may not differ from the stamp that it is sorted by."""
    event = {"at": "2023-08-13T10:00", "description": "x"}
    assert told(timeline=[event | {"time": "10:00 AM"}])[0].timeline[0].time == "10:00 AM"
    assert faults(timeline=[event | {"time": "5 PM"}]) == [("AW303", "timeline.0.time")]
    assert faults(timeline=[event | {"time": "midday"}]) == [("AW303", "timeline.0.time")]


def test_the_impact_takes_times_of_day_and_stamps() -> None:
    """Start and end of the impact are moments like those of events."""
    incident, _ = told(impact={"started_at": "08:31", "ended_at": "8/13/2023 12:30 PM"})
    started, ended = incident.impact.started_at, incident.impact.ended_at
    assert started == datetime(2023, 8, 13, 5, 31, tzinfo=UTC)
    assert ended == datetime(2023, 8, 13, 9, 30, tzinfo=UTC)


def test_an_impact_cannot_end_before_it_starts() -> None:
    """The fault stands at the end."""
    assert faults(impact={"started_at": "10:00", "ended_at": "09:00"}) == [("AW307", "impact.ended_at")]


def test_an_impact_within_a_repeated_hour_ends_after_it_starts() -> None:
    """02:50 to 02:10 on the night when clocks go back is twenty minutes."""
    impact = {"started_at": "02:50", "ended_at": "02:10"}
    assert told(timezone="Europe/Berlin", date="2023-10-29", impact=impact)[0].impact.ended_at is not None


def test_due_dates_follow_the_order_of_dates() -> None:
    """`date_order` holds for every date of the file."""
    action = [{"title": "x", "due": "3/4/2023"}]
    assert told(date_order="dmy", preventive_measures=action)[0].preventive_measures[0].due == date(2023, 4, 3)
    assert faults(preventive_measures=action) == [("AW302", "preventive_measures.0.due")]


def test_faults_of_all_kinds_come_back_at_once() -> None:
    """Types, choices, names, marks and times: one run tells everything."""
    found = faults(
        title=["x"],
        date="3/4/2023",
        status="asleep",
        sumary="x",
        timeline=timeline("25:00"),
        visibility={"titel": "public"},
        impact={"started_at": "noon", "measures": [{"name": "x"}]},
    )
    assert {path for _, path in found} == {
        "title", "date", "status", "sumary", "timeline.0.time", "visibility.titel.[key]", "impact.started_at",
        "impact.measures.0.value",
    }  # fmt: skip


def test_a_time_without_a_date_is_told_beside_the_missing_date() -> None:
    """Without the incident's date a time of day has no day."""
    found = faults(date=None, timeline=timeline("10:00"), impact={"started_at": "10:00"})
    assert set(found) == {("missing", "date"), ("AW309", "timeline.0.time"), ("AW309", "impact.started_at")}


@pytest.mark.parametrize("year", ["0001", "0203", "1899", "3000", "9999"])
def test_years_that_no_incident_lies_in_are_refused(year: str) -> None:
    """A slip in the year would leave the calendar when zones are applied to it."""
    assert ("AW301", "date") in faults(date=f"{year}-12-31")
    events = [{"at": f"{year}-12-31 23:59", "description": "x"}, {"time": "+1 h", "description": "x"}]
    assert ("AW301", "timeline.0.at") in faults(timezone="America/New_York", timeline=events)


def test_a_stretch_out_of_the_calendar_is_refused() -> None:
    """A million days later is no date of an incident."""
    assert faults(timeline=timeline("10:00", "+1000000 d")) == [("AW301", "timeline.1.time")]


def test_the_schema_key_says_nothing() -> None:
    """`$schema` is for editors; only the top of a file has one."""
    assert told(**{"$schema": "../docs/incident.schema.json"})[0].id == "1"
    assert faults(impact={"$schema": "x"}) == [("extra_forbidden", "impact.$schema")]


@pytest.mark.parametrize("name", ["timeline", "impact", "preventive_measures", "date", "timezone", "date_order", "at"])
@pytest.mark.parametrize("value", [5, True, "x", [1], [[]], {"a": []}, {"at": []}, [{"at": [], "time": {}}], [None]])
def test_wrong_shapes_are_faults_and_nothing_worse(name: str, value: object) -> None:
    """Whatever shape stands where times belong, pydantic tells it."""
    try:
        Incident.model_validate({**BASE, name: value})
    except ValidationError as error:
        assert error.error_count() >= 1  # noqa: PT017 (some of them are valid)


@FEW
@given(incidents(hostile=False))
def test_events_never_go_back(incident: Incident) -> None:
    """Whatever forms their times are written in, resolved events are in order."""
    moments = [event.at for event in incident.timeline]
    if moments and moments[0].tzinfo:
        moments = [moment.astimezone(UTC) for moment in moments]
    assert moments == sorted(moments)
