"""Reads TOML 1.0 (https://toml.io/en/v1.0.0): every scalar as it is written, with the position of each value.

The standard library decides what is valid, and what a quoted text says. The syntax tree, which has the positions and the
digits as written, is only ever made of valid text.
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
from afterword.readers.source import Position, Source
from afterword.readers.toml_faults import in_plain_words
from afterword.readers.tree import MAX_DEPTH, Entry, Lines, Listing, Node, Scalar, Table, fault, gather, refuse, too_deep

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_BRACKETS = re.compile(r"[\[{]")
_KEYS = frozenset({"bare_key", "quoted_key", "dotted_key"})

def read(text: str, name: str, folder: Path | None = None) -> Source:
    """Return the record of a TOML text; `name` is what findings call the file.

    Raises SourceError for text that is not TOML, nested too deep, or too long.
    """
    lines = Lines(text)
    try:
        # A number of thousands of digits is valid, and costs nothing as long as nobody converts it.
        tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        refuse(_syntax_fault(error, name, text, lines))
    except RecursionError:
        refuse(too_deep(name, _deep_place(text, lines)))
    except ValueError as error:
        refuse(fault(name, "AW104", f"this cannot be read as TOML: {error}"))
    return gather(name, _Walk(text, name, lines).tree(), folder)


def _syntax_fault(error: tomllib.TOMLDecodeError, name: str, text: str, lines: Lines) -> Finding:
    """Return the finding for text that is not TOML, at the place that the parser names."""
    problem = str(error)
    place = _PLACE.search(problem)
    words = in_plain_words(_PLACE.sub("", problem))
    position = lines.position(len(text))
    if place and place["line"]:
        position = Position(int(place["line"]), int(place["column"]))
    return fault(name, "AW104", words.message, position, expected=words.expected, hint=words.hint)


def _deep_place(text: str, lines: Lines) -> Position:
    """Return where the brackets get too deep, as near as can be told without parsing."""
    opened = [match.start() for match in _BRACKETS.finditer(text)]
    return lines.position(opened[min(MAX_DEPTH, len(opened) - 1)] if opened else 0)


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_toml.language()))


class _Walk:
    """Goes through the syntax tree of a valid text and makes the reader's tree of it."""

    def __init__(self, text: str, name: str, lines: Lines) -> None:
        """Keep the text, in the bytes that the syntax tree counts in."""
        self.name = name
        self.lines = lines
        self.raw = text.encode("utf-8", "surrogatepass")
        self.ascii = len(self.raw) == len(text)

    def tree(self) -> Table:
        """Return the whole text as one mapping."""
        root = Table(Position(1, 1))
        for child in _parser().parse(self.raw).root_node.named_children:
            if child.type == "pair":
                self._pair(child, root, 0)
            elif child.type in {"table", "table_array_element"}:
                self._table(child, root)
        return root

    def _table(self, node: Syntax, root: Table) -> None:
        """Put the keys below a `[header]` or `[[header]]` where they belong."""
        header, *pairs = (child for child in node.named_children if child.type != "comment")
        *way, last = self._key_parts(header)
        parent = root
        for key in way:
            parent = self._inside(parent, key)
        if node.type == "table":
            target = self._inside(parent, last)
        else:
            target = Table(self._position(header))
            self._listing(parent, last).items.append(target)
        for pair in pairs:
            self._pair(pair, target, 1)

    def _inside(self, table: Table, key: tuple[str, Position]) -> Table:
        """Return the table of this key, the last one of an array of tables, made if it is not there yet."""
        found = next((entry.value for entry in table.entries if entry.key == key[0]), None)
        if isinstance(found, Listing) and found.items and isinstance(found.items[-1], Table):
            return found.items[-1]
        if isinstance(found, Table):
            return found
        made = Table(key[1])
        table.entries.append(Entry(key[0], key[1], made))
        return made

    def _listing(self, table: Table, key: tuple[str, Position]) -> Listing:
        found = next((entry.value for entry in table.entries if entry.key == key[0]), None)
        if isinstance(found, Listing):
            return found
        made = Listing(key[1])
        table.entries.append(Entry(key[0], key[1], made))
        return made

    def _pair(self, node: Syntax, table: Table, depth: int) -> None:
        key, value = (child for child in node.named_children if child.type != "comment")
        *way, last = self._key_parts(key)
        for step in way:
            table = self._inside(table, step)
        table.entries.append(Entry(last[0], last[1], self._value(value, depth + 1)))

    def _key_parts(self, node: Syntax) -> list[tuple[str, Position]]:
        """Return the parts of a dotted key with their positions."""
        if node.type == "dotted_key":
            return [part for child in node.named_children for part in self._key_parts(child)]
        text = self._text(node)
        return [(_quoted(text) if node.type == "quoted_key" else text, self._position(node))]

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
        text = self._text(node)
        return Scalar(_quoted(text) if node.type == "string" else text, position)

    def _text(self, node: Syntax) -> str:
        return self.raw[node.start_byte : node.end_byte].decode("utf-8", "surrogatepass")

    def _position(self, node: Syntax) -> Position:
        offset = node.start_byte
        if not self.ascii:
            offset = len(self.raw[:offset].decode("utf-8", "surrogatepass"))
        return self.lines.position(offset)


def _quoted(text: str) -> str:
    """Return what a quoted text says."""
    return str(tomllib.loads(f"v = {text}")["v"])
