"""Draws the charts of the samples again; the numbers are invented, as the incidents are.

Run it as `python samples/media/draw_charts.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

MEDIA = Path(__file__).resolve().parent
FONTS = MEDIA.parents[1] / "styles" / "fonts"
WIDTH, HEIGHT = 1400, 620
LEFT, TOP, RIGHT, BOTTOM = 130, 90, 80, 90
SCALE = 2
"""Charts are drawn larger and scaled down, so that slanted lines are smooth."""

INK, GRID, BLUE, RED, SAND = "#22303c", "#d8dee4", "#1f5f99", "#b3261e", "#f3e3c3"


@dataclass(frozen=True)
class Chart:
    """What a chart shows."""

    title: str
    values: Sequence[float]
    top: float
    """The value at the upper edge."""

    ticks: Sequence[float]
    labels: Sequence[tuple[float, str]]
    """Texts below the horizontal axis, with the index of the value that they stand under."""

    band: tuple[float, float, str] | None = None
    """A stretch of the horizontal axis that is shaded, with its name."""


class Canvas:
    """A chart while it is drawn; all coordinates are those of the finished picture."""

    def __init__(self, chart: Chart) -> None:
        """Start with an empty chart."""
        self.chart = chart
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), "white")
        self.pen = ImageDraw.Draw(self.image)

    def x(self, index: float) -> float:
        """Return where a value stands from the left."""
        return LEFT + index * (WIDTH - LEFT - RIGHT) / (len(self.chart.values) - 1)

    def y(self, value: float) -> float:
        """Return where a value stands from the top."""
        return HEIGHT - BOTTOM - value * (HEIGHT - TOP - BOTTOM) / self.chart.top

    def line(self, points: Sequence[tuple[float, float]], colour: str, width: int) -> None:
        """Draw a line through points."""
        self.pen.line([(x * SCALE, y * SCALE) for x, y in points], colour, width * SCALE, joint="curve")

    def box(self, corner: tuple[float, float], opposite: tuple[float, float], colour: str) -> None:
        """Draw a filled rectangle."""
        self.pen.rectangle([corner[0] * SCALE, corner[1] * SCALE, opposite[0] * SCALE, opposite[1] * SCALE], colour)

    def text(self, place: tuple[float, float], text: str, anchor: str, size: int = 24) -> None:
        """Write a text."""
        font = ImageFont.truetype(FONTS / "NotoSans-Regular.ttf", size * SCALE)
        self.pen.text((place[0] * SCALE, place[1] * SCALE), text, INK, font, anchor)

    def frame(self) -> None:
        """Draw the title, the shaded stretch, the grid and the labels."""
        self.text((LEFT, 34), self.chart.title, "lm", 30)
        if self.chart.band:
            start, end, name = self.chart.band
            self.box((self.x(start), TOP), (self.x(end), HEIGHT - BOTTOM), SAND)
            self.text((self.x(end) + 10, TOP + 20), name, "lm", 22)
        for tick in self.chart.ticks:
            self.line([(LEFT, self.y(tick)), (WIDTH - RIGHT, self.y(tick))], GRID, 2)
            self.text((LEFT - 14, self.y(tick)), f"{tick:,.0f}", "rm")
        for index, label in self.chart.labels:
            self.text((self.x(index), HEIGHT - BOTTOM + 30), label, "mm")

    def save(self, name: str) -> None:
        """Scale the chart down and write it."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small.quantize(48, dither=Image.Dither.NONE).convert("RGB").save(MEDIA / name, optimize=True)


def draw_line(chart: Chart, name: str) -> None:
    """Write a line chart."""
    canvas = Canvas(chart)
    canvas.frame()
    canvas.line([(canvas.x(i), canvas.y(value)) for i, value in enumerate(chart.values)], BLUE, 5)
    canvas.save(name)


def draw_bars(chart: Chart, name: str, marked: frozenset[int] = frozenset()) -> None:
    """Write a bar chart; the marked bars are red."""
    canvas = Canvas(chart)
    canvas.frame()
    half = (WIDTH - LEFT - RIGHT) / len(chart.values) * 0.36
    for index, value in enumerate(chart.values):
        centre = canvas.x(index) + half
        colour = RED if index in marked else BLUE
        canvas.box((centre - half, canvas.y(value)), (centre + half, canvas.y(0)), colour)
    canvas.save(name)


def main() -> None:
    """Write all charts."""
    # One value an hour from Saturday 06:00, local time: 57 in all, since the hour from 02:00 on Sunday came twice.
    inactive = [0, 0, 61, 118, 118, 126, 126, 126, 126, 126, 124, 122, 119, 116, 112, 106, 97, 88, 80, 73]
    inactive += [66, 64, 114, 110, 102, 95, 88, 82, 77, 71, 66, 60, 55, 50, 46, 42, 38, 35, 31, 28]
    inactive += [25, 22, 19, 17, 15, 13, 11, 9, 8, 6, 5, 4, 3, 2, 1, 1, 0]
    days = ((0, "Sat 06:00"), (9, "15:00"), (18, "Sun 00:00"), (28, "09:00"), (37, "18:00"), (46, "Mon 03:00"))
    labels = (*days, (55, "12:00"))
    title = "Inactive placement groups, one value an hour"
    twice = (20, 22, "the hour that came twice")
    draw_line(Chart(title, inactive, 140, (0, 40, 80, 120), labels, twice), "inactive-groups.png")
    rates = [0.4, 0.6, 0.5, 1.9, 2.0, 0.7, 0.8, 1.4, 1.9, 2.2, 2.3, 2.2, 2.4, 2.3, 2.1, 1.8, 1.2, 0.6]
    hours = [(0, "Sat 12:00"), (4, "Sun 00:00"), (9, "Sun 14:00"), (13, "Mon 02:00"), (17, "Mon 14:00")]
    title = "Recovery between the sites, GB a second, three hours a bar"
    draw_bars(Chart(title, rates, 3, (0, 1, 2, 3), hours), "recovery-rate.png", frozenset({5, 6}))
    sent = [14, 12, 11, 13, 12, 15, 13, 14, 16, 412, 968, 1_034, 655, 21, 15, 14, 13, 12]
    clock = [(0, "18:00"), (4, "22:00"), (8, "02:00"), (12, "06:00"), (16, "10:00")]
    title = "Data sent by the bucket support-exports, MB an hour"
    draw_bars(Chart(title, sent, 1_200, (0, 400, 800, 1_200), clock), "egress.png", frozenset({9, 10, 11, 12}))


if __name__ == "__main__":
    main()
