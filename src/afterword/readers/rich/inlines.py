"""Runs of text that stand together, as one line of Markdown: marks around words, links, breaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from afterword.readers.rich.escapes import code_span, escaped, link

BREAK = "\v"
"""Stands for a line break in the text of a piece."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks, as far as it says something; None where nothing is said."""

    strong: bool | None = None
    emphasis: bool | None = None
    strike: bool | None = None
    code: bool | None = None
    hidden: bool | None = None

    def over(self, below: Look) -> Look:
        """Return this look, with what it does not say from another."""
        return Look(
            below.strong if self.strong is None else self.strong,
            below.emphasis if self.emphasis is None else self.emphasis,
            below.strike if self.strike is None else self.strike,
            below.code if self.code is None else self.code,
            below.hidden if self.hidden is None else self.hidden,
        )


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text that looks the same, or Markdown that is ready."""

    text: str
    look: Look = PLAIN
    address: str = ""
    is_ready: bool = False


_MARKS: tuple[tuple[str, Callable[[Piece], bool]], ...] = (
    ("**", lambda piece: bool(piece.look.strong) and not piece.is_ready),
    ("*", lambda piece: bool(piece.look.emphasis) and not piece.is_ready),
    ("~~", lambda piece: bool(piece.look.strike) and not piece.is_ready),
)


def line_of(pieces: Sequence[Piece], *, plain: bool = False) -> str:
    """Return pieces as Markdown, with BREAK for line breaks; plain ones have no marks but of code and links."""
    marks = () if plain else _MARKS
    parts = []
    for address, group in groupby(_joined(pieces), lambda piece: piece.address):
        text = _marked(list(group), marks)
        parts.append(_linked(text, address) if address and text.strip() else text)
    return "".join(parts)


def _linked(text: str, address: str) -> str:
    before, inner, after = _trimmed(text.replace(BREAK, " "))
    return f"{before}{link(inner, address)}{after}"


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return pieces with those that look the same put together."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last
            and not piece.is_ready
            and not last.is_ready
            and (last.look, last.address) == (piece.look, piece.address)
        ):
            joined[-1] = Piece(last.text + piece.text, piece.look, piece.address)
        elif piece.text:
            joined.append(piece)
    return joined


def _marked(pieces: Sequence[Piece], marks: Sequence[tuple[str, Callable[[Piece], bool]]]) -> str:
    """Return pieces with marks around all that bears them, the first mark outermost."""
    if not marks:
        return "".join(map(_bare, pieces))
    (mark, bears), *others = marks
    segments = [(on, _marked(list(group), others)) for on, group in groupby(pieces, bears)]
    text = ""
    for index, (on, segment) in enumerate(segments):
        after = segments[index + 1][1][:1] if index + 1 < len(segments) else ""
        text += _wrapped(segment, mark, text[-1:], after) if on else segment
    return text


def _bare(piece: Piece) -> str:
    if piece.is_ready:
        return piece.text
    if piece.look.code and piece.text.strip():
        before, inner, after = _trimmed(piece.text)
        return before + BREAK.join(code_span(each) if each.strip() else "" for each in inner.split(BREAK)) + after
    return BREAK.join(map(escaped, piece.text.split(BREAK)))


def _wrapped(text: str, mark: str, before: str, after: str) -> str:
    """Return a text between marks, spaces outside them; without marks where Markdown would not see them as such."""
    lead, inner, trail = _trimmed(text)
    opens = not _is_sign(inner[:1]) or not _is_letter(lead or before)
    closes = not _is_sign(inner[-1:]) or not _is_letter(trail or after)
    return f"{lead}{mark}{inner}{mark}{trail}" if inner and opens and closes else text


def _trimmed(text: str) -> tuple[str, str, str]:
    """Return the white space before a text, the text, and the white space after it."""
    inner = text.strip()
    at = text.find(inner) if inner else 0
    return text[:at], inner, text[at + len(inner) :]


def _is_sign(character: str) -> bool:
    return bool(character) and unicodedata.category(character)[0] in "PS"


def _is_letter(text: str) -> bool:
    return bool(text) and not text[-1].isspace() and not _is_sign(text[-1])


def in_lines(text: str) -> list[str]:
    """Return a line of Markdown as the lines that its breaks make of it, those before a break ending in two spaces."""
    lines = [re.sub(r"[ \t\n]+", " ", line).strip() for line in text.split(BREAK)]
    while lines and not lines[-1]:
        lines.pop()
    return [f"{line}  " for line in lines[:-1] if line] + lines[-1:]
