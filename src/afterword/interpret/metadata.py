"""What a document says about itself: fields such as `Severity: high`, in lists, lines, tables, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afterword.readers.document import Block, Span
from afterword.vocabulary.fields import field_named

_PLAIN_ENTRY = re.compile(
    r"^[ \t]*(?P<key>[^\s:：*_|`][^:：*|\n`]{0,38}?)[ \t]*[:：](?=\s|$|[^\x00-\x7f])"
    r"[ \t]*(?P<value>.*?)[ \t\\]*$"
)
_BOLD_ENTRY = re.compile(
    r"^[ \t]*(?P<m>\*\*|__|\*|_)(?P<key>[^*_\n:：]{1,40}?)[ \t]*(?:[:：][ \t]*(?P=m)|(?P=m)[ \t]*[:：])"
    r"[ \t]*(?P<value>.*?)[ \t\\]*$"
)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a document says about itself."""

    name: str
    """The field of the record, empty for one that it has not."""

    value: Span
    source: Span
    """The words of the document, with the key."""


def fields_in(block: Block) -> Iterator[Field]:
    """Yield the fields that a block holds; those without a name in the record have an empty one."""
    if block.kind == "table":
        yield from _of_table(block)
    elif block.kind in {"list", "numbers"}:
        for item in block.items:
            yield from _of_line(item, Span(f"- {item.text}", item.line, is_exact=False))
    elif block.kind == "text":
        for offset, line in enumerate(block.source.text.split("\n")):
            for part in _parts(Span(line, block.source.line + offset)):
                yield from _of_line(part, part)


def _parts(line: Span) -> Iterator[Span]:
    """Yield the parts of a line with several fields: `**Status:** open | **Severity:** high`."""
    if not re.search(r"[:：]", line.text) or not re.search(r"[ ][|·][ ]", line.text):
        yield line
        return
    at = 0
    for part in re.split(r"[ ][|·][ ]", line.text):
        yield Span(part, line.line, line.column + at)
        at += len(part) + 3


def _of_line(text: Span, source: Span) -> Iterator[Field]:
    first, _, below = text.text.partition("\n")
    match = _BOLD_ENTRY.match(first) or _PLAIN_ENTRY.match(first)
    broken = bool(below) and first.rstrip(" ").endswith("\\")
    if match is None or (below and match["value"] and not broken):
        yield Field("", text, source)
        return
    name = field_named(match["key"])
    value = text.text[match.start("value") :].replace("\\\n", "\n") if broken else below or match["value"]
    yield Field(name, text.but(value), source)


def _of_table(block: Block) -> Iterator[Field]:
    rows = block.rows
    if any(len(row.cells) != 2 for row in rows):  # noqa: PLR2004 (key and value)
        yield Field("", block.source, block.source)
        return
    header = rows[0]
    is_field = bool(field_named(header.cells[0].text)) and header.cells[1].text.strip()
    for row in rows if is_field else rows[1:]:
        yield Field(field_named(row.cells[0].text), row.cells[1], row.source)


def is_about_itself(block: Block) -> bool:
    """Return whether a block tells fields: most of what it says has a key, and the record has one of them."""
    found = list(fields_in(block))
    named = [each for each in found if each.name]
    keyed = sum(1 for each in found if each.value.text != each.source.text.removeprefix("- "))
    return bool(named) and keyed * 2 >= len(found)


def words_in(values: Sequence[str]) -> list[str]:
    """Return the words of a list of tags or services."""
    return [
        word
        for value in values
        for word in (part.strip(" *_`\t-") for part in re.split(r"[,;、，،፣\n]|<br\s*/?>", value))
        if word
    ]
