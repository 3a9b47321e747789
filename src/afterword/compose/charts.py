"""Small charts, where there are at least two things to compare: durations, and measures of the impact in one unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from types import MappingProxyType

from afterword.compose.desk import Desk
from afterword.compose.labels import DURATIONS
from afterword.compose.numerals import read_number
from afterword.incident.durations import DurationName, durations
from afterword.incident.parts import Kind, Measure
from afterword.report.nodes import BarChart, Figure, Inline, Quantity
from afterword.report.walk import plain_text
from afterword.words import words_for

_FEWEST = 2
_PER_CENT = "%"
_WHOLE = 100

_ENDS = MappingProxyType(
    {
        DurationName.TO_DETECT: Kind.DETECTED,
        DurationName.TO_ACKNOWLEDGE: Kind.ACKNOWLEDGED,
        DurationName.TO_MITIGATE: Kind.MITIGATED,
        DurationName.TO_RESOLVE: Kind.RESOLVED,
        DurationName.TOTAL: Kind.CLOSED,
    }
)
"""The kind of event that ends each duration, whose mark stands beside its bar."""


def durations_chart(desk: Desk) -> tuple[Figure, ...]:
    """Return a chart of the durations that are recorded, or nothing where there are not two.

    The total is drawn only where it says something else than the time to resolve.
    """
    known = {each.name: each.value for each in durations(desk.incident) if each.value is not None}
    if known.get(DurationName.TOTAL) == known.get(DurationName.TO_RESOLVE):
        known.pop(DurationName.TOTAL, None)
    quantities = tuple(
        Quantity(
            desk.words.say(DURATIONS[name]),
            value.total_seconds(),
            desk.words.duration(value),
            f"phase-{_ENDS[name].value}",
        )
        for name, value in known.items()
    )
    return _figure(desk, BarChart(quantities), desk.say("Key durations on one scale"))


def measures_charts(desk: Desk) -> tuple[Figure, ...]:
    """Return a chart for each unit that at least two measures of the impact share whose values are numbers."""
    return tuple(figure for unit, found in _by_unit(desk).items() for figure in _measures_chart(desk, unit, found))


def _by_unit(desk: Desk) -> dict[str, list[tuple[Measure, Decimal]]]:
    """Return the measures with the numbers that they are, by their units as written."""
    group, decimal = words_for(desk.incident.language).separators
    units: dict[str, list[tuple[Measure, Decimal]]] = {}
    for measure in desk.incident.impact.measures:
        number = read_number(measure.value, group, decimal)
        unit = _unit(measure.unit.strip(), number.unit) if number else ""
        if number and unit:
            units.setdefault(unit, []).append((measure, number.value))
    return units


def _unit(named: str, beside: str) -> str:
    """Return the unit that a measure has; nothing for one without any, or with two that differ."""
    return named or beside if not (named and beside) or named == beside else ""


def _measures_chart(desk: Desk, unit: str, found: Sequence[tuple[Measure, Decimal]]) -> tuple[Figure, ...]:
    quantities = tuple(_quantity(desk, unit, measure, value) for measure, value in found)
    is_share = unit == _PER_CENT and all(value <= _WHOLE for _, value in found)
    chart = BarChart(quantities, float(_WHOLE) if is_share else 0.0)
    return _figure(desk, chart, desk.say("Measures of the impact in {unit}", unit=unit))


def _quantity(desk: Desk, unit: str, measure: Measure, value: Decimal) -> Quantity:
    number = f"{desk.words.number(value)}\N{NO-BREAK SPACE}{unit}"
    is_estimate = measure.basis == "estimate"
    text = desk.words.say("{number} (estimate)", number=number) if is_estimate else number
    return Quantity(plain_text(desk.bare(measure.name)), float(value), text, "estimate" if is_estimate else "")


def _figure(desk: Desk, chart: BarChart, caption: tuple[Inline, ...]) -> tuple[Figure, ...]:
    if len(chart.quantities) < _FEWEST:
        return ()
    return (Figure(chart, " ".join(_alternative(desk, chart)), caption),)


def _alternative(desk: Desk, chart: BarChart) -> Iterator[str]:
    """Yield in words what a chart shows: every value."""
    values = [
        desk.words.say("{label}: {value}", label=quantity.label, value=quantity.text) for quantity in chart.quantities
    ]
    yield desk.words.say("Bar chart.")
    yield desk.words.say("{values}.", values=desk.words.say("; ").join(values))
