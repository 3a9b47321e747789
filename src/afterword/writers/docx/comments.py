"""A comment at every placeholder, which says what is still to do."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.text.run import Run

from afterword.report.identity import PROGRAM
from afterword.writers.docx.manuscript import Manuscript
from afterword.writers.docx.markup.element import Element, qualified
from afterword.writers.docx.properties import stamp


def comment_placeholders(document: Document, manuscript: Manuscript) -> None:
    """Add a comment to each placeholder drawn; a document without any has no part for comments."""
    if not manuscript.placeholders:
        _drop_comments(document)
    date = stamp(manuscript.report.meta.date)
    text = manuscript.line(manuscript.report.words.placeholder)
    for first, last in manuscript.placeholders:
        runs = [Run(first, document), Run(last, document)]
        comment = document.add_comment(runs, text, author=PROGRAM, initials="AW")
        comment._comment_elm.set(qualified("w:date"), date)  # noqa: SLF001 (python-docx always takes the clock's)
        _open_paragraph_with(last)


def _open_paragraph_with(last: Element) -> None:
    """Put the mark of the comment that ends after a run first in its paragraph, if that opens a content control.

    LibreOffice 7.4 drops all text of such a paragraph that stands before the mark. The range that the comment is
    about stays where it is.
    """
    mark = last.getnext().getnext()
    paragraph = next(last.iterancestors(qualified("w:p")))
    holder = paragraph.getparent()
    if holder.tag == qualified("w:sdtContent") and holder[0] is paragraph:
        properties = paragraph.find(qualified("w:pPr"))
        paragraph.insert(0 if properties is None else 1, mark)


def _drop_comments(document: Document) -> None:
    relationships = document.part.rels
    for key in [key for key, each in relationships.items() if each.reltype == RELATIONSHIP_TYPE.COMMENTS]:
        del relationships[key]
