"""Nothing in a file makes the tool fetch, read elsewhere, run code, or end in a traceback.

Each of these gives a right document or located errors.
"""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path

import pypdfium2
import pytest

import afterword

PLAIN = {"id": "H-1", "title": "Hostile", "date": "2023-08-13"}
ALL = ("pdf", "docx", "html", "md", "json")


def source(folder: Path, **fields: object) -> Path:
    """Write a record with these fields as JSON and return its path."""
    path = folder / "hostile.json"
    path.write_text(json.dumps({**PLAIN, **fields}), "utf-8")
    return path


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF, white space folded."""
    with pypdfium2.PdfDocument(data) as document:
        text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    return " ".join(text.split())


PROSE = {
    "html": "before <script>alert(1)</script> <img src=x onerror=alert(1)> after",
    "jinja": "before {{ 7 * 7 }} {% for x in y %} {# note #} after",
    "files": "before ![x](file:///etc/passwd) [y](javascript:alert(1)) url(http://example.org/a.png) after",
    "style": "before <style>@import url(http://example.org)</style> </style></script> after",
    "entities": "before &lt;b&gt; &#0; &#x202e; &amp;nbsp; ]]> <!-- --> <![CDATA[ after",
    "controls": "before \x00 \x07 \x1b[31m \u202egnp.exe\u202c \ufffe after",
    "surrogate": "before \ud800 \udfff after",
    "combining": "before Z" + "\u0301" * 300 + " after",
    "emoji": "before 👩‍👩‍👧‍👦 🇪🇹 ☠️ 𒀱 ﷽ after",
    "word fields": "before { TOC } =HYPERLINK(1) w:t <w:p/> after",
    "long word": "before " + "x" * 20_000 + " after",
    "quotes": "> " * 20 + "before\n\nafter",
    "list": "\n".join("  " * depth + "- before" for depth in range(9)) + "\n\nafter",
    "backticks": "before ` `` ``` ```` after",
    "footnotes": "before[^^] [^[^a]] ^[x] [^a](b)[^a]: [^b]\n\n[^a]: [^a]: [^b]\n[^b]: > [^b]\n\nafter",
    "math": "before \\( \\frac{1}{0} \\) $x$ \\u0000 after",
    "links": "before [a](https://example.org/?q=<>\"'&x=1) <https://example.org/%00> after",
    "tables": "before\n\n| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 | 4 |\n\nafter",
}


@pytest.mark.parametrize("name", PROSE)
def test_hostile_prose_becomes_text(tmp_path: Path, name: str) -> None:
    """Whatever stands in prose, every format is made and has the words around it; nothing of it runs."""
    documents = afterword.render(source(tmp_path, summary=PROSE[name], conclusion=PROSE[name]), ALL)

    assert set(documents.files) == set(ALL)
    text = pdf_text(documents.files["pdf"])
    assert "before" in text
    assert "after" in text
    html = documents.files["html"].decode()
    assert "<script>alert" not in html
    assert "onerror=alert(1)>" not in html.replace("&gt;", "")
    assert "49" not in text


def test_hostile_text_in_every_plain_field(tmp_path: Path) -> None:
    """Markup in names, titles and labels is text as well."""
    nasty = "<b>&amp; {{x}} \"'`|\\ \u202e\x07</b>"
    record = source(
        tmp_path,
        title=nasty,
        severity=nasty,
        tags=[nasty],
        services=[nasty],
        authors=[{"name": nasty, "role": nasty}],
        timeline=[{"time": "8:00", "description": nasty, "actor": nasty, "source": nasty}],
        impact={"measures": [{"name": nasty, "value": nasty, "unit": nasty}]},
        preventive_measures=[{"title": nasty, "owner": nasty, "ticket": nasty, "priority": nasty}],
        references=[{"title": nasty}],
        sections=[{"heading": nasty, "body": nasty}],
    )

    documents = afterword.render(record, ALL)

    assert "AW403" in {finding.code for finding in documents.findings}
    assert "<b>&amp; {{x}}" in pdf_text(documents.files["pdf"])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../../secret.png", "AW208"),
        ("/etc/passwd", "AW208"),
        ("C:\\Windows\\win.ini", "AW208"),
        ("missing.png", "AW411"),
        ("a\x00.png", "AW411"),
    ],
)
def test_files_elsewhere_are_not_read(tmp_path: Path, path: str, code: str) -> None:
    """An attachment or picture outside the source's folder, or not there, is a located error."""
    folder = tmp_path / "inner"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"secret")
    record = source(folder, attachments=[path])

    with pytest.raises(afterword.SourceError) as caught:
        afterword.render(record, ["md"])

    errors = [finding for finding in caught.value.findings if finding.severity is afterword.Severity.ERROR]
    assert [finding.code for finding in errors] == [code]
    assert errors[0].place is not None
    assert errors[0].place.line > 0


def test_a_picture_in_prose_is_held_to_the_same_rule(tmp_path: Path) -> None:
    """Markdown cannot reach what an attachment cannot."""
    with pytest.raises(afterword.SourceError) as caught:
        afterword.render(source(tmp_path, summary="![x](../secret.png)"), ["md"])

    assert "AW208" in {finding.code for finding in caught.value.findings}


def _png(width: int, height: int) -> bytes:
    """Return a valid black PNG of one bit a pixel, whatever its size, without drawing it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    packer = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    rows = b"".join(packer.compress(line) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_picture_of_fifty_megapixels_is_scaled_down(tmp_path: Path) -> None:
    """It is shown, at the size that print needs."""
    (tmp_path / "big.png").write_bytes(_png(10_000, 5_000))
    record = source(tmp_path, summary="![A black field](big.png)")

    documents = afterword.render(record, ["pdf", "docx"])

    assert len(documents.files["docx"]) < 2_000_000


def test_a_bomb_is_not_opened(tmp_path: Path) -> None:
    """A picture of a thousand megapixels is refused by its header."""
    (tmp_path / "bomb.png").write_bytes(_png(40_000, 4_000))
    record = source(tmp_path, attachments=["bomb.png"])

    with pytest.raises(afterword.SourceError) as caught:
        afterword.render(record, ["md"])

    assert "AW413" in {finding.code for finding in caught.value.findings}


def test_a_paragraph_of_a_megabyte_is_set(tmp_path: Path) -> None:
    """It takes hundreds of pages, and they are made."""
    documents = afterword.render(source(tmp_path, summary="word " * 40_000 + "end."), ["docx", "md"])

    assert documents.files["md"].count(b"word ") == 40_000


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"summary": "x" * 900_000}, "summary"),
        ({"impact": {"description": "<http://a" * 20_000}}, "impact.description"),
        ({"lessons": [" ".join("`" * number for number in range(200, 400))]}, "lessons[0]"),
        ({"title": "t" * 900_000}, "title"),
        ({"id": "i" * 900_000}, "id"),
        ({"summary": "a b " * 200_000, "conclusion": "c d " * 200_000}, ""),
        ({"summary": "a\n\n" * 20_001}, ""),
        ({"sections": [{"heading": "h", "body": "- a\n" * 20_001}]}, ""),
        ({"timeline": [{"at": "2023-08-13T08:00", "description": "d"}] * 10_000}, ""),
    ],
)
def test_what_takes_minutes_to_lay_out_is_a_located_error(tmp_path: Path, fields: dict[str, object], path: str) -> None:
    """Words without end, too much text and too many paragraphs are refused before anything is drawn."""
    found = [each for each in afterword.check(source(tmp_path, **fields)) if each.severity is afterword.Severity.ERROR]

    assert [(each.code, each.path) for each in found] == [("AW405", path)]
    assert all(each.place and each.place.line for each in found)


def test_scripts_without_spaces_have_no_long_words(tmp_path: Path) -> None:
    """Chinese and Japanese break between letters."""
    assert not afterword.check(source(tmp_path, summary="障害報告書" * 10_000))


def test_lists_two_hundred_deep_are_a_located_error(tmp_path: Path) -> None:
    """What no page can show is refused with its place, not dropped."""
    deep = "\n".join("  " * depth + "- x" for depth in range(200))

    with pytest.raises(afterword.SourceError) as caught:
        afterword.render(source(tmp_path, summary=deep), ["md"])

    assert "AW404" in {finding.code for finding in caught.value.findings}


def test_anchors_that_explode_are_a_located_error() -> None:
    """Ten levels of ten aliases are ten thousand million values, and none of them is made."""
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 11)]

    with pytest.raises(afterword.SourceError) as caught:
        afterword.loads("\n".join(lines))

    assert "AW107" in {finding.code for finding in caught.value.findings}


def test_notes_that_fill_pages_are_whole(tmp_path: Path) -> None:
    """Eight notes as long as notes may be, all on one line of text, are moved on to later pages and not cut."""
    long = "word " * 280
    marks = " ".join(f"a[^{number}]" for number in range(8))
    notes = "\n".join(f"[^{number}]: first{number}. {long}last{number}." for number in range(8))
    rendered = afterword.render(source(tmp_path, summary=f"{marks}\n\n{notes}"), ("pdf",))
    text = pdf_text(rendered.files["pdf"])

    assert [number for number in range(8) if f"first{number}." not in text or f"last{number}." not in text] == []
    assert not [finding for finding in rendered.findings if finding.code == "AW410"]
