"""Where the templates and styles are: beside `src` in a checkout, inside the package in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


@cache
def templates() -> Path:
    """Return the folder of the Jinja2 templates."""
    return _folder("templates")


@cache
def styles() -> Path:
    """Return the folder of the style sheets, the built-in theme, the Word base document and the fonts."""
    return _folder("styles")


def _folder(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parents[1] / name
