"""Inlines as runs, links and content controls."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from afterword.diagnostics import shorten
from afterword.report.direction import Direction, direction_beside, first_strong
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
from afterword.report.walk import within
from afterword.writers.docx.manuscript import Manuscript
from afterword.writers.docx.markup.controls import control
from afterword.writers.docx.markup.element import Element, element
from afterword.writers.docx.markup.paragraphs import bookmarked, inner_link, outer_link
from afterword.writers.docx.markup.runs import Look, line_break, run, text_element, text_runs
from afterword.writers.docx.pictures import draw_inline_image
from afterword.writers.docx.targets import relationship_target


def draw_inlines(inlines: Iterable[Inline], look: Look, manuscript: Manuscript) -> list[Element]:
    """Return the elements of inlines that stand together in a paragraph."""
    return [made for inline in inlines for made in draw_inline(inline, look, manuscript)]


def draw_isolated(inlines: Sequence[Inline], look: Look, manuscript: Manuscript) -> list[Element]:
    """Return the elements of inlines that begin where something of ours says, in a direction of their own."""
    return draw_inlines(inlines, facing(look, direction_beside(inlines, way(look))), manuscript)


def way(look: Look) -> Direction:
    """Return which way the text runs that has this look."""
    return "rtl" if look.rtl else "ltr"


def facing(look: Look, direction: Direction) -> Look:
    """Return the look of text that runs this way."""
    return replace(look, rtl=direction == "rtl")


def draw_inline(inline: Inline, look: Look, manuscript: Manuscript) -> list[Element]:  # noqa: C901, PLR0911, PLR0912 (one case per node)
    """Return the elements of one inline."""
    match inline:
        case Text(text):
            return text_runs(manuscript.line(text), look) if text else []
        case Strong(children):
            return draw_inlines(children, replace(look, strong=True), manuscript)
        case Emphasis(children):
            return draw_inlines(children, replace(look, emphasis=True), manuscript)
        case Strike(children):
            return draw_inlines(children, replace(look, strike=True), manuscript)
        case Code(text):
            return text_runs(manuscript.line(text), replace(look, code=True)) if text else []
        case Link():
            return _link(inline, look, manuscript)
        case LineBreak():
            return [line_break()]
        case Placeholder(text):
            return _placeholder(text, look, manuscript)
        case FieldText(path, children):
            return _field(path, draw_inlines(children, look, manuscript), manuscript)
        case Foreign(language, children):
            return draw_inlines(children, replace(look, language=manuscript.line(language)), manuscript)
        case InlineImage():
            return [draw_inline_image(inline, manuscript)]
        case Footnote():
            return _mark(inline, manuscript)
        case _:
            assert_never(inline)


def _link(link: Link, look: Look, manuscript: Manuscript) -> list[Element]:
    inner = draw_inlines(link.children, replace(look, link=True), manuscript)
    title = manuscript.line(link.title)[:260]
    if not inner:
        return []
    if link.target.startswith("#"):
        return [inner_link(manuscript.line(link.target[1:]), inner, title)]
    target = relationship_target(manuscript.line(link.target))
    if target is not None:
        return [outer_link(manuscript.link(target), inner, title)]
    manuscript.notice(
        "AW502", "Word cannot carry the target of a link; it is shown as text", value=shorten(link.target)
    )
    return draw_inlines((*link.children, Text(f" ({link.target})")), look, manuscript)


def _placeholder(text: str, look: Look, manuscript: Manuscript) -> list[Element]:
    turned = facing(look, first_strong(text) or way(look))
    runs = text_runs(manuscript.line(text), replace(turned, style="Placeholder")) if text else []
    if runs:
        manuscript.placeholders.append((runs[0], runs[-1]))
    return runs


def _field(path: str, content: list[Element], manuscript: Manuscript) -> list[Element]:
    return [control(next(manuscript.numbers), manuscript.line(path), content)] if content else []


def _mark(note: Footnote, manuscript: Manuscript) -> list[Element]:
    """Return the mark of a note, which Word numbers itself; a further mark of it is a link to the first.

    It is no NOTEREF field, because LibreOffice 7.4 shows the code of one that stands in a content control.
    What is still to do in a note is commented at its mark: comments belong to the text, not to notes.
    """
    look = Look(style="FootnoteReference")
    bookmark = f"_Note{note.number}"
    if not note.paragraphs:
        return [inner_link(bookmark, [run(look, [text_element(str(note.number))])])]
    mark = run(look, [element("w:footnoteReference", {"w:id": note.number})])
    manuscript.notes.append(note)
    to_do = (each for line in note.paragraphs for each in within(line.children) if isinstance(each, Placeholder))
    manuscript.placeholders.extend((mark, mark) for _ in to_do)
    return bookmarked(next(manuscript.numbers), bookmark, [mark])
