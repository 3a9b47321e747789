"""What kind of document some bytes are, told by how they begin; and what to do about kinds that are not read."""

from __future__ import annotations

from afterword.readers.faults import fault, refuse

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument"
_HEAD = 200
"""Bytes among which an archive of OpenDocument has its media type, which is its first entry and not packed."""


def document_format(data: bytes) -> str | None:
    """Return the format of a document that is not text, None for text and for anything unknown."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    return "docx" if data.startswith(_ZIP) else None


def refuse_unsupported(data: bytes, name: str) -> None:
    """Raise SourceError AW115 for documents of kinds that are not read, with what to do about each."""
    if data.startswith(_OLE) and _ENCRYPTED in data:
        hint = "open it with its password and save it without one"
        refuse(fault(name, "AW115", "the document is encrypted", hint=hint))
    for kind, how in (
        ("an old Word document (.doc)", data.startswith(_OLE)),
        ("an OpenDocument file", data.startswith(_ZIP) and _OPEN_DOCUMENT in data[:_HEAD]),
        ("Rich Text Format", data.startswith(b"{\\rtf")),
    ):
        if how:
            hint = "open it in Word or LibreOffice and save it as .docx"
            refuse(fault(name, "AW115", f"this is {kind}, which is not read", hint=hint))
