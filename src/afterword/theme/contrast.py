"""How much colours stand out from one another, as WCAG 2.2 measures it."""

from __future__ import annotations

from dataclasses import dataclass

TEXT, LARGE, MARK = 4.5, 3.0, 3.0
"""Least contrast of text, of large text and of marks (WCAG 2.2, 1.4.3 and 1.4.11, level AA)."""

_LARGE_POINTS, _LARGE_BOLD_POINTS = 18.0, 14.0
"""From which size text is large (WCAG 2.2, definition of large scale)."""

_STEPS = 200


@dataclass(frozen=True, slots=True)
class Pair:
    """Something and what is behind it."""

    ink: str
    """Colour as `#rrggbb`, in lower case."""

    paper: str
    where: str
    """What is drawn so, in words of the medium: `td.phase-note`."""

    points: float = 0.0
    """Size of the text; 0 for a mark."""

    bold: bool = False

    @property
    def needed(self) -> float:
        """Return the least contrast that is enough."""
        if not self.points:
            return MARK
        large = self.points >= (_LARGE_BOLD_POINTS if self.bold else _LARGE_POINTS)
        return LARGE if large else TEXT

    @property
    def is_enough(self) -> bool:
        """Return whether the ink stands out; ratios are not rounded (WCAG 2.2, 1.4.3)."""
        return contrast(self.ink, self.paper) >= self.needed


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour as `#rrggbb`, from 0 to 1 (WCAG 2.2, definition).

    The threshold of sRGB is 0.04045, as the erratum of 2021 has it.
    """
    red, green, blue = (_linear(value / 255) for value in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(value: float) -> float:
    return float(value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 (sRGB)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def mended(pair: Pair) -> str:
    """Return the ink nearest to a pair's, darker or lighter, that stands out enough; empty where none does."""
    towards = 0 if luminance(pair.paper) > 0.18 else 255  # noqa: PLR2004 (where black and white stand out alike)
    for step in range(1, _STEPS + 1):
        share = step / _STEPS
        colour = bytes(round(value + (towards - value) * share) for value in _channels(pair.ink))
        if contrast(colour.hex(), pair.paper) >= pair.needed:
            return f"#{colour.hex()}"
    return ""
