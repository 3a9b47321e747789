"""Stretches of time as bars below the axis of a timeline drawing, each in a row where it has room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from afterword.report.nodes import Span

_LEAST = 2.0
"""Points; a stretch too short to be seen is drawn this long."""

_INSET = 4.0
_GAP = 6.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar and where its label starts: inside if it fits, else beside."""

    x: float
    width: float
    row: int
    label: str
    label_x: float
    role: str


def lay_bars(
    spans: Sequence[Span], x_of: Callable[[float], float], width_of: Callable[[str], float], width: float
) -> tuple[Bar, ...]:
    """Return a bar for each stretch; no two bars or labels of a row touch."""
    bars: list[Bar] = []
    taken: list[list[tuple[float, float]]] = []
    for span in spans:
        start = x_of(span.start)
        long = max(x_of(span.end) - start, _LEAST)
        label = width_of(span.label)
        label_x = _label_x(start, long, label, width)
        extent = (min(start, label_x), max(start + long, label_x + label))
        row = next((i for i, others in enumerate(taken) if _is_free(others, extent)), len(taken))
        if row == len(taken):
            taken.append([])
        taken[row].append(extent)
        bars.append(Bar(start, long, row, span.label, label_x, span.role))
    return tuple(bars)


def _label_x(start: float, long: float, label: float, width: float) -> float:
    """Return where a label starts: inside its bar, else after it, else before it."""
    if label + 2 * _INSET <= long:
        return start + _INSET
    after = start + long + _INSET
    return after if after + label <= width else max(start - _INSET - label, 0.0)


def _is_free(row: Sequence[tuple[float, float]], extent: tuple[float, float]) -> bool:
    return all(extent[1] + _GAP <= start or extent[0] >= end + _GAP for start, end in row)
