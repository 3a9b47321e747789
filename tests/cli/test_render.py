"""`afterword render` makes documents whole, under safe names, and overwrites nothing of others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_runner import SMALL, Afterword


def test_a_pdf_and_a_word_draft_are_what_one_gets(afterword: Afterword, small: Path, tmp_path: Path) -> None:
    """Without options, both documents appear in the current folder, and their paths are printed."""
    ran = afterword("render", small.name)

    assert (ran.code, ran.out.split()) == (0, ["T-1.pdf", "T-1.docx"])
    assert (tmp_path / "T-1.pdf").read_bytes().startswith(b"%PDF-1.7")
    assert (tmp_path / "T-1.docx").read_bytes().startswith(b"PK")


def test_formats_and_folder_are_chosen(afterword: Afterword, small: Path, tmp_path: Path) -> None:
    """`--to` names formats, `-o` a folder that is made if need be."""
    ran = afterword("render", small.name, "--to", "html,md,json", "-o", "a/b")

    assert ran.code == 0
    assert sorted(path.name for path in (tmp_path / "a/b").iterdir()) == ["T-1.html", "T-1.json", "T-1.md"]


def test_json_is_the_record(afterword: Afterword, small: Path) -> None:
    """The JSON document loads as a source again."""
    ran = afterword("render", small.name, "--to", "json", "-o", "-", "--quiet")

    assert json.loads(ran.out)["id"] == "T-1"
    assert afterword("check", "-", stdin=ran.raw).code == 0


def test_a_file_may_be_named(afterword: Afterword, small: Path, tmp_path: Path) -> None:
    """`-o report.html` is one document under that name."""
    assert afterword("render", small.name, "-o", "x/report.html").code == 0
    assert (tmp_path / "x/report.html").is_file()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--to", "odt"),
        ("-o", "a.pdf", "--to", "pdf,docx"),
        ("-o", "-"),
        ("--lang", "qqq-xx-!"),
        ("--page-size", "A3"),
        ("--stage", "done"),
        ("--nonsense",),
    ],
)
def test_a_wrong_call_is_told_and_makes_nothing(
    afterword: Afterword, small: Path, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """Exit code 2 and no file."""
    ran = afterword("render", small.name, *arguments)

    assert (ran.code, [path.name for path in tmp_path.iterdir()]) == (2, ["small.yaml"])


def test_a_faulty_source_does_not_stop_the_others(afterword: Afterword, small: Path, tmp_path: Path) -> None:
    """The sound ones are rendered, the faulty one is told, exit code 1."""
    (tmp_path / "bad.yaml").write_text("id: T-2\n", "utf-8")

    ran = afterword("render", "bad.yaml", small.name, "nothere.yaml", "--to", "md")

    assert (ran.code, ran.out.split()) == (1, ["T-1.md"])
    assert "AW202" in ran.err
    assert "AW101" in ran.err


def test_a_foreign_file_is_not_overwritten(afterword: Afterword, small: Path, tmp_path: Path) -> None:
    """What this tool did not make stays, and none of the report's documents appears; `--force` overwrites."""
    (tmp_path / "T-1.pdf").write_bytes(b"%PDF-1.4 somebody's own")

    ran = afterword("render", small.name)

    assert ran.code == 1
    assert "AW701" in ran.err
    assert (tmp_path / "T-1.pdf").read_bytes() == b"%PDF-1.4 somebody's own"
    assert not (tmp_path / "T-1.docx").exists()
    assert afterword("render", small.name, "--force").code == 0
    assert (tmp_path / "T-1.pdf").read_bytes().startswith(b"%PDF-1.7")


def test_an_earlier_version_is_overwritten(afterword: Afterword, small: Path, tmp_path: Path) -> None:
    """Every format of an earlier version of the same report gives way to the new one."""
    everything = ("--to", "pdf,docx,html,md,json")
    assert afterword("render", small.name, *everything).code == 0
    small.write_text(SMALL.replace("A small one", "Another title"), "utf-8")

    assert afterword("render", small.name, *everything).code == 0
    assert "Another title" in (tmp_path / "T-1.md").read_text("utf-8")


def test_another_incidents_report_is_not_overwritten(afterword: Afterword, tmp_path: Path) -> None:
    """Ids that make one name do not take each other's place, in one run or in two."""
    (tmp_path / "a.yaml").write_text(SMALL.replace("T-1", "X/1"), "utf-8")
    (tmp_path / "b.yaml").write_text(SMALL.replace("T-1", "X-1"), "utf-8")

    together = afterword("render", "a.yaml", "b.yaml", "--to", "md", "-o", "one")
    first = afterword("render", "a.yaml", "--to", "md", "-o", "two")
    second = afterword("render", "b.yaml", "--to", "md", "-o", "two")

    assert (together.code, len(list((tmp_path / "one").iterdir()))) == (0, 2)
    assert (first.code, second.code) == (0, 1)
    assert "AW701" in second.err


@pytest.mark.parametrize(
    "identifier",
    [
        "0x19",
        "INC-2023/08",
        "../../etc/passwd",
        "CON",
        "x" * 300,
        "🔥 fire 🔥",
        "..",
        "-rf",
        "a\\\\b",
        "نظام",
        "C:\\\\temp",
    ],
)
def test_any_id_makes_a_safe_name(afterword: Afterword, tmp_path: Path, identifier: str) -> None:
    """One file, inside the output folder, whatever the id."""
    (tmp_path / "i.yaml").write_text(f'id: "{identifier}"\ntitle: t\ndate: 2023-08-13\n', "utf-8")

    ran = afterword("render", "i.yaml", "--to", "json", "-o", "out")

    made = [path for path in tmp_path.rglob("*") if path.suffix == ".json"]
    assert (ran.code, len(made)) == (0, 1)
    assert made[0].parent == tmp_path / "out"


def test_a_final_report_with_placeholders_is_refused(afterword: Afterword, tmp_path: Path) -> None:
    """A final report goes out without placeholders, or with the author's word."""
    (tmp_path / "f.yaml").write_text(SMALL + 'stage: final\nsummary: "It hit [describe whom]."\n', "utf-8")

    refused = afterword("render", "f.yaml", "--to", "md")
    allowed = afterword("render", "f.yaml", "--to", "md", "--allow-placeholders")

    assert (refused.code, allowed.code) == (1, 0)
    assert "AW402" in refused.err


def test_a_stage_is_given_to_a_record_that_says_none(afterword: Afterword, small: Path) -> None:
    """`--stage final` makes a finished report of it, without sections to be completed."""
    final = afterword("render", small.name, "--to", "md", "-o", "-", "--quiet", "--stage", "Final")
    draft = afterword("render", small.name, "--to", "md", "-o", "-", "--quiet")

    assert "To be completed" in draft.out
    assert (final.code, "To be completed" in final.out) == (0, False)


def test_kind_of_pdf_and_day_are_chosen(afterword: Afterword, tmp_path: Path) -> None:
    """`--pdf plain` makes a PDF without tags, `--as-of` names the day for what is overdue; other values are refused."""
    action = "preventive_measures:\n  - {title: Pump, due: 2024-01-01}\n"
    (tmp_path / "f.yaml").write_text(SMALL + action, "utf-8")

    assert afterword("render", "f.yaml", "--to", "pdf", "--pdf", "plain", "--as-of", "2024-01-02").code == 0
    assert b"pdfuaid" not in (tmp_path / "T-1.pdf").read_bytes()
    shown = afterword("render", "f.yaml", "--to", "md", "--as-of", "2024-01-02", "-o", "-", "--quiet")
    assert "(overdue)" in shown.out
    assert "(overdue)" not in afterword("render", "f.yaml", "--to", "md", "-o", "-", "--quiet").out
    assert afterword("render", "f.yaml", "--pdf", "nice").code == 2
    assert afterword("render", "f.yaml", "--as-of", "tomorrow").code == 2


def test_quiet_says_nothing_when_all_is_well(afterword: Afterword, small: Path) -> None:
    """`--quiet` prints errors only."""
    ran = afterword("render", small.name, "--quiet")

    assert (ran.code, ran.out, ran.err) == (0, "", "")


def test_an_edition_is_made_for_an_audience(afterword: Afterword, small: Path, tmp_path: Path) -> None:
    """`--audience` leaves out what its readers may not see, and the name of the file says whom it is for."""
    small.write_text(f"{SMALL}summary: shown\nconclusion: hidden\nvisibility: {{summary: public}}\n", "utf-8")
    ran = afterword("render", small.name, "--to", "json", "--audience", "Public")

    assert (ran.code, ran.out.split()) == (0, ["T-1.public.json"])
    assert "AW425" in ran.err
    assert json.loads((tmp_path / "T-1.public.json").read_text("utf-8")).keys() >= {"summary", "edition"}
    assert "hidden" not in (tmp_path / "T-1.public.json").read_text("utf-8")
    assert afterword("render", small.name, "--audience", "board").code == 2
