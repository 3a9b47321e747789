"""Whether a PDF is one of ours, told without the PDF engine."""

from __future__ import annotations

import re

_PACKET = re.compile(rb'<x:xmpmeta xmlns:x="adobe:ns:meta/">(.*?)</x:xmpmeta>', re.DOTALL)
_CREATOR = re.compile(rb"<xmp:CreatorTool>Afterword</xmp:CreatorTool>")
_DOCUMENT = re.compile(rb"<xmpMM:DocumentID>uuid:([0-9a-fA-F-]{36})</xmpMM:DocumentID>")


def document_id_in(data: bytes) -> str | None:
    """Return the document id of a PDF that this writer made, None for any other file.

    The writer leaves the metadata uncompressed, so that this needs no PDF library (ISO 16684-1, 7.3.2: packets
    are made to be found by scanning).
    """
    if not data.startswith(b"%PDF-"):
        return None
    packet = _last_packet(data)
    found = _DOCUMENT.search(packet) if _CREATOR.search(packet) else None
    return found[1].decode("ascii") if found else None


def _last_packet(data: bytes) -> bytes:
    packets = _PACKET.findall(data)
    return packets[-1] if packets else b""
