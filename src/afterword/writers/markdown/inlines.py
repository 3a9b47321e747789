"""Inlines as Markdown: pieces first, then what each piece's neighbours make of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, assert_never
from urllib.parse import quote

from afterword.instructions import is_instruction
from afterword.placeholders import is_pattern
from afterword.report.builders import joined
from afterword.report.nodes import (
    Code,
    Emphasis,
    FieldText,
    Footnote,
    Foreign,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    Placeholder,
    Strike,
    Strong,
    Text,
)
from afterword.report.separators import held
from afterword.report.walk import Run, plain_text, within
from afterword.writers.markdown.escape import (
    destination,
    escaped,
    line_ended,
    line_started,
    places_to_escape,
    quoted,
    with_escapes,
    within_placeholder,
)

_AUTOLINK = re.compile(r"https?://[^\s<>\\]+", re.IGNORECASE)
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(slots=True)
class Piece:
    """A part of a line."""

    text: str
    """As Markdown."""

    kind: Literal["text", "whole", "note", "open", "close"]
    source: str = ""
    """The plain text of a text."""

    at: frozenset[int] = frozenset()
    """Offsets of the characters of the plain text that are escaped."""

    in_label: bool = False

    def escape(self, offset: int) -> None:
        """Escape one more character of the plain text, for the sake of what stands beside it."""
        also = self.at | {offset % len(self.source)}
        self.at = places_to_escape(self.source, also, in_label=self.in_label)
        self.text = with_escapes(self.source, self.at)


def _text_piece(text: str, *, in_label: bool) -> Piece:
    text = text.replace("\n", " ")
    at = places_to_escape(text, in_label=in_label)
    return Piece(with_escapes(text, at), "text", text, at, in_label)


@dataclass(frozen=True, slots=True)
class Place:
    """Where inlines stand, as far as it matters to how they are written."""

    slugs: Mapping[str, str] = field(default_factory=dict)
    """What leads to an anchor in Markdown, by anchor."""

    pictures: Mapping[str, str] = field(default_factory=dict)
    """The paths by which the record names pictures, by their keys."""

    in_cell: bool = False
    in_label: bool = False
    notes: list[Footnote] = field(default_factory=list)
    """Notes whose marks were written; they are written themselves at the end."""

    beside_strong: bool = False
    """Strong text is near, so that emphasis takes the other mark."""


def draw_run(run: Run, place: Place) -> str:
    """Return inlines as Markdown that can stand anywhere in a line; line breaks in it are whole lines apart."""
    plain = joined(transparent(run))
    strong = any(isinstance(inline, Strong) for inline in within(plain))
    pieces = [*_draw_all(plain, replace(place, beside_strong=strong))]
    _separate(pieces)
    return "".join(piece.text for piece in pieces)


def draw_lines(run: Run, place: Place) -> str:
    """Return inlines as the lines of a paragraph, whose starts and ends mean nothing to Markdown."""
    lines = draw_run(_without_outer_breaks(run), place).split("\\\n")
    return "\\\n".join(line_ended(line_started(line)) for line in lines)


def _without_outer_breaks(run: Run) -> Run:
    inner = list(joined(transparent(run)))
    while inner and isinstance(inner[0], LineBreak):
        inner.pop(0)
    while inner and isinstance(inner[-1], LineBreak):
        inner.pop()
    return tuple(inner)


def transparent(run: Iterable[Inline]) -> Iterator[Inline]:
    """Yield the inlines with those unwrapped that Markdown has no mark for: tagged fields and foreign text."""
    for inline in run:
        match inline:
            case FieldText() if inline.path.endswith(".name"):
                yield from (_held(each) for each in transparent(inline.children))
            case FieldText() | Foreign():
                yield from transparent(inline.children)
            case Strong() | Emphasis() | Strike():
                yield type(inline)(tuple(transparent(inline.children)))
            case Link():
                yield Link(tuple(transparent(inline.children)), inline.target, inline.title)
            case _:
                yield inline


def _draw_all(run: Iterable[Inline], place: Place) -> Iterator[Piece]:
    for inline in run:
        yield from draw_inline(inline, place)


def draw_inline(inline: Inline, place: Place) -> Iterator[Piece]:  # noqa: C901, PLR0912 (one case for each node)
    """Yield one inline as pieces."""
    match inline:
        case Text():
            yield _text_piece(inline.text, in_label=place.in_label)
        case Strong():
            yield from _enclosed("**", inline.children, place)
        case Emphasis():
            yield from _emphasised("_" if place.beside_strong else "*", inline.children, place)
        case Strike():
            yield from _enclosed("~~", inline.children, place)
        case Code():
            yield Piece(_code(inline.text), "whole")
        case Link():
            yield Piece(_link(inline, place), "whole")
        case LineBreak():
            yield Piece("<br>" if place.in_cell else "\\\n", "whole")
        case Placeholder():
            yield Piece(within_placeholder(inline.text), "whole")
        case FieldText() | Foreign():
            yield from _draw_all(inline.children, place)
        case InlineImage():
            yield Piece(image(inline.asset, inline.alt, place), "whole")
        case Footnote():
            if inline.paragraphs:
                place.notes.append(inline)
            yield Piece(note_mark(inline), "note")
        case _:
            assert_never(inline)


def _enclosed(mark: str, children: Run, place: Place) -> Iterator[Piece]:
    inner = [*_draw_all(children, place)]
    if any(piece.text for piece in inner):
        yield from (Piece(mark, "open"), *inner, Piece(mark, "close"))


def _emphasised(mark: str, children: Run, place: Place) -> Iterator[Piece]:
    """Yield text in emphasis; what only looks like an instruction is escaped, so that it does not read back as one."""
    pieces = [*_enclosed(mark, children, place)]
    if is_instruction("".join(piece.source for piece in pieces)):
        next(piece for piece in pieces if piece.source).escape(0)
    yield from pieces


def _code(text: str) -> str:
    text = text.replace("\n", " ")
    if not text:
        return ""
    runs = {len(run) for run in re.findall("`+", text)} | ({1} if is_pattern(text) else set())
    ticks = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    edged = text.strip(" ") and (text[0] in " `" or text[-1] in " `")
    return f"{ticks} {text} {ticks}" if edged else f"{ticks}{text}{ticks}"


def _link(link: Link, place: Place) -> str:
    text = plain_text(link.children)
    alone = len(link.children) == 1 and isinstance(link.children[0], Text) and not link.title
    if alone and ((text == link.target and _AUTOLINK.fullmatch(text)) or _is_mail(text, link.target)):
        return f"<{text}>"
    inner = draw_run(link.children, Place(place.slugs, place.pictures, place.in_cell, in_label=True))
    target = "#" + place.slugs.get(link.target[1:], link.target[1:]) if link.target[0] == "#" else link.target
    title = f" {quoted(link.title)}" if link.title else ""
    return f"[{inner}]({destination(target)}{title})"


def _is_mail(text: str, target: str) -> bool:
    return target == f"mailto:{text}" and _MAIL.fullmatch(text) is not None


def _held(inline: Inline) -> Inline:
    """Return a part of a name whose commas and brackets do not end it."""
    return Text(held(inline.text)) if isinstance(inline, Text) else inline


def note_mark(note: Footnote) -> str:
    """Return the mark of a note."""
    return f"[^{note.number}]"


def image(asset: str, alt: str, place: Place, title: str = "") -> str:
    """Return a picture as Markdown, by the path that the record has for it, else as a file of a folder `assets`."""
    after = f" {quoted(title)}" if title else ""
    path = place.pictures.get(asset, f"assets/{asset}")
    if not re.fullmatch(r"[\w./%+,@-]+", path):
        path = f"<{re.sub('[<>]', lambda match: quote(match[0]), path)}>"
    return f"![{escaped(alt, in_label=True)}]({path}{after})"


# --- neighbours ------------------------------------------------------------------------------------------------


def _separate(pieces: list[Piece]) -> None:
    """Escape characters at the edges of texts where a mark beside them would be read otherwise than it is meant.

    One escape can call for another, on the far side of a mark next to it, so this goes on until nothing changes.
    """
    pieces[:] = [piece for piece in pieces if piece.text]
    before: list[str] = []
    while before != (now := [piece.text for piece in pieces]):
        before = now
        for place, piece in enumerate(pieces):
            _separate_one(pieces, place, piece)


def _separate_one(pieces: list[Piece], place: int, piece: Piece) -> None:
    if piece.kind == "open":
        _free(pieces, place, inner=place + 1, outer=place - 1)
    elif piece.kind == "close":
        _free(pieces, place, inner=place - 1, outer=place + 1)
    elif piece.kind == "text" and piece.text.endswith("!") and _first(pieces, place + 1) == "[":
        piece.escape(-1)
    elif piece.kind == "note" and _first(pieces, place + 1) in {"(", ":"}:
        _encode(pieces, place + 1, last=False)  # it would make a link of the mark, or a note of the line
    elif piece.kind == "text" and any(each.kind == "whole" for each in pieces[place + 1 :]):
        _let_no_bracket_reach_out(piece)


def _let_no_bracket_reach_out(piece: Piece) -> None:
    """Escape `<` that the text does not close: with a `>` behind a placeholder, all between would be one."""
    after_all = piece.source.rfind(">")
    for match in re.finditer("<", piece.source):
        if match.start() > after_all and match.start() not in piece.at:
            piece.escape(match.start())


def _free(pieces: list[Piece], place: int, *, inner: int, outer: int) -> None:
    """Make a mark open or close what it should (CommonMark 0.31, 6.2), by writing letters beside it as numbers."""
    before = inner < place
    if _edge(pieces, inner, last=before).isspace():
        _encode(pieces, inner, last=before)
    beside, around = _edge(pieces, inner, last=before), _edge(pieces, outer, last=not before)
    is_outer_word = bool(around) and not around.isspace() and not _is_mark(around)
    if is_outer_word and (_is_mark(beside) or pieces[place].text == "_"):
        _encode(pieces, outer, last=not before)


def _edge(pieces: Sequence[Piece], place: int, *, last: bool) -> str:
    if not 0 <= place < len(pieces):
        return ""
    return pieces[place].text[-1 if last else 0]


def _first(pieces: Sequence[Piece], place: int) -> str:
    return _edge(pieces, place, last=False)


def _encode(pieces: list[Piece], place: int, *, last: bool) -> None:
    if pieces[place].kind == "text":
        pieces[place].escape(-1 if last else 0)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"
