"""The Word document in the making: what all drawing functions share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart

from afterword.characters import clean
from afterword.diagnostics import Finding, Place, Severity
from afterword.report.direction import Direction
from afterword.report.nodes import Footnote, Report
from afterword.writers.base import WriterOptions
from afterword.writers.docx.markup.element import Element
from afterword.writers.docx.markup.paragraphs import Turn
from afterword.writers.docx.markup.runs import Look
from afterword.writers.docx.page import Sheet

COUNTS = {"": 1, "steps": 3}
"""Ids of the abstract numberings in the base document that count, by the role of the list."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first paragraph of a list item wears: the style of its list, and the box of a task."""

    style: str
    numbering: tuple[int, int] | None = None
    """Level, from 0, and number of a list that counts on its own."""

    box: Callable[[], list[Element]] = list
    """Makes the runs before the text."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where blocks stand, and so how wide they may be and which style plain paragraphs wear."""

    width: int
    """In twips."""

    look: Look
    style: str = ""
    """Id of the style of plain paragraphs; empty for the default one."""

    indent: int = 0
    """From the leading edge, in twips: that of the list around."""

    level: int = 0
    """How many lists are around."""

    is_beside: bool = False
    """Paragraphs stand beside the mark of a list, or in a column, and keep to that side whatever their direction."""

    opening: Opening | None = None
    """What the first paragraph in the frame wears instead of the style."""

    def opened(self) -> Frame:
        """Return the frame for what comes after the first paragraph."""
        return replace(self, opening=None) if self.opening else self


@dataclass(slots=True)
class Manuscript:
    """The document, the report drawn in it, and the numbers and relationships given out so far."""

    document: Document
    report: Report
    options: WriterOptions
    sheet: Sheet
    counts: Mapping[str, int] = field(default_factory=lambda: COUNTS)
    """Ids of the abstract numberings that count, by the role of the list."""

    findings: list[Finding] = field(default_factory=list)
    placeholders: list[tuple[Element, Element]] = field(default_factory=list)
    """First and last run of each placeholder, in reading order."""

    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    """For bookmarks, controls and drawings, each of which needs one that no other has."""

    notes: list[Footnote] = field(default_factory=list)
    """Notes whose marks stand in the text, in reading order."""

    holder: XmlPart | None = None
    """The part that is drawn; None for the document's own."""

    links: dict[str, str] = field(default_factory=dict)
    """Ids of relationships by target."""

    pictures: dict[str, str] = field(default_factory=dict)
    """Ids of relationships by key of the asset, or name of the part."""

    @property
    def rtl(self) -> bool:
        """Whether the report goes from right to left."""
        return self.report.meta.direction == "rtl"

    @property
    def look(self) -> Look:
        """The look of plain text in the report's direction."""
        return Look(rtl=self.rtl)

    def turn(self, direction: Direction, edge: str = "") -> Turn | None:
        """Return what a paragraph has to say of its direction, because its style says another; None for nothing."""
        rtl = None if direction == self.report.meta.direction else direction == "rtl"
        return Turn(rtl, edge) if edge or rtl is not None else None

    def notice(
        self,
        code: str,
        message: str,
        severity: Severity = Severity.WARNING,
        value: str = "",
        place: Place | None = None,
    ) -> None:
        """Keep a notice; one that was kept before is not kept twice."""
        finding = Finding(code, message, severity, place, value=value)
        if finding not in self.findings:
            self.findings.append(finding)

    def text(self, text: str) -> str:
        """Return a text as XML can carry it; what it cannot carry is replaced by its number and noted."""
        cleaned, found = clean(text)
        for code in sorted({each.code for each in found}):
            self.notice("AW403", f"the character U+{code:04X} was replaced by its number")
        return cleaned

    def line(self, text: str) -> str:
        """Return a text on one line: line feeds and tabulators in running text are spaces."""
        return self.text(text).replace("\n", " ").replace("\t", " ")

    def link(self, target: str) -> str:
        """Return the id of the relationship to a target outside the document."""
        if target not in self.links:
            part = self.holder or self.document.part
            self.links[target] = part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return self.links[target]

    def picture(self, key: str, data: bytes, media_type: str) -> str:
        """Return the id of the relationship to a picture, put into the package when it is first asked for."""
        if key not in self.pictures:
            suffix = {"image/png": "png", "image/jpeg": "jpeg", "image/svg+xml": "svg"}[media_type]
            name = PackURI(f"/word/media/image{self._next_picture()}.{suffix}")
            part = Part(name, media_type, data, self.document.part.package)
            self.pictures[key] = self.document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
        return self.pictures[key]

    def _next_picture(self) -> int:
        """Return a number that no picture of the package has, those in the header of a base among them."""
        names = {str(part.partname).rpartition(".")[0] for part in self.document.part.package.iter_parts()}
        return next(number for number in count(len(self.pictures) + 1) if f"/word/media/image{number}" not in names)
