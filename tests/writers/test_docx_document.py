"""What the Word document is as a whole: page, furniture, contents, properties, record, bytes."""

from __future__ import annotations

import base64
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

import docx_reports as made
import pytest
from docx_reading import Package, declared_styles, drawn, find, values, way_of, words
from lxml import etree
from npm_judges import open_xml_sdk

from afterword import resources
from afterword.options import Pages, PageSize
from afterword.report.identity import Origin, document_id
from afterword.report.nodes import EmbeddedFile, Marking, Placeholder, Section
from afterword.writers.docx import write
from afterword.writers.docx.markup.runs import directed
from afterword.writers.docx.origin import origin_in


@pytest.mark.parametrize(("size", "shown"), [("A4", ("11906", "16838")), ("Letter", ("12240", "15840"))])
def test_page_has_the_size_asked_for(size: PageSize, shown: tuple[str, str]) -> None:
    """The page is A4 or Letter, with the margins of the theme."""
    body = Package(write(made.report(made.p("x")), made.options(size)).data).body
    assert tuple(values(body, "//w:pgSz/@w:w") + values(body, "//w:pgSz/@w:h")) == shown
    assert values(body, "//w:pgMar/@w:left") == ["1247"]


def test_header_and_footer_carry_text_marks_and_pages() -> None:
    """Header and footer hold the texts, the TLP label, the stage of a draft and the page numbers as fields."""
    about = made.meta(stage="draft", marking=Marking("TLP:AMBER", "amber"))
    package = drawn(made.report(made.p("x"), about=about))
    header, first, footer = (package.xml(f"word/{name}.xml") for name in ("header1", "header2", "footer1"))
    assert words(header) == ("Invoices", "stuck", "and", "unsent", "Draft", "TLP:AMBER")
    assert words(first) == ("Draft", "TLP:AMBER")
    assert words(footer)[-5:] == ("Page", "1", "of", "1", "TLP:AMBER")
    assert [text.strip() for text in values(footer, "//w:instrText/text()")] == ["PAGE", "NUMPAGES"]
    assert values(header, "//w:rStyle/@w:val") == ["DraftMark", "TLPAmber"]


def test_final_report_has_no_draft_mark() -> None:
    """A final report without a label has neither mark."""
    assert words(drawn(made.report(made.p("x"))).xml("word/header2.xml")) == ()


def test_contents_have_right_entries_and_known_pages() -> None:
    """The contents are Word's own, with entries, links and the pages that are known; nothing asks to be updated."""
    sections = tuple(Section(made.run(name), (made.p("x"),)) for name in ("One", "Two", "Three"))
    report = made.report(sections=sections, contents=True)
    package = Package(write(report, made.options(pages=Pages(9, {"one": 1, "three": 7}))).data)
    control = find(package.body, "//w:sdt[w:sdtPr/w:docPartObj/w:docPartGallery/@w:val='Table of Contents']")[0]
    lines = ["".join(values(line, ".//w:t/text()")) for line in find(control, ".//w:p")]
    assert lines == ["Contents", "One1", "Two", "Three7"]
    assert values(control, ".//w:pStyle/@w:val") == ["TOCHeading", "TOC1", "TOC1", "TOC1"]
    assert values(control, ".//w:hyperlink/@w:anchor") == ["one", "two", "three"]
    assert not values(package.body, "//@w:dirty")
    assert not find(package.xml("word/settings.xml"), "//w:updateFields")


def test_field_characters_are_paired() -> None:
    """Every field that begins also separates and ends, in the body and in the furniture."""
    package = drawn(made.everything())
    for name in ("word/document.xml", "word/footer1.xml", "word/footer2.xml"):
        kinds = values(package.xml(name), "//w:fldChar/@w:fldCharType")
        assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") > 0


def test_core_properties_come_from_the_report() -> None:
    """All core properties are the report's; none is python-docx's, and a long title is not cut."""
    about = made.meta()
    long = "A title " * 60
    package = drawn(
        made.report(
            made.p("x"), about=type(about)(**{**{f: getattr(about, f) for f in about.__slots__}, "title": long})
        )
    )
    core = package.xml("docProps/core.xml")
    found = {etree.QName(each).localname: each.text for each in core}
    assert found["title"] == long
    assert found["creator"] == "Ada Obi; Li Wei"
    assert found["identifier"] == f"urn:uuid:{document_id('0x19')}"
    assert found["created"] == found["modified"] == "2023-08-13T17:05:00Z"
    assert (found["language"], found["keywords"], found["lastModifiedBy"]) == ("en", "billing, queue", "Afterword")
    assert b"python-docx" not in b"".join(package.parts.values())


@pytest.mark.parametrize(
    "data", [b'{"a": "b"}\r\n\t', "ünï \U0001f600".encode(), b"\xff\x00raw", b"a\x07b", b"", b"]]>&<x"]
)
def test_record_is_kept_byte_for_byte(data: bytes) -> None:
    """The record comes out of the document as it went in, whatever its bytes."""
    record = EmbeddedFile("incident.json", "application/json", data, "The record", "Source")
    root = drawn(made.report(made.p("x"), source=record)).xml("customXml/item1.xml")
    text = root.text or ""
    assert (base64.b64decode(text) if root.get("encoding") == "base64" else text.encode()) == data
    assert root.tag == "{urn:afterword:record:1}record"


def test_own_files_are_recognised() -> None:
    """A document of ours gives its id; others, damaged or empty, give none."""
    data = write(made.report(made.p("x")), made.options()).data
    assert origin_in(data) == Origin(document_id("0x19"))
    assert [origin_in(each) for each in (data[:500], b"", b"PK\x03\x04")] == [None] * 3


@pytest.mark.parametrize("about", [b"<a", b"<a/>", b"<!DOCTYPE a><a/>", b"x" * 1_000_001])
def test_other_word_files_are_not_ours(about: bytes) -> None:
    """Properties that cannot be read, are no draft's, or larger than any, tell nothing."""
    data = write(made.report(made.p("x")), made.options()).data

    def change(name: str, old: bytes) -> bytes:
        return about if name == "docProps/core.xml" else old

    assert origin_in(_saved_again(data, change)) is None


@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/comments.xml", "docProps/app.xml", "customXml/item2.xml", "x"]
)
def test_a_draft_that_was_edited_is_known(part: str) -> None:
    """A change in any part, its loss, and a part more or twice show; how the parts are packed does not."""
    data = write(made.everything(), made.options()).data
    edited = Origin(made.everything().meta.document_id, is_edited=True)
    assert origin_in(_saved_again(data, lambda _, old: old)) == origin_in(data)
    assert origin_in(_saved_again(data, lambda name, old: old + b" " if name == part else old, {"x": b""})) == edited
    assert origin_in(_saved_again(data, lambda name, old: None if name == part else old, {"x": b""})) == edited
    with pytest.warns(UserWarning, match="Duplicate"):
        assert origin_in(_saved_again(data, lambda _, old: old, {"word/document.xml": b""})) == edited


def test_a_draft_that_grew_beyond_all_bounds_is_not_unpacked() -> None:
    """A package that says to unpack to more than a draft can have is edited, and costs nothing."""
    data = write(made.report(made.p("x")), made.options()).data
    size = data.index(b"PK\x01\x02") + 24
    claimed = data[:size] + b"\xf0\xff\xff\xff" + data[size + 4 :]
    assert origin_in(claimed) == Origin(document_id("0x19"), is_edited=True)


def _saved_again(
    data: bytes, change: Callable[[str, bytes], bytes | None], more: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    """Return a package that another program wrote: in another order, not packed, with other parts."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in reversed(old.namelist()):
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
        for name, content in more.items():
            new.writestr(name, content)
    return held.getvalue()


def test_bytes_are_the_same_in_every_process(tmp_path: Path) -> None:
    """A process with another hash seed writes the same bytes, and they carry no date of the clock."""
    script = "import sys, docx_reports as r; from afterword.writers.docx import write; "
    script += "print(r.fingerprint(write(r.everything(), r.options()).data))"
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    environ = {**os.environ, "PYTHONHASHSEED": "4242", "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environ, cwd=tmp_path
    )
    data = write(made.everything(), made.options()).data
    assert done.stdout.strip() == made.fingerprint(data)
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_base_has_every_style_once_and_nothing_of_others() -> None:
    """The base document declares each style once, links them to styles that exist, and has no text of its own."""
    folder = resources.styles() / "word" / "word"
    styles = (folder / "styles.xml").read_bytes()
    root = etree.fromstring(styles)
    names = values(root, "//w:style/w:name/@w:val")
    assert len(names) == len(set(names))
    assert {*values(root, "//w:basedOn/@w:val"), *values(root, "//w:next/@w:val")} <= set(declared_styles(styles))
    assert sorted(path.name for path in folder.parent.rglob("*.jpeg")) == []
    assert not find(etree.parse(folder / "document.xml").getroot(), "//w:t")


def test_theme_reaches_every_style() -> None:
    """Another theme changes colours, sizes and fonts of styles and of Word's own theme; nothing of the old is left."""
    options = made.options()
    colours = options.theme.colours.model_copy(update={"accent": "#abcdef"})
    fonts = options.theme.fonts.model_copy(update={"body": "Inter", "heading": "Inter"})
    sizes = options.theme.sizes.model_copy(update={"body": 12})
    theme = options.theme.model_copy(update={"colours": colours, "fonts": fonts, "sizes": sizes})
    package = Package(write(made.report(made.p("x")), type(options)(theme, "A4")).data)
    styles = package.xml("word/styles.xml")
    assert set(values(styles, "//w:color[@w:themeColor='accent1']/@w:val")) == {"ABCDEF"}
    assert values(styles, "w:docDefaults//w:sz/@w:val") == ["24"]
    assert values(package.xml("word/theme/theme1.xml"), "//a:accent1/a:srgbClr/@val") == ["ABCDEF"]
    assert values(package.xml("word/theme/theme1.xml"), "//a:latin/@typeface") == ["Inter", "Inter"]
    assert values(package.xml("word/fontTable.xml"), "//w:font[@w:name='Inter']/w:altName/@w:val") == ["Segoe UI"]


def test_tall_scripts_have_the_lines_of_the_pdf() -> None:
    """Lines of Arabic and Amharic text have an exact height, 1.5 times the type's as in the PDF."""
    exact = "//w:style[@w:styleId='{}']/w:pPr/w:spacing[@w:lineRule='exact']/@w:line"
    for language in ("ar", "am"):
        styles = drawn(made.everything(language)).xml("word/styles.xml")
        assert values(styles, exact.format("Normal")) == ["300"]
        assert values(styles, exact.format("PhaseDetected")) == values(styles, exact.format("TableText")) == ["238"]
        assert values(styles, exact.format("Figure")) == []
    assert not find(drawn(made.everything("de")).xml("word/styles.xml"), "//w:style[@w:styleId='Normal']/w:pPr")


def test_phase_colours_reach_text_and_bar() -> None:
    """The word of a phase and the bar beside it have the theme's colour."""
    options = made.options()
    phases = options.theme.colours.phases.model_copy(update={"detected": "#123456"})
    colours = options.theme.colours.model_copy(update={"phases": phases})
    theme = options.theme.model_copy(update={"colours": colours})
    styles = Package(write(made.report(made.p("x")), type(options)(theme, "A4")).data).xml("word/styles.xml")
    style = "//w:style[@w:styleId='PhaseDetected']"
    assert values(styles, f"{style}//w:left/@w:color") == values(styles, f"{style}/w:rPr/w:color/@w:val") == ["123456"]


def test_right_to_left_reports_turn_everything() -> None:
    """A report in Arabic has right-to-left paragraphs, tables and section; what begins with Latin letters has not."""
    package = drawn(made.everything("ar"))
    styles = package.xml("word/styles.xml")
    assert find(styles, "//w:style[@w:styleId='Normal']/w:pPr/w:bidi")
    assert values(styles, "//w:style[@w:styleId='Code']/w:pPr/w:bidi/@w:val") == ["0"]
    assert {way_of(each) for each in find(package.body, "//w:tbl[not(w:tblPr/w:bidiVisual)]")} == {"ltr"}
    assert find(package.body, "//w:tbl[w:tblPr/w:bidiVisual]")
    assert {way_of(each) for each in find(package.body, "//w:p[w:pPr/w:bidi/@w:val='0']")} <= {"ltr", None}
    assert find(package.body, "//w:sectPr/w:bidi")
    latin = [
        text
        for text in values(package.body, "//w:r[w:rPr/w:rtl]/w:t/text()")
        if any(c.isascii() and c.isalpha() for c in text)
    ]
    assert latin == []
    assert values(package.xml("word/theme/theme1.xml"), "//a:minorFont/a:cs/@typeface") == ["Noto Sans Arabic"]


@pytest.mark.parametrize(
    ("text", "rtl", "pieces"),
    [
        ("plain", False, [("plain", False)]),
        ("a שלום 12 עולם b", False, [("a ", False), ("שלום 12 עולם", True), (" b", False)]),
        ("שלום C++ v1.2, סוף", True, [("שלום ", True), ("C++ v1.2", False), (", סוף", True)]),
        ("50% (x).", True, [("50% (x", False), (").", True)]),
        ("— !", True, [("— !", True)]),
    ],
)
def test_text_is_cut_where_its_direction_changes(text: str, rtl: bool, pieces: list[tuple[str, bool]]) -> None:
    """Numbers and signs go with the words that they belong to."""
    assert list(directed(text, rtl=rtl)) == pieces


def test_large_reports_stay_linear_in_markup() -> None:
    """A thousand rows and a paragraph of a megabyte are written whole."""
    report = made.report(made.timeline(1000), made.p("lorem ipsum " * 90_000), made.p(Placeholder("[x]")))
    package = drawn(report)
    assert len(find(package.body, "//w:tr")) == 1001
    assert words(package.body).count("lorem") == 90_000


def test_open_xml_sdk_finds_no_fault(tmp_path: Path) -> None:
    """Microsoft's Open XML SDK finds no error in reports with every node, in all directions and stages."""
    for language in ("en", "ar", "he", "am"):
        (tmp_path / f"{language}.docx").write_bytes(write(made.everything(language), made.options()).data)
    final = made.everything(stage="final")
    (tmp_path / "final.docx").write_bytes(write(final, made.options("Letter", Pages(9, {"overview": 1}))).data)
    (tmp_path / "bare.docx").write_bytes(write(made.report(), made.options()).data)
    found = open_xml_sdk(sorted(tmp_path.glob("*.docx")))
    assert found == {name: [] for name in found}
    assert len(found) == 6
