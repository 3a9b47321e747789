"""JSON is read as RFC 8259 has it: scalars as written, every value with its place, every fault told."""

from __future__ import annotations

import pytest

from afterword.diagnostics import Place
from afterword.errors import SourceError
from afterword.readers.json import read
from reading import faults


@pytest.mark.parametrize("number", ["1.10", "0", "-0", "1e5", "1E+2", "12345678901234567890", "9" * 5000])
def test_numbers_stay_as_written(number: str) -> None:
    """No digit is lost, whatever the number."""
    assert read(f'{{"a": {number}}}', "f").data == {"a": number}


def test_words_and_texts() -> None:
    """Truth values are text, null is none, escapes are resolved, half characters kept."""
    text = '{"a": true, "b": false, "c": null, "d": "null", "e": "\\u00e9\\n\\ud83d\\ude00", "f": "\\ud800"}'

    assert read(text, "f").data == {"a": "true", "b": "false", "c": None, "d": "null", "e": "é\n😀", "f": "\ud800"}


def test_every_value_and_key_has_its_place() -> None:
    """Positions are those of the first character."""
    source = read('{"a": 1,\n "é": [{"b": "x"},\n  [], {}]}', "f")

    assert str(source.place(())) == "f:1:1"
    assert str(source.key_place(("a",))) == "f:1:2"
    assert str(source.place(("a",))) == "f:1:7"
    assert str(source.key_place(("é", 0, "b"))) == "f:2:9"
    assert str(source.place(("é", 0, "b"))) == "f:2:14"
    assert str(source.place(("é", 2))) == "f:3:7"


def test_characters_of_a_text_have_their_place() -> None:
    """In a text without escapes; else the value's place is given."""
    source = read('{"a": "plain", "b": "pl\\u0061in"}', "f")

    assert source.place_in(("a",), 2) == Place("f", 1, 10)
    assert source.place_in(("b",), 2) == Place("f", 1, 21)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a": 1,}', "1:9"),
        ("{a: 1}", "1:2"),
        ("{'a': 1}", "1:2"),
        ('{"a" 1}', "1:6"),
        ('{"a": 1\n "b": 2}', "2:2"),
        ('{"a": }', "1:7"),
        ('{"a": [1, 2}', "1:12"),
        ("[1] 2", "1:5"),
        ('{"a": "x', "1:7"),
        ('{"a": "x\ny"}', "1:9"),
        ('{"a": "\\x"}', "1:8"),
        ('{"a": NaN}', "1:7"),
        ('{"a": [-Infinity]}', "1:8"),
        ('{"a": 01}', "1:7"),
        ('{"a": [0x19, 1]}', "1:8"),
        ('{"a": +1}', "1:7"),
        ('{"a": .5}', "1:7"),
        ('{"a": 5.}', "1:7"),
        ('{"a": "0x19", "b": y}', "1:20"),
        ('{"a": 1} // note', "1:10"),
        ('{"a":\n  yes}', "2:3"),
        ('{"a":\xa01}', "1:6"),
    ],
)
def test_bad_syntax_is_told_where_it_stands(text: str, place: str) -> None:
    """One finding AW104 at the exact place."""
    assert faults(read, text) == [("AW104", place)]


def test_a_key_that_stands_twice_names_both_places_and_keeps_the_first() -> None:
    """Nothing is overwritten in silence."""
    source = read('{"a": 1, "b": {"c": 1,\n"c": 2}, "a": 3}', "f")

    assert source.data == {"a": "1", "b": {"c": "1"}}
    assert [(each.code, str(each.place), each.path) for each in source.findings] == [
        ("AW105", "f:2:1", "b.c"),
        ("AW105", "f:2:10", "a"),
    ]
    assert "line 1, column 2" in source.findings[1].message


@pytest.mark.parametrize("number", ["0x19", "007", "+1", ".5", "5.", "-.5"])
def test_a_number_that_json_has_not_is_told_as_one(number: str) -> None:
    """What is advised keeps the number as it is written."""
    with pytest.raises(SourceError) as caught:
        read(f'{{"a": [{number}]}}', "f")

    assert "no number" in caught.value.findings[0].message
    assert "quotes" in caught.value.findings[0].hint
