"""Runs over an archive: what they make, what they leave, and what they do again."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import bagit
import pytest
from archive_runner import CHEAP, Here, contents, order_for, record, run, write

from afterword.archive.hold import keep
from afterword.archive.keeping import STATE
from afterword.errors import OutputError
from afterword.options import RenderOptions


def _is_valid(archive: Path) -> bool:
    return bool(bagit.Bag(str(archive)).is_valid())


def test_a_run_leaves_a_bag_that_the_library_of_congress_tool_takes(tmp_path: Path) -> None:
    """Payload, manifests, sizes and tags are those of RFC 8493, and the memory beside it does not disturb."""
    summary = run(order_for(write(tmp_path / "in", 1, 2), tmp_path / "archive"))

    assert summary.is_fine
    assert _is_valid(tmp_path / "archive")
    bag = bagit.Bag(str(tmp_path / "archive"))
    assert bag.info["Payload-Oxum"] == f"{summary.size}.{len(bag.payload_entries())}"
    assert bag.info["Bagging-Date"] == "2023-03-03"


def test_a_faulty_incident_stops_no_other(tmp_path: Path) -> None:
    """It is listed with its located errors, the others are made, and the bag is valid."""
    folder = write(tmp_path / "in", 1, 2)
    (folder / "bad.json").write_text('{"id": "B", "titel": "x", "date": "2023-01-01"}', "utf-8")

    summary = run(order_for(folder, tmp_path / "archive"))

    assert summary.counts == {"done": 2, "unchanged": 0, "failed": 1}
    [failed] = [each for each in summary.ended if each.outcome == "failed"]
    assert {"AW201", "AW202"} <= {each.code for each in failed.findings}
    assert all(each.place and each.place.file.endswith("bad.json") for each in failed.findings)
    assert not summary.is_fine
    assert _is_valid(tmp_path / "archive")


def test_nothing_is_done_where_nothing_changed(tmp_path: Path) -> None:
    """A second run reads no source, makes no report, and writes no file."""
    order = order_for(write(tmp_path / "in", 1, 2), tmp_path / "archive")
    run(order)
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "archive").glob("*.txt")}
    executor = Here()

    summary = run(order, executor=executor)

    assert executor.calls == []
    assert summary.counts["unchanged"] == 2
    assert before == {path: path.stat().st_mtime_ns for path in (tmp_path / "archive").glob("*.txt")}


def test_a_file_that_was_only_touched_is_not_read_again(tmp_path: Path) -> None:
    """Another time and the same content is no change; neither is a comment in YAML, though it is read."""
    folder = tmp_path / "in"
    folder.mkdir()
    source = folder / "a.yaml"
    source.write_text("id: A\ntitle: t\ndate: 2023-01-01\n", "utf-8")
    run(order_for(folder, tmp_path / "archive"))
    os.utime(source, ns=(10**18, 10**18))
    executor = Here()
    assert run(order_for(folder, tmp_path / "archive"), executor=executor).counts["unchanged"] == 1
    assert executor.calls == []

    source.write_text("# a comment\nid: A\ntitle: t\ndate: 2023-01-01\n", "utf-8")

    assert run(order_for(folder, tmp_path / "archive")).counts["unchanged"] == 1


@pytest.mark.parametrize("what", ["data", "attachment", "options", "missing", "damaged"])
def test_whatever_a_report_hangs_on_has_it_made_again(tmp_path: Path, what: str) -> None:
    """Its record, a file that it names, the options, and its own file in the archive; and only this report."""
    folder = write(tmp_path / "in", 1, attachments=["log.txt"])
    write(folder, 2)
    (folder / "log.txt").write_text("one", "utf-8")
    options = CHEAP
    archive = tmp_path / "archive"
    run(order_for(folder, archive))
    made = archive / "data/2023/INC-1/outage-number-1.json"
    match what:
        case "data":
            write(folder, 1, attachments=["log.txt"], summary="more")
        case "attachment":
            (folder / "log.txt").write_text("two", "utf-8")
        case "options":
            options = RenderOptions(formats=("json",), language="de")
        case "missing":
            made.unlink()
        case _:
            made.write_text("edited", "utf-8")

    summary = run(order_for(folder, archive, options=options, force=what == "damaged"))

    assert summary.is_fine
    assert summary.counts["done"] == (2 if what == "options" else 1)
    assert _is_valid(archive)


def test_a_document_that_somebody_edited_is_not_overwritten_unasked(tmp_path: Path) -> None:
    """It fails with what to do, and `--force` overwrites it."""
    folder, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    run(order_for(folder, archive))
    made = archive / "data/2023/INC-1/outage-number-1.md"
    made.write_text("my notes", "utf-8")

    summary = run(order_for(folder, archive))

    assert [each.code for each in summary.ended[0].findings] == ["AW701"]
    assert made.read_text("utf-8") == "my notes"
    assert run(order_for(folder, archive, force=True)).is_fine
    assert made.read_text("utf-8") != "my notes"


def test_an_edited_document_is_safe_in_every_later_run(tmp_path: Path) -> None:
    """However often the same command is run, and though the record was faulty in between, the edit stays."""
    folder, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    run(order_for(folder, archive))
    made = archive / "data/2023/INC-1/outage-number-1.md"
    made.write_text("my notes", "utf-8")
    record = (folder / "001.json").read_text("utf-8")

    for text in (record, record, record.replace('"title"', '"titel"'), record.replace("1", "1 "), record):
        (folder / "001.json").write_text(text, "utf-8")
        run(order_for(folder, archive))
        assert made.read_text("utf-8") == "my notes"
        assert _is_valid(archive)


def test_an_edited_document_stays_when_its_report_moves_or_goes(tmp_path: Path) -> None:
    """It is told as what keeps the bag from being valid, and not taken away with what was ours."""
    folder, archive = write(tmp_path / "in", 1, 2), tmp_path / "archive"
    run(order_for(folder, archive))
    edited = [archive / f"data/2023/INC-{number}/outage-number-{number}.md" for number in (1, 2)]
    for each in edited:
        each.write_text("my notes", "utf-8")
    (folder / "002.json").unlink()

    summary = run(order_for(folder, archive, prune=True, pattern="{id}.{ext}"))

    assert [each.read_text("utf-8") for each in edited] == ["my notes"] * 2
    assert [each.code for each in summary.findings] == ["AW705"] * 2


def test_a_lost_document_of_a_record_with_faults_leaves_the_bag(tmp_path: Path) -> None:
    """The bag stays valid while the record cannot be read."""
    folder, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    run(order_for(folder, archive))
    (archive / "data/2023/INC-1/outage-number-1.md").unlink()
    (folder / "001.json").write_text('{"id": "INC-1", "titel": "x"}', "utf-8")
    run(order_for(folder, archive))
    assert _is_valid(archive)


def test_a_report_whose_source_is_gone_is_told_and_only_removed_with_prune(tmp_path: Path) -> None:
    """Nothing vanishes from an archive unasked; a filter or another source is no reason at all."""
    folder, archive = write(tmp_path / "in", 1, 2), tmp_path / "archive"
    run(order_for(folder, archive))
    (folder / "001.json").unlink()

    kept = run(order_for(folder, archive))
    assert [each.code for each in kept.findings] == ["AW710"]
    assert "data/2023/INC-1/outage-number-1.json" in contents(archive)

    pruned = run(order_for(folder, archive, prune=True))
    assert pruned.pruned == 1
    assert not (archive / "data/2023/INC-1").exists()
    assert _is_valid(archive)
    other = write(tmp_path / "other", 3)
    assert run(order_for(other, archive, prune=True)).pruned == 0


def test_an_incident_that_its_dump_has_lost_is_gone_too(tmp_path: Path) -> None:
    """What a file holds counts, not only whether it is there."""
    lines, archive = tmp_path / "in.jsonl", tmp_path / "archive"
    lines.write_text("".join(json.dumps(record(number)) + "\n" for number in (1, 2)), "utf-8")
    run(order_for(lines, archive))
    lines.write_text(json.dumps(record(2)) + "\n", "utf-8")

    summary = run(order_for(lines, archive, prune=True))

    assert (summary.pruned, summary.counts["unchanged"]) == (1, 1)


def test_a_source_that_was_moved_keeps_its_report(tmp_path: Path) -> None:
    """The same incident from another folder takes over the files of the first, and none is left over."""
    folder, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    run(order_for(folder, archive))
    before = contents(archive)
    folder.rename(tmp_path / "elsewhere")

    summary = run(order_for(tmp_path / "elsewhere", archive))

    assert summary.is_fine
    assert contents(archive) == before


def test_a_renamed_report_leaves_nothing_behind(tmp_path: Path) -> None:
    """Another title is another name; the files of the old one go."""
    folder, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    run(order_for(folder, archive))
    write(folder, 1, title="Something else")

    run(order_for(folder, archive))

    assert [path for path in contents(archive) if "INC-1" in path] == [
        "data/2023/INC-1/something-else.json",
        "data/2023/INC-1/something-else.md",
    ]
    assert _is_valid(archive)


def test_reports_may_exchange_their_names(tmp_path: Path) -> None:
    """Each is made under a name that another had, also one that was left while the run was under way."""
    folder, archive, pattern = tmp_path / "in", tmp_path / "archive", "{year}/{slug}.{ext}"
    titles = ("one", "two", "three", "four", "five")
    for turn in (0, 1):
        for number in range(1, 6):
            write(folder, number, title=titles[(number + turn) % 5], date="2023-01-01")
        summary = run(order_for(folder, archive, pattern=pattern))

        assert (summary.is_fine, summary.counts["done"]) == (True, 5)

    made = contents(archive)
    for number in range(1, 6):
        assert f"INC-{number}".encode() in made[f"data/2023/{titles[(number + 1) % 5]}.md"]
    assert _is_valid(archive)
    assert run(order_for(folder, archive, pattern=pattern)).counts["unchanged"] == 5


def test_a_failed_report_keeps_its_earlier_version(tmp_path: Path) -> None:
    """A record that got a fault costs nothing that is in the archive, and is listed until it is mended."""
    folder, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    run(order_for(folder, archive))
    before = contents(archive)
    write(folder, 1, nonsense="x")

    for _ in range(2):
        assert run(order_for(folder, archive)).counts == {"done": 0, "unchanged": 0, "failed": 1}

    assert contents(archive) == before


def test_two_runs_on_one_archive_are_one_too_many(tmp_path: Path) -> None:
    """The second says who is at work, and stops; afterwards it may run."""
    order = order_for(write(tmp_path / "in", 1), tmp_path / "archive")
    run(order)
    with keep(order.archive), pytest.raises(OutputError) as raised:
        run(order)
    assert raised.value.findings[0].code == "AW703"
    assert str(os.getpid()) in raised.value.message
    assert run(order).is_fine


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    """No archive is made among somebody's files."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive" / "thesis.docx").write_bytes(b"x")

    with pytest.raises(OutputError) as raised:
        run(order_for(write(tmp_path / "in", 1), tmp_path / "archive"))

    assert raised.value.findings[0].code == "AW704"


def test_a_stray_file_in_the_payload_is_named_and_kept(tmp_path: Path) -> None:
    """It makes the bag invalid, so that it is an error, and it may be somebody's work, so that it stays."""
    order = order_for(write(tmp_path / "in", 1), tmp_path / "archive")
    run(order)
    stray = tmp_path / "archive" / "data" / "notes.txt"
    stray.write_text("mine", "utf-8")

    summary = run(order)

    assert [each.code for each in summary.findings] == ["AW705"]
    assert stray.exists()
    assert not summary.is_fine


def test_a_damaged_memory_costs_time_and_nothing_else(tmp_path: Path) -> None:
    """Whichever page of it is damaged, the reports are made again, find themselves there, and that is told."""
    order = order_for(write(tmp_path / "in", 1, 2), tmp_path / "archive")
    run(order)
    before, file = contents(tmp_path / "archive"), tmp_path / "archive" / STATE
    sound, page = file.read_bytes(), 4096
    for start in range(0, len(sound), 2 * page):
        byte = b"\xff" if start // page % 4 else b"\0"
        file.write_bytes(sound[:start] + byte * page + sound[start + page :])

        summary = run(order)

        told = [(each.code, str(each.place)) for each in summary.findings]
        assert summary.counts["done"] == 0 or told == [("AW713", f"{file}.damaged")], start
        assert summary.is_fine
        assert contents(tmp_path / "archive") == before
        assert run(order).counts == {"done": 0, "unchanged": 2, "failed": 0}
        with sqlite3.connect(file) as state:
            assert state.execute("select count(*) from reports").fetchone() == (2,)
        state.close()


def test_a_run_that_is_stopped_leaves_a_whole_bag_and_the_next_carries_on(tmp_path: Path) -> None:
    """What is under way is ended, nothing more is begun, and no report is made twice."""
    folder, archive = write(tmp_path / "in", *range(1, 9)), tmp_path / "archive"
    executor = Here()

    summary = run(order_for(folder, archive), executor=executor, stop=lambda: len(executor.calls) > 4)

    assert summary.stopped
    assert summary.left > 0
    assert summary.counts["done"] + summary.left == 8
    assert _is_valid(archive)
    rest = run(order_for(folder, archive))
    assert (rest.counts["done"], rest.counts["unchanged"]) == (summary.left, summary.counts["done"])
    run(order_for(folder, tmp_path / "undisturbed"))
    assert contents(archive) == contents(tmp_path / "undisturbed")


def test_an_edition_hides_in_names_too(tmp_path: Path) -> None:
    """The name of a public report is made of what the public sees, and both editions stand in one archive."""
    folder = write(tmp_path / "in", 1, severity="SEV1", visibility={"severity": "internal", "summary": "public"})
    archive, pattern = tmp_path / "archive", "{severity}/{id}.{ext}"
    run(order_for(folder, archive, pattern=pattern))

    public = RenderOptions(formats=("json",), audience="public")
    summary = run(order_for(folder, archive, pattern=pattern, options=public))

    assert summary.is_fine
    assert [path for path in contents(archive) if "INC-1" in path] == [
        "data/SEV1/INC-1.json",
        "data/SEV1/INC-1.md",
        "data/none/INC-1.public.json",
    ]


def test_the_index_leads_only_to_files_that_there_are(tmp_path: Path) -> None:
    """A document that was lost, and could not be made again because another one was edited, is in no list."""
    folder, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    run(order_for(folder, archive))
    next(archive.rglob("data/2023/**/*.md")).unlink()
    next(archive.rglob("data/2023/**/*.json")).write_text("{}", "utf-8")

    run(order_for(folder, archive))

    [listed] = map(json.loads, (archive / "data/incidents.jsonl").read_text("utf-8").splitlines())
    assert list(listed["files"]) == ["json"]
    assert ".md" not in (archive / "data/index.html").read_text("utf-8")


def test_a_run_that_is_stopped_while_its_sources_are_read_ends_then(tmp_path: Path) -> None:
    """Nobody who stops waits until a hundred thousand records are read, and the archive is as it was."""
    folder, archive, executor = write(tmp_path / "in", 1), tmp_path / "archive", Here()
    run(order_for(folder, archive))
    before = contents(archive)
    write(folder, *range(100, 160))

    summary = run(order_for(folder, archive, prune=True), executor=executor, stop=lambda: True)

    assert (summary.stopped, summary.is_fine, summary.pruned) == (True, False, 0)
    assert len(executor.calls) < 5
    assert contents(archive) == before
    assert run(order_for(folder, archive)).counts == {"done": 60, "unchanged": 1, "failed": 0}
