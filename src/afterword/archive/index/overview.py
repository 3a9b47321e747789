"""What the rows of an archive say together: incidents per month, time to resolve by severity, actions by owner."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from afterword.archive.index.tables import open_actions, overdue_actions
from afterword.archive.row import Row

_SCALES = (
    ("critical", "blocker", "emergency", "p0"),
    ("major", "high"),
    ("moderate", "medium", "normal", "partial"),
    ("minor", "low"),
    ("trivial", "cosmetic", "informational", "info", "none", "maintenance"),
)
"""Words for severities in the tools that we read, worst first; every other one is sorted by the numbers in it."""


@dataclass(frozen=True, slots=True)
class Year:
    """The incidents of a year, month by month."""

    year: int
    months: tuple[int, ...]
    """Twelve counts, January first."""

    @property
    def total(self) -> int:
        """Return the incidents of the whole year."""
        return sum(self.months)


@dataclass(frozen=True, slots=True)
class Spread:
    """How long incidents of one severity took to be resolved, in minutes, by nearest rank."""

    severity: str
    count: int
    """Incidents of this severity."""

    recorded: int
    """Of these, how many say how long it took; with none, the measures are 0 and mean nothing."""

    low: float = 0
    """The tenth percentile."""

    quarter: float = 0
    middle: float = 0
    """The median."""

    three_quarters: float = 0
    high: float = 0
    """The ninetieth percentile."""


@dataclass(frozen=True, slots=True)
class Load:
    """The action items that one person has yet to do."""

    owner: str
    """Empty where an action has none."""

    open: int
    overdue: int
    """How many of the open ones are past their due date."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What an archive looks like as a whole."""

    years: tuple[Year, ...]
    """From the first to the last, those without incidents included."""

    spreads: tuple[Spread, ...]
    """By severity, worst first."""

    loads: tuple[Load, ...]
    """By owner, most overdue first, then most open."""

    open: int
    overdue: int
    middle: float | None
    """Minutes to resolve, the median of all; None where none is recorded."""


def overview(rows: Sequence[Row]) -> Overview:
    """Return what these rows say together."""
    recorded = [row.minutes_to_resolve for row in rows if row.minutes_to_resolve is not None]
    return Overview(
        years=_years(rows),
        spreads=_spreads(rows),
        loads=_loads(rows),
        open=sum(map(open_actions, rows)),
        overdue=sum(map(overdue_actions, rows)),
        middle=median(recorded) if recorded else None,
    )


def by_severity(names: Iterable[str]) -> list[str]:
    """Return severities without doubles, worst first as far as their wording tells; no severity comes last."""
    return sorted(set(names), key=_rank)


def _rank(severity: str) -> tuple[int, int, list[tuple[int, str]], str]:
    words = set(re.findall(r"[a-z0-9]+", severity.lower()))
    known = next((rank for rank, names in enumerate(_SCALES) if words & set(names)), len(_SCALES))
    numbers = [int(each) for each in re.findall(r"[0-9]{1,9}", severity)]
    place = numbers[0] if numbers else known
    return (not severity, place, [(known, severity.casefold())], severity)


def _years(rows: Sequence[Row]) -> tuple[Year, ...]:
    counts = Counter((int(row.date[:4]), int(row.date[5:7])) for row in rows)
    if not counts:
        return ()
    first, last = min(counts)[0], max(counts)[0]
    return tuple(Year(year, tuple(counts[year, month] for month in range(1, 13))) for year in range(first, last + 1))


def _spreads(rows: Sequence[Row]) -> tuple[Spread, ...]:
    counts = Counter(row.severity for row in rows)
    taken = defaultdict[str, list[int]](list)
    for row in rows:
        if row.minutes_to_resolve is not None:
            taken[row.severity].append(row.minutes_to_resolve)
    return tuple(_spread(name, counts[name], sorted(taken[name])) for name in by_severity(counts))


def _spread(severity: str, count: int, taken: list[int]) -> Spread:
    if not taken:
        return Spread(severity, count, 0)
    low, quarter, three_quarters, high = (_percentile(taken, share) for share in (0.1, 0.25, 0.75, 0.9))
    return Spread(severity, count, len(taken), low, quarter, median(taken), three_quarters, high)


def _percentile(ordered: list[int], share: float) -> int:
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def _loads(rows: Sequence[Row]) -> tuple[Load, ...]:
    waiting, late = Counter[str](), Counter[str]()
    for row in rows:
        for each in row.actions:
            waiting[each.owner] += each.is_open
            late[each.owner] += each.overdue
    loads = (Load(owner, count, late[owner]) for owner, count in waiting.items() if count)
    return tuple(sorted(loads, key=lambda load: (-load.overdue, -load.open, load.owner)))
