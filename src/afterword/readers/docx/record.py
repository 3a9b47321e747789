"""The record that a Word draft of ours carries in a part of its own (ECMA-376-1, 15.2.5)."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

from afterword.readers.docx.ours import property_of
from afterword.readers.docx.package import Package
from afterword.readers.inside import carried
from afterword.readers.source import Source
from afterword.report.identity import RECORD_NAMESPACE

_RECORD = f"{{{RECORD_NAMESPACE}}}record"
_CORE_LANGUAGE = "{http://purl.org/dc/elements/1.1/}language"


def record_in(package: Package, folder: Path | None = None) -> Source | None:
    """Return the record inside a draft of ours, None for any other document.

    Raises SourceError AW116 where it is damaged; places in the record are those of the document as a whole.
    """
    for part in package.related(package.main, "customXml"):
        root = package.tree(part)
        if root.tag == _RECORD:
            data = _bytes(package, str(root.text or ""), str(root.get("encoding", "")))
            return carried(data, package.name, folder)
    return None


def _bytes(package: Package, text: str, encoding: str) -> bytes:
    if encoding != "base64":
        return text.encode("utf-8")
    try:
        return b64decode(text, validate=True)
    except ValueError:
        package.refuse("the record inside the document is damaged")


def language_of(package: Package) -> str:
    """Return the language that the properties of a document name, empty where they name none."""
    return property_of(package, _CORE_LANGUAGE)
