"""What one call has made stays there, whatever the next call asks for or cannot see."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from archive_runner import contents, order_for, record, run, write

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
