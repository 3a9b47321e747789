"""The record that a document of ours carries inside, as a source whose places are the document as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from afterword.errors import SourceError
from afterword.readers import json
from afterword.readers.faults import fault, refuse
from afterword.readers.source import Position, Source


def carried(data: bytes, name: str, folder: Path | None, files: Mapping[str, bytes] | None = None) -> Source:
    """Return the record of a JSON file that a document carries; raise SourceError AW116 for what is none."""
    try:
        source = json.read(data.decode("utf-8"), name, folder)
    except (SourceError, UnicodeDecodeError) as error:
        why = error.findings[0].message if isinstance(error, SourceError) else "it is not UTF-8"
        refuse(fault(name, "AW116", f"the record inside the document is damaged: {why}"))
    return Source(name, source.data, {(): Position(0, 0)}, folder, files=files or {})
