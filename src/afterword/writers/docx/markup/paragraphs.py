"""Paragraphs with their style, bookmarks and links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from afterword.writers.docx.markup.element import Element, element, qualified, valued


@dataclass(frozen=True, slots=True)
class Turn:
    """Which way a paragraph runs, where that is not its style's."""

    rtl: bool | None = None
    """Whether it runs from right to left; None where its style says so."""

    edge: str = ""
    """From where it is set: `left` is its leading edge for Word, `right` its trailing one, whichever way it runs
    (ECMA-376-1, 17.18.44, in the transitional schema); empty where its style says so."""


def paragraph(
    style: str,
    content: Iterable[Element] = (),
    *,
    numbering: tuple[int, int] | None = None,
    indent: int | tuple[int, int] | None = None,
    turn: Turn | None = None,
) -> Element:
    """Return a `w:p` in the style with this id; the empty id is the default style.

    `numbering` is the level, from 0, and the id of a list that counts on its own. `indent`, in twips from the leading
    edge, is for a style that stands inside a list, where no style can know how deep; of a pair, the second is from the
    trailing edge. `turn` is for a paragraph that runs another way than its style.
    """
    properties = [valued("w:pStyle", style)] if style else []
    if numbering:
        level, number = numbering
        properties.append(element("w:numPr", None, [valued("w:ilvl", level), valued("w:numId", number)]))
    if turn and turn.rtl is not None:
        properties.append(element("w:bidi", None if turn.rtl else {"w:val": 0}))
    if indent is not None:
        start, end = indent if isinstance(indent, tuple) else (indent, None)
        properties.append(element("w:ind", {"w:left": start} if end is None else {"w:left": start, "w:right": end}))
    if turn and turn.edge:
        properties.append(valued("w:jc", turn.edge))
    opening = [element("w:pPr", None, properties)] if properties else []
    return element("w:p", None, [*opening, *content])


def keep_with_next(held: Element) -> None:
    """Keep a paragraph on the page of the one that follows (ECMA-376-1, 17.3.1.15)."""
    _set(held, "w:keepNext")


def keep_lines(held: Element) -> None:
    """Keep the lines of a paragraph on one page (ECMA-376-1, 17.3.1.14)."""
    _set(held, "w:keepLines")


def break_before(held: Element) -> None:
    """Let a paragraph open a page (ECMA-376-1, 17.3.1.23)."""
    _set(held, "w:pageBreakBefore")


def _set(held: Element, name: str) -> None:
    """Switch a property on that stands right behind the style (CT_PPrBase); no paragraph here has two of them."""
    properties = held.find(qualified("w:pPr"))
    if properties is None:
        properties = element("w:pPr")
        held.insert(0, properties)
    if properties.find(qualified(name)) is None:
        has_style = properties.find(qualified("w:pStyle")) is not None
        properties.insert(1 if has_style else 0, element(name))


def bookmarked(number: int, name: str, content: Iterable[Element]) -> list[Element]:
    """Return the content between the ends of a bookmark; `number` is unique, `name` at most 40 characters."""
    start = element("w:bookmarkStart", {"w:id": number, "w:name": name})
    return [start, *content, element("w:bookmarkEnd", {"w:id": number})]


def inner_link(anchor: str, content: Iterable[Element], title: str = "") -> Element:
    """Return a link to a bookmark of this document."""
    tip = {"w:tooltip": title} if title else {}
    return element("w:hyperlink", {"w:anchor": anchor, **tip, "w:history": 1}, content)


def outer_link(relationship: str, content: Iterable[Element], title: str = "") -> Element:
    """Return a link to the target of a relationship, named by its id."""
    tip = {"w:tooltip": title} if title else {}
    return element("w:hyperlink", {"r:id": relationship, **tip, "w:history": 1}, content)
