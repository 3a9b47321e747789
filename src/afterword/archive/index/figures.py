"""The figures of the index: what is drawn where, in percent of the width, and what is told in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import log, log10

from afterword.archive.index.overview import Load, Overview, Year
from afterword.templating import macro
from afterword.words import Words

MOST_MONTHS = 180
"""With more months than this in an archive, its bars stand for years: single months would be hairlines."""

MOST_OWNERS = 8
"""Owners with a bar each; the others are summed up in the last line."""

TALL = 100
"""Height of the tallest bar, in pixels."""

MOST_TICKS = 12
"""Years that have their number below the bars."""

MOST_LINES = 3
"""Counts that have a line behind the bars."""

_CHARTS = "archive_charts.html.j2"
_TICKS = (1, 10, 60, 360, 1440, 10080, 43200, 525600)
"""Minutes that the axis of durations may have a line at: from a minute to a year."""


_ROOM = 0.28
"""Share of the axis that a label of a duration may need."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it starts and how wide it is in percent, how high in pixels, and what it stands for."""

    x: float
    width: float
    height: float
    told: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, in percent across or pixels up, with its label."""

    at: float
    label: str


def months_figure(known: Overview, words: Words, text: Mapping[str, str]) -> str:
    """Return the bars of all months of an archive, and a table of them."""
    years = known.years
    if not years:
        return ""
    values = _by_year(years) if 12 * len(years) > MOST_MONTHS else _by_month(years, words)
    most = max(count for _, count in values)
    told = max(values, key=lambda each: each[1])
    across = 100 / len(values)
    bars = [
        Bar(_mirrored(index * across, across, words), across, TALL * count / most, f"{name}: {words.number(count)}")
        for index, (name, count) in enumerate(values)
    ]
    alt = words.say("Most incidents in {month}: {number}.", month=told[0], number=words.number(told[1]))
    return macro(_CHARTS, "months")(
        words=words,
        text=text,
        bars=bars,
        ticks=_year_ticks(years, words),
        lines=[Tick(TALL - TALL * each / most, words.number(each)) for each in _round_steps(most)],
        alt=f"{text['bar_chart']} {alt}",
        years=years,
        names=[_month(words, month) for month in range(1, 13)],
    )


def spreads_figure(known: Overview, words: Words, text: Mapping[str, str]) -> str:
    """Return a table of the times to resolve by severity, with a bar for each on a common logarithmic scale."""
    drawn = [each for each in known.spreads if each.recorded]
    if not drawn:
        return ""
    low, high = max(1.0, min(each.low for each in drawn)), max(2.0, *(each.high for each in drawn))

    def at(minutes: float) -> float:
        share = 100 * log(max(1.0, minutes) / low) / log(high / low) if high > low else 50.0
        return _mirrored(2 + 0.96 * min(100.0, max(0.0, share)), 0, words)

    ticks = [Tick(at(each), words.duration(timedelta(minutes=each))) for each in _apart(low, high)]
    return macro(_CHARTS, "spreads")(
        words=words, text=text, spreads=known.spreads, at=at, ticks=ticks, time=_minutes(words)
    )


def _apart(low: float, high: float) -> list[int]:
    """Return the ticks between two durations, as many of them as have room for their labels."""
    kept: list[int] = []
    for each in _TICKS:
        if low <= each <= high and (not kept or log(each / kept[-1]) > _ROOM * log(high / low)):
            kept.append(each)
    return kept


def loads_figure(known: Overview, words: Words, text: Mapping[str, str]) -> str:
    """Return a table of the owners of open action items, with a bar for each."""
    if not known.loads:
        return ""
    most = max(each.open for each in known.loads[:MOST_OWNERS])
    rest = known.loads[MOST_OWNERS:]
    return macro(_CHARTS, "loads")(
        words=words,
        text=text,
        loads=known.loads[:MOST_OWNERS],
        share=lambda count: 100 * count / most,
        rest=Load(_others(len(rest), words), sum(each.open for each in rest), sum(each.overdue for each in rest)),
    )


def _others(count: int, words: Words) -> str:
    return words.count("{count} more owner", "{count} more owners", count) if count else ""


def _minutes(words: Words) -> Callable[[float], str]:
    return lambda value: words.duration(timedelta(minutes=round(value)))


def _by_month(years: Sequence[Year], words: Words) -> list[tuple[str, int]]:
    return [
        (f"{_month(words, month)} {each.year}", count) for each in years for month, count in enumerate(each.months, 1)
    ]


def _by_year(years: Sequence[Year]) -> list[tuple[str, int]]:
    return [(str(each.year), each.total) for each in years]


def _month(words: Words, month: int) -> str:
    return str(words.locale.months["stand-alone"]["abbreviated"][month])


def _year_ticks(years: Sequence[Year], words: Words) -> list[Tick]:
    """Return the starts of years, with gaps where all of them would stand too close."""
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if len(years) <= step * MOST_TICKS)
    places = ((index, each.year) for index, each in enumerate(years) if each.year % every == 0)
    return [Tick(_mirrored(100 * index / len(years), 0, words), str(year)) for index, year in places]


def _round_steps(most: int) -> Iterator[int]:
    """Yield round numbers up to the largest count, evenly spaced."""
    size = 10 ** int(log10(most))
    step = next(each for each in (size // 2, size, 2 * size, 4 * size) if each and most < each * (MOST_LINES + 1))
    yield from range(step, most + 1, step)


def _mirrored(x: float, width: float, words: Words) -> float:
    return 100 - x - width if words.direction == "rtl" else x
