"""The record that the report was made from, as a custom XML part of the document (ECMA-376-1, 15.2.5)."""

from __future__ import annotations

from base64 import b64encode
from uuid import NAMESPACE_URL, uuid5

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from afterword.characters import clean
from afterword.report.nodes import EmbeddedFile
from afterword.writers.docx.markup.element import NAMESPACES

NAMESPACE = "urn:afterword:record:1"
_STORE = "{" + str(uuid5(NAMESPACE_URL, NAMESPACE)).upper() + "}"
"""The name under which content controls could be bound to the part; always the same."""

_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def embed(document: Document, record: EmbeddedFile, document_id: str) -> None:
    """Put the record into the document, so that it can be read out again byte for byte."""
    package = document.part.package
    item = Part(PackURI("/customXml/item1.xml"), "application/xml", wrapped(record, document_id), package)
    properties = Part(PackURI("/customXml/itemProps1.xml"), _PROPERTIES, _item_properties(), package)
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def wrapped(record: EmbeddedFile, document_id: str) -> bytes:
    """Return the record inside one XML element: as text where XML keeps every character of it, else in base 64."""
    text = _as_text(record.data)
    root = etree.Element(f"{{{NAMESPACE}}}record", nsmap={None: NAMESPACE})
    root.attrib.update(
        {
            "name": clean(record.name)[0],
            "mediaType": clean(record.media_type)[0],
            "document": clean(document_id)[0],
            "encoding": "base64" if text is None else "text",
        }
    )
    root.text = b64encode(record.data).decode("ascii") if text is None else text
    return _serialised(root)


def _as_text(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if clean(text)[0] == text else None


def _item_properties() -> bytes:
    space = NAMESPACES["ds"]
    root = etree.Element(f"{{{space}}}datastoreItem", {f"{{{space}}}itemID": _STORE}, nsmap={"ds": space})
    schemas = etree.SubElement(root, f"{{{space}}}schemaRefs")
    etree.SubElement(schemas, f"{{{space}}}schemaRef", {f"{{{space}}}uri": NAMESPACE})
    return _serialised(root)


def _serialised(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
