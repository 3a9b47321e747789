"""The Word draft is the same to the byte, whoever makes it, wherever and whenever."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from company_bases import company
from docx_reading import Package, values

SAMPLES = Path(__file__).parents[1] / "samples"
SAMPLE = SAMPLES / "incident-0x19-complete.yaml"

ELSEWHERE = {
    "another hash seed": {"PYTHONHASHSEED": "4242"},
    "another time zone": {"TZ": "Pacific/Kiritimati"},
    "another locale": {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "LANGUAGE": "tr"},
    "no locale": {"LC_ALL": "C", "PYTHONUTF8": "0"},
}

LATER = """
import datetime, sys, time
real = datetime.datetime
class Later(real):
    @classmethod
    def now(cls, tz=None): return real(2031, 2, 3, 4, 5, 6, tzinfo=tz)
    @classmethod
    def utcnow(cls): return cls.now()
datetime.datetime = Later
time.time = lambda: 1927857906.0
from afterword.cli import main
sys.argv = ["afterword", *sys.argv[1:]]
main()
"""
"""The command on a day in 2031."""


def drafted(
    folder: Path,
    *more: str,
    sources: tuple[Path, ...] = (SAMPLE,),
    start: str = "",
    environ: dict[str, str] | None = None,
) -> str:
    """Return the digest of the sample's draft, made by a process of its own in a folder and an environment."""
    out = folder / "out"
    named = {"PYTHONHASHSEED": "0", "TZ": "UTC", **(environ or {})}
    kept = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
    begin = ["-c", start] if start else ["-m", "afterword"]
    subprocess.run(
        [sys.executable, *begin, "render", *map(str, sources), "--to", "docx", "-o", str(out), "-q", *more],
        env={**kept, **named},
        cwd=folder,
        check=True,
    )
    return hashlib.sha256((out / "0x19-final.docx").read_bytes()).hexdigest()


@cache
def usual() -> str:
    """Return the digest of the sample's draft as a plain call makes it."""
    with tempfile.TemporaryDirectory() as folder:
        return drafted(Path(folder))


@pytest.mark.parametrize("where", ELSEWHERE)
def test_draft_is_the_same_in_another_process(where: str, tmp_path: Path) -> None:
    """Hash seed, time zone and locale of the process do not matter."""
    assert drafted(tmp_path, environ=ELSEWHERE[where]) == usual()


def test_draft_is_the_same_on_another_day(tmp_path: Path) -> None:
    """The clock does not matter."""
    assert drafted(tmp_path, start=LATER) == usual()


def test_draft_is_the_same_in_another_folder(tmp_path: Path) -> None:
    """Nor does where the record and its pictures are."""
    folder = tmp_path / "elsewhere ünder"
    folder.mkdir()
    shutil.copytree(SAMPLES / "media", folder / "media")
    source = shutil.copy(SAMPLE, folder / SAMPLE.name)
    assert drafted(folder, sources=(Path(source),)) == usual()


def test_draft_is_the_same_among_others(tmp_path: Path) -> None:
    """Reports made before in the same run leave no trace."""
    others = (SAMPLES / "arabic-dns.yaml", SAMPLES / "amharic-power.yaml")
    assert drafted(tmp_path, sources=(*others, SAMPLE)) == usual()


def test_draft_on_a_base_is_the_same(tmp_path: Path) -> None:
    """A draft on a company's base is the same in another process, folder, time zone and hash seed."""
    digests = set()
    data = company()
    for name, seed in (("one", "1"), ("two", "2")):
        folder = tmp_path / name
        folder.mkdir()
        base = folder / f"{name}.docx"
        base.write_bytes(data)
        digests.add(
            drafted(folder, "--docx-base", str(base), environ={"PYTHONHASHSEED": seed, "TZ": f"Etc/GMT+{seed}"})
        )
    assert len(digests) == 1


def test_source_date_epoch_is_the_date_of_the_draft(tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH becomes the date of the draft in place of the incident's."""
    digest = drafted(tmp_path, environ={"SOURCE_DATE_EPOCH": "1700000000"})
    assert digest != usual()
    core = Package((tmp_path / "out" / "0x19-final.docx").read_bytes()).xml("docProps/core.xml")
    shown = datetime.fromtimestamp(1700000000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert values(core, "//dcterms:created/text()") == values(core, "//dcterms:modified/text()") == [shown]
