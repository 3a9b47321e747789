"""Which events of a timeline drawing get a label, and on which level above the axis it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from afterword.report.nodes import Mark

MOST_LEVELS = 9
_GAP = 5.0
"""Points between a label and the line of the next one."""

_RANKS = (
    ("impact-start", "detected", "mitigated", "resolved", "closed"),
    ("acknowledged", "diagnosed", "escalated"),
    ("communicated",),
)
"""Kinds of events by how much their label matters; any other kind has none."""

XOf = Callable[[float], float]
WidthOf = Callable[[str, str], float]


@dataclass(frozen=True, slots=True)
class Flag:
    """A label above the axis that starts at `x`, with a line down to its event."""

    index: int
    """Place of its event among the marks."""

    x: float
    level: int
    """0 is the one next to the axis."""

    time: str
    label: str
    role: str


def raise_flags(marks: Sequence[Mark], x_of: XOf, width_of: WidthOf) -> tuple[Flag, ...]:
    """Return labels for as many events as have room on nine levels, first those that matter most.

    The first event of each kind counts more than later ones.
    """
    chosen: list[int] = []
    levels: dict[int, int] = {}
    for candidate in _by_rank(marks):
        trial = sorted([*chosen, candidate], key=lambda index: (marks[index].at, index))
        found = _levels_of(trial, marks, x_of, width_of)
        if found is not None:
            chosen, levels = trial, found
    return tuple(_flag(index, marks[index], x_of, levels[index]) for index in chosen)


def _flag(index: int, mark: Mark, x_of: XOf, level: int) -> Flag:
    return Flag(index, x_of(mark.at), level, mark.time, mark.label, mark.role)


def _by_rank(marks: Sequence[Mark]) -> list[int]:
    """Return the events that may get a label, those that matter most first."""
    firsts: list[int] = []
    rest: list[int] = []
    for rank in _RANKS:
        later: list[int] = []
        for name in rank:
            found = [index for index, mark in enumerate(marks) if mark.role == f"phase-{name}" and mark.label]
            firsts += found[:1]
            later += found[1:]
        rest += sorted(later)
    return [*firsts, *rest]


def _levels_of(chosen: Sequence[int], marks: Sequence[Mark], x_of: XOf, width_of: WidthOf) -> dict[int, int] | None:
    """Return the level of each label, None if they need too many.

    A label stands above all those to the right that begin beneath it. So no line down to an event crosses a
    label, and no two labels touch.
    """
    levels: dict[int, int] = {}
    placed: list[tuple[float, int]] = []
    for index in reversed(chosen):
        mark = marks[index]
        x = x_of(mark.at)
        end = x + width_of(mark.time, mark.label) + _GAP
        level = max((other + 1 for start, other in placed if start < end), default=0)
        if level >= MOST_LEVELS:
            return None
        levels[index] = level
        placed.append((x, level))
    return levels
