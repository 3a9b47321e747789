"""Reads PDFs that we made: the record inside, exactly, and the files that it names. The one place that imports pypdf.

A PDF says how a page looks, not what it tells; without the record inside there is nothing to be read from it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path, PurePosixPath

from afterword.errors import AfterwordError
from afterword.readers.faults import fault, refuse
from afterword.readers.inside import carried
from afterword.readers.source import Source

RECORD = "incident.json"
"""The name of the record among the files that a PDF of ours carries."""

MAX_RECORD = 20_000_000
MAX_FILES = 200_000_000
"""Bytes of the files inside that are unpacked, all together."""

_TRIED = 20
"""Objects that are tried where a damaged PDF does not say which one is its root; each try may take long."""

_SAVE_AS = "open the PDF in Word or LibreOffice, save it as .docx and look it through, or start with `afterword new`"


def read(data: bytes, name: str, folder: Path | None = None, day: date | None = None) -> Source:
    """Return the record inside a PDF that we made, with the files that it names.

    Raises SourceError AW117 for a PDF without a record, AW116 for a damaged one, AW115 for an encrypted one.
    """
    del day  # the record has its date
    try:
        return _record(data, name, folder)
    except AfterwordError:
        raise
    except Exception as error:  # noqa: BLE001 (the library raises whatever damaged files make it trip over)
        refuse(fault(name, "AW116", f"the PDF is damaged: {error}", hint="take an undamaged copy of it"))


def _record(data: bytes, name: str, folder: Path | None) -> Source:
    from pypdf import PdfReader

    logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it has to say is told as a finding
    reader = PdfReader(BytesIO(data), strict=False, root_object_recovery_limit=_TRIED)
    if reader.is_encrypted:
        hint = "save it without a password; the record of one that is encrypted cannot be read"
        refuse(fault(name, "AW115", "the PDF is encrypted", hint=hint))
    files = dict(_files(reader.attachments.items(), name))
    if RECORD not in files:
        message = "the PDF carries no record: it was not made by Afterword, or another program has taken it out"
        refuse(fault(name, "AW117", message, hint=_SAVE_AS))
    source = carried(files.pop(RECORD), name, folder)
    return replace(source, files=dict(_named(source, files)))


def _files(attachments: Iterable[tuple[str, list[bytes]]], name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files inside with their names; raise SourceError AW103 for too many bytes."""
    total = 0
    for file, contents in attachments:
        for content in contents[:1]:
            total += len(content)
            if total > MAX_FILES or (file == RECORD and len(content) > MAX_RECORD):
                refuse(
                    fault(name, "AW103", f"the files inside unpack to more than {MAX_FILES // 1_000_000} MB are read")
                )
            yield file, content


def _named(source: Source, files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the files that the record names as its attachments, under the paths that it has for them."""
    attachments = source.value(("attachments",))
    for index in range(len(attachments) if isinstance(attachments, list) else 0):
        path = source.value(("attachments", index, "path"))
        inside = PurePosixPath(path.replace("\\", "/")).name if isinstance(path, str) else ""
        if isinstance(path, str) and inside in files:
            yield path, files[inside]
