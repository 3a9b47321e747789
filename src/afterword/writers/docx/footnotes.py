"""Notes at the foot of the page: their marks in the text, and the part of the package that holds them."""

from __future__ import annotations

from dataclasses import replace

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart

from afterword.report.direction import direction_of
from afterword.report.nodes import Footnote, Paragraph
from afterword.writers.docx.inlines import draw_inlines, facing
from afterword.writers.docx.manuscript import Manuscript
from afterword.writers.docx.markup.element import Element, element, qualified
from afterword.writers.docx.markup.paragraphs import paragraph
from afterword.writers.docx.markup.runs import Look, run, text_element
from afterword.writers.docx.page import put_in_order

_SEPARATORS = {-1: "separator", 0: "continuationSeparator"}
"""The lines above the notes and above what is left of them from the page before, which Word expects by these ids."""

_AFTER = ("endnotePr", "compat", "docVars", "rsids", "attachedSchema", "themeFontLang", "clrSchemeMapping")
"""What follows `w:footnotePr` in the settings, as far as a base has any of it (CT_Settings)."""

_TEXT, _MARK = "FootnoteText", Look(style="FootnoteReference")


def hold_notes(document: Document, manuscript: Manuscript) -> None:
    """Put the notes of the report into the package; a document without any has no part for them."""
    if not manuscript.notes:
        return
    root = element("w:footnotes", None, [_separator(number, kind) for number, kind in _SEPARATORS.items()])
    package = document.part.package
    part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    inside = replace(manuscript, links={}, placeholders=[], holder=part)
    root.extend(_note(each, inside) for each in manuscript.notes)
    named = [element("w:footnote", {"w:id": number}) for number in _SEPARATORS]
    put_in_order(document.settings.element, element("w:footnotePr", None, named), _AFTER)


def notes_in(document: Document) -> list[Element]:
    """Return the root of the part for notes, if the document has one."""
    relationships = document.part.rels.values()
    return [each.target_part.element for each in relationships if each.reltype == RELATIONSHIP_TYPE.FOOTNOTES]


def _separator(number: int, kind: str) -> Element:
    line = paragraph(_TEXT, [element("w:r", None, [element(f"w:{kind}")])])
    return element("w:footnote", {"w:type": kind, "w:id": number}, [line])


def _note(note: Footnote, manuscript: Manuscript) -> Element:
    """Return a note, which opens with its number."""
    first, *rest = (_line(each, manuscript) for each in note.paragraphs)
    opening = [run(_MARK, [element("w:footnoteRef")]), run(Look(), [text_element(" ")])]
    first.find(qualified("w:pPr")).addnext(opening[0])
    opening[0].addnext(opening[1])
    return element("w:footnote", {"w:id": note.number}, [first, *rest])


def _line(line: Paragraph, manuscript: Manuscript) -> Element:
    own = direction_of(line.children, manuscript.report.meta.direction)
    content = draw_inlines(line.children, facing(manuscript.look, own), manuscript)
    return paragraph(_TEXT, content, turn=manuscript.turn(own))
