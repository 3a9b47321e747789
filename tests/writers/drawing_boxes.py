"""The boxes of the texts of a drawing, measured with the real fonts."""

from __future__ import annotations

import docx_reports as made

from afterword.theme.fonts import Ruler
from afterword.writers.drawing.parts import Layout, Words

THEME = made.options().theme


def box(words: Words) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a text."""
    wide = Ruler.of(THEME).width(words.text, words.size, bold=words.bold)
    left = words.x - {"start": 0.0, "middle": wide / 2, "end": wide}[words.anchor]
    return left, words.y - words.size * 0.7, left + wide, words.y


def overlaps(layout: Layout) -> list[tuple[str, str]]:
    """Return the pairs of texts that touch."""
    placed = sorted(((box(words), words.text) for words in layout.parts.words if words.text), key=lambda each: each[0])
    found = []
    for index, ((_, top, right, low), text) in enumerate(placed):
        for (other_left, other_top, _, other_low), other in placed[index + 1 :]:
            if other_left >= right - 0.01:
                break
            if low > other_top and other_low > top:
                found.append((text, other))
    return found
