"""Styles of a draft on a company's base: the company's where it has them, and ours for what it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from docx.document import Document

from afterword.writers.docx.markup.element import Element, qualified

_WEARERS = tuple(qualified(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle"))
_REFERENCES = tuple(qualified(f"w:{name}") for name in ("basedOn", "link", "next"))
_THEME_COLOURS = tuple(
    qualified(f"w:theme{name}") for name in ("Color", "Tint", "Shade", "Fill", "FillTint", "FillShade")
)
_VALUE, _ID, _TYPE = qualified("w:val"), qualified("w:styleId"), qualified("w:type")

_BULLETS = ("ListBullet", "ListTask")
"""Styles of ours whose paragraphs have their bullet from the style alone."""


@dataclass(slots=True)
class Wardrobe:
    """Which style of the document each of ours is, and those that are still to be added."""

    document: Document
    own: Mapping[str, Element]
    """Our styles by id, in the theme's looks."""

    numbers: Mapping[str, str]
    """Ids of our lists in the document, by the ids in our base."""

    ids: dict[str, str] = field(default_factory=dict)
    """Ids in the document by ours."""

    refused: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Name and type of the base's style that cannot stand in for ours, by our id."""

    used: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)

    def dress(self, root: Element) -> None:
        """Give everything in an element the styles of this document in place of ours."""
        for node in root.iter(*_WEARERS):
            own = node.get(_VALUE)
            self.used.add(own)
            node.set(_VALUE, self.ids[own])

    def hang(self) -> None:
        """Add the styles that are worn and missing, with those that they build on."""
        styles = self.document.styles.element
        present = {style.get(_ID) for style in styles.iterchildren(qualified("w:style"))}
        waiting = sorted(self.used)
        while waiting:
            own = waiting.pop()
            if own in self.added or self.ids[own] in present:
                continue
            self.added.add(own)
            style = self._fitted(own)
            styles.append(style)
            waiting += [each.get(_VALUE) for each in self.own[own].iterchildren(*_REFERENCES)]

    def _fitted(self, own: str) -> Element:
        """Return our style as it fits into the document: its references led there, its colours its own."""
        style = deepcopy(self.own[own])
        style.set(_ID, self.ids[own])
        style.attrib.pop(qualified("w:default"), None)
        if own in self.refused:
            style.find(qualified("w:name")).set(_VALUE, f"{_name(style)} (Afterword)")
            style.set(qualified("w:customStyle"), "1")
        for reference in style.iterchildren(*_REFERENCES):
            reference.set(_VALUE, self.ids[reference.get(_VALUE)])
        for number in style.iter(qualified("w:numId")):
            number.set(_VALUE, self.numbers[number.get(_VALUE)])
        for node in style.iter():
            for name in _THEME_COLOURS:
                node.attrib.pop(name, None)
        return style


def wardrobe_of(document: Document, own: Document, numbers: Mapping[str, str]) -> Wardrobe:
    """Return which of our styles the document has under the same name and type, and under which ids the others go.

    Ids differ between Words in different languages, names do not (ECMA-376-1, 17.7.4.9).
    """
    wardrobe = Wardrobe(document, {style.get(_ID): style for style in _styles(own)}, numbers)
    theirs = {_name(style).lower(): style for style in _styles(document)}
    taken = {style.get(_ID) for style in _styles(document)}
    defaults = {style.get(_TYPE): style for style in _styles(document) if _is_default(style)}
    for key, style in wardrobe.own.items():
        met = defaults.get(style.get(_TYPE)) if _is_default(style) else theirs.get(_name(style).lower())
        if met is not None and _can_stand_in(met, style, document):
            wardrobe.ids[key] = met.get(_ID)
            continue
        if met is not None:
            wardrobe.refused[key] = (_name(met), met.get(_TYPE, "paragraph"))
        wardrobe.ids[key] = _free(key, taken)
        taken.add(wardrobe.ids[key])
    return wardrobe


def _styles(document: Document) -> Iterator[Element]:
    return document.styles.element.iterchildren(qualified("w:style"))  # type: ignore[no-any-return] # lxml has no types


def _is_default(style: Element) -> bool:
    return style.get(qualified("w:default")) in {"1", "true", "on"}


def _name(style: Element) -> str:
    found = style.find(qualified("w:name"))
    return str(style.get(_ID, "") if found is None else found.get(_VALUE, ""))


def _can_stand_in(theirs: Element, own: Element, document: Document) -> bool:
    """Return whether a style has our style's type, and a bullet where ours has one."""
    if theirs.get(_TYPE, "paragraph") != own.get(_TYPE):
        return False
    return not own.get(_ID, "").startswith(_BULLETS) or _has_number(theirs, document)


def _has_number(style: Element, document: Document) -> bool:
    """Return whether a style, or one that it builds on, counts or has bullets."""
    known = {each.get(_ID): each for each in _styles(document)}
    seen: set[str] = set()
    current: Element | None = style
    while current is not None and current.get(_ID) not in seen:
        number = current.find(f"{qualified('w:pPr')}/{qualified('w:numPr')}/{qualified('w:numId')}")
        if number is not None:
            return bool(number.get(_VALUE) != "0")
        seen.add(current.get(_ID))
        below = current.find(qualified("w:basedOn"))
        current = None if below is None else known.get(below.get(_VALUE))
    return False


def _free(wish: str, taken: set[str]) -> str:
    """Return an id that no style of the base has."""
    names = (wish, f"{wish}Afterword", *(f"{wish}Afterword{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
