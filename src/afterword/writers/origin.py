"""Whose report a finished file holds: how this tool recognises what it made, and what was edited since."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from afterword.report.identity import Origin

_MODULES = {
    ".pdf": "afterword.writers.pdf.origin",
    ".docx": "afterword.writers.docx.origin",
    ".html": "afterword.writers.html.origin",
    ".md": "afterword.writers.markdown.origin",
    ".json": "afterword.writers.json",
}


def origin_in(path: Path, data: bytes) -> Origin | None:
    """Return what a file that this tool made tells about its origin, or None for any other file.

    `data` is the file's content; which reader it goes to follows from the path's suffix.
    """
    module = _MODULES.get(path.suffix.lower())
    return cast("Origin | None", import_module(module).origin_in(data)) if module else None
