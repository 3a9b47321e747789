"""Findings of the readers: where a text stops being well-formed, and what to do about it, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from afterword.codes import CODES
from afterword.diagnostics import Finding, Place
from afterword.errors import SourceError
from afterword.readers.source import Position

MAX_DEPTH = 64
"""Mappings and lists inside each other that a file may have; a record needs six."""

MAX_VALUES = 100_000
"""Values that a file may hold, those that aliases repeat counted each time."""


@dataclass(frozen=True, slots=True)
class PlainWords:
    """How one problem of a parser is told."""

    message: str
    expected: str = ""
    hint: str = "mend the syntax at this place"
    at_start: bool = False
    """Whether the place to show is where the construct began, not where the parser gave up."""

    names_start: bool = False
    """Whether the message should say where the construct began."""


def fault(  # noqa: PLR0913 (the fields of a finding)
    name: str,
    code: str,
    message: str,
    position: Position | None = None,
    *,
    path: str = "",
    value: str = "",
    expected: str = "",
    hint: str = "",
) -> Finding:
    """Return a finding about a place of a file; the code's own advice is the hint unless another is given."""
    place = Place(name, position.line, position.column, position.paragraph) if position else Place(name)
    known = CODES[code]
    return Finding(code, message, known.severity, place, path, value, expected, hint or known.hint)


def syntax_fault(name: str, words: PlainWords, position: Position) -> Finding:
    """Return the finding AW104 for a problem of a parser."""
    return fault(name, "AW104", words.message, position, expected=words.expected, hint=words.hint)


def too_deep(name: str, position: Position) -> Finding:
    """Return the finding for data nested deeper than MAX_DEPTH."""
    message = f"the data is nested deeper than {MAX_DEPTH} levels"
    return fault(name, "AW106", message, position, expected=f"at most {MAX_DEPTH} levels")


def too_many(name: str, position: Position) -> Finding:
    """Return the finding for a file of more than MAX_VALUES values."""
    message = f"the file holds more than {MAX_VALUES:,} values"
    return fault(name, "AW103", message, position, expected=f"at most {MAX_VALUES:,} values")


def refuse(finding: Finding, *before: Finding) -> NoReturn:
    """Raise SourceError for a fault that ends the reading, with the faults found before it."""
    message = f"{finding.place.file if finding.place else 'the source'} cannot be read: {finding.message}"
    raise SourceError(message, [*before, finding])
