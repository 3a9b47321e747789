"""Contrast, against values that others have published."""

from __future__ import annotations

import pytest

from afterword.theme.contrast import Pair, contrast, luminance, mended


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # WebAIM: the best known grey that fails
        ("#767676", "#ffffff", 4.54),  # and the lightest that passes (W3C, failure F24 and technique G18)
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#008000", "#ffffff", 5.14),
        ("#949494", "#ffffff", 3.03),
        ("#ffff00", "#0000ff", 8.0),
    ],
)
def test_known_ratios(one: str, other: str, ratio: float) -> None:
    """Ratios are those of WCAG, whichever colour comes first."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.006)
    assert contrast(other, one) == contrast(one, other)


def test_luminance_has_the_weights_of_srgb() -> None:
    """White has a luminance of one, black of zero, and green most of the three."""
    assert luminance("#ffffff") == pytest.approx(1)
    assert luminance("#000000") == 0
    assert luminance("#ff0000") == pytest.approx(0.2126)
    assert luminance("#00ff00") == pytest.approx(0.7152)
    assert luminance("#0000ff") == pytest.approx(0.0722)


@pytest.mark.parametrize(
    ("points", "bold", "needed"),
    [(10, False, 4.5), (17.9, False, 4.5), (18, False, 3), (13.9, True, 4.5), (14, True, 3), (0, False, 3)],
)
def test_large_text_and_marks_need_less(points: float, bold: bool, needed: float) -> None:
    """Large means 18 points, or 14 in bold; a mark, which has no size, needs as much as large text."""
    assert Pair("#000000", "#ffffff", "x", points, bold).needed == needed


def test_no_ratio_is_rounded_up() -> None:
    """A contrast of 4.48 is not 4.5."""
    assert not Pair("#777777", "#ffffff", "x", 10).is_enough
    assert Pair("#767676", "#ffffff", "x", 10).is_enough


@pytest.mark.parametrize(("ink", "paper"), [("#9aa0a8", "#ffffff"), ("#333333", "#101010"), ("#f0a000", "#e8eef5")])
def test_the_colour_that_is_proposed_is_enough(ink: str, paper: str) -> None:
    """The shade that a finding proposes passes itself."""
    pair = Pair(ink, paper, "x", 10)
    assert not pair.is_enough
    assert Pair(mended(pair), paper, "x", 10).is_enough
