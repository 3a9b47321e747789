"""Where each report goes in the archive: paths made by a pattern, no two the same to any file system."""

from __future__ import annotations

import string
from collections.abc import Sequence

from afterword.archive.card import Card
from afterword.errors import UsageError
from afterword.output import as_compared, edition_stem, told_apart

FIELDS = ("year", "month", "day", "date", "id", "slug", "severity", "status", "service", "language", "edition")
RESERVED = frozenset({"index", "incidents", "actions", "binder"})
"""Names at the top of the payload that the index has, as they are compared."""


def check_pattern(pattern: str) -> str:
    """Return a pattern; raise UsageError for one that leads out of the archive, or names what no report has."""
    try:
        fields = [name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None]
    except ValueError as error:
        raise UsageError(f"the pattern {pattern!r} cannot be used: {error}") from None
    unknown = [name for name in fields if name not in {*FIELDS, "ext"}]
    if unknown:
        message = (
            f"the pattern names {{{unknown[0]}}}; there are {', '.join(f'{{{name}}}' for name in FIELDS)} and {{ext}}"
        )
        raise UsageError(message)
    if not pattern.endswith(".{ext}") or fields.count("ext") != 1 or not {"id", "slug"} & {*fields}:
        raise UsageError(f"the pattern {pattern!r} must have {{id}} or {{slug}} and end in .{{ext}}")
    if any(part in {"", ".", ".."} or "\\" in part or ":" in part for part in pattern.split("/")):
        raise UsageError(f"the pattern {pattern!r} must be a path inside the archive")
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
    stem = pattern.removesuffix(".{ext}").format_map(card.parts)
    label = edition_stem("", card.edition)
    if "{edition}" not in pattern:
        return stem, card.edition
    return (stem.removesuffix(label), card.edition) if label and stem.endswith(label) else (stem, "")
