"""TOML is read as TOML 1.0 has it: scalars as written, every value with its place, every fault told."""

from __future__ import annotations

import pytest

from afterword.diagnostics import Place
from afterword.readers.toml import read
from reading import faults


@pytest.mark.parametrize(
    "scalar",
    [
        "0x19",
        "1.10",
        "1_000",
        "-0",
        "+7",
        "0o17",
        "0b1",
        "5e+22",
        "1_0.5_0",
        "-inf",
        "nan",
        "true",
        "1979-05-27",
        "1979-05-27 07:32:00Z",
        "1979-05-27T07:32:00.5-07:00",
        "07:32:00",
    ],
)
def test_bare_scalars_stay_as_written(scalar: str) -> None:
    """Numbers, dates and truth values keep every sign of theirs."""
    assert read(f"a = {scalar}\nb = [{scalar}]", "f").data == {"a": scalar, "b": [scalar]}


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"a\\tb\\u00e9"', "a\tbé"),
        ("'a\\tb'", "a\\tb"),
        ('"""\none\ntwo"""', "one\ntwo"),
        ('"""one \\\n   two"""', "one two"),
        ("'''\none\n'''", "one\n"),
        ('"""a""""', 'a"'),
        ("''", ""),
    ],
)
def test_quoted_texts_are_what_they_say(written: str, text: str) -> None:
    """All four kinds of quotation."""
    assert read(f"a = {written}\n", "f").data == {"a": text}
    assert read(f"a = {written}\n".replace("\n", "\r\n"), "f").data == {"a": text}


SAMPLE = """\
id = 0x19 # note
"ké y".'b'.c = "é"
[contact]
name = "A"
[[timeline]]
time = "8:00"
[timeline.more]
x = [ 1, # one
  { y = 'é', z.w = 2 } ]
[[timeline]]
time = "9:00"
[timeline.more.deep]
q = true
"""


def test_tables_of_every_kind_come_together() -> None:
    """Headers, arrays of tables, dotted and quoted keys, inline tables."""
    assert read(SAMPLE, "f").data == {
        "id": "0x19",
        "ké y": {"b": {"c": "é"}},
        "contact": {"name": "A"},
        "timeline": [
            {"time": "8:00", "more": {"x": ["1", {"y": "é", "z": {"w": "2"}}]}},
            {"time": "9:00", "more": {"deep": {"q": "true"}}},
        ],
    }


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("id",), "1:1", "1:6"),
        (("ké y", "b", "c"), "2:12", "2:16"),
        (("contact",), "3:2", "3:2"),
        (("contact", "name"), "4:1", "4:8"),
        (("timeline",), "5:3", "5:3"),
        (("timeline", 0), "5:1", "5:1"),
        (("timeline", 0, "more", "x", 1, "y"), "9:5", "9:9"),
        (("timeline", 0, "more", "x", 1, "z", "w"), "9:16", "9:20"),
        (("timeline", 1), "10:1", "10:1"),
        (("timeline", 1, "more", "deep"), "12:16", "12:16"),
        (("timeline", 1, "more", "deep", "q"), "13:1", "13:5"),
    ],
)
def test_every_value_and_key_has_its_place(path: tuple[str | int, ...], key: str, value: str) -> None:
    """Columns are counted in characters, not bytes."""
    source = read(SAMPLE, "f")

    assert str(source.key_place(path)) == f"f:{key}"
    assert str(source.place(path)) == f"f:{value}"


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ('a = """\none\ntwo"""', 5, Place("f", 3, 2)),
        ("a = '''\r\none\r\ntwo'''", 5, Place("f", 3, 2)),
        ('a = "plain"', 2, Place("f", 1, 8)),
        ('a = """plain"""', 2, Place("f", 1, 10)),
        ('a = "pl\\u0061in"', 2, Place("f", 1, 5)),
        ('a = """one\ntwo"""', 5, Place("f", 1, 5)),
    ],
)
def test_characters_of_a_text_have_their_place(text: str, offset: int, place: Place) -> None:
    """Where a text's lines are the file's, a character is found in them; else the value's place is given."""
    assert read(text, "f").place_in(("a",), offset) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\na = 2\n", "2:1"),
        ("a = 1\r\na = 2\r\n", "2:1"),
        ('a = 1\n a = """\nx"""\n', "2:2"),
        ('a = 1\n"a" = 2', "2:1"),
        ("a.b = 1\na = 3 # c\n", "2:1"),
        ("c = 'é'\nb = [\n 'é', { x = 1, x = 2 } ]\n", "3:16"),
        ("[a]\n[a]\n", "2:1"),
        ("[a]\nb = 1\n[ a.b ]\nc = 1\n", "3:1"),
        ("a = []\n[[a]]\n", "2:1"),
        ("a 1\n", "1:3"),
        ("a = yes\n", "1:5"),
        ("a = 08:30\n", "1:6"),
        ("a = 'x\n", "2:1"),
        ('a = "x', "1:7"),
        ('a = "\\q"\n', "1:8"),
        ("a = [1, 2\n", "2:1"),
        ("a = 1 b = 2\n", "1:7"),
        ("a = 1979-02-30\n", "1:5"),
        ("- a\n", "1:3"),
        ("é = 1\n", "1:1"),
        ("a = \n", "1:5"),
        ("ok = 1\n\na = 0x\n", "3:6"),
        ("a = " + "1" * 5000, "1:5"),
    ],
)
def test_bad_syntax_is_told_where_it_stands(text: str, place: str) -> None:
    """One finding AW104 at the place that the standard library names, or where the statement starts that it refuses."""
    assert faults(read, text) == [("AW104", place)]


def test_an_empty_text_is_an_empty_record() -> None:
    """TOML without statements is a table without keys."""
    assert read("# nothing\n", "f").data == {}
