"""Plain words for what can be wrong with the syntax of a TOML file, by the first words of the parser's problem."""

from __future__ import annotations

from afterword.readers.faults import PlainWords

_TABLE: tuple[tuple[str, PlainWords], ...] = (
    ("Cannot overwrite a value", PlainWords("a key stands twice", "one value for each key", "keep one of them")),
    (
        "Cannot declare",
        PlainWords(
            "a table stands twice, or a key has its name",
            "one table of each name",
            "put all keys of a table below one header; write `[[name]]` for a list of tables",
        ),
    ),
    (
        "Cannot mutate immutable namespace",
        PlainWords(
            "a table that is closed already is extended here",
            "all keys of a table in one place",
            "move the key to its table",
        ),
    ),
    (
        "Duplicate inline table key",
        PlainWords("a key stands twice in an inline table", "one value for each key", "keep one of them"),
    ),
    ("Unclosed array", PlainWords("a list is not closed or lacks a comma", "`,` or `]`", "close the bracket")),
    (
        "Unclosed inline table",
        PlainWords(
            "an inline table is not closed or lacks a comma",
            "`,` or `}`",
            "close the brace; an inline table stands on one line",
        ),
    ),
    (
        "Unterminated string",
        PlainWords("a quotation is not closed by here", "a closing quotation mark", "close the quotation"),
    ),
    ('Expected "="', PlainWords("a key has no `=`", "`key = value`", "write key = value")),
    ("Expected '='", PlainWords("a key has no `=`", "`key = value`", "write key = value")),
    (
        "Invalid value",
        PlainWords(
            "this is no value",
            "text in quotes, a number, a date, true, false, a list or an inline table",
            "put text in quotes",
        ),
    ),
    (
        "Invalid initial character",
        PlainWords(
            "this is no name of a key",
            "letters, digits, - and _, or a name in quotes",
            "put the name in quotes; an inline table stands on one line, without a comma at its end",
        ),
    ),
    (
        "Invalid statement",
        PlainWords(
            "this is no `key = value`, header or comment",
            "`key = value`",
            "put names with other characters in quotes; start comments with #",
        ),
    ),
    (
        "Invalid date or datetime",
        PlainWords(
            "this is no date or time of the calendar",
            "2023-08-13 or 2023-08-13T08:45:00Z",
            "correct it, or put it in quotes",
        ),
    ),
    (
        "Unescaped '\\'",
        PlainWords(
            "a backslash starts no escape here",
            "an escape such as \\n or \\\\",
            "write \\\\ for a backslash, or use single quotes",
        ),
    ),
    (
        "Invalid hex value",
        PlainWords("an escape is not complete", "four hexadecimal digits after \\u, eight after \\U", "complete it"),
    ),
    (
        "Escaped character is not",
        PlainWords("an escape is no character of Unicode", "at most \\U0010FFFF, and no surrogate", "correct it"),
    ),
    (
        "Illegal character",
        PlainWords(
            "a line break or control character stands where none may", "its escape", 'use """ for text of several lines'
        ),
    ),
    (
        "Found invalid character",
        PlainWords("a character stands where none like it may", "its escape", 'use """ for text of several lines'),
    ),
    (
        "Expected newline or end",
        PlainWords(
            "something stands after the end of a statement",
            "a line break",
            "put text in quotes; write one statement on a line",
        ),
    ),
    ("Expected", PlainWords("something is missing here", "the rest of the statement", "mend the syntax at this place")),
)


def in_plain_words(problem: str) -> PlainWords:
    """Return how a problem of the TOML parser is told; in the parser's own words where it is none of those known."""
    for opening, words in _TABLE:
        if problem.startswith(opening):
            return words
    return PlainWords(f"this is not TOML: {problem}")
