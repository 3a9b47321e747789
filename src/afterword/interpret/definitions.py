"""Addresses of links and texts of notes, which a document defines in one place and fields use in others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import cast

from afterword.incident.prose_fields import is_prose
from afterword.interpret.draft import Draft, Path
from afterword.readers.document import Span
from afterword.readers.notes import NoteKind
from afterword.readers.source import Data, Key

_LABEL = re.compile(r"\[(\^?[^\[\]\n]{1,200})\]")


def take_definitions(draft: Draft) -> None:
    """Give each text the definitions of the links and notes that it names; those that no text names are left over."""
    known: dict[str, Span] = {}
    for label, span in draft.document.definitions:
        known.setdefault(_key(label), span)
    used: dict[str, Path] = {}
    if known:
        _complete(draft.data, (), known, used)
    for label, span in known.items():
        if label in used:
            draft.note(NoteKind.FOUND, used[label], span)
        else:
            draft.leave(span)


def _complete(value: Data, path: Path, known: Mapping[str, Span], used: dict[str, Path]) -> None:
    """Complete the texts inside a value."""
    entries: list[tuple[Key, Data]] = []
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    for key, inner in entries:
        here: Path = (*path, key)
        if isinstance(inner, str):
            if is_prose(here):
                cast("dict[Key, Data]", value)[key] = _completed(inner, here, known, used)
        else:
            _complete(inner, here, known, used)


def _completed(text: str, path: Path, known: Mapping[str, Span], used: dict[str, Path]) -> str:
    """Return a text with the definitions that it names after it, those of links in lines below each other."""
    wanted = list(dict.fromkeys(_named(text, known, set())))
    for label in wanted:
        used.setdefault(label, path)
    links = [known[label].text for label in wanted if not label.startswith("^")]
    notes = [known[label].text for label in wanted if label.startswith("^")]
    return "\n\n".join([text, *(["\n".join(links)] if links else []), *notes])


def _named(text: str, known: Mapping[str, Span], seen: set[str]) -> Iterator[str]:
    """Yield the labels that a text names, and those that their definitions name."""
    for match in _LABEL.finditer(text):
        label = _key(match[1])
        if label in known and label not in seen:
            seen.add(label)
            yield label
            yield from _named(known[label].text, known, seen)


def _key(label: str) -> str:
    """Return a label as labels are compared: without case, with single spaces (CommonMark 0.31, 4.7)."""
    return " ".join(label.split()).casefold()
