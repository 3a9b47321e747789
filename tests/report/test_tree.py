"""Ways through the tree, its rebuilding, anchors and numbers, and its text form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.report.builders import column_widths, joined, paragraph, table
from afterword.report.check import check
from afterword.report.identity import document_id
from afterword.report.nodes import (
    Badge,
    BarChart,
    Block,
    Break,
    BulletList,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Column,
    Emphasis,
    Fact,
    Facts,
    Figure,
    Inline,
    InlineImage,
    KeyFigure,
    LineBreak,
    Link,
    ListItem,
    Mark,
    Paragraph,
    Picture,
    Quantity,
    Report,
    Row,
    Section,
    Strong,
    Table,
    Text,
    TimelineDrawing,
    TitleBlock,
)
from afterword.report.rebuild import map_blocks, map_inlines
from afterword.report.text import as_text
from afterword.report.transforms import ANCHOR_LENGTH, anchored, anchors, numbered, slug
from afterword.report.walk import blocks, plain_text, sections, words
from effort import examples
from strategies import KEY, META, PIXEL, reports, runs

TITLE = TitleBlock(
    "kicker",
    (Text("title"),),
    "subtitle",
    (Badge("label", "badge", "status"),),
    byline="author",
    figures=(KeyFigure("measure", "value"),),
)
CAPTIONED = Table((Column((Text("head"),), 1.0),), (Row((Cell((paragraph("cell"),)),)),), (Text("caption"),))
MARK = Mark(5.0, "Detected", "08:45", "phase-detected")
FIGURE = Figure(Picture(KEY), "alternative", (Text("below"),))


def report(*found: Section, closing: tuple[Block, ...] = ()) -> Report:
    """Return a report of these sections."""
    return Report(META, TITLE, found, closing, {KEY: PIXEL})


def section(title: str, *found: Block, below: tuple[Section, ...] = (), name: str = "") -> Section:
    """Return a section with a plain title."""
    return Section((Text(title),), found, below, name)


def test_words_in_reading_order() -> None:
    """Words come as a reader meets them: captions above tables and below figures, alternatives left out."""
    facts = Facts((Fact("fact", (Text("value"),)),))
    found = section(
        "one",
        CAPTIONED,
        FIGURE,
        facts,
        Callout("note", (paragraph("inside"),), "callout"),
        CodeBlock("x = 1\ny"),
        BulletList((ListItem((paragraph("item"),)),)),
        below=(section("two"),),
    )
    expected = (
        "kicker title subtitle author label badge measure value one caption head cell below fact value callout inside "
        "x = 1 y item two end"
    )

    assert words(report(found, closing=(paragraph("end"),))) == tuple(expected.split())


def test_words_join_across_inlines() -> None:
    """Inlines join without a space, a break parts words, a picture is no word."""
    run = (Text("a"), Strong((Text("b"),)), LineBreak(), Code("c"), InlineImage(KEY, "alt"), Text("d"))

    assert words(report(section("t", Paragraph(run))))[-2:] == ("ab", "cd")
    assert plain_text(run) == "ab\ncd"


def test_deep_trees_are_walked() -> None:
    """A tree far deeper than Python's stack is walked."""
    run: tuple[Inline, ...] = (Text("core"),)
    for _ in range(5000):
        run = (Emphasis(run),)

    assert plain_text(run) == "core"


@settings(max_examples=examples(15, 60), deadline=None)
@given(reports())
def test_generated_reports_are_sound(found: Report) -> None:
    """A report that is anchored and numbered keeps every rule, and rebuilding without a change changes nothing."""
    assert check(found) == ()
    assert map_blocks(found, lambda block: (block,)) == found
    assert map_inlines(found, lambda inline: (inline,)) == found
    assert anchored(found) == found


def test_map_inlines_reaches_everything() -> None:
    """Every text of a report can be changed, in titles, captions, columns, cells, lists and the closing."""
    found = report(
        section("a", CAPTIONED, FIGURE, BulletList((ListItem((paragraph("b"),)),))), closing=(paragraph("c"),)
    )
    changed = map_inlines(found, lambda inline: (Text("X"),) if isinstance(inline, Text) else (inline,))
    kept = {TITLE.kicker, TITLE.subtitle, TITLE.byline, "label", "badge", "measure", "value"}

    assert {word for word in words(changed) if word not in kept} == {"X"}


def test_anchors_come_from_names_and_titles() -> None:
    """An anchor is the section's name, else its title, else a name of its own; doubles are counted."""
    found = anchored(
        report(section("Root cause", name="root_cause"), section("Root Cause"), section("5 Whys?"), section("根本原因"))
    )
    names = [each.anchor for _, each in sections(found)]

    assert names[:3] == ["root_cause", "root_cause_2", "s_5_whys"]
    assert names[3].startswith("section_")


@given(st.text())
def test_slugs_are_names(text: str) -> None:
    """Any text gives a name that HTML and Word accept."""
    name = slug(text)

    assert name.isascii() and name.replace("_", "a").isalnum() and name[0].isalpha() and name == name.lower()  # noqa: PT018 (one claim)
    assert len(name) <= ANCHOR_LENGTH


def test_links_inside_are_led_to_anchors() -> None:
    """A link by a title's web form leads to the section's anchor; one that leads nowhere becomes its text."""
    links = Paragraph((Link((Text("a"),), "#what-went-well"), Link((Text("b"),), "#nowhere")))
    raw = report(section("What went well", links, name="good"))
    (paragraph_found,) = anchored(raw).sections[0].blocks

    assert paragraph_found == Paragraph((Link((Text("a"),), "#good"), Text("b")))


def test_numbers_follow_reading_order() -> None:
    """Tables and figures with a caption count separately, those without stay without a number, sections on request."""
    bare = replace(CAPTIONED, caption=())
    found = numbered(
        anchored(report(section("a", CAPTIONED, FIGURE, bare, below=(section("b", CAPTIONED),)))), number_sections=True
    )

    assert [block.number for block in blocks(found) if isinstance(block, Table | Figure)] == [1, 1, 0, 2]
    assert [each.number for _, each in sections(found)] == ["1", "1.1"]
    assert list(anchors(found)) == ["a", "b", "table_1", "figure_1", "table_2"]


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (replace(CAPTIONED, rows=(Row(()),)), "does not have 1 cells"),
        (replace(CAPTIONED, columns=(Column((), 0.5),)), "do not add up to 1"),
        (replace(FIGURE, alt=" "), "no text alternative"),
        (replace(FIGURE, content=Picture("gone.png")), "not among the assets"),
        (replace(FIGURE, content=TimelineDrawing(0.0, ())), "no length"),
        (replace(FIGURE, content=TimelineDrawing(9.0, (MARK,), breaks=(Break(2.0, 8.0, "6 s"),))), "lies in a break"),
        (replace(FIGURE, content=BarChart((Quantity("a", 1.0, "1"),))), "compares nothing"),
        (
            replace(FIGURE, content=BarChart((Quantity("a", 1.0, "1"), Quantity("b", -1.0, "-1")))),
            "shorter than nothing",
        ),
        (Paragraph((Link((Text("a"),), "#nowhere"),)), "leads nowhere"),
        (Paragraph((Link((Text("a"),), "javascript:x"),)), "is not a link"),
        (Paragraph((InlineImage("gone.png", "a"),)), "not among the assets"),
    ],
)
def test_faults_of_blocks(fault: Block, expected: str) -> None:
    """The check names each way in which a block can break the tree's rules."""
    assert any(expected in found for found in check(report(section("a", fault))))


def test_faults_of_sections() -> None:
    """The check names sections without a title, doubled anchors and too many levels."""
    deep = section("deep")
    for _ in range(9):
        deep = section("deep", below=(deep,))
    doubled = replace(section("a"), anchor="a")
    found = " ".join(check(report(deep, doubled, doubled, section(" "))))

    assert "10 levels deep" in found
    assert "'a' is not unique" in found
    assert "no title" in found


@given(st.lists(st.integers(0, 200), min_size=1, max_size=63))
def test_widths_add_up(lengths: list[int]) -> None:
    """Columns share the whole width, and each gets some."""
    widths = column_widths(["x" * length for length in lengths], [])

    assert sum(widths) == pytest.approx(1)
    assert min(widths) > 0


def test_column_holds_its_longest_word() -> None:
    """A narrow column of numbers has room for the word above it, beside columns with more text."""
    titles = ["Service", "In the morning of Saturday", "Requests refused", "Institutions", "Restored from"]
    widths = column_widths(titles, [["Portal, reading", "not affected", "418,200", "212", "Sent again"]])

    assert widths[3] * 90 >= len("Institutions") + 2


def test_wide_column_gets_more() -> None:
    """The column with more text is the wider one."""
    found = table([(), ()], ["start", "start"], [[(paragraph("a"),), (paragraph("much longer than that"),)]])

    assert found.columns[0].width < found.columns[1].width


@given(runs())
def test_joined_is_final(run: tuple[Inline, ...]) -> None:
    """Inlines that were joined once are not changed by joining them again, and their text stays."""
    again = joined((*run, *run))

    assert joined(again) == again
    assert plain_text(again) == plain_text(run) * 2


def test_text_form() -> None:
    """The text form shows each block on its own line, with what is not the default."""
    shown = Paragraph((Text("x"), Strong((Text("y"),)), LineBreak()), "lead")
    lines = as_text(report(section("a", shown, name="n"))).splitlines()

    assert lines[0] == "report"
    assert lines[-3:] == [
        '  section "a" name="n"',
        '    paragraph "x" strong("y") break role="lead"',
        f'  asset data={len(PIXEL.data)} bytes media_type="image/png" width=1 height=1',
    ]


def test_document_id_follows_from_the_id() -> None:
    """The same incident always has the same document id."""
    assert document_id("0x19") == "061164b0-a751-5f05-92ec-a7b5ef046886"
    assert document_id("0x1a") != document_id("0x19")
