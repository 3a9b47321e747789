"""The identity of a document: what makes two files the same report."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5


def document_id(identifier: str) -> str:
    """Return the UUID of the report on the incident with this id.

    It follows from the id alone (RFC 9562, 5.5), so that a report made again is known to be the same one.
    """
    return str(uuid5(NAMESPACE_URL, "afterword:incident:" + identifier))
