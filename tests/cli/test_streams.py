"""Streams, names and signals that go wrong are told in a sentence, never in a traceback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from cli_runner import SMALL, Afterword

COMMAND = f"{sys.executable} -m afterword"


def shell(folder: Path, line: str, **environ: str) -> subprocess.CompletedProcess[str]:
    """Return what a line of shell leaves, in which `afterword` is the command."""
    return subprocess.run(
        ["sh", "-c", line.replace("afterword", COMMAND)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
    )


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("afterword check - <&-", 1, "standard input is closed"),
        ("afterword render - --to md -o out <&-", 1, "standard input is closed"),
        ("afterword render small.yaml --to md -o - >&-", 1, "standard output is closed"),
        ("afterword schema >&-", 0, ""),
        ("afterword schema >/dev/full", 1, "cannot be written"),
        ("afterword check bad.yaml >/dev/full", 1, "cannot be written"),
        ("afterword render small.yaml --to md -o - >/dev/full", 1, "cannot be written"),
        ("afterword render small.yaml --to md -o out >/dev/full", 1, "cannot be written"),
        ("afterword --help >/dev/full", 1, "cannot be written"),
        ("afterword doctor >/dev/full", 1, "cannot be written"),
    ],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a device that is always full")
def test_a_stream_that_fails_is_told(small: Path, line: str, code: int, told: str) -> None:
    """Closed input, closed output and a full disk behind standard output end the command with a sentence."""
    (small.parent / "bad.yaml").write_text("id: x\n", "utf-8")

    done = shell(small.parent, line)

    assert (done.returncode, told in done.stdout + done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("command", ["doctor", "check small.yaml", "schema", "render small.yaml --to md -o out"])
def test_a_narrow_encoding_is_no_obstacle(small: Path, command: str) -> None:
    """Signs that the terminal's encoding lacks are written in another way."""
    done = shell(small.parent, f"afterword {command}", LC_ALL="C", PYTHONIOENCODING="ascii")

    assert (done.returncode, done.stderr) == (0, "")


def test_a_name_that_the_system_cannot_spell_is_told(small: Path) -> None:
    """Where names of files are ASCII, an id in another script gives an error that says what to do."""
    small.write_text(SMALL.replace("T-1", "ኢ-1"), "utf-8")

    done = shell(
        small.parent,
        "afterword render small.yaml --to md -o out",
        LC_ALL="C",
        PYTHONUTF8="0",
        PYTHONCOERCECLOCALE="0",
    )

    assert done.returncode == 1
    assert "AW702" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (small.parent / "out").exists()


def test_names_that_are_no_files_are_told(afterword: Afterword, tmp_path: Path) -> None:
    """A name of 300 letters and a circle of links cannot be read; an empty name is a wrong call."""
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")

    for name in ("x" * 300 + ".yaml", "loop.yaml"):
        for command in ("check", "render"):
            ran = afterword(command, name)
            assert (ran.code, "AW101" in ran.out + ran.err) == (1, True)
    assert (afterword("check", "").code, afterword("check", "").err) == (
        2,
        "afterword: the name of a source is empty\n",
    )


@pytest.mark.parametrize("record", ['{"id": "T-1", "title": "A", "date": "2023-08-13"}', None])
def test_a_source_is_not_replaced_by_its_own_document(afterword: Afterword, tmp_path: Path, record: str | None) -> None:
    """JSON is read and written; a source stays as its author wrote it, also if it looks as this tool writes."""
    text = record or afterword("render", "-", "--to", "json", "-o", "-", stdin=SMALL.encode()).out
    (tmp_path / "T-1.json").write_text(text, "utf-8")

    ran = afterword("render", "T-1.json", "--to", "json")

    assert (ran.code, "AW701" in ran.err) == (1, True)
    assert (tmp_path / "T-1.json").read_text("utf-8") == text
    assert afterword("render", "T-1.json", "--to", "json", "--force").code == 0


def test_a_record_that_somebody_wrote_is_not_ours(afterword: Afterword, small: Path, tmp_path: Path) -> None:
    """A JSON record with the same id, set out by hand, is a foreign file."""
    (tmp_path / "T-1.json").write_text('{"id":"T-1","title":"Mine","date":"2023-08-13"}', "utf-8")

    assert "AW701" in afterword("render", small.name, "--to", "json").err


SENDS_A_SIGNAL_WHILE_WRITING = """
import os, signal, sys
import afterword.output
from afterword.cli import main

def interrupted(handle):
    os.kill(os.getpid(), {number})

afterword.output.os.fsync = interrupted
sys.argv = ["afterword", "render", "small.yaml", "--to", "md,html", "-o", "out/new"]
main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupt_while_writing_leaves_nothing_behind(small: Path, number: signal.Signals) -> None:
    """Neither a half document nor a temporary file nor a new folder stays, and the code is 128 plus the signal."""
    code = SENDS_A_SIGNAL_WHILE_WRITING.format(number=int(number))

    done = subprocess.run([sys.executable, "-c", code], cwd=small.parent, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (128 + number, "")
    assert [path.name for path in small.parent.iterdir()] == ["small.yaml"]


@pytest.mark.parametrize(("environ", "shown"), [({}, False), ({"AFTERWORD_TRACEBACK": "1"}, True)])
def test_a_fault_of_our_own_is_owned_up_to(small: Path, environ: dict[str, str], *, shown: bool) -> None:
    """Nobody is shown our code unless they ask for it."""
    code = (
        "import sys, afterword.cli.render as command\n"
        "def broken(*_): raise RuntimeError('oh')\n"
        "command.render_loaded = broken\n"
        "sys.argv = ['afterword', 'render', 'small.yaml']\n"
        "from afterword.cli import main\nmain()\n"
    )

    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=small.parent,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environ},
    )

    assert done.returncode == 1
    assert "a fault of Afterword itself" in done.stderr
    assert ("Traceback" in done.stderr) is shown
