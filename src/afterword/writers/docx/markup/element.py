"""How elements are made: by prefixed name, with the classes that python-docx puts behind them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement
"""One XML element of the document."""

NAMESPACES: Mapping[str, str] = {
    **nsmap,
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
"""Namespaces by prefix."""

Attributes = Mapping[str, str | int]


def element(name: str, attributes: Attributes | None = None, children: Iterable[Element] = ()) -> Element:
    """Return a new element such as `w:p`, with prefixed attributes and these children."""
    prefix = name.partition(":")[0]
    named = {qualified(key): str(value) for key, value in (attributes or {}).items()}
    made: Element = oxml_parser.makeelement(qualified(name), named, {prefix: NAMESPACES[prefix]})
    made.extend(children)
    return made


def valued(name: str, value: str | int) -> Element:
    """Return an element whose one attribute is `w:val`, the commonest shape of a property."""
    return element(name, {"w:val": value})


def qualified(name: str) -> str:
    """Return a prefixed name in the form that lxml takes, `{namespace}local`; a name without prefix as it is."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name
