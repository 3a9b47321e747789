"""The Word base document: kept as a folder of XML parts that people can review, opened as a document."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO

import docx
from docx.document import Document

from afterword import resources


def open_base() -> Document:
    """Return a new document made from our own base: all styles, no text."""
    return docx.Document(BytesIO(_zipped()))


@cache
def _zipped() -> bytes:
    folder = resources.styles() / "word"
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as package:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            package.writestr(file.relative_to(folder).as_posix(), file.read_bytes())
    return held.getvalue()
