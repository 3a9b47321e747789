"""The same record gives the same bytes, whatever else differs: day, place, language, clock, company, order."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import pytest
from company_bases import company
from docx_reading import Package, values

pytestmark = pytest.mark.xdist_group("reproducible")  # the usual files are made once, by one worker

ROOT = Path(__file__).parents[1]
SAMPLE = "incident-0x19-complete.yaml"
BEFORE, AFTER = "smallest.yaml", "arabic-dns.yaml"
NAMES = ("0x19-final.docx", "0x19-final.pdf")

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
"""The command, as many seconds later as its first argument says."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a process of its own made of samples, in a folder of its own."""

    hashes: Mapping[str, str]
    """By the names of files."""

    draft: bytes
    """The Word draft of the sample."""


def rendered(
    *arguments: str,
    names: tuple[str, ...] = (SAMPLE,),
    later: float = 0,
    environ: Mapping[str, str] = MappingProxyType({}),
) -> Made:
    """Return the PDF and Word draft of these samples, made under these circumstances."""
    with TemporaryDirectory() as folder:
        there = Path(folder) / "some wherë"
        shutil.copytree(ROOT / "samples", there)
        clean = {name: value for name, value in os.environ.items() if name not in {"SOURCE_DATE_EPOCH", "TZ"}}
        command = [sys.executable, "-c", _RENDER, json.dumps(later), *names, "--to", "pdf,docx", "-o", "out"]
        path = {"PYTHONPATH": str(ROOT / "src")}
        done = subprocess.run(
            [*command, *arguments],
            cwd=there,
            env={**clean, **path, **environ},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        files = {file.name: file.read_bytes() for file in (there / "out").iterdir()}
        hashes = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
        return Made(hashes, files["0x19-final.docx"])


@cache
def usual() -> Mapping[str, str]:
    """Return the hashes of the sample's documents as they are usually made."""
    made = rendered(environ={"PYTHONHASHSEED": "0", "TZ": "UTC"}).hashes
    assert tuple(sorted(made)) == NAMES
    return made


ELSEWHERE = {
    "hash seed": {"PYTHONHASHSEED": "4711"},
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "plain locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "home": {"HOME": "/nonexistent", "COLUMNS": "40"},
}
_YEAR = 400 * 86_400


@pytest.mark.skipif(os.environ.get("AFTERWORD_FULL") != "1", reason="one by one with --full; together below, always")
@pytest.mark.parametrize("name", ELSEWHERE)
def test_same_bytes_elsewhere(name: str) -> None:
    """Another process in another folder, with this one thing different, makes the same files."""
    assert rendered(environ=ELSEWHERE[name]).hashes == usual()


def test_same_bytes_with_everything_different() -> None:
    """In another folder, under another hash seed, time zone, locale and home, and a year later, the files are the same.

    Overdue actions included, nothing depends on today.
    """
    together = {key: value for each in ("plain locale", "locale", "hash seed", "time zone", "home")
                for key, value in ELSEWHERE[each].items()}  # fmt: skip
    assert rendered(environ=together, later=_YEAR).hashes == usual()


def test_same_bytes_in_company() -> None:
    """With other reports in the same run, before and after, the files are the same."""
    made = rendered(names=(BEFORE, SAMPLE, AFTER)).hashes
    assert len(made) == 3 * len(usual())
    assert usual().items() <= made.items()


def test_same_bytes_of_the_plain_kind_and_on_a_base(tmp_path: Path) -> None:
    """A plain PDF and a draft on a company's base are as reproducible, and other files."""
    (tmp_path / "base.docx").write_bytes(company())
    options = ("--pdf", "plain", "--docx-base", str(tmp_path / "base.docx"))
    first = rendered(*options, environ={"PYTHONHASHSEED": "1"}).hashes
    assert first == rendered(*options, environ={"PYTHONHASHSEED": "2", "TZ": "Asia/Kathmandu"}).hashes
    assert not first.items() & usual().items()


def test_source_date_epoch_counts() -> None:
    """SOURCE_DATE_EPOCH becomes the date of the files in place of the incident's, and only what it says matters."""
    first = rendered(environ={"SOURCE_DATE_EPOCH": "1700000000"})
    later = rendered(environ={"SOURCE_DATE_EPOCH": "1700000000", "TZ": "America/St_Johns"}, later=86_400)
    assert first.hashes == later.hashes
    assert not first.hashes.items() & usual().items()
    core = Package(first.draft).xml("docProps/core.xml")
    shown = datetime.fromtimestamp(1700000000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert values(core, "//dcterms:created/text()") == values(core, "//dcterms:modified/text()") == [shown]
