"""Blocks as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import assert_never

from afterword.diagnostics import Finding, Severity
from afterword.report.nodes import (
    BarChart,
    Block,
    BulletList,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Divider,
    Facts,
    FieldBlock,
    Figure,
    FixedWords,
    Footnote,
    ListItem,
    NumberedList,
    Paragraph,
    Picture,
    Quote,
    Strong,
    Table,
    Text,
    TimelineDrawing,
)
from afterword.report.walk import Run, plain_text
from afterword.writers.markdown.escape import line_started
from afterword.writers.markdown.inlines import Place, draw_lines, draw_run, image, note_mark

_ALERTS = {"note": "NOTE", "warning": "WARNING", "to-complete": "IMPORTANT"}
_RULES = {"start": "---", "center": ":---:", "end": "---:"}
_INTERRUPTING = (BulletList, NumberedList, CodeBlock, Quote)


@dataclass(slots=True)
class Page:
    """What is known while a report is written: its words, where links lead, and the notices so far."""

    words: FixedWords = field(default_factory=FixedWords)
    place: Place = field(default_factory=Place)
    findings: list[Finding] = field(default_factory=list)

    def tell_once(self, message: str, severity: Severity = Severity.NOTE) -> None:
        """Keep a notice about what Markdown cannot hold, unless it is kept already."""
        finding = Finding("AW502", message, severity)
        if finding not in self.findings:
            self.findings.append(finding)


def draw_blocks(blocks: Iterable[Block], page: Page, *, tight: bool = False) -> str:
    """Return blocks as Markdown, apart by empty lines, or close together in a tight list where they can be."""
    parts: list[str] = []
    last: Block | None = None
    odd = False
    for block in _unwrapped(blocks):
        odd = isinstance(block, BulletList | NumberedList) and type(block) is type(last) and not odd
        drawn = draw_block(block, page, odd=odd)
        if not drawn:
            continue
        if last is not None:
            close = tight and isinstance(last, Paragraph) and isinstance(block, _INTERRUPTING)
            parts.append("\n" if close and _can_interrupt(block) else "\n\n")
        parts.append(drawn)
        last = block
    return "".join(parts)


def _unwrapped(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        if isinstance(block, FieldBlock):
            yield from _unwrapped(block.blocks)
        else:
            yield block


def _can_interrupt(block: Block) -> bool:
    """Return whether a list may follow a paragraph at once (CommonMark 0.31, 5.2): filled, and counted from 1."""
    match block:
        case NumberedList(items, start):
            return start == 1 and bool(items and items[0].blocks)
        case BulletList(items):
            return bool(items and items[0].blocks)
        case _:
            return True


def draw_block(block: Block, page: Page, *, odd: bool = False) -> str:  # noqa: C901, PLR0911 (one case for each node)
    """Return one block as Markdown; an odd list takes the other mark, so that it stays apart from the one before."""
    match block:
        case Paragraph():
            return _paragraph(block, page)
        case BulletList():
            return _list(block.items, ["+" if odd else "-"] * len(block.items), page, tight=block.tight)
        case NumberedList():
            ends = ")" if odd else "."
            marks = [f"{number}{ends}" for number in range(block.start, block.start + len(block.items))]
            return _list(block.items, marks, page, tight=block.tight)
        case Table():
            return _table(block, page)
        case Facts():
            return _facts(block, page)
        case CodeBlock():
            return _code(block)
        case Quote():
            return _quoted(draw_blocks(block.blocks, page))
        case Callout():
            return _callout(block, page)
        case Figure():
            return _figure(block, page)
        case Divider():
            return "***"
        case FieldBlock():
            return draw_blocks(block.blocks, page)
        case _:
            assert_never(block)


def _paragraph(block: Paragraph, page: Page) -> str:
    if block.role == "heading":
        return f"#### {heading(block.children, page)}"
    return draw_lines(block.children, page.place)


def heading(title: Run, page: Page) -> str:
    """Return the text of a heading, whose closing number signs would be cut off."""
    drawn = draw_run(title, page.place).replace("\\\n", " ").strip()
    return re.sub(r"(^|\s)(#+)$", r"\1\\\2", drawn)


# --- lists -----------------------------------------------------------------------------------------------------


def _list(items: Sequence[ListItem], marks: Sequence[str], page: Page, *, tight: bool) -> str:
    drawn = (_item(item, mark, page, tight=tight) for item, mark in zip(items, marks, strict=True))
    return ("\n" if tight else "\n\n").join(drawn)


def _item(item: ListItem, mark: str, page: Page, *, tight: bool) -> str:
    text = draw_blocks(item.blocks, page, tight=tight)
    if item.checked is not None:
        box = "[x]" if item.checked else "[ ]"
        first = next(iter(_unwrapped(item.blocks)), None)
        between = " " if isinstance(first, Paragraph) and first.role != "heading" else "\n\n"
        text = f"{box}{between}{text}" if text else box
    return _indented(text, f"{mark} ") if text else mark


def _indented(text: str, mark: str) -> str:
    """Return lines behind a mark, those after the first as far in as the mark is wide; empty lines stay empty."""
    first, *rest = text.split("\n")
    return "\n".join([mark + first, *(" " * len(mark) + line if line else "" for line in rest)])


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.split("\n"))


# --- tables and facts ------------------------------------------------------------------------------------------


def _table(table: Table, page: Page) -> str:
    rows = [[_in_cell(draw_run(column.title, replace(page.place, in_cell=True))) for column in table.columns]]
    rows += [[_in_cell(_cell(cell, page)) for cell in row.cells] for row in table.rows]
    rule = "| " + " | ".join(_RULES[column.align] for column in table.columns) + " |"
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    caption = _caption(page.words.table, table.number, table.caption, page)
    return "\n".join([*([caption, ""] if caption else []), head, rule, *body])


def _in_cell(text: str) -> str:
    return text.replace("|", "\\|")


def _cell(cell: Cell, page: Page) -> str:
    """Return what a cell holds on one line: paragraphs apart by two `<br>`, anything else as text with a notice."""
    return "<br><br>".join(_cell_block(block, page) for block in _unwrapped(cell.blocks))


def _cell_block(block: Block, page: Page) -> str:
    if isinstance(block, Paragraph):
        return draw_run(block.children, replace(page.place, in_cell=True))
    page.tell_once("a cell of a table holds more than Markdown allows; it is shown as plain lines")
    lines = plain_text([block]).split("\n")
    runs = [(Code(line),) if isinstance(block, CodeBlock) else (Text(line),) for line in lines if line.strip()]
    return "<br>".join(draw_run(run, replace(page.place, in_cell=True)) for run in runs)


def _caption(word: str, number: int, caption: Run, page: Page) -> str:
    if not caption:
        return ""
    label = f"{word} {number}: " if number else f"{word}: "
    return draw_lines((Strong((Text(label.strip()),)), Text(" "), *caption), page.place)


def _facts(facts: Facts, page: Page) -> str:
    runs = ((Strong((Text(f"{fact.label}:"),)), Text(" "), *fact.value) for fact in facts.facts)
    return "\n".join(_indented(draw_lines(run, page.place), "- ") for run in runs)


# --- the rest --------------------------------------------------------------------------------------------------


def _code(block: CodeBlock) -> str:
    longest = max((len(run) for run in re.findall("`+", block.text)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([fence + block.language, *([block.text] if block.text else []), fence])


def _callout(block: Callout, page: Page) -> str:
    title = f"{draw_lines((Strong((Text(block.title),)),), page.place)}\n\n" if block.title else ""
    return _quoted(f"[!{_ALERTS[block.kind]}]\n{title}{draw_blocks(block.blocks, page)}")


def _figure(figure: Figure, page: Page) -> str:
    match figure.content:
        case Picture(asset):
            page.tell_once("Markdown holds no pictures; they are named by their files")
            if figure.number or not all(isinstance(inline, Text) for inline in figure.caption):
                caption = _caption(page.words.figure, figure.number, figure.caption, page)
                return f"{image(asset, figure.alt, page.place)}\n\n{caption}"
            return image(asset, figure.alt, page.place, plain_text(figure.caption))
        case TimelineDrawing() | BarChart():
            page.tell_once("Markdown holds no drawings; each is given by its text alternative")
            caption = _caption(page.words.figure, figure.number, figure.caption, page)
            alt = line_started(draw_lines((Text(figure.alt),), page.place))
            return f"{caption}\n\n{_quoted(alt)}" if caption else _quoted(alt)
        case _:
            assert_never(figure.content)


# --- notes -----------------------------------------------------------------------------------------------------


def draw_notes(page: Page) -> str:
    """Return the notes to whatever was drawn on the page, each behind its mark."""
    return "\n\n".join(_note(note, page) for note in page.place.notes)


def _note(note: Footnote, page: Page) -> str:
    text = "\n\n".join(draw_lines(line.children, page.place) for line in note.paragraphs)
    first, *rest = text.split("\n")
    return "\n".join([f"{note_mark(note)}: {first}", *(f"    {line}" if line else "" for line in rest)])
