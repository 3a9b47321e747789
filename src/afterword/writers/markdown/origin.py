"""Whether a Markdown file is one of ours, and as we wrote it."""

from __future__ import annotations

import re
from hashlib import sha256

from afterword.report.identity import Origin

_HEAD = re.compile(rb"---\n.{0,20000}?\n---\n", re.DOTALL)
_OURS = re.compile(rb'^generator: "Afterword"\ndocument_id: "([0-9a-f-]{36})"$', re.MULTILINE)
_SEAL = re.compile(rb'(?<=\n)sha256: "[0-9a-f]{64}"\n(?=---\n)')


def sealed(text: str) -> bytes:
    """Return a document with its digest as last line of its head, by which `origin_in` tells whether it was edited."""
    data = text.encode()
    head, end, body = data.partition(b"\n---\n")
    return b"".join((head, b'\nsha256: "', sha256(data).hexdigest().encode("ascii"), b'"', end, body))


def origin_in(data: bytes) -> Origin | None:
    """Return the origin of a file that this writer made, or None for any other file."""
    plain = data.replace(b"\r\n", b"\n")  # version control may write the ends of lines anew
    head = _HEAD.match(plain)
    ours = _OURS.search(head[0]) if head else None
    if ours is None:
        return None
    unsealed = _SEAL.sub(b"", plain, count=1).decode("utf-8", "replace")
    return Origin(ours[1].decode("ascii"), is_edited=plain != sealed(unsealed))
