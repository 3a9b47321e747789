"""Ways through the tree: every section, block and inline in reading order, the plain text, and the words.

Walks keep their own stack, so a deep tree cannot exhaust Python's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never, get_args

from afterword.report.nodes import (
    Badge,
    Block,
    BulletList,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Divider,
    Emphasis,
    Fact,
    Facts,
    FieldBlock,
    FieldText,
    Figure,
    Footnote,
    Foreign,
    Inline,
    InlineImage,
    KeyFigure,
    LineBreak,
    Link,
    ListItem,
    NumberedList,
    Paragraph,
    Placeholder,
    Quote,
    Report,
    Row,
    Section,
    Strike,
    Strong,
    Table,
    Text,
    TitleBlock,
)

Run = tuple[Inline, ...]
"""Inlines that stand together: a paragraph's, a title's, a caption's."""

Part = Section | Block | ListItem | Row | Cell | Fact | Run
"""What a walk passes: everything that has words, from the whole to its runs of inlines."""


def walk(*roots: Part) -> Iterator[Part]:
    """Yield the parts and all parts within them, each before its own, in the order a reader meets them."""
    stack = list(reversed(roots))
    while stack:
        part = stack.pop()
        yield part
        stack.extend(reversed(parts(part)))


def parts(part: Part) -> tuple[Part, ...]:
    """Return what a part consists of, in reading order: a table's caption stands above it, a figure's below.

    Notes follow the run that refers to them.
    """
    match part:
        case tuple():
            return tuple(each for note in within(part) if isinstance(note, Footnote) for each in note.paragraphs)
        case Section():
            return (part.title, *part.blocks, *part.sections)
        case ListItem() | Cell():
            return part.blocks
        case Row():
            return part.cells
        case Fact():
            return (_run(part.label), part.value)
        case _:
            return _block_parts(part)


def _block_parts(block: Block) -> tuple[Part, ...]:  # noqa: PLR0911 (one return for each node)
    match block:
        case Paragraph():
            return (block.children,)
        case BulletList() | NumberedList():
            return block.items
        case Table():
            return (block.caption, *(column.title for column in block.columns), *block.rows)
        case Facts():
            return block.facts
        case CodeBlock():
            return (_run(block.text),)
        case Quote() | FieldBlock():
            return block.blocks
        case Callout():
            return (_run(block.title), *block.blocks)
        case Figure():
            return (block.caption,)
        case Divider():
            return ()
    assert_never(block)


def _run(text: str) -> Run:
    return (Text(text),) if text else ()


def of_title(title: TitleBlock) -> tuple[Run, ...]:
    """Return the runs of a title block in reading order: badges and figures come last, each with its label first."""
    marks: tuple[Badge | KeyFigure, ...] = (*title.badges, *title.figures)
    texts = (text for mark in marks for text in (mark.label, mark.text))
    return (_run(title.kicker), title.title, _run(title.subtitle), _run(title.byline), *map(_run, texts))


def all_parts(report: Report) -> Iterator[Part]:
    """Yield every part of a report in reading order: title block, sections, closing."""
    return walk(*of_title(report.title_block), *report.sections, *report.closing)


def sections(report: Report) -> Iterator[tuple[int, Section]]:
    """Yield every section with its level, 1 for those at the top, in reading order."""
    stack = [(1, section) for section in reversed(report.sections)]
    while stack:
        level, section = stack.pop()
        yield level, section
        stack.extend((level + 1, below) for below in reversed(section.sections))


def blocks(report: Report) -> Iterator[Block]:
    """Yield every block in reading order, each before those within it."""
    kinds = get_args(Block)
    return (part for part in all_parts(report) if isinstance(part, kinds))


def runs(report: Report) -> Iterator[Run]:
    """Yield every run of inlines in reading order; labels and code count as runs of one text."""
    return (part for part in all_parts(report) if isinstance(part, tuple))


def inlines(report: Report) -> Iterator[Inline]:
    """Yield every inline in reading order, each before those within it."""
    return (inline for run in runs(report) for inline in within(run))


def within(run: Iterable[Inline]) -> Iterator[Inline]:
    """Yield the inlines of a run and all inlines within them, in reading order."""
    stack = list(run)[::-1]
    while stack:
        inline = stack.pop()
        yield inline
        stack.extend(reversed(children(inline)))


def children(inline: Inline) -> Run:
    """Return the inlines inside an inline; none for a leaf."""
    match inline:
        case Strong() | Emphasis() | Strike() | Link() | FieldText() | Foreign():
            return inline.children
        case Text() | Code() | LineBreak() | Placeholder() | InlineImage() | Footnote():
            return ()
    assert_never(inline)


def plain_text(nodes: Run | Iterable[Block] | Report) -> str:
    """Return the text of a run, of blocks or of a report, with nothing but the characters a reader sees.

    Inlines join without a space, a line break is a line feed, blocks and cells stand on lines of their own.
    Pictures and drawings have no text: their alternatives replace them and are not counted.
    """
    if isinstance(nodes, Report):
        return _lines(all_parts(nodes))
    found = tuple(nodes)
    if all(isinstance(node, get_args(Inline)) for node in found):
        return "".join(_own_text(inline) for inline in within(found))  # type: ignore[arg-type] # just checked
    return _lines(walk(*found))  # type: ignore[arg-type] # no inlines among them


def _lines(found: Iterable[Part]) -> str:
    texts = (plain_text(part) for part in found if isinstance(part, tuple))
    return "\n".join(text for text in texts if text)


def _own_text(inline: Inline) -> str:
    match inline:
        case Text() | Code() | Placeholder():
            return inline.text
        case Footnote():
            return str(inline.number or "")
        case LineBreak():
            return "\n"
        case _:
            return ""


def words(report: Report) -> tuple[str, ...]:
    """Return all words of a report in the order a reader meets them: what every document made from it must hold.

    In: the title block (kicker, title, subtitle, byline, label and text of badges and figures), titles of
    sections, paragraphs, list items, captions without their label and number, labels and values of facts,
    column titles, cells, code, titles of callouts, the closing, marks of notes and the notes, each after the run that
    refers to it. Out: what writers add, which is contents, numbers
    of sections, lists and captions, marks of task lists, headers and footers; and text alternatives, the labels
    inside drawings, targets of links, descriptions and metadata. A word is what stands between white space
    (`str.split`).
    """
    return tuple(word for run in runs(report) for word in plain_text(run).split())
