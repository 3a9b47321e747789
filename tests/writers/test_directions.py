"""Text that runs against its document: each block goes its own way, in HTML and PDF as in Word."""

from __future__ import annotations

import re
from typing import Any

import docx_reports as made
import pytest
from docx_reading import drawn, find, values
from weasyprint.formatting_structure import boxes as kinds

from afterword.report.nodes import (
    Block,
    BulletList,
    Callout,
    Cell,
    Code,
    Column,
    Emphasis,
    Fact,
    Facts,
    Figure,
    Footnote,
    Inline,
    Link,
    NumberedList,
    Picture,
    Placeholder,
    Quote,
    Report,
    Row,
    Section,
    Strong,
    Table,
    TitleBlock,
)
from afterword.writers.html import write
from afterword.writers.pdf.layout import lay_out

ENGLISH, ARABIC = "It failed (twice).", "تعطلت (مرتين)."
OTHER = {"ar": ENGLISH, "en": ARABIC}
LONG = {
    "ar": "The next connection to the acquiring bank failed.",
    "en": "تعطل الاتصال التالي بالبنك (مرتين) وعاد بعد ساعة.",
}
OWN = {"ar": ARABIC, "en": ENGLISH}
TURNED = {"ar": "ltr", "en": "rtl"}
LANGUAGES = ("ar", "en")


def report(language: str, *blocks: Block, **parts: Any) -> Report:  # noqa: ANN401 (parts of a report)
    """Return a report in a language that holds these blocks."""
    return made.report(*blocks, about=made.meta(language=language), **parts)


def html(language: str, *blocks: Block, **parts: Any) -> str:  # noqa: ANN401 (parts of a report)
    """Return the page of such a report."""
    return write(report(language, *blocks, **parts), made.options()).data.decode()


def grid(*rows: tuple[str, ...]) -> Table:
    """Return a table whose first row is its head."""
    head, *body = rows
    columns = tuple(Column(made.run(title), 1 / len(head)) for title in head)
    return Table(columns, tuple(Row(tuple(Cell((made.p(text),)) for text in each)) for each in body))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_says_its_direction_in_html(language: str) -> None:
    """A block of the other direction has `dir`, or what is ours beside it has the document's and its text is apart."""
    text, own, way = OTHER[language], OWN[language], TURNED[language]
    item = made.item(text)
    nested = BulletList((item,))
    apart = f'<bdi dir="{way}">{text}</bdi>'
    drawings: list[tuple[Block, str]] = [
        (made.p(text), f'<p dir="{way}">{text}</p>'),
        (made.p(text, role="lead"), f'<p class="lead" dir="{way}">'),
        (Quote((made.p(text),)), f'<blockquote>\n<p dir="{way}">'),
        (Callout("note", (made.p(text),), own), f'<p class="title">{own}</p>\n<p dir="{way}">'),
        (BulletList((item, item)), f'<ul class="tight" dir="{way}">\n<li>{text}</li>'),
        (NumberedList((item,), start=3), f'style="counter-reset: list-item 2" dir="{way}">'),
        (BulletList((item, made.item(own))), f'<ul class="tight">\n<li>{apart}</li>\n<li>{own}</li>'),
        (BulletList((made.item(text, checked=True), made.item(own))), f"</span> {apart}</li>"),
        (BulletList((item, made.item(own, nested))), f'<ul class="tight">\n<li>{apart}</li>\n</ul>\n</li>'),
        (grid((text,), (text,)), f'<table dir="{way}">'),
        (grid((own,), (text,)), f"<td>{apart}</td>"),
        (grid((own,), (LONG[language],)), f'<td dir="{way}">'),
        (Facts((Fact(own, made.run(text)),)), f"<td>{apart}</td>"),
        (Figure(Picture("dot"), own, made.run(text)), f"</span> {apart}</figcaption>"),
    ]
    for block, wanted in drawings:
        page = html(language, block, assets={"dot": made.picture(24, 24)})
        assert wanted in page, (block, page[page.index("<main") :])


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_titles_and_notes_say_their_direction_in_html(language: str) -> None:
    """The number of a heading stays on the document's side, with its text apart; a note goes its own way."""
    text, way = OTHER[language], TURNED[language]
    title = TitleBlock("x", made.run(text), "x")
    section = Section(made.run(text), (made.p("x", Footnote((made.p(text),), 1)),), number="1")
    page = html(language, title_block=title, sections=(section,), contents=True)
    apart = f'<bdi dir="{way}">{text}</bdi>'
    assert f"<h1>{apart}</h1>" in page
    assert page.count(f'<span class="number">1</span> {apart}') == 2  # in the contents, and where the section is
    assert f'<li id="note-1" dir="{way}">' in page


def test_marks_inside_a_sentence_are_kept_apart_in_html() -> None:
    """Code, links, marks and placeholders of the other direction say theirs; phrases over several stay together."""
    marks = made.p(
        "في ",
        Code("ls"),
        "، ",
        Link(made.run("a (b)"), "https://e.org"),
        "، ",
        Strong(made.run("c!")),
        "، ",
        Placeholder("[d]"),
    )
    page = html("ar", marks)
    assert '<code class="short" dir="ltr">ls</code>' in page
    assert '<a href="https://e.org" dir="ltr">' in page
    assert '<strong dir="ltr">' in page
    assert re.search(r'<mark [^>]*dir="ltr">', page)
    phrase = html("ar", made.p("قال the ", Emphasis(made.run("quick")), " fox ثم"))
    assert '<p>قال <bdi dir="ltr">the <em>quick</em> fox</bdi> ثم</p>' in phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_goes_the_way_of_the_document_says_nothing(language: str) -> None:
    """A report in one direction has no `dir` but that of its page, and no direction in any paragraph of Word's."""
    text = OWN[language]
    blocks: tuple[Block, ...] = (
        made.p(text, Strong(made.run(text))),
        Quote((made.p("12:30"),)),
        BulletList((made.item(text), made.item("50 %"))),
        grid((text, "1"), (text, "2")),
        Facts((Fact(text, made.run("—")),)),
    )
    title = TitleBlock(text, made.run(text), text)
    sections = (Section(made.run(text), blocks),)
    page = html(language, title_block=title, sections=sections)
    assert " dir=" not in page[page.index("<body") :]
    assert "<bdi" not in page
    body = drawn(report(language, title_block=title, sections=sections)).body
    assert not find(body, "//w:pPr/w:bidi | //w:pPr/w:jc")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_says_its_direction_in_word(language: str) -> None:
    """A paragraph of the other direction has `w:bidi`; in a column it is set from the side of the column."""
    text, own = OTHER[language], OWN[language]
    bidi = "0" if language == "ar" else None
    note = made.p(text, Footnote((made.p(text),), 1))
    lists = (BulletList((made.item(text), made.item(text))), NumberedList((made.item(text),)))
    for block in (note, Quote((made.p(text),)), Callout("note", (made.p(text),)), *lists, grid((text,), (text,))):
        package = drawn(report(language, block))
        for root in (package.body, *([] if package.notes is None else [package.notes])):
            paragraphs = [p for p in find(root, "//w:p") if "".join(values(p, ".//w:t/text()")).strip() == text]
            assert paragraphs, block
            assert all(find(each, "w:pPr/w:bidi") for each in paragraphs), block
            assert {*values(root, "//w:p/w:pPr/w:bidi/@w:val")} == ({bidi} if bidi else set())
    body = drawn(report(language, grid((own,), (text,)))).body
    (held,) = [p for p in find(body, "//w:tc/w:p") if "".join(values(p, ".//w:t/text()")) == text]
    assert values(held, "w:pPr/w:jc/@w:val") == ["right"]
    assert find(held, "w:pPr/w:bidi")
    assert bool(find(body, "//w:tbl/w:tblPr/w:bidiVisual")) == (language == "ar")
    assert bool(find(drawn(report(language, grid((text,), (text,)))).body, "//w:tblPr/w:bidiVisual")) != (
        language == "ar"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_marks_and_boxes_stay_on_their_side_in_word(language: str) -> None:
    """In a list of both directions, and a heading, the paragraph is the document's and the text a run of its own."""
    text, own = OTHER[language], OWN[language]
    mixed = BulletList((made.item(text), made.item(own)))
    package = drawn(report(language, sections=(Section(made.run(text), (mixed, Quote((made.p(text),))), number="1"),)))
    styles = "w:pPr/w:pStyle[@w:val='ListBullet' or @w:val='Heading1']"
    for held in find(package.body, f"//w:p[{styles}]"):
        assert not find(held, "w:pPr/w:bidi")
    (quote,) = find(package.body, "//w:p[w:pPr/w:pStyle/@w:val='Quote']")
    assert (values(quote, "w:pPr/w:ind/@w:left"), values(quote, "w:pPr/w:ind/@w:right")) == (["0"], ["260"])
    shown = "".join(
        values(package.body, f"//w:r[{'not(w:rPr/w:rtl)' if language == 'ar' else 'w:rPr/w:rtl'}]/w:t/text()")
    )
    assert text.strip("().") in shown
    if language == "ar":  # with its full stop, which Word sets where the run says
        assert text in shown


def lines(language: str, *inlines: Inline | str) -> list[list[tuple[float, str]]]:
    """Return the texts of the lines of a paragraph in the PDF, from the left of the page, with their places."""
    layout = lay_out(report(language, made.p(*inlines)), made.options())
    found: list[list[tuple[float, str]]] = []
    for page in layout.document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, kinds.LineBox) and box.element_tag == "p" and not box.element.get("class"):
                texts = (each for each in box.descendants() if isinstance(each, kinds.TextBox) and each.text.strip())
                found.append(sorted((each.position_x, each.text.strip()) for each in texts))
    return [line for line in found if line]


SENTENCE = ("Run ", Code("rndc sign"), " on ", Emphasis(made.run("each")), " server, see the ")
GUIDE = Link(made.run("guide (v2)"), "https://example.org/guide")


def test_an_english_sentence_in_an_arabic_pdf_runs_to_the_right() -> None:
    """Its pieces stand in their order from the left edge of the text on, the full stop at the end."""
    (line,) = lines("ar", *SENTENCE, GUIDE, ".")
    assert [text for _, text in line] == ["Run", "rndc sign", "on", "each", "server, see the", "guide (v2)", "."]
    (english,) = lines("en", *SENTENCE, GUIDE, ".")
    assert line == english


def test_an_arabic_sentence_in_an_english_pdf_runs_to_the_left() -> None:
    """Its pieces stand in their order from the right edge of the text on, the full stop at the end."""
    pieces = ("شغل ", Code("rndc sign"), " على ", Emphasis(made.run("كل")), " خادم.")
    (line,) = lines("en", *pieces)
    (arabic,) = lines("ar", *pieces)
    assert [text for _, text in line] == ["خادم.", "كل", "على", "rndc sign", "شغل"]
    assert line == arabic


def test_a_phrase_of_several_pieces_keeps_its_order_in_pdf() -> None:
    """An English phrase with emphasis in an Arabic sentence runs to the right, and a quotation the other way round."""
    (line,) = lines("ar", "قال the ", Emphasis(made.run("quick")), " fox ثم ذهب.")
    assert [text for _, text in line] == ["ثم ذهب.", "the", "quick", "fox", "قال"]
    (quoted,) = lines("en", "It said «خطأ ", Strong(made.run("في")), " الاتصال» twice.")
    assert [text for _, text in quoted] == ["It said «", "الاتصال", "في", "خطأ", "» twice."]


def test_addresses_are_whole_in_an_arabic_pdf() -> None:
    """The pieces into which an address may be broken stand in its order, with what is before it on its right."""
    address = "https://status.example.org/incidents/2024-017"
    for link in (address, Link(made.run(address), address)):
        (line,) = lines("ar", "انظر ", link)
        assert "".join(text for _, text in line).replace("\u200b", "") == f"{address}انظر"


def test_marks_of_lists_stand_beside_their_items_in_pdf() -> None:
    """An English list in an Arabic report has its marks on the left; one of both languages has them on the right."""
    for items, is_left in ((("One.", "Two."), True), (("One.", "اثنان."), False)):
        held = NumberedList(tuple(made.item(each) for each in items))
        layout = lay_out(report("ar", held), made.options())
        every = [each for page in layout.document.pages for each in page._page_box.descendants(placeholders=True)]
        marks = [each.position_x for each in every if each.element_tag == "li::marker" and hasattr(each, "text")]
        words = [each.position_x for each in every if getattr(each, "text", "") in items]
        assert len(marks) == len(words) == 2
        assert all((mark < word) == is_left for mark, word in zip(marks, words, strict=True))
