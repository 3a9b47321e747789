"""PDF and Word say the same: every word of the tree, in the tree's order, for every sample."""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from afterword.report.nodes import Footnote, Report
from afterword.report.rebuild import map_inlines
from afterword.report.walk import inlines, plain_text, words
from sample_documents import GROUP, NAMES, rendered

pytestmark = pytest.mark.xdist_group(GROUP)

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text: str) -> str:
    """Return a text without white space, hyphens and marks of direction, its letters in their plain forms."""
    plain = unicodedata.normalize("NFKC", text)
    # PDFium gives a hyphen at the end of a line as a mark of its own, so hyphens are left out on both sides.
    return re.sub(r"[\s\x02\u2010\-\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufffe]", "", plain)


def pdf_text(data: bytes) -> str:
    """Return the text of a PDF, read by another library than the one that wrote it."""
    with pypdfium2.PdfDocument(data) as document:
        return " ".join(page.get_textpage().get_text_bounded() for page in document)


def docx_text(data: bytes) -> str:
    """Return the text of a Word document in the order of the file, notes behind the paragraphs with their marks."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        root = ET.fromstring(package.read("word/document.xml"))  # noqa: S314 (our own file)
        held = package.read("word/footnotes.xml") if "word/footnotes.xml" in package.namelist() else b"<none/>"
    notes = {note.get(f"{WORD}id", ""): note for note in ET.fromstring(held)}  # noqa: S314 (as above)
    pieces = []
    for paragraph in root.iter(f"{WORD}p"):
        pieces.append(_line(paragraph))
        for mark in paragraph.iter(f"{WORD}footnoteReference"):
            pieces += [_line(each) for each in notes[mark.get(f"{WORD}id", "")].iter(f"{WORD}p")]
    return " ".join(pieces)


def _line(paragraph: ET.Element) -> str:
    """Return the text of a paragraph, with the numbers that Word gives to marks of notes."""
    return "".join(
        (node.text or "") + (node.get(f"{WORD}id", "") if node.tag == f"{WORD}footnoteReference" else "")
        for node in paragraph.iter()
        if node.tag in {f"{WORD}t", f"{WORD}footnoteReference"}
    )


def parted(report: Report) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a report without its notes, and those of its notes, which stand at the foot of pages."""
    notes = [inline for inline in inlines(report) if isinstance(inline, Footnote) and inline.paragraphs]
    without = map_inlines(
        report, lambda inline: (replace(inline, paragraphs=()) if isinstance(inline, Footnote) else inline,)
    )
    told = (f"{note.number} {plain_text(note.paragraphs)}" for note in notes)
    return words(without), tuple(word for text in told for word in text.split())


def first_missing(expected: tuple[str, ...], text: str) -> str:
    """Return the first word that does not follow the ones before it in the text; empty if all do."""
    held, place = squeezed(text), 0
    for word in expected:
        wanted = squeezed(word)
        found = held.find(wanted, place)
        if found < 0:
            return word
        place = found + len(wanted)
    return ""


@pytest.mark.parametrize("name", NAMES)
def test_word_has_all_words_in_order(name: str) -> None:
    """No word of the tree is lost on the way into Word, and none changes its place."""
    document = rendered(name)

    assert first_missing(words(document.report), docx_text(document.files["docx"])) == ""


@pytest.mark.parametrize("name", NAMES)
def test_pdf_has_all_words_in_order(name: str) -> None:
    """No word of the tree is lost on the way into the PDF; where all runs left to right, none changes its place."""
    document = rendered(name)
    text = pdf_text(document.files["pdf"])

    if document.report.meta.direction == "ltr":
        text_itself, notes = parted(document.report)
        assert first_missing(text_itself, text) == ""
        assert first_missing(notes, text) == ""
    # Text in both directions has no order of its own on a page; its letters are all there, though.
    expected, held = Counter(squeezed("".join(words(document.report)))), Counter(squeezed(text))
    assert not {letter: count for letter, count in (expected - held).items() if letter.isalnum()}


def test_what_shares_documents_runs_in_one_process(request: pytest.FixtureRequest) -> None:
    """Where tests run in several processes, this group stays in one, which its name in the ids of tests tells."""
    if request.config.getoption("loadgroup", default=False):
        assert request.node.nodeid.endswith(f"@{GROUP}")
