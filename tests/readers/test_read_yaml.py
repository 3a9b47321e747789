"""YAML is read as YAML 1.2: scalars as written, every value with its place, every fault told."""

from __future__ import annotations

import pytest

from afterword.diagnostics import Place
from afterword.errors import SourceError
from afterword.readers.source import KEY_OF, Data
from afterword.readers.yaml import read
from reading import faults


@pytest.mark.parametrize(
    "scalar",
    ["0x19", "007", "1.10", "10:30", "yes", "no", "true", "2023-08-13", "1_000", "0o14", "1e3", ".inf", "=", "+2 min"],
)
def test_plain_scalars_stay_as_written(scalar: str) -> None:
    """No scalar becomes a number, a truth value or a date."""
    assert read(f"a: {scalar}\n", "f").data == {"a": scalar}


@pytest.mark.parametrize("null", ["", "~", "null", "Null", "NULL", "!!null null"])
def test_plain_nulls_are_none(null: str) -> None:
    """The core schema's nulls are no text."""
    assert read(f"a: {null}\n", "f").data == {"a": None}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("'null'", "null"),
        ('"~"', "~"),
        ("!!str null", "null"),
        ("! 12", "12"),
        ('"a\\tb\\u00e9"', "a\tbé"),
        ('"\\ud800"', "\ud800"),
        ("'it''s'", "it's"),
        ("|\n  one\n   two\n", "one\n two\n"),
        ("|-\n  one\n\n  two\n", "one\n\ntwo"),
        (">-\n  one\n  two\n\n  three\n", "one two\nthree"),
        ("one\n  two", "one two"),
    ],
)
def test_quoted_and_block_scalars_are_their_text(written: str, text: str) -> None:
    """Quotation, folding and escapes follow chapters 7 and 8 of the specification."""
    assert read(f"a: {written}\n", "f").data == {"a": text}


@pytest.mark.parametrize("text", ["x\x85y", "x\u2028 y\u2029z", "\ue000x\x85"])
@pytest.mark.parametrize("style", ["{}", "'{}'", '"{}"', "|-\n  {}", ">-\n  {}"])
def test_line_breaks_of_yaml_1_1_are_characters(text: str, style: str) -> None:
    """YAML 1.2 breaks lines at line feeds and carriage returns only."""
    source = read("a: " + style.format(text) + "\nb: 1\n", "f")

    assert source.data == {"a": text, "b": "1"}
    assert source.place(("b",)).line == (3 if "\n" in style else 2)


def test_every_value_and_key_has_its_place() -> None:
    """Positions are those of the first character, in every style."""
    text = "id: 0x19\nlist:\n- é: [x, 'y']\n  b: {c: d}\nblock: |\n  one\n"

    source = read(text, "f")

    assert str(source.place(("id",))) == "f:1:5"
    assert str(source.place(("list",))) == "f:3:1"
    assert str(source.place(("list", 0, "é", 1))) == "f:3:10"
    assert str(source.key_place(("list", 0, "b"))) == "f:4:3"
    assert str(source.key_place(("list", 0, "b", "c"))) == "f:4:7"
    assert str(source.place(("list", 0, "b", "c"))) == "f:4:10"
    assert str(source.place(("block",))) == "f:5:8"
    assert source.positions[(*KEY_OF, "id")].column == 1


def test_a_place_that_is_not_there_is_that_of_what_is_around_it() -> None:
    """A missing field stands where its mapping stands."""
    source = read("a:\n  - b: 1\n", "f")

    assert str(source.place(("a", 0, "missing", 3))) == "f:2:5"


def test_an_empty_value_stands_after_its_colon() -> None:
    """And not before whatever comes next."""
    source = read("title:   # to do\n\nlist:\n-\n- b\n", "f")

    assert str(source.place(("title",))) == "f:1:7"
    assert str(source.place(("list", 0))) == "f:4:2"


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("a: |\n  one\n  two\n", 5, Place("f", 3, 4)),
        ("a: |\n\n  one\n  two\n", 5, Place("f", 4, 4)),
        ("a: |2-  # note\n    one\n   two\n", 6, Place("f", 3, 3)),
        ("a: &x |\r\n  one\r\n  two\r\n", 4, Place("f", 3, 3)),
        ("a: plain text", 6, Place("f", 1, 10)),
        ("a: 'plain text'", 6, Place("f", 1, 11)),
        ("a: >\n  one\n  two\n", 5, Place("f", 1, 4)),
        ('a: "t\\u0065xt"', 3, Place("f", 1, 4)),
        ("a: |\n\n\n", 0, Place("f", 1, 4)),
    ],
)
def test_characters_of_a_text_have_their_place(text: str, offset: int, place: Place) -> None:
    """Where a text's lines are the file's, a character is found in them; else the value's place is given."""
    assert read(text, "f").place_in(("a",), offset) == place


def test_an_alias_repeats_a_value() -> None:
    """The repeated value stands at the alias, its parts where they were written."""
    source = read("a: &x {b: 1}\nc: *x\n", "f")

    assert source.data == {"a": {"b": "1"}, "c": {"b": "1"}}
    assert str(source.place(("c",))) == "f:2:4"
    assert str(source.place(("c", "b"))) == "f:1:11"


def test_keys_are_as_written() -> None:
    """A key is never null, a number or a merge."""
    data: Data = {"~": "1", "0x1": "2", "<<": {"a": "3"}, "": "4", "null": "5"}

    assert read("~: 1\n0x1: 2\n<<: {a: 3}\n'': 4\nnull: 5\n", "f").data == data


SYNTAX = {
    "tab": ("a:\n\tb: 1", "2:1"),
    "open quotation": ("b: 1\na: 'x\n", "2:4"),
    "second colon": ("a: b: c", "1:5"),
    "wrong indentation": ("a: 1\n  b: 2", "2:4"),
    "reserved sign": ("a: @x", "1:4"),
    "percent": ("a: %x", "1:4"),
    "open list": ("a: [x, y\nb: 1", "2:2"),
    "open mapping": ("a: {x: 1\nb: 1", "2:2"),
    "item among keys": ("a: 1\n- b", "2:1"),
    "key among items": ("- a\nb: 1", "2:1"),
    "unknown escape": ('a: "x\\q"', "1:7"),
    "escape of a quotation": ('a: "\\\'"', "1:6"),
    "short escape": ('a: "\\u12"', "1:7"),
    "escape beyond Unicode": ('a: "\\U00110000"', "1:5"),
    "undefined tag": ("a: !x!y z", "1:4"),
    "list on the line": ("a: - b", "1:4"),
    "star": ("a: * b", "1:5"),
    "text after bar": ("a: | text\n", "1:6"),
    "text after quotation": ('a: "x" y\n', "1:8"),
    "key without colon": ("a: 1\nbroken line\nb: 1", "2:1"),
    "control character": ("a: x\x07", "1:5"),
    "question mark": ('a: b\n""? }', "2:3"),
    "unknown alias": ("a: *nope\n", "1:4"),
    "second document": ("a: 1\n---\nb: 2\n---\nc: 3\n", "2:1"),
    "braces as a key": ("a: {{name}}\n", "1:5"),
    "list as a key": ("? [x]\n: 1\n", "1:3"),
    "mapping as a key": ("? {x: 1}\n: 1\n", "1:3"),
}


@pytest.mark.parametrize("name", SYNTAX)
def test_bad_syntax_is_told_where_it_stands(name: str) -> None:
    """One finding AW104 at the exact place."""
    text, place = SYNTAX[name]

    assert faults(read, text) == [("AW104", place)]


def test_parser_words_are_never_shown() -> None:
    """Every syntax fault is told in our words, with a hint."""
    for text, _ in SYNTAX.values():
        try:
            findings = read(text, "f").findings
        except SourceError as error:
            findings = error.findings
        assert not any("not YAML:" in finding.message for finding in findings), text


def test_an_unclosed_list_names_the_line_where_it_opens() -> None:
    """The parser notices only later."""
    with pytest.raises(SourceError, match="opens in line 1"):
        read("a: [x,\n  y\nb: 1\n", "f")


def test_faults_that_allow_it_are_gathered() -> None:
    """Keys that stand twice, tags, unknown aliases and an error of syntax come in one run."""
    text = "a: 1\na: 2\nb: !foo x\nc: *d\nb:\n\te: 1\n"

    assert faults(read, text) == [("AW108", "3:4"), ("AW104", "4:4"), ("AW104", "6:1")]
    assert faults(read, text.replace("\t", "  ")) == [
        ("AW105", "2:1"),
        ("AW108", "3:4"),
        ("AW104", "4:4"),
        ("AW105", "5:1"),
    ]


def test_a_key_that_stands_twice_names_both_places_and_keeps_the_first() -> None:
    """Nothing is overwritten in silence."""
    source = read("m:\n  a: 1\n  b: 2\n  a: 3\n", "f")

    assert source.data == {"m": {"a": "1", "b": "2"}}
    assert [(each.path, each.message) for each in source.findings] == [
        ("m.a", "`a` stands twice; the first is in line 2, column 3")
    ]


@pytest.mark.parametrize("tag", ["!foo", "!!binary", "!!timestamp", "!!set", "!!python/object:os.system", "!<x>"])
def test_tags_beyond_plain_data_are_refused(tag: str) -> None:
    """Nothing is ever built from a tag."""
    assert faults(read, f"a: {tag} x\n") == [("AW108", "1:4")]


def test_a_tag_of_another_shape_is_refused() -> None:
    """A list cannot be tagged as text."""
    assert faults(read, "a: !!str [x]\nb: !!seq [x]\nc: !!map {x: 1}\n") == [("AW108", "1:4")]


def test_an_alias_inside_what_it_repeats_is_refused() -> None:
    """A value that contains itself has no end."""
    assert faults(read, "a: &x [1, *x]\n") == [("AW107", "1:11")]
    assert faults(read, "a: &x {b: {c: *x}}\n") == [("AW107", "1:15")]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "---\n...\n"])
def test_nothing_is_none(text: str) -> None:
    """A file without a value holds nothing."""
    assert read(text, "f").data is None
