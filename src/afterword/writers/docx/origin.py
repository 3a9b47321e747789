"""How a Word draft that this tool made is recognised, with nothing but zip and XML."""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.etree import ElementTree as ET
from zlib import error as ZlibError  # noqa: N812 (an exception, named as one)

_LARGEST = 1_000_000
"""Bytes of a part that are read; ours are a thousand times smaller."""

_APPLICATION = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Application"
_IDENTIFIER = "{http://purl.org/dc/elements/1.1/}identifier"
_SCHEME = "urn:uuid:"


def document_id_in(data: bytes) -> str | None:
    """Return the document id of a Word file as this tool made it, or None for any other.

    A draft that was saved again by Word names Word as its application, and so is another's: the work that somebody
    put into it is not overwritten.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            application = _text(package, "docProps/app.xml", _APPLICATION)
            identifier = _text(package, "docProps/core.xml", _IDENTIFIER)
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        ET.ParseError,
        ZlibError,
        NotImplementedError,
        RuntimeError,
    ):
        return None
    is_ours = application == "Afterword" and identifier.startswith(_SCHEME)
    return identifier.removeprefix(_SCHEME) if is_ours else None


def _text(package: zipfile.ZipFile, part: str, name: str) -> str:
    with package.open(part) as file:
        content = file.read(_LARGEST + 1)
    if len(content) > _LARGEST or b"<!DOCTYPE" in content:
        message = f"{part} is none of ours"
        raise ValueError(message)
    return ET.fromstring(content).findtext(name, "")  # noqa: S314 (short, and without a document type)
