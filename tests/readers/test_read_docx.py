"""Word documents as people write them, each in a small file of its own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest

from afterword.drafts import read
from afterword.errors import SourceError
from afterword.intake import read as read_file
from afterword.loading import load_source
from afterword.pipeline import findings_of
from afterword.readers.docx import write_down
from afterword.readers.docx.ours import property_of
from afterword.readers.docx.package import opened
from afterword.readers.notes import NoteKind
from afterword.readers.source import Source
from word_making import archive, cell, item, p, paragraph, part, r, relations, row, table, word

PICTURES = sorted((Path(__file__).parents[2] / "samples" / "media").glob("*.png"))


def text_of(*blocks: str, **more: Any) -> str:  # noqa: ANN401 (parts and relationships)
    """Return the Markdown that a body is written down as."""
    return write_down(opened(word("".join(blocks), **more), "a.docx")).document.text


def source_of(*blocks: str, **more: Any) -> Source:  # noqa: ANN401 (as above)
    """Return the record of a body."""
    return read(word("".join(blocks), **more), "a.docx")


def leftovers(source: Source) -> list[str]:
    """Return the words of what is left over."""
    return [note.words for note in source.notes if note.kind is NoteKind.LEFTOVER]


def report() -> bytes:
    """Return a post-mortem as somebody would write it in Word."""
    document = docx.Document()
    document.core_properties.author = ""
    document.add_heading("Checkout refused cards", 0)
    for key, value in (("Date", "2023-08-13"), ("Severity", "SEV1"), ("Authors", "Ada Lovelace")):
        line = document.add_paragraph()
        line.add_run(f"{key}:").bold = True
        line.add_run(f" {value}")
    document.add_heading("Summary", 1)
    document.add_paragraph("Cards were refused.")
    document.add_heading("Timeline (UTC)", 1)
    rows = [("Time", "Event"), ("23:50", "Alert fires"), ("00:10", "Ada looks"), ("01:30", "Everything resolved")]
    grid = document.add_table(rows=0, cols=2)
    for each in rows:
        for at, text in zip(grid.add_row().cells, each, strict=True):
            at.text = text
    document.add_heading("Lessons learned", 1)
    document.add_heading("What went well", 2)
    document.add_paragraph("Paging worked", style="List Bullet")
    document.add_paragraph("The runbook helped", style="List Bullet")
    document.add_heading("Resolution", 1)
    for step in ("Renew the certificate", "Restart the gateway"):
        document.add_paragraph(step, style="List Number")
    document.add_heading("Catering", 1)
    document.add_paragraph("Pizza was eaten.")
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_report_from_word_becomes_a_record(tmp_path: Path) -> None:
    """Title, fields, events over midnight, lessons, steps and a section of the author's own are in their places."""
    path = tmp_path / "report.docx"
    path.write_bytes(report())

    incident = load_source(read_file(str(path))).require()

    assert (incident.title, str(incident.date), incident.severity) == ("Checkout refused cards", "2023-08-13", "SEV1")
    assert incident.authors[0].name == "Ada Lovelace"
    assert [f"{each.at:%d %H:%M}" for each in incident.timeline] == ["13 23:50", "14 00:10", "14 01:30"]
    assert [each.description for each in incident.lessons] == ["Paging worked", "The runbook helped"]
    assert len(incident.resolution.steps) == 2
    assert [(each.heading, each.body) for each in incident.sections] == [("Catering", "Pizza was eaten.")]


def test_places_are_paragraphs(tmp_path: Path) -> None:
    """A Word document has no lines: notes and findings name the paragraph, those in tables counted."""
    path = tmp_path / "report.docx"
    path.write_bytes(report())

    source = read_file(str(path))

    assert str(source.place(("summary",))) == f"{path}, paragraph 6"
    assert source.place(("timeline", 1, "description")).paragraph == 12
    assert all(note.place.line == 0 for note in source.notes)


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("berschrift1", "# Impact"),
        ("berschrift2", "## Impact"),
        ("Own", "# Impact"),
        ("Levelled", "## Impact"),
        ("French", "## Impact"),
        ("Heading3", "### Impact"),
        ("Circle", "Impact"),
        ("Nothing", "Impact"),
    ],
)
def test_headings_are_found_by_name_by_level_and_by_descent(style: str, line: str) -> None:
    """In whatever language a style is named, and also where it is not defined; a circle of styles ends."""
    assert line in text_of(p("Impact", style), p("Some", "berschrift2")).split("\n")


def test_an_outline_level_of_its_own_makes_a_heading() -> None:
    """The paragraph says so itself."""
    assert text_of(p("Impact", "", '<w:outlineLvl w:val="1"/>')) == "## Impact"


def test_below_a_title_headings_are_a_level_deeper() -> None:
    """Title and `heading 1` are not on one level."""
    assert text_of(p("Outage", "Titel"), p("Impact", "berschrift1")) == "# Outage\n\n## Impact"


def test_bold_paragraphs_are_headings_where_nothing_else_is() -> None:
    """Somebody made headings by hand; a bold sentence is none."""
    bold = paragraph(r("Impact", "<w:b/>"))
    assert text_of(bold, paragraph(r("All is lost.", "<w:b/>"))) == "## Impact\n\n**All is lost.**"
    assert text_of(p("Cause", "berschrift1"), bold) == "# Cause\n\n**Impact**"


def test_lists_keep_their_marks_and_levels() -> None:
    """Numbers are numbers, inner lists are inside, and what has no mark goes on with its item."""
    text = text_of(item("one"), item("inner", level=1), item("goes on", 3), item("two"), item("step", 2), p("after"))
    assert text == "- one\n  - inner\n\n  goes on\n\n- two\n1. step\n\nafter"


def test_a_list_by_style_and_a_paragraph_in_an_item() -> None:
    """The list may be the style's, and an indented paragraph of a list belongs to the item before it."""
    assert text_of(p("one", "ListBullet"), p("more", "ListParagraph")) == "- one\n\n  more"
    assert text_of(p("alone", "ListParagraph")) == "alone"


def test_typed_bullets_and_boxes_are_lists() -> None:
    """A sign at the start of a paragraph is what its author meant by it."""
    assert text_of(p("• one"), p("☐ open"), p("☑ done")) == "- one\n\n- [ ] open\n- [x] done"


def test_merged_cells_are_empty_but_the_first() -> None:
    """A time over two rows stands once, and what spans columns does not shift the others."""
    text = text_of(
        table(
            row("Time", "Event", "Who"),
            row(cell(p("10:00"), '<w:vMerge w:val="restart"/>'), "a", "x"),
            row(cell(p(""), "<w:vMerge/>"), cell(p("b"), '<w:gridSpan w:val="2"/>')),
        )
    )
    assert text == "| Time | Event | Who |\n| --- | --- | --- |\n| 10:00 | a | x |\n|  | b |  |"


def test_a_table_without_heads_loses_no_row() -> None:
    """Times in the first row are events and no heads."""
    source = source_of(
        p("Outage of 2023-08-13", "Titel"), p("Timeline", "berschrift1"), table(row("10:00", "a"), row("10:05", "b"))
    )
    assert [source.value(("timeline", at, "description")) for at in range(3)] == ["a", "b", None]


def test_cells_keep_paragraphs_breaks_and_pipes() -> None:
    """In a table as Markdown has them, in a field as text outside tables has them."""
    rows = row("Time", "Event"), row("10:00", cell(p("a|b") + p("c"))), row("10:05", "d")
    assert "| 10:00 | a\\|b<br><br>c |" in text_of(table(*rows))
    source = source_of(p("Outage of 2023-08-13", "Titel"), p("Timeline", "berschrift1"), table(*rows))
    assert source.value(("timeline", 0, "description")) == "a|b\n\nc"


def test_a_table_of_one_column_is_a_frame() -> None:
    """What stands in it are blocks like any others."""
    assert text_of(table(row("Note well"))) == "Note well"


def test_looks_become_marks() -> None:
    """Marks stand close around words, and signs that mean nothing in Word mean nothing in Markdown."""
    inner = r("very", "<w:b/><w:i/>") + r(" bold ", "<w:b/>") + r("gone", "<w:strike/>") + r(" x_y * `z` a*b")
    assert text_of(paragraph(inner)) == "***very* bold** ~~gone~~ x_y * \\`z\\` a\\*b"
    assert text_of(paragraph(r("so", '<w:rStyle w:val="Strong"/>') + r(" it is"))) == "**so** it is"
    assert text_of(paragraph(r("a") + r('"b"', "<w:b/>") + r("c"))) == 'a"b"c'


def test_code_is_by_style_or_typeface() -> None:
    """A run is code in its line, lines of code are one block with their indents."""
    mono = '<w:rFonts w:ascii="Consolas"/>'
    assert text_of(paragraph(r("run ") + r("ls", mono))) == "run `ls`"
    assert text_of(paragraph(r("run ") + r("a`b", '<w:rStyle w:val="Mono"/>'))) == "run ``a`b``"
    assert text_of(p("if x:", "Pre"), p("", "Pre"), p("  y", "Pre")) == "```\nif x:\n\n  y\n```"
    assert text_of(paragraph(r("ls -l", mono))) == "```\nls -l\n```"


def test_lines_of_code_have_their_paragraphs() -> None:
    """Whatever follows them, with lines in one paragraph and empty paragraphs among them."""
    code = [p("a", "Pre"), paragraph(r("b") + "<w:r><w:br/></w:r>" + r("c"), "Pre"), p("", "Pre"), p("d", "Pre")]
    for more in ([], [p("after")], [table(row(cell(p("x")), cell(p("y"))))]):
        written = write_down(opened(word("".join([p("before"), *code, *more])), "a.docx"))
        lines = written.document.text.split("\n")
        start = lines.index("```")

        assert lines[start : start + 7] == ["```", "a", "b", "c", "", "d", "```"]
        assert written.paragraphs[start : start + 7] == (2, 2, 3, 3, 3, 4, 4)


def test_links_are_by_relationship_or_field() -> None:
    """Addresses stay, links inside the document do not."""
    rows = (("rId9", "hyperlink", "https://a.example/b"),)
    linked = f'<w:hyperlink r:id="rId9">{r("there")}</w:hyperlink><w:hyperlink w:anchor="x">{r(" here")}</w:hyperlink>'
    assert text_of(paragraph(linked), rows=rows) == "[there](https://a.example/b) here"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "https://c.example" </w:instrText>'
        f'</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("see")}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert text_of(paragraph(field + r(" it"))) == "[see](https://c.example) it"


def test_placeholders_stay_placeholders() -> None:
    """Brackets and angles are not escaped, and a prompt of Word that nobody replaced is one."""
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click to enter text.')}</w:sdtContent></w:sdt>"
    )
    text = text_of(p("[describe it] &lt;TODO&gt; [10:42] x"), paragraph(prompt))
    assert text == "[describe it] <TODO> [10:42] x\n\n[Click to enter text.]"


def test_what_reviewers_did_is_told() -> None:
    """Inserted text is text; deleted text, moved text and comments are notes with author and date."""
    said = 'w:author="Ada" w:date="2024-05-03T10:00:00Z"'
    inner = (
        f"{r('It was ')}<w:ins {said}>{r('bad')}</w:ins><w:del {said}><w:r><w:delText>good</w:delText></w:r></w:del>"
        f"<w:moveFrom {said}>{r('away')}</w:moveFrom><w:moveTo {said}>{r(' here')}</w:moveTo>"
        '<w:r><w:commentReference w:id="5"/></w:r>'
    )
    comments = part("comments", f'<w:comment w:id="5" {said}>{p("Really?")}</w:comment>')
    source = source_of(
        p("Outage", "Titel"),
        p("Summary", "berschrift1"),
        paragraph(inner),
        parts={"word/comments.xml": comments},
        rows=(("rId5", "comments", "comments.xml"),),
    )
    assert source.value(("summary",)) == "It was bad here"
    assert {
        "deleted by Ada, 2024-05-03: good",
        "moved away by Ada, 2024-05-03: away",
        "comment by Ada, 2024-05-03: Really?",
    } <= set(leftovers(source))
    assert [note.place.paragraph for note in source.notes if note.words.startswith("comment")] == [3]


def test_notes_stand_below_their_paragraph() -> None:
    """So they are in the same field of the record; in a cell they stand in brackets."""
    notes = part("footnotes", f'<w:footnote w:id="2">{p("Of Monday.")}</w:footnote>')
    more: dict[str, Any] = {"parts": {"word/footnotes.xml": notes}, "rows": (("rId6", "footnotes", "footnotes.xml"),)}
    marked = paragraph(r("Late") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    assert text_of(marked, p("end"), **more) == "Late[^1]\n\n[^1]: Of Monday.\n\nend"
    assert "| Late (Of Monday.) | b |" in text_of(table(row("x", "y"), row(cell(marked), "b")), **more)


def test_pictures_come_along() -> None:
    """A picture is in the prose, its bytes beside the record; one that cannot be shown is told."""
    data = PICTURES[0].read_bytes()
    drawing = '<w:r><w:drawing><wp:docPr id="1" name="x" descr="A curve"/><a:blip r:embed="{}"/></w:drawing></w:r>'
    source = source_of(
        p("Outage of 2023-08-13", "Titel"),
        p("Impact", "berschrift1"),
        paragraph(drawing.format("rId7")),
        paragraph(r("old ") + drawing.format("rId8")),
        parts={"word/media/image1.png": data, "word/media/image2.emf": b"x"},
        rows=(("rId7", "image", "media/image1.png"), ("rId8", "image", "media/image2.emf")),
    )
    assert source.value(("impact", "description")) == "![A curve](a-image1.png)\n\nold"
    assert source.files == {"a-image1.png": data}
    assert "hidden: picture that cannot be shown: word/media/image2.emf A curve" in leftovers(source)
    assert [each.code for each in findings_of(load_source(source)) if each.code.startswith("AW41")] == []


def test_two_pictures_of_one_name_are_two() -> None:
    """In two folders of the file; one that is shown twice is one."""
    first, second, *_ = (each.read_bytes() for each in PICTURES)
    drawing = '<w:r><w:drawing><a:blip r:embed="{}"/></w:drawing></w:r>'
    source = source_of(
        p("Outage of 2023-08-13", "Titel"),
        p("Impact", "berschrift1"),
        *(paragraph(drawing.format(each)) for each in ("rId7", "rId8", "rId7")),
        parts={"word/media/image1.png": first, "word/media/more/image1.png": second},
        rows=(("rId7", "image", "media/image1.png"), ("rId8", "image", "media/more/image1.png")),
    )
    assert source.value(("impact", "description")) == "![](a-image1.png)\n\n![](a-image1-2.png)\n\n![](a-image1.png)"
    assert source.files == {"a-image1.png": first, "a-image1-2.png": second}


def test_text_boxes_headers_and_contents() -> None:
    """A box is text after its paragraph; headers and tables of contents are made anew, and told."""
    inner = f"<w:txbxContent>{p('boxed')}</w:txbxContent>"
    both = f"<mc:Choice><w:drawing>{inner}</w:drawing></mc:Choice><mc:Fallback><w:pict>{inner}</w:pict></mc:Fallback>"
    box = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    source = source_of(
        p("Outage", "Titel"),
        p("Impact 3", "TOC1"),
        p("Impact", "berschrift1"),
        paragraph(r("Bad.") + box),
        parts={"word/header1.xml": part("hdr", p("Confidential"))},
        rows=(("rId4", "header", "header1.xml"),),
    )
    assert source.value(("impact", "description")) == "Bad.\n\nboxed"
    assert leftovers(source) == ["table of contents, which documents get anew: Impact 3", "header: Confidential"]


def test_the_title_may_be_in_the_properties() -> None:
    """Where the text begins with a section; a title that the text has too is not told twice."""
    core = (
        '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Big outage</dc:title></c:coreProperties>'
    )
    more: dict[str, Any] = {
        "parts": {
            "docProps/core.xml": core,
            "_rels/.rels": relations(
                ("rId1", "officeDocument", "word/document.xml"), ("rId2", "core-properties", "docProps/core.xml")
            ),
        }
    }
    assert source_of(p("Summary", "berschrift1"), p("Bad."), **more).value(("title",)) == "Big outage"
    named = source_of(p("Outage", "Titel"), p("Summary", "berschrift1"), p("Bad."), **more)
    assert named.value(("title",)) == "Outage"
    assert leftovers(named) == ["title in the properties of the file: Big outage"]


def test_properties_are_unpacked_once() -> None:
    """However often they are asked; what is unpacked is counted against the bound of a file."""
    package = opened(report(), "a.docx")
    assert property_of(package, "{http://purl.org/dc/elements/1.1/}description") == "generated by python-docx"
    before = package.unpacked
    assert property_of(package, "{http://purl.org/dc/elements/1.1/}nothing") == ""
    assert package.unpacked == before


def test_hidden_text_is_told() -> None:
    """Nobody sees it in Word, and it is not lost."""
    assert "hidden: secret" in leftovers(
        source_of(p("Outage", "Titel"), paragraph(r("a") + r("secret", "<w:vanish/>")))
    )


def refused(data: bytes) -> tuple[str, str]:
    """Return code and message of the finding for a file that cannot be read."""
    with pytest.raises(SourceError) as caught:
        read(data, "a.docx")
    return caught.value.findings[0].code, caught.value.findings[0].message


def test_damaged_files_are_told() -> None:
    """Whatever is missing, cut off or of the wrong kind is one finding, and no traceback."""
    whole = word(p("a"))
    assert refused(b"PK\x03\x04 no")[0] == "AW116"
    assert refused(whole[: len(whole) // 2])[0] == "AW116"
    assert refused(archive({"x": "y"}))[0] == "AW116"
    assert refused(archive({"_rels/.rels": relations()}))[0] == "AW116"
    assert refused(archive({"_rels/.rels": "<no"}))[0] == "AW116"
    assert refused(word("", {"word/document.xml": part("other", "")})) == (
        "AW116",
        "the file has no body of a Word document",
    )
    assert refused(word(p("a"), {"word/styles.xml": "no xml"}))[0] == "AW116"
    assert read(word("<w:p>stray</w:p>" + p("a", "berschrift1")), "a.docx").value(("title",)) == "a"


def test_document_types_and_entities_are_refused() -> None:
    """Nothing is ever opened or unfolded by a name in the file."""
    kind = '<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    assert refused(word("", {"word/document.xml": kind + part("document", "<w:body>&a;</w:body>")}))[0] == "AW116"
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    body = f'<!DOCTYPE w:document [<!ENTITY a0 "x">{bomb}]>' + part("document", "<w:body>&a8;</w:body>")
    assert refused(word("", {"word/document.xml": body}))[0] == "AW116"


def test_bombs_and_depth_are_bounded() -> None:
    """What unpacks to too much, has too many tags or headings, or is nested too deep is told as such."""
    assert refused(word("", {"word/document.xml": b" " * 51_000_000}))[0] == "AW103"
    assert refused(word("<w:p/>" * 3_000_001))[0] == "AW103"
    assert refused(word("<w:sdt><w:sdtContent>" * 400 + "</w:sdtContent></w:sdt>" * 400))[0] == "AW106"
    deep = "<w:sdt><w:sdtContent>" * 110 + p("deep", "berschrift1") + "</w:sdtContent></w:sdt>" * 110
    assert source_of(deep).value(("title",)) == "deep"
    code, message = refused(word(p("x", "berschrift1") * 10_001))
    assert (code, message) == ("AW103", "the text has more than 10,000 headings")


@pytest.mark.parametrize(
    ("data", "word_of_it"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"{\\rtf1 x}", "Rich Text"),
    ],
)
@pytest.mark.parametrize("suffix", [".docx", ".doc", ""])
def test_other_kinds_of_documents_are_named(data: bytes, word_of_it: str, suffix: str, tmp_path: Path) -> None:
    """Whatever the name says: what it is, and what to do about it."""
    path = tmp_path / f"a{suffix}"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=word_of_it) as caught:
        read_file(str(path))
    assert [each.code for each in caught.value.findings] == ["AW115"]
    assert "save it" in caught.value.findings[0].hint


def test_opendocument_is_named(tmp_path: Path) -> None:
    """It is an archive too, whose first entry says what it is."""
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(SourceError, match="OpenDocument") as caught:
        read_file(str(path))
    assert [each.code for each in caught.value.findings] == ["AW115"]


def test_a_document_inside_the_document_is_told() -> None:
    """What a converter put in as a file of its own, and text of programs that Word does not know, is left over."""
    body = p("Outage", "berschrift1") + '<w:altChunk r:id="rIdX"/><x:more xmlns:x="urn:x"><x:t>odd words</x:t></x:more>'
    source = source_of(body, parts={"word/chunk.html": "<p>all of it</p>"}, rows=(("rIdX", "aFChunk", "chunk.html"),))

    assert any("word/chunk.html" in words and "not read" in words for words in leftovers(source))
    assert any("odd words" in words for words in leftovers(source))


def test_a_part_that_stands_twice_is_told() -> None:
    """Which of two the reader of the file would see cannot be told, unless they are the same."""
    file = io.BytesIO(word(p("one")))
    for text, codes in (("one", []), ("two", ["AW116"])):
        with zipfile.ZipFile(file, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
            package.writestr("word/document.xml", part("document", f"<w:body>{p(text)}</w:body>"))
        assert ([refused(file.getvalue())[0]] if codes else []) == codes
        if not codes:
            assert "one" in write_down(opened(file.getvalue(), "a.docx")).document.text
