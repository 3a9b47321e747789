"""The style sheet of a theme: its values as custom properties, then the rules that use them."""

from __future__ import annotations

from functools import cache

from markupsafe import Markup

from afterword import resources
from afterword.templating import css_string, render, trusted
from afterword.theme.record import Theme


@cache
def style_sheet(theme: Theme, *names: str, font_url: str = "") -> str:
    """Return the theme's values followed by these files of the styles folder.

    Where `font_url` is given, fonts are declared at that address followed by the number of their face.
    """
    rules = [(resources.styles() / name).read_text("utf-8") for name in names]
    return "\n".join([_values(theme, font_url), *rules])


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
        body=_families((fonts.body, *fonts.fallback), "sans-serif"),
        heading=_families((fonts.heading, fonts.body, *fonts.fallback), "sans-serif"),
        mono=_families((fonts.mono, fonts.body, *fonts.fallback), "monospace"),
    )


def _families(names: tuple[str, ...], generic: str) -> Markup:
    quoted = [css_string(name) for name in dict.fromkeys(names)]
    return Markup(", ").join([*quoted, trusted(generic)])
