"""Reads TOML 1.0 (https://toml.io/en/v1.0.0): every scalar as it is written, with the position of each value.

The standard library decides what is valid, and what a quoted text says. The syntax tree, which has the positions and
the digits as written, is only made of valid text, and what comes of it is held against the standard library's reading.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import tree_sitter_toml
from tree_sitter import Language, Parser
from tree_sitter import Node as Syntax

from afterword.diagnostics import Finding
from afterword.readers.faults import MAX_DEPTH, fault, refuse, syntax_fault, too_deep
from afterword.readers.source import Data, Position, Source
from afterword.readers.toml_faults import in_plain_words
from afterword.readers.tree import Entry, Lines, Listing, Node, Scalar, Table, gather

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_TOLD_AT_THE_END = ("Cannot ", "Duplicate inline table key")
"""Problems with a name, which the standard library tells after the whole value."""

_BRACKET = re.compile(r"[\[{]|[\]}]")
_LONG_NUMBER = re.compile(r"[0-9][0-9_]{4000,}")
_KEY_PART = r"""(?:[A-Za-z0-9_-]++|"[^"\r\n]*+"|'[^'\r\n]*+')[ \t]*+"""
_LONG_KEY = re.compile(rf"(?:^|[\[{{,])[ \t]*+({_KEY_PART}(?:\.[ \t]*+{_KEY_PART}){{{MAX_DEPTH}}})", re.MULTILINE)
"""A dotted key of more parts than data may be deep. The standard library needs memory by the square of their number."""

_KeyPart = tuple[str, Position]


def read(text: str, name: str, folder: Path | None = None) -> Source:
    """Return the record of a TOML text; `name` is what findings call the file.

    Raises SourceError for text that is not TOML, nested too deep, or too long.
    """
    lines = Lines(text)
    valid = _valid(text, name, lines)
    source = gather(name, _Walk(text, name, lines).tree(), folder)
    if not _agrees(source.data, valid):
        message = "this is written in a way that the reader does not follow"
        refuse(fault(name, "AW104", message, hint="write it more simply, or as YAML"))
    return source


def _valid(text: str, name: str, lines: Lines) -> dict[str, object]:
    """Return what the standard library reads; raise SourceError for what it refuses."""
    long_key = _LONG_KEY.search(text)
    if long_key:
        refuse(too_deep(name, lines.position(long_key.start(1))))
    try:
        return tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        refuse(_syntax_fault(error, name, text, lines))
    except RecursionError:
        refuse(too_deep(name, lines.position(_deep_offset(text))))
    except ValueError:
        refuse(_long_number(text, name, lines))


def _long_number(text: str, name: str, lines: Lines) -> Finding:
    """Return the finding for an integer of more digits than Python reads, the one fault that it gives no place for."""
    number = _LONG_NUMBER.search(text)
    message = "a number has more digits than can be read"
    return fault(name, "AW104", message, lines.position(number.start() if number else 0), hint="put it in quotes")


def _syntax_fault(error: tomllib.TOMLDecodeError, name: str, text: str, lines: Lines) -> Finding:
    """Return the finding for text that is not TOML, at the place that the parser names."""
    problem = str(error)
    place = _PLACE.search(problem)
    offset = len(text)
    if place and place["line"]:
        offset = lines.offset(Position(int(place["line"]), int(place["column"])))
    if problem.startswith(_TOLD_AT_THE_END):
        offset = _statement(text, offset)
    position = lines.position(offset)
    return syntax_fault(name, in_plain_words(_PLACE.sub("", problem)), position)


def _statement(text: str, end: int) -> int:
    """Return where the pair or header starts that the parser has read up to an offset, and refuses."""
    raw, at = text.encode("utf-8", "surrogatepass"), len(text[:end].encode("utf-8", "surrogatepass"))
    node = _parser().parse(raw).root_node.descendant_for_byte_range(at - 1, at - 1)
    while node is not None and node.type not in {"pair", "table", "table_array_element"}:
        node = node.parent
    return (
        len(text.encode("utf-8", "surrogatepass")[: node.start_byte].decode("utf-8", "surrogatepass")) if node else end
    )


def _deep_offset(text: str) -> int:
    """Return where the brackets get too deep, brackets inside quotations counted like any other."""
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > MAX_DEPTH:
            return bracket.start()
    return 0


def _agrees(data: Data, valid: object) -> bool:
    """Return whether two readings have the same keys, the same lengths and the same texts."""
    if isinstance(data, dict):
        return (
            isinstance(valid, dict)
            and data.keys() == valid.keys()
            and all(_agrees(data[key], valid[key]) for key in data)
        )
    if isinstance(data, list):
        if not isinstance(valid, list) or len(valid) != len(data):
            return False
        return all(_agrees(one, other) for one, other in zip(data, valid, strict=True))
    return data == valid or not isinstance(valid, str | dict | list)


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_toml.language()))


class _Walk:
    """Goes through the syntax tree of a valid text, in its order, and makes the reader's tree of it."""

    def __init__(self, text: str, name: str, lines: Lines) -> None:
        """Keep the text, in the bytes that the syntax tree counts in."""
        self.name = name
        self.lines = lines
        self.raw = text.encode("utf-8", "surrogatepass")
        self.reached = (0, 0)
        self.known: dict[int, dict[str, Node]] = {}

    def tree(self) -> Table:
        """Return the whole text as one mapping."""
        root = Table(Position(1, 1))
        for child in _parser().parse(self.raw).root_node.named_children:
            if child.type == "pair":
                self._pair(child, root, 0)
            elif child.type in {"table", "table_array_element"}:
                self._table(child, root)
            elif child.type != "comment":
                self._refuse(child)
        return root

    def _refuse(self, node: Syntax) -> None:
        """Raise SourceError for a part of the text that the syntax tree has no name for."""
        message = "this is written in a way that the reader does not follow"
        refuse(fault(self.name, "AW104", message, self._position(node), hint="write it more simply, or as YAML"))

    def _table(self, node: Syntax, root: Table) -> None:
        """Put the keys below a `[header]` or `[[header]]` where they belong."""
        start = self._position(node)
        header, *pairs = (child for child in node.named_children if child.type != "comment")
        *way, last = self._key_parts(header)
        parent = root
        for key in way:
            parent = self._inside(parent, key)
        if node.type == "table":
            target = self._inside(parent, last)
        else:
            target = Table(start)
            self._listing(parent, last).items.append(target)
        for pair in pairs:
            self._pair(pair, target, 1)

    def _inside(self, table: Table, key: _KeyPart) -> Table:
        """Return the table of this key, the last one of an array of tables, made if it is not there yet."""
        found = self._keys(table).get(key[0])
        if isinstance(found, Listing) and found.items:
            found = found.items[-1]
        if isinstance(found, Table):
            return found
        made = Table(key[1])
        self._add(table, key, made)
        return made

    def _listing(self, table: Table, key: _KeyPart) -> Listing:
        found = self._keys(table).get(key[0])
        if isinstance(found, Listing):
            return found
        made = Listing(key[1])
        self._add(table, key, made)
        return made

    def _keys(self, table: Table) -> dict[str, Node]:
        return self.known.setdefault(id(table), {})

    def _add(self, table: Table, key: _KeyPart, value: Node) -> None:
        self._keys(table)[key[0]] = value
        table.entries.append(Entry(*key, value))

    def _pair(self, node: Syntax, table: Table, depth: int) -> None:
        if node.type != "pair":
            self._refuse(node)
        key, value = (child for child in node.named_children if child.type != "comment")
        *way, last = self._key_parts(key)
        for step in way:
            table = self._inside(table, step)
        self._add(table, last, self._value(value, depth + 1))

    def _key_parts(self, node: Syntax) -> list[_KeyPart]:
        """Return the parts of a dotted key with their positions."""
        if node.type == "dotted_key":
            return [part for child in node.named_children for part in self._key_parts(child)]
        text, position = self._text(node), self._position(node)
        return [(_quoted(text) if node.type == "quoted_key" else text, position)]

    def _value(self, node: Syntax, depth: int) -> Node:
        position = self._position(node)
        if depth > MAX_DEPTH:
            refuse(too_deep(self.name, position))
        if node.type == "array":
            items = (child for child in node.named_children if child.type != "comment")
            return Listing(position, [self._value(item, depth + 1) for item in items])
        if node.type == "inline_table":
            table = Table(position)
            for pair in node.named_children:
                self._pair(pair, table, depth)
            return table
        written = self._text(node)
        text = _quoted(written) if node.type == "string" else written
        return Scalar(text, _with_text(written, text, position))

    def _text(self, node: Syntax) -> str:
        return self.raw[node.start_byte : node.end_byte].decode("utf-8", "surrogatepass")

    def _position(self, node: Syntax) -> Position:
        """Return where a node starts; quick as long as nodes are asked for in the order of the text."""
        byte, offset = self.reached if node.start_byte >= self.reached[0] else (0, 0)
        offset += len(self.raw[byte : node.start_byte].decode("utf-8", "surrogatepass"))
        self.reached = (node.start_byte, offset)
        return self.lines.position(offset)


def _quoted(text: str) -> str:
    """Return what a quoted text says."""
    return str(tomllib.loads(f"v = {text}")["v"])


def _with_text(written: str, text: str, start: Position) -> Position:
    """Return the position with the place of the first character of text, if the text's lines are those of the file."""
    body = written.replace("\r\n", "\n")
    quotes = next((mark for mark in ('"""', "'''", '"', "'") if body.startswith(mark)), "")
    inside = body[len(quotes) : len(body) - len(quotes)]
    if len(quotes) == len('"""') and inside == f"\n{text}":
        return Position(start.line, start.column, start.line + 1, 1)
    if inside != text or "\n" in text:
        return start
    return Position(start.line, start.column, start.line, start.column + len(quotes))
