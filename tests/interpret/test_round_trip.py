"""What our own Markdown carries back into the record, and what it does not.

Carried: id, title, date, status, stage, severity, language, time zone, services, tags, names of authors, moment and
kind of events, titles of steps, titles and groups of lessons. Not carried: what the document only draws or sums up
(durations, measures, times of the impact), sources and links of events as fields, and roles of people.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given

from afterword.api import load, render
from afterword.incident.model import Incident
from afterword.loading import load_source
from afterword.readers.registry import read, read_text
from incident_strategies import FEW, incidents

SAMPLES = Path(__file__).parents[2] / "samples"
CARRIED = ("id", "title", "date", "status", "stage", "severity", "language", "timezone", "tags", "services")


@pytest.mark.parametrize("name", ["incident-0x19", "incident-0x19-complete", "smallest", "long-outage"])
def test_our_own_markdown_comes_back(name: str, tmp_path: Path) -> None:
    """A record written as Markdown and read again is the same in its main fields."""
    before = load(SAMPLES / f"{name}.yaml")
    path = tmp_path / "report.md"
    path.write_bytes(render(SAMPLES / f"{name}.yaml", ("md",), allow_placeholders=True).files["md"])
    source = read(str(path))
    loaded = load_source(source)
    assert loaded.incident is not None, loaded.findings
    after = loaded.incident
    assert {field: getattr(after, field) for field in CARRIED} == {field: getattr(before, field) for field in CARRIED}
    assert [each.name for each in after.authors] == [each.name for each in before.authors]
    assert told(after.timeline) == told(before.timeline)
    assert [(each.title, each.group) for each in after.lessons] == [(each.title, each.group) for each in before.lessons]
    assert [each.title for each in after.resolution.steps] == [each.title for each in before.resolution.steps]
    assert bool(after.conclusion) == bool(before.conclusion)


def told(events: tuple[Any, ...]) -> list[tuple[str, str]]:
    """Return of each event its moment and kind."""
    return [(each.at.isoformat(timespec="minutes"), each.kind.value) for each in events]


@FEW
@given(incidents(hostile=False))
@example(Incident.model_validate({"id": "a", "title": "a", "date": "2000-01-01", "severity": "**bold**"}))
def test_the_main_fields_of_any_record_come_back(before: Incident) -> None:
    """The Markdown of any tame record is a valid record again, with the same fields at its top.

    Not its number of events: a section of an author's own that is headed by a time is read as one.
    """
    text = render(before, ("md",), allow_placeholders=True, language="en").files["md"].decode()
    loaded = load_source(read_text(text, "markdown", "f.md", None))
    assert loaded.incident is not None, loaded.findings
    after = loaded.incident
    for name in ("title", "date", "stage", "status", "severity"):
        assert getattr(after, name) == getattr(before, name)
