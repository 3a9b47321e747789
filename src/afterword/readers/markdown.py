"""Reads Markdown: the document as its author divided it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from afterword.errors import SourceError
from afterword.prose.markdown import Branch, outline
from afterword.prose.record import TooDeep
from afterword.readers import toml, yaml
from afterword.readers.document import Block, BlockKind, Document, Row, Section, Span
from afterword.readers.faults import fault, refuse
from afterword.readers.source import Data, Position, Source
from afterword.report.identity import NUMBERED

_FRONT = re.compile(r"(?P<mark>---|\+\+\+)[ \t]*\n(?P<text>.*?)^(?P=mark)[ \t]*$", re.DOTALL | re.MULTILINE)
_HIDDEN = re.compile(
    r"^[ >\t]*(?P<fence>`{3,}|~{3,})[^\n`]*\n(?:.*?^[ >\t]*(?P=fence)[`~]*[ \t]*$|.*\Z)"
    r"|(?P<ticks>`+)[^`\n]*(?P=ticks)(?!`)"
    r"|(?P<comment><!--)"
    r"|^[ \t]*(?P<tag></?(?:details|section|div|summary)\b[^<>\n]*>[ \t]*)+$",
    re.DOTALL | re.MULTILINE,
)
"""Code, in which nothing is looked for, and what is: comments, and lines of nothing but tags that only wrap."""

_MARKER = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])(?:[ \t]{1,4}(?![ \t])|[ \t]|$)")
_KINDS: dict[str, BlockKind] = {
    "bullet_list": "list",
    "ordered_list": "numbers",
    "table": "table",
    "fence": "code",
    "code_block": "code",
    "blockquote": "quote",
    "hr": "rule",
}
_LONGEST_UNDERLINED = 80
"""Characters that a heading with a line under it may have; longer text above a line is text above a line."""

_FENCE = re.compile(r"[ >\t]*(`{3,}|~{3,})")
_TIGHT = re.compile(r"[ ]{0,3}(#{1,6})(?=[^\W\d_]|[*_`\U0001f300-\U0001faff])")
_COUNTED = re.compile(r"(?P<marks>#{2,6}) \d+(?:\.\d+)* (?=\S)")
"""Begins a heading of ours that a theme has numbered."""

_TAGGED = re.compile(
    r"[ ]{0,3}<h(?P<level>[1-6])\b[^<>\n]*>[ \t]*(?P<title>[^\n]*?\S)[ \t]*</h(?P=level)>[ \t]*$", re.IGNORECASE
)
"""A heading in HTML on a line of its own, as READMEs have it."""

_NOTE = "footnote_reference"
_LINK_LABEL = re.compile(r"[ ]{0,3}\[(?P<label>[^\[\]]{1,999})\]:")

MOST_HEADINGS = 10_000


def parse(text: str, name: str, folder: Path | None = None) -> Document:
    """Return a Markdown text as a document.

    Raises SourceError AW106 for text that is nested deeper than any is, AW103 for one of too many headings.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front, aside, body = _front(text, name)
    body, comments = _without_hidden(body)
    is_numbered = any(key == NUMBERED and values[:1] and values[0].text == "true" for key, values in front)
    lines, spaced = _spaced(body.split("\n"), is_numbered=is_numbered)
    body = "\n".join(lines) if spaced else body
    try:
        branches = outline(body)
    except TooDeep as error:
        refuse(fault(name, "AW106", "lists, quotations or marks are nested too deep", Position(error.line + 1, 1)))
    builder = _Builder(lines, branches, spaced)
    if len(builder.headings) > MOST_HEADINGS:
        position = Position(builder.headings[MOST_HEADINGS][0], 1)
        refuse(fault(name, "AW103", f"the text has more than {MOST_HEADINGS:,} headings", position))
    blocks, sections = builder.build()
    return Document(name, folder, body, front, blocks, sections, (*aside, *comments), builder.definitions)


def _front(text: str, name: str) -> tuple[tuple[tuple[str, tuple[Span, ...]], ...], tuple[Span, ...], str]:
    """Return the fields of the front matter, what of it cannot be read, and the text with its lines blank."""
    match = _FRONT.match(text)
    if match is None:
        return (), (), text
    body = "\n" * match[0].count("\n") + text[match.end() :]
    reader = yaml if match["mark"] == "---" else toml
    try:
        source = reader.read(match["text"], name)
    except SourceError:
        return (), (Span(match["text"].strip("\n"), 2, is_exact=False),), body
    if not isinstance(source.data, dict):
        return (), (Span(match["text"].strip("\n"), 2, is_exact=False),), body
    fields = tuple((key, tuple(_values(source, value, (key,)))) for key, value in source.data.items())
    remarks = re.findall(r"^[ \t]*#.*$", match["text"], re.MULTILINE)
    return fields, tuple(Span(remark, 2, is_exact=False) for remark in remarks), body


def _values(source: Source, value: Data, path: tuple[str | int, ...]) -> Iterator[Span]:
    """Yield the texts of a value of the front matter; of mappings inside it also the keys."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str):
                yield _front_span(source, f"{key}: {item}", (*path, key))
            else:
                yield _front_span(source, f"{key}:", (*path, key))
                yield from _values(source, item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _values(source, item, (*path, index))
    elif value is not None:
        yield _front_span(source, value, path)


def _front_span(source: Source, text: str, path: tuple[str | int, ...]) -> Span:
    place = source.place(path)
    return Span(text, (place.line or 1) + 1, place.column or 1, is_exact=False)


def _without_hidden(text: str) -> tuple[str, tuple[Span, ...]]:
    """Return the text with comments and wrapping tags made blank, line by line, and the comments."""
    kept: list[str] = []
    comments: list[Span] = []
    at, line, counted = 0, 1, 0
    while match := _HIDDEN.search(text, at):
        kept.append(text[at : match.start()])
        end = match.end()
        if match["comment"]:
            closed = text.find("-->", end)
            end = closed + 3 if closed >= 0 else len(text)
            line, counted = line + text.count("\n", counted, match.start()), match.start()
            comments.append(Span(text[match.start() : end], line, is_exact=False))
            kept.append(re.sub(r"[^\n]", " ", text[match.start() : end]))
        elif match["tag"]:
            kept.append(" " * (end - match.start()) if "summary" not in match["tag"] else match[0])
        else:
            kept.append(match[0])
        at = end
    return "".join(kept) + text[at:], tuple(comments)


def _spaced(lines: list[str], *, is_numbered: bool) -> tuple[list[str], frozenset[int]]:
    """Return the lines with headings as CommonMark has them, and the numbers of those that are changed.

    A space comes after marks that have none; one mark alone makes a heading only in the first line of the text, as
    elsewhere `#42` and `#channel` are words. A heading in HTML gets marks. Sections that a theme of ours has numbered
    go without their numbers.
    """
    changed: dict[int, str] = {}
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    fence = ""
    for number, line in enumerate(lines):
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif is_numbered and not fence and (match := _COUNTED.match(line)):
            changed[number] = f"{match['marks']} {line[match.end() :]}"
        elif not fence and (match := _TIGHT.match(line)) and (len(match[1]) > 1 or number == first):
            changed[number] = f"{line[: match.end(1)]} {line[match.end(1) :]}"
        elif not fence and (tagged := _TAGGED.match(line)):
            changed[number] = f"{'#' * int(tagged['level'])} {tagged['title']}"
    return [changed.get(number, line) for number, line in enumerate(lines)] if changed else lines, frozenset(
        number + 1 for number in changed
    )


class _Builder:
    """Builds sections from the tokens of a text."""

    def __init__(self, lines: Sequence[str], branches: Sequence[Branch], spaced: frozenset[int]) -> None:
        self.spaced = spaced
        self.branches = [branch for branch in branches if branch.type != _NOTE]
        self.definitions, defined = _definitions(lines, branches)
        self.lines = ["" if number in defined else line for number, line in enumerate(lines)]
        self.headings = [
            (branch.token.map[0] + 1, index)
            for index, branch in enumerate(self.branches)
            if branch.token.map and _is_heading(branch)
        ]
        self.ends = self._ends()

    def _ends(self) -> list[int]:
        """Return for each heading the number of the one that ends it: the next that is not inside it."""
        ends = [len(self.headings)] * len(self.headings)
        open_ones: list[int] = []
        for number, (_, index) in enumerate(self.headings):
            level = int(self.branches[index].token.tag[1])
            while open_ones and int(self.branches[self.headings[open_ones[-1]][1]].token.tag[1]) >= level:
                ends[open_ones.pop()] = number
            open_ones.append(number)
        return ends

    def build(self) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
        first = self.headings[0][1] if self.headings else len(self.branches)
        last = self.headings[0][0] - 1 if self.headings else len(self.lines)
        return self._blocks(0, first, 0, last), self._sections(0, len(self.headings))

    def _sections(self, start: int, end: int) -> tuple[Section, ...]:
        sections = []
        number = start
        while number < end:
            sections.append(self._section(number))
            number = self.ends[number]
        return tuple(sections)

    def _section(self, number: int) -> Section:
        line, index = self.headings[number]
        branch = self.branches[index]
        after = self.headings[number + 1][1] if number + 1 < len(self.headings) else len(self.branches)
        below = branch.token.map[1] if branch.token.map else line
        own = self._line_before(number + 1)
        title = branch.branches[0].token.content if branch.branches else ""
        heading = Span("\n".join(self.lines[line - 1 : below]), line, is_exact=line not in self.spaced)
        return Section(
            title,
            int(branch.token.tag[1]),
            heading,
            self._blocks(index + 1, after, below, own),
            self._sections(number + 1, self.ends[number]),
            self._slice(below, self._line_before(self.ends[number])),
        )

    def _line_before(self, number: int) -> int:
        """Return the line before a heading, that is the number of lines before it; all lines if there is none."""
        return self.headings[number][0] - 1 if number < len(self.headings) else len(self.lines)

    def _slice(self, start: int, end: int) -> Span:
        """Return lines, counted from 0, without blank ones around them."""
        while start < end and not self.lines[start].strip():
            start += 1
        while end > start and not self.lines[end - 1].strip():
            end -= 1
        return Span("\n".join(line.rstrip() if not line.strip() else line for line in self.lines[start:end]), start + 1)

    def _blocks(self, start: int, end: int, line: int, last: int) -> tuple[Block, ...]:
        """Return the blocks of some tokens, and of lines between them that have none."""
        blocks = []
        for branch in self.branches[start:end]:
            if branch.token.map:
                blocks += self._between(line, branch.token.map[0])
                blocks.append(self._block(branch, *branch.token.map))
                line = branch.token.map[1]
        return (*blocks, *self._between(line, last))

    def _between(self, start: int, end: int) -> list[Block]:
        span = self._slice(start, end)
        return [Block("text", span)] if span.text else []

    def _block(self, branch: Branch, start: int, end: int) -> Block:
        kind = _KINDS.get(branch.type, "text")
        items = tuple(self._items(branch)) if kind in {"list", "numbers"} else ()
        rows = tuple(self._rows(branch)) if kind == "table" else ()
        return Block(kind, self._slice(start, end), items, rows)

    def _items(self, branch: Branch) -> Iterator[Span]:
        for item in branch.branches:
            start, end = item.token.map or (0, 0)
            whole = self._slice(start, end)
            first, *rest = whole.text.split("\n")
            marker = _MARKER.match(first)
            width = marker.end() if marker else 0
            text = "\n".join([first[width:], *(_dedented(line, width) for line in rest)])
            yield Span(text, whole.line, width + 1)

    def _rows(self, branch: Branch) -> Iterator[Row]:
        for part in branch.branches:
            for row in part.branches:
                start = row.token.map[0] if row.token.map else 0
                source = Span(self.lines[start], start + 1)
                yield Row(tuple(_cells(row, source)), source)


def _definitions(
    lines: Sequence[str], branches: Sequence[Branch]
) -> tuple[tuple[tuple[str, Span], ...], frozenset[int]]:
    """Return the definitions between the blocks of a text, with their labels, and their lines, counted from 0.

    Those of links are no tokens: they are what stands in lines that no block has. Those inside lists and quotations
    stay there.
    """
    found: list[tuple[str, Span]] = []
    taken: set[int] = set()
    at = 0
    for branch in branches:
        start, end = branch.token.map or (at, at)
        _take_links(lines, at, start, found, taken)
        if branch.type == _NOTE:
            text = "\n".join(lines[start:end]).rstrip()
            found.append((f"^{branch.token.meta['label']}", Span(text, start + 1)))
            taken.update(range(start, end))
        at = end
    _take_links(lines, at, len(lines), found, taken)
    return tuple(found), frozenset(taken)


def _take_links(lines: Sequence[str], start: int, end: int, found: list[tuple[str, Span]], taken: set[int]) -> None:
    """Take the definitions of links in some lines; their titles may stand in a line of their own."""
    starts = [number for number in range(start, end) if _LINK_LABEL.match(lines[number])]
    for number, after in zip(starts, [*starts[1:], end][: len(starts)], strict=True):
        match = _LINK_LABEL.match(lines[number])
        text = "\n".join(lines[number:after]).rstrip()
        if match:
            found.append((match["label"], Span(text, number + 1)))
            taken.update(range(number, after))


def _is_heading(branch: Branch) -> bool:
    """Return whether a heading is one: text of a sentence above a line is text."""
    if branch.type != "heading":
        return False
    title = branch.branches[0].token.content if branch.branches else ""
    underlined = branch.token.markup == "-"
    return not (underlined and ("\n" in title or len(title) > _LONGEST_UNDERLINED or title.endswith((".", ":"))))


def _cells(row: Branch, source: Span) -> Iterator[Span]:
    at = 0
    for cell in row.branches:
        text = cell.token.content
        found = source.text.find(text, at)
        at = found + len(text) if found >= 0 else at
        yield Span(text, source.line, max(found, 0) + 1, is_exact=found >= 0)


def _dedented(line: str, width: int) -> str:
    inside = len(line) - len(line.lstrip(" "))
    return line[min(width, inside) :]
