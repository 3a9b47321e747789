"""The same record gives the same bytes, whatever else differs: day, place, language, clock, company, order."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import pytest

pytestmark = pytest.mark.xdist_group("reproducible")  # the usual file is made once, by one worker

ROOT = Path(__file__).parents[2]
SAMPLE = "incident-0x19-complete.yaml"
OTHERS = ("smallest.yaml", "arabic-dns.yaml")

_RENDER = """
import datetime, json, runpy, sys
later = json.loads(sys.argv[1])
if later:
    import time
    real = time.time
    time.time = lambda: real() + later
    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + datetime.timedelta(seconds=later)
        @classmethod
        def today(cls):
            return super().today() + datetime.timedelta(seconds=later)
    datetime.datetime = Later
sys.argv = ["afterword", "render", *sys.argv[2:], "--quiet"]
runpy.run_module("afterword", run_name="__main__")
"""


def rendered(
    *arguments: str,
    names: tuple[str, ...] = (SAMPLE,),
    later: float = 0,
    environ: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, str]:
    """Return the hash of each PDF that a process of its own makes of these samples, in a folder of its own."""
    with TemporaryDirectory() as folder:
        there = Path(folder) / "some where"
        shutil.copytree(ROOT / "samples", there)
        clean = {name: value for name, value in os.environ.items() if name not in {"SOURCE_DATE_EPOCH", "TZ"}}
        command = [sys.executable, "-c", _RENDER, json.dumps(later), *names, "--to", "pdf", "-o", "out", *arguments]
        path = {"PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(
            command, cwd=there, env={**clean, **path, **environ}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in (there / "out").iterdir()}


@cache
def usual() -> dict[str, str]:
    """Return the hash of the sample's PDF as it is usually made."""
    return rendered(environ={"PYTHONHASHSEED": "0", "TZ": "UTC"})


ELSEWHERE = {
    "hash seed": {"PYTHONHASHSEED": "4711"},
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
    "plain locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "home": {"HOME": "/nonexistent", "COLUMNS": "40"},
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_same_bytes_elsewhere(name: str) -> None:
    """Another process in another folder, with this one thing different, makes the same file."""
    assert rendered(environ=ELSEWHERE[name]) == usual()


def test_same_bytes_on_another_day() -> None:
    """A year later, the file is the same: overdue actions included, nothing depends on today."""
    assert rendered(later=400 * 86_400) == usual()


def test_same_bytes_in_company() -> None:
    """With other reports in the same run, before and after, the file is the same."""
    before = rendered(names=(*OTHERS, SAMPLE))
    after = rendered(names=(SAMPLE, *OTHERS))
    assert before == after
    assert len(before) == 1 + len(OTHERS)
    assert usual().items() <= before.items()


def test_same_bytes_of_the_plain_kind() -> None:
    """A plain PDF is as reproducible, and another file."""
    first = rendered("--pdf", "plain", environ={"PYTHONHASHSEED": "1"})
    assert first == rendered("--pdf", "plain", environ={"PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu"})
    assert first != usual()


def test_source_date_epoch_counts() -> None:
    """SOURCE_DATE_EPOCH changes the dates of the file, and only by what it says."""
    first = rendered(environ={"SOURCE_DATE_EPOCH": "1700000000"})
    assert first == rendered(environ={"SOURCE_DATE_EPOCH": "1700000000", "TZ": "America/St_Johns"}, later=86_400)
    assert first != usual()
