"""Word documents as sources: drafts of ours that come back, with the record inside and what was edited since; others.

The record inside is exact. What somebody changed in the text wins over it: the draft is compared with the one that the
record makes, field by field, and what the text does not show stays as the record has it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from afterword.documents import read_word
from afterword.readers.docx.package import opened
from afterword.readers.docx.record import record_in
from afterword.readers.source import Source
from afterword.writers.docx.origin import origin_in


def read(data: bytes, name: str, folder: Path | None = None, day: date | None = None) -> Source:
    """Return the record of a Word document: of a draft of ours the one inside, with what was edited since.

    `day` is the date of a document of others that does not say it.
    Raises SourceError AW116 for what is no Word document, AW103 for one too large, AW106 for one nested too deep.
    """
    package = opened(data, name)
    record = record_in(package, folder)
    if record is None:
        return read_word(package, folder, day)
    origin = origin_in(data)
    if origin is not None and not origin.is_edited:
        return record
    from afterword.drafts.comparing import with_edits

    return with_edits(record, package)
