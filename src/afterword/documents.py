"""Documents that people wrote, as sources: a reader divides the text, `interpret` finds the record in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from afterword.interpret import interpret
from afterword.readers import markdown
from afterword.readers.source import Source

if TYPE_CHECKING:
    from afterword.readers.docx.package import Package


def read(text: str, name: str, folder: Path | None = None, day: date | None = None) -> Source:
    """Return the record that a Markdown text tells of, with notes on what was found, guessed and left over.

    `day` is its date where neither a field nor the title says one.
    Raises SourceError AW106 for text that is nested deeper than any is, AW103 for one of too many headings.
    """
    return interpret(markdown.parse(text, name, folder), day)


def read_word(package: Package, folder: Path | None = None, day: date | None = None) -> Source:
    """Return the record that an opened Word document tells of, as `read` does; its places are paragraphs.

    Raises SourceError as `read` does, and AW116 for a file without the text of a document.
    """
    from afterword.readers.docx import (  # loads the parser of XML, which Markdown does not need
        in_paragraphs,
        write_down,
    )

    written = write_down(package, folder)
    return in_paragraphs(interpret(written.document, day), written)
