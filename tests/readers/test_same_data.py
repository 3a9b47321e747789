"""The same data in YAML, JSON and TOML is read as the same data, and every position is where it says."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from afterword.readers import json as json_reader
from afterword.readers import toml as toml_reader
from afterword.readers import yaml as yaml_reader
from afterword.readers.source import KEY_OF, Data, Source

Json = Mapping[str, object]

# Half characters are no text of a file; the writer of YAML that is used here still breaks lines as YAML 1.1 does.
characters = st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029")
texts = st.text(characters, max_size=12)
keys = st.text(characters, min_size=1, max_size=6)


def records(scalars: st.SearchStrategy[str | None]) -> st.SearchStrategy[Json]:
    """Return mappings of mappings, lists and scalars, a few levels deep."""
    values = st.recursive(
        scalars,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=8,
    )
    return st.dictionaries(keys, values, max_size=4)


def as_yaml(data: Json) -> str:
    """Return data as YAML, in whatever style its writer chooses."""
    stream = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.dump(data, stream)
    return stream.getvalue()


def as_json(data: object) -> str:
    """Return data as JSON on several lines."""
    return json.dumps(data, indent=1, ensure_ascii=False)


def quoted(text: str) -> str:
    """Return text as a TOML basic string, whose escapes are those of JSON, and U+007F's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def as_toml(data: Json, header: str = "") -> str:
    """Return data as TOML: mappings as tables, lists of mappings as arrays of tables, all else inline."""
    lines = [f"{quoted(key)} = {inline(value)}" for key, value in data.items() if not isinstance(value, dict)]
    for key, value in data.items():
        if isinstance(value, dict):
            name = f"{header}{'.' if header else ''}{quoted(key)}"
            lines += [f"[{name}]", as_toml(value, name)]
    return "\n".join(lines) + "\n"


def inline(value: object) -> str:
    """Return a value as TOML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(key)} = {inline(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    return quoted(str(value))


@settings(max_examples=60, deadline=None)
@given(records(texts | st.none()))
def test_yaml_gives_back_what_was_written(data: Json) -> None:
    """Whatever style a writer of YAML chooses for a text, the text comes back."""
    assert yaml_reader.read(as_yaml(data), "f").data == data


@settings(deadline=None)
@given(records(texts | st.none()))
def test_json_gives_back_what_was_written(data: Json) -> None:
    """Escapes and Unicode included."""
    assert json_reader.read(as_json(data), "f").data == data
    assert json_reader.read(json.dumps(data), "f").data == data


@settings(deadline=None)
@given(records(texts))
def test_toml_gives_back_what_was_written(data: Json) -> None:
    """In tables and inline tables."""
    assert toml_reader.read(as_toml(data), "f").data == data


def starts_with(text: str, line: int, column: int, expected: str) -> bool:
    """Return whether a text has something at a line and a column, both from 1."""
    return text.split("\n")[line - 1][column - 1 :].startswith(expected)


def assert_positions(text: str, source: Source) -> None:
    """Assert that every scalar and key stands where its position says, quoted or bare."""
    for path, position in source.positions.items():
        is_key = path[:1] == KEY_OF
        value = path[-1] if is_key else source.value(path)
        if isinstance(value, str):
            starts = (value, f"'{value}'", json.dumps(value), json.dumps(value, ensure_ascii=False), quoted(value))
            assert any(starts_with(text, position.line, position.column, start) for start in starts), (path, position)
        if isinstance(value, str) and position.text_line:
            assert starts_with(text, position.text_line, position.text_column, value.split("\n")[0]), (path, position)


words = st.text(
    st.characters(min_codepoint=0x21, max_codepoint=0x24F, exclude_characters="\x7f\x85\xa0\xad"),
    min_size=1,
    max_size=8,
)


@settings(deadline=None)
@given(st.recursive(words, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3)))
def test_positions_point_at_the_first_character(value: object) -> None:
    """For every key and scalar, in JSON and TOML."""
    data: Json = {"a": value}
    for text, reader in ((as_json(data), json_reader), (as_toml(data), toml_reader)):
        assert_positions(text, reader.read(text, "f"))


YAML_SAMPLE = """\
id: 0x19
title: "Zahlungen über Nacht"
naïve: 'x'
contact: {name: Ada, email: a@example.org}
timeline:
- time: 08:45
  description: |
    First line.
      Second line.
- [one, "two"]
- time: +2 min
"""


def test_positions_of_a_yaml_sample() -> None:
    """For every key and scalar, plain, quoted, in flow and in block style."""
    source = yaml_reader.read(YAML_SAMPLE, "f")

    checked = {path: position for path, position in source.positions.items() if path[-1:] != ("description",)}
    assert_positions(YAML_SAMPLE, Source("f", source.data, checked))
    assert str(source.place_in(("timeline", 0, "description"), len("First line.\n  Sec"))) == "f:9:10"


SAME: dict[str, tuple[Callable[[str, str, Path | None], Source], str]] = {
    "yaml": (
        yaml_reader.read,
        "id: 0x19\nzeros: 007\nversion: 1.10\nday: 2023-08-13\nok: true\nlist: [1, 2.50]\nin: {a: x}\n",
    ),
    "json": (
        json_reader.read,
        '{"id":"0x19","zeros":"007","version":1.10,"day":"2023-08-13","ok":true,"list":[1,2.50],"in":{"a":"x"}}',
    ),
    "toml": (
        toml_reader.read,
        'id = 0x19\nzeros = "007"\nversion = 1.10\nday = 2023-08-13\nok = true\nlist = [1, 2.50]\n[in]\na = "x"\n',
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_one_record_reads_alike_in_every_format(name: str) -> None:
    """Scalars that only one format knows as numbers, dates or truth values are the same text in all."""
    reader, text = SAME[name]
    data: Data = {
        "id": "0x19",
        "zeros": "007",
        "version": "1.10",
        "day": "2023-08-13",
        "ok": "true",
        "list": ["1", "2.50"],
        "in": {"a": "x"},
    }

    assert reader(text, "f", None).data == data
