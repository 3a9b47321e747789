"""The custom XML parts of the document (ECMA-376-1, 15.2.5): the record it was made from, and its seal."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from afterword.characters import clean
from afterword.report.identity import MAKING_NAMESPACE, RECORD_NAMESPACE
from afterword.report.nodes import EmbeddedFile
from afterword.writers.docx.markup.element import NAMESPACES
from afterword.writers.docx.origin import SEAL, SEAL_NAMESPACE

MAKING = "customXml/item3.xml"
_PROPERTIES = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


def embed(document: Document, record: EmbeddedFile, document_id: str) -> None:
    """Put the record into the document, so that it can be read out again byte for byte."""
    _attach(document, "customXml/item1.xml", wrapped(record, document_id), RECORD_NAMESPACE)


def embed_making(document: Document, wording: Mapping[str, str], *, is_numbered: bool) -> None:
    """Put into the document what its theme says in other words, and that sections are numbered; nothing of neither."""
    if wording or is_numbered:
        root = etree.Element(f"{{{MAKING_NAMESPACE}}}making", nsmap={None: MAKING_NAMESPACE})
        root.set("numbered", str(int(is_numbered)))
        for english, said in wording.items():
            word = etree.SubElement(root, f"{{{MAKING_NAMESPACE}}}word", {"english": clean(english)[0]})
            word.text = clean(said)[0]
        _attach(document, MAKING, _serialised(root), MAKING_NAMESPACE)


def make_room_for_seal(document: Document) -> None:
    """Put an empty seal into the document; `packed` fills it when all other parts are written."""
    _attach(document, SEAL, b"", SEAL_NAMESPACE)


def _attach(document: Document, name: str, content: bytes, namespace: str) -> None:
    package = document.part.package
    item = Part(PackURI(f"/{name}"), "application/xml", content, package)
    about = PackURI(f"/{name.replace('item', 'itemProps')}")
    document.part.relate_to(item, RELATIONSHIP_TYPE.CUSTOM_XML)
    properties = Part(about, _PROPERTIES, _item_properties(namespace), package)
    item.relate_to(properties, RELATIONSHIP_TYPE.CUSTOM_XML_PROPS)


def wrapped(record: EmbeddedFile, document_id: str) -> bytes:
    """Return the record inside one XML element: as text where XML keeps every character of it, else in base 64."""
    text = _as_text(record.data)
    root = etree.Element(f"{{{RECORD_NAMESPACE}}}record", nsmap={None: RECORD_NAMESPACE})
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


def _item_properties(namespace: str) -> bytes:
    """Return the properties of a part, with a name to bind content controls to it that is always the same."""
    store = "{" + str(uuid5(NAMESPACE_URL, namespace)).upper() + "}"
    space = NAMESPACES["ds"]
    root = etree.Element(f"{{{space}}}datastoreItem", {f"{{{space}}}itemID": store}, nsmap={"ds": space})
    schemas = etree.SubElement(root, f"{{{space}}}schemaRefs")
    etree.SubElement(schemas, f"{{{space}}}schemaRef", {f"{{{space}}}uri": namespace})
    return _serialised(root)


def _serialised(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True))
