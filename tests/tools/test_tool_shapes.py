"""Other shapes of exports: post-mortems, status pages, webhooks, other versions, parts in files of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from afterword.errors import SourceError
from afterword.incident.model import Incident
from afterword.intake import read_all, read_text
from afterword.loading import load_source
from afterword.readers.notes import NoteKind
from afterword.readers.source import Position, Source
from afterword.tools import sources_of, tool_named
from afterword.tools.stamps import has_offset, stamp

EXPORTS = Path(__file__).parent / "exports"


def _sources(*names: str) -> list[Source]:
    found = read_all([str(EXPORTS / name) for name in names])
    assert not [each for each in found if isinstance(each, SourceError)]
    return [each for each in found if isinstance(each, Source)]


def _one(*names: str) -> Incident:
    (source,) = _sources(*names)
    return load_source(source).require()


def _made(tool: str, data: Any) -> Incident:  # noqa: ANN401 (JSON values)
    (source,) = sources_of(tool_named(tool), [Source("x", data)])
    return load_source(source).require()


def _events(incident: Incident) -> list[tuple[str, str, str]]:
    return [(f"{event.at:%m-%d %H:%M}", event.kind.value, event.description) for event in incident.timeline]


def test_reads_the_post_mortem_of_a_status_page_as_a_document() -> None:
    """Headings that are known become fields, others sections; the update that only publishes it does not repeat it."""
    incident = _one("statuspage-v1.json")
    assert (incident.summary, incident.root_cause.description) == ("The API was *down*.", "Bad **configuration**.")
    assert [(each.heading, each.body) for each in incident.sections] == [("What the moon did", "Nothing.")]
    assert _events(incident) == [
        ("01-01 10:00", "detected", "Status: investigating"),
        ("01-05 00:00", "communicated", "Post-mortem published"),
    ]


def test_keeps_an_update_without_a_time_beside_the_timeline() -> None:
    """What has no time is no event: its words are kept under `extra`."""
    assert _one("statuspage-v1.json").extra["incident_updates"][-1] == {"id": "0", "body": "Lost in time."}


def test_brings_a_post_mortem_in_a_file_of_its_own_to_the_only_incident() -> None:
    """The answer about a post-mortem names no incident; alone it is none."""
    (error,) = read_all(str(EXPORTS / "statuspage-postmortem.json"))
    assert isinstance(error, SourceError)
    assert error.findings[0].code == "AW112"
    incident = _one("statuspage-v1.json", "statuspage-postmortem.json")
    assert ("Root cause", "A certificate.") in {(each.heading, each.body) for each in incident.sections}


def test_reads_post_mortems_of_opsgenie() -> None:
    """Documents of Atlassian's editor become prose and fields, and what is beside them has its place too."""
    incident = _one("opsgenie-post-mortem.json")
    assert (incident.id, incident.stage, incident.severity, incident.services) == ("og-1", "final", "SEV2", ("Jobs",))
    assert (incident.summary, incident.root_cause.description) == ("Jobs waited for an hour.", "A **poison** message.")
    assert [(each.heading, each.body) for each in incident.sections] == [("What amazed us", "- Nobody saw it.")]
    assert [kind for _, kind, _ in _events(incident)] == ["acknowledged", "note", "resolved"]
    assert [(each.title, each.ticket) for each in incident.preventive_measures] == [("Alert on depth", "OPS-4")]
    assert (incident.authors[0].name, incident.responders[0].name) == ("Sara", "Platform")


def test_joins_an_incident_of_opsgenie_with_its_post_mortem() -> None:
    """Both files make one incident, with the events of both."""
    incident = _one("opsgenie.json", "opsgenie-post-mortem.json")
    assert incident.title == "Queue backs up: what we learned"
    assert len(incident.timeline) == 5
    assert incident.extra["extraProperties"] == {"region": "eu"}


def test_reads_status_pages_of_incident_io() -> None:
    """Updates become events in their order, the impact of components that of the incident."""
    incident = _one("incident-io-page.json")
    assert _events(incident) == [
        ("06-01 08:05", "detected", "We look."),
        ("06-01 09:00", "resolved", "- All is **well**"),
    ]
    assert (incident.severity, incident.services, incident.status) == ("partial_outage", ("Search",), "resolved")
    assert incident.impact.started_at
    assert f"{incident.impact.started_at:%H:%M}" == "07:55"


def test_reads_the_widget_of_incident_io() -> None:
    """Incidents and maintenances of the widget have the one update that it tells."""
    first, second = (load_source(each).require() for each in _sources("incident-io-widget.json"))
    assert (first.id, first.services, _events(first)) == (
        "01W",
        ("Login",),
        [("06-01 08:10", "communicated", "Found.")],
    )
    assert (second.id, str(second.date), second.status) == ("01M", "2024-06-02", "open")


def test_reads_post_mortem_documents_of_incident_io() -> None:
    """A document, its text in another file, and the incident in a third make one record."""
    incident = _one("incident-io.json", "incident-io-parts.json", "incident-io-documents.json", "incident-io-text.json")
    assert (incident.stage, incident.root_cause.description, incident.timezone) == ("in-review", "No index.", "UTC")
    assert [event.description for event in incident.timeline] == [
        "Impact started",
        "**Alert fired**",
        "Found it.",
        "Index built",
    ]
    assert [each.title or each.description for each in incident.preventive_measures] == [
        "Add an index",
        "Watch slow queries",
    ]


def test_takes_the_day_of_the_first_event_where_only_the_document_has_a_date() -> None:
    """A document is written later than the incident; the date that follows from its events is a guess as well."""
    (source,) = _sources("incident-io-documents.json", "incident-io-text.json")
    assert load_source(source).require().date.isoformat() == "2024-06-01"
    assert ("date",) in {note.path for note in source.notes if note.kind is NoteKind.GUESSED}


def test_reads_posts_of_pagerduty_with_what_is_inside_them() -> None:
    """Updates and the post-mortem may stand in the post itself; references to others say nothing."""
    incident = _one("pagerduty-post.json")
    assert _events(incident) == [("05-02 10:05", "communicated", "We are **looking**.")]
    assert incident.root_cause.description == "A full queue."


def test_takes_planned_posts_of_pagerduty_for_maintenance() -> None:
    """What kind of post it is shows in a tag."""
    post = {"id": "P", "type": "status_page_post", "self": "https://api.pagerduty.com/p", "title": "t"}
    assert _made(
        "pagerduty", {"post": {**post, "post_type": "maintenance", "starts_at": "2024-01-01T00:00:00Z"}}
    ).tags == ("maintenance",)


def test_puts_the_webhooks_of_one_incident_together() -> None:
    """Each line of a log of webhooks is an event; the incident is in its last state, what was before is kept."""
    incident = _one("pagerduty-webhooks.jsonl")
    assert (incident.id, incident.status) == ("PD9", "resolved")
    assert [kind for _, kind, _ in _events(incident)] == ["detected", "detected", "note", "resolved", "resolved"]
    assert "Logs deleted." in {description for _, _, description in _events(incident)}
    assert incident.extra["earlier_states"] == [{"status": "triggered"}]


def test_reads_rootly_without_attributes_and_post_mortems_alone() -> None:
    """A webhook has the incident plainly; a post-mortem whose incident is not there makes a record."""
    incident = _one("rootly-webhook.json")
    assert (incident.severity, incident.services, incident.summary) == ("SEV1", ("Checkout",), "Down")
    assert [kind for _, kind, _ in _events(incident)] == ["note", "mitigated", "resolved"]
    assert str(incident.preventive_measures[0].due) == "2024-02-01"
    told = _one("rootly-post-mortem.json")
    assert (told.id, told.stage, told.root_cause.description) == ("ro-9", "final", "A flag.")


def test_reads_phases_of_firehydrant() -> None:
    """Newer answers have milestones inside phases; a severity that is not set is none."""
    incident = _one("firehydrant-phases.json")
    assert [kind for _, kind, _ in _events(incident)] == ["impact-start", "resolved", "note"]
    assert (incident.severity, incident.impact.services) == ("P1", ("Checkout",))
    assert incident.root_cause.contributing_factors == ("No test of the rollback",)


def test_reads_grafana_irm_with_its_activity() -> None:
    """An incident and the items of its activity come in two files; a time of the year 1 is none."""
    incident = _one("grafana-irm.json", "grafana-irm-activity.json")
    assert [description for _, _, description in _events(incident)] == ["incidentCreated", "Restarted."]
    assert (incident.impact.ended_at, incident.responders[0].role, incident.tags) == (None, "Commander", ("db",))
    assert [(each.title, each.status) for each in incident.preventive_measures] == [("Add an index", "open")]
    assert _one("grafana-irm-activity.json").id == "103"


def test_reads_dispatch() -> None:
    """Its own moments and its events are one timeline, its tasks actions, its documents references."""
    incident = _one("dispatch.json")
    assert [kind for _, kind, _ in _events(incident)] == ["detected", "note", "mitigated"]
    assert incident.resolution.description == "Restarted the runners."
    assert (incident.responders[0].name, incident.references[0].title) == ("Kim", "Review")


@pytest.mark.parametrize(
    ("file", "identifier", "day"),
    [
        ("opsgenie-webhook.json", "al-1", "2017-10-04"),
        ("incident-io-webhook.json", "INC-9", "2024-06-09"),
        ("gitlab-webhook.json", "group/app#23", "2024-11-02"),
    ],
)
def test_reads_webhooks(file: str, identifier: str, day: str) -> None:
    """What a webhook wraps is read, whatever stands around it, and what is around it is told."""
    (source,) = _sources(file)
    loaded = load_source(source)
    incident = loaded.require()
    assert (incident.id, incident.date.isoformat()) == (identifier, day)
    assert any("left out" in finding.message for finding in loaded.findings if finding.code == "AW111")


def test_marks_what_the_tool_keeps_inside() -> None:
    """An event that the tool shows to nobody outside is marked so, and one that it publishes as public."""
    rootly = _made(
        "rootly",
        {
            "data": {
                "id": "r",
                "type": "incidents",
                "attributes": {"title": "t", "started_at": "2024-01-01T00:00:00Z"},
            },
            "included": [
                {
                    "id": mark,
                    "type": "incident_events",
                    "attributes": {"event": mark, "occurred_at": "2024-01-01T00:01:00Z", "visibility": mark},
                }
                for mark in ("internal", "external")
            ],
        },
    )
    assert [(each.description, each.visibility) for each in rootly.timeline] == [
        ("internal", "internal"),
        ("external", "public"),
    ]
    gitlab = _made(
        "gitlab",
        {
            "iid": "1",
            "title": "t",
            "web_url": "https://gitlab.example/g/a/-/issues/1",
            "created_at": "2024-01-01T00:00:00Z",
            "notes": [{"body": "secret", "created_at": "2024-01-01T00:01:00Z", "internal": "true"}],
        },
    )
    assert [each.visibility for each in gitlab.timeline] == [None, "internal"]


def test_reads_incidents_of_the_first_interface_of_pagerduty() -> None:
    """Years of an archive may be in its words: `created_on`, and a title among the data of the trigger."""
    incident = _made(
        "pagerduty",
        {
            "incidents": [
                {
                    "id": "PIJ90N7",
                    "incident_number": "1",
                    "created_on": "2012-12-22T00:35:21Z",
                    "status": "triggered",
                    "html_url": "https://acme.pagerduty.com/incidents/PIJ90N7",
                    "service": {"id": "PBAZLIU", "name": "Server"},
                    "trigger_summary_data": {"subject": "45645"},
                }
            ]
        },
    )
    assert (incident.title, str(incident.date), incident.services) == ("45645", "2012-12-22", ("Server",))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (("github-comments.json", "github.json"), {"Restarted the runner.", "Disk was full."}),
        (("gitlab.json", "gitlab-notes.json"), {"Disk was full.", "Cleaned up."}),
        (("opsgenie.json", "opsgenie-entries.json", "opsgenie-notes.json"), {"Update sent", "Restarted the consumer."}),
    ],
)
def test_brings_what_was_said_in_files_of_their_own_to_its_incident(files: tuple[str, ...], said: set[str]) -> None:
    """Comments, notes and entries of a timeline find the issue or incident that they name, or the only one."""
    assert said <= {description for _, _, description in _events(_one(*files))}


def test_reads_json_lines() -> None:
    """A mapping in each line is a list of them, each with the place of its line."""
    text = '{"a": "1"}\n\n{"a": "2"}\n'
    source = read_text(text, "json", "x", None)
    assert source.data == [{"a": "1"}, {"a": "2"}]
    assert source.place((1, "a")).line == 3


@pytest.mark.parametrize("text", ['{"a": 1}\n{"a": }\n', '{"a": 1}\n2\n', '{"a": 1} {"a": 2}'])
def test_takes_no_other_broken_json_for_lines(text: str) -> None:
    """Text that stops being JSON within a line has its fault told there."""
    with pytest.raises(SourceError) as caught:
        read_text(text, "json", "x", None)
    assert caught.value.findings[0].code == "AW104"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-01T10:00:00.5+02:00", "2024-01-01T10:00:00.5+02:00"),
        ("1704103200", "2024-01-01T10:00:00Z"),
        ("1704103200.25", "2024-01-01T10:00:00.25Z"),
        ("1704103200123", "2024-01-01T10:00:00.123Z"),
        ("1704103200123456789", "2024-01-01T10:00:00.123456Z"),
        ("20240101T100000Z", "2024-01-01T10:00:00Z"),
        ("2024-01-01T10:00:00Z[UTC]", "2024-01-01T10:00:00Z"),
        ("Mon, 01 Jan 2024 10:00:00 GMT", "2024-01-01T10:00:00+00:00"),
        ("0001-01-01T00:00:00Z", ""),
        ("soon, or later", "soon, or later"),
    ],
)
def test_reads_times_as_tools_write_them(text: str, expected: str) -> None:
    """Seconds since 1970 in any fineness, the forms of ISO 8601 and of e-mails; nothing in disguise is nothing."""
    assert stamp(text) == expected


def test_times_without_an_offset_beside_others_are_told_to_be_guessed() -> None:
    """A record has one zone for all times that say none; where some say one, it is UTC, and a note says so."""
    assert [has_offset(each) for each in ("2024-01-01T10:00", "2024-01-01T10:00Z", "2024-01-01 10:00 -0500")] == [
        False,
        True,
        True,
    ]
    incident = _made(
        "statuspage",
        {
            "id": "a",
            "name": "n",
            "incident_updates": [
                {"body": "one", "created_at": "2024-01-01 10:00:00"},
                {"body": "two", "created_at": "2024-01-01T10:05:00Z"},
            ],
        },
    )
    assert incident.timezone == "UTC"
    assert [event.description for event in incident.timeline] == ["one", "two"]


def test_says_what_a_text_tells_otherwise_than_the_tool() -> None:
    """The tool's word stands in the record; the text's is kept, prose as a section."""
    incident = _made(
        "github",
        {
            "number": "1",
            "title": "Down",
            "html_url": "https://github.com/o/r/issues/1",
            "created_at": "2024-01-01T10:00:00Z",
            "severity": "high",
            "body": "# Incident: It was down\n\nSeverity: SEV1\n\n## Summary\n\nDown.\n",
        },
    )
    assert (incident.severity, incident.summary) == ("high", "Down.")
    assert incident.extra["told_otherwise"]["severity"] == "SEV1"


def test_keeps_every_word_of_a_post_mortem_in_the_record_or_the_notes() -> None:
    """Headings that became fields, and remarks that no field has, are told by the import notes at the text's place."""
    (source,) = sources_of(
        tool_named("statuspage"),
        [
            Source(
                "x",
                {
                    "id": "a",
                    "name": "n",
                    "created_at": "2024-01-01T10:00:00Z",
                    "incident_updates": [],
                    "postmortem_body": "## Underlying cause\n\nA lock.\n\n<!-- nobody knew -->\n",
                },
                {("postmortem_body",): Position(7, 3)},
            )
        ],
    )
    told = {(note.kind.value, note.words, str(note.place)) for note in source.notes}
    assert ("found", "## Underlying cause", "x:7:3") in told
    assert ("leftover", "<!-- nobody knew -->", "x:7:3") in told


def test_keeps_text_that_is_nested_too_deep_as_one_section() -> None:
    """What the reader of documents refuses is kept as it is."""
    body = "## Summary\n\n" + ">" * 500 + " deep"
    incident = _made(
        "statuspage",
        {"id": "a", "name": "n", "created_at": "2024-01-01T10:00:00Z", "incident_updates": [], "postmortem_body": body},
    )
    assert [(each.heading, each.body) for each in incident.sections] == [("Post-mortem", body)]
