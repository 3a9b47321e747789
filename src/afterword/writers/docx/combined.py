"""Character styles for marks that come together, since a run wears one style only (ECMA-376-1, 17.3.2.29)."""

from __future__ import annotations

from docx.document import Document

from afterword.writers.docx.footnotes import notes_in
from afterword.writers.docx.markup.element import Attributes, Element, element, qualified, valued

_MARKS = {"w:b": "Strong", "w:i": "Emphasis", "w:strike": "Strike"}
"""Words for the marks that a run can carry beside its style."""

_TWINS = {"w:b": ("w:b", "w:bCs"), "w:i": ("w:i", "w:iCs"), "w:strike": ("w:strike",)}
"""Elements that make a mark, those for right-to-left scripts among them."""

_VALUE, _ID, _TYPE = qualified("w:val"), qualified("w:styleId"), qualified("w:type")


def combine_marks(document: Document) -> None:
    """Give each run that carries marks beside its style one style that has them all, added where it is missing."""
    styles = document.styles.element
    by_id = {style.get(_ID): style for style in styles.iterchildren(qualified("w:style"))}
    roots = (document.element.body, *notes_in(document))
    for properties in [each for root in roots for each in root.iter(qualified("w:rPr"))]:
        marks = [mark for mark in _MARKS if properties.find(qualified(mark)) is not None]
        worn = properties.find(qualified("w:rStyle"))
        if marks and worn is not None:
            worn.set(_VALUE, _combined(by_id, styles, worn.get(_VALUE), marks))
            _take_off(properties, marks)


def _combined(by_id: dict[str, Element], styles: Element, base: str, marks: list[str]) -> str:
    """Return the id of the style with these marks upon another style."""
    words = [_MARKS[mark] for mark in marks]
    wish = base + "".join(words)
    while wish in by_id and not _is_made_of(by_id[wish], base, marks):
        wish += "Afterword"
    if wish not in by_id:
        named = by_id[base].find(qualified("w:name")).get(_VALUE)
        name = " ".join([named, *words, *(["(Afterword)"] if wish.endswith("Afterword") else [])])
        by_id[wish] = _style(wish, name, base, marks)
        styles.append(by_id[wish])
    return wish


def _style(key: str, name: str, base: str, marks: list[str]) -> Element:
    toggles = [element(twin) for mark in marks for twin in _TWINS[mark]]
    named = [valued("w:name", name), valued("w:basedOn", base), valued("w:uiPriority", 24)]
    about: Attributes = {"w:type": "character", "w:customStyle": 1, "w:styleId": key}
    return element("w:style", about, [*named, element("w:qFormat"), element("w:rPr", None, toggles)])


def _is_made_of(style: Element, base: str, marks: list[str]) -> bool:
    """Return whether a style is what these marks upon another style are, as in a draft of ours that became a base."""
    below, properties = style.find(qualified("w:basedOn")), style.find(qualified("w:rPr"))
    if style.get(_TYPE) != "character" or below is None or properties is None or below.get(_VALUE) != base:
        return False
    return all(properties.find(qualified(mark)) is not None for mark in marks)


def _take_off(properties: Element, marks: list[str]) -> None:
    for mark in marks:
        for twin in _TWINS[mark]:
            found = properties.find(qualified(twin))
            if found is not None:
                properties.remove(found)
