"""How much the tests try: all that a machine has time for with `script/test --full`, enough for every day without."""

from __future__ import annotations

import os

FULL = os.environ.get("AFTERWORD_FULL") == "1"


def examples(few: int, many: int) -> int:
    """Return how many examples a property is tried on."""
    return many if FULL else few
