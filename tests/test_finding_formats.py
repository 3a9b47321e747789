"""Findings as text, JSON, SARIF and workflow commands: complete, ordered, and safe to print."""

from __future__ import annotations

import json
import os
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.codes import CODES
from afterword.diagnostics import Finding, Place, Severity
from afterword.finding_formats import as_github, as_json, as_sarif, as_text

FULL = Finding(
    "AW302",
    "'3/4/2023' reads two ways",
    place=Place("a.yaml", 3, 7),
    path="timeline[0].at",
    value="3/4/2023",
    expected="a date that reads one way",
    hint="write 2023-03-04",
)
WARNING = Finding("AW401", "TBD is still to be written", Severity.WARNING, Place("a.yaml", 9))
NOTE = Finding("AW352", "no time zone is given", Severity.NOTE, Place("b.yaml"))
PLACELESS = Finding("AW503", "Pango is missing", hint="apt install libpango")
ALL = (NOTE, WARNING, PLACELESS, FULL)

findings = st.builds(
    Finding,
    st.sampled_from(sorted(CODES)),
    st.text(),
    st.sampled_from(Severity),
    st.none() | st.builds(Place, st.text(min_size=1), st.integers(0, 99), st.integers(0, 99)),
    *[st.text()] * 4,
)


def test_text_reads_like_a_compilers() -> None:
    """Place, severity, code and message on one line, what helps below it, a count at the end."""
    assert as_text(ALL) == (
        "error AW503: Pango is missing\n"
        "  hint: apt install libpango\n"
        "a.yaml:3:7: error AW302: '3/4/2023' reads two ways\n"
        "  field: timeline[0].at\n"
        "  value: 3/4/2023\n"
        "  expected: a date that reads one way\n"
        "  hint: write 2023-03-04\n"
        "a.yaml:9: warning AW401: TBD is still to be written\n"
        "b.yaml: note AW352: no time zone is given\n"
        "2 errors, 1 warning, 1 note in 2 files"
    )


def test_no_findings_are_no_text() -> None:
    """Nothing to tell, nothing told."""
    assert (as_text(()), as_github(())) == ("", "")
    assert json.loads(as_json(()))["findings"] == []
    assert json.loads(as_sarif(()))["runs"][0]["results"] == []


def test_json_has_every_field() -> None:
    """Under its own name, with a version to hold on to."""
    data = json.loads(as_json([FULL]))

    assert data["version"] == 1
    assert data["findings"] == [
        {
            "code": "AW302",
            "name": "ambiguous-date",
            "severity": "error",
            "message": "'3/4/2023' reads two ways",
            "file": "a.yaml",
            "line": 3,
            "column": 7,
            "paragraph": 0,
            "path": "timeline[0].at",
            "value": "3/4/2023",
            "expected": "a date that reads one way",
            "hint": "write 2023-03-04",
        }
    ]


def sarif(*found: Finding) -> dict[str, Any]:
    """Return the one run of findings as SARIF."""
    log = json.loads(as_sarif(found))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert isinstance(run, dict)
    return run


def test_sarif_has_a_rule_for_every_code() -> None:
    """The driver is named, and every result names one of its rules."""
    run = sarif(*ALL)
    driver = run["tool"]["driver"]

    assert driver["name"] == "Afterword"
    assert driver["version"]
    assert [rule["id"] for rule in driver["rules"]] == list(CODES)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])
    assert [result["ruleId"] for result in run["results"]] == ["AW503", "AW302", "AW401", "AW352"]


def test_sarif_says_where() -> None:
    """Line and column as far as they are known; columns count characters."""
    run = sarif(*ALL)
    placeless, full, warning, note = run["results"]

    assert run["columnKind"] == "unicodeCodePoints"
    assert placeless["locations"] == []
    assert full["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a.yaml"},
                "region": {"startLine": 3, "startColumn": 7},
            },
            "logicalLocations": [{"fullyQualifiedName": "timeline[0].at"}],
        }
    ]
    assert warning["locations"][0]["physicalLocation"]["region"] == {"startLine": 9}
    assert "region" not in note["locations"][0]["physicalLocation"]
    assert [result["level"] for result in run["results"]] == ["error", "error", "warning", "note"]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("in/a b.yaml", "in/a%20b.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
        ("é#?.yaml", "%C3%A9%23%3F.yaml"),
        ("/in/a b.yaml", "file:///in/a%20b.yaml"),
        (os.fsdecode(b"\xff.yaml"), "%FF.yaml"),
    ],
)
def test_sarif_names_files_by_uri(file: str, uri: str) -> None:
    """Whatever their names, even those that are not UTF-8."""
    (result,) = sarif(Finding("AW101", "x", place=Place(file)))["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_workflow_commands_are_escaped() -> None:
    """As GitHub's runner reads them: `%`, line breaks, and in properties `:` and `,` as well."""
    nasty = Finding("AW104", "100%\r\nbad: a,b", place=Place("a,b:c%.yaml", 2, 3), hint="mend\nit")

    assert as_github([nasty]) == (
        "::error file=a%2Cb%3Ac%25.yaml,line=2,col=3,title=AW104 syntax::100%25%0D%0Abad: a,b; mend%0Ait"
    )
    assert [line.split(" ")[0] for line in as_github([WARNING, NOTE]).splitlines()] == ["::warning", "::notice"]
    assert as_github([PLACELESS]).startswith("::error title=AW503 engine-missing::")


def test_nothing_in_a_finding_steers_a_terminal() -> None:
    """Control characters, direction overrides and half characters are shown as escapes; letters stay."""
    nasty = Finding("AW104", "a\x1b[31m\u202eb\ud800c\r\nd", place=Place("x\x07.yaml"), value="سلام 👩\u200d👧 é")
    text = as_text([nasty])

    assert "a\\x1b[31m\\u202eb\\ud800c\\r\\nd" in text
    assert "x\\x07.yaml" in text
    assert "سلام 👩\u200d👧 é" in text


@settings(deadline=None)
@given(st.lists(findings, max_size=4))
def test_any_finding_can_be_told_in_every_format(found: list[Finding]) -> None:
    """What comes back is text that UTF-8 can carry, one line for each workflow command, and JSON that parses."""
    for tell in (as_text, as_json, as_sarif, as_github):
        tell(found).encode("utf-8")

    assert len(as_github(found).splitlines()) == len(found)
    assert len(json.loads(as_json(found))["findings"]) == len(found)
    assert len(json.loads(as_sarif(found))["runs"][0]["results"]) == len(found)
