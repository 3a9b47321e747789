"""Findings: what is wrong or worth knowing, where, and what to do, as data rather than log lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """Nothing is made until it is mended."""

    WARNING = "warning"
    """The document is made, but somebody should look."""

    NOTE = "note"
    """The tool did something that the author may want to know."""


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a source."""

    file: str
    """The name as the user gave it, or `<stdin>`."""

    line: int = 0
    """From 1; 0 where only the file is known."""

    column: int = 0
    """From 1, in characters; 0 where only the line is known."""

    paragraph: int = 0
    """Of a Word document, which has no lines: its paragraph, from 1, those of tables counted and empty ones not."""

    def __str__(self) -> str:
        """Return `file:line:column`, as editors and terminals understand it, or `file, paragraph 12`."""
        if self.paragraph:
            return f"{self.file}, paragraph {self.paragraph}"
        parts = [self.file, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or notice. `code` is stable and listed in `codes.py`."""

    code: str
    message: str
    """What is wrong, in one clause, lower-case, without a full stop."""

    severity: Severity = Severity.ERROR
    place: Place | None = None
    path: str = ""
    """Path into the record: `timeline[3].time`; empty for the whole file."""

    value: str = ""
    """The value as written, shortened."""

    expected: str = ""
    hint: str = ""
    """What to do."""

    offset: int = -1
    """Characters from the start of the text at `path` to what is meant; -1 where the whole value is."""


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def in_reading_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings sorted by file, line, column, code and path."""
    return tuple(sorted(findings, key=_order))


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place or Place("")
    return (place.file, place.line or place.paragraph, place.column, finding.code, finding.path)


def shorten(value: object, limit: int = 60) -> str:
    """Return the value as one line of at most `limit` characters, for showing in a finding."""
    text = " ".join(str(value).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"
