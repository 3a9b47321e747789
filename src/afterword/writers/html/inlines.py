"""Inlines as HTML: one function per node, in the order of nodes.py."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import assert_never

from markupsafe import Markup, escape

from afterword.report.direction import (
    Direction,
    direction_beside,
    direction_of,
    direction_of_code,
    first_strong,
    stretches,
)
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
from afterword.templating import join, macro
from afterword.writers.html.medium import NODES, Medium

_LONGEST_RUN = 1000
"""Characters."""

_SHORT_CODE = 12
"""Characters up to which code in a table in a cell stays on one line."""

_PARTS = re.compile(r"(?<=\w[@._])(?=\w)(?<=\S{8})(?=\S{8})")
"""Places in long words, with eight characters on each side."""

_RUN = re.compile(rf"\S{{{_LONGEST_RUN + 1},}}")


def draw_inlines(inlines: tuple[Inline, ...], medium: Medium) -> Markup:
    """Return the markup of inlines that follow one another; what runs against them stays together."""
    drawn = []
    for held, way in stretches(inlines, medium.direction, _breaks_apart):
        inside = medium.towards(way)
        each = join([draw_inline(inline, inside) for inline in held])
        drawn.append(macro(NODES, "isolated")(each, way) if medium.turn(way) else each)
    return join(drawn)


def _breaks_apart(text: str) -> bool:
    return len(text) > _LONGEST_RUN or _PARTS.search(text) is not None


def draw_isolated(inlines: tuple[Inline, ...], medium: Medium, own: Direction | None = None) -> Markup:
    """Return the markup of inlines that begin where something of ours says, kept apart from it if they go elsewhere.

    `own` is their direction where it is known.
    """
    own = own or direction_beside(inlines, medium.direction)
    drawn = draw_inlines(inlines, medium.towards(own))
    return macro(NODES, "isolated")(drawn, own) if medium.turn(own) else drawn


def draw_inline(inline: Inline, medium: Medium) -> Markup:  # noqa: C901, PLR0911, PLR0912 (one case per node)
    """Return the markup of one inline."""
    match inline:
        case Text():
            return _draw_words(inline.text)
        case Strong():
            return _around("strong", inline.children, medium)
        case Emphasis():
            return _around("emphasis", inline.children, medium)
        case Strike():
            return _around("strike", inline.children, medium)
        case Code():
            of_code = direction_of_code(inline.text, medium.direction) or ""
            return macro(NODES, "code")(_draw_words(inline.text), len(inline.text) <= _SHORT_CODE, of_code)
        case Link():
            return _around("link", inline.children, medium, inline.target, inline.title)
        case LineBreak():
            return macro(NODES, "line_break")()
        case Placeholder():
            way = medium.turn(first_strong(inline.text) or medium.direction)
            return macro(NODES, "placeholder")(draw_text(inline.text), medium.words.placeholder, way)
        case FieldText():
            return draw_inlines(inline.children, medium)
        case Foreign():
            return _around("foreign", inline.children, medium, inline.language)
        case InlineImage():
            return _inline_image(inline, medium)
        case Footnote():
            return _footnote(inline, medium)
        case _:
            assert_never(inline)


def _draw_words(text: str) -> Markup:
    """Return text as markup, with places to break in addresses and names of many parts, behind `@`, `.` and `_`.

    Where a bracket stands before such a word, WeasyPrint 70 breaks it nowhere else, and it would leave its column.
    """
    return macro(NODES, "break_place")().join(map(draw_text, _PARTS.split(text)))


def draw_text(text: str) -> Markup:
    """Return text as markup, with a place to break after every thousand characters of a run without spaces.

    Without them WeasyPrint 70 sets such a run again from its start for every line, which takes hours for a
    megabyte, or loses it where its width is more than Pango can count.
    """
    if len(text) <= _LONGEST_RUN:
        return escape(text)
    pieces = [text[start:end] for start, end in pairwise(_breaks(text))]
    return macro(NODES, "break_place")().join(escape(piece) for piece in pieces)


def _breaks(text: str) -> list[int]:
    """Return where the text is broken, its start and end included."""
    inside = (
        place for run in _RUN.finditer(text) for place in range(run.start() + _LONGEST_RUN, run.end(), _LONGEST_RUN)
    )
    return [0, *inside, len(text)]


def _around(name: str, children: tuple[Inline, ...], medium: Medium, *values: str) -> Markup:
    """Return an element around inlines, which says their direction where it is not that of the sentence."""
    own = direction_of(children, medium.direction)
    return macro(NODES, name)(draw_inlines(children, medium.towards(own)), *values, medium.turn(own))


def _inline_image(image: InlineImage, medium: Medium) -> Markup:
    return macro(NODES, "inline_image")(medium.url_of(image.asset), image.alt.strip() or medium.words.figure)


def _footnote(note: Footnote, medium: Medium) -> Markup:
    """Return the mark of a note, with the note behind it on paper; on the screen the note goes to the end."""
    told = medium.words.note.replace("{number}", str(note.number))
    mark = macro(NODES, "footnote_mark")(note.number, told, bool(note.paragraphs))
    if not note.paragraphs:
        return mark
    own = direction_of(note.paragraphs[0].children, medium.direction)
    lines = [draw_isolated(line.children, medium.towards(own)) for line in note.paragraphs]
    if medium.notes is None:
        return mark + macro(NODES, "footnote")(note.number, lines, medium.words.back, medium.turn(own))
    way = "" if own == (medium.of_page or medium.direction) else own
    medium.notes.append(macro(NODES, "endnote")(note.number, lines, medium.words.back, way))
    return mark
