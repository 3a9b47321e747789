"""How the errors of the standard library's TOML parser are told in plain words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What is wrong, what is expected instead, and what to do."""

    message: str
    expected: str
    hint: str


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


def in_plain_words(problem: str) -> Words:
    """Return an error of the parser in plain words; the parser's own where it is none of those known."""
    for opening, message, expected, hint in _WORDS:
        if problem.startswith(opening):
            return Words(message, expected, hint)
    return Words(f"this is not TOML: {problem}", "", "mend the syntax at this place")
