"""The other commands: new, schema, doctor, help, version, completion."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runner import Afterword


def test_new_makes_a_file_that_validates_as_a_draft(afterword: Afterword, tmp_path: Path) -> None:
    """The scaffold has no faults and renders."""
    made = afterword("new", "incident.yaml", "--id", "INC: 42", "--title", 'A "quoted" title')

    assert made.code == 0
    assert afterword("check", "incident.yaml").code == 0
    assert afterword("render", "incident.yaml", "--to", "md").code == 0
    assert [path.name for path in tmp_path.glob("*.md")] == ["INC-42.md"]


def test_new_overwrites_nothing(afterword: Afterword, tmp_path: Path) -> None:
    """A file that is there stays, unless told otherwise."""
    (tmp_path / "mine.yaml").write_text("mine", "utf-8")

    assert afterword("new", "mine.yaml").code == 1
    assert (tmp_path / "mine.yaml").read_text("utf-8") == "mine"
    assert afterword("new", "mine.yaml", "--force").code == 0


@pytest.mark.parametrize("day", ["nonsense", "2023-02-30", "3/4/2023", "0001-01-01", "tomorrow", " "])
def test_new_takes_no_date_that_would_not_validate(afterword: Afterword, tmp_path: Path, day: str) -> None:
    """It is a wrong call, and no file is made."""
    ran = afterword("new", "incident.yaml", "--date", day)

    assert ran.code == 2
    assert "--date" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("day", ["2023-08-13", "8/13/2023", "13 August 2023", "13.8.2023"])
def test_new_takes_every_date_that_a_record_may_have(afterword: Afterword, day: str) -> None:
    """As it is written."""
    assert afterword("new", "incident.yaml", "--date", day).code == 0
    assert afterword("check", "incident.yaml").code == 0


def test_new_writes_yaml_only(afterword: Afterword) -> None:
    """Another suffix is a wrong call; `-` is standard output."""
    assert afterword("new", "x.json").code == 2
    assert "title:" in afterword("new", "-").out


def test_schema_is_json(afterword: Afterword) -> None:
    """What `schema` prints is a JSON Schema."""
    ran = afterword("schema")

    assert ran.code == 0
    assert json.loads(ran.out)["$schema"].startswith("https://json-schema.org/")


def test_schema_is_written_to_a_file(afterword: Afterword, tmp_path: Path) -> None:
    """With -o the schema becomes a file, which is overwritten only with --force."""
    file = tmp_path / "incident.schema.json"
    assert afterword("schema", "-o", str(file)).code == 0
    assert json.loads(file.read_text("utf-8"))["$id"].startswith("urn:")
    assert afterword("schema", "-o", str(file)).code == 1
    assert afterword("schema", "-o", str(file), "--force").code == 0


def test_doctor_tells_what_is_there(afterword: Afterword) -> None:
    """Where the tests run, a PDF can be made, and the doctor names versions and fonts."""
    ran = afterword("doctor")

    assert ran.code == 0
    assert all(word in ran.out.lower() for word in ("weasyprint", "pango", "noto sans"))


@pytest.mark.parametrize("command", ["new", "check", "render", "schema", "doctor"])
def test_every_command_has_help(afterword: Afterword, command: str) -> None:
    """Help says what a command does, with an example."""
    ran = afterword(command, "-h")

    assert ran.code == 0
    assert "Usage" in ran.out
    assert f"afterword {command} " in ran.out.partition("Example")[2]


def test_version(afterword: Afterword) -> None:
    """`--version` names the tool and its version."""
    assert afterword("--version").out.startswith("afterword ")


@pytest.mark.parametrize(("instruction", "words"), [("source_bash", "complete -o"), ("complete_bash", "render")])
def test_completion_works(instruction: str, words: str) -> None:
    """The script for a shell is printed, and what it then asks for is completed, whatever shell the tests run in."""
    env = {**os.environ, "_AFTERWORD_COMPLETE": instruction, "COMP_WORDS": "afterword ren", "COMP_CWORD": "1"}
    command = Path(sys.executable).with_name("afterword")

    ran = subprocess.run([command], env=env, capture_output=True, check=True)

    assert words in ran.stdout.decode()
