"""Plain words for what can be wrong with the syntax of a YAML file, by the parser's context and problem."""

from __future__ import annotations

import re
from dataclasses import replace

from afterword.readers.faults import PlainWords

QUOTE_IT = "put the text in quotes"

_TABLE: tuple[tuple[str, PlainWords], ...] = (
    (r"found character '\\t'", PlainWords("a tab stands where only spaces may", "spaces", "indent with spaces")),
    (r"found character '(?P<what>.)'", PlainWords("a plain text cannot start with `{what}`", "a value", QUOTE_IT)),
    (
        r"mapping values are not allowed",
        PlainWords(
            "a colon stands where no key can be",
            "one `key: value` on a line",
            "put text that holds `: ` in quotes; line a key up with the keys around it",
        ),
    ),
    (
        r"could not find expected ':'",
        PlainWords(
            "a key has no colon",
            "`key: value`",
            "add the colon, or indent text that belongs to the line before",
            at_start=True,
        ),
    ),
    (
        r"quoted scalar: found unexpected (?:end of stream|document separator)",
        PlainWords(
            "a quotation mark opens here and never closes",
            "a closing quotation mark",
            "close the quotation",
            at_start=True,
        ),
    ),
    (
        r"expected ',' or '\]'",
        PlainWords(
            "a list in brackets is not closed or lacks a comma",
            "`,` or `]`",
            "close the bracket; put text that starts with `[` in quotes",
            names_start=True,
        ),
    ),
    (
        r"expected ',' or '}'",
        PlainWords(
            "a mapping in braces is not closed or lacks a comma",
            "`,` or `}}`",
            "close the brace; put text that starts with `{{` in quotes",
            names_start=True,
        ),
    ),
    (
        r"block mapping: expected <block end>, but found '-'",
        PlainWords(
            "a list item stands among keys",
            "`key: value`",
            "indent the list below the key that it belongs to",
        ),
    ),
    (
        r"block mapping: expected <block end>",
        PlainWords(
            "this does not fit the keys above",
            "a key in line with those above",
            "line keys up; put a text that starts with a quotation mark in quotes as a whole",
        ),
    ),
    (
        r"block collection: expected <block end>",
        PlainWords("this does not fit the list above", "`- ` in line with the items above", "line the items up"),
    ),
    (r"expected the node content", PlainWords("a value is missing here", "a value", QUOTE_IT)),
    (
        r"unknown escape character ['\"](?P<what>.+)['\"]",
        PlainWords(
            "`\\{what}` is no escape",
            "an escape such as \\n or \\\\",
            "write \\\\ for a backslash, or use single quotes",
        ),
    ),
    (
        r"expected escape sequence of (?P<what>\d+)",
        PlainWords("an escape is not complete", "{what} hexadecimal digits", "complete it, or use single quotes"),
    ),
    (
        r"undefined tag handle",
        PlainWords(
            "a tag is not defined",
            "a value without a tag",
            "remove the tag; put text that starts with `!` in quotes",
        ),
    ),
    (
        r"(?:a tag|an? tag|tag:)",
        PlainWords("a tag is not complete", "a value without a tag", "put text that starts with `!` in quotes"),
    ),
    (
        r"expected '<document start>'",
        PlainWords(
            "something stands after the end of the record",
            "one mapping of fields",
            "line keys up with the first one",
        ),
    ),
    (
        r"mapping keys are not allowed",
        PlainWords(
            "a key cannot start here",
            "a value",
            "start the key on a line of its own; put text that starts with `?` in quotes",
        ),
    ),
    (
        r"sequence entries are not allowed",
        PlainWords("a list cannot start here", "a value", "start the list on a line of its own below its key"),
    ),
    (
        r"scanning an? (?P<what>alias|anchor)",
        PlainWords("this is no name of an {what}", "a name", "put text that starts with `*` or `&` in quotes"),
    ),
    (
        r"block scalar: expected",
        PlainWords("after `|` or `>` the line must end", "a line break", "start the text on the next line"),
    ),
    (
        r"more indented follow up line",
        PlainWords(
            "a blank line is indented deeper than the text after it",
            "",
            "remove the spaces of the blank line",
        ),
    ),
    (r"directive", PlainWords("a line that starts with `%` is no text here", "`key: value`", QUOTE_IT)),
    (r"unexpected ':'", PlainWords("a colon stands inside a text in brackets", "a value", QUOTE_IT)),
)


def in_plain_words(context: str, problem: str) -> PlainWords:
    """Return how a problem of the YAML parser is told; `context` says what it was reading."""
    told = f"{context}: {problem}"
    for pattern, words in _TABLE:
        match = re.search(pattern, told)
        if match:
            what = match.groupdict().get("what") or ""
            message, expected = words.message.format(what=what), words.expected.format(what=what)
            return replace(words, message=message, expected=expected, hint=words.hint.format())
    return PlainWords(f"this is not YAML: {problem or context}")
