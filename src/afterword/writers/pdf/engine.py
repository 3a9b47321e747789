"""WeasyPrint, loaded late, with the fonts and the style sheet of a theme."""

from __future__ import annotations

import atexit
import os
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from afterword import resources
from afterword.diagnostics import Finding
from afterword.errors import EngineMissing
from afterword.system import pango_install_command
from afterword.theme.fonts import font_files
from afterword.theme.record import Theme
from afterword.theme.style import style_sheet

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

FONT = "font:"
"""Scheme of the theme's fonts; the number of a face follows."""

THEME = "theme:"
"""Scheme of the pictures that the theme's own style sheets and templates name; a number follows."""

ASSET = "asset:"
"""Scheme of the report's pictures; a key follows."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a theme's documents have in common. Made once per theme: each font configuration costs memory for good."""

    fonts: Any
    """A WeasyPrint FontConfiguration with the theme's fonts."""

    style: Any
    """The theme's style sheet as a WeasyPrint CSS object."""

    pictures: Mapping[str, Any]
    """Functions that return the bytes of the pictures that the theme's style sheets name, by address."""


@cache
def weasyprint() -> Any:  # noqa: ANN401 (WeasyPrint has no types)
    """Return the module; raise EngineMissing where a system library that it needs is not there."""
    try:
        with warnings.catch_warnings(), redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            warnings.simplefilter("ignore")  # it warns of a system without fonts; the theme brings its own
            import weasyprint as module
    except (OSError, ImportError) as error:
        message = f"PDF needs the Pango library, which is not installed; install it with: {pango_install_command()}"
        raise EngineMissing(message, [Finding("AW503", message, hint=pango_install_command())]) from error
    return module


@cache
def press(theme: Theme, *, with_system_fonts: bool) -> Press:
    """Return the theme's fonts and style sheet, ready for use by any number of documents.

    Without system fonts, documents look the same on every machine. With them, characters that the theme's fonts
    lack are drawn from any font that the system has.
    """
    engine = weasyprint()
    atexit.register(press.cache_clear)  # its temporary folder goes while Python can still remove it
    with _only_theme_fonts(enabled=not with_system_fonts):
        fonts = engine.text.fonts.FontConfiguration()
    pictures = Addresses()
    sheet = style_sheet(theme, *SHEETS, url_of=pictures.address, font_url=FONT)
    faces = {f"{FONT}{number}": path.read_bytes for number, path in enumerate(font_files(theme))}
    style = engine.CSS(string=sheet, font_config=fonts, url_fetcher=fetcher(faces))
    return Press(fonts, style, pictures.known)


SHEETS = ("report.css", "print.css")
"""Style sheets of a page on paper, in the order of their weight."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Pictures of a theme, by the addresses given to them."""

    start: int = 0
    """Number of the first one."""

    known: dict[str, Any] = field(default_factory=dict)
    """Functions that return the bytes."""

    def address(self, path: Path) -> str:
        """Return the address of a picture of the theme, under which `known` then has it."""
        url = f"{THEME}{self.start + len(self.known)}"
        self.known[url] = path.read_bytes
        return url


@contextmanager
def _only_theme_fonts(*, enabled: bool) -> Iterator[None]:
    """Make Fontconfig read our own configuration, which knows no folder of fonts, while a configuration is made."""
    before = os.environ.get("FONTCONFIG_FILE")
    if enabled:
        os.environ["FONTCONFIG_FILE"] = str(resources.styles() / "fontconfig.xml")
    try:
        yield
    finally:
        if enabled:
            del os.environ["FONTCONFIG_FILE"]
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


def fetcher(known: Mapping[str, Any]) -> URLFetcher:
    """Return a fetcher that knows these addresses, each with a function that returns bytes, and refuses all others.

    It answers with the private address itself: for a `file:` address WeasyPrint would read the file again when it
    writes, past the fetcher.
    """
    urls = weasyprint().urls

    class OnlyKnown(urls.URLFetcher):  # type: ignore[misc, name-defined] # (WeasyPrint has no types)
        """Refuses every address but those of the report's own pictures and the theme's fonts."""

        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ANN401, ARG002 (WeasyPrint has no types)
            """Return the bytes behind a known address; raise ValueError for any other."""
            if url not in known:
                message = "nothing is fetched but the report's own pictures and fonts"
                raise ValueError(message)
            return urls.URLFetcherResponse(url, known[url]())

    return OnlyKnown(allowed_protocols=(), allow_redirects=False)
