"""The samples: each is sound, shows what it is there for, and the faulty ones are told exactly as they should be."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import jsonschema
import pytest

from afterword.assets import Shelf
from afterword.codes import CODES
from afterword.compose.desk import Desk
from afterword.compose.moments import time_text
from afterword.diagnostics import Finding, Severity
from afterword.errors import SourceError
from afterword.finding_formats import as_text
from afterword.incident.durations import DurationState, durations
from afterword.incident.inspect import open_placeholders
from afterword.incident.model import Incident, Stage
from afterword.incident.schema import incident_schema
from afterword.intake import read
from afterword.loading import load_source
from afterword.pipeline import findings_of
from afterword.words import words_for

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "samples"
FAULTY = SAMPLES / "faulty"
_SUFFIXES = {".yaml", ".json", ".toml"}
SOUND = sorted(path for path in SAMPLES.iterdir() if path.suffix in _SUFFIXES)
FAULTS = sorted(path for path in FAULTY.iterdir() if path.suffix in _SUFFIXES)

NOT_IN_A_FILE = {
    "AW101": "the file would have to be missing",
    "AW103": "the file would have to be too large to keep here",
    "AW109": "the file would have to have another suffix",
    "AW209": "two files are needed, which want the same name for their documents",
    "AW206": "reserved: there is no field that does nothing yet",
    "AW405": "the text would have to be too long to keep here",
    "AW408": "told by the Word writer, which alone has nine levels",
    **dict.fromkeys(("AW111", "AW112", "AW113", "AW114"), "told of exports, which have tests and files of their own"),
    **dict.fromkeys(("AW115", "AW116", "AW117"), "told of Word documents and PDFs, whose tests make them"),
    **dict.fromkeys(("AW118", "AW119"), "told of readers of other packages, whose tests install one"),
    **dict.fromkeys(("AW422", "AW423", "AW424", "AW425", "AW426"), "told of an edition when it is rendered"),
}
"""Codes below AW500 that no faulty sample has, and why."""


@cache
def _source(path: Path) -> tuple[Incident | None, tuple[Finding, ...]]:
    name = path.relative_to(ROOT).as_posix()
    here = Path.cwd()
    os.chdir(ROOT)
    try:
        loaded = load_source(read(name))
        return loaded.incident, findings_of(loaded)
    except SourceError as error:
        return None, error.findings
    finally:
        os.chdir(here)


def _incident(name: str) -> Incident:
    incident, _ = _source(SAMPLES / name)
    assert incident is not None
    return incident


def _codes(path: Path) -> list[str]:
    return [finding.code for finding in _source(path)[1]]


# --- all of them ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.name)
def test_every_sample_is_sound(path: Path) -> None:
    """No sample has an error, its pictures and attachments included, and a final one has nothing to be told at all."""
    incident, findings = _source(path)
    assert incident is not None
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
    if incident.stage is not Stage.DRAFT:
        assert findings == ()


def test_there_is_a_sample_for_each_reader() -> None:
    """YAML, JSON and TOML all have one."""
    assert {path.suffix for path in SOUND} == _SUFFIXES


def test_no_two_samples_have_one_id() -> None:
    """All samples can be rendered into one folder."""
    identifiers = [_incident(path.name).id for path in SOUND]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.parametrize("path", [*SOUND, *FAULTS], ids=lambda path: path.name)
def test_every_yaml_sample_names_the_schema_in_its_first_line(path: Path) -> None:
    """Editors complete fields in each, faulty ones too, unless the fault is about the file as a whole."""
    if path.suffix != ".yaml" or path.name == "no-record.yaml":
        return
    first = path.read_bytes().splitlines()[0].decode()
    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    assert (path.parent / found[1]).resolve() == ROOT / "docs" / "incident.schema.json"


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.name)
def test_every_sample_fits_the_schema(path: Path) -> None:
    """What the tool takes, an editor that knows the schema takes too."""
    data = load_source(read(str(path))).source.data
    jsonschema.Draft202012Validator(incident_schema()).validate(data)


@pytest.mark.parametrize("path", [*SOUND, *FAULTS], ids=lambda path: path.name)
def test_every_sample_is_listed(path: Path) -> None:
    """The list of samples says what each is there for."""
    listed = (SAMPLES / "README.md").read_text(encoding="utf-8")
    assert f"({path.relative_to(SAMPLES).as_posix()})" in listed


# --- what each is there for ------------------------------------------------------------------------------------------

FORM = (
    "[briefly describe the incident and its impact]",
    "[describe the root cause]",
    "[provide detailed explanation of the underlying issue and contributing factors]",
    "[mention any gaps in processes or procedures]",
    "[describe the impact on the system, users, data, etc.]",
    "[quantify the impact if possible]",
    "[describe the immediate actions taken to contain and mitigate the incident]",
    "[Explain the measures implemented to address the root cause, such as code fixes, configuration changes, etc.]",
    "[Detail the process of data recovery, if applicable]",
    "[communication channels used]",
)
"""The placeholders of the project's form, in its order."""


def test_the_form_keeps_its_placeholders() -> None:
    """Each placeholder of the form is found, where it stands in the file, and nothing else is."""
    path = SAMPLES / "incident-0x19.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    assert tuple(found.text for found in open_placeholders(_incident(path.name))) == FORM
    told = [finding for finding in _source(path)[1] if finding.code == "AW401"]
    assert len(told) == len(FORM)
    for finding, text in zip(told, FORM, strict=True):
        assert finding.place
        assert lines[finding.place.line - 1][finding.place.column - 1 :].startswith(text)


def test_the_form_is_as_its_author_left_it() -> None:
    """Id, date, author, status and times are those of the form."""
    incident = _incident("incident-0x19.yaml")
    times = ["08:45 AM", "08:50 AM", "09:00 AM", "09:15 AM", "10:30 AM", "11:00 AM", "12:30 PM", "01:00 PM"]
    assert (incident.id, incident.date.isoformat(), incident.title) == (
        "0x19",
        "2023-08-13",
        "Incident Analysis and Remediation",
    )
    assert (incident.status, incident.stage) == ("closed", "draft")
    assert [person.name for person in incident.authors] == ["Solomon Kassa"]
    assert [event.time for event in incident.timeline] == times
    parts = (incident.resolution.steps, incident.lessons, incident.preventive_measures)
    assert [len(part) for part in parts] == [4, 3, 4]


def test_the_completed_form_has_every_duration() -> None:
    """With a start of the impact, nothing is left unmeasured."""
    incident = _incident("incident-0x19-complete.yaml")
    assert {duration.state for duration in durations(incident)} == {DurationState.RECORDED}
    assert [event.time for event in _incident("incident-0x19.yaml").timeline] == [
        event.time for event in incident.timeline if event.time not in {"08:31 AM", "09:50 AM", "11:20 AM"}
    ]


def test_the_long_outage_is_long() -> None:
    """120 events on three days, and 20 actions."""
    incident = _incident("long-outage.yaml")
    assert (len(incident.timeline), len(incident.preventive_measures)) == (120, 20)
    assert len({event.at.date() for event in incident.timeline}) == 3


def test_the_long_outage_crosses_a_change_of_clocks() -> None:
    """Durations are those of the world's clock, an hour more than the wall's, and events in the hour that came twice
    stand on both sides."""  # noqa: D205, D209 (one sentence)
    incident = _incident("long-outage.yaml")
    offsets = [event.at.utcoffset() for event in incident.timeline]
    assert {timedelta(hours=1), timedelta(hours=2)} == set(offsets)
    twice = [event.at for event in incident.timeline if (event.at.day, event.at.hour) == (27, 2)]
    assert {moment.utcoffset() for moment in twice} == {timedelta(hours=1), timedelta(hours=2)}
    assert all(moment.tzinfo == ZoneInfo("Europe/Berlin") for moment in twice)
    assert [duration.value for duration in durations(incident)] == [
        timedelta(minutes=4),
        timedelta(minutes=3),
        timedelta(hours=4, minutes=28),
        timedelta(hours=55, minutes=38),
        timedelta(hours=58, minutes=18),
    ]


def test_the_hour_that_came_twice_is_told_apart() -> None:
    """Where clocks passed a time twice, the document says which of the two is meant, and nowhere else."""
    desk = Desk(_incident("long-outage.yaml"), words_for("en"), Shelf(None), date(2024, 11, 1))
    shown = [time_text(desk, event) for event in desk.incident.timeline]
    assert "Oct 27, 02:15 UTC+02:00" in shown
    assert "Oct 27, 02:15 UTC+01:00" in shown
    assert [text for text in shown if "UTC" in text] == [text for text in shown if text.startswith("Oct 27, 02:")]


def test_the_long_outage_has_all_that_is_hard_to_set() -> None:
    """Code of three kinds, pictures, lists three deep, a table of eight columns, and a word longer than a line."""
    text = (SAMPLES / "long-outage.yaml").read_text(encoding="utf-8")
    for fence in ("```shell", "```yaml", "```text"):
        assert fence in text
    assert re.search(r"!\[[^\]]{40,}\]\(media/", text)
    assert re.search(r"\n {6}- .*\n {8}- .*\n {10}- ", text)
    assert max(line.strip().count(" | ") + 1 for line in text.splitlines()) == 8
    assert max(map(len, text.split())) > 150


def test_the_breach_is_marked_and_has_its_evidence() -> None:
    """It carries its marking, a picture with a text alternative, a log, and five whys."""
    incident = _incident("security-breach.yaml")
    assert incident.classification == "TLP:AMBER"
    assert [Path(each.path).suffix for each in incident.attachments] == [".png", ".log"]
    assert incident.attachments[0].alt
    assert len(incident.root_cause.five_whys) == 5
    assert incident.root_cause.detection_gap
    assert incident.impact.data_loss


@pytest.mark.parametrize(
    ("name", "language", "script"),
    [("arabic-dns.yaml", "ar", "\u0600-\u06ff"), ("amharic-power.yaml", "am", "\u1200-\u137f")],
)
def test_prose_in_other_scripts_is_mostly_in_that_script(name: str, language: str, script: str) -> None:
    """The summary is written in the language of the record, with Latin words in it."""
    incident = _incident(name)
    assert incident.language == language
    letters = [character for character in incident.summary if character.isalpha()]
    own = [character for character in letters if re.match(f"[{script}]", character)]
    assert 0.7 < len(own) / len(letters) < 1


def test_the_smallest_has_nothing_that_could_be_left_out() -> None:
    """Without any one of its three fields it is no record."""
    data = load_source(read(str(SAMPLES / "smallest.yaml"))).source.data
    assert isinstance(data, dict)
    assert sorted(data) == ["date", "id", "title"]
    for name in data:
        rest = {key: value for key, value in data.items() if key != name}
        with pytest.raises(ValueError, match=name):
            Incident.model_validate(rest)


# --- the faulty ones -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", FAULTS, ids=lambda path: path.name)
def test_every_faulty_sample_is_told_as_expected(path: Path) -> None:
    """The report of each faulty file is the one beside it, word for word."""
    expected = path.with_name(f"{path.name}.expected.txt").read_text(encoding="utf-8")
    assert as_text(_source(path)[1]) + "\n" == expected


def test_every_expected_report_has_its_file() -> None:
    """No report is left of a file that is gone."""
    reports = {path.name.removesuffix(".expected.txt") for path in FAULTY.glob("*.expected.txt")}
    assert reports == {path.name for path in FAULTS}


def test_the_command_prints_the_expected_report() -> None:
    """`afterword check`, run from the top of the project, prints what stands beside the file, and fails."""
    name = "samples/faulty/everything.yaml"
    command = [sys.executable, "-m", "afterword", "check", name]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert ran.returncode == 1
    assert ran.stdout.replace(b"\r\n", b"\n") == Path(ROOT, f"{name}.expected.txt").read_bytes()


def test_every_code_is_met_somewhere() -> None:
    """Each code that one file can cause is told of some sample; the others are listed with the reason."""
    met = {code for path in [*SOUND, *FAULTS] for code in _codes(path)}
    of_files = {code for code in CODES if code < "AW500"}
    assert of_files - met == set(NOT_IN_A_FILE)
    assert met <= of_files


def test_every_fault_is_met_in_a_faulty_sample() -> None:
    """Errors are told of faulty samples only."""
    met = {finding.code for path in FAULTS for finding in _source(path)[1] if finding.severity is Severity.ERROR}
    errors = {code.id for code in CODES.values() if code.severity is Severity.ERROR and code.id < "AW500"}
    assert errors - met <= set(NOT_IN_A_FILE)


def _places() -> Iterator[tuple[Path, Finding]]:
    for path in FAULTS:
        for finding in _source(path)[1]:
            if finding.place and finding.place.column:
                yield path, finding


def test_every_place_is_that_of_the_fault() -> None:
    """At the line and column of a finding stands its value, as far as the file holds it on one line."""
    for path, finding in _places():
        place = finding.place
        assert place
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        rest = lines[place.line - 1][place.column - 1 :]
        assert rest, f"{place} is beyond the end of its line"
        if finding.code in {"AW201", "AW206"}:
            assert rest.startswith(finding.path.rpartition(".")[2] + ":"), str(place)
        elif finding.value and not finding.value.endswith("…") and finding.code not in {"AW108", "AW415", "AW403"}:
            assert rest.removeprefix('"').startswith(finding.value), str(place)


def test_one_faulty_file_has_faults_of_many_kinds() -> None:
    """`everything.yaml` has more than twenty faults of at least nine kinds, all told in one run."""
    codes = _codes(FAULTY / "everything.yaml")
    assert len(codes) > 20
    assert len(set(codes)) >= 9


def test_notices_do_not_keep_a_file_from_being_rendered() -> None:
    """`notices.yaml` has no error, although much is told of it."""
    incident, findings = _source(FAULTY / "notices.yaml")
    assert incident is not None
    assert len({finding.code for finding in findings}) >= 8


def test_the_schema_refuses_the_fields_that_the_tool_refuses() -> None:
    """An editor marks the faulty fields before the tool is run."""
    data = read(str(FAULTY / "fields.yaml")).data
    errors = jsonschema.Draft202012Validator(incident_schema()).iter_errors(json.loads(json.dumps(data)))
    assert len(list(errors)) >= 5
