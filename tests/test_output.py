"""Names of files, and sets of files that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword import output
from afterword.errors import OutputError, SourceError
from afterword.output import LONGEST_STEM, file_stem, plan_names, put, write_text
from afterword.report.identity import Origin

WINDOWS_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789")}


@pytest.mark.parametrize(
    ("identifier", "stem"),
    [
        ("0x19", "0x19"),
        ("INC-2023/08", "INC-2023-08"),
        ("../../etc/passwd", "etc-passwd"),
        (r"C:\Windows\system32", "C-Windows-system32"),
        ("CON", "CON_"),
        ("nul.txt", "nul_txt_"),
        ("-rf", "rf"),
        ("+@=-1+1", "1+1"),
        ("@home", "home"),
        ("\uff20home c++", "home-c++"),
        (".hidden", "hidden"),
        ("...", "incident"),
        ("", "incident"),
        ("🔥️", "incident"),
        ("a. ", "a"),
        ("a\x00b\x07c", "abc"),
        ("\u202eabc\u200f", "abc"),
        ("cafe\u0301", "caf\u00e9"),
        ("हिन्दी", "हिन्दी"),
        ("ክስተት ፯", "ክስተት"),
        ("事件 7", "事件-7"),
        ("a\ud800b", "ab"),
    ],
)
def test_a_stem_keeps_what_is_safe(identifier: str, stem: str) -> None:
    """Letters, marks and digits of an id stay, separators become hyphens; what is dangerous goes, formulas too."""
    assert file_stem(identifier) == stem


@given(st.text(max_size=400))
def test_every_stem_is_a_plain_file_name(identifier: str) -> None:
    """Whatever the id, the name has no path, no control, no bad edge, no device, and is not too long."""
    stem = file_stem(identifier)
    assert 0 < len(stem.encode()) <= LONGEST_STEM + 2
    assert Path(stem).name == stem
    assert stem == unicodedata.normalize("NFC", stem)
    assert not set(stem) & set('<>:"/\\|?*\0 \n\t')
    assert stem[0] not in "-.~+@="
    assert stem[-1] not in ". "
    assert stem.split(".")[0].lower() not in WINDOWS_DEVICES


def test_long_ids_that_differ_at_the_end_get_different_stems() -> None:
    """A cut name ends in a hash of the whole id, so that what was cut off still tells two ids apart."""
    assert file_stem("x" * 300 + "a") != file_stem("x" * 300 + "b")


@given(st.lists(st.text(alphabet="aAbB/: éÉ\u0301-", max_size=4), unique=True, max_size=12))
def test_planned_names_differ_on_every_file_system(identifiers: list[str]) -> None:
    """Names of one run differ although a file system may ignore case and the form of accents."""
    names = plan_names(identifiers)
    compared = {unicodedata.normalize("NFD", name).casefold() for name in names}
    assert len(compared) == len(identifiers)


def test_a_name_does_not_depend_on_the_order_of_the_run() -> None:
    """Sources in another order get the same names."""
    identifiers = ["a/b", "A-B", "a:b", "z"]
    planned = dict(zip(identifiers, plan_names(identifiers), strict=True))
    turned = dict(zip(identifiers[::-1], plan_names(identifiers[::-1]), strict=True))
    assert planned == turned
    assert planned["z"] == "z"


def test_an_id_made_to_look_like_a_hashed_name_still_gets_its_own() -> None:
    """An id that is the very name that another one is given does not take it."""
    hashed = plan_names(["a/b", "a:b"])[0]
    assert len(set(plan_names(["a/b", "a:b", hashed]))) == 3


def test_ids_that_stand_twice_are_refused_together() -> None:
    """Every id that two sources share is named, each as AW209."""
    with pytest.raises(SourceError) as caught:
        plan_names(["x", "y", "x", "z", "y"])
    assert [(finding.code, finding.value) for finding in caught.value.findings] == [("AW209", "x"), ("AW209", "y")]


def _owner(_: Path, data: bytes) -> Origin | None:
    """Read the owner as these tests write it: the first line of a file that begins with `ours:`."""
    if not data.startswith(b"ours:"):
        return None
    return Origin(data.decode().partition("\n")[0][5:], is_edited=data.endswith(b"edited"))


def _put(files: Mapping[Path, bytes], *, force: bool = False) -> None:
    put(files, owner=_owner, document_id="1", force=force)


def _content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_files_appear_in_folders_that_are_made(tmp_path: Path) -> None:
    """All files of a set are there with their content, and nothing else."""
    _put({tmp_path / "new" / "er" / "a.pdf": b"ours:1\nA", tmp_path / "b.docx": b"ours:1\nB"})
    assert _content(tmp_path) == {"new/er/a.pdf": b"ours:1\nA", "b.docx": b"ours:1\nB"}


def test_an_earlier_version_that_was_edited_stays(tmp_path: Path) -> None:
    """Somebody's work is not overwritten, the message says so, and --force still does it."""
    target = tmp_path / "a.docx"
    target.write_bytes(b"ours:1\nold, edited")
    with pytest.raises(OutputError) as caught:
        _put({target: b"ours:1\nnew", tmp_path / "a.pdf": b"ours:1\nnew"})
    assert [(each.code, each.message) for each in caught.value.findings] == [
        ("AW701", f"{target} was edited since it was made")
    ]
    assert _content(tmp_path) == {"a.docx": b"ours:1\nold, edited"}
    _put({target: b"ours:1\nnew"}, force=True)
    assert _content(tmp_path) == {"a.docx": b"ours:1\nnew"}


def test_an_earlier_version_of_the_same_report_is_replaced(tmp_path: Path) -> None:
    """Rendering again needs no --force, and leaves no second file."""
    target = tmp_path / "a.pdf"
    target.write_bytes(b"ours:1\nold")
    _put({target: b"ours:1\nnew"})
    assert _content(tmp_path) == {"a.pdf": b"ours:1\nnew"}


@pytest.mark.parametrize("there", [b"somebody's own work", b"ours:2\nanother incident"])
def test_what_is_not_this_report_is_kept_unless_forced(tmp_path: Path, there: bytes) -> None:
    """A file of somebody else or of another incident is named as AW701 and stays; --force replaces it."""
    mine, other = tmp_path / "a.pdf", tmp_path / "b.docx"
    other.write_bytes(there)
    with pytest.raises(OutputError) as caught:
        _put({mine: b"ours:1\nA", other: b"ours:1\nB"})
    assert [(finding.code, finding.place and finding.place.file) for finding in caught.value.findings] == [
        ("AW701", str(other))
    ]
    assert _content(tmp_path) == {"b.docx": there}
    _put({mine: b"ours:1\nA", other: b"ours:1\nB"}, force=True)
    assert _content(tmp_path) == {"a.pdf": b"ours:1\nA", "b.docx": b"ours:1\nB"}


def test_a_link_is_refused_and_when_forced_replaced_but_never_followed(tmp_path: Path) -> None:
    """What a link points to is not written, with --force or without."""
    victim, link = tmp_path / "victim", tmp_path / "a.pdf"
    victim.write_bytes(b"ours:1\nkeep")
    link.symlink_to(victim)
    with pytest.raises(OutputError):
        _put({link: b"ours:1\nnew"})
    _put({link: b"ours:1\nnew"}, force=True)
    assert not link.is_symlink()
    assert _content(tmp_path) == {"victim": b"ours:1\nkeep", "a.pdf": b"ours:1\nnew"}


def test_a_folder_in_the_way_stays_even_when_forced(tmp_path: Path) -> None:
    """A folder that has the name of a document gives AW702 and nothing is written."""
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(OutputError) as caught:
        _put({tmp_path / "a.pdf": b"A", tmp_path / "b.pdf": b"B"}, force=True)
    assert [finding.code for finding in caught.value.findings] == ["AW702"]
    assert _content(tmp_path) == {}


def test_a_file_where_a_folder_belongs_gives_a_finding(tmp_path: Path) -> None:
    """A path through a file gives AW702 with what to do."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OutputError) as caught:
        _put({tmp_path / "file" / "deeper" / "a.pdf": b"A"})
    assert caught.value.findings[0].code == "AW702"
    assert "is a file" in caught.value.findings[0].hint


def test_when_a_later_file_fails_the_earlier_ones_are_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that cannot be moved into its place, as one that Word has open, puts the whole set back."""
    old, new, locked = tmp_path / "a.pdf", tmp_path / "new" / "b.html", tmp_path / "c.docx"
    old.write_bytes(b"ours:1\nold")
    replace = Path.replace

    def refuse_locked(self: Path, target: Path) -> Path:
        if target == locked:
            raise PermissionError(errno.EACCES, "another program has it open")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse_locked)
    with pytest.raises(OutputError, match=r"c\.docx cannot be written: another program has it open"):
        _put({old: b"ours:1\nA", new: b"ours:1\nB", locked: b"ours:1\nC"})
    assert _content(tmp_path) == {"a.pdf": b"ours:1\nold"}
    assert list(tmp_path.iterdir()) == [old]


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from afterword.errors import OutputError
from afterword.output import put
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
folder = Path(sys.argv[1])
try:
    put({folder / "sub" / "a.pdf": b"A", folder / "b.pdf": b"B" * 10000}, owner=lambda *_: None, document_id="1")
except OutputError as error:
    print(error.findings[0].code, error.message)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of files to set")
def test_a_write_that_the_system_cuts_short_leaves_nothing_behind(tmp_path: Path) -> None:
    """A file that cannot be written to its end gives AW702; neither it, the others, nor their folders stay."""
    ran = subprocess.run([sys.executable, "-c", _FULL_DISK, str(tmp_path)], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("AW702 ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_permission_gives_a_finding(tmp_path: Path) -> None:
    """A folder that may not be written to gives AW702 that says so."""
    tmp_path.chmod(0o555)
    with pytest.raises(OutputError) as caught:
        _put({tmp_path / "a.pdf": b"A"})
    tmp_path.chmod(0o755)
    assert "permissions" in caught.value.findings[0].hint


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.ENOSPC, errno.ENAMETOOLONG])
def test_a_failure_says_what_to_do_about_it(number: int) -> None:
    """Each common failure of a file system has advice of its own."""
    finding = output.cannot_write(Path("a.pdf"), OSError(number, os.strerror(number))).findings[0]
    assert finding.hint == output._ADVICE[number]
    assert os.strerror(number) in finding.message


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
def test_permissions_follow_the_umask(tmp_path: Path) -> None:
    """A document is readable by whom the user's umask lets read, not by its owner alone."""
    before = os.umask(0o027)
    try:
        _put({tmp_path / "a.pdf": b"A"})
    finally:
        os.umask(before)
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o640


def test_a_scaffold_does_not_replace_anything_unless_forced(tmp_path: Path) -> None:
    """`write_text` refuses whatever is there, even a link that leads nowhere, and with force replaces it."""
    path = tmp_path / "incident.yaml"
    path.symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputError, match="in the way"):
        write_text(path, "id: 1\n")
    write_text(path, "id: é\n", force=True)
    assert _content(tmp_path) == {"incident.yaml": "id: é\n".encode()}
