"""What one call has made stays there, whatever the next call asks for or cannot see."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from archive_runner import contents, order_for, record, run, status_page, write

from afterword.archive.hold import keep
from afterword.archive.plan import Selection, folded
from afterword.archive.verify import verify
from afterword.errors import UsageError


def _titled(file: Path, identifier: str, **fields: object) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(record(1, **{"id": identifier, "title": "Same", **fields})), "utf-8")
    return file.parent


def test_calls_with_other_sources_do_not_take_each_others_names(tmp_path: Path) -> None:
    """Two teams with an INC-1 of the same title export one after the other into one archive: both are in it."""
    archive = tmp_path / "archive"
    one, other = (_titled(tmp_path / team / "x.json", "INC-1", summary=team) for team in ("one", "other"))

    for folder in (one, other, one, other):
        run(order_for(folder, archive))
        last = contents(archive)

    reports = [path for path in last if path.endswith("json") and "INC-1" in path]
    assert len(reports) == 2
    assert [run(order_for(folder, archive)).counts["unchanged"] for folder in (one, other)] == [1, 1]
    assert contents(archive) == last


def test_a_filter_changes_no_names(tmp_path: Path) -> None:
    """Of two incidents of one name each keeps its own when only the other is asked for."""
    folder, archive = tmp_path / "in", tmp_path / "archive"
    for severity in ("SEV1", "SEV2"):
        _titled(folder / f"{severity}.json", "INC-1", severity=severity)
    run(order_for(folder, archive))
    before = contents(archive)

    for severity in ("SEV1", "SEV2"):
        only = run(order_for(folder, archive, selection=Selection(severities=folded([severity])), prune=True))
        assert (only.counts, only.left_out) == ({"done": 0, "unchanged": 1, "failed": 0}, 1)
        assert contents(archive) == before


def test_a_record_that_was_moved_keeps_its_name(tmp_path: Path) -> None:
    """The same record at another path takes over the name that it had, whether the old file is there or not."""
    archive, first = tmp_path / "archive", write(tmp_path / "first", 1)
    run(order_for(first, archive))
    before = contents(archive)

    run(order_for(shutil.copytree(first, tmp_path / "second"), archive))
    assert contents(archive) == before
    shutil.rmtree(first)
    (tmp_path / "second").rename(tmp_path / "third")
    run(order_for(write(tmp_path / "third", 1, summary="More is known."), archive))
    assert contents(archive).keys() == before.keys()


def test_a_source_that_cannot_be_read_takes_no_report_with_it(tmp_path: Path) -> None:
    """`--prune` while the disk with the sources is not there removes nothing; the missing folder is an error."""
    folder, archive = write(tmp_path / "in", 1, 2), tmp_path / "archive"
    run(order_for(folder, archive))
    before = contents(archive)
    folder.rename(tmp_path / "unplugged")

    summary = run(order_for(folder, archive, prune=True))

    assert (summary.pruned, summary.gone, summary.counts["failed"]) == (0, [], 1)
    assert contents(archive) == before


def test_a_folder_without_any_record_is_refused(tmp_path: Path) -> None:
    """As with a pattern that matches nothing: it is a mistake, or a mount point with nothing mounted."""
    folder, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    run(order_for(folder, archive))
    before = contents(archive)
    (folder / "001.json").rename(folder / "001.json.bak")

    with pytest.raises(UsageError, match="no record is in"):
        run(order_for(folder, archive, prune=True))

    assert contents(archive) == before


def test_an_archive_whose_memory_was_deleted_is_carried_on(tmp_path: Path) -> None:
    """`.afterword` may be deleted: the reports are made again, and are the same; other files are told, and stay."""
    folder, archive = write(tmp_path / "in", 1, 2), tmp_path / "archive"
    run(order_for(folder, archive))
    before = contents(archive)
    shutil.rmtree(archive / ".afterword")

    summary = run(order_for(folder, archive))

    assert summary.counts == {"done": 2, "unchanged": 0, "failed": 0}
    assert summary.is_fine
    assert contents(archive) == before


def test_an_archive_without_a_name_is_not_the_folder_that_one_is_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`-o "$ARCHIVE"` with a variable that is empty is refused."""
    folder, here = write(tmp_path / "in", 1), tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    with pytest.raises(UsageError, match="empty"):
        run(order_for(folder, ""))

    assert not any(here.iterdir())


def test_a_folder_where_a_report_should_be_costs_only_that_report(tmp_path: Path) -> None:
    """The folder is named and stays, the other reports are made and the bag is closed; with `--prune` it stays too."""
    folder, archive = write(tmp_path / "in", 1, 2), tmp_path / "archive"
    run(order_for(folder, archive))
    report = archive / "data/2023/INC-1/outage-number-1.json"
    report.unlink()
    report.mkdir()

    summary = run(order_for(write(folder, 2, summary="More."), archive))

    assert summary.counts == {"done": 1, "unchanged": 0, "failed": 1}
    assert [each.findings[0].code for each in summary.ended if each.outcome == "failed"] == ["AW702"]
    (folder / "001.json").unlink()
    assert run(order_for(folder, archive, prune=True)).pruned == 1
    assert report.is_dir()
    report.rmdir()
    assert verify(str(archive)).findings == []


def test_a_sub_folder_that_is_not_mounted_takes_no_report_with_it(tmp_path: Path) -> None:
    """An empty folder among others with records is where a disk is mounted: told, and kept until it is not there."""
    folder, archive = tmp_path / "in", tmp_path / "archive"
    write(folder / "here", 1, 2, 3)
    write(folder / "disk/2023", 4, 5)
    run(order_for(folder, archive))
    before = contents(archive)
    shutil.rmtree(folder / "disk/2023")
    (folder / "disk/.mount").touch()

    summary = run(order_for(folder, archive, prune=True))

    assert (summary.pruned, summary.gone, summary.is_fine) == (0, [], True)
    assert [(each.code, str(each.place)) for each in summary.findings] == [("AW714", str(folder / "disk"))]
    assert "2 reports" in summary.findings[0].message
    assert contents(archive) == before
    shutil.rmtree(folder / "disk")
    assert run(order_for(folder, archive, prune=True)).pruned == 2


def test_pruning_most_of_an_archive_needs_a_word_of_its_own(tmp_path: Path) -> None:
    """As when another branch is checked out: all else is done, and the refusal is an error in the night's log."""
    folder, archive = write(tmp_path / "in", *range(20)), tmp_path / "archive"
    run(order_for(folder, archive))
    before = contents(archive)
    for number in range(11):
        (folder / f"{number:03}.json").unlink()
    write(folder, 20)

    shown = run(order_for(folder, archive, prune=True, dry_run=True))
    kept = run(order_for(folder, archive, prune=True))

    for summary in (shown, kept):
        [refused] = [each for each in summary.findings if each.code == "AW715"]
        assert "11 of 20" in refused.message
        assert not summary.is_fine
    assert (kept.pruned, len(kept.gone), kept.counts["done"]) == (0, 11, 1)
    assert before.keys() < contents(archive).keys()
    removed = run(order_for(folder, archive, prune_most=True))
    assert (removed.pruned, removed.is_fine) == (11, True)


def test_a_few_reports_may_go_whatever_part_of_an_archive_they_are(tmp_path: Path) -> None:
    """Small archives change much, and ten reports are soon made again."""
    folder, archive = write(tmp_path / "in", *range(11)), tmp_path / "archive"
    run(order_for(folder, archive))
    for number in range(10):
        (folder / f"{number:03}.json").unlink()

    assert run(order_for(folder, archive, prune=True)).pruned == 10


def test_a_record_that_became_a_copy_of_another_does_not_keep_its_old_report(tmp_path: Path) -> None:
    """What it said before is told to have no source any more, and is removed with `--prune`."""
    folder, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    (folder / "002.json").write_text(json.dumps(record(1, title="Another")), "utf-8")
    run(order_for(folder, archive))
    write(folder, 1)
    shutil.copy(folder / "001.json", folder / "002.json")

    told = run(order_for(folder, archive))
    assert [each.code for each in told.findings] == ["AW709", "AW710"]
    assert "is a copy of another record now" in told.findings[1].message
    assert run(order_for(folder, archive, prune=True)).pruned == 1
    assert [path for path in contents(archive) if "another" in path] == []
    assert run(order_for(folder, archive, prune=True)).gone == []


def test_a_report_is_not_pruned_before_there_is_one_in_its_place(tmp_path: Path) -> None:
    """A record that was moved, and whose report cannot be made at its new place, keeps the old one."""
    folder, archive = write(tmp_path / "in", 1, 2), tmp_path / "archive"
    run(order_for(folder, archive))
    report = archive / "data/2023/INC-1/outage-number-1.json"
    before = report.read_bytes()
    report.with_suffix(".md").unlink()
    report.with_suffix(".md").mkdir()
    (folder / "001.json").rename(folder / "moved.json")

    failed = run(order_for(folder, archive, prune=True))
    assert (failed.counts["failed"], failed.pruned) == (1, 0)
    assert report.read_bytes() == before
    report.with_suffix(".md").rmdir()
    assert run(order_for(folder, archive, prune=True)).counts["done"] == 1
    assert verify(str(archive)).findings == []


def test_what_is_remembered_of_files_that_are_gone_goes_with_their_reports(tmp_path: Path) -> None:
    """With `--prune`, and of exports when the last of a folder is gone; of others nothing is forgotten."""
    folder, archive = write(tmp_path / "in", 1, 2), tmp_path / "archive"
    status_page(folder / "page.json", "a")
    other = write(tmp_path / "other", 3)
    run(order_for(folder, archive))
    run(order_for(other, archive))
    (folder / "001.json").unlink()
    (folder / "page.json").unlink()

    run(order_for(other, archive))
    with keep(str(archive)) as keeping:
        assert len(keeping.state.units()) == 5
    run(order_for(other, archive, prune=True))
    with keep(str(archive)) as keeping:
        assert {*keeping.state.units()} == {str(folder / "002.json"), str(other / "003.json")}
    assert run(order_for(folder, archive)).counts["unchanged"] == 1
