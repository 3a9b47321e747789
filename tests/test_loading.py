"""From a source to an incident: every fault of a file in one run, each at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.diagnostics import Finding, Severity
from afterword.errors import SourceError
from afterword.incident.model import Incident
from afterword.intake import read_text
from afterword.loading import Loaded, incident_source, load_source, locate
from afterword.readers.source import Source, path_keys, path_text

HEAD = "id: 0x19\ntitle: T\ndate: 2023-08-13\ntimezone: UTC\n"


def loaded(text: str, form: str = "yaml") -> Loaded:
    """Return what comes of a text."""
    return load_source(read_text(text, form, "test", None))


def spots(found: Loaded, code: str = "") -> list[tuple[str, str, int, int]]:
    """Return code, path, line and column of the findings, of one code or of all."""
    chosen = [each for each in found.findings if not code or each.code == code]
    places = [(each.place.line, each.place.column) if each.place else (0, 0) for each in chosen]
    return [(each.code, each.path, *place) for each, place in zip(chosen, places, strict=True)]


def test_a_sound_file_has_no_findings() -> None:
    """And gives its incident, with text as it is written."""
    found = loaded(HEAD)
    assert found.findings == ()
    assert found.require().id == "0x19"


def test_every_fault_comes_in_one_run() -> None:
    """Syntax that can be passed over, names, shapes, choices, dates, times, order, and characters, in reading order."""
    found = loaded(
        "id: 1\n"
        "title: [x]\n"
        "date: 3/4/2023\n"
        "timezone: Mars\n"
        "status: asleep\n"
        "status: closed\n"
        "sumary: x\n"
        "timeline:\n"
        "  - time: 25:00\n"
        "    description: x\n"
        "  - description: y\n"
        "  - time: 10:00\n"
        "    visibility: public\n"
        '    description: "a\\u0007b"\n'
        "impact:\n"
        "  started_at: noon\n"
        "contact:\n"
        "  name: x\n"
        "  email: nowhere\n"
    )
    codes = [each.code for each in found.findings]
    for code in ("AW105", "AW201", "AW202", "AW203", "AW204", "AW207", "AW302", "AW303", "AW304", "AW403"):
        assert code in codes, code
    lines = [each.place.line for each in found.findings if each.place]
    assert lines == sorted(lines)
    assert found.incident is None


def test_a_file_with_faults_gives_no_incident() -> None:
    """`require` raises all of them, and counts the errors only."""
    found = loaded(HEAD.replace("UTC", "Mars") + "sumary: x\nsummary: TBD\n")
    with pytest.raises(SourceError) as caught:
        found.require()
    assert caught.value.findings == found.findings
    assert "2 faults" in caught.value.message


@pytest.mark.parametrize(
    ("form", "text"), [("yaml", ""), ("yaml", "- a"), ("json", "[]"), ("json", '"x"'), ("toml", "")]
)
def test_what_is_no_record_is_told(form: str, text: str) -> None:
    """An empty file and a list have findings, never a traceback."""
    found = loaded(text, form)
    assert found.incident is None
    assert {each.severity for each in found.findings} == {Severity.ERROR}


def test_characters_that_cannot_be_carried_are_replaced_and_located() -> None:
    """The incident has their numbers, and the finding says which and where."""
    found = loaded(HEAD + 'summary: "a\\u0007b\\u202ec\\u0007"\n')
    assert found.require().summary == "a[U+0007]b[U+202E]c[U+0007]"
    assert spots(found) == [("AW403", "summary", 5, 10)]
    assert "U+0007, U+202E" in found.findings[0].message


def test_placeholders_are_located_within_blocks_of_text() -> None:
    """Line and column are those of the placeholder, also after the first line, and in indented lists."""
    found = loaded(
        HEAD
        + "summary: |\n"
        + "  The incident had\n"
        + "  an impact: [describe it].\n"
        + "resolution:\n"
        + "  steps:\n"
        + "    - title: Then\n"
        + "      description: |\n"
        + "\n"
        + "        <TODO>\n"
        + "severity: TBD\n"
    )
    assert spots(found) == [
        ("AW401", "summary", 7, 14),
        ("AW401", "resolution.steps[0].description", 13, 9),
        ("AW401", "severity", 14, 11),
    ]
    assert [each.value for each in found.findings] == ["[describe it]", "<TODO>", "TBD"]


def test_every_placeholder_of_a_long_text_is_located() -> None:
    """Thousands of them in one text: each is found without reading the text again."""
    found = loaded(HEAD + "summary: |\n" + "  so [describe it]\n" * 20_000)
    assert spots(found)[::19_999] == [("AW401", "summary", 6, 6), ("AW401", "summary", 20_005, 6)]


def test_placeholders_in_short_forms_are_located() -> None:
    """A text that stands for a whole part, or a list for its steps, is where it stands in the file."""
    found = loaded(
        HEAD
        + "root_cause: |\n"
        + "  It was\n"
        + "  [describe the root cause].\n"
        + "resolution:\n"
        + "  - First, [what].\n"
        + "  - |\n"
        + "    Then,\n"
        + "    [what else].\n"
        + "lessons:\n"
        + "  - '[a lesson]'\n"
    )
    assert [spot[2] for spot in spots(found)] == [7, 9, 12, 14]
    assert [spot[1] for spot in spots(found)] == ["root_cause", "resolution[0]", "resolution[1]", "lessons[0]"]


def test_placeholders_are_errors_only_in_a_final_report() -> None:
    """A draft warns of them; a final report has them as errors and keeps its incident, so that they can be allowed."""
    draft = loaded(HEAD + "summary: TBD\n")
    final = loaded(HEAD + "summary: TBD\nstage: final\n")
    assert [(each.code, each.severity) for each in draft.findings] == [("AW401", Severity.WARNING)]
    assert [(each.code, each.severity) for each in final.findings] == [("AW402", Severity.ERROR)]
    assert final.incident is not None


def test_notices_have_places() -> None:
    """Midnight, a missing zone and a duration that cannot be measured."""
    text = "id: 1\ntitle: T\ndate: 2023-08-13\ntimeline:\n"
    text += "  - {time: '23:50', kind: acknowledged, description: x}\n"
    text += "  - {time: '00:10', kind: detected, description: x}\n"
    found = loaded(text)
    assert {(each.code, each.place.line if each.place else 0) for each in found.findings} == {
        ("AW351", 6),
        ("AW352", 1),
        ("AW354", 5),
    }
    assert "time to acknowledge" in next(each.message for each in found.findings if each.code == "AW354")


@pytest.mark.parametrize(
    "path", ["", "id", "timeline[3].time", "resolution.steps[0].description", "$schema", "a[0][1]"]
)
def test_paths_are_keys_in_writing(path: str) -> None:
    """A path in a finding leads back to the value."""
    assert path_text(path_keys(path)) == path


def test_findings_without_a_place_get_the_one_of_their_path() -> None:
    """Those of compose know only the path."""
    source = read_text(HEAD + "summary: |\n  one\n  two\n", "yaml", "test", None)
    found = locate((Finding("AW407", "m", path="summary", offset=4), Finding("AW407", "m", path="title")), source)
    assert [str(each.place) for each in found] == ["test:7:3", "test:2:8"]
    assert locate(found, None) == found


def test_an_incident_made_in_python_is_a_source(tmp_path: Path) -> None:
    """It loads to itself, with its folder, and its findings have paths."""
    incident = Incident.model_validate({"id": "1", "title": "T", "date": "2023-08-13", "root_cause": "[why]"})
    source = incident_source(incident, tmp_path)
    found = load_source(source)
    assert isinstance(source, Source)
    assert (found.require(), source.folder) == (incident, tmp_path)
    assert [each.path for each in found.findings] == ["root_cause.description"]
