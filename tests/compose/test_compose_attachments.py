"""Attachments are shown, listed and sent along; what cannot be is told."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from afterword.compose import Composed
from afterword.report.nodes import Figure, InlineImage, Picture
from afterword.report.walk import blocks, inlines, plain_text
from composing import cells, composed, report, section, table


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a source with a picture and logs of one name in it."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "more").mkdir()
    file = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(file, "PNG")
    (tmp_path / "red.png").write_bytes(file.getvalue())
    (tmp_path / "logs" / "a.log").write_bytes(b"one\n")
    (tmp_path / "more" / "a.log").write_bytes(b"two\n")
    (tmp_path / "more" / "2-a.log").write_bytes(b"three\n")
    (tmp_path / "incident.json").write_bytes(b"{}")
    (tmp_path / "broken.png").write_bytes(b"no picture")
    return tmp_path


def attached(folder: Path, *attachments: object, **fields: Any) -> Composed:  # noqa: ANN401 (fields of any kind)
    """Return the report of a record with these attachments."""
    return composed(folder=folder, attachments=list(attachments), **fields)


def test_pictures_are_shown_and_every_file_is_listed_and_sent(folder: Path) -> None:
    """With its size and its checksum, by which a reader can tell that it is the same one."""
    red = {"path": "red.png", "title": "A [red] square", "alt": "All red"}
    made = attached(folder, red, {"path": "logs/a.log", "title": "Log"})
    found = made.report
    figure = next(each for each in blocks(found) if isinstance(each, Figure))
    assert isinstance(figure.content, Picture)
    assert figure.content.asset in found.assets
    assert (figure.alt, plain_text(figure.caption)) == ("All red", "A [red] square")
    rows = cells(table(found, "attachments"))
    assert rows[0] == ["File", "Title", "Size", "SHA-256"]
    assert rows[2][:3] == ["logs/a.log", "Log", "4 B"]
    assert rows[2][3].startswith("2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806")
    assert [(file.name, file.data, file.media_type) for file in found.files][1] == ("a.log", b"one\n", "text/plain")
    assert found.files[0].media_type == "image/png"
    assert made.findings == ()


def test_files_of_one_name_get_names_of_their_own(folder: Path) -> None:
    """Nothing is lost, not even where a free name is taken by a later file, and the record keeps its own name."""
    paths = ("more/2-a.log", "logs/a.log", "more/a.log", "logs/a.log", "incident.json")
    files = attached(folder, *paths).report.files
    assert [file.data for file in files] == [b"three\n", b"one\n", b"two\n", b"one\n", b"{}"]
    names = [file.name for file in files]
    assert len(set(names)) == len(names)
    assert "incident.json" not in names
    assert all(name == Path(name).name for name in names)


@pytest.mark.parametrize(
    ("path", "code"), [("../secret.png", "AW208"), ("nothing.log", "AW411"), ("broken.png", "AW412"), ("logs", "AW411")]
)
def test_what_cannot_be_attached_is_told_at_its_path(folder: Path, path: str, code: str) -> None:
    """And the rest of the report is made."""
    made = attached(folder, path, "logs/a.log", stage="final")
    assert [(finding.code, finding.path) for finding in made.findings] == [(code, "attachments[0].path")]
    assert made.report.files[-1].name == "a.log"


def test_standard_input_has_no_attachments() -> None:
    """A record without a folder names files in vain."""
    made = composed(attachments=["a.log"])
    assert [finding.code for finding in made.findings] == ["AW208"]
    assert made.report.files == ()


def test_a_picture_without_words_is_told(folder: Path) -> None:
    """Its name stands in for what it shows, which is better than nothing."""
    made = attached(folder, "red.png")
    assert [(finding.code, finding.path) for finding in made.findings] == [("AW415", "attachments[0]")]
    assert next(each.alt for each in blocks(made.report) if isinstance(each, Figure)) == "red.png"


def test_pictures_in_prose_are_taken_from_the_same_folder(folder: Path) -> None:
    """One picture is kept once, however often it is shown."""
    made = attached(folder, {"path": "red.png", "alt": "Red"}, summary="See ![Red](red.png) here.\n\n![Red](red.png)")
    found = made.report
    shown = {
        each.content.asset for each in blocks(found) if isinstance(each, Figure) and isinstance(each.content, Picture)
    }
    shown |= {each.asset for each in inlines(found) if isinstance(each, InlineImage)}
    assert shown == set(found.assets)
    assert len(shown) == 1
    assert made.findings == ()


def test_a_picture_in_prose_that_is_missing_is_told_where_it_is_named(folder: Path) -> None:
    """The words around it stay."""
    made = attached(folder, summary="Before ![Graph](graph.png) after.")
    assert [(finding.code, finding.path) for finding in made.findings] == [("AW411", "summary")]
    shown = plain_text(section(made.report, "summary").blocks)
    assert "Before" in shown
    assert "after." in shown


def test_a_final_report_without_attachments_has_no_section_for_them() -> None:
    """Nor has a draft."""
    for stage in ("draft", "final"):
        assert not [each for each in report(stage=stage).sections if each.name == "attachments"]
