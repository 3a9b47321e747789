"""Word's own theme (ECMA-376-1, 20.1.6.9), which the styles refer to: with it a company's colours change at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docx.document import Document
from docx.opc.part import Part
from docx.oxml.parser import parse_xml
from lxml import etree

from afterword.writers.docx.markup.element import Element, qualified

_NAMES = {
    "dk1": "text1",
    "lt1": "background1",
    "dk2": "text2",
    "lt2": "background2",
    "hlink": "accent1",
    "folHlink": "text2",
}
"""Slots whose name in the theme differs from the one that styles use."""


def change_part(document: Document, suffix: str, change: Callable[[Element], None]) -> None:
    """Change the XML of the part to which the main part has a relationship of a type that ends so."""
    part: Part = next(each.target_part for each in document.part.rels.values() if each.reltype.endswith(suffix))
    root = parse_xml(part.blob)
    change(root)
    part._blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)  # noqa: SLF001 (a part without a proxy)


def recolour_theme(document: Document, colours: Mapping[str, str], name: str) -> None:
    """Write the colours into the theme part, under the name of our theme."""

    def change(root: Element) -> None:
        root.set("name", name)
        for place in root.find(f".//{qualified('a:clrScheme')}"):
            local = etree.QName(place).localname
            place[0].set("val", colours[_NAMES.get(local, local)])

    change_part(document, "/theme", change)
