"""The options of the stages, as frozen records with their defaults in this one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

PageSize = Literal["A4", "Letter"]
PAGE_SIZES: Mapping[PageSize, tuple[float, float]] = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height in millimetres (ISO 216; ANSI/ASME Y14.1)."""

PdfKind = Literal["accessible", "plain"]
"""`accessible` conforms to PDF/UA-1 and PDF/A-3a; `plain` has no tags and claims nothing."""

DEFAULT_FORMATS = ("pdf", "docx")

AudienceName = Literal["internal", "stakeholder", "public"]

StageName = Literal["draft", "in-review", "final"]


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What a caller may choose for one report."""

    formats: tuple[str, ...] = DEFAULT_FORMATS
    theme: str = ""
    """Name of a built-in theme, or path of a theme file or folder; empty for the default theme."""

    page_size: PageSize | None = None
    """None takes the theme's."""

    language: str = ""
    """BCP 47 tag that overrides the record's language; empty leaves it."""

    allow_placeholders: bool = False
    """Render a final report although placeholders are left in it."""

    docx_base: str = ""
    """Path of a Word document or template whose styles, page, header and footer the draft takes; empty for ours."""

    audience: AudienceName = "internal"
    """Whom the documents are for; what these may not see is taken out of the record first."""

    pdf: PdfKind = "accessible"

    as_of: date | None = None
    """The day on which an open action past its due date is overdue; None takes the date that the documents carry."""

    stage: StageName | None = None
    """Stage of a report whose record says none; None leaves it a draft."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where things stand in the laid-out document."""

    count: int
    of_anchor: Mapping[str, int] = field(default_factory=dict)
    """Page of each section's anchor, from 1."""
