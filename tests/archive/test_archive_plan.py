"""The plan of a run: what the sources hold, where it goes, and what has to be made."""

from __future__ import annotations

import csv
import errno
import io
import json
import os
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from archive_runner import Silent, contents, order_for, record, run, write

from afterword.archive.discover import discover
from afterword.archive.plan import Fate, Selection, folded
from afterword.errors import UsageError


def _planned(sources: Path | str, tmp_path: Path, **changes: object) -> tuple[Silent, list[str]]:
    listener = Silent()
    run(order_for(sources, tmp_path / "archive", dry_run=True, **changes), listener=listener)
    return listener, [each.stem for each in listener.plan.reports]


def test_a_dry_run_plans_and_leaves_nothing(tmp_path: Path) -> None:
    """`--dry-run` says where each report would go, and does not even make the folder."""
    _, stems = _planned(write(tmp_path / "in", 1, 2), tmp_path)

    assert stems == ["data/2023/INC-1/outage-number-1", "data/2023/INC-2/outage-number-2"]
    assert not (tmp_path / "archive").exists()


def test_folders_patterns_and_json_lines_are_sources(tmp_path: Path) -> None:
    """A tree, a pattern and JSON Lines bring each incident once; README files and hidden folders are none."""
    tree = write(tmp_path / "in" / "deep", 1).parent
    write(tree / ".git", 9)
    (tree / "README.md").write_text("# About", "utf-8")
    lines = tree / "many.jsonl"
    lines.write_text("".join(json.dumps(record(number)) + "\n" for number in (2, 3)) + "\n{broken\n", "utf-8")
    listener = Silent()

    order = order_for(tree, tmp_path / "archive", dry_run=True)
    run(replace(order, sources=(*order.sources, f"{tree}/**/*.json")), listener=listener)

    ids = sorted(each.card.id for each in listener.plan.reports)
    assert ids == ["", "INC-1", "INC-2", "INC-3"]
    [broken] = listener.plan.faulty
    assert broken.card.findings[0].place is not None
    assert broken.card.findings[0].place.line == 4


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        (Selection(since=date(2023, 3, 1)), ["INC-2", "INC-3"]),
        (Selection(until=date(2023, 3, 3)), ["INC-1", "INC-2"]),
        (Selection(severities=folded(["sev1, SEV3"])), ["INC-1", "INC-3"]),
        (Selection(tags=folded(["dns"]), services=folded(["web"])), ["INC-2"]),
    ],
    ids=["since", "until", "severity", "tag and service"],
)
def test_filters_choose_by_what_the_record_says(tmp_path: Path, selection: Selection, ids: list[str]) -> None:
    """Days are inclusive, words are compared without case, and all filters must agree."""
    folder = tmp_path / "in"
    write(folder, 1, severity="SEV1", tags=["dns"])
    write(folder, 2, severity="SEV2", tags=["DNS", "tls"], services=["web"])
    write(folder, 3, severity="sev3")

    listener, _ = _planned(folder, tmp_path, selection=selection)

    assert [each.card.id for each in listener.plan.reports] == ids
    assert listener.plan.left_out == 3 - len(ids)


def test_two_incidents_of_one_name_get_names_that_do_not_hang_on_their_order(tmp_path: Path) -> None:
    """Names that a file system holds for the same are told apart by a hash, and another run gives the same names."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name, title in (("a", "Disk full"), ("b", "DISK full"), ("c", "Disk slow")):
        (folder / f"{name}.json").write_text(json.dumps(record(1, title=title)), "utf-8")

    _, stems = _planned(folder, tmp_path)
    listener, again = _planned(folder, tmp_path)

    assert len({stem.casefold() for stem in stems}) == 3
    assert stems == again
    assert [each.code for each in listener.plan.reports[0].findings] == ["AW709"]


def test_the_same_record_in_two_files_is_exported_once(tmp_path: Path) -> None:
    """Dumps that overlap bring each incident once, and it is told."""
    folder = write(tmp_path / "in", 1)
    (folder / "copy.json").write_bytes((folder / "001.json").read_bytes())

    listener, stems = _planned(folder, tmp_path)

    assert len(stems) == 1
    assert [each.code for each in listener.plan.twins] == ["AW709"]


@pytest.mark.parametrize("pattern", ["../{id}.{ext}", "/x/{id}.{ext}", "{id}", "{year}.{ext}", "{nonsense}.{ext}", "{"])
def test_a_pattern_stays_in_the_archive_and_tells_reports_apart(tmp_path: Path, pattern: str) -> None:
    """A pattern that leads out, has no suffix, or names no incident is refused before anything is read."""
    with pytest.raises(UsageError):
        _planned(write(tmp_path / "in", 1), tmp_path, pattern=pattern)


def test_the_pattern_makes_the_names(tmp_path: Path) -> None:
    """Every field of a pattern becomes a safe part of the path."""
    folder = write(tmp_path / "in", 1, severity="SEV/1", services=["a b"])

    _, stems = _planned(folder, tmp_path, pattern="{severity}/{service}/{date}-{id}.{ext}")

    assert stems == ["data/SEV-1/a-b/2023-02-02-INC-1"]


def test_an_export_of_a_tool_becomes_its_incidents(tmp_path: Path) -> None:
    """A dump of a status page is as many reports as it has incidents, named by their ids."""
    incidents = [
        {
            "id": f"abc{number}",
            "name": f"Slow API {number}",
            "status": "resolved",
            "impact": "minor",
            "created_at": f"2023-0{number}-01T10:00:00Z",
            "shortlink": "https://stspg.io/x",
            "incident_updates": [
                {
                    "id": f"u{number}",
                    "status": "resolved",
                    "body": "Over.",
                    "created_at": f"2023-0{number}-01T11:00:00Z",
                    "incident_id": f"abc{number}",
                }
            ],
        }
        for number in (1, 2)
    ]
    dump = tmp_path / "dump.json"
    dump.write_text(json.dumps({"page": {"id": "p"}, "incidents": incidents}), "utf-8")

    summary = run(order_for(dump, tmp_path / "archive"))

    assert summary.counts == {"done": 2, "unchanged": 0, "failed": 0}
    assert "data/2023/abc1/slow-api-1.json" in contents(tmp_path / "archive")
    listener, _ = _planned(dump, tmp_path)
    assert set(listener.fates.values()) == {Fate.UNCHANGED}


@pytest.mark.parametrize("content", [b"", b"\n\n"], ids=["empty", "blank"])
def test_json_lines_without_a_line_hold_nothing(tmp_path: Path, content: bytes) -> None:
    """An empty file, and empty standard input, are sources with no incident, each time they are read."""
    (tmp_path / "none.jsonl").write_bytes(content)

    for source in (tmp_path / "none.jsonl", "-"):
        for _ in range(2):
            summary = run(order_for(source, tmp_path / "archive", stdin=io.BytesIO(content)))
            assert (summary.is_fine, summary.ended) == (True, [])


def test_what_is_no_file_is_told_as_it_was_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing file, a pipe that nobody writes to, also one for JSON Lines: none is waited for, each fails alone."""
    monkeypatch.chdir(tmp_path)
    for name in ("pipe.json", "pipe.jsonl"):
        os.mkfifo(name)
    names = ("missing.json", "missing.jsonl", "pipe.json", "pipe.jsonl")

    summary = run(replace(order_for("x", "archive"), sources=names))

    told = [(each.code, str(each.place)) for ended in summary.ended for each in ended.findings]
    assert sorted(told) == [("AW101", name) for name in names]
    assert "pipe" in " ".join(each.fault for each in summary.ended)


def test_a_file_is_read_once_however_it_is_named(tmp_path: Path) -> None:
    """By way of another folder, by a link, and by a folder with a link that leads back into it."""
    folder = write(tmp_path / "in", 1, 2)
    (folder / "deep").mkdir()
    (folder / "deep/back").symlink_to(folder)
    (tmp_path / "link.json").symlink_to(folder / "001.json")
    names = (str(folder / "deep/../001.json"), str(tmp_path / "link.json"), str(folder))

    assert [each.shown for each in discover(names)] == [names[0], str(folder / "002.json")]


def test_a_folder_that_cannot_be_looked_into_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, and the records beside it are exported."""
    folder, look = write(tmp_path / "in", 1), os.scandir
    write(folder / "closed", 2)

    def scandir(path: str) -> Any:  # noqa: ANN401 (as the system's)
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return look(path)

    monkeypatch.setattr(os, "scandir", scandir)
    summary = run(order_for(folder, tmp_path / "archive"))

    assert summary.counts == {"done": 1, "unchanged": 0, "failed": 1}
    assert [str(e.place) for each in summary.ended for e in each.findings] == [str(folder / "closed")]


def test_no_report_takes_a_name_of_the_index(tmp_path: Path) -> None:
    """Nor one that a file system holds for the same: there, `Index.html` is `index.html`."""
    sources = write(tmp_path / "in", 1, id="Index")

    _, stems = _planned(sources, tmp_path, pattern="{id}.{ext}")

    assert [each.rpartition("-")[0] for each in stems] == ["data/Index"]


def test_a_pattern_that_matches_nothing_is_a_mistake_of_the_call(tmp_path: Path) -> None:
    """Nothing is exported in silence."""
    with pytest.raises(UsageError, match="matches"):
        _planned(f"{tmp_path}/*.yaml", tmp_path)


def test_no_title_keeps_the_index_from_its_place(tmp_path: Path) -> None:
    """A folder that a pattern makes of a title gets another name where the index has a file of it."""
    titles = ["Index.html", "index.CSV", "actions.csv", "Incidents.jsonl", "binder.pdf"]
    for number, title in enumerate(titles):
        write(tmp_path / "in", number, title=title)

    summary = run(order_for(tmp_path / "in", tmp_path / "archive", pattern="{slug}/{id}.{ext}"))

    assert summary.counts == {"done": 5, "unchanged": 0, "failed": 0}
    assert {"data/index.html", "data/index.html_/INC-0.json"} <= contents(tmp_path / "archive").keys()


@pytest.mark.parametrize("title", ["+1 second for all", "@here is down", "=1+1", "-5 degrees", "\uff0b1"])
def test_no_path_in_the_tables_needs_an_apostrophe(title: str, tmp_path: Path) -> None:
    """Whatever a title begins with, the path of its report does not look like a formula, and leads to the file."""
    archive = tmp_path / "archive"
    run(order_for(write(tmp_path / "in", 1, title=title), archive, pattern="{slug}.{ext}"))

    [line] = csv.DictReader(StringIO((archive / "data/index.csv").read_text("utf-8-sig"), newline=""))

    assert (archive / "data" / line["json"]).is_file()


def test_names_of_several_long_fields_fit_every_file_system(tmp_path: Path) -> None:
    """An id, a title and a service that are each as long as they may be are cut together, and stay apart."""
    for number in range(2):
        write(tmp_path / "in", number, id=f"{'é' * 200}{number}", title="字" * 200, services=["s" * 200])

    _, stems = _planned(tmp_path / "in", tmp_path, pattern="{date}-{id}-{slug}-{service}.{ext}")

    assert len({*stems}) == 2
    assert max(len(stem.rpartition("/")[2].encode()) for stem in stems) < 220


@pytest.mark.parametrize(
    "pattern",
    [
        "{id!x}.{ext}",
        "{id!r}.{ext}",
        "{id:>9}.{ext}",
        "CON/{id}.{ext}",
        "a./{id}.{ext}",
        " /{id}.{ext}",
        "a\n/{id}.{ext}",
        ".hidden/{id}.{ext}",
        "a?/{id}.{ext}",
        "+{id}.{ext}",
        "=/{id}.{ext}",
        "\udcff{id}.{ext}",
        f"{'a' * 200}/{{id}}.{{ext}}",
    ],
)
def test_a_pattern_that_some_system_does_not_take_is_refused_before_anything_is_made(
    pattern: str, tmp_path: Path
) -> None:
    """Conversions, devices of Windows, hidden folders, signs that it refuses, long names, formulas."""
    with pytest.raises(UsageError, match="the pattern"):
        run(order_for(write(tmp_path / "in", 1), tmp_path / "archive", pattern=pattern))

    assert not (tmp_path / "archive").exists()


def test_a_dry_run_of_standard_input_leaves_nothing(tmp_path: Path) -> None:
    """Also none of the folders that the archive would be in."""
    archive = tmp_path / "deep" / "archive"

    run(order_for("-", archive, dry_run=True, stdin=io.BytesIO(json.dumps(record(1)).encode())))

    assert not (tmp_path / "deep").exists()
