"""The verification of archives: every kind of damage is found and named."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest
from archive_runner import contents, order_for, run, write

from afterword.archive.bag import UNDERWAY
from afterword.archive.remake import compare
from afterword.archive.verify import Verified, verify
from afterword.errors import UsageError
from afterword.options import RenderOptions

ROOT = Path(__file__).parents[2]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Return an archive of three reports."""
    run(order_for(write(tmp_path / "in", 1, 2, 3), tmp_path / "archive"))
    return tmp_path / "archive"


def _codes(archive: Path) -> set[str]:
    return {each.code for each in verify(str(archive)).findings}


def _report(archive: Path) -> Path:
    return archive / "data/2023/INC-1/outage-number-1.md"


def _edit(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def _flip(path: Path) -> None:
    _edit(path, lambda data: bytes([data[0] ^ 1]) + data[1:])


def _swap(archive: Path) -> None:
    first, second = _report(archive), archive / "data/2023/INC-2/outage-number-2.md"
    a, b = first.read_bytes(), second.read_bytes()
    first.write_bytes(b)
    second.write_bytes(a)


def _instead(path: Path, make: Callable[[Path], object]) -> None:
    path.unlink()
    make(path)


DAMAGES: dict[str, tuple[Callable[[Path], object], set[str]]] = {
    "a bit": (lambda archive: _flip(_report(archive)), {"AW807"}),
    "cut off": (lambda archive: _edit(_report(archive), lambda data: data[:-1]), {"AW806", "AW807"}),
    "a file gone": (lambda archive: _report(archive).unlink(), {"AW804", "AW806"}),
    "a file more": (lambda archive: (archive / "data/more.txt").write_bytes(b""), {"AW805", "AW806"}),
    "two swapped": (_swap, {"AW807"}),
    "renamed": (lambda archive: _report(archive).rename(archive / "data/other.md"), {"AW804", "AW805"}),
    "manifest gone": (lambda archive: (archive / "manifest-sha256.txt").unlink(), {"AW801"}),
    "manifest edited": (
        lambda archive: _edit(archive / "manifest-sha256.txt", lambda data: data + b"nonsense\n"),
        {"AW803", "AW807"},
    ),
    "manifest leads out": (
        lambda archive: _edit(archive / "manifest-sha256.txt", lambda data: data + b"0" * 64 + b"  data/../../x\n"),
        {"AW803", "AW807"},
    ),
    "info edited": (lambda archive: _edit(archive / "bag-info.txt", lambda data: data + b"X: y\n"), {"AW807"}),
    "no declaration": (lambda archive: (archive / "bagit.txt").unlink(), {"AW801", "AW804"}),
    "declaration wrong": (lambda archive: (archive / "bagit.txt").write_bytes(b"BagIt"), {"AW801", "AW807"}),
    "tag manifest gone": (lambda archive: (archive / "tagmanifest-sha256.txt").unlink(), {"AW801"}),
    "a pipe for a file": (lambda archive: _instead(_report(archive), os.mkfifo), {"AW804", "AW806"}),
    "an endless device for a file": (
        lambda archive: _instead(_report(archive), lambda path: path.symlink_to("/dev/zero")),
        {"AW804", "AW806"},
    ),
    "a pipe for the info": (lambda archive: _instead(archive / "bag-info.txt", os.mkfifo), {"AW804"}),
    "a run under way": (lambda archive: (archive / UNDERWAY).write_bytes(b"{}"), {"AW802"}),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damage_is_found_and_named(archive: Path, damage: str) -> None:
    """Lost, added, changed, cut, swapped and renamed files, and each tag file; with the codes that say which."""
    cause, codes = DAMAGES[damage]
    cause(archive)

    assert _codes(archive) == codes


def test_a_sound_archive_has_no_findings(archive: Path) -> None:
    """All is read, nothing is told, and the tool of the Library of Congress says the same."""
    found = verify(str(archive))

    assert found.findings == []
    assert found.files == 10
    bagit.Bag(str(archive)).validate()


@pytest.mark.parametrize("checksums", [["sha256"], ["md5", "sha512"]])
def test_a_bag_of_another_tool_is_verified_too(tmp_path: Path, checksums: list[str]) -> None:
    """The standard is what counts: any kind of manifest, optional files, and a line ends where it says."""
    folder = tmp_path / "bag"
    folder.mkdir()
    (folder / "ein Brief.txt").write_text("x", "utf-8")
    (folder / "two\u2028lines\u0085.txt").write_text("x", "utf-8")
    bagit.make_bag(str(folder), checksums=checksums)
    for path in (folder / "bag-info.txt", *folder.glob("tagmanifest-*.txt")):  # RFC 8493, 2.2: they are optional
        path.unlink()

    assert _codes(folder) == set()
    assert verify(str(folder)).files == 2
    _flip(folder / "data/ein Brief.txt")
    assert _codes(folder) == {"AW807"}


def test_names_in_another_unicode_form_are_told_as_such(tmp_path: Path) -> None:
    """A copy over a file system that decomposes accents is named for what it is."""
    run(order_for(write(tmp_path / "in", 1, title="Störung"), tmp_path / "archive"))
    made = next((tmp_path / "archive" / "data").rglob("*.md"))
    made.rename(made.with_name("sto\u0308rung.md"))

    [missing] = [each for each in verify(str(tmp_path / "archive")).findings if each.code == "AW804"]
    assert "Unicode" in missing.message


def test_a_sample_made_again_is_the_same(archive: Path) -> None:
    """Sources that are still there give the same bytes."""
    found = Verified()
    compare(str(archive), 2, found, os.environ)

    assert (found.findings, found.compared) == ([], 2)


def test_a_report_that_comes_out_otherwise_is_told(archive: Path) -> None:
    """A document and a manifest that were both changed agree with each other, and not with the source."""
    state = sqlite3.connect(archive / ".afterword/state.sqlite")
    state.execute("update reports set files = replace(files, substr(files, 60, 8), '00000000')")
    state.commit()
    state.close()
    found = Verified()

    compare(str(archive), 3, found, os.environ)

    assert "AW808" in {each.code for each in found.findings}


@pytest.mark.parametrize("why", ["no memory", "other date", "no source"])
def test_what_cannot_be_compared_is_said(archive: Path, tmp_path: Path, why: str) -> None:
    """A note says that no report was made again, and why; the rest of the verification stands."""
    environ = {**os.environ}
    if why == "no memory":
        (archive / ".afterword/state.sqlite").unlink()
    elif why == "other date":
        environ["SOURCE_DATE_EPOCH"] = "1"
    else:
        for source in (tmp_path / "in").iterdir():
            source.unlink()
    found = Verified()

    compare(str(archive), 3, found, environ)

    assert [(each.code, each.severity.value) for each in found.findings] == [("AW809", "note")]


def _ran(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "afterword", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_command_tells_by_words_and_exit_code(archive: Path) -> None:
    """0 for a sound archive, 1 for a damaged one, findings also as JSON."""
    fine = _ran("verify", str(archive))
    assert (fine.returncode, fine.stdout) == (
        0,
        "10 files are as they were listed, and 3 reports made again the same\n",
    )
    _flip(_report(archive))

    damaged = _ran("verify", str(archive), "--format", "json")

    assert damaged.returncode == 1
    assert [each["code"] for each in json.loads(damaged.stdout)["findings"]] == ["AW807"]


def test_it_needs_no_renderer(tmp_path: Path) -> None:
    """With PDF engine and Word library out of reach, everything but the sample is checked, and that is said."""
    run(order_for(write(tmp_path / "in", 1), tmp_path / "archive", options=RenderOptions(formats=("docx",))))
    code = "import sys\nsys.modules['weasyprint'] = sys.modules['docx'] = None\nfrom afterword.cli import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code, "verify", str(tmp_path / "archive")],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )

    assert done.returncode == 0, done.stderr
    assert "5 files are as they were listed" in done.stdout
    assert "AW809" in done.stdout


@pytest.mark.parametrize("name", ["", "nothing"])
def test_what_is_no_folder_is_a_mistake_and_no_damage(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name that leads nowhere is told as such; an empty one does not mean the folder that one is in."""
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageError):
        verify(name)


@pytest.mark.parametrize("name", ["bagit.txt", "bag-info.txt", "manifest-sha256.txt", "tagmanifest-sha256.txt"])
@pytest.mark.parametrize("damage", [b"", b"\xff nonsense", None])
def test_the_next_run_mends_what_is_around_the_payload(tmp_path: Path, name: str, damage: bytes | None) -> None:
    """A manifest, or what is said of the bag, that is damaged or gone is written again, as `verify` advises."""
    order = order_for(write(tmp_path / "in", 1), tmp_path / "archive")
    run(order)
    before, file = contents(tmp_path / "archive"), tmp_path / "archive" / name
    if damage is None:
        file.unlink()
    else:
        file.write_bytes(damage)
    assert verify(str(tmp_path / "archive")).findings

    assert run(order).counts["unchanged"] == 1

    assert contents(tmp_path / "archive") == before
