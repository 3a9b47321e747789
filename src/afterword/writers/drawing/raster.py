"""A drawing as a PNG picture. The one place that imports resvg."""

from __future__ import annotations

import resvg_py

from afterword.theme.fonts import font_files, missing
from afterword.theme.record import Theme


def png(svg: str, theme: Theme, width: int) -> bytes:
    """Return an SVG drawing as a PNG that is `width` pixels wide.

    It is set in the theme's fonts; the system's help out only where these lack a character.
    """
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            dpi=96,
            background="#ffffff",
            skip_system_fonts=not missing(theme, [svg]),
            font_files=[str(path) for path in font_files(theme)],
            font_family=theme.fonts.body,
        )
    )
