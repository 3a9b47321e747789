"""Room for deeply nested content."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_FRAMES = 10_000
"""Calls within calls: enough for a thousand lists inside one another."""


@contextmanager
def room_to_nest() -> Iterator[None]:
    """Let calls nest deeper than Python does by itself, for as long as the block runs."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _FRAMES))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
