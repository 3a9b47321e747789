"""Each kind of node as the Word markup it becomes, compared with goldens; and what holds for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable

import docx_reports as made
import pytest
from docx_reading import Package, declared_styles, drawn, find, outline, values, words

from afterword.report import walk
from afterword.report.nodes import (
    BulletList,
    Callout,
    Code,
    CodeBlock,
    Divider,
    Fact,
    Facts,
    FieldBlock,
    FieldText,
    Figure,
    Link,
    ListItem,
    NumberedList,
    Picture,
    Placeholder,
    Quote,
    Report,
    Row,
    Section,
    Strong,
    Table,
    Text,
)
from afterword.writers.docx import write

ASSETS = {"dot": made.picture(24, 24), "photo": made.picture(640, 320, "JPEG")}

SMALL: dict[str, Callable[[], Report]] = {
    "inlines": lambda: made.report(made.inline_paragraph(), assets=ASSETS),
    "paragraphs": lambda: made.report(
        made.p("lead", role="lead"),
        made.p("minor", role="minor"),
        made.p("head", role="heading"),
        made.p("end", role="contact"),
    ),
    "lists": lambda: made.report(
        BulletList((made.item("a", made.nested(2)), made.item(CodeBlock("c")))),
        NumberedList((made.item("one", "more"), made.item("two")), start=3),
        NumberedList((made.item(made.p(Strong(made.run("Lead: ")), "in")),), role="steps"),
        BulletList((made.item("done", checked=True), made.item("open", checked=False))),
    ),
    "tables": lambda: made.report(made.timeline(2), made.measures(), Facts((Fact("ID", made.run("0x19")),), "facts")),
    "apart": lambda: made.report(
        Quote((made.p("q"),)),
        CodeBlock("a\n\tb", "sh"),
        Callout("note", (made.p("n"),), "Note"),
        Callout("warning", (BulletList((made.item("x"),)),), "Warning"),
        Divider(),
        FieldBlock("summary", (made.p("s"),)),
    ),
    "figures": lambda: made.report(Figure(Picture("photo"), "A photo", made.run("A photo of it")), assets=ASSETS),
    "notes": lambda: made.report(*made.notes()),
    "contents": lambda: made.report(
        sections=(Section(made.run("One"), (made.p("x"),)), Section(made.run("Two"))), contents=True
    ),
}
LANGUAGES = ("en", "ar", "he", "am")

DIRECT = {"numPr", "ind", "rStyle", "b", "bCs", "i", "iCs", "strike", "rtl", "lang", "pStyle"}
DIRECT |= {"keepNext", "keepLines", "pageBreakBefore", "bidi", "jc"}
"""Properties that paragraphs and runs may carry besides their style: the place and count of a list, marks that one
style cannot all carry, and direction with the side that it asks for, language and where pages break, which are no
looks."""


@pytest.fixture(scope="module", params=LANGUAGES)
def everything(request: pytest.FixtureRequest) -> tuple[Report, Package]:
    """Return the report with everything, and its Word file."""
    report = made.everything(request.param)
    return report, drawn(report)


@pytest.mark.parametrize("name", SMALL)
def test_nodes_become_the_markup_of_their_golden(name: str, golden: Callable[[str, str], None]) -> None:
    """The markup of each kind of node is the one that was looked at and kept."""
    package = drawn(SMALL[name]())
    notes = "" if package.notes is None else outline(package.notes)
    golden(f"docx/{name}.xml", outline(package.body) + notes)


@pytest.mark.parametrize("name", SMALL)
def test_small_reports_keep_all_words(name: str) -> None:
    """All words of a small report stand in the text of its Word file, in order."""
    report = SMALL[name]()
    package = drawn(report)
    assert words(package.body, package.notes) == walk.words(report)


def test_all_words_stand_in_order(everything: tuple[Report, Package]) -> None:
    """All words of the tree stand in the text of the Word file, in the order of the tree."""
    report, package = everything
    assert words(package.body, package.notes) == walk.words(report)


def test_every_style_in_use_exists(everything: tuple[Report, Package]) -> None:
    """Every style that a paragraph, run or table wears is one of the document's, and of the right type."""
    _, package = everything
    declared = declared_styles(package.parts["word/styles.xml"])
    kinds = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
    texts = [
        name
        for name in package.parts
        if re.fullmatch(r"word/(document|header\d|footer\d|comments|footnotes)\.xml", name)
    ]
    for name in texts:
        for tag, kind in kinds.items():
            used = set(values(package.xml(name), f"//w:{tag}/@w:val"))
            assert {declared.get(style) for style in used} <= {kind}, (name, tag, used - set(declared))


def test_styles_carry_all_looks(everything: tuple[Report, Package]) -> None:
    """No paragraph or run has a colour, font, size or spacing of its own."""
    _, package = everything
    found = {node.tag.rpartition("}")[2] for node in find(package.body, "//w:pPr/* | //w:rPr/*")}
    assert found <= DIRECT


def test_numbers_given_out_are_unique(everything: tuple[Report, Package]) -> None:
    """No two bookmarks, controls or drawings share a number, and no two bookmarks a name."""
    _, package = everything
    for path in ("//w:bookmarkStart/@w:id", "//w:bookmarkStart/@w:name", "//w:sdtPr/w:id/@w:val", "//wp:docPr/@id"):
        found = values(package.body, path)
        assert len(found) == len(set(found)), path
    assert values(package.body, "//w:bookmarkStart/@w:id") == values(package.body, "//w:bookmarkEnd/@w:id")


def test_inner_links_lead_to_bookmarks(everything: tuple[Report, Package]) -> None:
    """Every link inside the document and every reference to a page names a bookmark that exists."""
    _, package = everything
    known = set(values(package.body, "//w:bookmarkStart/@w:name"))
    fields = [text.split()[1] for text in values(package.body, "//w:instrText/text()") if "PAGEREF" in text]
    assert {*values(package.body, "//w:hyperlink/@w:anchor"), *fields} <= known


def test_cells_end_in_paragraphs(everything: tuple[Report, Package]) -> None:
    """Each cell ends in a paragraph or a control around one, and no two tables touch, which Word would join."""
    _, package = everything
    assert not find(package.body, "//w:tc[not(*[last()][self::w:p or self::w:sdt])]")
    assert not find(package.body, "//w:tbl[following-sibling::*[1][self::w:tbl]]")


def test_every_numbered_list_counts_anew() -> None:
    """Each numbered list has a number of its own that starts where the list says."""
    report = made.report(
        NumberedList((made.item("a"), made.item("b"))),
        NumberedList((made.item("c", NumberedList((made.item("d"),))),), start=5),
    )
    package = drawn(report)
    used = values(package.body, "//w:p/w:pPr/w:numPr/w:numId/@w:val")
    assert [used[0], used[1]] == [used[0]] * 2
    assert len(set(used)) == 3
    numbering = package.xml("word/numbering.xml")
    starts = [
        values(numbering, f"//w:num[@w:numId={number}]//w:startOverride/@w:val") for number in dict.fromkeys(used)
    ]
    assert starts == [["1"], ["5"], ["1"]]


def test_lists_deeper_than_nine_are_shown_at_the_ninth() -> None:
    """Lists nested eleven and two hundred deep keep all words, at the ninth level, with one notice."""
    for depth in (11, 200):
        written = write(made.report(made.nested(depth, ordered=True)), made.options())
        package = Package(written.data)
        assert max(map(int, values(package.body, "//w:pPr/w:numPr/w:ilvl/@w:val"))) == 8
        assert words(package.body).count("level") == depth
        assert [finding.code for finding in written.findings] == ["AW408"]


def test_header_rows_repeat_and_rows_stay_whole() -> None:
    """Each table repeats its one header row; rows stay whole unless they are too tall for a page."""
    tall = made.timeline(1)
    package = drawn(made.report(made.timeline(3), made.wide(4)))
    for table in find(package.body, "//w:tbl"):
        assert [index for index, row in enumerate(find(table, "w:tr")) if find(row, "w:trPr/w:tblHeader")] == [0]
        assert all(find(row, "w:trPr/w:cantSplit") for row in find(table, "w:tr"))
    long = tall.rows[0].cells[2].blocks[0]
    assert isinstance(long, FieldBlock)
    row = Row((made.cell("t"), made.cell("p"), made.cell("word " * 4000), made.cell("w")))
    package = drawn(made.report(Table(tall.columns, (row,))))
    assert not find(package.body, "//w:tbl/w:tr[2]/w:trPr/w:cantSplit")


def test_key_figures_are_one_row_of_quarters() -> None:
    """Each number has its label above, and a quarter of the row, of which the last takes what is left."""
    body = drawn(made.everything()).body
    table = "//w:tbl[w:tblPr/w:tblStyle/@w:val='TableKeyFigures']"
    assert values(body, f"{table}//w:pStyle/@w:val") == ["KeyFigureLabel", "KeyFigureValue"] * 2
    assert values(body, f"{table}/w:tblGrid/w:gridCol/@w:w") == ["2352", "7059"]


def test_the_closing_never_stands_alone() -> None:
    """The last paragraph before the closing stays on its page."""
    closing = (made.p("Questions go to Ada.", role="contact"),)
    body = drawn(made.report(made.p("first"), made.p("last"), closing=closing)).body
    assert values(body, "//w:p[w:pPr/w:keepNext and not(w:pPr/w:pStyle)]//w:t/text()") == ["last"]
    body = drawn(made.report(made.measures(), closing=closing)).body
    assert len(find(body, "//w:tbl/w:tr[last()]/w:tc[w:p/w:pPr/w:keepNext]")) == 3


def test_what_leads_to_a_list_or_code_stays_with_it() -> None:
    """A paragraph is held by the list, the code or the table that follows it, also in an item; others are not."""
    item = ListItem((made.p("step"), CodeBlock("x")))
    blocks = (made.p("plain"), made.p("list"), NumberedList((item,)), FieldBlock("f", (made.p("code"),)))
    body = drawn(made.report(*blocks, CodeBlock("y"), made.p("table"), made.timeline(1), made.p("end"))).body
    held = "//w:p[not(ancestor::w:tbl) and w:pPr/w:keepNext and not(starts-with(w:pPr/w:pStyle/@w:val, 'Heading'))]"
    assert values(body, f"{held}[not(starts-with(w:pPr/w:pStyle/@w:val, 'Table'))]//w:t/text()") == [
        "list",
        "step",
        "code",
        "table",
    ]


def test_short_code_stays_on_one_page() -> None:
    """Code of a few lines keeps them together, longer code may break."""
    body = drawn(made.report(CodeBlock("x\n" * 14), CodeBlock("y\n" * 15))).body
    assert set(values(body, "//w:p[w:pPr/w:keepLines]//w:t/text()")) == {"x"}


def test_code_of_long_lines_may_break() -> None:
    """A trace of a few lines that fill a page when they are folded leaves no page empty before it."""
    body = drawn(made.report(CodeBlock("x" * 1300 + "\n"), CodeBlock("y" * 900 + "\n"))).body
    assert set("".join(values(body, "//w:p[w:pPr/w:keepLines]//w:t/text()"))) == {"y"}


def test_contents_share_their_page_with_the_title_alone() -> None:
    """The first section opens a page where there are contents, and only then, and no other section does."""
    opening = "//w:p[w:pPr/w:pageBreakBefore]//w:t/text()"
    assert values(drawn(made.everything()).body, opening) == ["1 ", "Incident Overview"]
    assert values(drawn(made.report(made.p("x"))).body, opening) == []


def test_short_tables_stay_on_one_page() -> None:
    """A short table holds all its rows together, a longer one the first two and the last two."""
    for count, wanted in ((3, [0, 1]), (9, [0, 7])):
        body = drawn(made.report(made.timeline(count))).body
        rows = find(body, "//w:tbl/w:tr")[1:]
        held = [index for index, row in enumerate(rows) if find(row, "w:tc[1]/w:p[1]/w:pPr/w:keepNext")]
        assert held == wanted


def test_tables_have_titles_and_fixed_columns() -> None:
    """A table says what it holds, and its columns have the widths of the tree within the margins of the page."""
    body = drawn(made.report(made.timeline(1))).body
    assert values(body, "//w:tblPr/w:tblCaption/@w:val") == ["What happened, in order"]
    assert values(body, "//w:tblPr/w:tblDescription/@w:val") == ["Events in order"]
    assert values(body, "//w:tblLayout/@w:type") == ["fixed"]
    widths = list(map(int, values(body, "//w:gridCol/@w:w")))
    assert widths == list(map(int, values(body, "//w:tr[1]/w:tc/w:tcPr/w:tcW/@w:w")))
    assert sum(widths) == 9411


def test_a_table_in_a_cell_has_room_for_its_words() -> None:
    """Its columns are as wide as their longest words, of five points a character, with less room beside them."""
    inner = "//w:tc//w:tbl"
    body = drawn(made.report(made.table_in_a_cell())).body
    assert values(body, f"{inner}/w:tblPr/w:tblCellMar/*/@w:w") == ["45", "45"]
    widths = [(int(width) - 90) / 20 for width in values(body, f"{inner}/w:tblGrid/w:gridCol/@w:w")]
    least = [5 * len(word) for word in ("Router", "81,402,117", "488,412,630", "Dropped")]
    assert all(width >= word for width, word in zip(widths, least, strict=True))


def test_more_columns_than_word_takes_become_two_tables() -> None:
    """A table of a hundred columns is cut in two, with all its words and a notice."""
    written = write(made.report(made.wide(100)), made.options())
    body = Package(written.data).body
    assert [len(find(table, "w:tr[1]/w:tc")) for table in find(body, "//w:tbl")] == [63, 37]
    assert len(words(body)) == len(walk.words(made.report(made.wide(100))))
    assert [finding.code for finding in written.findings] == ["AW502"]


def test_placeholders_have_comments() -> None:
    """Each placeholder wears its style and has one comment, dated by the report and not by the clock."""
    report = made.report(
        made.p("x ", Placeholder("[one]"), " y"), made.p(Link(made.run(Placeholder("[two]")), "https://e.org"))
    )
    package = drawn(report)
    comments = package.xml("word/comments.xml")
    assert values(comments, "//w:comment/@w:author") == ["Afterword"] * 2
    assert values(comments, "//w:comment/@w:date") == ["2023-08-13T17:05:00Z"] * 2
    assert words(comments) == ("To", "be", "filled", "in") * 2
    marked = find(package.body, "//w:r[w:rPr/w:rStyle/@w:val='Placeholder']")
    assert len(marked) == len(find(package.body, "//w:commentReference")) == 2
    assert all(find(run, "preceding-sibling::*[1][self::w:commentRangeStart]") for run in marked)


def test_without_placeholders_there_are_no_comments() -> None:
    """A report without placeholders has no part for comments."""
    assert "word/comments.xml" not in drawn(made.report(made.p("x"))).parts


def test_controls_are_tagged_with_paths() -> None:
    """Fields are found by their path; a path that is too long for Word keeps its beginning and stays unique."""
    long = "sections[3].body." + "deep." * 20
    report = made.report(
        FieldBlock("summary", (made.p(FieldText("id", (Text("7"),))),)), FieldBlock(long, (made.p("x"),))
    )
    body = drawn(report).body
    tags = values(body, "//w:sdtPr/w:tag/@w:val")
    assert tags[:2] == ["summary", "id"]
    assert len(tags[2]) == 64
    assert tags[2].startswith("sections[3].body.deep.")
    assert values(body, "//w:sdtPr/w:alias/@w:val") == tags


@pytest.mark.parametrize("figure", [made.drawing(), made.chart()])
def test_drawings_are_vectors_with_a_picture_to_fall_back_on(figure: Figure) -> None:
    """A drawing is an SVG part with a PNG of the same drawing, and has a text alternative."""
    package = drawn(made.report(figure))
    assert values(package.body, "//wp:docPr/@descr") == [figure.alt]
    relationships = package.xml("word/_rels/document.xml.rels")
    target = {each.get("Id"): each.get("Target") for each in relationships}
    raster, vector = values(package.body, "//a:blip/@r:embed") + values(package.body, "//asvg:svgBlip/@r:embed")
    assert package.parts[f"word/{target[raster]}"].startswith(b"\x89PNG")
    assert b"<svg" in package.parts[f"word/{target[vector]}"]


def test_pictures_fit_the_page_and_keep_their_proportions() -> None:
    """A picture wider than the text is scaled down in proportion; a small one keeps its size."""
    assets = {"big": made.picture(2400, 1000), "dot": made.picture(24, 24)}
    body = drawn(made.report(Figure(Picture("big"), "a"), Figure(Picture("dot"), "b"), assets=assets)).body
    (width, _), dot = [
        tuple(map(int, pair))
        for pair in zip(values(body, "//wp:extent/@cx"), values(body, "//wp:extent/@cy"), strict=True)
    ]
    assert width == 9411 * 635
    assert dot == (24 * 9525, 24 * 9525)


def test_captions_are_counted_by_fields() -> None:
    """Captions carry a SEQ field whose kept result is the number of the tree."""
    body = drawn(made.report(made.measures(), made.timeline(1), made.drawing())).body
    assert [text.split()[1] for text in values(body, "//w:instrText/text()")] == ["Table", "Table", "Figure"]
    assert [
        label for label in values(body, "//w:r[w:rPr/w:rStyle/@w:val='CaptionLabel']/w:t/text()") if label.isdigit()
    ] == [
        "1",
        "2",
        "1",
    ]


@pytest.mark.parametrize(
    ("target", "written"),
    [
        ("https://example.org/a?b=c&d=é#f#g", "https://example.org/a?b=c&d=%C3%A9#f%23g"),
        ("https://münchen.de/", "https://xn--mnchen-3ya.de/"),
        ("https://e.org/100%", "https://e.org/100%25"),
        ("https://[::1]:80/x", "https://[::1]:80/x"),
        ("mailto:a@example.org?subject=x", "mailto:a@example.org?subject=x"),
    ],
)
def test_targets_are_written_as_uris(target: str, written: str) -> None:
    """The target of a link is a URI, whatever signs the link was written with."""
    relationships = drawn(made.report(made.p(Link(made.run("x"), target)))).xml("word/_rels/document.xml.rels")
    assert [each.get("Target") for each in relationships if each.get("TargetMode") == "External"] == [written]


@pytest.mark.parametrize("target", ["http://[bad", "http://:80", "https://e.org:99999/", "https://e..org"])
def test_targets_that_word_refuses_are_shown(target: str) -> None:
    """A target that would make Word refuse the file is shown as text, with a notice."""
    written = write(made.report(made.p(Link(made.run("x"), target))), made.options())
    assert words(Package(written.data).body)[-2:] == ("x", f"({target})")
    assert [finding.code for finding in written.findings] == ["AW502"]


def test_what_xml_cannot_carry_is_shown_and_noted() -> None:
    """Controls and lone surrogates become their numbers, in text, code and names alike, with a notice each."""
    report = made.report(made.p("a\x07b", Code("c\ud800")), FieldBlock("p\x00", (made.p("x"),)), CodeBlock("d\x0be"))
    written = write(report, made.options())
    text = " ".join(words(Package(written.data).body))
    assert all(shown in text for shown in ("a[U+0007]bc[U+D800]", "d[U+000B]e"))
    assert {finding.code for finding in written.findings} == {"AW403"}


def test_line_breaks_do_not_open_a_control_around_blocks() -> None:
    """A field that opens with line breaks has its first control inside that paragraph, where LibreOffice keeps them."""
    body = drawn(made.report(FieldBlock("log", (CodeBlock("a\nb"), made.p("c"))))).body
    assert values(body, "//w:tag/@w:val") == ["log", "log"]
    assert not find(body, "//w:body/w:sdt/w:sdtContent/*[1][self::w:p][.//w:br]")
    assert words(body)[-3:] == ("a", "b", "c")
