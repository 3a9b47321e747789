"""Inlines as HTML: one function per node, in the order of nodes.py."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import assert_never

from markupsafe import Markup, escape

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
    """Return the markup of inlines that follow one another."""
    return join([draw_inline(inline, medium) for inline in inlines])


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
            return macro(NODES, "code")(_draw_words(inline.text), len(inline.text) <= _SHORT_CODE)
        case Link():
            return _link(inline, medium)
        case LineBreak():
            return macro(NODES, "line_break")()
        case Placeholder():
            return macro(NODES, "placeholder")(draw_text(inline.text), medium.words.placeholder)
        case FieldText():
            return draw_inlines(inline.children, medium)
        case Foreign():
            return macro(NODES, "foreign")(draw_inlines(inline.children, medium), inline.language)
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


def _around(name: str, children: tuple[Inline, ...], medium: Medium) -> Markup:
    return macro(NODES, name)(draw_inlines(children, medium))


def _link(link: Link, medium: Medium) -> Markup:
    return macro(NODES, "link")(draw_inlines(link.children, medium), link.target, link.title)


def _inline_image(image: InlineImage, medium: Medium) -> Markup:
    return macro(NODES, "inline_image")(medium.url_of(image.asset), image.alt.strip() or medium.words.figure)


def _footnote(note: Footnote, medium: Medium) -> Markup:
    """Return the mark of a note, with the note behind it on paper; on the screen the note goes to the end."""
    told = medium.words.note.replace("{number}", str(note.number))
    mark = macro(NODES, "footnote_mark")(note.number, told, bool(note.paragraphs))
    if not note.paragraphs:
        return mark
    lines = [draw_inlines(line.children, medium) for line in note.paragraphs]
    if medium.notes is None:
        return mark + macro(NODES, "footnote")(note.number, lines, medium.words.back)
    medium.notes.append(macro(NODES, "endnote")(note.number, lines, medium.words.back))
    return mark
