"""`afterword check` tells every fault in four forms and says by its exit code whether there are any."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_runner import Afterword

FAULTY = "id: T-1\ntitel: x\ndate: 3/4/2023\nstatus: gone\n"


def test_a_sound_file_is_fine(afterword: Afterword, small: Path) -> None:
    """Exit code 0, and one line that says so."""
    ran = afterword("check", str(small))

    assert (ran.code, ran.err) == (0, "")
    assert "fine" in ran.out


def test_all_faults_come_in_one_run(afterword: Afterword, tmp_path: Path) -> None:
    """An unknown field, a missing one, an ambiguous date and a bad choice are told together, with their places."""
    (tmp_path / "f.yaml").write_text(FAULTY, "utf-8")

    ran = afterword("check", "f.yaml")

    assert ran.code == 1
    assert all(code in ran.out for code in ("AW201", "AW202", "AW302", "AW204"))
    assert "f.yaml:2:1" in ran.out
    assert "f.yaml:3:7" in ran.out
    assert "did you mean `title`" in ran.out


def test_json_has_every_field_of_a_finding(afterword: Afterword, tmp_path: Path) -> None:
    """Findings as JSON can be read by a program."""
    (tmp_path / "f.yaml").write_text(FAULTY, "utf-8")

    ran = afterword("check", "f.yaml", "--format", "json")

    text = json.dumps(json.loads(ran.out))
    assert ran.code == 1
    assert "AW302" in text
    assert "f.yaml" in text


def test_sarif_names_rules_and_places(afterword: Afterword, tmp_path: Path) -> None:
    """Findings as SARIF 2.1.0 carry rule, level and region."""
    (tmp_path / "f.yaml").write_text(FAULTY, "utf-8")

    run = json.loads(afterword("check", "f.yaml", "--format", "sarif").out)["runs"][0]

    result = next(each for each in run["results"] if each["ruleId"] == "AW302")
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startLine"], region["startColumn"]) == (3, 7)
    assert result["level"] == "error"


def test_github_annotations_are_escaped(afterword: Afterword, tmp_path: Path) -> None:
    """Findings as workflow commands stand on one line each."""
    (tmp_path / "f.yaml").write_text(FAULTY, "utf-8")

    ran = afterword("check", "f.yaml", "--format", "github")

    assert all(line.startswith("::") for line in ran.out.splitlines() if line)
    assert "file=f.yaml,line=3,col=7" in ran.out


def test_warnings_pass_unless_strict(afterword: Afterword, tmp_path: Path) -> None:
    """A placeholder in a draft is a warning; `--strict` lets it fail."""
    (tmp_path / "d.yaml").write_text("id: 1\ntitle: t\ndate: 2023-08-13\nsummary: TBD\n", "utf-8")

    assert afterword("check", "d.yaml").code == 0
    assert afterword("check", "d.yaml", "--strict").code == 1


def test_standard_input_is_read(afterword: Afterword) -> None:
    """`-` is standard input, its format found by content or said."""
    ran = afterword("check", "-", "--from", "json", stdin=b'{"id": "1", "title": "t", "date": "2023-08-13"}')
    found = afterword("check", "-", stdin=b'{"id": "1"}')

    assert ran.code == 0
    assert "<stdin>:1:1" in found.out


@pytest.mark.parametrize(
    ("arguments", "code"), [(("nothere.yaml",), 1), ((".",), 2), ((), 2), (("x", "--format", "no"), 2)]
)
def test_exit_codes(afterword: Afterword, arguments: tuple[str, ...], code: int) -> None:
    """A file that is not there is a finding; a folder, no file or an unknown format is a wrong call."""
    assert afterword("check", *arguments).code == code
