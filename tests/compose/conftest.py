"""Goldens of compose: kept trees that what is composed now is compared with."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDENS = Path(__file__).parent.parent / "goldens" / "compose"


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Return a comparison with the golden of a name; with AFTERWORD_ACCEPT=1 the text becomes the golden."""

    def compare(name: str, text: str) -> None:
        file = GOLDENS / name
        if os.environ.get("AFTERWORD_ACCEPT") == "1":
            file.write_text(text, encoding="utf-8", newline="\n")
        assert text == file.read_text(encoding="utf-8"), f"{name} has changed; AFTERWORD_ACCEPT=1 accepts that"

    return compare
