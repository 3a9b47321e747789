"""Documents of Atlassian's editor as Markdown.

Their format is told in https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/: nodes with a
`type`, their `content` and `attrs`, and texts with `marks`. A node of a type that is not known is what is inside it.
Other editors of the same family write `bullet_list` for `bulletList`; incident.io has `list`, and texts in an envelope.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from afterword.readers.rich.blocks import Block, Code, Grid, Items, Quote, Rule, TextBlock, markdown_of
from afterword.readers.rich.inlines import BREAK, PLAIN, Look, Piece
from afterword.readers.source import Data

_LOOKS = {"strong": Look(strong=True), "em": Look(emphasis=True), "strike": Look(strike=True), "code": Look(code=True)}
_LOOKS |= {"bold": Look(strong=True), "italic": Look(emphasis=True)}
_SET_APART = frozenset({"paragraph", "heading", "rule", "horizontalRule", "codeBlock", "table", "blockquote", "panel"})
"""Nodes that stand apart even where they have nothing in them; any other without content stands in a line."""

_SAID = ("text", "title", "alt", "unicode", "label", "name", "value_str", "url", "shortName", "src", "data", "id")
"""Where a node without content says what it stands for, the best first."""

_CARDS = frozenset({"inlineCard", "blockCard", "embedCard"})
_PICTURES = frozenset({"media", "mediaInline", "image"})
_WRAPS = ("text_node", "root", "document", "doc", "markdown", "value_markdown")
_DEEPEST = 60


def is_document(value: Data) -> bool:
    """Return whether a value is such a document."""
    return isinstance(value, dict) and value.get("type") == "doc" and isinstance(value.get("content"), list)


def in_envelope(value: Data) -> Data:
    """Return the document that a value is or wraps, or the Markdown that it wraps; None for any other value."""
    wrapped = [value[name] for name in _WRAPS if name in value] if isinstance(value, dict) else []
    found = next((each for each in (value, *wrapped) if is_document(each)), None)
    return found or next((each for each in wrapped if isinstance(each, str) and each.strip()), None)


def parsed(text: str) -> Data:
    """Return the document that a text is in JSON, None for any other text."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
    return value if is_document(value) and not _is_too_deep(value) else None


def _is_too_deep(value: Data) -> bool:
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
    return bool(level)


def _inside(value: Data) -> list[Data]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []


def markdown(document: Data) -> str:
    """Return a document as Markdown."""
    return markdown_of(list(_blocks(_content(document), _DEEPEST)))


def _content(node: Data) -> list[Data]:
    content = node.get("content") if isinstance(node, dict) else None
    return content if isinstance(content, list) else []


def _type(node: Data) -> str:
    kind = node.get("type") if isinstance(node, dict) else None
    return re.sub(r"_(\w)", lambda match: match[1].upper(), kind) if isinstance(kind, str) else ""


def _attribute(node: Data, name: str) -> str:
    attributes = node.get("attrs") if isinstance(node, dict) else None
    value = attributes.get(name) if isinstance(attributes, dict) else None
    return value if isinstance(value, str) else ""


def _blocks(nodes: list[Data], depth: int) -> Iterator[Block]:
    line: list[Piece] = []
    for node in nodes if depth else []:
        if _type(node) not in _SET_APART and not _content(node):
            line += _pieces(node)
            continue
        if line:
            yield TextBlock(line)
        line = []
        yield from _block(node, depth - 1)
    if line:
        yield TextBlock(line)


def _block(node: Data, depth: int) -> Iterator[Block]:
    content = _content(node)
    match _type(node):
        case "paragraph" | "caption":
            yield TextBlock([piece for each in content for piece in _pieces(each)])
        case "heading":
            level = _attribute(node, "level")
            yield TextBlock(
                [piece for each in content for piece in _pieces(each)], int(level) if level.isdigit() else 1
            )
        case "bulletList" | "decisionList" | "orderedList" | "list":
            yield Items([list(_blocks(_content(each), depth)) for each in content], _start(node))
        case "taskList":
            yield Items([list(_task(each, depth)) for each in content])
        case "codeBlock":
            yield Code("".join(piece.text for each in content for piece in _pieces(each)))
        case "blockquote" | "panel":
            yield Quote(list(_blocks(content, depth)))
        case "rule" | "horizontalRule":
            yield Rule()
        case "table":
            yield Grid([[list(_blocks(_content(cell), depth)) for cell in _content(row)] for row in content])
        case _:
            yield from _other(node, depth)


def _start(items: Data) -> int | None:
    """Return the first number of a list, None for one without numbers."""
    if _type(items) != "orderedList" and _attribute(items, "type") in {"", "bullet", "bulleted", "unordered"}:
        return None
    start = _attribute(items, "order") or _attribute(items, "start")
    return int(start) if re.fullmatch(r"\d{1,9}", start) else 1


def _task(node: Data, depth: int) -> Iterator[Block]:
    """Yield what stands in a task, its box first; a list inside a list of tasks is an item of its own."""
    if _type(node) == "taskList":
        yield from _block(node, depth)
        return
    box = Piece("[x] " if _attribute(node, "state") == "DONE" else "[ ] ", is_ready=True)
    first, *rest = [*_blocks(_content(node), depth)] or [TextBlock([])]
    yield TextBlock([box, *first.pieces]) if isinstance(first, TextBlock) else TextBlock([box])
    yield from [*([] if isinstance(first, TextBlock) else [first]), *rest]


def _other(node: Data, depth: int) -> Iterator[Block]:
    """Yield what is inside a node that only wraps, its title before it."""
    title = _attribute(node, "title")
    if title:
        yield TextBlock([Piece(title, Look(strong=True))])
    yield from _blocks(_content(node), depth)


def _pieces(node: Data) -> Iterator[Piece]:
    if _type(node) in {"hardBreak", "lineBreak"}:
        yield Piece(BREAK)
    elif _type(node) == "date":
        yield Piece(_day(_attribute(node, "timestamp")))
    elif _type(node) in _CARDS and _attribute(node, "url"):
        yield Piece(_attribute(node, "url"), address=_attribute(node, "url"))
    elif isinstance(node, dict) and isinstance(text := node.get("text"), str):
        yield _marked(Piece(text), _marks(node))
    else:
        said = next(filter(None, (_attribute(node, name) for name in _SAID)), "")
        yield _marked(Piece(f"[{said}]" if said and _type(node) in _PICTURES else said), _marks(node))
        for each in _content(node):
            yield from _pieces(each)


def _marks(node: Data) -> Data:
    return node.get("marks") if isinstance(node, dict) else None


def _marked(piece: Piece, marks: Data) -> Piece:
    for mark in marks if isinstance(marks, list) else []:
        piece = replace(piece, look=_LOOKS.get(_type(mark), PLAIN).over(piece.look))
        piece = replace(piece, address=_attribute(mark, "href") or piece.address)
    return piece


def _day(timestamp: str) -> str:
    """Return the day of a moment in milliseconds; what is none as it is."""
    try:
        return datetime.fromtimestamp(int(timestamp) / 1000, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return timestamp
