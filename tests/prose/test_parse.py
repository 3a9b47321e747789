"""Prose: Markdown as nodes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.diagnostics import Severity
from afterword.prose import Prose, parse, parse_inline
from afterword.prose.footnotes import LONGEST_NOTE, MOST_NOTES
from afterword.report.builders import paragraph
from afterword.report.nodes import (
    Block,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Divider,
    Emphasis,
    Figure,
    Footnote,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    ListItem,
    NumberedList,
    Paragraph,
    Picture,
    Placeholder,
    Quote,
    Section,
    Strike,
    Strong,
    Table,
    Text,
)
from afterword.report.walk import plain_text
from effort import examples


def blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text whose pictures are all there."""
    return parse(text, picture=lambda target: f"key of {target}").blocks


def inlines(text: str) -> tuple[Inline, ...]:
    """Return the inlines of a text of one paragraph."""
    (block,) = blocks(text)
    assert isinstance(block, Paragraph)
    return block.children


def told(text: str) -> list[tuple[str, str]]:
    """Return the code of each finding and what stands at its offset."""
    found = parse(text, path="summary", picture=lambda _: "k").findings
    return [(finding.code, text[finding.offset :].split(maxsplit=1)[0]) for finding in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a *b* **c** ~~d~~ `e`", (Text("a "), Emphasis((Text("b"),)), Text(" "), Strong((Text("c"),)), Text(" "),
                                   Strike((Text("d"),)), Text(" "), Code("e"))),
        ("one\ntwo", (Text("one two"),)),
        ("日本\n語", (Text("日本語"),)),
        ("one\\\ntwo  \nthree", (Text("one"), LineBreak(), Text("two"), LineBreak(), Text("three"))),
        ("<https://a.example/_b_>", (Link((Text("https://a.example/_b_"),), "https://a.example/_b_"),)),
        ("See https://a.example/_b_*c (x).", (Text("See "), Link((Text("https://a.example/_b_*c"),),
                                                                 "https://a.example/_b_*c"), Text(" (x)."))),
        ("(https://a.example)", (Text("("), Link((Text("https://a.example"),), "https://a.example"), Text(")"))),
        ("<a@b.example>", (Link((Text("a@b.example"),), "mailto:a@b.example"),)),
        ('[a](#b "t")', (Link((Text("a"),), "#b", "t"),)),
        ("**a **b****", (Strong((Text("a b"),)),)),
        ("&lt;b&gt; &copy; \\*", (Text("<b> © *"),)),
        ("snake_case_name", (Text("snake_case_name"),)),
        ("[describe *the* cause] now", (Placeholder("[describe the cause]"), Text(" now"))),
        ("**[title]** TBD", (Strong((Placeholder("[title]"),)), Text(" "), Placeholder("TBD"))),
        ("\\[describe it] &#84;BD `TBD`", (Text("[describe it] TBD "), Code("TBD"))),
        ("![a *b*](c.png) d", (InlineImage("key of c.png", "a b"), Text(" d"))),
    ],
)  # fmt: skip
def test_inlines(text: str, expected: tuple[Inline, ...]) -> None:
    """Each mark of Markdown gives its inline; escapes and entities are plain text."""
    assert inlines(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n\nb", (paragraph("a"), paragraph("b"))),
        ("- a\n- b", (BulletList((ListItem((paragraph("a"),)), ListItem((paragraph("b"),)))),)),
        ("- a\n\n- b", (BulletList((ListItem((paragraph("a"),)), ListItem((paragraph("b"),))), tight=False),)),
        ("7. a", (NumberedList((ListItem((paragraph("a"),)),), 7),)),
        ("- [x] a\n- [ ]", (BulletList((ListItem((paragraph("a"),), checked=True), ListItem((), checked=False))),)),
        ("- \\[x] a", (BulletList((ListItem((paragraph("[x] a"),)),)),)),
        ("> a", (Quote((paragraph("a"),)),)),
        ("---", (Divider(),)),
        ("```python x\na\n\n b\n```", (CodeBlock("a\n\n b", "python"),)),
        ("    a", (CodeBlock("a"),)),
        ('![a](b%20c.png "t")', (Figure(Picture("key of b c.png"), "a", (Text("t"),)),)),
        ("- # h", (BulletList((ListItem((Paragraph((Text("h"),), "heading"),)),)),)),
        ("[Cause]: unknown", (Paragraph((Placeholder("[Cause]"), Text(": unknown"))),)),
        ("<div>\n*a*\n</div>", (Paragraph((Text("<div> "), Emphasis((Text("a"),)), Text(" </div>"))),)),
        ("", ()),
    ],
)
def test_blocks(text: str, expected: tuple[Block, ...]) -> None:
    """Each form of Markdown gives its block."""
    assert blocks(text) == expected


def test_table() -> None:
    """A table has its alignments, widths that add up to 1, and cells in which `<br>` breaks the line."""
    (table,) = blocks("| a | b | c |\n|---|:-:|--:|\n| x<br>y | p<br><br>q \\| r |\n")
    assert isinstance(table, Table)
    cells = table.rows[0].cells

    assert [column.align for column in table.columns] == ["start", "center", "end"]
    assert sum(column.width for column in table.columns) == pytest.approx(1)
    assert cells[0] == Cell((Paragraph((Text("x"), LineBreak(), Text("y"))),))
    assert cells[1] == Cell((paragraph("p"), paragraph("q | r")))
    assert cells[2] == Cell(())


def test_headings_open_sections_without_gaps() -> None:
    """Headings nest by their levels, and a level that is skipped leaves no gap."""
    prose = parse("before\n\n## A\na\n#### B\n### C\n## D\n# E")
    a, d, e = prose.sections

    assert prose.blocks == (paragraph("before"),)
    assert a == Section((Text("A"),), (paragraph("a"),), (Section((Text("B"),)), Section((Text("C"),))))
    assert (d, e) == (Section((Text("D"),)), Section((Text("E"),)))


def test_heading_without_words_opens_nothing() -> None:
    """A heading with nothing in it leaves its text where it stands."""
    assert parse("#\na\n") == parse("a\n")


@pytest.mark.parametrize(
    ("text", "expected", "code"),
    [
        ("[a](javascript:x)", "a (javascript:x)", ("AW407", "javascript:x)")),
        ("[a](docs/b%20c.md)", "a (docs/b c.md)", ("AW407", "docs/b%20c.md)")),
        ("<ftp://a.example>", "ftp://a.example", ("AW407", "ftp://a.example>")),
        ("x <b>y</b>", "x <b>y</b>", ("AW406", "<b>y</b>")),
        (
            "![a](data:image/png;base64,AA==)",
            "a (data:image/png;base64,AA==)",
            ("AW414", "data:image/png;base64,AA==)"),
        ),
    ],
)
def test_refused_is_shown_and_told(text: str, expected: str, code: tuple[str, str]) -> None:
    """What a document may not hold is shown as text, with a finding at its place."""
    assert inlines(text) == (Text(expected),)
    assert told(text) == [code]


def test_remote_picture_is_a_link() -> None:
    """A picture on the network is not fetched: its alternative and its address stand in its place."""
    address = "https://a.example/b.png"

    assert inlines(f"![a]({address})") == (Text("a: "), Link((Text(address),), address))
    assert [code for code, _ in told(f"![a]({address})")] == ["AW414"]


def test_picture_without_alternative_is_told() -> None:
    """A picture without an alternative is shown under its name, with a finding."""
    assert blocks("![](b.png)") == (Figure(Picture("key of b.png"), "b.png"),)
    assert [code for code, _ in told("![](b.png)")] == ["AW415"]


def test_findings_stand_where_the_fault_is() -> None:
    """A finding of the second paragraph points into the second paragraph."""
    assert told("[a](x.md)\n\n[b](x.md)")[1] == ("AW407", "x.md)")
    assert parse("[a](x.md)\n\n[b](x.md)").findings[1].offset == 15


@pytest.mark.parametrize(
    "text",
    [
        ">" * 100_000,
        "> " * 33 + "a",
        "- " * 5000 + "a",
        "".join("  " * depth + "- a\n" for depth in range(200)),
        "**a *b " * 200 + "c* d**" * 200,
    ],
)
def test_nested_too_deep_is_told(text: str) -> None:
    """Text that is nested too deep comes back as an error, and never in part."""
    prose = parse(text, path="summary")

    assert [(finding.code, finding.path) for finding in prose.findings] == [("AW404", "summary")]
    assert (prose.blocks, prose.sections) == ((), ())


def test_deep_but_accepted() -> None:
    """Text that is nested 32 deep is kept whole."""
    assert "innermost" in str(parse("> " * 32 + "innermost").blocks)


def test_too_long_is_told() -> None:
    """Text of more than a million characters comes back as an error."""
    assert [finding.code for finding in parse("a" * 1_000_001).findings] == ["AW405"]


@pytest.mark.parametrize(
    "text",
    [
        "*" * 50_000,
        "[" * 50_000,
        "![" * 25_000,
        "`" * 50_000,
        "` `` " * 10_000,
        "*_" * 25_000,
        "<" * 50_000,
        "".join(f"[r{number}]: https://a.example\n" for number in range(10_000)) + "\n[r1]",
        "TBD *a* " * 5_000,
        "![" * 1000 + "a" + "](b)" * 1000,
        "[a](" * 10_000,
        "a|b\n" * 10_000,
    ],
)
def test_hostile_text_ends(text: str) -> None:
    """Text made to keep a parser busy, or to exhaust its stack, is read like any other."""
    made = parse(text)
    assert made.blocks or made.findings


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("See it.\n\n[run]: https://a.example\n", ["[run]: https://a.example"]),
        ("[a]: https://a.example\n[A]: https://b.example\n\n[a]", ["[A]: https://b.example"]),
        ("> [q]: https://a.example", ["> [q]: https://a.example"]),
        ("[a], ![b] and [c][a]\n\n[a]: https://a.example\n[b]: https://b.example", []),
    ],
)
def test_a_link_definition_that_nothing_refers_to_is_told(text: str, lost: list[str]) -> None:
    """It is shown nowhere, and so is a second one of a label, of which the first counts (CommonMark 0.31, 4.7)."""
    made = parse(text, picture=lambda _: None)

    assert [each.value for each in made.findings if each.code == "AW416"] == lost
    assert [text[each.offset :].startswith(each.value) for each in made.findings if each.value in lost] == [True] * len(
        lost
    )


def test_many_link_definitions_are_told_at_once() -> None:
    """However many there are, they make one finding."""
    text = "".join(f"[r{number}]: https://a.example\n" for number in range(3000))

    assert [each.message for each in parse(text).findings] == [
        "3000 link definitions are not shown: nothing refers to them"
    ]


def test_many_brackets_make_no_links_but_a_notice() -> None:
    """A paragraph with thousands of brackets keeps its text, and its links are told to be text."""
    text = "[a](https://a.example) " * 2001

    assert [finding.code for finding in parse(text).findings] == ["AW502"]


def test_table_too_wide_is_shown_as_typed() -> None:
    """A table of more columns than Word has is shown as it was typed, with a notice."""
    text = "|a" * 64 + "|\n" + "|-" * 64 + "|\n" + "|b" * 64 + "|"

    assert blocks(text) == (CodeBlock(text),)
    assert [code for code, _ in told(text)] == ["AW502"]


def test_unprintable_by_number_is_shown() -> None:
    """An override that hides behind a number is shown like one that does not."""
    assert inlines("a&#x202E;b") == (Text("a[U+202E]b"),)


_PARTS = "# > - 1. * ** _ ~~ ` ``` [ ] ( ) ! < > | \\ & a TBD :--- https://x.y [x] <b>".split()  # noqa: SIM905 (reads best as it stands)


@settings(max_examples=examples(100, 600), deadline=None)
@given(st.lists(st.sampled_from([*_PARTS, " ", "\n", "\n\n", "    "]), max_size=30).map("".join))
def test_nothing_raises(text: str) -> None:
    """Whatever is typed gives nodes or a finding."""
    made = parse(text, picture=lambda _: None)
    assert made.blocks or made.sections or made.findings or not any(map(str.isalnum, text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*plain* [text](x)", (Text("*plain* [text](x)"),)),
        ("<Incident Title>\n now", (Placeholder("<Incident Title>"), Text(" now"))),
        ("", ()),
    ],
)
def test_one_line_fields_are_plain(text: str, expected: tuple[Inline, ...]) -> None:
    """A short field is not Markdown: only placeholders are marked in it."""
    assert parse_inline(text) == expected


# --- footnotes -------------------------------------------------------------------------------------------------


def _note(*lines: str, number: int = 1) -> Footnote:
    return Footnote(tuple(paragraph(line) for line in lines), number)


def test_footnotes() -> None:
    """Notes are numbered by their first mark and stand with it; another mark has the number alone."""
    found = parse("a[^x] b[^1], c[^x].\n\n[^1]: One.\n\n    Two.\n[^x]: X")

    marks = (Text("a"), _note("X"), Text(" b"), _note("One.", "Two.", number=2), Text(", c"), _note(), Text("."))
    assert found == Prose((Paragraph(marks),))


def test_footnotes_in_lists_and_cells() -> None:
    """A mark in an item or a cell is one like any other, wherever the note is written."""
    items = parse("- a[^1]\n\n  [^1]: in the item").blocks
    cell = parse("| a |\n| --- |\n| x[^1] |\n\n[^1]: below").blocks

    assert items == (BulletList((ListItem((Paragraph((Text("a"), _note("in the item"))),)),), tight=False),)
    assert isinstance(cell[0], Table)
    assert cell[0].rows[0].cells[0].blocks == (Paragraph((Text("x"), _note("below"))),)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a [^2] b", "a [^2] b"),
        ("\\[^1] `[^1]`\n\n[^1]: x", "[^1] [^1]\n[^1]: x"),
        ("# Title[^1]\n\n[^1]: x", "Title[^1]\n[^1]: x"),
        ("| a[^1] |\n| --- |\n| b |\n\n[^1]: x", "a[^1]\nb\n[^1]: x"),
        ("a[^1]\n\n[^1]: - x\n    - y", "a[^1]\n[^1]:\nx\ny"),
        ("a[^1]\n\n[^1]: ![alt](x.png)", "a[^1]\n[^1]: alt (x.png)"),
        ("a[^1]\n\n[^1]: see[^2]\n[^2]: deeper", "a1\nsee[^2]\n[^2]: deeper"),
        ("a[^1]\n\n[^1]: x\n[^1]: y", "a1\nx\n[^1]: y"),
        ("a[^1]\n\n[^1]:", "a[^1]\n[^1]:"),
        ("a[^1]\n\n[^1]: " + "x" * LONGEST_NOTE, "a[^1]\n[^1]: " + "x" * LONGEST_NOTE),
    ],
)
def test_what_is_no_footnote_stays_as_written(text: str, shown: str) -> None:
    """Marks without a note, marks where none can stand, notes that cannot be made: nothing of them is lost."""
    found = parse(text)
    titles = (run for section in found.sections for run in (section.title,))
    blocks = (*found.blocks, *(block for section in found.sections for block in section.blocks))

    assert "\n".join([*(plain_text(title) for title in titles), plain_text(blocks)]).strip() == shown
    assert {finding.code for finding in found.findings} - {"AW413", "AW411"} == ({"AW410"} if "]:" in shown else set())


def test_marks_without_end() -> None:
    """Marks that never end, or too many notes, are text; none of them takes long."""
    for text in ("[^" * 100_000, "[^a]" * 100_000, "".join(f"a[^{each}] " for each in range(2000))):
        found = parse(text + "\n\n" + "\n".join(f"[^{each}]: x" for each in ["a", *range(2000)]))
        made = sum(isinstance(each, Footnote) for block in found.blocks for each in getattr(block, "children", ()))
        assert made <= MOST_NOTES
        assert not any(finding.severity is Severity.ERROR for finding in found.findings)
