"""What the document says about itself, in its core properties (ECMA-376-2, 8.3)."""

from __future__ import annotations

from datetime import UTC, datetime

from docx.document import Document

from afterword.report.identity import PROGRAM, SCHEME
from afterword.writers.docx.manuscript import Manuscript
from afterword.writers.docx.markup.element import element


def set_properties(document: Document, manuscript: Manuscript) -> None:
    """Write all core properties from the report's meta data, in place of those of the base."""
    meta, date = manuscript.report.meta, stamp(manuscript.report.meta.date)
    texts = {
        "dc:title": meta.title,
        "dc:subject": meta.subject,
        "dc:creator": "; ".join(meta.authors),
        "cp:keywords": ", ".join(meta.keywords),
        "dc:identifier": f"{SCHEME}{meta.document_id}",
        "dc:language": meta.language,
        "cp:lastModifiedBy": PROGRAM,
        "cp:contentStatus": meta.stage_label,
        "cp:category": meta.edition_label,
    }
    root = document.part.package._core_properties_part.element  # noqa: SLF001 (its interface cuts texts at 255)
    root[:] = [_property(name, manuscript.line(text)) for name, text in texts.items() if text]
    for name in ("dcterms:created", "dcterms:modified"):
        made = element(name, {"xsi:type": "dcterms:W3CDTF"})
        made.text = date
        root.append(made)


def _property(name: str, text: str) -> object:
    made = element(name)
    made.text = text
    return made


def stamp(date: datetime) -> str:
    """Return a moment in UTC to the second, as the properties and comments of a document have it."""
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
