"""Bar charts: one scale for all bars, all texts inside and apart, and the value of each bar as text."""

from __future__ import annotations

import docx_reports as made
import pytest
from drawing_boxes import box, overlaps
from hypothesis import example, given, settings
from hypothesis import strategies as st

from afterword.report.nodes import BarChart, Quantity
from afterword.writers.drawing.chart import lay_out_chart
from afterword.writers.drawing.stage import Stage
from effort import examples

THEME = made.options().theme
WORDS = (
    "Payments", "refused", "until", "the", "next", "day", "Rückerstattungsverzögerungen", "الطلبات", "المتأخرة",
    "የዘገዩ", "ክፍያዎች", "影響を受けた利用者",
)  # fmt: skip


@st.composite
def charts(draw: st.DrawFn) -> BarChart:
    """Return charts of two to twelve quantities of any size, with long and short labels in several scripts."""
    labels = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)
    roles = st.sampled_from(["", "estimate", "phase-detected", "phase-closed"])
    values = st.floats(0, 1e9) | st.just(0.0)
    quantity = st.builds(Quantity, labels, values, st.sampled_from(["5 min", "1,840 payments (estimate)"]), roles)
    return BarChart(tuple(draw(st.lists(quantity, min_size=2, max_size=12))), draw(st.sampled_from([0.0, 2e9])))


TINY = BarChart((Quantity("Payments", 0.0, "5 min", ""), Quantity("Payments", 2.3e-309, "5 min", "")), 0.0)


@settings(max_examples=examples(20, 100), deadline=None)
@given(charts(), st.booleans(), st.sampled_from([470.0, 487.0]))
@example(TINY, False, 470.0)
def test_nothing_of_a_chart_overlaps_or_leaves(chart: BarChart, to_left: bool, width: float) -> None:
    """No two texts touch, all are inside and none is smaller than 7 points; every value stands there."""
    layout = lay_out_chart(chart, THEME, width, to_left=to_left)
    assert overlaps(layout) == []
    for words in layout.parts.words:
        left, top, right, low = box(words)
        assert min(left, top) >= -0.5
        assert right <= width + 0.5
        assert low <= layout.height
        assert words.size >= 7.0
    texts = [words.text.strip("\N{RIGHT-TO-LEFT ISOLATE}\N{POP DIRECTIONAL ISOLATE}") for words in layout.parts.words]
    assert [text for text in texts if text in {"5 min", "1,840 payments (estimate)"}] == [
        quantity.text for quantity in chart.quantities
    ]


def test_bars_are_as_long_as_their_values() -> None:
    """All bars share one scale that starts at 0, and it reaches to the whole where there is one."""
    quantities = tuple(Quantity(f"Q{value}", value, f"{value} %") for value in (10.0, 20.0, 40.0))
    for whole in (0.0, 100.0):
        layout = lay_out_chart(BarChart(quantities, whole), THEME, 470, to_left=False)
        bars = [each for each in layout.parts.boxes if each.colour != "#ffffff"]
        assert [bar.width / bars[0].width for bar in bars] == pytest.approx([1, 2, 4])
        assert len({bar.x for bar in bars}) == 1
    assert bars[2].width / 0.4 + bars[2].x < 470


def test_estimates_look_different_without_colour() -> None:
    """An estimate is pale and has a dashed outline, besides the word behind it."""
    chart = BarChart((Quantity("a", 5.0, "5"), Quantity("b", 5.0, "5 (estimate)", "estimate")))
    layout = lay_out_chart(chart, THEME, 470, to_left=False)
    assert len([line for line in layout.parts.lines if line.dashes]) == 3
    assert len({each.colour for each in layout.parts.boxes}) == 3


def test_long_labels_are_wrapped_then_shortened() -> None:
    """Up to three lines; what does not fit even there ends in an ellipsis."""
    stage = Stage(THEME, 470)
    lines = stage.wrapped("word " * 40, 100, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(stage.measure(line) <= 100 for line in lines)
    assert stage.wrapped("one two", 100, 3) == ("one two",)
