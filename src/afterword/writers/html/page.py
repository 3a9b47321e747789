"""A whole page from its template, or from the theme's: nothing of the report may be missing from it or hidden."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

from afterword.diagnostics import Finding, Place, shorten
from afterword.errors import ThemeError
from afterword.report.nodes import Meta
from afterword.templating import named, render, render_own
from afterword.theme.files import AddressRefused, picture_in
from afterword.theme.record import Theme
from afterword.writers.html.draw import Drawn

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_UNSEEN = frozenset({"head", "script", "style", "template", "noscript"})
_REFUSED = _VOID - {"area", "br", "col", "hr", "img", "meta", "wbr"} | {
    "script",
    "iframe",
    "object",
    "form",
    "button",
    "video",
    "audio",
}
_OWN_ADDRESSES = ("#", "data:", "asset:", "theme:")


def draw_page(
    name: str, theme: Theme, meta: Meta, drawn: Drawn, url_of: Callable[[Path], str], **values: object
) -> str:
    """Return the page that a template makes of the drawn parts of a report; the theme's template goes before ours.

    `url_of` says the address of a picture of the theme. Raises ThemeError where the theme's template has a fault, or
    leaves something of the report out.
    """
    folders = tuple(folder.parent for folder in theme.template_folders)
    given = {
        "meta": meta,
        "date": meta.date.isoformat(),
        "cover": theme.layout.cover,
        "title_block": drawn.title_block,
        "contents": drawn.contents,
        "sections": drawn.sections,
        "closing": drawn.closing,
        "theme_file": lambda file: url_of(picture_in(folders, file)),
        **values,
    }
    own = next((each / name for each in theme.template_folders if (each / name).is_file()), None)
    if own is None:
        return render(name, **given)
    page = render_own(theme.template_folders, name, refusals=AddressRefused, **given)
    faults = _faults(page, drawn)
    if faults:
        message = f"the theme {theme.name} cannot be used"
        raise ThemeError(message, [Finding(code, text, place=Place(named(own))) for code, text in faults])
    return page


def _faults(page: str, drawn: Drawn) -> list[tuple[str, str]]:
    """Return code and message of everything that keeps a page of a theme's template from being used."""
    read = _Reading()
    read.feed(page)
    read.close()
    found = [("AW623", f"the element `{name}` is refused") for name in dict.fromkeys(read.refused)]
    found += [("AW622", f"the address {shorten(each)!r} is refused") for each in dict.fromkeys(read.addresses)]
    if not read.headings:
        found.append(("AW624", "the page has no heading `h1`"))
    return found + [("AW624", text) for text in _dropped(page, read.text, drawn)]


def _dropped(page: str, shown: str, drawn: Drawn) -> list[str]:
    """Return what is said of each part of a report that does not stand in a page, visible, and in its order."""
    start, said = 0, []
    parts = {"title_block": drawn.title_block, "contents": drawn.contents, "sections": drawn.sections}
    for name, part in {**parts, "closing": drawn.closing}.items():
        inner = _Reading()
        inner.feed(str(part))
        place = shown.find(inner.text, start) if str(part) in page else -1
        if place < 0:
            said.append(f"`{name}` is missing from the page, hidden, or not in its order")
        else:
            start = place + len(inner.text)
    return said


class _Reading(HTMLParser):
    """What a reader sees of a page: its text without spaces, and what it should not hold."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.refused: list[str] = []
        self.addresses: list[str] = []
        self.headings = 0
        self._open: list[tuple[str, bool]] = []

    @property
    def text(self) -> str:
        """Return the text that is shown, without its spaces."""
        return "".join("".join(self.pieces).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element: whether it hides what is in it, and what it asks for."""
        given = {name: value or "" for name, value in attrs}
        if tag in _REFUSED or any(name.startswith("on") for name in given):
            self.refused.append(tag)
        named = [given[name] for name in ("src", "srcset", "data", "poster", "background") if name in given]
        named += [given[name] for name in ("href", "xlink:href") if name in given and tag != "a"]
        self.addresses += [each for each in named if not each.startswith(_OWN_ADDRESSES)]
        self.headings += tag == "h1"
        if tag not in _VOID:
            self._open.append((tag, tag in _UNSEEN or _hides(given)))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and those in it that nobody closed."""
        if any(name == tag for name, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Keep text that is shown."""
        if not any(hides for _, hides in self._open):
            self.pieces.append(data)


def _hides(given: dict[str, str]) -> bool:
    style = "".join(given.get("style", "").lower().split())
    hidden = "display:none" in style or "visibility:hidden" in style
    return hidden or "hidden" in given or given.get("aria-hidden") == "true"
