"""The other commands: new, schema, doctor, help, version, completion."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_runner import Afterword


def test_new_makes_a_file_that_validates_as_a_draft(afterword: Afterword, tmp_path: Path) -> None:
    """The scaffold has no faults and renders."""
    made = afterword("new", "incident.yaml", "--id", "INC: 42", "--title", 'A "quoted" title')

    assert made.code == 0
    assert afterword("check", "incident.yaml").code == 0
    assert afterword("render", "incident.yaml", "--to", "md").code == 0
    assert (tmp_path / "INC- 42.md").exists() or len(list(tmp_path.glob("INC*.md"))) == 1


def test_new_overwrites_nothing(afterword: Afterword, tmp_path: Path) -> None:
    """A file that is there stays, unless told otherwise."""
    (tmp_path / "mine.yaml").write_text("mine", "utf-8")

    assert afterword("new", "mine.yaml").code == 1
    assert (tmp_path / "mine.yaml").read_text("utf-8") == "mine"
    assert afterword("new", "mine.yaml", "--force").code == 0


def test_new_writes_yaml_only(afterword: Afterword) -> None:
    """Another suffix is a wrong call; `-` is standard output."""
    assert afterword("new", "x.json").code == 2
    assert "title:" in afterword("new", "-").out


def test_schema_is_json(afterword: Afterword) -> None:
    """What `schema` prints is a JSON Schema."""
    ran = afterword("schema")

    assert ran.code == 0
    assert json.loads(ran.out)["$schema"].startswith("https://json-schema.org/")


def test_doctor_tells_what_is_there(afterword: Afterword) -> None:
    """Where the tests run, a PDF can be made, and the doctor names versions and fonts."""
    ran = afterword("doctor")

    assert ran.code == 0
    assert all(word in ran.out.lower() for word in ("weasyprint", "pango", "noto sans"))


@pytest.mark.parametrize("command", ["new", "check", "render", "schema", "doctor"])
def test_every_command_has_help(afterword: Afterword, command: str) -> None:
    """Help says what a command does."""
    ran = afterword(command, "--help")

    assert ran.code == 0
    assert "Usage" in ran.out


def test_version(afterword: Afterword) -> None:
    """`--version` names the tool and its version."""
    assert afterword("--version").out.startswith("afterword ")


def test_completion_can_be_had(afterword: Afterword) -> None:
    """The script for a shell's completion is printed."""
    ran = afterword("--show-completion", "bash")

    assert ran.code == 0
    assert "afterword" in ran.out or "complete" in ran.out
