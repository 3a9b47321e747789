"""Reads JSON (RFC 8259): every scalar as it is written, with the position of each value.

The standard library decides what is valid. The walk over the tokens, which finds the positions, only ever sees valid text.
"""

from __future__ import annotations

import json
import re
from json.decoder import JSONDecodeError, scanstring
from pathlib import Path

from afterword.diagnostics import Finding
from afterword.readers.source import Position, Source
from afterword.readers.tree import (
    MAX_DEPTH,
    MAX_VALUES,
    Entry,
    Lines,
    Listing,
    Node,
    Scalar,
    Table,
    fault,
    gather,
    refuse,
    too_deep,
)

_TOKEN = re.compile(r'''"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{},:]|[^\s\[\]{},:"]+''', re.DOTALL)
"""A text (one that never closes reaches to the end), a sign, or a word. Linear in time: nothing is tried twice."""

_NOT_JSON = frozenset({"NaN", "Infinity", "-Infinity"})
"""What the standard library takes for numbers although RFC 8259, section 6, does not."""

_WORDS = (
    ("Expecting property name", "the name of a key is missing", "a name in double quotes", "put names in double quotes, and no comma after the last value"),
    ("Illegal trailing comma", "a comma stands after the last value", "no comma", "remove the comma"),
    ("Expecting ':'", "a colon is missing after the name of a key", "`:`", 'write "name": value'),
    ("Expecting ','", "a comma is missing between two values, or a bracket does not close", "`,` or a closing bracket", "add the comma or close the bracket"),
    ("Expecting value", "a value is missing", "text in double quotes, a number, true, false, null, a list or a mapping", "put text in double quotes; JSON has no comments and no comma after the last value"),
    ("Extra data", "something stands after the end of the record", "nothing more", "keep one record in a file"),
    ("Unterminated string", "a quotation mark opens here and never closes", "a closing quotation mark", "close the quotation"),
    ("Invalid control character", "a line break, tab or control character stands inside a text", "its escape", "write \\n for a line break and \\t for a tab"),
    ("Invalid \\escape", "a backslash starts no escape here", "an escape such as \\n or \\\\", "write \\\\ for a backslash"),
    ("Invalid \\u", "an escape \\u is not complete", "four hexadecimal digits", "complete the escape, or write \\\\ for a backslash"),
)
"""How each error of the standard library is told: its first words → message, expectation, hint."""


def read(text: str, name: str, folder: Path | None = None) -> Source:
    """Return the record of a JSON text; `name` is what findings call the file.

    Raises SourceError for text that is not JSON, nested too deep, or too long. Keys that stand twice are findings of the
    source.
    """
    lines = Lines(text)
    _check_depth(text, name, lines)
    try:
        # Numbers stay text: they are kept as written, and one of many digits costs nothing.
        json.loads(text, parse_int=str, parse_float=str)
    except JSONDecodeError as error:
        refuse(_syntax_fault(error, name, lines))
    return gather(name, _tree(text, name, lines), folder)


def _check_depth(text: str, name: str, lines: Lines) -> None:
    """Raise SourceError where brackets open too deep, before anything recursive sees the text."""
    depth = values = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        values += token[0] == ","
        if depth > MAX_DEPTH:
            refuse(too_deep(name, lines.position(token.start())))
        if values > MAX_VALUES:
            message = f"the file holds more than {MAX_VALUES:,} values"
            refuse(fault(name, "AW103", message, lines.position(token.start())))


def _syntax_fault(error: JSONDecodeError, name: str, lines: Lines) -> Finding:
    position = lines.position(error.pos)
    for start, message, expected, hint in _WORDS:
        if error.msg.startswith(start):
            return fault(name, "AW104", message, position, expected=expected, hint=hint)
    return fault(name, "AW104", f"this is not JSON: {error.msg}", position)


def _tree(text: str, name: str, lines: Lines) -> Node:
    """Return the tree of a valid JSON text."""
    walk = _Walk(text, name, lines)
    for token in _TOKEN.finditer(text):
        walk.take(token[0], token.start())
    return walk.top.items[0]


class _Walk:
    """Builds the tree of a valid JSON text from its tokens, without recursion."""

    def __init__(self, text: str, name: str, lines: Lines) -> None:
        self.text = text
        self.name = name
        self.lines = lines
        self.top = Listing(Position(1, 1))
        self.open: list[Table | Listing] = [self.top]
        self.key: tuple[str, Position] | None = None

    def take(self, token: str, offset: int) -> None:
        """Take one token in."""
        position = self.lines.position(offset)
        if token in "[{":
            node = Listing(position) if token == "[" else Table(position)  # noqa: S105 (a bracket, no secret)
            self._put(node)
            self.open.append(node)
        elif token in "]}":
            self.open.pop()
        elif token not in ",:":
            self._take_scalar(token, offset, position)

    def _take_scalar(self, token: str, offset: int, position: Position) -> None:
        text = scanstring(self.text, offset + 1)[0] if token.startswith('"') else token
        if isinstance(self.open[-1], Table) and self.key is None:
            self.key = (text, position)
        elif token in _NOT_JSON:
            hint = "leave the field out, or write the word in quotes"
            refuse(fault(self.name, "AW104", f"{token} is no number in JSON", position, value=token, hint=hint))
        else:
            self._put(Scalar(None if token == "null" else text, _with_text(token, text, position)))  # noqa: S105 (a word of JSON)

    def _put(self, node: Node) -> None:
        around = self.open[-1]
        if isinstance(around, Listing):
            around.items.append(node)
        elif self.key:
            around.entries.append(Entry(*self.key, node))
            self.key = None


def _with_text(token: str, text: str, position: Position) -> Position:
    """Return the position with the place of the first character of text, if the text holds no escapes."""
    quote = 1 if token.startswith('"') else 0
    if len(token) != len(text) + 2 * quote:
        return position
    return Position(position.line, position.column, position.line, position.column + quote)
