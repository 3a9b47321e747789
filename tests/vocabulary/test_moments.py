"""Dates and times at the start of a text, in the forms that people write."""

from __future__ import annotations

import pytest

from afterword.interpret.events import zone_name
from afterword.interpret.identity import order_of
from afterword.vocabulary.moments import Day, find_dates, find_zone, read_moment

_FORMS = [
    ("10:42 UTC: text", None, "10:42", "UTC", "text"),
    ("**10:42** text", None, "10:42", "", "text"),
    ("[10:42] text", None, "10:42", "", "text"),
    ("`07:38` text", None, "07:38", "", "text"),
    ("2023-08-13 10:42 - text", (2023, 8, 13), "10:42", "", "text"),
    ("2022-02-02 1625: text", (2022, 2, 2), "16:25", "", "text"),
    ("11-01-2026 10:00 UTC – text", (2026, 11, 1), "10:00", "UTC", "text"),
    ("16-10-2024 11:58 - text", (2024, 10, 16), "11:58", "", "text"),
    ("21.04.2020 08:15 text", (2020, 4, 21), "08:15", "", "text"),
    ("Jan 15, 5:33 PM", (None, 1, 15), "17:33", "", ""),
    ("February 15, 2024: 7:56am UTC", (2024, 2, 15), "07:56", "UTC", ""),
    ("Dec 16th **12:43** `@user` text", (None, 12, 16), "12:43", "", "`@user` text"),
    ("15:30 UTC Feb 20: text", (None, 2, 20), "15:30", "UTC", "text"),
    ("12:45 PM PST Saturday Oct 30th: text", (None, 10, 30), "12:45", "PST", "text"),
    ("13 mars 2023 à 17h15 : text", (2023, 3, 13), "17:15", "", "text"),
    ("3. März 2024, 09:05 text", (2024, 3, 3), "09:05", "", "text"),
    ("5 de mayo de 2023 10:00 text", (2023, 5, 5), "10:00", "", "text"),
    ("2026年3月4日 10時05分 text", (2026, 3, 4), "10:05", "", "text"),
    ("2021-03-31T12:06:00+02:00 text", (2021, 3, 31), "12:06", "+02:00", "text"),
    ("04:49 PM UTC text", None, "16:49", "UTC", "text"),
    ("12:05 AM text", None, "00:05", "", "text"),
    ("10:42 p. m. text", None, "22:42", "", "text"),
    ("10.42am text", None, "10:42", "", "text"),
    ("10:42 UTC+2: text", None, "10:42", "UTC+2", "text"),
    ("10:42 +0200 text", None, "10:42", "+0200", "text"),
    ("10:42 on 3 May 2024: text", (2024, 5, 3), "10:42", "", "text"),
    ("03/May/2024:10:42:05 +0200 text", (2024, 5, 3), "10:42", "+0200", "text"),
    ("Fri May 3 10:42:05 2024 text", (2024, 5, 3), "10:42", "", "text"),
    ("20240503T104205Z text", (2024, 5, 3), "10:42", "Z", "text"),
    ("20240503 10:42 text", (2024, 5, 3), "10:42", "", "text"),
    ("1042 UTC: text", None, "10:42", "UTC", "text"),
    ("Thur Feb 10 10:42 text", (None, 2, 10), "10:42", "", "text"),
    ("Tuesday 10:42 text", None, "10:42", "", "text"),
    ("10:00 hrs - text", None, "10:00", "", "text"),
    ("Montag, 3. März 2024 um 9 Uhr 05: text", (2024, 3, 3), "09:05", "", "text"),
    ("03.03.2024, 09:05 Uhr MEZ text", (2024, 3, 3), "09:05", "MEZ", "text"),
    ("Mo., 3.3.2024 9 Uhr: text", (2024, 3, 3), "09:00", "", "text"),
    ("lundi 13 mars 2023 à 17 h 15 : text", (2023, 3, 13), "17:15", "", "text"),
    ("le 1er mai 2023 à 17h : text", (2023, 5, 1), "17:00", "", "text"),
    ("miércoles 5 de mayo de 2023 a las 10.30 h: text", (2023, 5, 5), "10:30", "", "text"),
    ("segunda-feira, 5 de maio de 2023 às 10h30min: text", (2023, 5, 5), "10:30", "", "text"),
    ("2026年3月4日（水）午後3時5分 text", (2026, 3, 4), "15:05", "", "text"),
    ("３月４日 １０：０５ text", (None, 3, 4), "10:05", "", "text"),
    ("2026年3月4日星期三 下午3点15分 text", (2026, 3, 4), "15:15", "", "text"),
    ("3月4日 晚上 8 点 text", (None, 3, 4), "20:00", "", "text"),
    ("الجمعة، ٣ مايو ٢٠٢٤ ١٠:٤٢ صباحًا text", (2024, 5, 3), "10:42", "", "text"),
    ("3 أيار 2024 الساعة 3:15 مساءً text", (2024, 5, 3), "15:15", "", "text"),
]


@pytest.mark.parametrize(("text", "day", "clock", "zone", "rest"), _FORMS)
def test_the_forms_that_people_write_are_read(
    text: str, day: tuple[int | None, int, int] | None, clock: str, zone: str, rest: str
) -> None:
    """Day, time of day and zone are read, whatever marks stand around them, and what follows is left as it is."""
    moment = read_moment(text)
    assert moment is not None
    assert moment.seconds is not None
    assert moment.day == (Day(*day) if day else None)
    assert f"{moment.seconds // 3600:02}:{moment.seconds // 60 % 60:02}" == clock
    assert (moment.zone, moment.rest) == (zone, rest)


@pytest.mark.parametrize(
    "text",
    [
        *("~10:40 text", "around 10:40: text", "10:40–10:50: text", "10:40 to 10:50 UTC text", "10:40+ text"),
        *(
            "from 10:40 until 10:50: text",
            "2024-05-03 22:50 – 2024-05-04 01:10: text",
            "10:40? text",
            "10:40 (approx) text",
        ),
        *("around noon: text", "midnight - text", "shortly after 10:40: text"),
        *(
            "12:40 CEST / 10:40 UTC text",
            "gegen 9 Uhr: text",
            "vers 17h30, text",
            "alrededor de las 10:00: text",
            "por volta das 10h: text",
        ),
        *(
            "22:50 頃 text",
            "10時頃 text",
            "10:05左右 text",
            "10:40〜10:50 text",
            "10:40 至 10:50 text",
            "حوالي 10:40 text",
        ),
    ],
)
def test_times_that_are_not_exact_say_so(text: str) -> None:
    """The start of a range and a time that is about right are read, and marked."""
    moment = read_moment(text)
    assert moment is not None
    assert moment.is_vague
    assert moment.rest == "text"


def test_a_range_is_not_taken_for_an_offset() -> None:
    """`02:00-04:30` is from one time to another."""
    moment = read_moment("24-10-2024 02:00-04:30 - text")
    assert moment is not None
    assert (moment.seconds, moment.zone, moment.rest) == (7200, "", "text")


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("T+5m text", 5),
        ("T+1h30m text", 90),
        ("T+00:05 text", 5),
        ("+5 min: text", 5),
        ("T0 text", 0),
        ("T-10m text", -10),
    ],
)
def test_a_stretch_is_no_time_of_day(text: str, minutes: int) -> None:
    """`T+5m` is a stretch from the start, `+5 min` from the event before."""
    moment = read_moment(text)
    assert moment is not None
    assert moment.after is not None
    assert (moment.seconds, moment.after.total_seconds(), moment.rest) == (None, 60 * minutes, "text")


@pytest.mark.parametrize(
    "text",
    [
        *("", "text", "5 pods died", "10 servers", "25:10 x", "HH:MM x", "99-99-2024 x", "(note)", "later that day: x"),
        *("3h later it fell", "3時間後 x", "3点問題がある", "T0mcat fell", "1714732920 x", "mo money", "la table"),
    ],
)
def test_other_text_is_no_moment(text: str) -> None:
    """Numbers that are neither a date nor a time are left alone."""
    assert read_moment(text) is None


def test_a_date_that_reads_two_ways_is_marked_unless_the_order_is_known() -> None:
    """3/4/2023 is nobody's to guess in silence."""
    assert find_dates("3/4/2023")[0][:2] == (Day(2023, 3, 4), True)
    assert find_dates("3/4/2023", "dmy")[0][:2] == (Day(2023, 4, 3), False)
    assert find_dates("13/4/2023")[0][:2] == (Day(2023, 4, 13), False)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("All times in PST", "PST"),
        ("(UTC+3)", "UTC+3"),
        ("Time (JST)", "JST"),
        ("US/Pacific", "US/Pacific"),
        ("NOT A", ""),
    ],
)
def test_zones_are_found_in_text(text: str, zone: str) -> None:
    """A zone is often said once for all times."""
    assert find_zone(text) == zone


@pytest.mark.parametrize(
    "words",
    [
        "before 10:42", "after 10:42", "since 10:42", "antes de las 10:42", "desde las 10:42", "até às 10:42",
        "ab 10:42 Uhr", "seit 10:42", "bis 10:42", "depuis 10h42", "avant 10h42", "à 10h42",
    ],
)  # fmt: skip
def test_words_before_a_time_that_only_bound_it_are_read(words: str) -> None:
    """A time that something happened before, after or since is that time, and its words stay."""
    moment = read_moment(f"{words} - it fell")
    assert moment is not None
    assert (moment.seconds, moment.rest, moment.words) == (38520, "it fell", words)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("03.05. 10:42 Uhr", Day(None, 5, 3)),
        ("05-03 10:42", Day(None, 5, 3)),
        ("2024-05-03 (Fri) 10:42", Day(2024, 5, 3)),
    ],
)
def test_short_dates_before_a_time_are_dates(words: str, day: Day) -> None:
    """Days without a year are read before a time, with dots day first; a weekday may stand behind a date."""
    moment = read_moment(f"{words} - it fell", "mdy")
    assert moment is not None
    assert (moment.day, moment.seconds, moment.rest) == (day, 38520, "it fell")


def test_a_date_that_reads_two_ways_is_meant_as_it_is_told_elsewhere() -> None:
    """`08-01-2026` is the eighth of January in a text that tells of `8 January 2026`."""
    assert order_of("On 11-01-2026. Expired on 8 January 2026, or 08-01-2026.", lambda: "") == "dmy"
    assert order_of("On 11-01-2026. Expired on August 1, 2026, or 08-01-2026.", lambda: "") == "mdy"
    assert order_of("On 11-01-2026. Expired on 9 March 2026.", lambda: "") == ""


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("all times Greenwich Mean Time", "UTC"),
        ("India Standard Time", "Asia/Kolkata"),
        ("Pacific Daylight Time", "America/Los_Angeles"),
        ("Central European Summer Time", "Europe/Berlin"),
    ],
)
def test_zones_that_are_written_out_are_read(words: str, zone: str) -> None:
    """The names of zones in words say which one is meant, also where their abbreviation means several."""
    assert zone_name(find_zone(words)) == zone
