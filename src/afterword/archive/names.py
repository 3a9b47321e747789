"""Where each report goes in the archive: paths made by a pattern, no two the same to any file system."""

from __future__ import annotations

import hashlib
import string
from collections import Counter
from collections.abc import Sequence

from afterword.archive.card import Card
from afterword.errors import UsageError
from afterword.output import as_compared

PATTERN = "{year}/{id}/{slug}.{ext}"
"""Where a report goes unless a pattern is given."""

FIELDS = ("year", "month", "day", "date", "id", "slug", "severity", "status", "service", "language", "edition")
RESERVED = frozenset({"index", "incidents", "actions", "binder"})
"""Names at the top of the payload that the index has."""

_HASH = 8


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


def stems(cards: Sequence[Card], keys: Sequence[str], pattern: str) -> tuple[str, ...]:
    """Return the path of each report without its suffix.

    Where several would be the same, to whatever file system, each gets a hash of its key. So a name follows from the
    incident and from which others there are, never from their order.
    """
    given = [_stem(card, pattern) for card in cards]
    names = list(given)
    for length in range(_HASH, 65, _HASH):  # SHA-256 has 64 digits
        shared = Counter(map(as_compared, names))
        names = [
            _hashed(first, key, card, length) if shared[as_compared(name)] > 1 or name in RESERVED else name
            for name, first, key, card in zip(names, given, keys, cards, strict=True)
        ]
    return tuple(names)


def _stem(card: Card, pattern: str) -> str:
    stem = pattern.removesuffix(".{ext}").format_map(card.parts)
    return stem + _label(card, pattern)


def _label(card: Card, pattern: str) -> str:
    return f".{card.edition}" if card.edition and "{edition}" not in pattern else ""


def _hashed(stem: str, key: str, card: Card, length: int) -> str:
    label = f".{card.edition}" if card.edition and stem.endswith(f".{card.edition}") else ""
    return f"{stem.removesuffix(label)}-{hashlib.sha256(key.encode()).hexdigest()[:length]}{label}"
