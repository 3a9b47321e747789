"""The style sheet of a theme: its values as custom properties, then the rules that use them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from afterword import resources
from afterword.templating import css_string, render, trusted
from afterword.theme.css import sheet_text, spaced
from afterword.theme.record import BAR_HEIGHT, Theme


def style_sheet(theme: Theme, *names: str, url_of: Callable[[Path], str], font_url: str = "") -> str:
    """Return the theme's values, these files of the styles folder, then the theme's own style sheets.

    `url_of` says the address of a picture that a theme's style sheet names. Where `font_url` is given, fonts are
    declared at that address followed by the number of their face.
    """
    own = (sheet_text(file, url_of) for file in theme.sheets)
    layout = render("layout.css.j2", layout=theme.layout, bar_height=BAR_HEIGHT)
    return "\n".join([_values(theme, font_url), *_rules(names, theme.layout.density), layout, *own])


@cache
def _rules(names: tuple[str, ...], density: float) -> tuple[str, ...]:
    return tuple(spaced((resources.styles() / name).read_text("utf-8"), density) for name in names)


def _values(theme: Theme, font_url: str) -> str:
    fonts = theme.fonts
    colours = theme.colours.model_dump(by_alias=True)
    phases = colours.pop("phases")
    faces = [
        {"family": face.family, "url": f"{font_url}{number}", "weight": face.weight, "style": face.style}
        for number, face in enumerate(fonts.faces)
    ]
    return render(
        "theme.css.j2",
        faces=faces if font_url else (),
        colours=colours,
        phases=phases,
        sizes=theme.sizes.model_dump(by_alias=True),
        layout=theme.layout,
        margins=theme.page.model_dump(by_alias=True, exclude={"size"}),
        body=_families((fonts.body, *fonts.fallback), "sans-serif"),
        heading=_families((fonts.heading, fonts.body, *fonts.fallback), "sans-serif"),
        mono=_families((fonts.mono, fonts.body, *fonts.fallback), "monospace"),
    )


def _families(names: tuple[str, ...], generic: str) -> str:
    quoted = [css_string(name) for name in dict.fromkeys(names)]
    return trusted(", ".join([*quoted, generic]))
