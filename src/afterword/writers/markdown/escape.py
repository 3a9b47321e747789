"""Text as Markdown that reads back as the same text, with as few escapes as that takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from string import punctuation

from afterword.placeholders import find

_HIDDEN = "\ufffc\ufffc"
"""Stands for an escaped character where placeholders are looked for, as it does where prose is read."""

_ALWAYS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)"  # a backslash that would escape what follows
    r"|`"
    r"|\*(?!(?<=\s\*)\s)"  # not one between spaces
    r"|(?<![^\W_])_|_(?![^\W_])"  # not one inside a word
    r"|~(?=~|$)|(?<=~)~|^~"
    r"|<(?=\S)"
    r"|&(?=#?\w+;)"
    r"|(?<![A-Za-z0-9.+-])(?<=http):(?=//)|(?<=https):(?=//)"
    r"|\](?=[(:\[])"
    r"|\[(?=\^[^\s\[\]]+\])",  # the mark of a note
    re.IGNORECASE,
)
_BRACKET = re.compile(r"[\[\]]")
_LINE_START = re.compile(
    r"#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|=+\s*$|-+\s*$|[-:|][-:| \t]*$|(?:-\s*){3,}$|\[[ xX]\](?=\s|$)"
)
_NUMBER_START = re.compile(r"(\d{1,9})([.)])(?=\s|$)")


def escaped(text: str, *, in_label: bool = False) -> str:
    """Return plain text as Markdown. In a label of a link or picture all brackets are escaped."""
    return with_escapes(text, places_to_escape(text, in_label=in_label))


def places_to_escape(text: str, also: AbstractSet[int] = frozenset(), *, in_label: bool = False) -> frozenset[int]:
    """Return the offsets of the characters that must be escaped, those in `also` in any case."""
    at = {match.start() for match in _ALWAYS.finditer(text)} | also
    at |= {match.start() for match in _BRACKET.finditer(text)} if in_label else _unbalanced(text, at)
    while found := find("".join(_HIDDEN if place in at else text[place] for place in range(len(text)))):
        at |= {_real_offset(each.start, at) for each in found}
    return frozenset(at | _beside_numbers(text, at))


def _beside_numbers(text: str, at: AbstractSet[int]) -> set[int]:
    """Return the places of marks that a letter kept harmless until it was written as a number, which has signs."""
    numbers = {place for place in at if text[place] not in punctuation}
    before = {place - 1 for place in numbers if place and text[place - 1] in "\\_"}
    return before | {place + 1 for place in numbers if text[place + 1 : place + 2] == "_"}


def with_escapes(text: str, at: AbstractSet[int]) -> str:
    """Return a text with the characters at these offsets escaped."""
    return "".join(_one(text[place]) if place in at else text[place] for place in range(len(text)))


def within_placeholder(text: str) -> str:
    """Return a placeholder as Markdown: only marks inside it are escaped, its own brackets stay."""
    return with_escapes(text, {match.start() for match in _ALWAYS.finditer(text)} - {0, len(text) - 1})


def _unbalanced(text: str, at: set[int]) -> set[int]:
    """Return the places of brackets that are opened and not closed, which could join up with what follows."""
    opened: list[int] = []
    for match in re.finditer(r"[\[\]]|\{\{|\}\}", text):
        if match[0] in {"[", "{{"}:
            opened.append(match.start())
        elif opened and match.start() not in at:
            opened.pop()
    return set(opened)


def _real_offset(shown: int, at: set[int]) -> int:
    """Return the offset in the text of an offset in its searched form, in which escaped characters count twice."""
    offset = shown
    for place in sorted(at):
        if place >= offset:
            break
        offset -= 1
    return offset


def _one(character: str) -> str:
    """Return one character escaped: by a backslash if Markdown allows that for it, else by its number."""
    return "\\" + character if character in punctuation else entity(character)


def entity(character: str) -> str:
    """Return a character by its number."""
    return f"&#{ord(character)};"


def line_started(line: str) -> str:
    """Return a line so that its start makes it no heading, list, quotation, rule or table, and is not cut off."""
    if not line:
        return line
    if line[0].isspace():
        return entity(line[0]) + line[1:]
    if number := _NUMBER_START.match(line):
        return f"{number[1]}\\{line[number.start(2) :]}"
    return "\\" + line if _LINE_START.match(line) else line


def line_ended(line: str) -> str:
    """Return a line whose last space is not cut off."""
    return line[:-1] + entity(line[-1]) if line and line[-1].isspace() else line


def destination(target: str) -> str:
    """Return the target of a link as Markdown writes it between parentheses."""
    if re.fullmatch(r"[^\s<>()\\]+", target):
        return re.sub(r"&(?=#?\w+;)", r"\\&", target)
    inner = "".join(_destination_parts(target.replace("\n", " ")))
    return f"<{inner}>"


def _destination_parts(target: str) -> Iterator[str]:
    for character in target:
        yield "\\" + character if character in "<>\\&" else character


def quoted(title: str) -> str:
    """Return the title of a link or picture as Markdown writes it."""
    inner = re.sub(r"[\\\"&]", lambda match: "\\" + match[0], re.sub(r"\s*\n\s*", " ", title))
    return f'"{inner}"'
