"""The text of a document as lines of Markdown while it is written down, each with the paragraph that it is from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

AsideKind = Literal["furniture", "contents", "removed", "comment", "own comment", "picture", "hidden", "foreign"]
"""What words are that do not stand in the text; a comment of our own is one that a draft is written with."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that do not stand in the text."""

    kind: AsideKind
    text: str
    paragraph: int
    """The one that they belong to."""


@dataclass(slots=True)
class Sheet:
    """Lines, and for each the number of its paragraph."""

    lines: list[str] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    last: str = ""
    """The kind of block that was written last."""

    open_items: list[tuple[int, int]] = field(default_factory=list)
    """Level and width of the marks of the items that a next paragraph may belong to, from the outside in."""

    asides: list[Aside] = field(default_factory=list)

    def block(self, kind: str, lines: Sequence[str], paragraph: int, *, numbers: Sequence[int] = ()) -> None:
        """Write a block outside lists."""
        self.open_items.clear()
        self._gap(kind)
        for index, line in enumerate(lines):
            self._line(line, numbers[index] if numbers else paragraph)

    def item(self, mark: str, level: int, lines: Sequence[str], paragraph: int) -> None:
        """Write an item of a list."""
        while self.open_items and self.open_items[-1][0] >= level:
            self.open_items.pop()
        indent = self._indent()
        lead = f"{mark} "
        self._gap("item")
        first, *others = lines or [""]
        self._line(f"{indent}{lead}{first}", paragraph)
        self.open_items.append((level, len(lead)))
        self._inside(others, paragraph)

    def more(self, lines: Sequence[str], paragraph: int, depth: int = 0) -> None:
        """Write what goes on with an item: with the innermost one, or with that of a depth, from 1."""
        if depth:
            del self.open_items[depth:]
        self._gap("more")
        self._inside(lines, paragraph)

    def line_on(self, line: str, paragraph: int) -> None:
        """Write a line that belongs to the block before it."""
        self.lines[-1] += "  "
        self._line(line, paragraph)

    def enclose(self, start: int, before: str, after: str) -> None:
        """Put marks around the lines from `start` on, counted from 0, empty lines before them left out."""
        while start < len(self.lines) and not self.lines[start].strip():
            start += 1
        if start == len(self.lines):
            return
        indent = len(self.lines[start]) - len(self.lines[start].lstrip(" "))
        self.lines[start] = f"{self.lines[start][:indent]}{before}{self.lines[start][indent:]}"
        self.lines[-1] += after

    def aside(self, kind: AsideKind, text: str, paragraph: int) -> None:
        """Keep words that do not stand in the text."""
        if text.strip():
            self.asides.append(Aside(kind, text, paragraph))

    def _indent(self) -> str:
        return " " * sum(width for _, width in self.open_items)

    def _inside(self, lines: Sequence[str], paragraph: int) -> None:
        indent = self._indent()
        for line in lines:
            self._line(f"{indent}{line}" if line else "", paragraph)

    def _gap(self, kind: str) -> None:
        """Write an empty line between blocks; the items of a list follow each other without one."""
        if self.lines and not (kind == "item" and self.last == "item"):
            self._line("", self.paragraphs[-1])
        self.last = kind

    def _line(self, line: str, paragraph: int) -> None:
        self.lines.append(line)
        self.paragraphs.append(paragraph)
