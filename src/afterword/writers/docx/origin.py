"""How a Word draft that this tool made is recognised, and whether it was edited, with nothing but zip and XML."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO
from xml.etree import ElementTree as ET

from afterword.report.identity import SCHEME, Origin
from afterword.unpacking import BROKEN, content_of

SEAL = "customXml/item2.xml"
"""The part that holds the digest of all others; a program that saves the draft again does not write it anew."""

SEAL_NAMESPACE = "urn:afterword:seal:1"

_LARGEST = 1_000_000
"""Bytes of a part that are read as XML; ours are a thousand times smaller."""

_LARGEST_PACKAGE = 1_000_000_000
"""Bytes that all parts may have together; more are not unpacked."""

_PIECE = 1 << 20
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"


def origin_in(data: bytes) -> Origin | None:
    """Return the origin of a Word file that this tool made, as long as it keeps its identifier; None for any other.

    Every program that saves a draft changes some part of it or leaves the seal out: either way the draft is edited.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            identifier = _xml(package, "docProps/core.xml").findtext(_IDENTIFIER, "")
            is_ours = identifier.startswith(SCHEME)
            return Origin(identifier.removeprefix(SCHEME), is_edited=not _is_sealed(package)) if is_ours else None
    except (*BROKEN, KeyError, ET.ParseError):
        return None


def seal_of(package: zipfile.ZipFile) -> bytes:
    """Return what the seal of a package holds: an XML element with the digest of all other parts."""
    return f'<seal xmlns="{SEAL_NAMESPACE}" sha256="{_digest(package)}"/>'.encode("ascii")


def _is_sealed(package: zipfile.ZipFile) -> bool:
    names = package.namelist()
    size = sum(entry.file_size for entry in package.infolist())
    if SEAL not in names or len(names) > len({*names}) or size > _LARGEST_PACKAGE:
        return False
    return _content(package, SEAL) == seal_of(package)


def _digest(package: zipfile.ZipFile) -> str:
    """Return the SHA-256 of the names and contents of all parts but the seal, whatever their order."""
    whole = sha256()
    for name in sorted({*package.namelist()} - {SEAL}):
        part = sha256()
        for piece in _pieces(package, name):
            part.update(piece)
        whole.update(f"{name}\0{part.hexdigest()}\n".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def _pieces(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield the content of a part in pieces; a part is never read past the size that its entry says."""
    with package.open(name) as file:
        while piece := file.read(_PIECE):
            yield piece


def _content(package: zipfile.ZipFile, name: str) -> bytes:
    content = content_of(package, name, _LARGEST)
    if len(content) > _LARGEST:
        message = f"{name} is none of ours"
        raise ValueError(message)
    return content


def _xml(package: zipfile.ZipFile, name: str) -> ET.Element:
    content = _content(package, name)
    if b"<!DOCTYPE" in content:
        message = f"{name} is none of ours"
        raise ValueError(message)
    return ET.fromstring(content)  # noqa: S314 (short, and without a document type)
