"""Which way text runs: the first strong character, what is set apart, and what lists, tables and columns agree on."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.report.direction import (
    Direction,
    direction_beside,
    direction_of,
    direction_of_code,
    direction_of_list,
    direction_of_table,
    direction_of_value,
    directions_of_columns,
    first_strong,
    stretches,
)
from afterword.report.nodes import (
    Block,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Column,
    Emphasis,
    FieldText,
    Inline,
    LineBreak,
    Link,
    ListItem,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
)
from afterword.report.walk import plain_text
from effort import examples
from strategies import runs

WAYS: tuple[Direction, ...] = ("ltr", "rtl")


def run(*parts: str | Inline) -> tuple[Inline, ...]:
    """Return inlines, texts as `Text`."""
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def cell(text: str) -> Cell:
    """Return a cell with one paragraph."""
    return Cell((Paragraph(run(text)),))


def table(*rows: tuple[str, ...]) -> Table:
    """Return a table whose first row is its head."""
    head, *body = rows
    columns = tuple(Column(run(title), 1 / len(head)) for title in head)
    return Table(columns, tuple(Row(tuple(map(cell, each))) for each in body))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", None),
        ("12:30 — 50 %!", None),
        ("Service down.", "ltr"),
        ("  «12» توقفت Kafka", "rtl"),
        ("שירות", "rtl"),
        ("Überlastung", "ltr"),
        ("የክስተቱ", "ltr"),
        ("\u2067عربي\u2069 then English", "ltr"),
        ("\u2068English\u2069 ثم", "rtl"),
        ("\u2066never closed عربي", None),
        ("\u2069 closed too often", "ltr"),
        ("\u061c 12 a", "rtl"),
        ("\u200f12", "rtl"),
    ],
)
def test_the_first_strong_character_decides(text: str, found: Direction | None) -> None:
    """Rules P2 and P3: the first letter or mark with a direction, numbers and isolates passed over."""
    assert first_strong(text) == found


@given(st.text(), st.text())
@settings(max_examples=examples(200, 2000))
def test_what_has_no_direction_decides_nothing(text: str, neutral: str) -> None:
    """Characters before the first strong one that are not strong themselves change nothing."""
    weak = "".join(c for c in neutral if unicodedata.bidirectional(c) in {"EN", "ES", "CS", "ON", "WS", "ET", "NSM"})
    assert first_strong(weak + text) == first_strong(text)


@given(runs(), st.sampled_from(WAYS))
@settings(max_examples=examples(200, 2000))
def test_a_run_goes_one_of_two_ways(held: tuple[Inline, ...], around: Direction) -> None:
    """Every run has a direction; that of what is around it where no letter says another."""
    own = direction_of(held, around)
    strong = {unicodedata.bidirectional(each) for each in plain_text(held)} & {"L", "R", "AL"}
    assert own in WAYS
    if not strong:
        assert own == around
    if around == "ltr" and not strong & {"R", "AL"}:
        assert own == "ltr"


def test_code_has_no_say() -> None:
    """A sentence that begins with code goes the way of its words; code by itself goes the way of what is around."""
    assert direction_of(run(Code("kubectl"), " توقف."), "ltr") == "rtl"
    assert direction_of(run(Code("أمر"), " failed."), "rtl") == "ltr"
    assert direction_of(run(Code("kubectl")), "rtl") == "rtl"
    assert direction_of_code("kubectl", "rtl") == "ltr"
    assert direction_of_code("أمر", "ltr") == "ltr"
    assert direction_of_code("kubectl", "ltr") is None


def test_marks_links_and_fields_have_their_say() -> None:
    """The first strong character is looked for inside of marks, links and fields, too."""
    assert direction_of(run(Strong(run("توقف")), ": it stopped"), "ltr") == "rtl"
    assert direction_of(run(Link(run("guide"), "https://e.org"), ": see there"), "rtl") == "ltr"
    assert direction_of(run("1. ", FieldText("title", run("عنوان"))), "ltr") == "rtl"


def test_an_arabic_sentence_may_begin_with_a_latin_name() -> None:
    """In a document from right to left, a Latin name or address does not turn a sentence of more Arabic words."""
    assert direction_of(run("Prometheus أرسل تنبيها بعد دقيقة."), "rtl") == "rtl"
    assert direction_of(run("RFC 4034، القسم 3، عن التوقيعات: https://www.rfc-editor.org/rfc/rfc4034"), "rtl") == "rtl"
    assert direction_of(run("The banner said «خطأ في الاتصال»."), "rtl") == "ltr"
    assert direction_of(run("Prometheus أرسل تنبيها بعد دقيقة."), "ltr") == "ltr"


def test_what_looks_the_same_stays_with_its_column() -> None:
    """A name, an id or a word needs no direction of its own in a column; a sentence, or several inlines, do."""
    assert direction_beside(run("SEV2"), "rtl") == "rtl"
    assert direction_beside(run(FieldText("id", run("INC-2024/017"))), "rtl") == "rtl"
    assert direction_beside(run("Fixed."), "rtl") == "ltr"
    assert direction_beside(run("the ", Emphasis(run("quick")), " fox"), "rtl") == "ltr"
    assert direction_beside(run("DNS و"), "rtl") == "ltr"


def test_values_that_we_join_stay_with_the_document() -> None:
    """A list of names with one in Arabic keeps the order of an Arabic list."""
    assert direction_of_value(run("DNS، DNSSEC، المراقبة"), "rtl") == "rtl"
    assert direction_of_value(run("Ada Obi, SRE (lead)"), "rtl") == "ltr"


@pytest.mark.parametrize(
    ("items", "around", "found"),
    [
        (("One.", "Two."), "rtl", "ltr"),
        (("One.", "اثنان."), "rtl", "rtl"),
        (("One.", "اثنان."), "ltr", "ltr"),
        (("12", "توقف"), "ltr", "rtl"),
        (("12", "13"), "rtl", "rtl"),
        ((), "rtl", "rtl"),
    ],
)
def test_marks_of_a_list_stand_where_all_items_begin(
    items: tuple[str, ...], around: Direction, found: Direction
) -> None:
    """A list goes the way that its items agree on, and else the way around it."""
    block = BulletList(tuple(ListItem((Paragraph(run(each)),)) for each in items))
    assert direction_of_list(block, around) == found


def test_code_blocks_have_no_say_in_lists() -> None:
    """An item of nothing but code leaves the side of its mark to the others."""
    blocks: tuple[Block, ...] = (CodeBlock("ls"),)
    assert direction_of_list(BulletList((ListItem(blocks),)), "rtl") == "rtl"


def test_a_table_turns_as_a_whole_or_by_column() -> None:
    """Columns change their order where head and cells agree; else a column of sentences is set from its own side."""
    long = "The next connection to the acquiring bank fails."
    assert direction_of_table(table(("Name", "State"), ("Web", "fine")), "rtl") == "ltr"
    mixed = table(("الوقت", "الحدث", "من"), ("08:00", long, "Ada"), ("09:00", "Fixed.", "Bo"))
    assert direction_of_table(mixed, "rtl") == "rtl"
    assert directions_of_columns(mixed, "rtl") == ("rtl", "ltr", "rtl")
    both = table(("الحدث",), (long,), ("عادت الخدمة",))
    assert directions_of_columns(both, "rtl") == ("rtl",)
    ending = Table((Column(run("x"), 1.0, "end"),), (Row((cell(long),)),))
    assert directions_of_columns(ending, "rtl") == ("rtl",)


def cut(held: tuple[Inline, ...], around: Direction) -> list[tuple[str, Direction]]:
    """Return the stretches of a run as text, those without any left out."""
    return [(plain_text(each), way) for each, way in stretches(held, around, lambda text: len(text) > 20) if each]


def test_what_runs_against_its_sentence_stays_together() -> None:
    """A phrase over several inlines is one stretch, with its brackets and numbers; a single one is left as it is."""
    phrase = run("قال the ", Emphasis(run("quick")), " fox (v2) ثم 5")
    assert cut(phrase, "rtl") == [("قال ", "rtl"), ("the quick fox (v2)", "ltr"), (" ثم 5", "rtl")]
    quoted = run("It said «خطأ ", Strong(run("في")), " الاتصال».")
    assert cut(quoted, "ltr") == [("It said «", "ltr"), ("خطأ في الاتصال", "rtl"), ("».", "ltr")]
    assert cut(run("قال the fox ثم"), "rtl") == [("قال the fox ثم", "rtl")]
    assert cut(run("في a-very-long-name.example.org."), "rtl")[1] == ("a-very-long-name.example.org", "ltr")


def test_code_names_in_a_row_and_lines_are_not_joined() -> None:
    """Codes and names that follow one another in an Arabic sentence keep its order; nothing runs over a line break."""
    codes = run("في ", Code("a"), "، ", Code("b"), ".")
    names = run(Strong(run("Redis")), "، ", Strong(run("Kafka")), " و")
    lines = run("قال the ", LineBreak(), "fox")
    for held in (codes, names, lines):
        assert cut(held, "rtl") == [(plain_text(held), "rtl")]


@given(runs(notes=True), st.sampled_from(WAYS))
@settings(max_examples=examples(200, 2000))
def test_stretches_keep_every_word(held: tuple[Inline, ...], around: Direction) -> None:
    """Stretches hold all inlines of a run in their order, texts cut and nothing lost."""
    found = list(stretches(held, around, lambda text: len(text) > 3))
    joined = tuple(inline for each, _ in found for inline in each)
    assert plain_text(joined) == plain_text(held)
    assert [each for each in joined if not isinstance(each, Text)] == [
        each for each in held if not isinstance(each, Text)
    ]
