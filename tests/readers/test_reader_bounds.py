"""Whatever a file holds, reading it ends in bounded memory, in a source or in located findings."""

from __future__ import annotations

import gc
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword import documents
from afterword.errors import SourceError
from afterword.intake import read_data, read_text
from afterword.readers import json, toml, tree, yaml
from afterword.readers.faults import MAX_DEPTH
from effort import examples
from reading import Read, faults

DEEP = 100_000


@pytest.mark.parametrize(
    ("read", "text", "place"),
    [
        (yaml.read, "[" * DEEP, f"1:{MAX_DEPTH + 1}"),
        (yaml.read, "{a: " * DEEP, f"1:{4 * MAX_DEPTH + 1}"),
        (yaml.read, "- " * DEEP, f"1:{2 * MAX_DEPTH + 1}"),
        (yaml.read, "? " * DEEP, f"1:{2 * MAX_DEPTH + 1}"),
        (yaml.read, "\n".join(" " * depth + "a:" for depth in range(300)), f"{MAX_DEPTH + 1}:{MAX_DEPTH + 1}"),
        (json.read, "[" * DEEP, f"1:{MAX_DEPTH + 1}"),
        (json.read, "[" * DEEP + "]" * DEEP, f"1:{MAX_DEPTH + 1}"),
        (json.read, '{"a":' * DEEP, f"1:{5 * MAX_DEPTH + 1}"),
        (toml.read, "a = " + "[" * DEEP + "]" * DEEP, f"1:{5 + MAX_DEPTH}"),
        (toml.read, "a = " + "{a=" * DEEP, f"1:{5 + 3 * MAX_DEPTH}"),
        (toml.read, "a = " + "[" * 80 + "]" * 80, f"1:{4 + MAX_DEPTH}"),
        (toml.read, "b=1\n" + "a." * DEEP + "a = 1", "2:1"),
        (toml.read, "[" + "a." * DEEP + "a]", "1:2"),
        (toml.read, "b = {" + "'a' . " * DEEP + "a = 1}", "1:6"),
        (toml.read, "[" + ".".join("a" * 40) + "]\n" + ".".join("b" * 40) + "=1", "2:47"),
    ],
)
def test_deep_nesting_is_told_where_it_gets_too_deep(read: Read, text: str, place: str) -> None:
    """However deep, no recursion runs out."""
    found = faults(read, text)

    assert [code for code, _ in found] == ["AW106"]
    line, column = found[0][1].split(":")
    expected_line, expected_column = place.split(":")
    assert line == expected_line
    assert abs(int(column) - int(expected_column)) <= 2


def test_exploding_aliases_are_told_where_they_are_used() -> None:
    """A few hundred characters that stand for billions of values."""
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for before, name in zip("abcdefgh", "bcdefghi", strict=True):
        lines.append(f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]")

    assert [code for code, _ in faults(yaml.read, "\n".join(lines))] == ["AW107"]


def test_long_texts_repeated_by_aliases_count() -> None:
    """A million characters thirty times over is too much, once is not."""
    text = f"a: &x {'y' * 1_000_000}\nb: [{'*x, ' * 30}]\n"

    assert [code for code, _ in faults(yaml.read, text)] == ["AW107"]
    assert faults(yaml.read, text.partition("\n")[0]) == []


def test_aliases_that_nest_too_deep_are_told() -> None:
    """Each level is harmless by itself."""
    lines = ["a0: &a0 [x]", *(f"a{level}: &a{level} [*a{level - 1}]" for level in range(1, 100))]

    assert [code for code, _ in faults(yaml.read, "\n".join(lines))] == ["AW106"]


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (yaml.read, "[" + "a," * 201 + "]"),
        (json.read, "[" + "1," * 201 + "1]"),
        (toml.read, "a = [" + "1," * 201 + "]"),
    ],
)
def test_too_many_values_are_told(read: Read, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of more values than the limit, which is set low here, are no records."""
    for module in (tree, yaml, json):
        monkeypatch.setattr(module, "MAX_VALUES", 100)

    assert [code for code, _ in faults(read, text)] == ["AW103"]


@pytest.mark.parametrize(
    "text",
    ['"' + '\\"' * 200_000, '{"a":"' * 50_000, '"' * 100_000, "[" + '"x' * 50_000, "\\" * 100_000],
)
def test_quotations_that_never_close_take_no_time(text: str) -> None:
    """The search for a closing quotation mark never starts over."""
    assert len(faults(json.read, text)) == 1


FRAGMENTS = st.sampled_from(
    [
        *"ab:,#'\"\\%@`=-+_.&*!|>?[]{}\n\t\r é😀\x07\x85\u2028\ufeff\ud800\0",
        *(
            "a: ",
            "- ",
            "  ",
            "\n",
            "\n\n",
            "---\n",
            "...\n",
            "a = 1\n",
            "[[x]]\n",
            "[x.y]\n",
            "&x ",
            "*x",
            "!t ",
            "!!str ",
        ),
        *(
            "|\n",
            ">-\n",
            "|2",
            '"""',
            "'''",
            "? ",
            "<<: ",
            "\\u",
            "\\ud800",
            "\\U00110000",
            "%YAML 1.1\n",
            "!<",
            "\r\n",
        ),
        *(
            "1979-05-27",
            "07:32:00",
            "0x19",
            "1e5",
            "nan",
            "null",
            "~",
            "true",
            '"a": ',
            "/*",
            "//",
            "{{name}}",
            "x" * 70,
        ),
    ]
)

WHOLE = (
    "id: 0x19\ntitle: &t x\ntimeline:\n- {time: '8:00', kind: \"note\"}\n- time: *t\n  description: |\n    a\n    b\n",
    '{"id": "0x19", "timeline": [{"time": "8:00", "x": [1.10, true, null]}, {}], "é": "\\u00e9\\n"}',
    'id = 0x19\na.b = "x"\n[c]\nd = """\nx\ny"""\n[[e]]\nf = [1, {g = 1979-05-27}]\n',
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return a sound document with a few places cut out or written over."""
    text = draw(st.sampled_from(WHOLE))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 5)))
        text = text[:start] + draw(FRAGMENTS | st.just("")) + text[end:]
    return text


@settings(max_examples=examples(150, 800), deadline=None)
@given(st.lists(FRAGMENTS, max_size=14).map("".join) | st.text(max_size=30) | mutated())
def test_any_text_gives_a_source_or_located_findings(text: str) -> None:
    """No reader ends in anything but SourceError, and every finding has its line and column."""
    for format_name in ("yaml", "json", "toml", None):
        try:
            source = read_text(text, format_name, "f", None)
            findings = source.findings
            assert all(position.line > 0 and position.column > 0 for position in source.positions.values())
        except SourceError as error:
            findings = error.findings
            assert findings
        lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
        for finding in findings:
            assert finding.place is not None
            assert 0 < finding.place.line <= lines
            assert finding.place.column > 0
            assert finding.hint


def test_marks_inside_a_line_are_bounded_without_taking_lines_apart() -> None:
    """Marks that open too deep are told at their line, in a heading, a cell or a paragraph."""
    deep = "**a *b " * 200 + "c* d**" * 200

    for text, line in ((f"# T\n\n{deep}\n", 3), (f"# T\n\n## {deep}\n", 3), (f"| a |\n|---|\n| {deep} |\n", 3)):
        assert [(code, place.partition(":")[0]) for code, place in faults(documents.read, text)] == [
            ("AW106", str(line))
        ]


def test_reading_leaves_the_search_for_lost_objects_as_it_was() -> None:
    """It rests while a source is read, and goes on afterwards, also where the source is refused."""
    for text, format_name in (("id: 1\n", "yaml"), ("{", "json")):
        with suppress(SourceError):
            read_data(text.encode(), format_name, "a", None)
        assert gc.isenabled()
