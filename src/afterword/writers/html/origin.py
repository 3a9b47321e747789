"""Whether an HTML page is one of ours, and as we wrote it."""

from __future__ import annotations

import re
from hashlib import sha256

from afterword.report.identity import Origin

_HEAD = 16384
"""How far into a page its head is looked for, in bytes."""

_OURS = re.compile(
    rb'<meta name="generator" content="Afterword">\s*<meta name="dcterms.identifier" content="([0-9a-fA-F-]{36})">'
)


def sealed(page: bytes) -> bytes:
    """Return a page with its digest in a comment at its end, by which `origin_in` tells whether it was edited."""
    return page + _seal(page)


def origin_in(data: bytes) -> Origin | None:
    """Return the origin of a page that this writer made, None for any other file."""
    found = _OURS.search(data[:_HEAD])
    if found is None:
        return None
    plain = data.replace(b"\r\n", b"\n")  # version control may write the ends of lines anew
    end = len(plain) - len(_seal(b""))
    return Origin(found[1].decode("ascii"), is_edited=end < 0 or plain != sealed(plain[:end]))


def _seal(page: bytes) -> bytes:
    return f"<!-- sha256 {sha256(page).hexdigest()} -->\n".encode("ascii")
