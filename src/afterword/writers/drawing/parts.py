"""What a drawing is made of once everything has its place, in points from its top left corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text; `anchor` says which end of it stands at `x`, as counted from the left."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    anchor: str = "start"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    colour: str
    width: float
    dashes: str = ""
    """Lengths of dashes and gaps, as SVG writes them; empty for a line without gaps."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A filled shape, as the data of an SVG path."""

    path: str
    colour: str
    edge: str = "#ffffff"
    """Colour of the line around it."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Pieces of a drawing, from the lowest to the topmost."""

    bands: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    boxes: tuple[Box, ...] = ()
    outlines: tuple[Outline, ...] = ()
    words: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing that is ready to be written down."""

    width: float
    height: float
    parts: Parts


def gathered(parts: Sequence[Parts]) -> Parts:
    """Return the pieces of several parts as one."""
    return Parts(
        bands=tuple(band for part in parts for band in part.bands),
        lines=tuple(line for part in parts for line in part.lines),
        boxes=tuple(box for part in parts for box in part.boxes),
        outlines=tuple(outline for part in parts for outline in part.outlines),
        words=tuple(words for part in parts for words in part.words),
    )


_FLIPPED = {"start": "end", "end": "start", "middle": "middle"}


def mirrored(parts: Parts, width: float) -> Parts:
    """Return the pieces with left and right changed, in a drawing of this width."""
    return Parts(
        bands=tuple(replace(band, x=width - band.x - band.width) for band in parts.bands),
        lines=tuple(replace(line, x1=width - line.x1, x2=width - line.x2) for line in parts.lines),
        boxes=tuple(replace(box, x=width - box.x - box.width) for box in parts.boxes),
        outlines=tuple(replace(outline, path=_mirrored_path(outline.path, width)) for outline in parts.outlines),
        words=tuple(_mirrored_words(words, width) for words in parts.words),
    )


def _mirrored_words(words: Words, width: float) -> Words:
    """Return a text at its mirrored place; isolated, it runs from right to left even where it is mixed."""
    text = f"{_ISOLATE}{words.text}{_END}" if words.text else ""
    return replace(words, x=width - words.x, anchor=_FLIPPED[words.anchor], text=text)


_ISOLATE, _END = "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def _mirrored_path(path: str, width: float) -> str:
    """Return path data of absolute M, L, C and Z with every x, the first number of each pair, mirrored."""
    pieces, horizontal = [], True
    for piece in path.split():
        if piece == "Z":
            pieces.append(piece)
            continue
        letter, number = (piece[0], piece[1:]) if piece[0].isalpha() else ("", piece)
        pieces.append(f"{letter}{width - float(number):.2f}" if horizontal else piece)
        horizontal = not horizontal
    return " ".join(pieces)
