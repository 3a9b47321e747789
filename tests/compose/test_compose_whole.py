"""Whole reports: their trees, and what holds for every one of them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from afterword.assets import Shelf
from afterword.characters import clean
from afterword.compose import compose, source_file
from afterword.incident.model import Incident
from afterword.intake import read, read_text
from afterword.loading import load_source
from afterword.prose import parse
from afterword.report.check import check
from afterword.report.identity import document_id
from afterword.report.nodes import Report
from afterword.report.text import as_text
from afterword.report.transforms import anchored, numbered
from afterword.report.walk import plain_text, words
from afterword.words import words_for
from composing import SMALLEST, composed, report
from incident_strategies import FEW, incidents, records

ROOT = Path(__file__).parents[2]
FULL: dict[str, Any] = {
    "id": "INC-2023/08",
    "title": "Cards refused [which]",
    "timezone": "Africa/Addis_Ababa",
    "status": "closed",
    "stage": "in-review",
    "severity": "SEV1",
    "classification": "TLP:AMBER",
    "tags": ["payments"],
    "services": ["checkout", "refunds"],
    "authors": ["Ada <ada@example.org>", "Bob"],
    "contact": {"name": "Ada", "email": "ada@example.org", "role": "Lead"},
    "reviewers": ["Eve"],
    "responders": [{"name": "Zoë", "role": "On call"}],
    "summary": "Cards were *refused* for **four hours**.\n\n- one\n- two\n\n## Background\n\nSee [the log](https://example.org/log).",
    "timeline": [
        {"time": "11:30 PM", "kind": "impact-start", "description": "A certificate expired."},
        {"time": "11:50 PM", "kind": "detected", "description": "Seen by `probe`.", "actor": "Monitoring"},
        {"time": "00:05", "kind": "acknowledged", "description": "Taken.", "source": "Slack"},
        {"time": "+2 h", "kind": "mitigated", "description": "Renewed.", "link": "https://example.org/1"},
        {"at": "8/14/2023 03:30", "kind": "resolved", "description": "Done.\n\n```\nopenssl verify\n```"},
    ],
    "root_cause": {
        "description": "It [describe].",
        "trigger": "Midnight.",
        "contributing_factors": ["No alarm.", "One key."],
        "five_whys": ["Expired.", "Not renewed."],
        "detection_gap": "None looked.",
    },
    "impact": {
        "description": "Bad.",
        "measures": [{"name": "Failed", "value": "1 840", "unit": "payments", "basis": "estimate"}],
        "customers": "312 merchants",
        "services": ["checkout"],
        "started_at": "8/13/2023 11:31 PM",
        "ended_at": "2023-08-14T03:30",
        "data_loss": "None.",
    },
    "resolution": {"steps": [{"title": "Contain", "description": "Stopped retries."}, "Renewed."]},
    "lessons": [{"title": "Watch", "description": "Dates.", "group": "went-wrong"}, "Talk."],
    "preventive_measures": [
        {"title": "Alarm", "description": "30 days before.", "owner": "Bob", "due": "2023-09-30", "status": "open"},
        "Rehearse.",
    ],
    "conclusion": "Better now.",
    "references": [{"title": "Runbook", "url": "https://example.org/runbook"}],
    "sections": [{"heading": "Regulatory notice", "body": "Sent.", "position": "after impact"}],
}


def drawn(found: Report) -> Report:
    """Return a report as writers get it."""
    return numbered(anchored(found))


def of(incident: Incident) -> Report:
    """Return the report of an incident, in its own language and without files."""
    return compose(incident, words_for(incident.language), Shelf(None), {}).report


@pytest.mark.parametrize(("name", "fields"), [("full", FULL), ("smallest", {})])
def test_the_tree_is_as_it_was_looked_at(name: str, fields: dict[str, Any], golden: Callable[[str, str], None]) -> None:
    """Every node of a report that has everything, and of one that has nothing."""
    golden(f"{name}.txt", re.sub(r"\d+ bytes", "… bytes", as_text(drawn(report(**fields)))))


@pytest.mark.parametrize("path", sorted((ROOT / "samples").glob("*.*ml")), ids=lambda path: path.name)
def test_every_sample_makes_a_sound_tree(path: Path) -> None:
    """The rules of the tree hold for the reports that people look at first."""
    source = read(str(path))
    incident = load_source(source).require()
    made = compose(incident, words_for(incident.language), Shelf(source.folder), {})
    assert check(drawn(made.report)) == ()
    assert [finding for finding in made.findings if finding.code.startswith("AW41")] == []


@FEW
@given(incidents())
def test_every_tree_is_sound(incident: Incident) -> None:
    """Whatever a record holds, writers get a tree that keeps its rules."""
    assert check(drawn(of(incident))) == ()


def prose_of(data: Any, path: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 (JSON values)
    """Yield every prose field of a record's data with its path."""
    names = {"summary", "description", "conclusion", "trigger", "detection_gap", "customers", "data_loss", "body"}
    for key, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        inner = f"{path}.{key}"
        if isinstance(value, str) and (key in names or re.search(r"five_whys|contributing_factors", path)):
            yield inner, value
        else:
            yield from prose_of(value, inner)


def words_of_prose(text: str) -> list[str]:
    """Return the words that a prose field shows."""
    prose = parse(text, picture=lambda _: None)
    shown = [plain_text(prose.blocks)]
    stack = list(prose.sections)
    while stack:
        section = stack.pop(0)
        shown += [plain_text(section.title), plain_text(section.blocks)]
        stack = [*section.sections, *stack]
    return " ".join(shown).split()


@FEW
@given(incidents())
def test_no_text_of_the_author_is_lost(incident: Incident) -> None:
    """The words of every prose field follow each other in the report, as prose shows them."""
    found = " ".join(re.sub(r"[:(),]", " ", word) for word in words(of(incident)))
    shown = f" {' '.join(found.split())} "
    for path, text in prose_of(incident.as_data()):
        for word in words_of_prose(text):
            for part in re.sub(r"[:(),]", " ", word).split():
                assert part in shown, f"{part!r} of {path}"


@FEW
@given(incidents())
def test_short_texts_are_shown_as_they_are(incident: Incident) -> None:
    """Names, titles and labels are plain text, in which no mark-up means anything."""
    shown = " ".join(words(of(incident)))
    people = (*incident.authors, *incident.reviewers, *incident.responders)
    texts = [incident.id, incident.title, incident.severity, *incident.tags, *incident.services]
    texts += [text for person in people for text in (person.name, person.role)]
    texts += [section.heading for section in incident.sections if words_of_prose(section.body)]
    texts += [text for measure in incident.impact.measures for text in (measure.name, measure.value, measure.unit)]
    for text in texts:
        assert " ".join(clean(text)[0].split()) in shown


@FEW
@given(incidents())
def test_the_record_travels_with_the_report(incident: Incident) -> None:
    """What is embedded loads to the same incident."""
    data = source_file(incident, words_for("en"))
    assert (data.name, data.relationship) == ("incident.json", "Source")
    assert load_source(read_text(data.data.decode(), "json", "embedded", None)).incident == incident


@FEW
@given(records())
def test_the_same_record_makes_the_same_tree(record: dict[str, Any]) -> None:
    """Twice, and with its keys in another order."""
    first = of(Incident.model_validate(record))
    assert of(Incident.model_validate(record)) == first
    assert of(Incident.model_validate(json.loads(json.dumps(dict(reversed(record.items())))))) == first


def test_the_document_says_what_it_is() -> None:
    """Title, id, authors, keywords and a date that comes from the record."""
    meta = report(**FULL).meta
    assert (meta.title, meta.identifier, meta.authors) == ("Cards refused [which]", "INC-2023/08", ("Ada", "Bob"))
    assert meta.document_id == document_id("INC-2023/08")
    assert meta.keywords == ("payments", "checkout", "refunds")
    assert meta.date == datetime(2023, 8, 14, 0, 30, tzinfo=UTC)
    assert (meta.stage, meta.stage_label, meta.language, meta.direction) == ("in-review", "In review", "en", "ltr")
    assert "INC-2023/08" in meta.subject


def test_the_date_can_be_set_from_outside() -> None:
    """By SOURCE_DATE_EPOCH, as builds that can be repeated do."""
    incident = Incident.model_validate(SMALLEST)
    assert of(incident).meta.date == datetime(2023, 8, 13, tzinfo=UTC)
    set_so = compose(incident, words_for("en"), Shelf(None), {"SOURCE_DATE_EPOCH": "1"}).report
    assert set_so.meta.date == datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)


@pytest.mark.parametrize("language", ["de", "ar", "ja", "am", "he"])
def test_a_report_in_another_language_has_the_same_sections_and_text(language: str) -> None:
    """Only fixed words and dates differ; a language without a catalogue has English words."""
    own, other = report(**FULL), composed(language=language, **FULL).report
    assert [section.name for section in other.sections] == [section.name for section in own.sections]
    assert check(drawn(other)) == ()
    texts = " ".join(words(other))
    for text in ("Cards were refused for four hours.", "openssl verify", "312 merchants", "ada@example.org"):
        assert text in texts
