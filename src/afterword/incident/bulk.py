"""How much text a record may hold, so that its pages are laid out in bounded time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from afterword.incident.inspect import Path, shown_texts
from afterword.incident.model import Incident

MOST_CHARACTERS = 1_500_000
"""Characters of all texts together; about 400 pages."""

MOST_UNBROKEN = 20_000
"""Characters of one text that stand in words longer than a line. Breaking those takes time by the square of it."""

_UNBROKEN = re.compile(
    r"[^\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
    r"\U00020000-\U0003ffff]{200,}"
)
"""A word longer than a line, in scripts that put spaces between words (after Unicode Annex 14)."""


@dataclass(frozen=True, slots=True)
class TooMuch:
    """A text, or the whole record where the path is empty, that is too long to be laid out."""

    path: Path
    message: str
    value: str = ""


def too_much(incident: Incident) -> Iterator[TooMuch]:
    """Yield every text that has too much in words longer than a line, then the record if all its texts are too long."""
    total = 0
    for path, text in shown_texts(incident):
        total += len(text)
        words = _UNBROKEN.findall(text) if len(text) > MOST_UNBROKEN else []
        unbroken = sum(map(len, words))
        if unbroken > MOST_UNBROKEN:
            message = f"{unbroken:,} characters stand in words longer than a line, more than {MOST_UNBROKEN:,}"
            yield TooMuch(path, message, words[0])
    if total > MOST_CHARACTERS:
        yield TooMuch((), f"the texts have {total:,} characters together, more than {MOST_CHARACTERS:,}")
