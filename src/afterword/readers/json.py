"""Reads JSON (RFC 8259): every scalar as it is written, with the position of each value.

The standard library decides what is valid. The walk over the tokens, which finds the positions, only sees valid text.
"""

from __future__ import annotations

import json
import re
from json.decoder import JSONDecodeError
from pathlib import Path

from afterword.diagnostics import Finding
from afterword.readers.faults import MAX_DEPTH, MAX_VALUES, fault, refuse, syntax_fault, too_deep, too_many
from afterword.readers.json_faults import NO_NUMBER, in_plain_words
from afterword.readers.source import Position, Source
from afterword.readers.tree import Entry, Lines, Listing, Node, Scalar, Table, gather

_TOKEN = re.compile(r""""(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[\[\]{},:]|[^\s\[\]{},:"]+""", re.DOTALL)
"""A text (one that never closes reaches to the end), a sign, or a word. Nothing is tried twice: linear in time."""

_LONGEST_NUMBER = 40
_NO_NUMBER = re.compile(r"(?<![\w.+-])(?:[+-]?0[xXoObB]?[\w.]+|\+[\w.]+|[+-]?\.\d[\w.]*|[+-]?\d+\.(?!\d))")
"""What other languages take for a number: 0x19, 007, +1, .5, 5."""

_NOT_JSON = frozenset({"NaN", "Infinity", "-Infinity"})
"""What the standard library takes for numbers although RFC 8259, section 6, does not."""


def read(text: str, name: str, folder: Path | None = None) -> Source:
    """Return the record of a JSON text; `name` is what findings call the file.

    Raises SourceError for text that is not JSON, nested too deep, or too long. Keys that stand twice are findings of
    the source.
    """
    lines = Lines(text)
    _check_depth(text, name, lines)
    try:
        # Numbers stay text: they are kept as written, and one of many digits costs nothing.
        json.loads(text, parse_int=str, parse_float=str)
    except JSONDecodeError as error:
        if not _is_in_lines(text):
            refuse(_syntax_fault(error, text, name, lines))
        return gather(name, _walked(text, name, lines).top, folder)
    return gather(name, _tree(text, name, lines), folder)


def _is_in_lines(text: str) -> bool:
    """Return whether a text is JSON Lines: a mapping in each of several lines (https://jsonlines.org)."""
    found = [line for line in text.split("\n") if line.strip()]
    try:
        return len(found) > 1 and all(isinstance(json.loads(line, parse_int=str), dict) for line in found)
    except JSONDecodeError:
        return False


def _syntax_fault(error: JSONDecodeError, text: str, name: str, lines: Lines) -> Finding:
    """Return the finding for text that is not JSON: of a number in a form that JSON has not, at its start."""
    for number in _NO_NUMBER.finditer(text, max(error.pos - _LONGEST_NUMBER, 0)):
        if number.start() <= error.pos < number.end():
            return syntax_fault(name, NO_NUMBER, lines.position(number.start()))
        if number.start() > error.pos:
            break
    return syntax_fault(name, in_plain_words(error.msg), lines.position(error.pos))


def _check_depth(text: str, name: str, lines: Lines) -> None:
    """Raise SourceError where brackets open too deep, before anything recursive sees the text."""
    depth = values = 0
    for token in _TOKEN.finditer(text):
        depth += (token[0] in "[{") - (token[0] in "]}")
        values += token[0] == ","
        if depth > MAX_DEPTH:
            refuse(too_deep(name, lines.position(token.start())))
        if values > MAX_VALUES:
            refuse(too_many(name, lines.position(token.start())))


def _tree(text: str, name: str, lines: Lines) -> Node:
    """Return the tree of a valid JSON text."""
    return _walked(text, name, lines).top.items[0]


def _walked(text: str, name: str, lines: Lines) -> _Walk:
    """Return the walk through valid JSON texts that follow each other."""
    walk = _Walk(name, lines)
    for token in _TOKEN.finditer(text):
        walk.take(token[0], token.start())
    return walk


class _Walk:
    """Builds the tree of a valid JSON text from its tokens, without recursion."""

    def __init__(self, name: str, lines: Lines) -> None:
        self.name = name
        self.lines = lines
        self.top = Listing(Position(1, 1))
        self.open: list[Table | Listing] = [self.top]
        self.key: tuple[str, Position] | None = None

    def take(self, written: str, offset: int) -> None:
        """Take one token in."""
        position = self.lines.position(offset)
        if written in "[{":
            node = Listing(position) if written == "[" else Table(position)
            self._put(node)
            self.open.append(node)
        elif written in "]}":
            self.open.pop()
        elif written not in ",:":
            self._take_scalar(written, position)

    def _take_scalar(self, written: str, position: Position) -> None:
        text = json.loads(written) if written.startswith('"') else written
        if isinstance(self.open[-1], Table) and self.key is None:
            self.key = (text, position)
        elif written in _NOT_JSON:
            hint = "leave the field out, or write the word in quotes"
            refuse(fault(self.name, "AW104", f"{written} is no number in JSON", position, value=written, hint=hint))
        else:
            self._put(Scalar(None if written == "null" else text, _with_text(written, text, position)))

    def _put(self, node: Node) -> None:
        around = self.open[-1]
        if isinstance(around, Listing):
            around.items.append(node)
        elif self.key:
            around.entries.append(Entry(*self.key, node))
            self.key = None


def _with_text(written: str, text: str, position: Position) -> Position:
    """Return the position with the place of the first character of text, if the text holds no escapes."""
    quote = 1 if written.startswith('"') else 0
    if len(written) != len(text) + 2 * quote:
        return position
    return Position(position.line, position.column, position.line, position.column + quote)
