"""Whether a PDF is one of ours, and as we wrote it, told without the PDF engine."""

from __future__ import annotations

import re
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from afterword.report.identity import Origin

UNSEALED = f"uuid:{UUID(int=0)}"
"""The instance id of a PDF until `sealed` has seen its bytes; the same for every document, and as long."""

_PACKET = re.compile(rb'<x:xmpmeta xmlns:x="adobe:ns:meta/">(.*?)</x:xmpmeta>', re.DOTALL)
_CREATOR = re.compile(rb"<xmp:CreatorTool>Afterword</xmp:CreatorTool>")
_DOCUMENT = re.compile(rb"<xmpMM:DocumentID>uuid:([0-9a-fA-F-]{36})</xmpMM:DocumentID>")
_INSTANCE = re.compile(rb"(?<=<xmpMM:InstanceID>)uuid:[0-9a-f-]{36}(?=</xmpMM:InstanceID>)")


def sealed(data: bytes) -> bytes:
    """Return a PDF whose instance id is made from all of its other bytes (ISO 16684-1, 8.6: a new one for each state).

    A reviewer's comments change the bytes, and so the PDF is known to be edited.
    """
    place = _instance(data)
    if place is None:
        return data
    plain = _with_instance(data, place, UNSEALED)
    return _with_instance(data, place, f"uuid:{uuid5(NAMESPACE_URL, sha256(plain).hexdigest())}")


def origin_in(data: bytes) -> Origin | None:
    """Return the origin of a PDF that this writer made, None for any other file.

    The writer leaves the metadata uncompressed, so that this needs no PDF library (ISO 16684-1, 7.3.2: packets
    are made to be found by scanning).
    """
    if not data.startswith(b"%PDF-"):
        return None
    packet = _last_packet(data)
    found = _DOCUMENT.search(packet[1]) if packet and _CREATOR.search(packet[1]) else None
    is_edited = _instance(data) is None or sealed(data) != data
    return Origin(found[1].decode("ascii"), is_edited) if found else None


def _last_packet(data: bytes) -> re.Match[bytes] | None:
    last = None
    for last in _PACKET.finditer(data):  # noqa: B007 (the last one counts)
        pass
    return last


def _instance(data: bytes) -> tuple[int, int] | None:
    """Return from where to where the instance id stands in a PDF."""
    packet = _last_packet(data)
    found = _INSTANCE.search(data, *packet.span()) if packet else None
    return found.span() if found else None


def _with_instance(data: bytes, place: tuple[int, int], instance: str) -> bytes:
    return data[: place[0]] + instance.encode("ascii") + data[place[1] :]
