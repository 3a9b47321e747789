"""Plain words for what can be wrong with the syntax of a JSON file, by the first words of the parser's problem."""

from __future__ import annotations

from afterword.readers.faults import PlainWords

_TABLE: tuple[tuple[str, PlainWords], ...] = (
    (
        "Expecting property name",
        PlainWords(
            "the name of a key is missing",
            "a name in double quotes",
            "put names in double quotes, and no comma after the last value",
        ),
    ),
    ("Illegal trailing comma", PlainWords("a comma stands after the last value", "no comma", "remove the comma")),
    ("Expecting ':'", PlainWords("a colon is missing after the name of a key", "`:`", 'write "name": value')),
    (
        "Expecting ','",
        PlainWords(
            "a comma is missing between two values, or a bracket does not close",
            "`,` or a closing bracket",
            "add the comma or close the bracket",
        ),
    ),
    (
        "Expecting value",
        PlainWords(
            "a value is missing",
            "text in double quotes, a number, true, false, null, a list or a mapping",
            "put text in double quotes; JSON has no comments and no comma after the last value",
        ),
    ),
    (
        "Extra data",
        PlainWords("something stands after the end of the record", "nothing more", "keep one record in a file"),
    ),
    (
        "Unterminated string",
        PlainWords("a quotation mark opens here and never closes", "a closing quotation mark", "close the quotation"),
    ),
    (
        "Invalid control character",
        PlainWords(
            "a line break, tab or control character stands inside a text",
            "its escape",
            "write \\n for a line break and \\t for a tab",
        ),
    ),
    (
        "Invalid \\escape",
        PlainWords(
            "a backslash starts no escape here",
            "an escape such as \\n or \\\\",
            "write \\\\ for a backslash",
        ),
    ),
    (
        "Invalid \\u",
        PlainWords(
            "an escape \\u is not complete",
            "four hexadecimal digits",
            "complete the escape, or write \\\\ for a backslash",
        ),
    ),
)

NO_NUMBER = PlainWords(
    "this is no number in JSON", "a number such as 25, -1 or 0.5", "put it in quotes, which keeps it as it is written"
)


def in_plain_words(problem: str) -> PlainWords:
    """Return how a problem of the JSON parser is told; in the parser's own words where it is none of those known."""
    for opening, words in _TABLE:
        if problem.startswith(opening):
            return words
    return PlainWords(f"this is not JSON: {problem}")
