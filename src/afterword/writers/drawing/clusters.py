"""The events of a timeline drawing without a flag: each as a small mark, or several that fall together as a count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

_GAP = 1.5
"""Points between two marks of the lane."""

_LABEL_GAP = 6.0
_LONGEST = 44.0
"""Points that a run of events may take before it is split at the ticks of the axis."""

_HOLD = 6.0
"""Points of its label that lie at least before the middle of a badge, so that one sees which badge it belongs to."""


@dataclass(frozen=True, slots=True)
class Spot:
    """An event in the lane below the axis."""

    index: int
    """Place of the event among the marks."""

    x: float
    reach: float
    """Half the width of its mark."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """One event, or several that are drawn as a badge with their number."""

    spots: tuple[Spot, ...]
    left: float
    right: float
    label: str = ""
    """From when to when; empty for a single event."""

    label_x: float = 0.0
    """Where the label starts."""

    label_width: float = 0.0

    @property
    def count(self) -> int:
        """How many events there are."""
        return len(self.spots)


@dataclass(frozen=True, slots=True)
class Badges:
    """How large a badge and its label are, by the events in it."""

    badge: Callable[[int], float]
    """Width for a number of events."""

    label: Callable[[int, int], tuple[str, float]]
    """Text and width for the places of the first and last event."""

    width: float
    """Of the drawing."""


def lay_clusters(
    spots: Sequence[Spot], badges: Badges, ticks: Iterable[float], cuts: Sequence[tuple[float, float]]
) -> tuple[Cluster, ...]:
    """Return the lane from left to right: no two badges or marks touch, nor do two labels, and no event is lost.

    Long runs are split at the ticks, and nothing is joined over a break of the axis if it can be helped.
    """
    runs = [piece for run in _runs(spots) for piece in _split(run, sorted(ticks))]
    clusters = [_cluster(run, badges) for run in runs]
    while touching := [place for place, pair in enumerate(pairwise(clusters)) if _touch(*pair)]:
        clusters = _joined(clusters, touching[0], touching[0] + 1, badges)
    while (labelled := _labelled(clusters, badges.width)) is None:
        clusters = _joined(clusters, *_closest(clusters, cuts), badges)
    return _fitted(labelled)


def _runs(spots: Sequence[Spot]) -> list[tuple[Spot, ...]]:
    """Return the events in runs whose marks would touch."""
    runs: list[list[Spot]] = []
    for spot in sorted(spots, key=lambda each: (each.x, each.index)):
        if runs and spot.x - runs[-1][-1].x < runs[-1][-1].reach + spot.reach + _GAP:
            runs[-1].append(spot)
        else:
            runs.append([spot])
    return [tuple(run) for run in runs]


def _split(run: tuple[Spot, ...], ticks: Sequence[float]) -> list[tuple[Spot, ...]]:
    if run[-1].x - run[0].x <= _LONGEST:
        return [run]
    edges = [float("-inf"), *ticks, float("inf")]
    pieces = (tuple(spot for spot in run if low <= spot.x < high) for low, high in pairwise(edges))
    return [piece for piece in pieces if piece]


def _cluster(spots: tuple[Spot, ...], badges: Badges) -> Cluster:
    first, last = spots[0], spots[-1]
    if len(spots) == 1:
        return Cluster(spots, first.x - first.reach, first.x + first.reach)
    middle, half = (first.x + last.x) / 2, badges.badge(len(spots)) / 2
    left = min(max(middle - half, 0.0), badges.width - 2 * half)
    label, wide = badges.label(first.index, last.index)
    return Cluster(spots, left, left + 2 * half, label, label_width=wide)


def _touch(one: Cluster, two: Cluster) -> bool:
    return two.left - one.right < _GAP


def _joined(clusters: Sequence[Cluster], first: int, last: int, badges: Badges) -> list[Cluster]:
    """Return the clusters with those from the first to the last place as one, and without any that it now touches."""
    spots = tuple(spot for cluster in clusters[first : last + 1] for spot in cluster.spots)
    joined = [*clusters[:first], _cluster(spots, badges), *clusters[last + 1 :]]
    touching = [place for place, pair in enumerate(pairwise(joined)) if _touch(*pair)]
    return _joined(joined, touching[0], touching[0] + 1, badges) if touching else joined


def _labelled(clusters: Sequence[Cluster], width: float) -> list[Cluster] | None:
    """Return the clusters with places for their labels, all in one row below; None if these do not fit."""
    placed: list[Cluster] = []
    end = -_LABEL_GAP
    for cluster in clusters:
        if not cluster.label:
            placed.append(cluster)
            continue
        middle, wide = (cluster.left + cluster.right) / 2, cluster.label_width
        x = min(max(middle - wide / 2, 0.0, end + _LABEL_GAP), width - wide)
        if (x < end + _LABEL_GAP or x > middle - min(_HOLD, wide / 2)) and end >= 0:
            return None
        placed.append(replace(cluster, label_x=x))
        end = x + wide
    return placed


def _fitted(clusters: Sequence[Cluster]) -> tuple[Cluster, ...]:
    """Return the clusters, each badge as long as the stretch of its events where there is room."""
    fitted: list[Cluster] = []
    for place, cluster in enumerate(clusters):
        if cluster.count == 1:
            fitted.append(cluster)
            continue
        first, last = cluster.spots[0], cluster.spots[-1]
        before = fitted[-1].right + _GAP if fitted else 0.0
        after = clusters[place + 1].left - _GAP if place + 1 < len(clusters) else float("inf")
        left = min(cluster.left, max(first.x - first.reach, before))
        fitted.append(replace(cluster, left=left, right=max(cluster.right, min(last.x + last.reach, after))))
    return tuple(fitted)


def _closest(clusters: Sequence[Cluster], cuts: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """Return the places of the two neighbouring counts that together take the least of the axis.

    So counts grow evenly, and a large one does not swallow its neighbours one by one.
    """
    places = [place for place, cluster in enumerate(clusters) if cluster.count > 1]

    def reach(pair: tuple[int, int]) -> tuple[bool, float]:
        one, two = clusters[pair[0]].spots[0].x, clusters[pair[1]].spots[-1].x
        return any(one <= left and right <= two for left, right in cuts), two - one

    return min(pairwise(places), key=reach)
