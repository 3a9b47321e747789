"""Reads TOML 1.0 (https://toml.io/en/v1.0.0): every scalar as it is written, with the position of each value.

The standard library decides what is valid, and what a quoted text says. The syntax tree, which has the positions and the
digits as written, is only ever made of valid text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import tree_sitter_toml
from tree_sitter import Language, Parser
from tree_sitter import Node as Syntax

from afterword.diagnostics import Finding
from afterword.readers.source import Position, Source
from afterword.readers.tree import MAX_DEPTH, Entry, Lines, Listing, Node, Scalar, Table, fault, gather, refuse, too_deep

_PLACE = re.compile(r" \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_QUOTES = re.compile(r"'''|\"\"\"|'|\"")
_BRACKETS = re.compile(r"[\[{]")
_KEYS = frozenset({"bare_key", "quoted_key", "dotted_key"})

_WORDS = (
    ("Cannot overwrite a value", "a key stands twice", "one value for each key", "keep one of them"),
    ("Cannot declare", "a table stands twice, or a key has its name", "one table of each name", "put all keys of a table below one header; write `[[name]]` for a list of tables"),
    ("Cannot mutate immutable namespace", "a table that is closed already is extended here", "all keys of a table in one place", "move the key to its table"),
    ("Duplicate inline table key", "a key stands twice in an inline table", "one value for each key", "keep one of them"),
    ("Unclosed array", "a list is not closed or lacks a comma", "`,` or `]`", "close the bracket"),
    ("Unclosed inline table", "an inline table is not closed or lacks a comma", "`,` or `}`", "close the brace; an inline table stands on one line"),
    ("Unterminated string", "a quotation mark opens here and never closes", "a closing quotation mark", "close the quotation"),
    ('Expected "="', "a key has no `=`", "`key = value`", "write key = value"),
    ("Expected '='", "a key has no `=`", "`key = value`", "write key = value"),
    ("Invalid value", "this is no value", "text in quotes, a number, a date, true, false, a list or an inline table", "put text in quotes"),
    ("Invalid initial character", "this is no name of a key", "letters, digits, - and _, or a name in quotes", "put the name in quotes"),
    ("Invalid statement", "this is no `key = value`, header or comment", "`key = value`", "put names with other characters in quotes; start comments with #"),
    ("Invalid date or datetime", "this is no date or time of the calendar", "2023-08-13 or 2023-08-13T08:45:00Z", "correct it, or put it in quotes"),
    ("Unescaped '\\'", "a backslash starts no escape here", "an escape such as \\n or \\\\", "write \\\\ for a backslash, or use single quotes"),
    ("Illegal character", "a line break or control character stands where none may", "its escape", 'use """ for text of several lines'),
    ("Found invalid character", "a character stands where none like it may", "its escape", 'use """ for text of several lines'),
    ("Expected newline or end", "something stands after the end of a statement", "a line break", "put text in quotes; write one statement on a line"),
    ("Expected", "something is missing here", "the rest of the statement", "mend the syntax at this place"),
)
"""How each error of the standard library is told: its first words → message, expectation, hint."""


def read(text: str, name: str, folder: Path | None = None) -> Source:
    """Return the record of a TOML text; `name` is what findings call the file.

    Raises SourceError for text that is not TOML, nested too deep, or too long.
    """
    lines = Lines(text)
    try:
        # A number of thousands of digits is valid, and costs nothing as long as nobody converts it.
        valid = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError as error:
        refuse(_syntax_fault(error, name, text, lines))
    except RecursionError:
        refuse(too_deep(name, _deep_place(text, lines)))
    except ValueError as error:
        refuse(fault(name, "AW104", f"this cannot be read as TOML: {error}"))
    tree = _Walk(text, name, lines).tree()
    return gather(name, tree, folder)
