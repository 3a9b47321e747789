"""The PDF: what two outside judges, three other PDF libraries and a second process say of it."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import docx_reports as made
import pikepdf
import pypdfium2
import pytest
from pdf_judge import judged
from theme_making import make_theme

from afterword.errors import EngineMissing
from afterword.options import PAGE_SIZES, Pages, PageSize
from afterword.report.identity import Origin
from afterword.report.nodes import (
    BulletList,
    CodeBlock,
    EmbeddedFile,
    FixedWords,
    Link,
    Marking,
    Row,
    Section,
    Strong,
    Table,
)
from afterword.theme.load import load_theme
from afterword.writers.pdf import lay_out, write
from afterword.writers.pdf.furniture import page_number
from afterword.writers.pdf.notices import Ear
from afterword.writers.pdf.origin import UNSEALED, origin_in, sealed


@cache
def everything(language: str = "en", page_size: PageSize = "A4") -> bytes:
    """Return the PDF of a long report with all nodes."""
    return write(made.everything(language), made.options(page_size)).data


def texts(data: bytes) -> list[str]:
    """Return the text of each page."""
    with pypdfium2.PdfDocument(data) as document:
        return [sheet.get_textpage().get_text_bounded() for sheet in document]


@pytest.mark.parametrize("profile", ["ua1", "3a"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_judges_find_nothing(language: str, profile: str) -> None:
    """One file passes PDF/UA-1 and PDF/A-3a, in both directions of text."""
    assert judged(everything(language), (profile,)) == []


def test_hostile_report_passes_too() -> None:
    """Text full of addresses and markup is drawn as text: nothing is fetched, and nothing is said about it."""
    evil = '<img src="file:///etc/passwd"> url(http://e.example/x) <style>@import "http://e.example"</style> \\27 }'
    blocks = (made.p(evil), CodeBlock(evil), BulletList((made.item(made.p(Strong(made.run(evil)))),)))
    report = made.report(*blocks)
    report = replace(report, meta=replace(report.meta, header=evil, footer='"; } @import url(x); {'))
    written = write(report, made.options())
    assert written.findings == ()
    assert "".join("".join(texts(written.data)).split()).count("".join(evil.split())[:60]) >= 3
    assert judged(written.data) == []


def test_same_bytes_in_another_process() -> None:
    """The same report gives the same bytes, whatever the hash seed, and after other documents."""
    code = "import hashlib, docx_reports as m; from afterword.writers.pdf import write; "
    code += "print(hashlib.sha256(write(m.everything(), m.options()).data).hexdigest())"
    here = Path(__file__).parent
    path = os.pathsep.join([str(here), str(here.parents[1] / "src")])
    environ = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "4711"}
    done = subprocess.run([sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == hashlib.sha256(everything()).hexdigest()


def test_outline_follows_the_sections() -> None:
    """The outline has every section, nested as in the report, and no other entry."""

    def entries(items: Any) -> list[Any]:  # noqa: ANN401 (pikepdf has no types)
        return [(str(item.title), entries(item.children)) for item in items]

    report = made.report(
        sections=(Section(made.run("One"), (), (Section(made.run("Inner")),)), Section(made.run("Two")))
    )
    with pikepdf.open(_stream(write(report, made.options()).data)) as pdf, pdf.open_outline() as outline:
        assert entries(outline.root) == [("One", [("Inner", [])]), ("Two", [])]


def test_outline_has_every_section_however_deep() -> None:
    """Sections nested nine deep are all in the outline."""
    section = Section(made.run("Deepest"))
    for depth in range(8, 0, -1):
        section = Section(made.run(f"Depth {depth}"), (), (section,))
    with pikepdf.open(_stream(write(made.report(sections=(section,)), made.options()).data)) as pdf:
        entries = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary) and "/Dest" in thing]
        assert sum("/Title" in entry for entry in entries) == 9


def _stream(data: bytes) -> Any:  # noqa: ANN401 (what pikepdf opens)
    from io import BytesIO

    return BytesIO(data)


def test_each_link_has_one_annotation() -> None:
    """A link with code and bold text in it is one link, reachable on its page."""
    inlines = made.run("code ", Strong(made.run("bold")), " plain")
    data = write(made.report(made.p(Link(inlines, "https://example.org/"))), made.options()).data
    with pikepdf.open(_stream(data)) as pdf:
        annotations = [annotation for sheet in pdf.pages for annotation in sheet.get("/Annots", [])]
        assert [str(annotation.A.URI) for annotation in annotations] == ["https://example.org/"]


def test_contents_have_the_right_pages() -> None:
    """Each entry of the contents names the page on which its section starts; the writer needs no help for that."""
    layout = lay_out(made.everything(), made.options())
    sheets = texts(layout.write().data)
    assert layout.pages.count == len(sheets)
    for section in layout.report.sections:
        number = layout.pages.of_anchor[section.anchor]
        heading = f"{section.number} " + "".join(getattr(inline, "text", "") for inline in section.title)
        assert heading.split()[0] in sheets[number - 1]
    known = Pages(layout.pages.count, layout.pages.of_anchor)
    assert write(made.everything(), made.options(pages=known)).data == layout.write().data


@pytest.mark.parametrize("language", ["en", "ar"])
def test_numbers_put_into_the_contents_stand_as_if_laid_out(language: str) -> None:
    """Numbers of one and two digits that are put in afterwards give the bytes of pages laid out with them."""
    report = made.sectioned(12, 9, language)
    layout = lay_out(report, made.options())
    assert max(layout.pages.of_anchor.values()) > 9
    assert write(report, made.options(pages=layout.pages)).data == layout.write().data


def test_numbers_among_the_text_are_right_too(tmp_path: Path) -> None:
    """A theme that sets the page numbers into the lines of the contents gets right ones, with another round."""
    own = make_theme(tmp_path, 'css = "own.css"\n', {"own.css": ".contents .page { position: static }"})
    report = made.sectioned(4, 7)
    layout = lay_out(report, replace(made.options(), theme=load_theme(own)))
    lines = texts(layout.write().data)[0].splitlines()
    pages = [layout.pages.of_anchor[section.anchor] for section in report.sections]
    assert [line.split()[-1] for line in lines if line.startswith("Section ")] == [str(page) for page in pages]
    assert pages[-1] > pages[0] > 1


@pytest.mark.parametrize("page_size", ["A4", "Letter"])
def test_page_size_and_number(page_size: PageSize) -> None:
    """Pages have the size that was asked for, and each says which of how many it is."""
    sheets = texts(everything("en", page_size))
    assert all(f"Page {number} of {len(sheets)}" in sheet for number, sheet in enumerate(sheets, start=1))
    with pypdfium2.PdfDocument(everything("en", page_size)) as document:
        width, height = document[0].get_size()
    assert (round(width / 72 * 25.4, 1), round(height / 72 * 25.4, 1)) == PAGE_SIZES[page_size]


def test_page_number_in_any_order() -> None:
    """The words around the page numbers and their order come from the report."""
    assert page_number("{pages} / {page}") == 'counter(pages) "\\20 \\2f \\20 " counter(page)'
    report = replace(made.report(made.p("x")), words=FixedWords(page_of="ገጽ {page} ከ {pages}"))
    assert "ገጽ 1 ከ 1" in texts(write(report, made.options()).data)[0]


def test_marking_and_draft_on_every_page() -> None:
    """The TLP label stands twice and the word Draft, in capitals, once on each page of a draft that carries one."""
    sheets = texts(everything())
    assert len(sheets) > 5
    assert all(sheet.count("TLP:AMBER+STRICT") == 2 and sheet.count("DRAFT") == 1 for sheet in sheets)
    final = made.report(made.p("x"), about=made.meta(marking=Marking("TLP:CLEAR", "clear")))
    assert "Final" not in texts(write(final, made.options()).data)[0]


def test_header_row_repeats() -> None:
    """A table over several pages shows its header row on each."""
    rows = made.timeline(90)
    sheets = texts(write(made.report(rows), made.options()).data)
    titles = ["".join(getattr(inline, "text", "") for inline in column.title) for column in rows.columns]
    assert len(sheets) > 2
    assert all(title in sheet for sheet in sheets for title in titles)


def test_row_higher_than_a_page_is_not_cut() -> None:
    """A row that fits no page goes on over the next one, with all its words."""
    long = " ".join(f"word{number}" for number in range(3000))
    table = made.measures()
    rows = (*table.rows, Row(tuple(made.cell(long if column == 0 else "x") for column in range(len(table.columns)))))
    sheets = texts(write(made.report(replace(table, rows=rows)), made.options()).data)
    assert isinstance(table, Table)
    assert "word2999" in "".join("".join(sheets).split())
    assert len(sheets) > 1


def test_files_travel_inside() -> None:
    """The record and the attachments are embedded once each, with their relationship and the report's date."""
    extra = EmbeddedFile("log.txt", "text/plain", b"a log", "A log")
    report = replace(made.report(made.p("x")), source=made.RECORD, files=(extra,))
    with pikepdf.open(_stream(write(report, made.options()).data)) as pdf:
        found = {
            str(spec.UF): (str(spec.AFRelationship), str(spec.EF.F.Params.ModDate), spec.EF.F.read_bytes())
            for spec in pdf.Root.AF
        }
        assert len(pdf.Root.AF) == 2
    assert found == {
        "incident.json": ("/Source", "D:20230813170500Z", made.RECORD.data),
        "log.txt": ("/Supplement", "D:20230813170500Z", b"a log"),
    }


@pytest.mark.parametrize("language", ["en", "ar"])
def test_metadata_say_the_same_twice(language: str) -> None:
    """Title, authors, subject, keywords, language, dates, creator and id are in XMP and Info, and agree."""
    about = replace(made.report().meta, language=language, title="Ein «Titel» & مرحبا", authors=("Ada, Obi", "Li Wei"))
    report = made.report(made.p("x"), about=about)
    with pikepdf.open(_stream(write(report, made.options()).data)) as pdf, pdf.open_metadata() as xmp:
        info = pdf.docinfo
        assert xmp["dc:title"] == str(info["/Title"]) == about.title
        assert xmp["dc:creator"] == list(about.authors)
        assert str(info["/Author"]) == ", ".join(about.authors)
        assert xmp["dc:description"] == str(info["/Subject"]) == about.subject
        assert xmp["pdf:Keywords"] == str(info["/Keywords"]) == ", ".join(about.keywords)
        assert xmp["dc:language"] == {str(pdf.Root.Lang)} == {language}
        assert xmp["xmp:CreatorTool"] == str(info["/Creator"]) == "Afterword"
        assert xmp["pdf:Producer"] == str(info["/Producer"])
        for key, name in (("xmp:CreateDate", "/CreationDate"), ("xmp:ModifyDate", "/ModDate")):
            assert (xmp[key], str(info[name])) == ("2023-08-13T17:05:00+00:00", "D:20230813170500+00'00")
        assert xmp["xmpMM:DocumentID"] == f"uuid:{about.document_id}"
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_links_say_where_they_lead() -> None:
    """Each annotation has a description; every entry of the contents leads to its section's page."""
    layout = lay_out(made.everything(), made.options())
    with pikepdf.open(_stream(layout.write().data)) as pdf:
        pages = [sheet.obj.objgen for sheet in pdf.pages]
        found = [annotation for sheet in pdf.pages for annotation in sheet.get("/Annots", [])]
        assert all(str(annotation.Contents) for annotation in found)
        names = list(pdf.Root.Names.Dests.Names)
        targets = {str(name): place[0].objgen for name, place in zip(names[::2], names[1::2], strict=True)}
        inside = [str(annotation.Dest) for annotation in found if "/Dest" in annotation]
        for section in layout.report.sections:
            assert section.anchor in inside
            assert pages.index(targets[section.anchor]) + 1 == layout.pages.of_anchor[section.anchor]


def test_plain_pdf_claims_nothing() -> None:
    """`plain` leaves tags and conformance off, keeps data, outline and metadata, and is known as one of ours."""
    report = replace(made.report(made.p("x")), source=made.RECORD)
    data = write(report, replace(made.options(), pdf="plain")).data
    with pikepdf.open(_stream(data)) as pdf, pdf.open_metadata() as xmp:
        assert "/StructTreeRoot" not in pdf.Root
        assert "/OutputIntents" not in pdf.Root
        assert not {"pdfaid:part", "pdfaid:conformance", "pdfuaid:part"} & set(xmp)
        assert xmp["dc:title"] == report.meta.title
        assert pdf.attachments["incident.json"].get_file().read_bytes() == made.RECORD.data
        assert pdf.Root.Outlines.Count == 1
    assert origin_in(data) == Origin(report.meta.document_id)
    assert judged(data, ("ua1",)) != []
    assert judged(data, ("3a",)) != []


def test_plain_and_accessible_look_alike() -> None:
    """Both kinds have the same pages with the same text."""
    plain = write(made.everything(), replace(made.options(), pdf="plain")).data
    assert texts(plain) == texts(everything())


def test_own_documents_are_recognised() -> None:
    """A PDF of ours tells its document id, without the engine; any other file tells none."""
    assert origin_in(everything()) == Origin(made.everything().meta.document_id)
    assert origin_in(b"%PDF-1.7\n%%EOF") is None
    assert origin_in(b"") is None


def test_only_fonts_of_the_theme() -> None:
    """Every font is embedded, and is one of the theme's, whatever the machine has."""
    with pikepdf.open(_stream(everything("ar"))) as pdf:
        fonts = [
            item
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor"
        ]
        assert fonts
        assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
        assert all("+Noto-Sans" in str(font.FontName) for font in fonts)


def test_missing_characters_are_told() -> None:
    """A character that no font of the theme has is named, with its number; the rest of the text is there."""
    written = write(made.report(made.p("before 障 after")), made.options())
    assert [finding.code for finding in written.findings] == ["AW501"]
    assert "U+969C CJK UNIFIED IDEOGRAPH-969C" in written.findings[0].message
    assert "after" in texts(written.data)[0]


def test_a_missing_character_is_told_once() -> None:
    """Where this system has no font for it either, the engine says so too; only what we have not told is passed on."""
    ear = Ear(lacking=("障",))
    with ear.listening():
        for character in "障†":
            message = ".notdef glyph rendered for Unicode string unsupported by fonts: %r (U+%04X)"
            logging.getLogger("weasyprint").warning(message, character, ord(character))
    assert [finding.message for finding in ear.findings()] == [
        "the PDF engine says: .notdef glyph rendered for Unicode string unsupported by fonts: '†' (U+2020)"
    ]


def test_no_empty_boxes() -> None:
    """What no font has, or is for private use, is drawn as U+FFFD, in text and margins; the data keep it."""
    odd = "\U00053942"  # not assigned
    about = replace(made.meta(), title=odd, header=odd)
    report = made.report(made.p(f"before {odd} after \U0005a519\ue0a0"), *[made.p(made.LOREM)] * 20, about=about)
    report = replace(report, words=replace(report.words, page_of=f"{odd} {{page}}"))
    written = write(report, made.options())
    assert [finding.code for finding in written.findings] == ["AW501"]
    assert [sheet.count("\ufffd") for sheet in texts(written.data)] == [4, 2]
    assert judged(written.data) == []
    with pikepdf.open(_stream(written.data)) as pdf:
        assert str(pdf.docinfo["/Title"]) == odd


def test_deep_lists_are_whole() -> None:
    """Lists nested sixty deep keep every item, on few pages."""
    sheets = texts(write(made.report(made.nested(60)), made.options()).data)
    assert "level60" in "".join("".join(sheets).split())


def test_engine_missing_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the engine's system libraries are missing, the error names the command that installs them here."""
    from afterword.system import pango_install_command
    from afterword.writers.pdf import engine

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    engine.weasyprint.cache_clear()
    try:
        with pytest.raises(EngineMissing) as caught:
            write(made.report(made.p("x")), made.options())
    finally:
        engine.weasyprint.cache_clear()
    assert pango_install_command() in caught.value.message
    assert [finding.code for finding in caught.value.findings] == ["AW503"]


def test_a_pdf_that_was_edited_is_known() -> None:
    """Whether somebody's comments are added at its end or it is written anew: the instance id no longer fits."""
    edited = Origin(made.everything().meta.document_id, is_edited=True)
    added = everything() + b"\n1 0 obj\n<< /Subtype /Text >>\nendobj\n%%EOF\n"
    changed = everything().replace(b"endobj", b"endobj ", 1)
    without = everything().replace(b"xmpMM:InstanceID>", b"xmpMM:Version_ID>")
    assert [origin_in(each) for each in (added, changed, without)] == [edited] * 3


def test_instance_ids_follow_from_the_bytes() -> None:
    """The same report has the same instance id, another state of it another one, and neither is the empty one."""
    assert sealed(everything()) == everything()
    assert UNSEALED.encode() not in everything()
    assert _instance_of(sealed(everything() + b"%x")) != _instance_of(everything())


def _instance_of(data: bytes) -> str:
    found = re.search(rb"<xmpMM:InstanceID>uuid:([0-9a-f-]{36})<", data)
    assert found
    return found[1].decode()
