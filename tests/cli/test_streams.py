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

signal.signal(signal.SIGINT, signal.default_int_handler)  # shells ignore it for what they start in the background
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup does

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


def test_text_of_a_source_is_shown_as_it_is(afterword: Afterword, tmp_path: Path) -> None:
    """`:x:` is no picture and `[b]` no markup, wherever they stand: in values, names, and the name of an archive."""
    (tmp_path / "pass[b]wd.yaml").write_text(SMALL.replace("2023-08-13", "'root:x:0 [b] :smile:'"), "utf-8")

    ran = afterword("import", "pass[b]wd.yaml")

    assert "root:x:0 [b] :smile:" in ran.err
    assert "pass[b]wd.yaml:3:7" in ran.err


def test_an_archive_is_named_as_it_is(afterword: Afterword, small: Path) -> None:
    """Square brackets in the name of an archive are part of it, also where markup would end there."""
    ran = afterword("archive", small.name, "-o", "a[/b]", "--to", "md")

    assert (ran.code, "a[/b]" in ran.err) == (0, True)


def test_each_note_of_an_import_is_one_line(afterword: Afterword, tmp_path: Path) -> None:
    """Also where the name of the source has a line break."""
    (tmp_path / "a\nb.md").write_text("# Outage\n\nDate: 2024-05-03\n", "utf-8")

    ran = afterword("import", "a\nb.md", "-o", "out.yaml")

    assert all(line.split()[0] in {"field", "found", "guessed", "leftover"} for line in ran.err.splitlines())
    assert "a\\nb.md:1:3" in ran.err


@pytest.mark.parametrize("command", ["import small.yaml", "render small.yaml --to md -o -"])
def test_what_goes_to_closed_standard_output_is_told(small: Path, command: str) -> None:
    """A command whose whole output would be lost does not end as if all were fine."""
    done = shell(small.parent, f"afterword {command} >&-")

    assert (done.returncode, "standard output is closed" in done.stderr) == (1, True)


def test_yaml_on_standard_output_is_utf8(small: Path) -> None:
    """YAML is UTF-8, whatever the encoding of the terminal: an escape outside quotes would be other text."""
    small.write_text(SMALL + "summary: é\n", "utf-8")

    done = shell(small.parent, "afterword import small.yaml | od -An -tx1", LC_ALL="C", PYTHONIOENCODING="ascii")

    assert "c3 a9" in done.stdout


@pytest.mark.parametrize("command", ["import -", "check -", "render - --to md -o out", "archive - -o out"])
@pytest.mark.parametrize("data", [b"%PDF-1.7\n\0", b"id: 1\n"])
def test_an_unknown_format_is_a_wrong_call(afterword: Afterword, command: str, data: bytes) -> None:
    """It is told before anything is read, whatever the source holds."""
    ran = afterword(*command.split(), "--from", "nonsense", stdin=data)

    assert (ran.code, "unknown format 'nonsense'" in ran.err) == (2, True)


def test_formats_are_named_in_any_case(afterword: Afterword) -> None:
    """`--from YAML` is `--from yaml`."""
    assert afterword("check", "-", "--from", "YAML", stdin=SMALL.encode()).code == 0


SLOW_AND_NOT_WAITED_FOR = """
import os, subprocess, sys, time

ours, theirs = os.pipe()
os.set_blocking(ours, False)
with subprocess.Popen([sys.executable, "-m", "afterword", "import", "-"], stdin=ours) as command:
    for part in (b"id: T-1\\ntitle: A\\n", b"date: 2023-08-13\\n", b"summary: the end\\n"):
        time.sleep(0.7)
        os.write(theirs, part)
    os.close(theirs)
sys.exit(command.returncode)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows are always waited for")
def test_standard_input_is_read_to_its_end(tmp_path: Path) -> None:
    """Also where the program before it told the pipe not to wait, and writes slowly."""
    code = [sys.executable, "-c", SLOW_AND_NOT_WAITED_FOR]

    done = subprocess.run(code, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (done.returncode, "summary: the end" in done.stdout) == (0, True), done.stderr


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="Windows has no such devices")
def test_a_theme_that_is_no_file_is_told(afterword: Afterword, small: Path) -> None:
    """A device without an end and a pipe without a writer are refused before they are read."""
    os.mkfifo(small.parent / "pipe.toml")

    for theme in ("/dev/zero", "pipe.toml"):
        ran = afterword("render", small.name, "--to", "md", "--theme", theme)
        assert (ran.code, "AW601" in ran.err) == (1, True)
