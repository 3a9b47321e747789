"""Whose report a finished file holds: how this tool recognises what it made."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

_MODULES = {
    ".pdf": "afterword.writers.pdf.origin",
    ".docx": "afterword.writers.docx.origin",
    ".html": "afterword.writers.html.origin",
    ".md": "afterword.writers.markdown",
    ".json": "afterword.writers.json",
}


def document_id_in(path: Path, data: bytes) -> str | None:
    """Return the document id that a file made by this tool carries, or None for any other file.

    `data` is the file's content; which reader it goes to follows from the path's suffix.
    """
    module = _MODULES.get(path.suffix.lower())
    return import_module(module).document_id_in(data) if module else None
