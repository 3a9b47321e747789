"""The Markdown writer: what prose can hold reads back as it was, and the rest is told."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given, settings

from afterword.prose import parse
from afterword.report.builders import paragraph
from afterword.report.identity import Origin
from afterword.report.nodes import (
    BarChart,
    Block,
    BulletList,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Column,
    Emphasis,
    Fact,
    Facts,
    FieldBlock,
    Figure,
    Footnote,
    Foreign,
    Inline,
    Link,
    ListItem,
    Mark,
    Marking,
    NumberedList,
    Paragraph,
    Picture,
    Placeholder,
    Quantity,
    Report,
    Row,
    Section,
    Strike,
    Strong,
    Table,
    Text,
    TimelineDrawing,
)
from afterword.theme.load import load_theme
from afterword.writers.base import WriterOptions
from afterword.writers.markdown import write
from afterword.writers.markdown.blocks import Page, draw_block, draw_blocks, draw_notes
from afterword.writers.markdown.origin import origin_in
from effort import examples
from strategies import KEY, PIXEL, noted, prose_blocks, reports, runs

NOTE = Footnote((paragraph("1. note: [^1]"), paragraph("# more")), 1)
OPTIONS = WriterOptions(load_theme(""), "A4")


def again(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks after they were written as Markdown and read back."""
    page = Page()
    text = "\n\n".join(part for part in (draw_blocks(blocks, page), draw_notes(page)) if part)
    return parse(text, picture=lambda target: target.removeprefix("assets/")).blocks


ANGLED = Paragraph((Text("< "), Placeholder("[describe the cause]"), Text(" >")))


@settings(max_examples=examples(40, 200), deadline=None)
@given(prose_blocks)
@example((ANGLED,))
@example((BulletList((ListItem((ANGLED,)),)),))
@example((Paragraph((Text("a > b < "), Strong((Placeholder("[describe the cause]"), Text(" <"))), Text(" >"))),))
@example((Paragraph((Strong((Text("> a b c d e f g h i j "), Placeholder("[the cause]"), Text(" k"))),)),))
def test_prose_reads_back(blocks: tuple[Block, ...]) -> None:
    """Blocks of prose, written as Markdown and read back, are the same blocks."""
    assert again(blocks) == blocks


@settings(max_examples=examples(150, 800), deadline=None)
@given(runs(notes=True))
@example((Strong((Text(":"),)), Text("0TBA")))
@example((NOTE, Text("(x)")))
@example((NOTE, Text(": x")))
@example((Text("!"), NOTE, NOTE, Text("[^1]: x [^1]")))
@example((Emphasis((NOTE,)), Text("a"), Strong((Text("b"), replace(NOTE, paragraphs=())))))
@example((Text("0"), Strong((Text("0"), Emphasis((Text("0"),))))))
@example((Emphasis((Text("https://a.example/b_c"), Strong((Text(":"),)))),))
@example((Text("[A \\ ]"),))
@example((Text("[]( \\ [describe the cause]"),))
@example((Emphasis((Placeholder("Describe it."),)), Text(" "), Strong((Emphasis((Text("Describe it."),)),))))
@example((Text("?? "), Emphasis((Placeholder("Who knew it?"),)), Text("b")))
@example((Strong((Text("a:"),)), Text(" ...")))
@example((Code("``"), Text("`"), Code(" a "), Text("\\")))
def test_inlines_read_back(run: tuple[Inline, ...]) -> None:
    """Inlines that mean something to Markdown or look like placeholders read back as they were."""
    blocks = noted((Paragraph(run),))

    assert again(blocks) == blocks


@settings(max_examples=examples(8, 80), deadline=None)
@given(reports())
def test_any_report_is_written(report: Report) -> None:
    """Every report is written, and the file is known by its document id."""
    assert origin_in(write(report, OPTIONS).data) == Origin(report.meta.document_id)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (paragraph("1. is not a list"), "1\\. is not a list"),
        (paragraph("snake_case and a * b and [13:20]"), "snake_case and a * b and [13:20]"),
        (paragraph("[describe it]"), "\\[describe it]"),
        (Paragraph((Placeholder("[describe it]"),)), "[describe it]"),
        (paragraph("TBD"), "&#84;BD"),
        (Paragraph((Text("a"), Strong((Text("b"),)), Text("c"))), "a**b**c"),
        (Paragraph((Strong((Emphasis((Text("b"),)),)),)), "**_b_**"),
        (Paragraph((Strike((Text("b"),)),)), "~~b~~"),
        (Paragraph((Link((Text("https://a.example"),), "https://a.example"),)), "<https://a.example>"),
        (Paragraph((Link((Text("a"),), "#timeline"),)), "[a](#timeline)"),
        (Paragraph((Foreign("fr", (Text("mise en prod"),)),)), "mise en prod"),
        (Paragraph((Text("Heading"),), "heading"), "#### Heading"),
        (BulletList((ListItem((paragraph("a"),), checked=True), ListItem(()))), "- [x] a\n-"),
        (NumberedList((ListItem((paragraph("a"),)), ListItem((paragraph("b"),))), 9), "9. a\n10. b"),
        (CodeBlock("```", "sh"), "````sh\n```\n````"),
        (Facts((Fact("ID", (Text("0x19"),)),)), "- **ID:** 0x19"),
        (Callout("warning", (paragraph("Careful"),), "Note"), "> [!WARNING]\n> **Note**\n>\n> Careful"),
        (FieldBlock("summary", (paragraph("a"), paragraph("b"))), "a\n\nb"),
        (Figure(Picture(KEY), "A pixel"), "![A pixel](assets/pixel.png)"),
        (
            Figure(Picture(KEY), "A pixel", (Text("Cap"),), number=2),
            "![A pixel](assets/pixel.png)\n\n**Figure 2:** Cap",
        ),
    ],
)
def test_form_of_each_block(block: Block, expected: str) -> None:
    """Each block is written in the plainest form that reads back."""
    assert draw_block(block, Page()) == expected


def test_neighbouring_lists_stay_apart() -> None:
    """Two lists of one kind that follow each other do not become one."""
    lists = (BulletList((ListItem((paragraph("a"),)),)),) * 3

    assert again(lists) == lists


def test_pipes_and_breaks_in_cells_read_back() -> None:
    """A cell keeps its pipes, line breaks and paragraphs."""
    columns = (Column((Text("a|b"),), 0.5), Column((), 0.5))
    row = Row((Cell((paragraph("x | y"), paragraph("z"))), Cell((Paragraph((Code("a|b"),)),))))
    drawn = draw_block(Table(columns, (row,)), Page())

    assert drawn == "| a\\|b |  |\n| --- | --- |\n| x \\| y<br><br>z | `a\\|b` |"


def test_list_in_a_cell_is_told() -> None:
    """A cell that holds more than paragraphs is shown as lines, with a notice."""
    page = Page()
    found = BulletList((ListItem((paragraph("x"),)), ListItem((paragraph("y"),))))
    drawn = draw_block(Table((Column((Text("a"),), 1.0),), (Row((Cell((found,)),)),)), page)

    assert drawn.endswith("| x<br>y |")
    assert [finding.code for finding in page.findings] == ["AW502"]


def test_timeline_is_its_alternative() -> None:
    """A timeline drawing is given by its caption and its text alternative, with a notice."""
    page = Page()
    drawing = TimelineDrawing(60.0, (Mark(0.0, "Detected", "08:45", "phase-detected"),))
    drawn = draw_block(Figure(drawing, "One event at 08:45", (Text("Timeline"),), number=1), page)

    assert drawn == "**Figure 1:** Timeline\n\n> One event at 08:45"
    assert [finding.code for finding in page.findings] == ["AW502"]


def test_charts_are_their_alternatives() -> None:
    """The text alternative of a bar chart holds every value."""
    page = Page()
    chart = BarChart((Quantity("a", 1.0, "1 min"), Quantity("b", 2.0, "2 min")))
    drawn = draw_block(Figure(chart, "Bar chart. a: 1 min; b: 2 min.", (Text("Took"),), number=2), page)

    assert drawn == "**Figure 2:** Took\n\n> Bar chart. a: 1 min; b: 2 min."
    assert [finding.code for finding in page.findings] == ["AW502"]


def test_whole_report(small_report: Report) -> None:
    """A report has its head, title, marks, sections with levels, and links that lead to headings."""
    text = re.sub(r"[0-9a-f]{64}", "...", write(small_report, OPTIONS).data.decode())

    assert text == (
        '---\ntitle: "Checkout outage"\nid: "0x19"\ndate: "2023-08-13T00:00:00+00:00"\nauthors: ["Ada Example"]\n'
        'stage: "draft"\ntlp: "TLP:AMBER"\nkeywords: ["checkout"]\nlang: "en"\ngenerator: "Afterword"\n'
        f'document_id: "{small_report.meta.document_id}"\nsha256: "..."\n---\n\n'
        "**TLP:AMBER**\n\n# Checkout outage\n\nPostmortem report · INC 19\n\n"
        "**Status:** Closed · **Severity:** SEV2\n\n"
        "## Root cause\n\nSee [below](#what-now).\n\n### What now?\n\nNothing.\n"
    )


@pytest.fixture
def small_report() -> Report:
    """Return a report of two sections, one within the other."""
    from afterword.report.nodes import TitleBlock
    from afterword.report.transforms import anchored
    from strategies import BADGES, META

    below = Section((Text("What now?"),), (paragraph("Nothing."),))
    link = Link((Text("below"),), "#what-now")
    cause = Section((Text("Root cause"),), (Paragraph((Text("See "), link, Text("."))),), (below,), "cause")
    meta = replace(META, marking=Marking("TLP:AMBER", "amber"))
    block = TitleBlock("Postmortem report", (Text("Checkout outage"),), "INC 19", BADGES)
    return anchored(Report(meta, block, (cause,), assets={KEY: PIXEL}))


def test_an_edited_file_is_known(small_report: Report) -> None:
    """A change in head, text or seal shows, and so does its loss; line ends that version control wrote anew do not."""
    data = write(small_report, OPTIONS).data
    seal = re.search(rb'sha256: "[0-9a-f]{64}"\n', data)
    assert seal
    changed = [data + b"x", data.replace(b"title: ", b"title:  "), data.replace(b"sha256", b"sha"), data[:-1]]
    changed += [data.replace(seal[0], b""), data.replace(seal[0], seal[0] * 2)]
    assert [origin_in(each) for each in changed] == [Origin(small_report.meta.document_id, is_edited=True)] * 6
    assert origin_in(data.replace(b"\n", b"\r\n")) == Origin(small_report.meta.document_id)


@pytest.mark.parametrize("data", [b"", b"# A\n", b"---\ntitle: x\n---\n", b"\xff\xfe", b"---\n" * 9000])
def test_other_files_are_not_ours(data: bytes) -> None:
    """A file that was not written here has no document id."""
    assert origin_in(data) is None
