"""The axis of the timeline figure, what its text alternative tells, and the small charts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from afterword.assets import Shelf
from afterword.compose import compose
from afterword.compose.numerals import Number, read_number
from afterword.incident.model import Incident
from afterword.report.nodes import BarChart, Figure, Report, TimelineDrawing
from afterword.report.walk import blocks, plain_text
from afterword.words import words_for
from composing import ZONED, report


def timeline(found: Report) -> tuple[TimelineDrawing, str]:
    """Return the timeline drawing with its text alternative."""
    return next(
        (each.content, each.alt)
        for each in blocks(found)
        if isinstance(each, Figure) and isinstance(each.content, TimelineDrawing)
    )


def charts(found: Report) -> dict[str, tuple[BarChart, str]]:
    """Return the bar charts with their text alternatives by their captions."""
    return {
        plain_text(each.caption): (each.content, each.alt)
        for each in blocks(found)
        if isinstance(each, Figure) and isinstance(each.content, BarChart)
    }


def events(*moments: str, **kinds: str) -> list[dict[str, str]]:
    """Return events at these moments, those at the places in `kinds` (`_3="closed"`) of a kind."""
    return [
        {"at": moment, "description": "x", "kind": kinds.get(f"_{place}", "note")}
        for place, moment in enumerate(moments)
    ]


# --- the axis ------------------------------------------------------------------------------------------------------


def test_long_empty_stretches_are_breaks_that_the_alternative_names() -> None:
    """Nine days of nothing are cut out of the axis, with their length and ends in words."""
    moments = ("2023-08-13T08:00", "2023-08-13T08:05", "2023-08-13T09:00", "2023-08-22T10:00", "2023-08-22T11:00")
    found, alt = timeline(report(timeline=events(*moments, _4="resolved")))
    assert [(gap.start, gap.end, gap.label) for gap in found.breaks] == [(3600.0, 784_800.0, "9 days 1 hr")]
    assert "Nothing is recorded for 9 days 1 hr, from Aug 13, 09:00 to Aug 22, 10:00" in alt
    assert not [tick for tick in found.ticks if 3600 < tick.at < 784_800]
    assert {tick.day for tick in found.ticks} == {"Aug 13", "", "Aug 22"}


@pytest.mark.parametrize(
    ("impact", "told"),
    [
        ({"ended_at": "2023-08-22T10:00"}, "from Aug 13, 09:00 to Aug 22, 10:00"),
        ({"started_at": "2023-08-04T10:00"}, "from Aug 4, 10:00 to Aug 13, 08:00"),
    ],
    ids=["end", "start"],
)
def test_a_break_may_end_where_only_the_impact_does(impact: dict[str, str], told: str) -> None:
    """An impact that goes on for days beyond the events is named at both ends, with no event there."""
    moments = ("2023-08-13T08:00", "2023-08-13T08:05", "2023-08-13T09:00")
    _, alt = timeline(report(timeline=events(*moments), impact=impact))
    assert told in alt


def test_each_side_of_a_break_has_a_tick() -> None:
    """A single event behind a break still has its day and time on the axis."""
    moments = ("2023-08-13T08:00", "2023-08-13T08:05", "2023-08-13T09:00", "2023-08-22T10:07")
    found, _ = timeline(report(timeline=events(*moments)))
    assert (found.ticks[-1].label, found.ticks[-1].day) == ("10:07", "Aug 22")


@pytest.mark.parametrize(
    "moments",
    [
        ("2023-08-13T08:00", "2023-08-13T08:05", "2023-08-13T20:00"),
        ("2023-08-13T08:00", "2023-08-13T09:00", "2023-08-13T10:00", "2023-08-13T12:00"),
        ("2023-08-13T08:00", "2023-08-13T08:01", "2023-08-13T08:02", "2023-08-13T10:50"),
        ("2023-08-13T08:00", "2023-08-13T08:20", "2023-08-13T08:35", "2023-08-13T10:35", "2023-08-13T12:00"),
    ],
)
def test_no_break_that_would_not_help(moments: tuple[str, ...]) -> None:
    """Where few events stand together, or the stretch is short, the axis is whole."""
    found, alt = timeline(report(timeline=events(*moments)))
    assert found.breaks == ()
    assert "Nothing is recorded" not in alt


def test_several_bursts_have_several_breaks() -> None:
    """Each of the long stretches between them is cut, up to three."""
    moments = [f"2023-08-{day:02}T{hour:02}:00" for day in (1, 8, 20) for hour in (8, 9, 10)]
    found, _ = timeline(report(timeline=events(*moments)))
    assert [gap.label for gap in found.breaks] == ["6 days 22 hr", "12 days"]


def test_ticks_follow_the_clocks_when_they_are_set_back() -> None:
    """The hour that comes twice is there twice, the second time with the new offset, and each tick is in its place."""
    found, _ = timeline(
        report(timezone="Europe/Berlin", timeline=events("2023-10-28T22:00Z", "2023-10-29T05:00Z", _1="resolved"))
    )
    assert [(tick.at / 3600, tick.label, tick.day) for tick in found.ticks] == [
        (0, "00:00", ""),
        (1, "01:00", ""),
        (2, "02:00", ""),
        (3, "02:00", "UTC+01:00"),
        (4, "03:00", ""),
        (5, "04:00", ""),
        (6, "05:00", ""),
        (7, "06:00", ""),
    ]
    assert found.zone == "Europe/Berlin (UTC+02:00, UTC+01:00)"


def test_ticks_leave_out_the_hour_that_clocks_skip() -> None:
    """There is no 02:00 on the last Sunday of March in Berlin."""
    found, _ = timeline(report(timezone="Europe/Berlin", timeline=events("2023-03-26T00:00", "2023-03-26T07:00")))
    assert [tick.label for tick in found.ticks] == ["00:00", "01:00", "03:00", "04:00", "05:00", "06:00", "07:00"]
    assert [tick.day for tick in found.ticks][2] == "UTC+02:00"


def test_the_axis_names_its_zone_as_far_as_it_is_known() -> None:
    """The zone of the record, else the offset of the times, else nothing."""
    assert timeline(report(timeline=events("2023-08-13T08:00")))[0].zone == "UTC (UTC+00:00)"
    aware = report(timezone="", timeline=events("2023-08-13T08:00+03:00"))
    assert timeline(aware)[0].zone == "UTC+03:00"
    assert timeline(report(timezone="", timeline=events("2023-08-13T08:00")))[0].zone == ""


def test_times_of_other_offsets_keep_them() -> None:
    """Without a zone of the record, a time beside the axis says its own offset once there are several."""
    found, _ = timeline(report(timezone="", timeline=events("2023-08-13T08:00+03:00", "2023-08-13T08:00+02:00")))
    assert [mark.time for mark in found.marks] == ["08:00 UTC+03:00", "08:00 UTC+02:00"]


def test_weeks_and_years_have_round_days() -> None:
    """Weeks begin on Mondays, months and years on their first day, with the year where it changes."""
    weeks, _ = timeline(report(timeline=events("2023-08-13T08:00", "2023-09-20T08:00")))
    assert [tick.label for tick in weeks.ticks] == ["Aug 14", "Aug 21", "Aug 28", "Sep 4", "Sep 11", "Sep 18"]
    years, _ = timeline(report(timeline=events("2022-11-13T08:00", "2023-05-20T08:00")))
    assert [(tick.label, tick.day) for tick in years.ticks][:3] == [("Dec 1", "2022"), ("Jan 1", "2023"), ("Feb 1", "")]


# --- charts --------------------------------------------------------------------------------------------------------


def test_recorded_durations_are_a_chart() -> None:
    """On one scale, with the words of the table and in the text alternative; no total that is the time to resolve."""
    found = charts(
        report(
            status="resolved",
            timeline=events(
                "2023-08-13T08:00",
                "2023-08-13T08:14",
                "2023-08-13T10:00",
                _0="impact-start",
                _1="detected",
                _2="resolved",
            ),
        )
    )
    chart, alt = found["Key durations on one scale"]
    assert [(each.label, each.value, each.text) for each in chart.quantities] == [
        ("Time to detect", 840.0, "14 min"),
        ("Time to resolve", 7200.0, "2 hr"),
    ]
    assert alt == "Bar chart. Time to detect: 14 min; Time to resolve: 2 hr."


def test_one_duration_is_no_chart() -> None:
    """There is nothing to compare it with."""
    timeline = events("2023-08-13T08:00", "2023-08-13T08:14", _0="impact-start", _1="detected")
    assert charts(report(timeline=timeline)) == {}


MEASURES = [
    {"name": "Payments refused", "value": "1,840", "unit": "payments"},
    {"name": "Payments *delayed*", "value": "3 400", "unit": "payments", "basis": "estimate"},
    {"name": "Payments lost", "value": "about ten", "unit": "payments"},
    {"name": "Share refused", "value": "12.5 %"},
    {"name": "Share delayed", "value": "40", "unit": "%"},
    {"name": "Calls", "value": "146", "unit": "calls"},
    {"name": "Without a unit", "value": "3"},
    {"name": "Also without", "value": "4"},
]


def test_measures_of_one_unit_are_a_chart() -> None:
    """Only numbers are drawn, only beside others of their unit, an estimate as such, and shares on a whole of 100."""
    found = charts(report(impact={"measures": MEASURES}))
    assert list(found) == ["Measures of the impact in payments", "Measures of the impact in %"]
    payments, shares = (chart for chart, _ in found.values())
    assert [(each.label, each.value, each.text, each.role) for each in payments.quantities] == [
        ("Payments refused", 1840.0, "1,840\u00a0payments", ""),
        ("Payments *delayed*", 3400.0, "3,400\u00a0payments (estimate)", "estimate"),
    ]
    assert payments.whole == 0
    assert [(each.value, each.text) for each in shares.quantities] == [(12.5, "12.5\u00a0%"), (40.0, "40\u00a0%")]
    assert shares.whole == 100


def test_numbers_are_read_in_the_record_s_language_and_written_in_the_report_s() -> None:
    """`12,5` of a German record is `12.5` in an English report, however it stands in the table."""
    measures = [{"name": name, "value": value, "unit": "EUR"} for name, value in (("a", "12,5"), ("b", "1.840"))]
    incident = Incident.model_validate({**ZONED, "language": "de", "impact": {"measures": measures}})
    found = charts(compose(incident, words_for("en"), Shelf(None), {}).report)
    (chart, alt) = found["Measures of the impact in EUR"]
    assert [each.text for each in chart.quantities] == ["12.5\u00a0EUR", "1,840\u00a0EUR"]
    assert alt == "Bar chart. a: 12.5\u00a0EUR; b: 1,840\u00a0EUR."


@pytest.mark.parametrize(
    ("text", "group", "decimal", "expected"),
    [
        ("1,840", ",", ".", Number(Decimal(1840))),
        ("1,840", ".", ",", Number(Decimal("1.840"))),
        ("1.840", ".", ",", Number(Decimal(1840))),
        ("1.840", "\u202f", ",", None),
        ("12.5", ".", ",", Number(Decimal("12.5"))),
        ("12,5", ",", ".", None),
        ("12.5 %", ",", ".", Number(Decimal("12.5"), "%")),
        ("3 400", ",", ".", Number(Decimal(3400))),
        ("3\u202f400,5", "\u202f", ",", Number(Decimal("3400.5"))),
        ("1'000.5", ",", ".", Number(Decimal("1000.5"))),
        ("1,234,567.5", ",", ".", Number(Decimal("1234567.5"))),
        ("€ 1,200", ",", ".", Number(Decimal(1200), "€")),
        ("120ms", ",", ".", Number(Decimal(120), "ms")),
        ("\u0661\u066c\u0662\u0663\u0664", ",", ".", Number(Decimal(1234))),
        ("0.5 req/s", ",", ".", Number(Decimal("0.5"), "req/s")),
        *(
            (text, ",", ".", None)
            for text in ("", "ten", "~5", "-5", "+5 %", "10-20", "500+", "3 of 4", "12:30", "1/2")
        ),
        *((text, ",", ".", None) for text in ("1,84", "1,2345", "12.", "1.2.3", "5 (est)", "€ 5 EUR", "[count]", "2³")),
    ],
)
def test_numbers_are_read_or_left_alone(text: str, group: str, decimal: str, expected: Number | None) -> None:
    """What can be read in one way is read; what says more than a number, or could be two, is not."""
    assert read_number(text, group, decimal) == expected
