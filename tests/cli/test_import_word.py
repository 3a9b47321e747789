"""`afterword import` of Word documents, as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

from cli_runner import Afterword

from afterword.api import load, render
from word_making import p, paragraph, word

_MEDIA = Path(__file__).parents[2] / "samples" / "media"


def _document(folder: Path) -> Path:
    """Return a Word file with a picture."""
    drawing = '<w:r><w:drawing><wp:docPr id="1" name="x" descr="A curve"/><a:blip r:embed="rId7"/></w:drawing></w:r>'
    body = (
        p("Outage of 2023-08-13", "Titel"),
        p("Impact", "berschrift1"),
        p("Many."),
        paragraph(drawing),
        p("Resolution", "berschrift1"),
        p("Restarted."),
    )
    data = next(_MEDIA.glob("*.png")).read_bytes()
    path = folder / "outage.docx"
    parts = {"word/media/image1.png": data}
    path.write_bytes(word("".join(body), parts, (("rId7", "image", "media/image1.png"),)))
    return path


def test_pictures_are_written_beside_the_record(afterword: Afterword, tmp_path: Path) -> None:
    """The record and its pictures appear together, the record loads without the document, and notes name both."""
    file = tmp_path / "out" / "outage.yaml"
    ran = afterword("import", str(_document(tmp_path)), "-o", str(file), "--format", "json")

    assert ran.code == 0
    assert sorted(each.name for each in file.parent.iterdir()) == ["outage-image1.png", "outage.yaml"]
    assert load(file).impact.description.startswith("Many.")
    notes = json.loads(ran.out)["incidents"][0]["notes"]
    assert any("outage-image1.png" in each["words"] for each in notes)
    assert any(each["paragraph"] == 5 and each["line"] == 0 for each in notes)
    assert afterword("import", str(_document(tmp_path)), "-o", str(file)).code == 1


def test_a_word_document_is_a_source_like_any_other(tmp_path: Path) -> None:
    """`render` shows its picture without writing it anywhere first."""
    rendered = render(_document(tmp_path), ("html",))

    assert b"data:image/png" in rendered.files["html"]
    assert [each.name for each in tmp_path.iterdir()] == ["outage.docx"]


def test_a_given_date_places_the_times_of_a_word_document(afterword: Afterword, tmp_path: Path) -> None:
    """`--date` is the day of times that have none."""
    body = p("Outage", "Titel"), p("Timeline", "berschrift1"), p("10:42 UTC: it began"), p("11:00 UTC: it was over")
    path = tmp_path / "outage.docx"
    path.write_bytes(word("".join(body)))
    assert afterword("import", str(path), "--date", "2024-05-03", "-o", str(tmp_path / "outage.yaml")).code == 0
    text = (tmp_path / "outage.yaml").read_text("utf-8")
    assert "2024-05-03T10:42" in text
    assert "2024-05-03T11:00" in text
