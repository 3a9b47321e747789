"""Reads Word documents: the text as its author divided it.

The document is written down as Markdown, which is what the prose of a record is, and goes the way of Markdown from
there, so that one interpretation serves both. Places are paragraphs, as a Word document has no lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.diagnostics import Place
from afterword.errors import SourceError
from afterword.readers import markdown
from afterword.readers.document import Block, Document, Row, Section, Span
from afterword.readers.docx.blocks import Blocks
from afterword.readers.docx.names import W, local, under
from afterword.readers.docx.ours import front_of, property_of
from afterword.readers.docx.package import Node, Package
from afterword.readers.docx.runs import Runs
from afterword.readers.docx.sheet import Aside, Sheet
from afterword.readers.docx.story import Story
from afterword.readers.source import Position, Source
from afterword.report.separators import as_markdown
from afterword.vocabulary.lexicon import key_of
from afterword.vocabulary.titles import section_of

_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


@dataclass(frozen=True, slots=True)
class Written:
    """A Word document written down as Markdown."""

    document: Document
    paragraphs: tuple[int, ...]
    """The number of the paragraph of each line."""

    files: Mapping[str, bytes]
    """Pictures of the document, under the names that the text has for them."""


def write_down(package: Package, folder: Path | None = None) -> Written:
    """Return an opened Word document as Markdown.

    Raises SourceError AW116 for a file without the text of a document, AW106 for one nested too deep, AW103 for one of
    too many headings.
    """
    story = Story(package)
    sheet = _sheet_of(story)
    text = as_markdown("\n".join(sheet.lines))
    try:
        document = markdown.parse(text, package.name, folder)
    except SourceError as error:
        raise SourceError(
            error.message, [replace(each, place=_place(each.place, sheet.paragraphs)) for each in error.findings]
        ) from None
    return Written(*_completed(document, sheet, story), story.pictures.files)


@dataclass(frozen=True, slots=True)
class Marked:
    """The lines of a Word document of ours, with marks around what its content controls hold."""

    lines: tuple[str, ...]
    paragraphs: tuple[int, ...]
    """The number of the paragraph of each line."""

    tags: tuple[str, ...]
    """The tags of the controls, by the numbers of their marks."""

    asides: tuple[Aside, ...]
    """What does not stand in the text."""

    files: Mapping[str, bytes]
    """Pictures of the document, under the names that the text has for them."""


def marked(package: Package) -> Marked:
    """Return an opened Word document as lines of Markdown in which content controls are marked."""
    story = Story(package, marks_fields=True)
    sheet = _sheet_of(story)
    return Marked(
        tuple(sheet.lines), tuple(sheet.paragraphs), tuple(story.tags), tuple(sheet.asides), story.pictures.files
    )


def _sheet_of(story: Story) -> Sheet:
    package = story.package
    root = package.tree(package.main)
    body = under(root, "body")
    if local(root) != "document" or body is None:
        package.refuse("the file has no body of a Word document")
    sheet = Sheet()
    levels = [*_levels(story, body)]
    blocks = Blocks(story, package.main, sheet, bold_heads=not levels, has_subtitle=_has_subtitle(levels))
    blocks.all(body)
    blocks.finish()
    _read_furniture(story, sheet)
    return sheet


def _completed(document: Document, sheet: Sheet, story: Story) -> tuple[Document, tuple[int, ...]]:
    """Return the document with its properties and what does not stand in its text, and the paragraph of each line."""
    front = front_of(document, story.package) if story.is_ours else []
    asides = [(each.paragraph, each.text) for each in sheet.asides]
    for key, value in _properties(story.package):
        is_told = key_of(value) in key_of(document.text)
        if key == "title" and not is_told and _needs_title(document):
            front.append((key, (Span(value, 1, is_exact=False),)))
        elif not is_told:
            asides.append((1, f"{key} in the properties of the file: {value}"))
    after = len(sheet.lines) + 1
    spans = [Span(text, after + at, is_exact=False) for at, (_, text) in enumerate(asides)]
    paragraphs = (*(sheet.paragraphs or [1]), *(number for number, _ in asides))
    if not sheet.paragraphs:
        spans = [replace(each, line=each.line + 1) for each in spans]
    sections = tuple(map(_with_breaks, document.sections))
    blocks = tuple(map(_broken, document.blocks))
    return replace(
        document, front=tuple(front), aside=(*document.aside, *spans), sections=sections, blocks=blocks
    ), paragraphs


def _with_breaks(section: Section) -> Section:
    return replace(
        section, blocks=tuple(map(_broken, section.blocks)), sections=tuple(map(_with_breaks, section.sections))
    )


def _broken(block: Block) -> Block:
    """Return a table whose cells have line breaks as text outside tables has them."""
    if block.kind != "table" or "<br>" not in block.source.text:
        return block
    return replace(block, rows=tuple(Row(tuple(map(_broken_cell, row.cells)), row.source) for row in block.rows))


def _broken_cell(cell: Span) -> Span:
    text = cell.text.replace("<br><br>", "\n\n").replace("<br>", "  \n")
    return cell if text == cell.text else replace(cell, text=text, is_exact=False)


def _needs_title(document: Document) -> bool:
    """Return whether a document begins with a part of a report and not with a title."""
    return not document.sections or bool(section_of(document.sections[0].title))


def _properties(package: Package) -> Iterator[tuple[str, str]]:
    """Yield title and author that the file's properties name."""
    for key, name in (("title", _TITLE), ("author", _CREATOR)):
        text = property_of(package, name)
        if text:
            yield key, text


def _levels(story: Story, body: Node) -> Iterator[int]:
    """Yield the levels of the paragraphs with text that are headings by their style."""
    for each in body.iter(f"{W}p"):
        properties = under(each, "pPr")
        style = under(properties, "pStyle")
        found = story.styles.paragraph(str(style.get(f"{W}val", "")) if style is not None else "")
        if (found.role == "heading" or under(properties, "outlineLvl") is not None) and next(
            each.iter(f"{W}t"), None
        ) is not None:
            yield found.level


def _has_subtitle(levels: list[int]) -> bool:
    """Return whether the first heading is the only one of the first level: below a title it is a second one."""
    return len(levels) > 1 and levels[0] == 1 and levels.count(1) == 1


def _read_furniture(story: Story, sheet: Sheet) -> None:
    """Keep the text of headers and footers, which documents get anew."""
    seen: set[str] = set()
    for kind in ("header", "footer"):
        for part in story.package.related(story.package.main, kind):
            root = story.package.tree(part)
            runs = Runs(story, part)
            texts = ("".join(piece.text for piece in runs.read(each).pieces) for each in root.iter(f"{W}p"))
            text = " ".join(" ".join(texts).split())
            if text and text not in seen:
                seen.add(text)
                sheet.aside("furniture", f"{kind}: {text}", 1)


def in_paragraphs(source: Source, written: Written) -> Source:
    """Return the source with paragraphs of the document for the lines of its Markdown."""
    positions = {path: _position(position, written.paragraphs) for path, position in source.positions.items()}
    positions[()] = Position(0, 0)
    notes = tuple(replace(note, place=_place(note.place, written.paragraphs)) for note in source.notes)
    return replace(source, positions=positions, notes=notes, files=named_in(source, written.files))


def named_in(source: Source, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the pictures of a document that its record names; others are the logo and drawings of a draft of ours."""
    texts = json.dumps(source.data, ensure_ascii=False)
    return {name: data for name, data in files.items() if name in texts}


def _position(position: Position, paragraphs: tuple[int, ...]) -> Position:
    return Position(0, 0, paragraph=_paragraph(position.line, paragraphs))


def _place(place: Place | None, paragraphs: tuple[int, ...] | list[int]) -> Place:
    return Place(place.file, paragraph=_paragraph(place.line, paragraphs)) if place else Place("")


def _paragraph(line: int, paragraphs: tuple[int, ...] | list[int]) -> int:
    return paragraphs[min(max(line, 1), len(paragraphs)) - 1] if paragraphs else 0
