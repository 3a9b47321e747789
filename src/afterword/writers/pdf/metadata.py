"""The XMP metadata of a PDF that is PDF/A-3a and PDF/UA-1 at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element, SubElement

from afterword.writers.pdf.origin import UNSEALED

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
PDFUAID = "http://www.aiim.org/pdfua/ns/id/"
XMP_MM = "http://ns.adobe.com/xap/1.0/mm/"
EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PROPERTY = "http://www.aiim.org/pdfa/ns/property#"

_PREFIXES = {"pdfaExtension": EXTENSION, "pdfaSchema": SCHEMA, "pdfaProperty": PROPERTY}
"""ISO 19005-3, 6.6.2.3.3: these prefixes are required, not merely usual."""


def describe(metadata: Any, document_id: str, *, accessible: bool) -> None:  # noqa: ANN401 (WeasyPrint has no types)
    """Make a document's metadata say PDF/UA-1 besides its own PDF/A part if it is so, and carry the document id.

    All statements stand in the one `rdf:RDF` element of the packet: readers do not look into a second one.
    """
    own: Callable[..., bytes] = metadata.generate_rdf_metadata

    def generate(variant: str, version: int, conformance: str | None) -> bytes:
        rdf = ET.fromstring(own(variant, version, conformance))  # noqa: S314 (made by WeasyPrint a moment ago)
        _say_document_id(rdf, document_id)
        if metadata.lang:
            _say_language(rdf, metadata.lang)
        if accessible:
            _say_accessible(rdf)
        for prefix, address in _PREFIXES.items():
            ET.register_namespace(prefix, address)
        return bytes(ET.tostring(rdf, encoding="utf-8"))

    metadata.generate_rdf_metadata = generate


def include(document: Any, pdf: Any) -> None:  # noqa: ANN401 (WeasyPrint has no types)
    """Give a PDF that claims no standard its metadata too: by them we know our own documents again."""
    if "Metadata" not in pdf.catalog:
        document.metadata.include_in_pdf(pdf, "a", None, None, compress=False)


def _description(rdf: Element) -> Element:
    return SubElement(rdf, f"{{{RDF}}}Description", {f"{{{RDF}}}about": ""})


def _say_document_id(rdf: Element, document_id: str) -> None:
    media = _description(rdf)
    SubElement(media, f"{{{XMP_MM}}}DocumentID").text = f"uuid:{document_id}"
    SubElement(media, f"{{{XMP_MM}}}InstanceID").text = UNSEALED


def _say_language(rdf: Element, language: str) -> None:
    languages = SubElement(SubElement(_description(rdf), f"{{{DC}}}language"), f"{{{RDF}}}Bag")
    SubElement(languages, f"{{{RDF}}}li").text = language


def _say_accessible(rdf: Element) -> None:
    """Add the identification of ISO 14289-1, 5, and the extension schema that PDF/A asks for to allow it."""
    SubElement(_description(rdf), f"{{{PDFUAID}}}part").text = "1"
    schemas = SubElement(SubElement(_description(rdf), f"{{{EXTENSION}}}schemas"), f"{{{RDF}}}Bag")
    schema = _resource(schemas)
    for name, text in (
        ("schema", "PDF/UA identification schema"),
        ("namespaceURI", PDFUAID),
        ("prefix", "pdfuaid"),
    ):
        SubElement(schema, f"{{{SCHEMA}}}{name}").text = text
    part = _resource(SubElement(SubElement(schema, f"{{{SCHEMA}}}property"), f"{{{RDF}}}Seq"))
    for name, text in (
        ("name", "part"),
        ("valueType", "Integer"),
        ("category", "internal"),
        ("description", "Part of ISO 14289 that the file conforms to"),
    ):
        SubElement(part, f"{{{PROPERTY}}}{name}").text = text


def _resource(parent: Element) -> Element:
    return SubElement(parent, f"{{{RDF}}}li", {f"{{{RDF}}}parseType": "Resource"})
