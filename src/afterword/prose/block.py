"""Tokens of blocks as blocks of the tree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from typing import Literal

from afterword.characters import clean
from afterword.prose.inline import MADE, draw_run, instead, picture, without_breaks
from afterword.prose.markdown import MOST_BRACKETS, Branch, has_too_many_brackets, mark_of
from afterword.prose.marking import marked
from afterword.prose.record import Notes
from afterword.report.builders import Align, joined, table
from afterword.report.nodes import (
    Block,
    BulletList,
    CodeBlock,
    Divider,
    Figure,
    Inline,
    LineBreak,
    ListItem,
    NumberedList,
    Paragraph,
    Picture,
    Quote,
    Text,
)
from afterword.report.walk import Run

MOST_COLUMNS = 63
"""Columns of a table in Word; a table with more of them is shown as it was typed."""

_BOX = re.compile(r"\[([ xX])\](?: |$)")
_BREAK = re.compile(r"<br[ ]?/?>", re.IGNORECASE)
_LANGUAGE = re.compile(r"[A-Za-z0-9+#._-]{1,40}")
_ALIGNS: dict[str, Align] = {"text-align:center": "center", "text-align:right": "end"}


def draw_blocks(branches: Iterable[Branch], notes: Notes) -> tuple[Block, ...]:
    """Return blocks in which no section can stand: headings become paragraphs with the role `heading`."""
    return tuple(chain.from_iterable(draw_block(branch, notes) for branch in branches))


def draw_block(branch: Branch, notes: Notes) -> tuple[Block, ...]:  # noqa: PLR0911 (one return for each kind)
    """Return a block, or nothing for one without content."""
    notes.line = notes.line if branch.line is None else branch.line
    match branch.type:
        case "paragraph":
            return _paragraph(branch, notes)
        case "heading":
            return _paragraph_of(run_of(branch, notes), "heading")
        case "bullet_list":
            return (BulletList(_items(branch, notes), _is_tight(branch)),)
        case "ordered_list":
            start = branch.token.attrs.get("start", 1)
            return (NumberedList(_items(branch, notes), int(start), _is_tight(branch)),)
        case "blockquote":
            return (Quote(draw_blocks(branch.branches, notes)),)
        case "fence" | "code_block":
            return (_code(branch),)
        case "table":
            return (_table(branch, notes),)
        case "hr":
            return (Divider(),)
        case "footnote_reference":
            return _unmade_note(branch, notes)
        case other:  # the parser is set up to make no other
            raise AssertionError(other)


def run_of(branch: Branch, notes: Notes) -> Run:
    """Return the inlines of a paragraph, heading or cell."""
    inline = branch.branches[0]
    if has_too_many_brackets(inline.token.content):
        message = f"links are not made in a paragraph with more than {MOST_BRACKETS} brackets"
        notes.tell_once("AW502", message)
    return draw_run(inline.branches, notes)


def _paragraph_of(run: Run, role: Literal["", "heading"] = "") -> tuple[Block, ...]:
    return (Paragraph(run, role),) if run else ()


def _paragraph(branch: Branch, notes: Notes) -> tuple[Block, ...]:
    alone = branch.branches[0].branches
    if len(alone) == 1 and alone[0].type == "image":
        return _figure(alone[0], notes)
    return _paragraph_of(run_of(branch, notes))


def _figure(branch: Branch, notes: Notes) -> tuple[Block, ...]:
    """Return a picture that stands alone as a figure, its title as the caption."""
    found = picture(branch, notes)
    if found is None:
        return _paragraph_of(marked(joined(instead(branch))))
    title = branch.text("title").strip()
    return (Figure(Picture(found.asset), found.alt, (Text(title),) if title else ()),)


def _code(branch: Branch) -> CodeBlock:
    language = _LANGUAGE.match(branch.token.info.strip())
    return CodeBlock(branch.token.content.removesuffix("\n"), language[0] if language else "")


def _unmade_note(branch: Branch, notes: Notes) -> tuple[Block, ...]:
    """Return a note that no mark leads to, or that cannot be made, as it was written; nothing for any other."""
    if branch.token.meta.get(MADE):
        return ()
    mark = f"{mark_of(branch)}:"
    notes.tell("AW410", "the footnote is shown where it is written", mark)
    blocks = draw_blocks(branch.branches, notes)
    label = Text(clean(mark)[0])
    match blocks:
        case (Paragraph() as first, *rest):
            return (replace(first, children=joined((label, Text(" "), *first.children))), *rest)
        case _:
            return (Paragraph((label,)), *blocks)


# --- lists -----------------------------------------------------------------------------------------------------


def _is_tight(branch: Branch) -> bool:
    paragraphs = [block for item in branch.branches for block in item.branches if block.type == "paragraph"]
    return all(block.token.hidden for block in paragraphs)


def _items(branch: Branch, notes: Notes) -> tuple[ListItem, ...]:
    return tuple(_item(item, notes) for item in branch.branches)


def _item(item: Branch, notes: Notes) -> ListItem:
    checked = _take_box(item)
    return ListItem(draw_blocks(item.branches, notes), checked)


def _take_box(item: Branch) -> bool | None:
    """Return whether the box at the start of a task is ticked, and take it away; None without a box."""
    first = item.branches[0] if item.branches and item.branches[0].type == "paragraph" else None
    inline = first.branches[0] if first else None
    box = _BOX.match(inline.token.content) if inline else None
    if box is None or inline is None or not inline.branches or inline.branches[0].type != "text":
        return None
    text = inline.branches[0].token
    if not text.content.startswith(box[0]):
        return None
    text.content = text.content.removeprefix(box[0])
    return box[1] != " "


# --- tables ----------------------------------------------------------------------------------------------------


def _table(branch: Branch, notes: Notes) -> Block:
    head, *bodies = branch.branches
    columns = head.branches[0].branches
    if is_wide(branch):
        return _wide_table(branch, notes)
    aligns = [_ALIGNS.get(column.text("style"), "start") for column in columns]
    titles = [without_breaks(run_of(column, notes)) for column in columns]
    rows = [[_cell(cell, notes) for cell in row.branches] for body in bodies for row in body.branches]
    return table(titles, aligns, rows)


def is_wide(table: Branch) -> bool:
    """Return whether a table has more columns than Word takes."""
    return len(table.branches[0].branches[0].branches) > MOST_COLUMNS


def _wide_table(branch: Branch, notes: Notes) -> Block:
    first, end = branch.token.map or (0, 0)
    message = f"a table of more than {MOST_COLUMNS} columns is shown as it was typed"
    notes.tell("AW502", message)
    return CodeBlock("\n".join(notes.text.split("\n")[first:end]))


def _cell(cell: Branch, notes: Notes) -> tuple[Block, ...]:
    """Return the blocks of a cell: `<br>` breaks the line, and two of them start a new paragraph."""
    notes.line = notes.line if cell.branches[0].line is None else cell.branches[0].line
    _take_breaks(cell.branches[0])
    return tuple(Paragraph(run) for run in _paragraphs(run_of(cell, notes)))


def _take_breaks(branch: Branch) -> None:
    """Make line breaks of `<br>` in the tokens below a cell."""
    branch.branches = list(chain.from_iterable(_broken(each) for each in branch.branches))


def _broken(branch: Branch) -> Iterator[Branch]:
    token = branch.token
    if branch.type != "text" or not _BREAK.search(token.content):
        _take_breaks(branch)
        yield branch
        return
    first, *rest = _BREAK.split(token.content)
    texts = [first, *(text.lstrip(" ") for text in rest)]
    for text in texts[:-1]:
        yield Branch(token.copy(content=text.rstrip(" ")))
        yield Branch(token.copy(type="hardbreak", content=""))
    yield Branch(token.copy(content=texts[-1]))


def _paragraphs(run: Run) -> Iterator[Run]:
    """Yield the parts of a run between two or more line breaks."""
    part: list[Inline] = []
    breaks = 0
    for inline in run:
        if isinstance(inline, LineBreak):
            breaks += 1
            continue
        if breaks > 1 and part:
            yield tuple(part)
            part = []
        elif breaks and part:
            part.append(LineBreak())
        part.append(inline)
        breaks = 0
    if part:
        yield tuple(part)
