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
_BELOW = re.compile(rf"(?P<title>[^\n<>]{{1,200}}?)[ ]*[:：]?[ \\]*\n\s*<?(?P<url>{_ADDRESS})>?")
"""A label, and its address on the line below."""


def link_in(text: str) -> tuple[str, str] | None:
    """Return title and address of a text that is one link, None for any other; a bare address has no title."""
    match = _LINK.fullmatch(text.strip()) or _BARE.fullmatch(text.strip())
    return _reference(match.groupdict()) if match else None


def references(items: Sequence[Span], *, is_ours: bool = False) -> list[tuple[str, str]] | None:
    """Return title and address of each item, None where an item is more than a link or a line of text."""
    found = []
    for item in items:
        text = item.text.strip()
        match = _LINK.fullmatch(text) or _BARE.fullmatch(text) or _TITLED.fullmatch(text) or _BELOW.fullmatch(text)
        if match:
            found.append(_reference(match.groupdict()))
        elif text and (is_ours or ("\n" not in text and "](" not in text)):
            found.append((plain_line(text), ""))
        else:
            return None
    return found


def links_in_lines(texts: Sequence[Span]) -> list[Span]:
    """Return each link of texts that are nothing but links, with a label before it or on the line above; else none."""
    lines = [
        Span(line.strip(), text.line + offset)
        for text in texts
        for offset, line in enumerate(text.text.split("\n"))
        if line.strip()
    ]
    found: list[Span] = []
    label: Span | None = None
    for line in lines:
        match = _LINK.fullmatch(line.text) or _BARE.fullmatch(line.text) or _TITLED.fullmatch(line.text)
        if match is None and label is not None:
            return []
        if match is None:
            label = line
            continue
        is_below = label is not None and _BARE.fullmatch(line.text)
        if label is not None and not is_below:
            return []
        found.append(Span(f"{label.text}\n{line.text}", label.line, is_exact=False) if label is not None else line)
        label = None
    return [] if label is not None else found


def _reference(parts: dict[str, str | None]) -> tuple[str, str]:
    """Return title and address of a link; one that shows its address has no title."""
    url = parts.get("url") or parts.get("same") or ""
    title = plain_line(parts.get("title") or "")
    return ("" if title == url else title, url)
