"""Makes themes for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def make_theme(folder: Path, text: str = "", files: Mapping[str, str] | None = None) -> str:
    """Return the path of a theme folder with this theme file, a name before it, and these files beside it."""
    made = folder / "mine"
    made.mkdir()
    (made / "theme.toml").write_text(f'name = "Mine"\n{text}', "utf-8")
    for name, content in (files or {}).items():
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_text(content, "utf-8")
    return str(made)
