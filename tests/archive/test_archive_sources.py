"""Sources that come and go: what is gone, what only has a fault, and what could not be read this time."""

from __future__ import annotations

import errno
import io
import json
import os
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from glob import glob
from pathlib import Path
from typing import Any, BinaryIO, cast

import bagit
import pytest
from archive_runner import Here, contents, order_for, record, run, status_page, write

from afterword.archive.flow import WorkerLost
from afterword.archive.patterns import matches
from afterword.archive.survey import answer
from afterword.errors import AfterwordError, UsageError
from afterword.readers.files import MAX_BYTES, MAX_DOCUMENT_BYTES


def test_a_record_that_got_a_fault_is_not_gone(tmp_path: Path) -> None:
    """`--prune` leaves its earlier version alone, and once it is mended nothing is told of the time between."""
    folder, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    run(order_for(folder, archive))
    before = contents(archive)
    write(folder, 1, nonsense="x")

    faulty = run(order_for(folder, archive, prune=True))
    assert (faulty.pruned, faulty.findings) == (0, [])
    assert contents(archive) == before

    write(folder, 1)
    mended = run(order_for(folder, archive))
    assert (mended.findings, mended.gone) == ([], [])
    assert contents(archive) == before


def test_exports_of_one_folder_do_not_lose_each_others_reports(tmp_path: Path) -> None:
    """One that turned faulty, or is in no source of this call, is not gone; one that was deleted, or emptied, is."""
    folder, archive = tmp_path / "in", tmp_path / "archive"
    folder.mkdir()
    for name in ("a", "b"):
        status_page(folder / f"{name}.json", name)
    run(order_for(folder, archive))
    before = contents(archive)

    assert run(order_for(folder / "a.json", archive, prune=True)).pruned == 0
    (folder / "b.json").write_text("{broken", "utf-8")
    assert run(order_for(folder, archive, prune=True)).pruned == 0
    assert run(order_for(folder, archive, prune=True)).pruned == 0
    assert contents(archive) == before

    status_page(folder / "b.json")
    assert run(order_for(folder, archive, prune=True)).pruned == 1
    status_page(folder / "b.json", "b")
    (folder / "a.json").unlink()
    assert run(order_for(folder, archive, prune=True)).pruned == 1


def test_what_was_piped_in_is_never_gone(tmp_path: Path) -> None:
    """Standard input is not there any more after the run, be it lines or the export of a tool."""
    status_page(tmp_path / "a.json", "a")
    archive, exports = tmp_path / "archive", io.BytesIO((tmp_path / "a.json").read_bytes())
    run(order_for("-", archive, stdin=exports, from_format="statuspage"))
    run(order_for("-", archive, stdin=io.BytesIO(json.dumps(record(1)).encode())))
    before = contents(archive)

    assert run(order_for(write(tmp_path / "in", 2), archive, prune=True)).pruned == 0
    assert before.keys() <= contents(archive).keys()


class _Dying(Here):
    """Loses every worker that is asked what sources hold."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 (any call)
        """Return a future that has failed, for a survey."""
        if fn is not answer:
            return super().submit(fn, *args, **kwargs)
        lost: Future[Any] = Future()
        lost.set_exception(WorkerLost("the worker ended"))
        return lost


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_a_source_whose_reader_died_is_read_again(tmp_path: Path, name: str) -> None:
    """The fault is told, and the next run asks again although the file is the same."""
    source, archive = tmp_path / name, tmp_path / "archive"
    source.write_text(json.dumps(record(1)) + "\n", "utf-8")

    died = run(order_for(source, archive), executor=_Dying())
    assert [each.code for each in died.ended[0].findings] == ["AW707"]

    again = run(order_for(source, archive))
    assert again.counts == {"done": 1, "unchanged": 0, "failed": 0}
    assert again.findings == []


def test_exports_whose_reader_died_are_read_again(tmp_path: Path) -> None:
    """Exports of a tool too, of which each file was read before all are read together."""
    source, archive = tmp_path / "a.json", tmp_path / "archive"
    status_page(source, "a")

    class DyingLater(_Dying):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 (any call)
            is_first = fn is answer and not args[0].readings[0].tool
            return Here.submit(self, fn, *args, **kwargs) if is_first else super().submit(fn, *args, **kwargs)

    assert run(order_for(source, archive), executor=DyingLater()).counts["failed"] == 1
    assert run(order_for(source, archive)).counts == {"done": 1, "unchanged": 0, "failed": 0}


def test_a_name_that_is_no_utf_8_is_a_name(tmp_path: Path) -> None:
    """On a system that takes such names their files are read and remembered like others, and those that they name."""
    folder, archive = tmp_path / "in", tmp_path / "archive"
    folder.mkdir()
    odd = Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9"))
    try:
        odd.mkdir()
    except OSError:
        pytest.skip("this file system takes UTF-8 names alone")
    write(odd, 1, attachments=["log.txt"])
    (odd / "log.txt").write_text("one", "utf-8")
    status_page(odd / "page.json", "a")
    (odd / "many.jsonl").write_text(json.dumps(record(2)) + "\n", "utf-8")
    (odd / "bad.json").write_text("{broken", "utf-8")

    assert run(order_for(folder, archive)).counts == {"done": 3, "unchanged": 0, "failed": 1}
    assert run(order_for(folder, archive)).counts == {"done": 0, "unchanged": 3, "failed": 1}
    (odd / "log.txt").write_text("two", "utf-8")
    assert run(order_for(folder, archive)).counts == {"done": 1, "unchanged": 2, "failed": 1}
    (odd / "001.json").unlink()
    assert run(order_for(folder, archive, prune=True)).pruned == 1
    assert bagit.Bag(str(archive)).is_valid()


@pytest.mark.parametrize("fields", [{"id": "A\ud800"}, {"severity": "\ud800"}, {"nonsense\ud800": "\ud800"}])
def test_half_a_surrogate_in_a_record_ends_no_run(tmp_path: Path, fields: dict[str, str]) -> None:
    """What JSON can say and no document can carry costs its own report at most, and the next run is the same."""
    folder, archive = write(tmp_path / "in", 1, **fields), tmp_path / "archive"
    write(folder, 2)

    for _ in range(2):
        counts = run(order_for(folder, archive)).counts
        assert counts["done"] + counts["unchanged"] >= 1
        assert sum(counts.values()) == 2
    assert bagit.Bag(str(archive)).is_valid()


class Endless(io.RawIOBase):
    """Standard input of one line that never ends, which counts what was taken of it."""

    taken = 0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, target: Any) -> int:  # noqa: ANN401 (any buffer)
        """Fill whatever is asked for with zeros."""
        self.taken += len(target)
        target[:] = b"0" * len(target)
        return len(target)


@pytest.mark.parametrize(("from_format", "most"), [("", 2 * MAX_BYTES), ("yaml", 2 * MAX_DOCUMENT_BYTES)])
def test_standard_input_without_end_is_bounded(tmp_path: Path, from_format: str, most: int) -> None:
    """No more is taken of it than would be read; it is told, and another source is exported all the same."""
    endless = Endless()
    order = replace(
        order_for("-", tmp_path / "archive", stdin=cast("BinaryIO", io.BufferedReader(endless))),
        from_format=from_format,
        sources=("-", str(write(tmp_path / "in", 1) / "001.json")),
    )

    summary = run(order)

    assert endless.taken < most
    assert {each.code for ended in summary.ended for each in ended.findings} == {"AW103"}
    assert summary.counts["done"] == 1 or from_format == "yaml"
    assert not list((tmp_path / "archive").rglob("input*"))


def test_a_line_without_end_is_told_at_its_place(tmp_path: Path) -> None:
    """Lines before it are exported; what comes after it is not read, and the finding says so."""
    lines = [json.dumps(record(1)), '{"x": "' + "y" * (MAX_BYTES + 10) + '"}', json.dumps(record(2))]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), "utf-8")

    summary = run(order_for(tmp_path / "in.jsonl", tmp_path / "archive"))

    (told,) = [each for ended in summary.ended for each in ended.findings]
    assert (told.code, told.place and told.place.line, "after it" in told.message) == ("AW103", 2, True)
    assert summary.counts["done"] == 1


def test_input_that_does_not_fit_leaves_nothing_behind(tmp_path: Path) -> None:
    """What was kept of standard input when the disk was full, or the pipe broke, is taken away."""

    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise OSError(errno.EIO, "Input/output error")
            return super().read(size)

    with pytest.raises(AfterwordError, match="Input/output error"):
        run(order_for("-", tmp_path / "archive", stdin=Broken(b"{}\n" * 10)))

    assert not list((tmp_path / "archive").rglob("input*"))


def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    """It fails alone, as other files that cannot be read do, be it a name or a pattern."""
    names = ("x" * 300 + ".json", str(write(tmp_path / "in", 1)))

    summary = run(replace(order_for("x", tmp_path / "archive"), sources=names))

    assert [each.code for ended in summary.ended for each in ended.findings] == ["AW101"]
    assert summary.counts["done"] == 1
    with pytest.raises(UsageError, match="no file matches"):
        run(replace(order_for("x", tmp_path / "archive"), sources=("*" + "x" * 300,)))


@pytest.mark.parametrize("again", ["**/*.json", "*", "*/"])
def test_a_pattern_does_not_bring_the_archive_into_itself(again: str, tmp_path: Path) -> None:
    """Reports of an earlier run are no sources of the next one, whatever the pattern matches."""
    archive = tmp_path / "archive"
    run(order_for(write(tmp_path / "in", 1), archive))
    before = contents(archive)

    summary = run(order_for(tmp_path / again, archive))

    assert summary.counts == {"done": 0, "unchanged": 1, "failed": 0}
    assert contents(archive) == before


def test_what_is_in_the_archive_itself_is_no_source_and_in_another_it_is(tmp_path: Path) -> None:
    """A report that is named by its path, or the folder of all of them, is refused; of another archive it is read."""
    archive = tmp_path / "archive"
    run(order_for(write(tmp_path / "in", 1), archive))

    for source in (archive, archive / "data", archive / "data" / "2023" / "INC-1" / "outage-number-1.json"):
        with pytest.raises(UsageError, match="in the archive itself"):
            run(order_for(source, archive))

    reports = f"{archive}/data/*/*/*.json"
    assert run(order_for(reports, tmp_path / "other")).counts["done"] == 1


def test_folders_that_link_to_each_other_are_walked_once(tmp_path: Path) -> None:
    """Twelve folders with links to all of them have more ways through them than can be walked."""
    folder = tmp_path / "in"
    for number in range(12):
        inner = write(folder / f"{number:02}", number)
        for other in range(12):
            (inner / f"to-{other:02}").symlink_to(folder / f"{other:02}")

    assert run(order_for(folder, tmp_path / "archive")).counts["done"] == 12


@pytest.mark.parametrize("pattern", ["**/*.json", "[a]/**", "*/*.json", "*/**/x/../*.json"])
def test_a_pattern_goes_no_way_twice(tmp_path: Path, pattern: str) -> None:
    """Links to `.`, of which each doubles the ways at every step, and one that leads to itself, end no run."""
    folder = tmp_path / "in"
    (write(folder / "a", 1) / "x").mkdir()
    for name in ("one", "two", "three"):
        (folder / "a" / name).symlink_to(".")
    (folder / "a/loop.json").symlink_to("loop.json")
    (folder / "loop").symlink_to("loop")

    summary = run(order_for(f"{folder}/{pattern}", tmp_path / "archive"))

    assert summary.counts == {"done": 1, "unchanged": 0, "failed": 1}
    assert {each.code for ended in summary.ended for each in ended.findings} == {"AW101"}
    assert run(order_for(folder, tmp_path / "archive")).counts == {"done": 0, "unchanged": 1, "failed": 1}


@pytest.mark.parametrize("pattern", ["**/*.json", "*/*.json", "**", "*/00*.json", "[ac]*/"])
def test_a_folder_that_a_pattern_cannot_look_into_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str
) -> None:
    """As one in a folder that is named: what is in it is neither passed over in silence nor gone."""
    folder, look = tmp_path / "in", os.scandir
    write(folder / "a", 1)
    write(folder / "closed", 2)
    assert run(order_for(f"{folder}/{pattern}", tmp_path / "archive")).counts["done"] == 2

    def scandir(path: str) -> Any:  # noqa: ANN401 (as the system's)
        if str(path).rstrip("/").endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return look(path)

    monkeypatch.setattr(os, "scandir", scandir)
    summary = run(order_for(f"{folder}/{pattern}", tmp_path / "archive", prune=True))

    assert (summary.counts, summary.pruned) == ({"done": 0, "unchanged": 1, "failed": 1}, 0)
    assert [str(e.place).rstrip("/") for each in summary.ended for e in each.findings] == [str(folder / "closed")]


def test_patterns_match_as_the_library_of_python_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever wildcards stand, with hidden names and without, from the folder one is in and from the root."""
    for name in ("x.json", ".h.json", "a/y.json", "a/b/z.json", "a/.c/w.json", "b/[1].json"):
        write((tmp_path / name).parent)
        (tmp_path / name).write_text("{}", "utf-8")
    monkeypatch.chdir(tmp_path / "a")
    patterns = (
        "*",
        ".*",
        "*.json",
        "**/*.json",
        "*/",
        "**/",
        "./*/z.json",
        "../a/*",
        "../*/.c/*",
        "nix/*",
        "b//*.json",
    )
    for pattern in (*patterns, f"{tmp_path}/*/*.json", f"{tmp_path}/**/[xyz].json", f"{tmp_path}/b/[[]*"):
        assert {*matches(pattern)} == {*glob(pattern, recursive=True)}, pattern  # noqa: PTH207 (what is compared with)
