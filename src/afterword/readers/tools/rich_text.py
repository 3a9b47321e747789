"""The little HTML that status pages and chats write into their texts, as Markdown."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

_IS_HTML = re.compile(
    r"</?(?:p|br|a|b|strong|em|i|u|s|ul|ol|li|code|pre|div|span|h[1-6]|blockquote|hr|table|tr|td|th|img)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "pre"})
_SIGNS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "s": "~~", "del": "~~"}
_UNSEEN = frozenset({"script", "style"})


def markdown(text: str) -> str:
    """Return a text with its HTML as Markdown; a text without any is returned as it is, line ends and all."""
    if _IS_HTML.search(text):
        reader = _Reader()
        reader.feed(text)
        reader.close()
        return _tidy("".join(reader.out)) or text
    return html.unescape(text) if _ENTITY.search(text) else text


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\xa0", " ").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Writes Markdown while it reads: what it does not know it leaves out, but never the text inside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.links: list[str] = []
        self.lists: list[int] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open what a tag opens."""
        if tag in _BLOCKS:
            self._open_block(tag)
        elif tag in _SIGNS:
            self.out.append(_SIGNS[tag])
        elif tag == "br":
            self.out.append("\\\n" if self._in_line() else "\n")
        elif tag == "li":
            self._item()
        elif tag == "a":
            self.links.append(dict(attrs).get("href") or "")
            self.out.append("[" if self.links[-1] else "")
        elif tag in _UNSEEN:
            self.unseen += 1

    def handle_endtag(self, tag: str) -> None:
        """Close what a tag closes."""
        if tag in _BLOCKS:
            if tag in {"ul", "ol"} and self.lists:
                self.lists.pop()
            self.out.append("\n\n")
        elif tag in _SIGNS:
            self.out.append(_SIGNS[tag])
        elif tag == "a" and self.links:
            link = self.links.pop()
            self.out.append(f"](<{link}>)" if link else "")
        elif tag in {"td", "th"}:
            self.out.append(" ")
        elif tag in _UNSEEN and self.unseen:
            self.unseen -= 1

    def handle_data(self, data: str) -> None:
        """Write text, white space folded as a browser folds it."""
        if not self.unseen:
            text = re.sub(r"\s+", " ", data)
            self.out.append(text if self._in_line() else text.lstrip())

    def _in_line(self) -> bool:
        """Return whether the line that is written has something in it."""
        return bool(self.out) and not self.out[-1].endswith("\n")

    def _open_block(self, tag: str) -> None:
        self.out.append("\n\n")
        if tag in {"ul", "ol"}:
            self.lists.append(1 if tag == "ol" else 0)
        elif tag[0] == "h":
            self.out.append(f"{'#' * int(tag[1])} ")
        elif tag == "blockquote":
            self.out.append("> ")

    def _item(self) -> None:
        number = self.lists[-1] if self.lists else 0
        if number:
            self.lists[-1] += 1
        indent = "  " * max(len(self.lists) - 1, 0)
        self.out.append(f"\n{indent}{f'{number}.' if number else '-'} ")
