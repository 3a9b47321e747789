"""What comes of one text, and the desk on which its nodes and findings are gathered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from afterword.codes import CODES
from afterword.diagnostics import Finding, shorten
from afterword.report.nodes import Block, Footnote, Paragraph, Section

DEEPEST = 32
"""Lists, quotations and marks inside each other, at most."""

Lookup = Callable[[str], str | None]
"""Gets the path of a picture as written; returns its key among the assets, or None if it cannot be shown."""


@dataclass(frozen=True, slots=True)
class Prose:
    """One text as nodes."""

    blocks: tuple[Block, ...] = ()
    """What stands before the first heading."""

    sections: tuple[Section, ...] = ()
    """What stands below headings, nested by their levels without a gap."""

    findings: tuple[Finding, ...] = ()
    """Each with the path that `parse` was given and the offset of what is meant."""

    images: tuple[str, ...] = ()
    """Keys of the pictures that are shown, in reading order."""


class TooDeep(Exception):  # noqa: N818 (it becomes a finding)
    """The text is nested deeper than a report can hold; `line` is the first line that is, from 0."""

    def __init__(self, line: int) -> None:
        """Keep the line."""
        super().__init__()
        self.line = line


@dataclass(slots=True)
class Notes:
    """What is gathered while one text is turned into nodes."""

    text: str
    path: str
    lookup: Lookup | None
    findings: list[Finding] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    line: int = 0
    """Line of the text, from 0, on which the present block starts."""

    footnotes: dict[str, tuple[Paragraph, ...]] = field(default_factory=dict)
    """The notes that are made, by how their marks are written."""

    marked: list[str] = field(default_factory=list)
    """Those of them whose marks were met, in reading order."""

    _starts: list[int] = field(default_factory=list)

    def tell(self, code: str, message: str, value: str = "") -> None:
        """Keep a finding about a value at or after the present line."""
        known = CODES[code]
        self.findings.append(
            Finding(
                code,
                message,
                known.severity,
                path=self.path,
                value=shorten(value),
                hint=known.hint,
                offset=self._offset(value),
            )
        )

    def tell_once(self, code: str, message: str, value: str = "") -> None:
        """Keep a finding unless the text already has one with this code."""
        if all(finding.code != code for finding in self.findings):
            self.tell(code, message, value)

    def footnote(self, mark: str) -> Footnote:
        """Return the note of a mark: with its text at the first mark, without it at any other."""
        if mark in self.marked:
            return Footnote((), self.marked.index(mark) + 1)
        self.marked.append(mark)
        return Footnote(self.footnotes[mark], len(self.marked))

    def _offset(self, value: str) -> int:
        start = self._start()
        found = self.text.find(value, start) if value else start
        return found if found >= 0 else start

    def _start(self) -> int:
        if not self._starts:
            self._starts.append(0)
            for line in self.text.split("\n"):
                self._starts.append(self._starts[-1] + len(line) + 1)
        return self._starts[min(self.line, len(self._starts) - 2)]
