"""Goldens of the writers: kept texts that what is drawn now is compared with."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

GOLDENS = Path(__file__).parent.parent / "goldens"

Compare = Callable[[str, str], None]


@pytest.fixture
def golden() -> Compare:
    """Return a comparison with the golden of a name; with AFTERWORD_ACCEPT=1 the text becomes the golden."""

    def compare(name: str, text: str) -> None:
        file = GOLDENS / name
        if os.environ.get("AFTERWORD_ACCEPT") == "1":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.is_file(), f"no golden {name}; AFTERWORD_ACCEPT=1 makes it"
        assert text == file.read_text(encoding="utf-8"), f"{name} has changed; AFTERWORD_ACCEPT=1 accepts that"

    return compare
