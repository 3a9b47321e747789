"""The package as bytes that depend on nothing but its parts."""

from __future__ import annotations

import zipfile
from io import BytesIO

from docx.document import Document

from afterword.writers.docx.origin import SEAL, seal_of

_FIRST = ("[Content_Types].xml", "_rels/.rels")
_DATE = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip file can carry (APPNOTE.TXT, 4.4.6)."""


def packed(document: Document) -> bytes:
    """Return the document as a zip file whose order, dates and attributes are always the same, sealed."""
    loose = BytesIO()
    document.save(loose)
    held = BytesIO()
    with zipfile.ZipFile(loose) as parts, zipfile.ZipFile(held, "w") as package:
        for name in sorted(parts.namelist(), key=lambda name: (name not in _FIRST, name)):
            content = seal_of(parts) if name == SEAL else parts.read(name)
            package.writestr(_entry(name), content, compresslevel=6)
    return held.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 0
    return entry
