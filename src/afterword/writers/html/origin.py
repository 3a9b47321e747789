"""Whether an HTML page is one of ours."""

from __future__ import annotations

import re

_HEAD = 16384
"""How far into a page its head is looked for, in bytes."""

_OURS = re.compile(
    rb'<meta name="generator" content="Afterword">\s*<meta name="dcterms.identifier" content="([0-9a-fA-F-]{36})">'
)


def document_id_in(data: bytes) -> str | None:
    """Return the document id of a page that this writer made, None for any other file."""
    found = _OURS.search(data[:_HEAD])
    return found[1].decode("ascii") if found else None
