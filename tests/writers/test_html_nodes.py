"""Each kind of node as the HTML it becomes, compared with goldens; and what holds for every page."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from html.parser import HTMLParser

import docx_reports as made
import pytest
from hypothesis import given, settings

from afterword.report.identity import Origin
from afterword.report.nodes import (
    Block,
    BulletList,
    Callout,
    CodeBlock,
    Divider,
    Fact,
    Facts,
    FieldBlock,
    Figure,
    ListItem,
    Marking,
    NumberedList,
    Picture,
    Quote,
    Report,
    Section,
    Strong,
)
from afterword.writers.html import write
from afterword.writers.html.blocks import draw_block
from afterword.writers.html.inlines import draw_inline, draw_text
from afterword.writers.html.medium import Medium
from afterword.writers.html.origin import origin_in
from effort import examples
from strategies import reports
from test_parity import parted

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
        NumberedList((made.item("one", "more"), made.item("two")), start=3, tight=False),
        NumberedList((made.item(made.p(Strong(made.run("Lead: ")), "in")),), role="steps"),
        BulletList((made.item("done", checked=True), made.item("open", checked=False))),
    ),
    "tables": lambda: made.report(made.timeline(2), made.measures(), Facts((Fact("ID", made.run("0x19")),), "facts")),
    "apart": lambda: made.report(
        Quote((made.p("q"),)),
        CodeBlock("a\n\tb <c>", "sh"),
        Callout("note", (made.p("n"),), "Note"),
        Callout("warning", (BulletList((made.item("x"),)),), "Warning"),
        Callout("to-complete", (made.p("t"),)),
        Divider(),
        FieldBlock("summary", (made.p("field"),)),
    ),
    "figures": lambda: made.report(Figure(Picture("photo"), "A photo.", made.run("Caption")), assets=ASSETS),
    "notes": lambda: made.report(*made.notes()),
    "sections": lambda: made.report(sections=(_chain(7),)),
}


def _chain(depth: int) -> Section:
    inner = (_chain(depth - 1),) if depth > 1 else ()
    return Section(made.run(f"Depth {depth}"), (made.p("text"),), inner)


def page(report: Report) -> str:
    """Return the page of a report."""
    return write(report, made.options()).data.decode("utf-8")


def body_of(text: str) -> str:
    """Return what stands in the page's main part, pictures shortened."""
    main = text[text.index('<main id="report">') : text.index("</main>")]
    return re.sub(r"base64,[A-Za-z0-9+/=]+", "base64,…", main)


class _Reader(HTMLParser):
    """Keeps the tags and the text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.skipped += tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.text.append(data)


def read(text: str) -> _Reader:
    """Return the tags and the text of a page."""
    reader = _Reader()
    reader.feed(text)
    return reader


@pytest.mark.parametrize("name", SMALL)
def test_node_golden(name: str, golden: Callable[[str, str], None]) -> None:
    """Each kind of node becomes the markup that was looked at and kept."""
    golden(f"html/{name}.html", body_of(page(SMALL[name]())) + "\n")


def test_whole_page_asks_for_nothing() -> None:
    """A page names no address that a browser would load by itself, and forbids all of them."""
    reader = read(page(made.everything()))
    loaded = [
        value for _, attributes in reader.tags for name in ("src", "data", "poster") if (value := attributes.get(name))
    ]
    assert loaded
    assert all(address.startswith("data:image/") for address in loaded)
    assert not [tag for tag, _ in reader.tags if tag in {"script", "link", "iframe", "object", "embed", "base"}]
    policy = next(attributes for _, attributes in reader.tags if attributes.get("http-equiv"))
    assert str(policy["content"]).startswith("default-src 'none'")


def test_headings_never_skip_a_level() -> None:
    """One h1; below it headings follow the nesting, deeper than six as `role=heading` with a level."""
    levels = [
        int(tag[1]) if re.fullmatch("h[1-6]", tag) else int(str(attributes["aria-level"]))
        for tag, attributes in read(page(SMALL["sections"]())).tags
        if re.fullmatch("h[1-6]", tag) or attributes.get("role") == "heading"
    ]
    assert levels == [1, 2, 3, 4, 5, 6, 7, 8]


def test_landmarks_language_and_contents() -> None:
    """A page has its landmarks, language and direction, and contents whose entries lead to sections."""
    reader = read(page(made.everything("ar")))
    tags = [tag for tag, _ in reader.tags]
    assert {"header", "nav", "main", "footer"} <= set(tags)
    assert reader.tags[0] == ("html", {"lang": "ar", "dir": "rtl"})
    ids = {attributes["id"] for _, attributes in reader.tags if "id" in attributes}
    inner = [str(a["href"])[1:] for tag, a in reader.tags if tag == "a" and str(a.get("href", "")).startswith("#")]
    assert len(inner) > 5
    assert set(inner) <= ids


def test_ids_are_unique() -> None:
    """No id stands twice on a page."""
    ids = [attributes["id"] for _, attributes in read(page(made.everything())).tags if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_markings_and_stage_are_shown() -> None:
    """The TLP label stands at the head and the foot of the page, and a draft says that it is one."""
    report = made.report(about=made.meta(stage="draft", marking=Marking("TLP:RED", "red")))
    text = page(report)
    assert text.count('<p class="tlp red">TLP:RED</p>') == 2
    assert '<p class="stage">Draft</p>' in text


def test_hostile_text_stays_text() -> None:
    """Markup, style, template and script syntax in any text comes out as the same text."""
    evil = "</style><script>alert(1)</script>{{ 7*7 }}{% raw %}\"'&lt;<img src=x onerror=y> url(http://e.example)"
    blocks: tuple[Block, ...] = (
        made.p(evil),
        CodeBlock(evil, 'x" onload="y'),
        Callout("note", (made.p(evil),), evil),
        Facts((Fact(evil, made.run(evil)),), evil),
    )
    reader = read(page(made.report(*blocks)))
    assert "".join(reader.text).count(evil) == 6
    assert not [tag for tag, attributes in reader.tags if tag == "script" or set(attributes) & {"onerror", "onload"}]


def test_deep_lists_are_drawn() -> None:
    """Lists nested sixty deep keep every item."""
    assert body_of(page(made.report(made.nested(60)))).count("<li>") == 120


def test_unknown_node_is_refused() -> None:
    """A thing that is no node of the tree raises and is not skipped."""
    medium = Medium(made.report().words, made.options().theme, {}, str, lambda _, __: draw_text(""))
    with pytest.raises(AssertionError):
        draw_block(ListItem(()), medium)  # type: ignore[arg-type] # not a block, on purpose
    with pytest.raises(AssertionError):
        draw_inline(made.p("x"), medium)  # type: ignore[arg-type] # not an inline, on purpose


def test_long_runs_can_be_broken() -> None:
    """A run of more than a thousand characters without a space gets places to break and loses no character."""
    drawn = draw_text("a b " + "x" * 2500 + " <")
    assert drawn == "a b " + "x" * 1000 + "<wbr>" + "x" * 1000 + "<wbr>" + "x" * 500 + " &lt;"
    assert draw_text("x" * 1000) == "x" * 1000


def test_own_pages_are_recognised() -> None:
    """A page of ours tells its document id; any other file tells none, not even one that quotes ours."""
    report = made.report(made.p('<meta name="generator" content="Afterword">'))
    data = write(report, made.options()).data
    assert origin_in(data) == Origin(report.meta.document_id)
    edited = Origin(report.meta.document_id, is_edited=True)
    assert [origin_in(each) for each in (data + b" ", data[:-1], data.replace(b"</body>", b"x</body>"))] == [edited] * 3
    assert origin_in(data.replace(b"\n", b"\r\n")) == Origin(report.meta.document_id)
    assert origin_in(b"<!DOCTYPE html><title>x</title>") is None
    assert origin_in(b"") is None


def _words_in_order(words: tuple[str, ...], text: str) -> str:
    held, place = re.sub(r"\s", "", text), 0
    for word in words:
        found = held.find(re.sub(r"\s", "", word), place)
        if found < 0:
            return word
        place = found + len(re.sub(r"\s", "", word))
    return ""


@settings(max_examples=examples(8, 80), deadline=None)
@given(reports())
def test_every_word_is_on_the_page(report: Report) -> None:
    """Whatever the tree, all its words are in the page's text, in order, and the same page comes out again."""
    text = page(report)
    for part in parted(report):
        assert _words_in_order(part, "".join(read(text).text)) == ""
    assert page(report) == text


def test_page_does_not_load_the_pdf_engine() -> None:
    """Writing HTML needs neither the PDF engine nor the Word library."""
    import subprocess

    code = (
        "import sys; import afterword.writers.html, afterword.writers.pdf.origin; "
        "print([name for name in ('weasyprint', 'docx') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
