"""The little HTML that status pages and chats write into their texts, as Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

from afterword.readers.rich.blocks import Block, Code, Grid, Items, Quote, Rule, TextBlock, markdown_of
from afterword.readers.rich.inlines import BREAK, PLAIN, Look, Piece, line_of

_NAMES = "p|br|a|b|strong|em|i|u|s|ul|ol|li|code|pre|div|span|small|h[1-6]|blockquote|hr|table|tr|td|th|img|var|time"
_IS_HTML = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_HAS_BLOCKS = re.compile(r"<(?:p|ul|ol|pre|div|h[1-6]|blockquote|table)(?:\s[^<>]*)?>", re.IGNORECASE)
"""What makes a text HTML as a whole; one with less is text, or Markdown, with some HTML in its lines."""

_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_LOOKS = {"strong": Look(strong=True), "b": Look(strong=True), "em": Look(emphasis=True), "i": Look(emphasis=True)}
_LOOKS |= {"s": Look(strike=True), "del": Look(strike=True), "strike": Look(strike=True), "code": Look(code=True)}
_LOOKS |= {"kbd": Look(code=True), "tt": Look(code=True)}
_BLOCKS = frozenset({"p", "div", "section", "article", "ul", "ol", "table", "blockquote", "pre", "hr", "figure", "dl"})
_BLOCKS |= {f"h{level}" for level in range(1, 7)} | {"li", "tr", "td", "th", "thead", "tbody", "dt", "dd", "details"}
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "col"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})
_CLOSED_BY = {"li": {"li"}, "p": {"p"}, "tr": {"tr", "td", "th"}, "td": {"td", "th"}, "th": {"td", "th"}}
"""Which open elements an element ends that may stand inside none of them."""

_AROUND = frozenset({"ul", "ol", "table"})
"""Elements inside which an element ends only what was opened in there too."""

_DEEPEST = 40
"""Elements inside each other that are told apart; what is deeper stands in the last one."""


@dataclass(slots=True)
class _Element:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Element | str] = field(default_factory=list)


def markdown(text: str) -> str:
    """Return a text with its HTML as Markdown; a text without any is returned as it is, line ends and all."""
    if _HAS_BLOCKS.search(text):
        return markdown_of(list(_blocks(_parsed(text).children))) or text
    if _IS_HTML.search(text):
        return _inline(text)
    return html.unescape(text) if _ENTITY.search(text) else text


def _inline(text: str) -> str:
    """Return text with HTML in its lines only: its own lines and marks stay."""
    text = re.sub(r"(?:\r?\n)?[ \t]*<br\s*/?>[ \t]*(?:\r?\n)?", BREAK, text, flags=re.IGNORECASE)
    whole = _pieces(_parsed(text).children)
    pieces = [replace(each, is_ready=each.look == PLAIN and not each.address) for each in whole]
    lines = [line.rstrip(" \t") for line in line_of(pieces).split(BREAK)]
    joined = "".join(line + _break(line, after) for line, after in zip(lines, [*lines[1:], ""], strict=True))
    return re.sub(r"\n{3,}", "\n\n", joined).strip() or text


def _break(line: str, after: str) -> str:
    """Return what a break between two lines is in Markdown: nothing where the text breaks there anyway."""
    if not after or after[0] in "\r\n":
        return ""
    return "\\\n" if line.strip() and line[-1] != "\n" else "\n"


def _parsed(text: str) -> _Element:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.open[0]


class _Reader(HTMLParser):
    """Builds the tree of a text, however its elements are closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Element("")]
        self.deeper = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element, and close those that it cannot stand in."""
        around = next((at for at in range(len(self.open) - 1, 0, -1) if self.open[at].tag in _AROUND), 0)
        ended = _CLOSED_BY.get(tag, set())
        first = next((at for at in range(around + 1, len(self.open)) if self.open[at].tag in ended), len(self.open))
        del self.open[first:]
        element = _Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID and len(self.open) < _DEEPEST:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, with those inside it; what was never opened closes nothing."""
        if place := next((place for place in range(len(self.open) - 1, 0, -1) if self.open[place].tag == tag), 0):
            del self.open[place:]

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.open[-1].children.append(data)


def _blocks(children: Iterable[_Element | str]) -> Iterator[Block]:
    """Yield the blocks that elements and the text between them make."""
    line: list[_Element | str] = []
    for child in children:
        if isinstance(child, str) or not _has_blocks(child):
            line.append(child)
            continue
        yield from _paragraph(line)
        line = []
        yield from _block(child)
    yield from _paragraph(line)


def _has_blocks(element: _Element) -> bool:
    inner = (child for child in element.children if isinstance(child, _Element))
    return element.tag in _BLOCKS or any(map(_has_blocks, inner))


def _paragraph(line: list[_Element | str]) -> Iterator[Block]:
    pieces = list(_pieces(line))
    if any(each.text.strip(f" \t\n{BREAK}") for each in pieces):
        yield TextBlock(pieces)


def _block(element: _Element) -> Iterator[Block]:
    tag, inner = element.tag, element.children
    if tag in {"ul", "ol"}:
        start = element.attributes.get("start", "1")
        listed = [each for each in inner if isinstance(each, _Element) or each.strip()]
        items = [
            list(_blocks(each.children if isinstance(each, _Element) and each.tag == "li" else [each]))
            for each in listed
        ]
        yield Items(items, None if tag == "ul" else int(start) if re.fullmatch(r"\d{1,9}", start) else 1)
    elif tag == "table":
        yield Grid(
            [[list(_blocks(cell.children)) for cell in _inside(row, "td", "th")] for row in _inside(element, "tr")]
        )
    elif tag == "pre":
        yield Code(_plain(element))
    elif tag == "blockquote":
        yield Quote(list(_blocks(inner)))
    elif tag == "hr":
        yield Rule()
    elif re.fullmatch(r"h[1-6]", tag):
        yield TextBlock(list(_pieces(inner)), int(tag[1]))
    elif tag not in _UNSEEN:
        yield from _blocks(inner)


def _inside(element: _Element, *tags: str) -> Iterator[_Element]:
    """Yield the nearest elements with one of some tags."""
    for child in element.children:
        if isinstance(child, _Element):
            if child.tag in tags:
                yield child
            else:
                yield from _inside(child, *tags)


def _plain(element: _Element) -> str:
    return "".join(
        child if isinstance(child, str) else "\n" if child.tag == "br" else _plain(child) for child in element.children
    )


def _pieces(children: Iterable[_Element | str], look: Look = PLAIN, address: str = "") -> Iterator[Piece]:
    """Yield what stands in a line."""
    for child in children:
        if isinstance(child, str):
            yield Piece(child.replace("\xa0", " "), look, address)
        elif child.tag == "br":
            yield Piece(BREAK)
        elif child.tag == "img":
            yield Piece(child.attributes.get("alt") or child.attributes.get("src") or "", look, address)
        elif child.tag not in _UNSEEN:
            own = child.attributes.get("href", "") if child.tag == "a" else ""
            yield from _pieces(child.children, _LOOKS.get(child.tag, PLAIN).over(look), own or address)
