"""Links as references and as sources of events: with a title, or bare."""

from __future__ import annotations

import re
from collections.abc import Sequence

from afterword.prose import plain_line
from afterword.readers.document import Span

_ADDRESS = r"(?:https?://|mailto:)[^\s<>]+"
_LINK = re.compile(
    r"\[(?P<title>(?:[^\[\]\n\\]|\\.)+)\]"
    rf"\((?:(?P<url>(?:https?://|mailto:)[^\s()<>]+)|<(?P<same>{_ADDRESS})>)\)"
)
_TITLED = re.compile(
    rf"(?P<title>[^\n<>]{{1,200}}?)[\u00a0 ]?[:：፦]?[ ]*"
    rf"(?:<?(?P<url>{_ADDRESS})>?|\[(?P<again>{_ADDRESS})\]\(<?(?P<same>{_ADDRESS})>?\))"
)
_BARE = re.compile(rf"<?(?P<url>{_ADDRESS})>?")


def link_in(text: str) -> tuple[str, str] | None:
    """Return title and address of a text that is one link, None for any other; a bare address has no title."""
    match = _LINK.fullmatch(text.strip()) or _BARE.fullmatch(text.strip())
    return _reference(match.groupdict()) if match else None


def references(items: Sequence[Span], *, is_ours: bool = False) -> list[tuple[str, str]] | None:
    """Return title and address of each item, None where an item is more than a link or a line of text."""
    found = []
    for item in items:
        text = item.text.strip()
        match = _LINK.fullmatch(text) or _BARE.fullmatch(text) or _TITLED.fullmatch(text)
        if match:
            found.append(_reference(match.groupdict()))
        elif text and (is_ours or ("\n" not in text and "](" not in text)):
            found.append((plain_line(text), ""))
        else:
            return None
    return found


def _reference(parts: dict[str, str | None]) -> tuple[str, str]:
    """Return title and address of a link; one that shows its address has no title."""
    url = parts.get("url") or parts.get("same") or ""
    title = plain_line(parts.get("title") or "")
    return ("" if title == url else title, url)
