"""The tag tree that a report should have, written down a second time and without the PDF writer.

What the rows of `_block` and `_inline` say is the claim: which structure type of PDF 1.7 each node of a report is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import zip_longest

from pdf_tags import Tag

from afterword.options import Pages
from afterword.report import nodes as n

Content = list[Tag | str]


@dataclass(frozen=True, slots=True)
class Expecting:
    """What the mapping needs to know besides the node at hand."""

    words: n.FixedWords
    pages: Pages = field(default_factory=lambda: Pages(0))
    language: str = ""
    bullets: int = 0
    """How many lists are around."""


def expected_tags(report: n.Report, pages: Pages, logo: str = "") -> Tag:
    """Return the tag tree of a report whose sections stand on these pages."""
    about = Expecting(report.words, pages, report.meta.language)
    kids: Content = [_title_block(report.title_block, about, logo)]
    if report.contents and report.sections:
        kids.append(Tag("Sect", "", [Tag("H2", "", [report.words.contents]), *_entries(report.sections, 1, about)]))
    kids += [_section(section, 2, about) for section in report.sections]
    return Tag("Document", "", [*kids, *_blocks(report.closing, about)])


def _title_block(block: n.TitleBlock, about: Expecting, logo: str) -> Tag:
    badges: Content = [Tag("LI", "", [Tag("LBody", "", [badge.label, badge.text])]) for badge in block.badges]
    figures: Content = [Tag("LI", "", [Tag("LBody", "", [figure.label, figure.text])]) for figure in block.figures]
    picture: Content = [Tag("P", "", [Tag("Figure", f"alt='{logo}'")])] if logo else []
    return Tag(
        "Div",
        "",
        [
            *picture,
            Tag("P", "", [block.kicker]),
            Tag("H1", "", _inlines(block.title, about)),
            Tag("P", "", [block.subtitle]),
            Tag("P", "", [block.byline]),
            Tag("L", "listnumbering=None", badges),
            Tag("L", "listnumbering=None", figures),
        ],
    )


def _entries(sections: Iterable[n.Section], depth: int, about: Expecting) -> Content:
    if depth > 2 or not any(section.anchor for section in sections):
        return []
    return [Tag("TOC", "", [_entry(section, depth, about) for section in sections if section.anchor])]


def _entry(section: n.Section, depth: int, about: Expecting) -> Tag:
    title = f"{section.number} {text_of(section.title)}" if section.number else text_of(section.title)
    told = " ".join(title.split()) or section.anchor
    link = Tag("Link", f"leads='{told}'", [section.number, *_inlines(section.title, about)])
    page = str(about.pages.of_anchor[section.anchor])
    return Tag("TOCI", "", [Tag("Reference", "", [link, page]), *_entries(section.sections, depth + 1, about)])


def _section(section: n.Section, level: int, about: Expecting) -> Tag:
    heading = Tag(f"H{level}", "", [section.number, *_inlines(section.title, about)])
    inner = [_section(each, level + 1, about) for each in section.sections]
    return Tag("Sect", "", [heading, *_blocks(section.blocks, about), *inner])


def _blocks(blocks: Iterable[n.Block], about: Expecting) -> Content:
    return [tag for block in blocks for tag in _block(block, about)]


def _block(block: n.Block, about: Expecting) -> Content:  # noqa: C901, PLR0911 (one row per node)
    match block:
        case n.Paragraph():
            return [Tag("P", "", _inlines(block.children, about))]
        case n.BulletList() | n.NumberedList():
            return [_list(block, about)]
        case n.Table():
            return [_table(block, about)]
        case n.Facts():
            rows: Content = [
                Tag("TR", "", [Tag("TH", "scope=Row", [fact.label]), Tag("TD", "", _inlines(fact.value, about))])
                for fact in block.facts
            ]
            return [Tag("Table", _summary(block.description), [Tag("TBody", "", rows)])]
        case n.CodeBlock():
            return [Tag("P", "", [Tag("Code", "", [block.text])])]
        case n.Quote():
            return [Tag("BlockQuote", "", _blocks(block.blocks, about))]
        case n.Callout():
            return [Tag("Div", "", [Tag("P", "", [block.title]), *_blocks(block.blocks, about)])]
        case n.Figure():
            alt = f"alt='{block.alt.strip() or about.words.figure}'"
            return [Tag("Div", "", [Tag("Figure", alt), _caption(about.words.figure, block, about)])]
        case n.Divider():
            return []
        case n.FieldBlock():
            return _blocks(block.blocks, about)


_BULLETS = ("Disc", "Circle", "Square")


def _list(block: n.BulletList | n.NumberedList, about: Expecting) -> Tag:
    bullet = _BULLETS[min(about.bullets, 2)]
    numbering = "Decimal" if isinstance(block, n.NumberedList) else bullet
    inner = Expecting(about.words, about.pages, about.language, about.bullets + 1)
    items: Content = []
    for index, item in enumerate(block.items):
        label = f"{block.start + index}." if isinstance(block, n.NumberedList) else "•◦▪"[min(about.bullets, 2)]
        if item.checked is not None:
            label = "☑" if item.checked else "☐"
        body = _tight(item.blocks, inner) if block.tight else _blocks(item.blocks, inner)
        items.append(Tag("LI", "", [Tag("Lbl", "", [label]), Tag("LBody", "", body)]))
    return Tag("L", f"listnumbering={numbering}", items)


def _tight(blocks: tuple[n.Block, ...], about: Expecting) -> Content:
    """Return the content of a cell or a short item: its first paragraph needs no element of its own."""
    match blocks:
        case (n.FieldBlock(blocks=inner), *rest):
            return _tight((*inner, *rest), about)
        case (n.Paragraph(children=children, role=""), *rest):
            return [*_inlines(children, about), *_blocks(rest, about)]
        case _:
            return _blocks(blocks, about)


def _table(table: n.Table, about: Expecting) -> Tag:
    heads: Content = [Tag("TH", "scope=Column", _inlines(column.title, about)) for column in table.columns]
    rows: Content = [Tag("TR", "", _cells(row, table, about)) for row in table.rows]
    kids: Content = [_caption(about.words.table, table, about), Tag("THead", "", [Tag("TR", "", heads)])]
    return Tag("Table", _summary(table.description), [*kids, Tag("TBody", "", rows)])


def _cells(row: n.Row, table: n.Table, about: Expecting) -> Content:
    made: Content = []
    for index, (cell, _) in enumerate(zip_longest(row.cells, table.columns)):
        if cell is not None:
            is_head = table.row_headers and index == 0
            kind, says = ("TH", "scope=Row") if is_head else ("TD", "")
            made.append(Tag(kind, says, _tight(cell.blocks, about)))
    return made


def _summary(description: str) -> str:
    return f"summary={description}" if description else ""


def _caption(label: str, holder: n.Table | n.Figure, about: Expecting) -> Tag:
    number = [f"{label} {holder.number}."] if holder.number and holder.caption else []
    return Tag("Caption", "", [*number, *_inlines(holder.caption, about)])


def _inlines(inlines: Iterable[n.Inline], about: Expecting) -> Content:
    return [tag for inline in inlines for tag in _inline(inline, about)]


def _inline(inline: n.Inline, about: Expecting) -> Content:  # noqa: C901, PLR0911 (one row per node)
    match inline:
        case n.Text() | n.Placeholder():
            return [inline.text]
        case n.Strong():
            return [Tag("Strong", "", _inlines(inline.children, about))]
        case n.Emphasis():
            return [Tag("Em", "", _inlines(inline.children, about))]
        case n.Strike():
            return [Tag("Span", "textdecorationtype=LineThrough", _inlines(inline.children, about))]
        case n.Code():
            return [Tag("Code", "", [inline.text])]
        case n.Link():
            return [Tag("Link", f"leads='{_leads(inline, about)}'", _inlines(inline.children, about))]
        case n.LineBreak():
            return []
        case n.FieldText():
            return _inlines(inline.children, about)
        case n.Foreign():
            inner = Expecting(about.words, about.pages, inline.language, about.bullets)
            says = f"lang='{inline.language}'" if inline.language != about.language else ""
            return [Tag("Span", says, _inlines(inline.children, inner))]
        case n.InlineImage():
            return [Tag("Figure", f"alt='{inline.alt.strip() or about.words.figure}'")]
        case n.Footnote():
            return _note(inline, about)


def _note(note: n.Footnote, about: Expecting) -> Content:
    """Return the mark of a note, and after the first mark the note with its number and its paragraphs."""
    number, told = str(note.number), about.words.note.format(number=note.number)
    mark = Tag("Reference", "", [Tag("Link", f"leads='{told}'", [number])])
    if not note.paragraphs:
        return [mark]
    label = Tag("Lbl", "", [Tag("Link", f"leads='{about.words.back}'", [number])])
    lines: Content = [Tag("P", "", _inlines(line.children, about)) for line in note.paragraphs]
    return [mark, Tag("Note", "", [label, *lines])]


def _leads(link: n.Link, about: Expecting) -> str:
    """Return the description of a link: its title or words, and the address where it leads outside."""
    told = link.title or " ".join(text_of(link.children, about.words.figure).split())
    if link.target.startswith("#"):
        return told or link.target[1:]
    return f"{told} ({link.target})" if told and link.target not in told else told or link.target


def text_of(inlines: Iterable[n.Inline], figure: str = "") -> str:
    """Return the words of inlines, pictures by their alternatives."""
    pieces = []
    for inline in inlines:
        match inline:
            case n.Text() | n.Placeholder() | n.Code():
                pieces.append(inline.text)
            case n.InlineImage():
                pieces.append(inline.alt.strip() or figure)
            case n.LineBreak() | n.Footnote():
                pass
            case _:
                pieces.append(text_of(inline.children, figure))
    return "".join(pieces)
