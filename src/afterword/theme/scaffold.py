"""The files that `afterword theme new` makes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from afterword.characters import clean
from afterword.templating import render
from afterword.theme.load import FILE
from afterword.theme.record import Theme

SHEET = "theme.css"


def theme_files(name: str, base: str, theme: Theme) -> Mapping[str, str]:
    """Return the files of a new theme by their names: it differs from the built-in theme `base` only by its name."""
    title = json.dumps(" ".join(clean(name)[0].split()), ensure_ascii=False)  # a string of JSON is one of TOML
    values = {"title": title, "base": base, "theme": theme, "sheet": SHEET}
    return {FILE: render("theme.toml.j2", **values), SHEET: render("own.css.j2", **values)}
