"""The shape of each kind of event, so that colour is never the only thing that tells them apart."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

_KAPPA = 0.5523
"""Length of the handles with which four Bezier curves make a circle."""


def shape(role: str, x: float, y: float, size: float) -> str:  # noqa: C901, PLR0911 (one case per kind)
    """Return the outline of an event's mark around a point, as the data of an SVG path.

    `size` is about half the width of the mark. A role without a shape of its own gets a small dot.
    """
    match role.removeprefix("phase-"):
        case "impact-start":
            return _polygon(x, y, size * 1.2, 3, -90)
        case "detected":
            return _circle(x, y, size)
        case "acknowledged":
            return _polygon(x, y, size * 1.25, 4, 45)
        case "escalated":
            return _polygon(x, y, size * 1.25, 4, 0)
        case "communicated":
            return _polygon(x, y, size * 1.1, 6, 0)
        case "diagnosed":
            return _polygon(x, y, size * 1.15, 5, -90)
        case "mitigated":
            return _polygon(x, y, size * 1.2, 3, 90)
        case "resolved":
            return _star(x, y, size * 1.4, 5)
        case "closed":
            return _cross(x, y, size)
        case "action":
            return _circle(x, y, size * 0.55)
        case _:
            return _circle(x, y, size * 0.4)


def pill(left: float, top: float, right: float, bottom: float) -> str:
    """Return the outline of a box with round ends, as the data of an SVG path."""
    round_ = min((bottom - top) / 2, (right - left) / 2)
    k = round_ * (1 - _KAPPA)
    return (
        f"M{left + round_:.2f} {top:.2f} L{right - round_:.2f} {top:.2f}"
        f" C{right - k:.2f} {top:.2f} {right:.2f} {top + k:.2f} {right:.2f} {top + round_:.2f}"
        f" L{right:.2f} {bottom - round_:.2f}"
        f" C{right:.2f} {bottom - k:.2f} {right - k:.2f} {bottom:.2f} {right - round_:.2f} {bottom:.2f}"
        f" L{left + round_:.2f} {bottom:.2f}"
        f" C{left + k:.2f} {bottom:.2f} {left:.2f} {bottom - k:.2f} {left:.2f} {bottom - round_:.2f}"
        f" L{left:.2f} {top + round_:.2f}"
        f" C{left:.2f} {top + k:.2f} {left + k:.2f} {top:.2f} {left + round_:.2f} {top:.2f} Z"
    )


def _polygon(x: float, y: float, radius: float, corners: int, turn: float) -> str:
    angles = [turn * pi / 180 + 2 * pi * corner / corners for corner in range(corners)]
    return _closed([(x + radius * cos(angle), y + radius * sin(angle)) for angle in angles])


def _star(x: float, y: float, radius: float, tips: int) -> str:
    points = []
    for step in range(2 * tips):
        reach = radius if step % 2 == 0 else radius * 0.45
        angle = -pi / 2 + pi * step / tips
        points.append((x + reach * cos(angle), y + reach * sin(angle)))
    return _closed(points)


def _cross(x: float, y: float, size: float) -> str:
    far, near = size * 1.1, size * 0.42
    corners = [(-near, -far), (near, -far), (near, -near), (far, -near), (far, near), (near, near)]
    corners += [(-dx, -dy) for dx, dy in corners]
    return _closed([(x + dx, y + dy) for dx, dy in corners])


def _closed(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{px:.2f} {py:.2f}" for px, py in points) + " Z"


def _circle(x: float, y: float, radius: float) -> str:
    k = radius * _KAPPA
    curves = (
        (radius, k, k, radius, 0, radius),
        (-k, radius, -radius, k, -radius, 0),
        (-radius, -k, -k, -radius, 0, -radius),
        (k, -radius, radius, -k, radius, 0),
    )
    path = f"M{x + radius:.2f} {y:.2f}"
    for a, b, c, d, e, f in curves:
        path += f" C{x + a:.2f} {y + b:.2f} {x + c:.2f} {y + d:.2f} {x + e:.2f} {y + f:.2f}"
    return path + " Z"
