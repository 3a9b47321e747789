"""What a report carries besides its text: pictures, and files that travel inside the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Asset:
    """The bytes of a picture, already checked and no larger than print needs."""

    data: bytes
    media_type: Literal["image/png", "image/jpeg"]
    width: int
    """In pixels."""

    height: int
    name: str = ""
    """The path by which the record names it first; empty for a picture that no record names."""


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file that travels inside the document."""

    name: str
    """A plain file name, without a folder."""

    media_type: str
    data: bytes
    description: str
    relationship: Literal["Source", "Supplement", "Data"] = "Supplement"
    """What the file is to the document, in the words of ISO 19005-3, 6.8."""
