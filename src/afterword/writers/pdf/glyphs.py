"""Characters that no font can draw. PDF/UA-1 allows no empty boxes in their place (ISO 14289-1, 7.21.8)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from afterword.templating import render, trusted
from afterword.writers.pdf.engine import Press, fetcher, weasyprint
from afterword.writers.pdf.notices import STAND_IN, Ear

_TAG = re.compile(r"(<[^>]*>)")

_TOLD = re.compile(r"\(U\+([0-9A-F]{4,6})\)$")


def undrawable(characters: Sequence[str], tools: Press) -> tuple[str, ...]:
    """Return those of these characters that neither the theme nor the system has a font for, or that mean nothing.

    Only the engine knows which font it takes, so it draws them once, on a page that is thrown away. What a character
    for private use stands for, no reader of the document can know (ISO 19005-3, 6.2.11.7.3).
    """
    if not characters:
        return ()
    ear = Ear()
    html = render("glyphs.html.j2", characters=characters)
    with ear.listening():
        source = weasyprint().HTML(string=html, url_fetcher=fetcher({}))
        source.render(font_config=tools.fonts, stylesheets=[tools.style]).write_pdf()
    told = (_TOLD.search(message) for message in ear.heard)
    private = (each for each in characters if unicodedata.category(each) == "Co")
    return tuple(dict.fromkeys([*private, *(chr(int(found[1], 16)) for found in told if found)]))


def stand_ins(characters: Sequence[str]) -> dict[int, str]:
    """Return a table for `str.translate` that puts the replacement character in the place of each of these."""
    return dict.fromkeys(map(ord, characters), STAND_IN)


def replaced(markup: Markup, table: Mapping[int, str]) -> Markup:
    """Return markup with characters of its text replaced, and its attributes, which are not drawn, as they are."""
    if not table:
        return markup
    return trusted("".join(piece if piece.startswith("<") else piece.translate(table) for piece in _TAG.split(markup)))
