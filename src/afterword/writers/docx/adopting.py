"""A draft on a company's base: its styles, page, header and footer, and from ours what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from io import BytesIO

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part

from afterword.diagnostics import Place
from afterword.report.nodes import Meta
from afterword.writers.base import DocxBase, WriterOptions
from afterword.writers.docx.base import open_base
from afterword.writers.docx.company_furniture import furnish_company
from afterword.writers.docx.footnotes import notes_in
from afterword.writers.docx.manuscript import COUNTS, Manuscript
from afterword.writers.docx.markup.element import Element, element, qualified
from afterword.writers.docx.markup.runs import language as language_element
from afterword.writers.docx.page import put_in_order, sheet_of
from afterword.writers.docx.theming import set_language, set_tabs, wear
from afterword.writers.docx.wardrobe import Wardrobe, wardrobe_of

_ID = qualified("w:numId")
_ABSTRACT = qualified("w:abstractNumId")
_VALUE = qualified("w:val")

_AFTER_BIDI = (
    *("adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc"),
    *("textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr"),
    "pPrChange",
)
"""What follows `w:bidi` in the properties of a paragraph (CT_PPr)."""


class Adopted:
    """A company's document with what our styles are in it."""

    def __init__(self, base: DocxBase, options: WriterOptions, meta: Meta) -> None:
        """Open the base and bring our lists, comments and languages into it."""
        self.document = docx.Document(BytesIO(base.data))
        own = open_base()
        wear(own, options, meta)
        set_tabs(own.styles.element, sheet_of(self.document).width)
        self.abstracts, numbers = _bring_lists(self.document, own)
        self.wardrobe = wardrobe_of(self.document, own, numbers)
        self.counts = {role: int(self.abstracts[str(number)]) for role, number in COUNTS.items()}
        _bring_parts(self.document, own)
        _speak(self.document, meta)

    def finish(self, manuscript: Manuscript) -> None:
        """Dress body, comments and what is added to header and footer; tell of styles that could not be used."""
        for root in (self.document.element.body, *notes_in(self.document)):
            if manuscript.rtl:
                _turn(root)
            self.wardrobe.dress(root)
        furnish_company(self.document, manuscript, self.wardrobe.dress)
        for relationship in self.document.part.rels.values():
            if relationship.reltype == RELATIONSHIP_TYPE.COMMENTS:
                self.wardrobe.dress(relationship.target_part.element)
        self.wardrobe.hang()
        _tie_lists(self.document, self.wardrobe, set(self.abstracts.values()))
        _tell(self.wardrobe, manuscript)


def _tell(wardrobe: Wardrobe, manuscript: Manuscript) -> None:
    base = manuscript.options.docx_base
    place = Place(base.name) if base else None
    for own in sorted(wardrobe.refused.keys() & wardrobe.added):
        name, kind = wardrobe.refused[own]
        wanted = wardrobe.own[own].get(qualified("w:type"))
        fault = f"is a {kind} style where a {wanted} style is needed" if kind != wanted else "has no bullets"
        message = f'the style "{name}" of the base {fault}; "{name} (Afterword)" was added'
        manuscript.notice("AW613", message, place=place)


def _bring_lists(document: Document, own: Document) -> tuple[dict[str, str], dict[str, str]]:
    """Add our lists to the document; return their new ids by ours, of what they look like and of the lists."""
    ours = own.part.numbering_part.element
    found = next((each for each in document.part.rels.values() if each.reltype == RELATIONSHIP_TYPE.NUMBERING), None)
    if found is None:
        document.part.relate_to(own.part.numbering_part, RELATIONSHIP_TYPE.NUMBERING)
        return _same(ours, "w:abstractNum", _ABSTRACT), _same(ours, "w:num", _ID)
    theirs = found.target_part.element
    for last in theirs.findall(qualified("w:numIdMacAtCleanup")):
        theirs.remove(last)
    abstracts = _renumbered(ours, theirs, "w:abstractNum", _ABSTRACT)
    numbers = _renumbered(ours, theirs, "w:num", _ID)
    place = len(theirs.findall(qualified("w:numPicBullet"))) + len(theirs.findall(qualified("w:abstractNum")))
    for each in reversed(ours.findall(qualified("w:abstractNum"))):
        copy = deepcopy(each)
        copy.set(_ABSTRACT, abstracts[each.get(_ABSTRACT)])
        theirs.insert(place, copy)
    for each in ours.findall(qualified("w:num")):
        copy = deepcopy(each)
        copy.set(_ID, numbers[each.get(_ID)])
        reference = copy.find(_ABSTRACT)
        reference.set(_VALUE, abstracts[reference.get(_VALUE)])
        theirs.append(copy)
    return abstracts, numbers


def _same(ours: Element, name: str, attribute: str) -> dict[str, str]:
    return {each.get(attribute): each.get(attribute) for each in ours.findall(qualified(name))}


def _renumbered(ours: Element, theirs: Element, name: str, attribute: str) -> dict[str, str]:
    """Return new ids for ours, above all of theirs."""
    highest = max((int(each.get(attribute)) for each in theirs.findall(qualified(name))), default=0)
    found = ours.findall(qualified(name))
    return {each.get(attribute): str(highest + place) for place, each in enumerate(found, 1)}


def _tie_lists(document: Document, wardrobe: Wardrobe, abstracts: set[str]) -> None:
    """Let the levels of our lists name the styles that we added, and no others."""
    added: Mapping[str, str] = {own: wardrobe.ids[own] for own in wardrobe.added}
    for each in document.part.numbering_part.element.findall(qualified("w:abstractNum")):
        if each.get(_ABSTRACT) in abstracts:
            for style in list(each.iter(qualified("w:pStyle"))):
                if style.get(_VALUE) in added:
                    style.set(_VALUE, added[style.get(_VALUE)])
                else:
                    style.getparent().remove(style)


def _bring_parts(document: Document, own: Document) -> None:
    """Put our part for comments and our name as that of the program into the package."""
    document.part.relate_to(_target(own.part.rels, "/comments"), RELATIONSHIP_TYPE.COMMENTS)
    package = document.part.package
    for key in [key for key, each in package.rels.items() if each.reltype == RELATIONSHIP_TYPE.EXTENDED_PROPERTIES]:
        del package.rels[key]
    package.relate_to(_target(own.part.package.rels, "/extended-properties"), RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)


def _target(relationships: Mapping[str, object], ending: str) -> Part:
    return next(each.target_part for each in relationships.values() if each.reltype.endswith(ending))  # type: ignore[attr-defined, no-any-return] # python-docx's types name no class for it


def _speak(document: Document, meta: Meta) -> None:
    """Give the document the report's language, and its direction where that is from right to left."""
    styles = document.styles.element
    defaults = _at(styles, ("w:docDefaults", "w:rPrDefault", "w:rPr"))
    if defaults.find(qualified("w:lang")) is None:
        defaults.append(language_element(meta.language))
    set_language(document, meta.language)
    if meta.direction == "rtl":
        section = document.sections[0]._sectPr  # noqa: SLF001 (python-docx has no interface for it)
        if section.find(qualified("w:bidi")) is None:
            put_in_order(section, element("w:bidi"), ("rtlGutter", "docGrid", "printerSettings", "sectPrChange"))


def _turn(root: Element) -> None:
    """Let the report's paragraphs run from right to left, all but code.

    Each says so itself: the styles of a base may say otherwise, and its header and footer stay as they are.
    """
    for paragraph in root.iter(qualified("w:p")):
        properties = paragraph.get_or_add_pPr()
        if properties.style != "Code" and properties.find(qualified("w:bidi")) is None:
            put_in_order(properties, element("w:bidi"), _AFTER_BIDI)


def _at(root: Element, path: tuple[str, ...]) -> Element:
    """Return the element at a path, made where it is missing."""
    for name in path:
        found = root.find(qualified(name))
        if found is None:
            found = element(name)
            root.insert(0, found)
        root = found
    return root
