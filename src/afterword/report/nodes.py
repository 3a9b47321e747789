"""The Report: a small closed tree that says what a document is, and nothing about incidents, HTML or Word.

Every node is a frozen, slotted record. A node never carries a colour, a size or a style: at most a `role`, one
word that a style sheet and a Word style answer to. Readers and `compose` build the tree, writers only draw it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from afterword.report.drawings import BarChart as BarChart
from afterword.report.drawings import Break as Break
from afterword.report.drawings import Lettering as Lettering
from afterword.report.drawings import Mark as Mark
from afterword.report.drawings import Quantity as Quantity
from afterword.report.drawings import Span as Span
from afterword.report.drawings import Tick as Tick
from afterword.report.drawings import TimelineDrawing as TimelineDrawing
from afterword.report.files import Asset as Asset
from afterword.report.files import EmbeddedFile as EmbeddedFile

# --- inlines ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """A run of plain text. Line feeds in it are spaces; a break is a `LineBreak`."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Inlines of strong importance, as `**so**` in Markdown."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Inlines with stress, as `*so*` in Markdown."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Strike:
    """Inlines that no longer hold, as `~~so~~` in Markdown."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A short piece of code or a literal value inside a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """Inlines that lead somewhere.

    `target` is an absolute http(s), mailto or tel URL, or `#anchor` of a section, figure or table of this report.
    Other schemes never get into the tree.
    """

    children: tuple[Inline, ...]
    target: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A forced line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Text that the author still has to replace, such as `[describe the root cause]`, kept as written.

    A draft shows it marked: highlighted in PDF and HTML, with a comment in Word.
    """

    text: str


@dataclass(frozen=True, slots=True)
class FieldText:
    """Inlines that hold one short field of the record; Word puts a content control with this tag around it."""

    path: str
    """Where the field stands in the record, as in a finding: `authors[0].name`."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Inlines in another language than the report's."""

    language: str
    """BCP 47 tag, such as `fr` or `zh-Hant`."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class InlineImage:
    """A picture inside a sentence; its height follows the line unless the picture is smaller."""

    asset: str
    """Key into `Report.assets`."""

    alt: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note on what stands before it, in running text: never in a title, a caption, a link or another note."""

    paragraphs: tuple[Paragraph, ...]
    """The note, without pictures; none where this is one more mark of an earlier note, which has the same number."""

    number: int = 0
    """Place among the notes: of one text as prose gives it, of the whole report once it is numbered; from 1."""


# fmt: off
Inline = (
    Text | Strong | Emphasis | Strike | Code | Link | LineBreak | Placeholder | FieldText | Foreign | InlineImage
    | Footnote
)
# fmt: on

# --- blocks ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Inlines that form one paragraph."""

    children: tuple[Inline, ...]
    role: Literal["", "lead", "minor", "contact", "heading"] = ""
    """`lead` opens a section larger, `minor` is small print, `contact` closes the report, `heading` is a heading
    from prose that stands where no section can (inside a list, a cell, a quotation)."""


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list."""

    blocks: tuple[Block, ...]
    checked: bool | None = None
    """Ticked or open for an item of a task list, None for any other."""


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items without an order."""

    items: tuple[ListItem, ...]
    tight: bool = True
    """No space between the items, because none holds more than a paragraph."""


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Items in order, counted from `start`; every list counts anew."""

    items: tuple[ListItem, ...]
    start: int = 1
    tight: bool = True
    role: Literal["", "steps"] = ""
    """`steps`: each item opens with a bold lead-in."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    title: tuple[Inline, ...]
    width: float
    """Share of the table's width; the shares of a table add up to 1."""

    align: Literal["start", "center", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    blocks: tuple[Block, ...]
    role: str = ""
    """A word for the cell's meaning, such as `phase-detected`; never the only carrier of it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One body row of a table, with as many cells as the table has columns."""

    cells: tuple[Cell, ...]
    role: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row, and row headers in its first column where `row_headers` says so."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: tuple[Inline, ...] = ()
    description: str = ""
    """What the table holds, for people who cannot see it; Word keeps it as the table's description."""

    role: Literal["", "timeline", "actions", "measures", "durations", "attachments", "prose"] = ""
    row_headers: bool = False
    anchor: str = ""
    number: int = 0
    """Place among the captioned tables of the report, from 1; 0 for a table without a caption."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value, such as `Incident ID` and `0x19`."""

    label: str
    value: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, drawn as a table of two columns whose first column is headers."""

    facts: tuple[Fact, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of code or of a log, with every space kept."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Blocks taken from elsewhere."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """Blocks set apart from the text."""

    kind: Literal["note", "warning", "to-complete"]
    blocks: tuple[Block, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster picture."""

    asset: str
    """Key into `Report.assets`."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture or a drawing, with a text alternative and a caption."""

    content: Picture | TimelineDrawing | BarChart
    alt: str
    caption: tuple[Inline, ...] = ()
    anchor: str = ""
    number: int = 0
    """Place among the captioned figures of the report, from 1; 0 without a caption."""


@dataclass(frozen=True, slots=True)
class Divider:
    """A break of thought between blocks."""


@dataclass(frozen=True, slots=True)
class FieldBlock:
    """Blocks that hold one prose field of the record; Word puts a content control with this tag around them."""

    path: str
    """Where the field stands in the record, as in a finding: `root_cause.description`."""

    blocks: tuple[Block, ...]


# fmt: off
Block = (
    Paragraph | BulletList | NumberedList | Table | Facts | CodeBlock | Quote | Callout | Figure | Divider | FieldBlock
)
# fmt: on

# --- the document ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, the blocks below it, then its subsections. Levels follow from the nesting, so none is skipped."""

    title: tuple[Inline, ...]
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    name: str = ""
    """What the section is, in one word (`timeline`, `impact`); empty for a section that prose brought."""

    anchor: str = ""
    """Unique in the report, ASCII, a valid id in HTML and a valid bookmark in Word (40 characters at most)."""

    number: str = ""
    """`2` or `2.1` where sections are numbered, else empty."""


@dataclass(frozen=True, slots=True)
class Badge:
    """A short mark of the title block, such as the status."""

    label: str
    """What is marked: `Status`."""

    text: str
    role: str
    """A word for its kind: `status`, `severity`, `stage`, `edition`."""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A number of the title block, large, with what it counts."""

    label: str
    """What was measured: `Time to detect`."""

    text: str
    """The value with its unit: `14 min`."""


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """What stands at the head of the first page."""

    kicker: str
    """What kind of document this is, above the title."""

    title: tuple[Inline, ...]
    subtitle: str
    badges: tuple[Badge, ...] = ()
    byline: str = ""
    """Who wrote the report, below the subtitle."""

    figures: tuple[KeyFigure, ...] = ()
    """At most four, in one row."""


@dataclass(frozen=True, slots=True)
class Marking:
    """How far the document may be passed on: a TLP 2.0 label, in the header and footer of every page."""

    label: str
    """`TLP:AMBER+STRICT`: capitals, no spaces, never translated (FIRST, TLP 2.0, sections 2 and 3)."""

    role: Literal["red", "amber", "amber-strict", "green", "clear"]


@dataclass(frozen=True, slots=True)
class FixedWords:
    """The words that writers add, in the report's language."""

    contents: str = "Contents"
    figure: str = "Figure"
    table: str = "Table"
    page_of: str = "Page {page} of {pages}"
    draft: str = "Draft"
    placeholder: str = "To be filled in"
    done: str = "done"
    not_done: str = "not done"
    notes: str = "Notes"
    note: str = "Note {number}"
    back: str = "Back to the text"


@dataclass(frozen=True, slots=True)
class Meta:
    """What the document says about itself."""

    title: str
    identifier: str
    """The incident's id, as written."""

    document_id: str
    """A UUID that follows from the identifier alone: the same report has the same one, whenever it is made."""

    language: str
    """BCP 47 tag of the report's language."""

    direction: Literal["ltr", "rtl"]
    authors: tuple[str, ...]
    subject: str
    keywords: tuple[str, ...]
    date: datetime
    """The date that the document carries, with a zone; never the clock's unless nothing else is known."""

    stage: Literal["draft", "in-review", "final"]
    stage_label: str
    header: str = ""
    """Text of the page header, from the theme."""

    footer: str = ""
    marking: Marking | None = None
    edition: Literal["", "internal", "stakeholder", "public"] = ""
    """The audience that the document was made for; empty where the record makes no difference between audiences."""

    edition_label: str = ""
    """`Public edition`, on every page; empty where `edition` is."""


@dataclass(frozen=True, slots=True)
class Report:
    """A whole document."""

    meta: Meta
    title_block: TitleBlock
    sections: tuple[Section, ...]
    closing: tuple[Block, ...] = ()
    """Blocks after the last section, outside any heading."""

    assets: Mapping[str, Asset] = field(default_factory=dict)
    """Pictures by key; a key is made from the picture's bytes and is a safe file name."""

    source: EmbeddedFile | None = None
    """The record this report was made from, as `incident.json`."""

    files: tuple[EmbeddedFile, ...] = ()
    words: FixedWords = field(default_factory=FixedWords)
    contents: bool = False
    """The document opens with a table of contents."""
