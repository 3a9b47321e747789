"""The date of a document never comes from the clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.clock import FALLBACK, document_date
from afterword.errors import UsageError


def test_the_environment_wins_over_the_record() -> None:
    """SOURCE_DATE_EPOCH is the date of the document where it is set."""
    recorded = datetime(2023, 8, 13, tzinfo=UTC)
    assert document_date(recorded, {"SOURCE_DATE_EPOCH": "86400"}) == datetime(1970, 1, 2, tzinfo=UTC)


def test_a_recorded_date_is_told_in_utc_to_the_second() -> None:
    """A date with an offset is converted, one without is taken as UTC, and fractions of seconds go."""
    east = timezone(timedelta(hours=3))
    assert document_date(datetime(2023, 8, 13, 2, 0, 0, 7, east), {}) == datetime(2023, 8, 12, 23, tzinfo=UTC)
    assert document_date(datetime(2023, 8, 13, 2), {}) == datetime(2023, 8, 13, 2, tzinfo=UTC)  # noqa: DTZ001 (on purpose)


def test_without_any_date_there_is_a_fixed_one() -> None:
    """A record without a date gets the same date in every run."""
    assert document_date(None, {}) == FALLBACK


@given(st.integers(min_value=0, max_value=253_402_300_799))
def test_every_count_of_seconds_up_to_the_year_9999_is_taken(seconds: int) -> None:
    """The date is exactly as many seconds after 1970 as the variable says."""
    assert document_date(None, {"SOURCE_DATE_EPOCH": str(seconds)}).timestamp() == seconds


@pytest.mark.parametrize("text", ["", "now", "-1", "1.5", " 1", "1_000", "٣", "253402300800", "9" * 30])
def test_a_bad_value_of_the_variable_is_a_usage_error(text: str) -> None:
    """What is not a plain count of seconds is refused with the name of the variable and the value."""
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        document_date(None, {"SOURCE_DATE_EPOCH": text})
