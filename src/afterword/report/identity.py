"""The identity of a document: what makes two files the same report."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

SCHEME = "urn:uuid:"
"""What stands before the id in the properties of a Word draft (RFC 9562, 4)."""

RECORD_NAMESPACE = "urn:afterword:record:1"
"""The namespace of the part of a Word draft that carries its record."""

MAKING_NAMESPACE = "urn:afterword:making:1"
"""The namespace of the part of a Word draft that says what its theme calls things."""

PROGRAM = "Afterword"
"""Who wrote a document and the comments in it, as it says itself."""

GENERATOR, WORDING, NUMBERED = "generator", "wording", "numbered"
"""Front matter: who wrote a document; what its theme calls things, English words and others in turn; and that it counts
its sections."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file tells about this tool having made it."""

    document_id: str
    is_edited: bool = False
    """Whether it is not as this tool wrote it: somebody's work may be in it."""


def document_id(identifier: str, edition: str = "") -> str:
    """Return the UUID of the report on the incident with this id, or of its edition for another audience.

    It follows from these alone (RFC 9562, 5.5), so that a report made again is known to be the same one.
    """
    kind = f"edition:{edition}" if edition else "incident"
    return str(uuid5(NAMESPACE_URL, f"afterword:{kind}:{identifier}"))
