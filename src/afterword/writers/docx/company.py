"""A company's own Word document as the base of a draft: read, checked and made ready to hold a report."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import docx
from docx.document import Document
from lxml import etree

from afterword.diagnostics import Finding, Place, Severity
from afterword.errors import ThemeError
from afterword.unpacking import BROKEN, UNKNOWN, content_of
from afterword.writers.base import DocxBase
from afterword.writers.docx.active import fields_refused, lay_down
from afterword.writers.docx.base import open_base
from afterword.writers.docx.markup.element import Element, qualified
from afterword.writers.docx.packing import packed

_LARGEST, _LARGEST_UNPACKED, _MOST_PARTS = 50_000_000, 300_000_000, 5000
"""Bytes of the file, bytes of its parts together, and parts: far above any document with a logo and fonts in it."""

_LARGEST_XML = 40_000_000
"""Bytes of one part of XML, whose tree takes twenty times as much memory: a document of many thousand pages."""

_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_OTHER_MAINS = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
"""Content types of templates and of documents with macros, which python-docx does not open."""

_COMPOUND = b"\xd0\xcf\x11\xe0"
"""How files of Word 97 begin, and encrypted ones of any Word ([MS-CFB], 2.2)."""

_WORD = "application/vnd.openxmlformats-officedocument."

_ROOTS = {
    "wordprocessingml.styles": qualified("w:styles"),
    "wordprocessingml.numbering": qualified("w:numbering"),
    "wordprocessingml.settings": qualified("w:settings"),
    "wordprocessingml.fontTable": qualified("w:fonts"),
    "wordprocessingml.webSettings": qualified("w:webSettings"),
    "wordprocessingml.header": qualified("w:hdr"),
    "wordprocessingml.footer": qualified("w:ftr"),
    "theme": qualified("a:theme"),
}
"""The root element of a part by its content type."""

_UNSOUND = (KeyError, ValueError, AttributeError, OSError, IndexError, TypeError, etree.XMLSyntaxError)
"""What python-docx raises for packages that lack a part or hold something else in it."""


def load_base(path: str) -> DocxBase:
    """Return the document at a path, ready to hold a report; raise ThemeError where it cannot be.

    Its text is left out, and everything that runs, fetches or locks, with a notice. Its styles, its fonts, its last
    section's page with header and footer, and its properties for other programs stay.
    """
    data = _typed(_package(path), path)
    try:
        document = docx.Document(BytesIO(data))
        misplaced = _misplaced(document)
        _clear(document)
        document.settings.odd_and_even_pages_header_footer  # noqa: B018 (a part of another kind has no such thing)
        refused = fields_refused(document)
        removed = sorted(set(lay_down(document)))
        made = packed(document)
    except _UNSOUND as error:
        raise _unusable(path, "Word parts are missing in it or damaged") from error
    if misplaced:
        raise _unusable(path, f"its part {misplaced} holds something else than its type says")
    if refused:
        raise _unusable(path, f"its header or footer has a field that may fetch or run something: {refused[0]}")
    findings = (Finding("AW612", f"{each} of the base was left out", Severity.NOTE, Place(path)) for each in removed)
    return DocxBase(path, made, tuple(findings))


def _unusable(path: str, why: str) -> ThemeError:
    message = f"{path} cannot be the base of a Word draft: {why}"
    return ThemeError(message, [Finding("AW611", message, place=Place(path))])


def _package(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise _unusable(path, error.strerror or "it cannot be read") from error
    if len(data) > _LARGEST:
        raise _unusable(path, f"it is larger than {_LARGEST // 1_000_000} MB")
    if data.startswith(_COMPOUND):
        raise _unusable(path, "it is encrypted, or a .doc of an older Word; save it as .docx without a password")
    return data


def _typed(data: bytes, path: str) -> bytes:
    """Return the package with the content type of a document, whether it was a template or had macros."""
    try:
        parts = dict(_parts(data))
        types = parts[_TYPES].decode("utf-8")
        ET.fromstring(types)  # noqa: S314 (without a document type: see _parts)
    except UNKNOWN as error:
        raise _unusable(path, "it is packed or encrypted in a way that Word does not use") from error
    except (*BROKEN, KeyError, ET.ParseError) as error:
        raise _unusable(path, "it is not a Word document (.docx or .dotx), or it is damaged") from error
    for other in _OTHER_MAINS:
        types = types.replace(other, _MAIN)
    if _MAIN not in types:
        raise _unusable(path, "it is not a Word document")
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for name, content in {**parts, _TYPES: types.encode()}.items():
            package.writestr(name, content)
    return held.getvalue()


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents; raise ValueError for more than any document has, and for document types in XML."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        entries = [entry for entry in package.infolist() if not entry.is_dir()]
        if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST_UNPACKED:
            raise ValueError(len(entries))
        for entry in entries:
            is_xml = entry.filename.lower().endswith((".xml", ".rels"))
            if is_xml and entry.file_size > _LARGEST_XML:
                raise ValueError(entry.filename)
            content = content_of(package, entry, entry.file_size)
            if is_xml and b"<!DOCTYPE" in content:
                raise ValueError(entry.filename)
            yield entry.filename, content


def _misplaced(document: Document) -> str:
    """Return the name of a part whose root is another than its content type has (ECMA-376, part 1, 11.3), or ""."""
    for part in document.part.package.iter_parts():
        kind = part.content_type.removeprefix(_WORD).removesuffix("+xml")
        if kind in _ROOTS and etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False)).tag != _ROOTS[kind]:
            return str(part.partname)
    return ""


def _clear(document: Document) -> None:
    """Put our empty body in the place of the base's, with the settings of its last section."""
    page = _last_section(document.element.body)
    root = open_base().element
    if page is not None:
        own = root.body.find(qualified("w:sectPr"))
        own.addprevious(page)
        root.body.remove(own)
    else:
        for reference in _references(root.body.find(qualified("w:sectPr"))):
            reference.getparent().remove(reference)
    document.part._element = root  # noqa: SLF001 (python-docx has no interface for it)


def _last_section(body: Element) -> Element | None:
    """Return the settings of the last section, with headers and footers that it takes over from those before it."""
    sections = list(body.iter(qualified("w:sectPr")))
    if not sections or sections[-1].getparent() is not body:
        return None
    page: Element = deepcopy(sections[-1])
    held = {_kind(each): each for section in sections for each in _references(section)}
    for each in _references(page):
        page.remove(each)
    page[:0] = [deepcopy(held[kind]) for kind in sorted(held, reverse=True)]
    return page


def _references(section: Element) -> list[Element]:
    return [each for name in ("w:headerReference", "w:footerReference") for each in section.findall(qualified(name))]


def _kind(reference: Element) -> tuple[str, str]:
    return reference.tag, reference.get(qualified("w:type"), "default")
