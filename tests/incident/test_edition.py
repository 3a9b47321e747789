"""Editions of a record: what each audience sees, and nothing that hints at the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.incident.audience import Audience, farthest, strictest
from afterword.incident.durations import DurationName, DurationState, durations
from afterword.incident.edition import EditionFault, edition
from afterword.incident.inspect import texts
from afterword.incident.marked import idle_marks, is_marked
from afterword.incident.marks import EDITION, MARK, markable
from afterword.incident.model import Incident
from afterword.intake import read
from afterword.loading import load_source
from incident_strategies import FEW, records
from rule_of_marks import WHOLE, Marks, in_turn, parts, required

INTERNAL, STAKEHOLDER, PUBLIC = Audience
SAMPLES = sorted(
    path for path in (Path(__file__).parents[2] / "samples").iterdir() if path.suffix in {".yaml", ".json", ".toml"}
)
SMALLEST: dict[str, Any] = {"id": "1", "title": "T", "date": "2023-08-13"}
OTHERS = [STAKEHOLDER, PUBLIC]


def incident(**fields: Any) -> Incident:  # noqa: ANN401 (fields of any kind)
    """Return an incident with these fields."""
    return Incident.model_validate({**SMALLEST, "timezone": "UTC", **fields})


def shown(audience: Audience, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (fields of any kind)
    """Return what an audience sees of an incident with these fields, without its identity."""
    data = edition(incident(**fields), audience).incident.as_data()
    return {key: value for key, value in data.items() if key not in {*SMALLEST, "timezone", EDITION}}


def values(found: Incident) -> dict[tuple[str | int, ...], str]:
    """Return every value of a record by its path, without marks."""
    return {path: text for path, text in texts(found.as_data()) if not {MARK, EDITION} & {*path}}


def holds(record: dict[str, Any], marks: Marks, audience: Audience) -> None:
    """Assert that an edition has exactly the values that the rule gives its audience, and that none is changed."""
    whole = Incident.model_validate(marks.put_on(record))
    if not is_marked(whole):
        return
    made = edition(whole, audience)
    left = {made.origin(path): text for path, text in values(made.incident).items()}
    seen = {path: text for path, text in values(whole).items() if marks.shows(path, audience)}
    assert left == {path: text for path, text in seen.items() if not (path[-1] == "time" and "+" in text)}
    assert made.taken == len(values(whole)) - len(left)
    assert not is_marked(made.incident)
    assert Incident.model_validate(made.incident.as_data()) == made.incident
    assert edition(made.incident, audience).incident == made.incident


# --- marks -----------------------------------------------------------------------------------------------------------


def test_audiences_stand_in_order() -> None:
    """Internal readers see what is marked for any, the public only what is marked public."""
    assert [[reader.may_see(mark) for mark in Audience] for reader in Audience] == [
        [True, True, True],
        [False, True, True],
        [False, False, True],
    ]
    assert strictest(PUBLIC, None, STAKEHOLDER) is STAKEHOLDER
    assert strictest(None) is None
    assert farthest(None, STAKEHOLDER, INTERNAL) is STAKEHOLDER
    assert farthest() is INTERNAL


def test_the_rule_knows_all_parts_that_go_as_a_whole() -> None:
    """The tests' own list of parts with required fields is that of the model."""
    assert set(required()) == WHOLE


def test_what_cannot_be_left_out_cannot_be_marked() -> None:
    """Neither the identity of a record nor a required field of a part has a name for marks; all else has."""
    names = set(markable(Incident))
    assert {"summary", "severity", "classification", "timeline.actor", "preventive_measures.owner.email"} <= names
    assert not names & {"id", "title", "date", "status", "timeline.description", "timeline.at", MARK, EDITION}


def test_marks_are_read_as_people_write_them() -> None:
    """Capitals do not matter, on parts as well as in the record's own mapping."""
    found = incident(visibility={"summary": "Public"}, impact={"description": "x", MARK: "INTERNAL"})
    assert (found.visibility, found.impact.visibility) == ({"summary": PUBLIC}, INTERNAL)
    assert found.as_data()[MARK] == {"summary": "public"}


def test_an_unmarked_record_is_not_marked() -> None:
    """Marks are looked for everywhere, as deep as they may stand."""
    assert not is_marked(incident(summary="x"))
    assert is_marked(incident(visibility={"tags": "public"}))
    assert is_marked(incident(preventive_measures=[{"title": "x", "owner": {"name": "y", MARK: "public"}}]))


def test_marks_that_do_nothing_are_told() -> None:
    """A mark wider than what contains it, and one on what the record does not have; all others are in use."""
    found = incident(
        summary="x",
        timeline=[{"time": "10:00", "description": "a", MARK: "public"}, {"time": "11:00", "description": "b"}],
        impact={"description": "x", MARK: "stakeholder", "measures": [{"name": "a", "value": 1, MARK: "public"}]},
        preventive_measures=[{"title": "x", MARK: "public", "owner": {"name": "y", MARK: "internal"}}],
        visibility={
            "summary": "public",
            "timeline": "internal",
            "timeline.actor": "internal",
            "root_cause": "stakeholder",
            "impact.measures": "stakeholder",
            "preventive_measures": "stakeholder",
            "preventive_measures.title": "public",
        },
    )
    assert [".".join(map(str, each.path)) for each in idle_marks(found)] == [
        "visibility.timeline.actor",
        "visibility.root_cause",
        "visibility.preventive_measures.title",
        "timeline.0.visibility",
        "impact.measures.0.visibility",
        "preventive_measures.0.visibility",
    ]


def test_an_incident_with_marks_can_be_a_key() -> None:
    """Although its marks are a mapping."""
    assert len({incident(visibility={"tags": "public"}), incident(visibility={"tags": "public"})}) == 1


# --- editions --------------------------------------------------------------------------------------------------------


def test_the_internal_edition_is_the_record() -> None:
    """Those who work with it see everything, and the marks."""
    whole = incident(summary="x", visibility={"summary": "internal"})
    made = edition(whole, INTERNAL)
    assert made.incident is whole
    assert (made.taken, made.origin(("timeline", 3, "time"))) == (0, ("timeline", 3, "time"))


def test_stakeholders_see_all_but_what_is_internal() -> None:
    """What has no mark is shown to them."""
    assert shown(STAKEHOLDER, summary="x", conclusion="y", severity="z", visibility={"summary": "internal"}) == {
        "conclusion": "y",
        "severity": "z",
    }


def test_the_public_sees_only_what_is_marked_public() -> None:
    """Once any mark is used, what has none is out."""
    marks = {"summary": "public", "impact": "stakeholder"}
    assert shown(PUBLIC, summary="x", impact="y", conclusion="z", severity="1", visibility=marks) == {"summary": "x"}


def test_without_any_mark_the_public_sees_everything() -> None:
    """There is nothing to go by."""
    assert shown(PUBLIC, summary="x", tags=["y"]) == {"summary": "x", "tags": ["y"]}
    assert not edition(incident(summary="x"), PUBLIC).from_marked


def test_the_strictest_mark_counts() -> None:
    """A mark on an item cannot show more than that of what contains it, nor a field more than its part."""
    events = [{"time": "10:00", "description": "a", MARK: "public"}, {"time": "10:01", "description": "b"}]
    assert shown(PUBLIC, timeline=events, visibility={"timeline": "stakeholder"}) == {}
    assert [each["description"] for each in shown(PUBLIC, timeline=events)["timeline"]] == ["a"]
    assert len(shown(PUBLIC, timeline=events, visibility={"timeline": "public"})["timeline"]) == 2


def test_a_field_is_marked_in_all_parts_at_once() -> None:
    """`preventive_measures.ticket` is the ticket of every measure."""
    actions = [{"title": "x", "ticket": "OPS-1"}, {"title": "y", "ticket": "OPS-2", "owner": "Ada <ada@example.org>"}]
    marks = {
        "preventive_measures": "public",
        "preventive_measures.ticket": "internal",
        "preventive_measures.owner.email": "stakeholder",
    }
    assert shown(PUBLIC, preventive_measures=actions, visibility=marks) == {
        "preventive_measures": [{"title": "x"}, {"title": "y", "owner": {"name": "Ada"}}]
    }


def test_a_mark_can_open_one_field_of_a_part() -> None:
    """Where a part can do without the others."""
    cause = {"description": "x", "trigger": "y", "five_whys": ["z"]}
    assert shown(PUBLIC, root_cause=cause, visibility={"root_cause.trigger": "public"}) == {
        "root_cause": {"trigger": "y"}
    }


def test_a_part_goes_with_a_field_that_it_needs() -> None:
    """An open field does not bring an event whose description is not public."""
    events = [{"time": "10:00", "description": "a", "actor": "b"}]
    assert shown(PUBLIC, timeline=events, visibility={"timeline.actor": "public"}) == {}


def test_identity_is_in_every_edition() -> None:
    """Id, title, date, zone, status, stage and language; the label unless it is marked; severity is none of them."""
    fields = {
        "status": "closed", "stage": "final", "language": "de", "classification": "TLP:AMBER", "severity": "1"
    }  # fmt: skip
    assert shown(PUBLIC, **fields, visibility={"summary": "public"}).keys() == fields.keys() - {"severity"}
    assert "classification" not in shown(PUBLIC, **fields, visibility={"classification": "stakeholder"})
    assert shown(STAKEHOLDER, **fields, visibility={"classification": "stakeholder"}).keys() == fields.keys()


def test_no_time_counts_from_an_event_that_is_gone() -> None:
    """`+2 min` would tell that there was an event two minutes before; a time of day tells nothing."""
    events = [
        {"time": "10:00", "description": "a", MARK: "internal"},
        {"time": "+2 min", "description": "b"},
        {"time": "10:05", "description": "c"},
    ]
    left = shown(STAKEHOLDER, timeline=events)["timeline"]
    assert [(each["at"], each.get("time")) for each in left] == [
        ("2023-08-13T10:02:00Z", None),
        ("2023-08-13T10:05:00Z", "10:05"),
    ]


def test_durations_come_from_what_is_left() -> None:
    """A detection that is not shown does not show in the time that it took."""
    events = [
        {"time": "10:00", "kind": "detected", "description": "a", MARK: "internal"},
        {"time": "11:00", "kind": "resolved", "description": "b"},
    ]
    made = edition(incident(status="closed", timeline=events, impact={"started_at": "09:00"}), STAKEHOLDER)
    found = {each.name: each.state for each in durations(made.incident)}
    assert found[DurationName.TO_DETECT] is DurationState.NOT_APPLICABLE
    assert found[DurationName.TO_RESOLVE] is DurationState.RECORDED


def test_an_edition_knows_where_everything_stood() -> None:
    """Paths of the edition lead back to the record, through lists whose items are gone."""
    steps = [{"description": each, MARK: mark} for each, mark in zip("abcd", ["internal", "public"] * 2, strict=True)]
    made = edition(incident(resolution={"steps": steps}, visibility={"resolution.steps.title": "internal"}), PUBLIC)
    assert made.origin(("resolution", "steps", 1, "description")) == ("resolution", "steps", 3, "description")
    assert made.origin(("summary",)) == ("summary",)


def test_an_edition_says_whom_it_is_for() -> None:
    """It stays the same when it is cut again, for its own audience or for those who see more."""
    made = edition(incident(summary="x", visibility={"summary": "public"}), PUBLIC).incident
    assert made.edition is PUBLIC
    for audience in Audience:
        assert edition(made, audience).incident == made
    assert incident(edition="internal").edition is None


def test_no_edition_is_made_of_one_for_those_who_see_less() -> None:
    """Its marks are gone, so all of it would be shown."""
    made = edition(incident(summary="x", visibility={"summary": "internal"}), STAKEHOLDER).incident
    with pytest.raises(EditionFault, match="stakeholder"):
        edition(made, PUBLIC)


def test_a_record_that_calls_itself_an_edition_is_cut_as_one() -> None:
    """A label alone never makes a document of everything."""
    found = incident(summary="x", conclusion="y", visibility={"summary": "public"}, edition="public")
    assert edition(found, INTERNAL).incident.as_data().keys() == {*SMALLEST, "timezone", "summary", EDITION}


# --- whatever is marked ----------------------------------------------------------------------------------------------


@st.composite
def marks_of(draw: st.DrawFn, record: dict[str, Any]) -> Marks:
    """Return marks on any names and any parts of a record, in the form in which the record is dumped."""
    level = st.sampled_from(Audience)
    names = draw(st.dictionaries(st.sampled_from(list(markable(Incident))), level, max_size=6))
    paths = list(parts(record))
    return Marks(names, draw(st.dictionaries(st.sampled_from(paths), level, max_size=6)) if paths else {})


@FEW
@given(st.data(), records(), st.sampled_from(OTHERS))
def test_an_edition_has_what_its_audience_may_see_and_nothing_else(
    data: st.DataObject, record: dict[str, Any], audience: Audience
) -> None:
    """For any record and any marks: each value is there if the rule says so, unchanged, and no mark is."""
    plain = Incident.model_validate(record).as_data()
    holds(plain, data.draw(marks_of(plain)), audience)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
@pytest.mark.parametrize("audience", OTHERS)
def test_each_part_of_each_sample_can_be_taken_out(path: Path, audience: Audience) -> None:
    """Some parts at a time, and some fields at a time, until each has been out without each other one."""
    plain = load_source(read(str(path))).require().model_copy(update={MARK: {}}).as_data()
    plain = _without_marks(plain)
    top = {name: PUBLIC for name in markable(Incident) if "." not in name}
    for some in in_turn(parts(plain)):
        holds(plain, Marks(top, dict.fromkeys(some, INTERNAL)), audience)
    for names in in_turn(markable(Incident)):
        holds(plain, Marks(top | dict.fromkeys(names, INTERNAL)), audience)


def _without_marks(data: Any) -> Any:  # noqa: ANN401 (JSON values)
    if isinstance(data, dict):
        return {key: _without_marks(value) for key, value in data.items() if key != MARK}
    return [_without_marks(each) for each in data] if isinstance(data, list) else data
