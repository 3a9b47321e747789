"""Fields with their result, as Word keeps them (ECMA-376-1, 17.16.2). None is marked dirty, so Word asks nothing."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.writers.docx.markup.element import Element, element
from afterword.writers.docx.markup.runs import Look, run, text_element


def field(instruction: str, result: str, look: Look | None = None) -> list[Element]:
    """Return the runs of a field with a text as its result."""
    worn = look or Look()
    return [*opened(instruction, worn), run(worn, [text_element(result)]), closed(worn)]


def opened(instruction: str, look: Look | None = None) -> list[Element]:
    """Return the runs that open a field, up to where its result begins."""
    code = element("w:instrText", {"xml:space": "preserve"})
    code.text = f" {instruction} "
    contents: Iterable[Element] = (_character("begin"), code, _character("separate"))
    return [run(look or Look(), [content]) for content in contents]


def closed(look: Look | None = None) -> Element:
    """Return the run that ends a field."""
    return run(look or Look(), [_character("end")])


def _character(kind: str) -> Element:
    return element("w:fldChar", {"w:fldCharType": kind})
