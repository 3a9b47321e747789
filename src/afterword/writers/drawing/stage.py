"""What the parts of a drawing have in common: its theme, its width, and how wide its texts are."""

from __future__ import annotations

from dataclasses import dataclass, field

from afterword.theme.fonts import Ruler
from afterword.theme.record import Theme

SMALLEST = 7.0
"""Points; no text of a drawing is smaller."""

PAD = 5.0
"""Points between the edge of a drawing and what stands at its ends."""

ROW = 11.0
"""Height of one row of labels, in points."""

_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Stage:
    """The theme of a drawing and its width in points."""

    theme: Theme
    width: float
    ruler: Ruler = field(init=False)

    def __post_init__(self) -> None:
        """Look once for the fonts that texts are measured in."""
        object.__setattr__(self, "ruler", Ruler.of(self.theme))

    @property
    def size(self) -> float:
        """Size of the labels in points."""
        return max(self.theme.sizes.small - 1.0, SMALLEST)

    @property
    def small(self) -> float:
        """Size of the least important labels in points."""
        return max(self.theme.sizes.small - 1.5, SMALLEST)

    def measure(self, text: str, *, bold: bool = False, small: bool = False) -> float:
        """Return how wide a text is in points."""
        return self.ruler.width(text, self.small if small else self.size, bold=bold)

    def colour(self, role: str) -> str:
        """Return the colour of a role such as `phase-detected`, that of a note for a role that has none."""
        phases = self.theme.colours.phases
        return str(getattr(phases, role.removeprefix("phase-").replace("-", "_"), phases.note))

    def shortened(self, text: str, room: float, *, bold: bool = False) -> str:
        """Return a text that fits into this room: itself, or its beginning with an ellipsis."""
        if self.measure(text, bold=bold) <= room:
            return text
        cut = text
        while cut and self.measure(cut + _ELLIPSIS, bold=bold) > room:
            cut = cut[:-1]
        return cut.rstrip() + _ELLIPSIS

    def wrapped(self, text: str, room: float, most: int) -> tuple[str, ...]:
        """Return a text in at most so many lines that fit into this room; what is too long ends in an ellipsis."""
        lines: list[str] = []
        words = text.split()
        while words and len(lines) < most - 1:
            line = words.pop(0)
            while words and self.measure(f"{line} {words[0]}") <= room:
                line += f" {words.pop(0)}"
            lines.append(self.shortened(line, room))
        return (*lines, *([self.shortened(" ".join(words), room)] if words else []))


def tint(colour: str, share: float) -> str:
    """Return a colour mixed with white, of which it keeps this share."""
    return "#" + "".join(f"{round(255 - (255 - int(colour[i : i + 2], 16)) * share):02x}" for i in (1, 3, 5))
