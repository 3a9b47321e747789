"""Exports of incident tools: every incident, every update, exact times, nothing lost, and places in the export."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.errors import SourceError
from afterword.incident.model import Incident
from afterword.intake import read_all, read_text
from afterword.loading import Loaded, load_source
from afterword.readers.source import Data, Position, Source
from afterword.tools import TOOLS, claims, recognised, sources_of, tool_named
from effort import examples

EXPORTS = Path(__file__).parent / "exports"
TOOL_OF = {"incident-io": "incident.io", "grafana-irm": "grafana-irm"}
"""Keys of tools whose names are written otherwise in names of files, or have a hyphen."""

FILES = {
    each.name: next(
        (key for name, key in TOOL_OF.items() if each.name.startswith(name)), re.split("[-.]", each.name)[0]
    )
    for each in sorted(EXPORTS.iterdir())
}
"""The tool of each export, which its name begins with."""

CORPUS = os.environ.get("AFTERWORD_CORPUS", "")


def _loaded(*names: str, folder: Path = EXPORTS) -> list[Loaded]:
    sources = read_all([str(folder / name) for name in names])
    assert not [each for each in sources if isinstance(each, SourceError)]
    return [load_source(each) for each in sources if isinstance(each, Source)]


def _one(*names: str) -> Incident:
    (loaded,) = _loaded(*names)
    return loaded.require()


def _events(incident: Incident) -> list[tuple[str, str]]:
    return [(event.at.isoformat(), event.kind.value) for event in incident.timeline]


@pytest.mark.parametrize(("file", "tool"), FILES.items())
def test_recognises_each_tool_by_its_content(file: str, tool: str) -> None:
    """Whose export a file is shows in its content, whatever it is called."""
    data = read_text((EXPORTS / file).read_text("utf-8"), "json", "x", None).data
    found = recognised(data)
    assert found
    assert found.key == tool


ENVELOPES = (
    lambda data: data,
    lambda data: [data],
    lambda data: {"payload": data, "received_at": "2024-01-01T00:00:00Z"},
    lambda data: {"event": {"body": data}, "source": {"name": "hook"}},
    lambda data: {"status": 200, "results": [{"value": data}], "meta": {"page": "1"}},
)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("wrapped", ENVELOPES)
def test_every_export_is_claimed_by_one_tool_however_it_is_wrapped(file: str, wrapped: Callable[[Data], Data]) -> None:
    """No other tool takes an export for its own, and envelopes change nothing of that."""
    data = read_text((EXPORTS / file).read_text("utf-8"), "json", "x", None).data
    assert [tool.key for tool in claims(wrapped(data))] == [FILES[file]]


@pytest.mark.parametrize(
    "data",
    [
        {"name": "x", "version": "1.0.0", "dependencies": {"a": "1"}},
        {"receiver": "x", "status": "firing", "alerts": [{"labels": {"alertname": "A"}, "startsAt": "2024-01-01"}]},
        {"type": "FeatureCollection", "features": [{"properties": {"name": "x"}}]},
        {"result": [{"number": "INC0010001", "short_description": "x", "state": "7"}]},
        {"cells": [{"markdown": "# a", "outputs": []}]},
        {"issues": [{"key": "X-1", "fields": {"summary": "S"}}]},
    ],
)
def test_no_tool_claims_what_is_no_incident(data: Data) -> None:
    """JSON of other programs is nobody's export; one finding says what it is not, at its place."""
    assert claims(data) == ()
    (fault,) = load_source(Source("x", data, {(): Position(1, 1)})).findings
    assert (fault.code, str(fault.place)) == ("AW110", "x:1:1")


def test_takes_a_record_of_ours_for_no_export() -> None:
    """A JSON record of ours is read as before, even with fields that a tool has too."""
    record: Data = {
        "id": "1",
        "title": "T",
        "date": "2024-01-01",
        "number": "3",
        "html_url": "https://example.org/issues/3",
    }
    assert recognised(record) is None


def test_reads_every_incident_of_a_status_page() -> None:
    """Incidents and maintenances of one file become sources of their own, told apart by their numbers."""
    loaded = _loaded("statuspage.json")
    assert [each.source.name for each in loaded] == [f"{EXPORTS / 'statuspage.json'}#{number}" for number in (1, 2, 3)]
    assert [each.incident.id if each.incident else "" for each in loaded] == ["sp1", "", "sp3"]


def test_takes_maintenance_for_a_tag() -> None:
    """That work was planned says nothing about how bad it was."""
    incident = _loaded("statuspage.json")[2].require()
    assert (incident.severity, incident.tags) == ("", ("maintenance",))


def test_sorts_the_updates_of_a_status_page_by_their_moment() -> None:
    """Updates come newest first and with different offsets; milliseconds and offsets stay."""
    incident = _loaded("statuspage.json")[0].require()
    assert _events(incident) == [
        ("2024-03-01T10:00:00-05:00", "detected"),
        ("2024-03-01T10:20:00-05:00", "communicated"),
        ("2024-03-01T10:30:00.123000-05:00", "diagnosed"),
        ("2024-03-01T16:00:00.500000+00:00", "resolved"),
    ]
    assert incident.services == ("Checkout",)
    assert incident.timeline[1].description == "Still looking.\\\nMore soon & often."
    assert incident.impact.started_at == datetime.fromisoformat("2024-03-01T09:58:00.250-05:00")


def test_tells_a_fault_at_its_place_in_the_export() -> None:
    """A finding about an incident leads to the line of the export that it was made from."""
    (fault,) = [each for each in _loaded("statuspage.json")[1].findings if each.severity == "error"]
    assert (fault.code, fault.place and fault.place.file) == ("AW202", str(EXPORTS / "statuspage.json"))
    text = (EXPORTS / "statuspage.json").read_text("utf-8").splitlines()
    assert fault.place
    assert text[fault.place.line - 1][fault.place.column - 1 :].startswith('{"id": "sp2"')


def test_keeps_what_the_record_has_no_place_for_and_tells_it_once() -> None:
    """Fields that nothing was made of are under `extra` with their names, and one note of the file lists them."""
    loaded = _loaded("statuspage.json")
    notes = [finding for each in loaded for finding in each.findings if finding.code == "AW111"]
    left_out, left_over = notes
    assert "incident_updates.affected_components.old_status" in left_over.message
    assert left_out.message.endswith(": `page`")
    assert loaded[0].require().extra["postmortem_published_at"] == "false"


def test_brings_log_entries_and_notes_to_their_incident() -> None:
    """Files of PagerDuty given together make one incident, each log entry and note one event."""
    incident = _one("pagerduty.json", "pagerduty-log.json", "pagerduty-notes.json")
    assert _events(incident) == [
        ("2024-05-01T10:00:00+00:00", "detected"),
        ("2024-05-01T12:30:00+02:00", "note"),
        ("2024-05-01T11:00:00+00:00", "resolved"),
    ]
    assert incident.responders[0].name == "Hana Bekele"
    assert (incident.severity, incident.services) == ("P2", ("Storage",))


def test_places_of_parts_lead_into_their_own_files() -> None:
    """A value that comes from a second file has its place there."""
    (loaded,) = _loaded("pagerduty.json", "pagerduty-notes.json")
    places = {loaded.source.place(("timeline", place, "at")).file for place in range(len(loaded.require().timeline))}
    assert places == {str(EXPORTS / "pagerduty.json"), str(EXPORTS / "pagerduty-notes.json")}


def test_reads_pagerduty_incidents_alone_and_log_entries_alone() -> None:
    """Without log entries an incident tells its own course; without the incident, log entries tell enough of it."""
    assert [kind for _, kind in _events(_one("pagerduty.json"))] == ["detected", "acknowledged", "resolved"]
    assert _one("pagerduty-log.json").title == "[#7] Disk full"


def test_refuses_parts_that_belong_to_no_incident() -> None:
    """Notes that name no incident are no report: the error says what else to give."""
    (error,) = read_all(str(EXPORTS / "pagerduty-notes.json"))
    assert isinstance(error, SourceError)
    assert error.findings[0].code == "AW112"


def test_reads_incident_io_with_updates_and_follow_ups() -> None:
    """Updates and timestamps become events, follow-ups actions with owner, status, priority and ticket."""
    incident = _one("incident-io.json", "incident-io-parts.json")
    assert _events(incident) == [
        ("2024-06-01T07:55:00+00:00", "impact-start"),
        ("2024-06-01T08:10:00+00:00", "diagnosed"),
    ]
    (action,) = incident.preventive_measures
    assert (action.status, action.priority, action.ticket) == ("open", "Urgent", "https://tickets.example.org/OPS-9")
    assert action.owner
    assert action.owner.email == "lidya@example.org"
    assert (incident.id, incident.status, incident.responders[0].role) == ("INC-5", "resolved", "Incident Lead")


def test_reads_opsgenie_with_its_timeline() -> None:
    """Entries come in the order of their moments, with kinds by their types."""
    incident = _one("opsgenie.json")
    expected = [("2024-07-01T05:00:00.500000+00:00", "detected"), ("2024-07-01T06:10:00.120000+00:00", "closed")]
    assert _events(incident) == expected
    assert incident.extra["extraProperties"] == {"region": "eu"}


def test_reads_firehydrant_retrospectives() -> None:
    """Milestones become events and answers lessons or sections; `None` of a script is nothing."""
    incident = _one("firehydrant.json")
    assert [kind for _, kind in _events(incident)] == ["impact-start", "resolved"]
    assert [(lesson.group, lesson.description) for lesson in incident.lessons] == [("went-well", "Quick alert.")]
    assert [section.heading for section in incident.sections] == ["Anything else?"]
    assert incident.impact.measures[0].value == "12"
    assert "None" not in json.dumps(incident.as_data())


def test_reads_rootly_documents() -> None:
    """Events, action items and post-mortems of a JSON:API document find their incident."""
    incident = _one("rootly.json")
    assert _events(incident) == [("2024-09-01T00:20:00-07:00", "note"), ("2024-09-01T01:15:00-07:00", "resolved")]
    (action,) = incident.preventive_measures
    assert (action.status, str(action.due), action.description) == ("in-progress", "2024-09-30", "")
    assert incident.root_cause.description == "A *bad* flag."


@pytest.mark.parametrize(
    ("file", "identifier", "kinds"),
    [
        ("github.json", "example/infra#12", ["detected", "note", "closed"]),
        ("gitlab.json", "group/app#4", ["detected", "note"]),
    ],
)
def test_reads_issues(file: str, identifier: str, kinds: list[str]) -> None:
    """The body of an issue is read as a document is; opening, comments and closing are events."""
    incident = _one(file)
    assert incident.id == identifier
    assert [kind for _, kind in _events(incident)] == kinds
    assert (incident.summary, tuple(each.heading for each in incident.sections)) in {
        ("Builds hang.", ()),
        ("", ("Description",)),
    }


WHOLE = [
    ("pagerduty.json", "pagerduty-log.json", "pagerduty-notes.json"),
    ("incident-io.json", "incident-io-parts.json"),
]
WHOLE += [(name,) for name in ("statuspage.json", "opsgenie.json", "firehydrant.json", "rootly.json", "github.json")]


@pytest.mark.parametrize("names", [*WHOLE, ("gitlab.json",)])
def test_loses_no_value(names: tuple[str, ...]) -> None:
    """Every value of incidents and their parts is in the record or under `extra`, HTML as Markdown."""
    kept = "\n".join(_texts([each.source.data for each in _loaded(*names)]))
    for name in names:
        export = read_text((EXPORTS / name).read_text("utf-8"), "json", "x", None).data
        beside = {"page"} if name == "statuspage.json" else set()
        whole = (
            {key: value for key, value in export.items() if key not in beside} if isinstance(export, dict) else export
        )
        lost = {text for text in _texts(whole) if text not in kept and not re.search(r"<\w|None|^## ", text)}
        assert lost - {"retro", "in_progress"} == set(), name  # `in-progress` is the same word


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str) and value.strip():
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(inner)


def test_forces_a_tool() -> None:
    """A tool that is named reads the file, and says where it finds no incident in it."""
    (source,) = read_all(str(EXPORTS / "gitlab.json"), "github")
    assert isinstance(source, Source)
    (error,) = read_all(str(EXPORTS / "gitlab.json"), "pagerduty")
    assert isinstance(error, SourceError)


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 (JSON values)
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _paths(inner, (*path, key))


def _replaced(value: Any, path: tuple[Any, ...], by: object) -> Any:  # noqa: ANN401 (JSON values)
    if not path:
        return by
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    changed = {key: _replaced(inner, path[1:], by) if key == path[0] else inner for key, inner in pairs}
    return changed if isinstance(value, dict) else list(changed.values())


WRONG = st.one_of(
    st.none(),
    st.sampled_from(["", " ", "None", "x", "2024-13-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "\x00", "<p>", "#"]),
    st.text(max_size=20),
    st.integers().map(str),
    st.sampled_from([{}, [], [[]], [None], {"id": None}, ["a", {"name": ["b"]}], {"data": [{"attributes": []}]}]),
)


@settings(max_examples=examples(60, 300), deadline=None)
@given(st.data())
def test_never_breaks_on_a_wrong_value(data: st.DataObject) -> None:
    """Whatever stands in any field, under any tool, the result is incidents or located errors, and no other error."""
    file = data.draw(st.sampled_from(sorted(FILES)))
    content = read_text((EXPORTS / file).read_text("utf-8"), "json", "x", None).data
    for _ in range(data.draw(st.integers(1, 3))):
        content = _replaced(content, data.draw(st.sampled_from(list(_paths(content)))), data.draw(WRONG))
    tool = recognised(content) or tool_named(data.draw(st.sampled_from(sorted(TOOLS))))
    try:
        sources = sources_of(tool, [Source("x", content)])
    except SourceError as error:
        assert error.findings[0].place  # noqa: PT017 (both ways are right, and each is looked at)
        return
    for source in sources:
        assert all(finding.place for finding in load_source(source).findings if finding.severity == "error")


def test_is_linear_in_keys_that_nobody_knows() -> None:
    """An incident of many unknown keys and deep values is imported with all of them."""
    deep: Any = "end"
    for _ in range(50):
        deep = [deep]
    incident: Any = {"id": "a", "name": "n", "created_at": "2024-01-01T00:00:00Z", "incident_updates": [], "deep": deep}
    incident |= {f"key{number}": str(number) for number in range(20_000)}
    tool = recognised({"incidents": [incident]})
    assert tool
    (source,) = sources_of(tool, [Source("x", {"incidents": [incident]})])
    extra = load_source(source).require().extra
    assert len(extra) == 20_001


def _moments(updates: list[dict[str, Any]]) -> list[datetime]:
    stamps = [each.get("display_at") or each["created_at"] for each in updates]
    return sorted(datetime.fromisoformat(each).astimezone(UTC) for each in stamps)


@pytest.mark.skipif(not CORPUS, reason="AFTERWORD_CORPUS names no folder with real exports")
def test_imports_every_incident_of_real_status_pages() -> None:
    """All incidents of real exports are valid, with one event for each update and its exact time."""
    counted = 0
    for file in sorted((Path(CORPUS) / "json").glob("statuspage__*.json")):
        data = json.loads(file.read_text("utf-8"))
        listed = (
            data if isinstance(data, list) else [*data.get("incidents", []), *data.get("scheduled_maintenances", [])]
        )
        wanted = {each["id"]: _moments(each["incident_updates"]) for each in listed}
        loaded = _loaded(file.name, folder=file.parent)
        found = {each.require().id: [event.at.astimezone(UTC) for event in each.require().timeline] for each in loaded}
        assert found == wanted, file.name
        counted += len(found)
    assert counted > 0


@pytest.mark.skipif(not CORPUS, reason="AFTERWORD_CORPUS names no folder with real exports")
def test_imports_every_incident_of_real_exports() -> None:
    """Every real file with an incident in it becomes valid incidents."""
    bare = ("notes", "events-id", "templates")
    files = [
        each for each in sorted((Path(CORPUS) / "json").glob("*.json")) if not any(word in each.name for word in bare)
    ]
    assert files
    for file in files:
        for loaded in _loaded(file.name, folder=file.parent):
            assert loaded.require().title, file.name
