"""Inlines as HTML: one function per node, in the order of nodes.py."""

from __future__ import annotations

from typing import assert_never

from markupsafe import Markup, escape

from afterword.report.nodes import (
    Code,
    Emphasis,
    FieldText,
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


def draw_inlines(inlines: tuple[Inline, ...], medium: Medium) -> Markup:
    """Return the markup of inlines that follow one another."""
    return join([draw_inline(inline, medium) for inline in inlines])


def draw_inline(inline: Inline, medium: Medium) -> Markup:  # noqa: C901, PLR0911 (one case per node)
    """Return the markup of one inline."""
    match inline:
        case Text():
            return escape(inline.text)
        case Strong():
            return _around("strong", inline.children, medium)
        case Emphasis():
            return _around("emphasis", inline.children, medium)
        case Strike():
            return _around("strike", inline.children, medium)
        case Code():
            return macro(NODES, "code")(inline.text)
        case Link():
            return _link(inline, medium)
        case LineBreak():
            return macro(NODES, "line_break")()
        case Placeholder():
            return macro(NODES, "placeholder")(inline.text, medium.words.placeholder)
        case FieldText():
            return draw_inlines(inline.children, medium)
        case Foreign():
            return macro(NODES, "foreign")(draw_inlines(inline.children, medium), inline.language)
        case InlineImage():
            return _inline_image(inline, medium)
        case _:
            assert_never(inline)


def _around(name: str, children: tuple[Inline, ...], medium: Medium) -> Markup:
    return macro(NODES, name)(draw_inlines(children, medium))


def _link(link: Link, medium: Medium) -> Markup:
    return macro(NODES, "link")(draw_inlines(link.children, medium), link.target, link.title)


def _inline_image(image: InlineImage, medium: Medium) -> Markup:
    return macro(NODES, "inline_image")(medium.url_of(image.asset), image.alt.strip() or medium.words.figure)
