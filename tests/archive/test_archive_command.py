"""`afterword archive` as its users run it: real workers, real signals, real disks."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree as ET

import bagit
import pytest
from archive_runner import contents, order_for, record, run, write

from effort import FULL

ROOT = Path(__file__).parents[2]


def _command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "afterword", "archive", *map(str, arguments)]


def _ran(*arguments: str | Path, stdin: str = "", limit: int = 0) -> subprocess.CompletedProcess[str]:
    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    done = subprocess.run(
        _command(*arguments),
        capture_output=True,
        text=True,
        input=stdin,
        check=False,
        preexec_fn=limited if limit else None,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "120"},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def test_an_archive_of_real_documents(tmp_path: Path) -> None:
    """PDF and Word draft by warm workers, a faulty one listed; summary, JSON, JUnit XML, and a valid bag."""
    sources = write(tmp_path / "in", 1, 2)
    (sources / "bad.json").write_text('{"id": "B"}', "utf-8")
    junit, report = tmp_path / "junit.xml", tmp_path / "report.json"

    done = _ran(sources, "-o", tmp_path / "archive", "-j", "2", "--junit", junit, "--report", report)

    assert done.returncode == 1
    assert "AW202" in done.stderr
    assert "done     2" in done.stderr
    assert bagit.Bag(str(tmp_path / "archive")).is_valid()
    assert {path.suffix for path in (tmp_path / "archive/data/2023").rglob("*.*")} == {".pdf", ".docx"}
    told = json.loads(report.read_text("utf-8"))
    assert told["counts"] | {"done": 2, "failed": 1} == told["counts"]
    assert json.loads((tmp_path / "archive/.afterword/report.json").read_text("utf-8"))["version"] == 1
    suite = ET.parse(junit).getroot()  # noqa: S314 (we wrote it)
    assert (suite.get("tests"), suite.get("failures")) == ("4", "1")


def test_a_binder_is_a_part_of_the_bag(tmp_path: Path) -> None:
    """`--binder` makes one PDF of all, a part of the bag, left alone where nothing changed; it needs PDFs."""
    sources, archive = write(tmp_path / "in", 1, 2), tmp_path / "archive"
    assert _ran(sources, "-o", archive, "--to", "pdf", "--binder").returncode == 0
    assert (archive / "data/binder.pdf").read_bytes().startswith(b"%PDF")
    assert bagit.Bag(str(archive)).is_valid()
    made = (archive / "data/binder.pdf").stat().st_mtime_ns
    assert _ran(sources, "-o", archive, "--to", "pdf", "--binder").returncode == 0
    assert (archive / "data/binder.pdf").stat().st_mtime_ns == made
    assert _ran(sources, "-o", archive, "--to", "json", "--binder").returncode == 2


def test_standard_input_is_json_lines(tmp_path: Path) -> None:
    """Another program's output becomes an archive, with places in its lines."""
    lines = "".join(json.dumps(record(number)) + "\n" for number in (1, 2)) + "{\n"

    done = _ran("-", "-o", tmp_path / "archive", "--to", "json", stdin=lines)

    assert done.returncode == 1
    assert "<stdin>:3" in done.stderr
    assert "data/2023/INC-2/outage-number-2.json" in contents(tmp_path / "archive")


def test_every_report_is_an_event(tmp_path: Path) -> None:
    """`--log-format json` prints one object a line, nothing else."""
    done = _ran(write(tmp_path / "in", 1, 2), "-o", tmp_path / "archive", "--to", "json", "--log-format", "json")

    events = [json.loads(line) for line in done.stdout.splitlines()]
    assert [each["event"] for each in events] == ["planned", "report", "report", "summary"]
    assert (done.stderr, done.returncode) == ("", 0)


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_nobody_has_to_listen_to_the_end(tmp_path: Path, stream: str) -> None:
    """`| head -1` and the end of a terminal's other side leave a whole archive, and the exit code says how it went."""
    sources, archive = write(tmp_path / "in", *range(20)), tmp_path / "archive"
    log = ("--log-format", "json") if stream == "stdout" else ()
    (sources / "bad.json").write_text("{", "utf-8")
    reader, writer = os.pipe()
    os.close(reader)
    command = [*_command(sources, "-o", archive, "--to", "json,md", "-j", "1"), *log]

    out, err = (writer, subprocess.PIPE) if stream == "stdout" else (subprocess.PIPE, writer)
    done = subprocess.run(command, text=True, check=False, stdout=out, stderr=err)
    os.close(writer)

    assert (done.returncode, done.stdout or "", done.stderr or "") == (1, "", "")
    assert bagit.Bag(str(archive)).is_valid()
    (sources / "bad.json").unlink()
    again = run(order_for(sources, archive))
    assert (again.counts["unchanged"], again.was_cut_off) == (20, False)


def _on_a_terminal(columns: int, *arguments: str | Path) -> str:
    """Return what the command writes on a terminal of so many columns."""
    outer, inner = os.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    with subprocess.Popen(_command(*arguments), stderr=inner, stdout=inner, env=environment):
        os.close(inner)
        told = b""
        with suppress(OSError):  # that is how Linux says that nobody writes any more
            while block := os.read(outer, 1 << 16):
                told += block
    os.close(outer)
    return told.decode()


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_progress_fits_the_terminal_and_leaves_nothing_behind(tmp_path: Path, columns: int) -> None:
    """How many are done is shown at any width, and what is told of a record takes the place of the bar."""
    sources = write(tmp_path / "in", *range(3))
    (sources / "bad.json").write_text("{", "utf-8")

    told = _on_a_terminal(columns, sources, "-o", tmp_path / "archive", "--to", "json", "-j", "1")

    before, _, _ = told.partition(str(sources / "bad.json") + ":1")
    assert re.sub(r"\x1b\[[\d;]*m", "", before).endswith("\x1b[2K")
    assert "0/3" in told


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM] if FULL else [signal.SIGINT])
def test_being_told_to_stop_ends_cleanly_and_says_how_to_go_on(tmp_path: Path, number: int) -> None:
    """What is under way is ended, the bag is valid, and the same command carries on."""
    sources, archive = write(tmp_path / "in", *range(200)), tmp_path / "archive"
    command = _command(sources, "-o", archive, "--to", "json,md,html", "-j", "2", "--log-format", "json")
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        assert running.stdout is not None
        for _ in range(4):
            running.stdout.readline()
        os.killpg(running.pid, number)  # as a terminal does: the workers get it too
        _, told = running.communicate(timeout=60)

    assert running.returncode == 130
    assert "run the same command again" in told
    assert bagit.Bag(str(archive)).is_valid()
    assert run(order_for(sources, tmp_path / "whole")).is_fine
    assert _ran(sources, "-o", archive, "--to", "json,md").returncode == 0
    assert contents(archive) == contents(tmp_path / "whole")


def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    """Files that do not fit are named, with what to do; what was there before is there still, and whole."""
    sources, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    run(order_for(sources, archive))
    before = contents(archive)
    write(sources, 1, summary="much " * 40_000)

    done = _ran(sources, "-o", archive, "--to", "json,md", limit=150_000)

    assert done.returncode == 1
    assert "AW702" in done.stderr
    assert {path: data for path, data in contents(archive).items() if "INC-1" in path} == {
        path: data for path, data in before.items() if "INC-1" in path
    }
    assert _ran(sources, "-o", archive, "--to", "json,md").returncode == 0


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    """No permission: what, where, and what to do."""
    (tmp_path / "locked").mkdir(mode=0o500)

    done = _ran(write(tmp_path / "in", 1), "-o", tmp_path / "locked" / "archive")

    assert done.returncode == 1
    assert "AW702" in done.stderr


def test_a_target_under_a_file_is_told(tmp_path: Path) -> None:
    """A part of the path that is a file cannot hold an archive."""
    (tmp_path / "file").write_text("x", "utf-8")

    done = _ran(write(tmp_path / "in", 1), "-o", tmp_path / "file" / "archive")

    assert done.returncode == 1
    assert "AW702" in done.stderr


def test_a_source_that_is_not_there_fails_alone(tmp_path: Path) -> None:
    """The others are made."""
    done = _ran(write(tmp_path / "in", 1), tmp_path / "gone.yaml", "-o", tmp_path / "archive", "--to", "json")

    assert done.returncode == 1
    assert "AW101" in done.stderr
    assert "data/2023/INC-1/outage-number-1.json" in contents(tmp_path / "archive")


def test_a_stuck_report_is_ended_and_named(tmp_path: Path) -> None:
    """A time limit that no report can meet fails each of them, and the run comes to its end."""
    done = _ran(write(tmp_path / "in", 1), "-o", tmp_path / "archive", "--to", "pdf", "--timeout", "0.001")

    assert done.returncode == 1
    assert "AW70" in done.stderr


def test_a_clock_that_was_set_back_changes_nothing(tmp_path: Path) -> None:
    """Files from the future are compared by content, so that a change is seen whatever their times say."""
    sources = write(tmp_path / "in", 1)
    future = time.time_ns() + 10**15
    os.utime(sources / "001.json", ns=(future, future))
    run(order_for(sources, tmp_path / "archive"))
    assert run(order_for(sources, tmp_path / "archive")).counts["unchanged"] == 1

    write(sources, 1, title="Outage nummer 1")
    os.utime(sources / "001.json", ns=(future, future))

    assert run(order_for(sources, tmp_path / "archive")).counts["done"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ["--name", "../{id}.{ext}"],
        ["--to", "odt"],
        ["--executor", "dask"],
        ["--scheduler", "x"],
        ["--theme", "nonsense"],
        ["--since", "2023-02-01", "--until", "2023-01-31"],
    ],
)
def test_calls_that_make_no_sense_are_refused(tmp_path: Path, arguments: list[str]) -> None:
    """Exit code 2, and nothing is made."""
    done = _ran(write(tmp_path / "in", 1), "-o", tmp_path / "archive", *arguments)

    assert done.returncode == 2
    assert not (tmp_path / "archive" / "data").exists()


def test_a_dry_run_shows_what_prune_would_remove(tmp_path: Path) -> None:
    """In lines and as events, before anything is lost; a record that was only moved is not among them."""
    sources, archive = write(tmp_path / "in", 1, 2, 3), tmp_path / "archive"
    run(order_for(sources, archive))
    before = contents(archive)
    (sources / "001.json").unlink()
    (sources / "002.json").rename(sources / "moved.json")

    lines = _ran(sources, "-o", archive, "--to", "json,md", "--dry-run", "--prune").stdout.splitlines()
    events = _ran(sources, "-o", archive, "--to", "json,md", "--dry-run", "--log-format", "json").stdout.splitlines()

    assert [line for line in lines if line.startswith(("removed", "gone"))] == [
        f"removed    {sources}/001.json → data/2023/INC-1/outage-number-1.json, data/2023/INC-1/outage-number-1.md"
    ]
    plan = [event for event in map(json.loads, events) if event["event"] == "plan"]
    assert [event["stem"] for event in plan if event["fate"] == "gone"] == ["data/2023/INC-1/outage-number-1"]
    assert contents(archive) == before


def test_who_may_read_an_archive_is_for_the_umask_to_say(tmp_path: Path) -> None:
    """With 077 nobody else reads a report; with 002 the group may change the files as well as the folders."""
    sources = write(tmp_path / "in", 1)
    for mask, mode in ((0o077, 0o600), (0o002, 0o664)):
        archive = tmp_path / f"{mask:o}"
        subprocess.run(_command(sources, "-o", archive, "--to", "json", "-q"), check=True, umask=mask)
        files = [path for path in archive.rglob("*") if path.is_file() and ".afterword" not in path.parts]
        assert {path.stat().st_mode & 0o777 for path in files} == {mode}
