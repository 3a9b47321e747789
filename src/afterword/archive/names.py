"""Where each report goes in the archive: paths made by a pattern, no two the same to any file system."""

from __future__ import annotations

import string
from collections.abc import Sequence

from afterword.archive.card import Card
from afterword.errors import UsageError
from afterword.output import as_compared, bounded, edition_stem, is_portable, told_apart

FIELDS = ("year", "month", "day", "date", "id", "slug", "severity", "status", "service", "language", "edition")
RESERVED = frozenset({"index", "incidents", "actions", "binder"})
"""Names at the top of the payload that the index has, as they are compared."""

_FILES = frozenset({"index.html", "index.csv", "incidents.jsonl", "actions.csv", "binder.pdf"})
"""The same with their suffixes: a folder of such a name would be in the way of the file."""

_LONGEST_PART = 180
"""Bytes that a part of a path may have before the hash, edition and suffix that may follow."""


def check_pattern(pattern: str) -> str:
    """Return a pattern; raise UsageError for one that leads out of the archive, or names what no report has."""
    try:
        pieces = list(string.Formatter().parse(pattern))
    except ValueError as error:
        raise UsageError(f"the pattern {pattern!r} cannot be used: {error}") from None
    fields = [name for _, name, _, _ in pieces if name is not None]
    unknown = [name for name in fields if name not in {*FIELDS, "ext"}]
    if unknown:
        message = (
            f"the pattern names {{{unknown[0]}}}; there are {', '.join(f'{{{name}}}' for name in FIELDS)} and {{ext}}"
        )
        raise UsageError(message)
    if any(spec or conversion for _, _, spec, conversion in pieces):
        raise UsageError(f"the pattern {pattern!r} has a field with more than its name in it")
    if not pattern.endswith(".{ext}") or fields.count("ext") != 1 or not {"id", "slug"} & {*fields}:
        raise UsageError(f"the pattern {pattern!r} must have {{id}} or {{slug}} and end in .{{ext}}")
    parts = "".join(literal + ("x" if name else "") for literal, name, _, _ in pieces).split("/")
    if any(part in {"", ".", ".."} or "\\" in part or ":" in part for part in parts):
        raise UsageError(f"the pattern {pattern!r} must be a path inside the archive")
    unfit = next((part for part in parts if not is_portable(part)), None)
    if unfit is not None:
        raise UsageError(f"the pattern {pattern!r} has a part that is no name on every system: {unfit!r}")
    return pattern


def stems(
    cards: Sequence[Card], keys: Sequence[str], pattern: str, held: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return the path of each report without its suffix; none is one of those that others hold.

    Where several would be the same, to whatever file system, each gets a hash of its key. So a name follows from the
    incident and from which others there are, never from their order.
    """
    parts = [_parts(card, pattern) for card in cards]
    return told_apart(
        [stem for stem, _ in parts], [edition for _, edition in parts], keys, RESERVED | {*map(as_compared, held)}
    )


def _parts(card: Card, pattern: str) -> tuple[str, str]:
    """Return the path of a report without its edition, and the edition that ends it."""
    stem = _fitting(pattern.removesuffix(".{ext}").format_map(card.parts))
    label = edition_stem("", card.edition)
    if "{edition}" not in pattern:
        return stem, card.edition
    return (stem.removesuffix(label), card.edition) if label and stem.endswith(label) else (stem, "")


def _fitting(stem: str) -> str:
    """Return a path of which no part is too long, and no folder in the way of the index."""
    first, *others = (bounded(part, part, _LONGEST_PART) for part in stem.split("/"))
    return "/".join([f"{first}_" if others and as_compared(first) in _FILES else first, *others])
