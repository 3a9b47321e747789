"""What a reader sees of a page that a theme's template made, and what it may not hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html.parser import HTMLParser

from afterword.theme.css import hides, named_addresses

_VOID = frozenset(("br", "col", "hr", "img", "meta", "wbr"))

_ELEMENTS = _VOID.union(
    *map(
        str.split,
        (
            "html head title style body main header footer nav section article aside div p h1 h2 h3 h4 h5 h6 hgroup",
            "ul ol li dl dt dd table caption colgroup thead tbody tfoot tr th td figure figcaption blockquote pre",
            "address a abbr b bdi bdo cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong",
            "sub sup time u var svg g defs symbol use path rect circle ellipse line polyline polygon text tspan",
            "textpath desc lineargradient radialgradient stop pattern clippath mask marker image",
        ),
    )
)
"""A list of what may stand: what is not on it could run, fetch, or swallow what comes after it."""

_TITLED = frozenset({"head", "svg", "g", "symbol", "path", "rect", "circle", "line", "text", "use"})
"""Where `title` is no text that is shown; elsewhere browsers take all that follows it for text of its own."""

_UNSEEN = frozenset({"head", "style", "defs", "symbol", "desc", "clippath", "mask", "pattern", "marker"})
_LOADING = frozenset({"src", "data", "poster", "background", "longdesc", "cite", "ping"})
_LINKING = frozenset({"href", "xlink:href"})
_STYLING = frozenset({"style", "fill", "stroke", "filter", "mask", "clip-path", "cursor"})
_OWN_ADDRESSES = ("#", "data:image/", "asset:", "theme:")
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class Reading(HTMLParser):
    """What a reader sees of a page: its text without spaces, and what it should not hold."""

    def __init__(self, sheets: Sequence[str] = ()) -> None:
        """Read nothing yet; `sheets` are style sheets that need no second look."""
        super().__init__(convert_charrefs=True)
        self.refused: list[str] = []
        self.addresses: list[str] = []
        self.headings = 0
        self._pieces: list[str] = []
        self._sheets = {each.strip() for each in sheets}
        self._open: list[tuple[str, bool]] = []

    @property
    def text(self) -> str:
        """Return the text that is shown, without its spaces."""
        return "".join("".join(self._pieces).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element: whether it hides what is in it, and what it asks for."""
        given = {name: value or "" for name, value in attrs}
        if not self._may_stand(tag, given):
            self.refused.append(tag)
        self.addresses += _addresses(tag, given)
        self.headings += tag == "h1"
        if tag not in _VOID:
            self._open.append((tag, tag in _UNSEEN or _hides(given)))

    def _may_stand(self, tag: str, given: dict[str, str]) -> bool:
        if tag not in _ELEMENTS or any(name.startswith("on") for name in given):
            return False
        if tag == "title":
            return bool(self._open) and self._open[-1][0] in _TITLED
        return given.get("http-equiv", "content-security-policy").lower() == "content-security-policy"

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those in it that nobody closed."""
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep text that is shown, and look into a style sheet that is none of those given."""
        if self._open and self._open[-1][0] == "style" and data.strip() not in self._sheets:
            self.addresses += [each for each in named_addresses(data) if not each.startswith(_OWN_ADDRESSES)]
        if not any(hides for _, hides in self._open):
            self._pieces.append(data)


def leaves_open(markup: str) -> bool:
    """Return whether a comment, a tag or the like is open where markup ends, and would swallow what comes next."""
    reading = Reading()
    reading.feed(markup)
    return "<" in reading.rawdata  # what was read is gone from there


def _addresses(tag: str, given: dict[str, str]) -> list[str]:
    """Return the addresses of an element that are refused: all that load from elsewhere, and links that run."""
    loading = [value for name, value in given.items() if name in _LOADING or (name in _LINKING and tag != "a")]
    loading += [each for name in _STYLING & given.keys() for each in named_addresses(given[name])]
    linking = [value for name, value in given.items() if name in _LINKING and tag == "a"]
    refused = [each for each in loading if not each.startswith(_OWN_ADDRESSES)]
    refused += [value for name, value in given.items() if name == "srcset"]  # a list: one picture is enough
    return refused + [each for each in linking if _runs(each)]


def _runs(address: str) -> bool:
    """Return whether a link leads to something else than a place, page or person, as browsers read it."""
    scheme = _SCHEME.match("".join(character for character in address if character > " "))
    return scheme is not None and scheme[1].lower() not in _SCHEMES


def _hides(given: dict[str, str]) -> bool:
    return hides(given.get("style", "")) or "hidden" in given or given.get("aria-hidden") == "true"
