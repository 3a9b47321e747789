"""Runs that are killed at any instant, and what the next run makes of what they left."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import bagit
import psutil
import pytest
from archive_runner import contents, write

from afterword.archive.verify import verify
from effort import examples

ROUNDS = examples(2, 30)
REPORTS = 60
FORMATS = "pdf,html,json" if os.environ.get("AFTERWORD_CHAOS_PDF") == "1" else "html,json"

pytestmark = [pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL"), pytest.mark.xdist_group("chaos")]


def _started(sources: Path, archive: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "afterword", "archive", str(sources), "-o", str(archive), "--to", FORMATS]
    told = (archive.parent / "told.txt").open("ab")
    with told:
        return subprocess.Popen([*command, "-j", "2", "-q"], stderr=told, start_new_session=True)


def _run(sources: Path, archive: Path) -> None:
    assert _started(sources, archive).wait(300) == 0, (archive.parent / "told.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], float]:
    """Return sources, the bag that an undisturbed run makes of them, and how many seconds that took."""
    folder = tmp_path_factory.mktemp("undisturbed")
    sources = write(folder / "in", *range(REPORTS), summary="All *payments* failed.", attachments=["log.txt"])
    (sources / "log.txt").write_text("08:31 refused", "utf-8")
    start = time.monotonic()
    _run(sources, folder / "archive")
    return sources, contents(folder / "archive"), time.monotonic() - start


def _victim(run: subprocess.Popen[bytes], chance: random.Random) -> int:
    """Return the process that is killed: the coordinator, or one of those that it started."""
    others = psutil.Process(run.pid).children(recursive=True)
    return chance.choice([run.pid, *(each.pid for each in others)]) if others else run.pid


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_run_killed_at_any_instant_is_carried_on_to_the_same_bag(
    tmp_path: Path, undisturbed: tuple[Path, dict[str, bytes], float], number: int
) -> None:
    """No part of a file under a final name, then a valid bag, byte for byte that of the undisturbed run."""
    sources, wanted, seconds = undisturbed
    chance = random.Random(number)  # noqa: S311 (a dice, not a secret)
    archive = tmp_path / "archive"
    run = _started(sources, archive)
    time.sleep(chance.uniform(0.1, seconds))
    if run.poll() is None:
        victim = _victim(run, chance)
        with_coordinator = victim == run.pid
        os.kill(victim, signal.SIGKILL)
        if not with_coordinator:
            assert run.wait(300) == 0
    run.wait(300)
    left = contents(archive) if archive.exists() else {}
    partial = [path for path, data in left.items() if path.startswith("data/2") and data != wanted[path]]
    assert partial == []

    _run(sources, archive)

    assert contents(archive) == wanted
    assert verify(str(archive)).findings == []
    assert bagit.Bag(str(archive)).is_valid()


def test_at_most_what_was_under_way_is_made_again(
    tmp_path: Path, undisturbed: tuple[Path, dict[str, bytes], float]
) -> None:
    """What was told as done before the kill is not made again by the next run."""
    sources, _, _ = undisturbed
    archive = tmp_path / "archive"
    command = [
        sys.executable,
        "-m",
        "afterword",
        "archive",
        str(sources),
        "-o",
        str(archive),
        "--to",
        "json",
        "-j",
        "2",
    ]
    with subprocess.Popen([*command, "--log-format", "json"], stdout=subprocess.PIPE, start_new_session=True) as run:
        assert run.stdout is not None
        told = [run.stdout.readline() for _ in range(20)]
        os.kill(run.pid, signal.SIGKILL)
        rest, _ = run.communicate()
    done = sum(b'"done"' in line for line in [*told, *rest.splitlines()])

    again = subprocess.run([*command, "--log-format", "json"], capture_output=True, check=True)

    made = sum(b'"event":"report"' in line and b'"done"' in line for line in again.stdout.splitlines())
    assert done >= 10
    assert made <= REPORTS - done + 6  # the window of two workers
