"""What stands between a name, a role and an address, told from the same signs inside a name.

While a document is written or read, signs inside a name are characters for private use.
"""

from __future__ import annotations

SIGNS = ",、፣،("
"""Signs that stand between the parts of a person, in the languages of the catalogues."""

_HELD = {ord(sign): 0xF5D0 + at for at, sign in enumerate(SIGNS)}
_FREED = {held: sign for sign, held in _HELD.items()}
_MARKDOWN = {held: f"\\{chr(sign)}" if sign < 128 else f"&#{sign};" for sign, held in _HELD.items()}  # noqa: PLR2004 (ASCII)


def held(name: str) -> str:
    """Return a name with its signs held back, so that none of them ends it."""
    return name.translate(_HELD)


def freed(name: str) -> str:
    """Return a name with the signs that were held back in it."""
    return name.translate(_FREED)


def as_markdown(text: str) -> str:
    """Return Markdown in which signs that are held back are escaped."""
    return text.translate(_MARKDOWN)


def of_markdown(text: str) -> str:
    """Return Markdown in which signs are held back that are escaped."""
    parts = text.split("\\\\")  # an escaped backslash escapes nothing
    for held_sign, escaped in _MARKDOWN.items():
        parts = [part.replace(escaped, chr(held_sign)) for part in parts]
    return "\\\\".join(parts)
