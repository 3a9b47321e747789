"""Text of Word, HTML and the like as Markdown that means the same, with no escape that `interpret` could stumble over.

Fewer escapes than our Markdown writer sets: what a reader of prose takes for text anyway stays as it is, such as
placeholders in brackets, and a paragraph that its author began with a dash or a number is the list that it looks like.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)"  # a backslash that would escape what follows
    r"|`"
    r"|\*(?!(?<=\s\*)\s)"  # not one between spaces
    r"|(?<![^\W_])_|_(?![^\W_])"  # not one inside a word
    r"|~(?=~)|(?<=~)~"
    r"|<(?=!--|/?(?:details|section|div|summary)\b)"  # what the reader of Markdown hides
    r"|&(?=#?\w+;)"
    r"|(?<=[^\s\[\]])\](?=\()"  # a link that is none
    r"|\[(?=\^[^\s\[\]]+\])",  # the mark of a note
    re.IGNORECASE,
)
_DEFINITION = re.compile(r"(\[[^\]\n]+)\](?=:[ ]*\S*[/.#:])")
_START = re.compile(r"#{1,6}(?=\s|$)|>|\+(?=\s|$)|=+\s*$|-+\s*$|[-:|][-:| \t]*$|(?:-\s*){3,}$|(?:_\s*){3,}$|~{3}")
_BULLET = re.compile(r"[•▪●◦‣·](?=\s)")


def escaped(text: str) -> str:
    """Return text inside a line as Markdown."""
    return _SIGNS.sub(lambda match: "\\" + match[0], text)


def line_started(line: str) -> str:
    """Return a line so that its start makes it no heading, quotation, rule or definition; a typed bullet is one."""
    line = line.lstrip(" \t\n")
    if bullet := _BULLET.match(line):
        return f"-{line[bullet.end() :]}"
    line = _DEFINITION.sub(r"\1\\]", line) if line.startswith("[") else line
    return "\\" + line if _START.match(line) else line


def code_span(text: str) -> str:
    """Return a text as code inside a line."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def fenced(text: str) -> str:
    """Return lines as a block of code."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}\n{text}\n{fence}"


def link(text: str, address: str) -> str:
    """Return a link; an address that stands for itself is left as it is."""
    if text.replace("\\", "") == address and re.fullmatch(r"https?://[^\s<>\[\]|\\`\"()]+(?<![?!.,:;*_~'])", address):
        return address
    inner = re.sub(r"[<>\\\s]", lambda match: f"%{ord(match[0]):02X}", address)
    return f"[{_balanced(text)}](<{inner}>)" if re.search(r"[()&]", inner) else f"[{_balanced(text)}]({inner})"


def _balanced(text: str) -> str:
    return re.sub(r"(?<!\\)[\[\]]", lambda match: "\\" + match[0], text)
