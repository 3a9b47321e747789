"""Which events of a timeline drawing get a label above the axis, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from afterword.report.nodes import Mark

MOST_LEVELS = 9
_MOST_FLAGS = 16
_CALM_FLAGS = 12
"""Later events of a kind get labels only if there would be no more than these: all of them or none."""

_CALM_LEVELS = 4
"""Levels that the labels of later events may fill."""

HEAD = 7.0
"""Points from the middle of a flag's head to its label."""

_GAP = 7.0
"""Points between a label and the pole or head of another flag."""

MILESTONES = ("impact-start", "detected", "mitigated", "resolved", "closed")
_KINDS = (*MILESTONES, "acknowledged", "diagnosed", "escalated", "communicated")
"""Kinds of events by how much their label matters; any other kind has none."""

WidthOf = Callable[[Mark], float]


@dataclass(frozen=True, slots=True)
class Flag:
    """A label above the axis: a pole from its event up to a head, beside which the label stands."""

    index: int
    """Place of its event among the marks."""

    x: float
    level: int
    """0 is the one next to the axis."""

    to_left: bool = False
    """Whether its label stands before its head, because it has no room behind it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An event with the extent of its label."""

    index: int
    x: float
    wide: float
    to_left: bool

    def covers(self, other: Candidate) -> bool:
        """Return whether the pole of the other flag would stand in this one's label."""
        if self.to_left:
            return self.x - self.wide - _GAP < other.x and (other.x, other.index) < (self.x, self.index)
        return other.x < self.x + self.wide + _GAP and (other.x, other.index) > (self.x, self.index)

    def meets(self, other: Candidate) -> bool:
        """Return whether the labels would touch on one level."""
        one, two = self.extent, other.extent
        return one[0] < two[1] + _GAP and two[0] < one[1] + _GAP

    @property
    def extent(self) -> tuple[float, float]:
        """From where to where the head and the label reach."""
        if self.to_left:
            return self.x - self.wide, self.x + HEAD / 2
        return self.x - HEAD / 2, self.x + self.wide


def raise_flags(
    marks: Sequence[Mark], x_of: Callable[[float], float], width_of: WidthOf, right: float
) -> tuple[Flag, ...] | None:
    """Return flags for as many events as have room, first those that matter most; None if a milestone has none.

    The first event of each kind counts more than later ones, which get a flag only where there are few of them and
    where it makes the drawing no higher. `right` is where labels have to end.
    """
    needed, wanted, spare = _by_rank(marks)
    chosen: list[Candidate] = []
    levels: dict[int, Flag] = {}
    for index in (*needed, *wanted, *spare):
        candidate = Candidate(index, x_of(marks[index].at), HEAD + width_of(marks[index]), to_left=False)
        found = _placed([*chosen, candidate], right)
        height = max((flag.level + 1 for flag in levels.values()), default=0)
        allowed = max(height, _CALM_LEVELS) if index in spare else MOST_LEVELS
        if found is None or max(flag.level for flag in found.values()) >= allowed or len(chosen) >= _MOST_FLAGS:
            if index in needed:
                return None
            continue
        chosen, levels = [*chosen, candidate], found
    return tuple(levels[index] for index in sorted(levels))


def _by_rank(marks: Sequence[Mark]) -> tuple[list[int], list[int], list[int]]:
    """Return the first event of each milestone, of each other kind that has labels, and the rest if it is not much."""
    firsts: list[int] = []
    later: list[int] = []
    for kind in _KINDS:
        found = [index for index, mark in enumerate(marks) if mark.role == f"phase-{kind}" and mark.label]
        firsts += found[:1]
        later += found[1:]
    needed = [index for index in firsts if is_milestone(marks[index])]
    wanted = [index for index in firsts if index not in needed]
    wanted += [index for index in later if is_milestone(marks[index])]
    rest = [index for index in later if index not in wanted]
    return needed, wanted, rest if len(firsts) + len(later) <= _CALM_FLAGS else []


def is_milestone(mark: Mark) -> bool:
    """Return whether a mark is of a kind that is never lost among others."""
    return mark.role.removeprefix("phase-") in MILESTONES


def _placed(candidates: Sequence[Candidate], right: float) -> dict[int, Flag] | None:
    """Return the flag of each candidate; None if they need too many levels or a label would leave the drawing."""
    turned = _turned(candidates, right)
    levels = _levels(turned) if turned is not None else None
    if turned is None or levels is None:
        return None
    return {each.index: Flag(each.index, each.x, levels[each.index], each.to_left) for each in turned}


def _turned(candidates: Sequence[Candidate], right: float) -> list[Candidate] | None:
    """Return the flags, those turned to the left that have no room to the right; None if one has room on neither side.

    A flag also turns where its label and that of one already turned would each cover the other's pole.
    """
    turned: list[Candidate] = []
    for each in sorted(candidates, key=lambda one: (one.x, one.index), reverse=True):
        back = Candidate(each.index, each.x, each.wide, to_left=True)
        is_caught = any(each.covers(other) and other.covers(each) for other in turned if other.to_left)
        if each.x + each.wide <= right and not is_caught:
            turned.append(each)
        elif each.x - each.wide >= 0:
            turned.append(back)
        else:
            return None
    return turned


def _levels(flags: Sequence[Candidate]) -> dict[int, int] | None:
    """Return the level of each flag, None if they need too many.

    A label stands above every flag whose pole begins beneath it. So no pole crosses a label, and no two touch.
    """
    levels = dict.fromkeys((flag.index for flag in flags), 0)
    pairs = [(one, two) for one in flags for two in flags if one is not two and one.meets(two)]
    is_settled = False
    while not is_settled:
        is_settled = True
        for one, two in pairs:
            if _has_to_rise(one, two, levels):
                levels[one.index] = levels[two.index] + 1
                is_settled = False
                if levels[one.index] >= MOST_LEVELS:
                    return None
    return levels


def _has_to_rise(one: Candidate, two: Candidate, levels: dict[int, int]) -> bool:
    """Return whether the first of two flags stands too low for the second."""
    if one.covers(two):
        return levels[one.index] <= levels[two.index]
    return levels[one.index] == levels[two.index] and not two.covers(one)
