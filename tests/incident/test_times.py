"""Dates, times and stretches of time are read as people write them, or refused with a reason."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterword.incident.times import (
    DateOrder,
    TimeFault,
    is_relative,
    localise,
    parse_date,
    parse_relative,
    parse_stamp,
    parse_time,
)

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "text",
    [
        "2023-08-13", "2023/08/13", "2023.8.13", "8/13/2023", "13/8/2023", "13.8.2023", "13.08.2023", "13-08-2023",
        "13 August 2023", "13 Aug 2023", "13-Aug-2023", "13th August, 2023", "August 13, 2023", "Aug. 13 2023",
        "August 13th, 2023", "  8/13/2023\n", "13 AUGUST 2023",
    ],
)  # fmt: skip
def test_common_forms_of_a_date_are_read(text: str) -> None:
    """All of these are the day of the seed's incident."""
    assert parse_date(text) == date(2023, 8, 13)


@pytest.mark.parametrize("order", [None, "ymd"])
def test_an_ambiguous_date_is_refused_with_both_readings(order: DateOrder | None) -> None:
    """3/4/2023 reads two ways, and the fault shows both and how to decide."""
    with pytest.raises(TimeFault) as caught:
        parse_date("3/4/2023", order)
    fault = caught.value
    assert fault.code == "AW302"
    assert "04 March 2023" in fault.message
    assert "03 April 2023" in fault.message
    assert "2023-03-04" in fault.hint
    assert "2023-04-03" in fault.hint
    assert "date_order" in fault.hint


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("3/4/2023", "mdy", date(2023, 3, 4)),
        ("3/4/2023", "dmy", date(2023, 4, 3)),
        ("3-4-2023", "dmy", date(2023, 4, 3)),
        ("3.4.2023", None, date(2023, 4, 3)),
        ("3.4.2023", "mdy", date(2023, 3, 4)),
        ("4/4/2023", None, date(2023, 4, 4)),
        ("2023-03-04", "dmy", date(2023, 3, 4)),
        ("12/13/2023", "mdy", date(2023, 12, 13)),
        ("13/12/2023", "dmy", date(2023, 12, 13)),
    ],
)
def test_the_order_decides(text: str, order: DateOrder | None, day: date) -> None:
    """`date_order` decides, dots are day first unless it says otherwise, and equal numbers read one way."""
    assert parse_date(text, order) == day


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("2023-02-29", None), ("2023-13-01", None), ("31/4/2023", None), ("0/1/2023", None), ("32.1.2023", None),
        ("August 32, 2023", None), ("13 Foo 2023", None), ("13/8/2023", "mdy"), ("8/13/2023", "dmy"), ("", None),
        ("yesterday", None), ("13/8/23", None), ("2023", None), ("08-2023", None), ("8/13.2023", None),
        ("0000-01-01", None), ("2023-08-13T10:00", None), ("Maybe 3, 2023", None), ("marching 3 2023", None),
        ("13 Auguste 2023", None), ("Ju 13 2023", None),
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str, order: DateOrder | None) -> None:
    """A day that does not exist, half a date and words are AW301, with what is expected."""
    with pytest.raises(TimeFault) as caught:
        parse_date(text, order)
    assert caught.value.code == "AW301"
    assert caught.value.expected


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("08:45 AM", time(8, 45)), ("8:45am", time(8, 45)), ("8:45 a.m.", time(8, 45)), ("12:30 PM", time(12, 30)),
        ("12:00 AM", time(0)), ("12:15 am", time(0, 15)), ("01:00 PM", time(13)), ("17:05", time(17, 5)),
        ("17:05:30", time(17, 5, 30)), ("17:05:30.250", time(17, 5, 30)), ("17h05", time(17, 5)), ("5 PM", time(17)),
        ("5pm", time(17)), ("0:00", time(0)), ("23:59:59", time(23, 59, 59)), ("17:05Z", time(17, 5, tzinfo=UTC)),
        ("17:05 UTC", time(17, 5, tzinfo=UTC)), ("17:05 GMT", time(17, 5, tzinfo=UTC)),
        ("17:05+03:00", time(17, 5, tzinfo=timezone(timedelta(hours=3)))),
        ("17:05 -0330", time(17, 5, tzinfo=timezone(-timedelta(hours=3, minutes=30)))),
        ("17:05 UTC+3", time(17, 5, tzinfo=timezone(timedelta(hours=3)))), (" 17:05 ", time(17, 5)),
    ],
)  # fmt: skip
def test_common_forms_of_a_time_are_read(text: str, clock: time) -> None:
    """12-hour and 24-hour clocks, seconds, and offsets where they are written."""
    found = parse_time(text)
    assert (found.replace(tzinfo=None), found.utcoffset()) == (clock.replace(tzinfo=None), clock.utcoffset())


@pytest.mark.parametrize(
    "text",
    [
        "24:00", "25:00", "17:60", "17:05:61", "13:55 PM", "0:30 AM", "17", "1705", "", "noon", "17:5", "17:05+25:00",
        "17:05+03:99", "17.05", "08:45-09:00", "17:05 EST", "~17:05",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused(text: str) -> None:
    """A time that no clock shows, half a time and words are AW303."""
    with pytest.raises(TimeFault) as caught:
        parse_time(text)
    assert caught.value.code == "AW303"
    assert caught.value.expected


def test_a_time_that_may_be_a_range_is_refused() -> None:
    """08:45-09:00 is a quarter of an hour to people and an offset to ISO 8601; the fault says how to write either."""
    with pytest.raises(TimeFault) as caught:
        parse_time("08:45-09:00")
    assert "two ways" in caught.value.message
    assert "08:45 UTC-09:00" in caught.value.hint
    assert parse_time("08:45 UTC-09:00").utcoffset() == -timedelta(hours=9)


def test_hints_say_what_to_write() -> None:
    """13:55 PM gets its 24-hour form, 24:00 the next midnight, a timestamp its field, words the text, EST the zone."""
    hints = {}
    for text in ("13:55 PM", "24:00", "2023-08-13 10:00", "around noon", "8:30 AM EST"):
        with pytest.raises(TimeFault) as caught:
            parse_time(text)
        hints[text] = caught.value.hint
    assert hints["13:55 PM"] == "write 13:55"
    assert "00:00 of the next" in hints["24:00"]
    assert "`at`" in hints["2023-08-13 10:00"]
    assert "description" in hints["around noon"]
    assert "`timezone`" in hints["8:30 AM EST"]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("+2 min", 120), ("+2min", 120), ("+ 2 minutes", 120), ("+45 s", 45), ("+1 h 30 min", 5400), ("+1h30m", 5400),
        ("T+5m", 300), ("+1.5 h", 5400), ("+1 day", 86400), ("+0 min", 0), ("+2 HOURS", 7200), ("+1d2h3m4s", 93784),
    ],
)  # fmt: skip
def test_stretches_are_read(text: str, seconds: int) -> None:
    """A stretch of time has days, hours, minutes and seconds in any common spelling."""
    assert is_relative(text)
    assert parse_relative(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text", ["+", "+2", "+2 parsecs", "+min", "+-2 min", "+2 min later", "2 min", f"+{'9' * 400} d"]
)
def test_what_is_no_stretch_is_refused(text: str) -> None:
    """A stretch without a number or a unit, of an unknown unit, or longer than any calendar is AW303."""
    with pytest.raises(TimeFault) as caught:
        parse_relative(text)
    assert caught.value.code == "AW303"


@pytest.mark.parametrize(
    "text",
    [
        "2023-08-13 17:05", "2023-08-13T17:05", "2023-08-13T17:05:00", "2023-08-13, 17:05", "2023/08/13 17:05",
        "8/13/2023 05:05 PM", "8/13/2023, 5:05 PM", "13.8.2023 17:05", "August 13, 2023 at 5:05 PM",
        "13 Aug 2023 17:05", "2023-08-13 5:05 PM", "13 August 2023, 17h05", "2023-8-13 17:05",
    ],
)  # fmt: skip
def test_common_forms_of_a_stamp_are_read(text: str) -> None:
    """A date and a time in one, with nothing said about the zone."""
    assert parse_stamp(text) == datetime(2023, 8, 13, 17, 5)  # noqa: DTZ001 (no zone is written)


@pytest.mark.parametrize(
    "text", ["2023-08-13T14:05:00Z", "2023-08-13 17:05:00+03:00", "2023-08-13T17:05+0300", "8/13/2023 05:05 PM UTC+3"]
)
def test_offsets_of_stamps_are_kept(text: str) -> None:
    """A stamp with an offset is a moment."""
    assert parse_stamp(text) == datetime(2023, 8, 13, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("3/4/2023 10:00", "AW302"), ("2023-02-29 10:00", "AW301"), ("2023-08-13 25:00", "AW303"),
        ("2023-08-13", "AW303"), ("10:00", "AW303"), ("+2 min", "AW303"), ("", "AW303"), ("soon", "AW303"),
        ("2023-08-13T24:00", "AW303"), ("2023-08-13 13:55 PM", "AW303"),
    ],
)  # fmt: skip
def test_stamps_are_refused_with_the_code_of_their_faulty_half(text: str, code: str) -> None:
    """The fault is the date's or the time's."""
    with pytest.raises(TimeFault) as caught:
        parse_stamp(text)
    assert caught.value.code == code


def test_python_values_pass() -> None:
    """Dates and times that Python made are taken as they are."""
    moment = datetime(2023, 8, 13, 17, 5, tzinfo=UTC)
    assert (parse_date(moment), parse_date(moment.date())) == (moment.date(), moment.date())
    assert (parse_time(moment.time()), parse_stamp(moment)) == (moment.time(), moment)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=40), st.from_regex(r"[T+]?[\d/:.\- apmAPMzZhT+]{1,24}", fullmatch=True)))
def test_nothing_but_a_time_fault_escapes(text: str) -> None:
    """Whatever stands in a date or a time, it is read or refused."""
    for read in (parse_date, parse_time, parse_relative, parse_stamp):
        try:
            read(text)
        except TimeFault as fault:
            assert fault.code in {"AW301", "AW302", "AW303"}  # noqa: PT017 (not raising is fine)


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.times())
def test_iso_forms_come_back(day: date, clock: time) -> None:
    """What `isoformat` writes is read as the same moment, to the second for a time alone."""
    assert parse_date(day.isoformat()) == day
    assert parse_time(clock.isoformat()) == clock.replace(microsecond=0)
    moment = datetime.combine(day, clock, tzinfo=UTC)
    assert parse_stamp(moment.isoformat()) == moment


def test_a_skipped_local_time_is_refused() -> None:
    """Clocks in Berlin went from 02:00 to 03:00 on 26 March 2023."""
    with pytest.raises(TimeFault) as caught:
        localise(datetime(2023, 3, 26, 2, 30), BERLIN)  # noqa: DTZ001 (local time)
    assert caught.value.code == "AW306"
    assert "Europe/Berlin" in caught.value.message


def test_a_repeated_local_time_follows_the_order() -> None:
    """Clocks in Berlin showed 02:30 twice on 29 October 2023: the one that is not before the last event is meant."""
    wall = datetime(2023, 10, 29, 2, 30)  # noqa: DTZ001 (local time)
    first = localise(wall, BERLIN)
    second = localise(wall, BERLIN, earliest=datetime(2023, 10, 29, 0, 45, tzinfo=UTC))
    assert first.repeated
    assert second.repeated
    assert first.moment.astimezone(UTC).hour == 0
    assert second.moment.astimezone(UTC).hour == 1


def test_moments_with_an_offset_are_converted() -> None:
    """A zone moves a moment to its own clock; without one, local times stay without."""
    moment = datetime(2023, 8, 13, 14, 5, tzinfo=UTC)
    assert localise(moment, BERLIN).moment.isoformat() == "2023-08-13T16:05:00+02:00"
    assert localise(moment.replace(tzinfo=None), None).moment.tzinfo is None
