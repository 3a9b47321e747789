"""Dates, numbers, durations, enumerations and plural forms as each language writes them."""

from __future__ import annotations

import datetime as dt

import pytest

from afterword.errors import UsageError
from afterword.words import words_for

DAY = dt.datetime(2023, 8, 13, 17, 5)  # noqa: DTZ001 (a wall time, as in a record without a zone)
LANGUAGES = ("en", "de", "fr", "es", "pt", "ar", "am", "ja")

DATES = {
    "en": ("August 13, 2023", "Aug 13, 2023", "Aug 13", "August 13, 2023, 17:05"),
    "de": ("13. August 2023", "13.08.2023", "13. Aug.", "13. August 2023, 17:05"),
    "fr": ("13 août 2023", "13 août 2023", "13 août", "13 août 2023, 17:05"),
    "es": ("13 de agosto de 2023", "13 ago 2023", "13 ago", "13 de agosto de 2023, 17:05"),
    "pt": ("13 de agosto de 2023", "13 de ago. de 2023", "13 de ago.", "13 de agosto de 2023 17:05"),
    "ar": ("13 أغسطس 2023", "13\u200f/08\u200f/2023", "13 أغسطس", "13 أغسطس 2023، 17:05"),
    "am": ("13 ኦገስት 2023", "13 ኦገስ 2023", "ኦገስ 13", "13 ኦገስት 2023 17:05"),
    "ja": ("2023年8月13日", "2023/08/13", "8月13日", "2023年8月13日 17:05"),
}
"""As CLDR has them: in full, for a narrow place, without the year, and with the time of day."""

DURATIONS = {
    "en": ("0 sec", "1 min 1 sec", "4 hr 15 min", "1 day 2 hr", "12 days"),
    "de": ("0 Sek.", "1 Min. 1 Sek.", "4 Std. 15 Min.", "1 Tag 2 Std.", "12 Tage"),
    "fr": ("0\u00a0s", "1\u00a0min 1\u00a0s", "4\u00a0h 15\u00a0min", "1\u00a0jour 2\u00a0h", "12\u00a0jours"),
    "es": ("0 s", "1 min 1 s", "4 h 15 min", "1 día 2 h", "12 días"),
    "pt": ("0 s", "1 min 1 s", "4 h 15 min", "1 dia 2 h", "12 dias"),
    "ar": ("0 ثانية", "دقيقة واحدة وثانية واحدة", "4 ساعات و15 دقيقة", "يوم واحد وساعتان", "12 يومًا"),
    "am": ("0 ሰከንድ", "1 ደቂቃ 1 ሰከንድ", "4 ሰዓት 15 ደቂቃ", "1 ቀን 2 ሰዓት", "12 ቀናት"),
    "ja": ("0秒", "1分1秒", "4時間15分", "1日2時間", "12日"),
}
STRETCHES = (
    dt.timedelta(0),
    dt.timedelta(seconds=61),
    dt.timedelta(hours=4, minutes=15, seconds=20),
    dt.timedelta(hours=26),
    dt.timedelta(days=12),
)

NUMBERS = {
    "en": ("1,234,567.5", "1.5 MB", "a, b, c"),
    "de": ("1.234.567,5", "1,5 MB", "a, b, c"),
    "fr": ("1\u202f234\u202f567,5", "1,5\u00a0Mo", "a, b, c"),
    "es": ("1.234.567,5", "1,5 MB", "a, b, c"),
    "pt": ("1.234.567,5", "1,5 MB", "a, b, c"),
    "ar": ("1,234,567.5", "1.5 م.ب", "a، b، c"),
    "am": ("1,234,567.5", "1.5 ሜጋባይት", "a፣ b፣ c"),
    "ja": ("1,234,567.5", "1.5 MB", "a、b、c"),
}

EVENTS = {
    "en": {2: "2 events from A to B.", 1200: "1,200 events from A to B."},
    "de": {2: "2 Ereignisse vom A bis zum B.", 1200: "1.200 Ereignisse vom A bis zum B."},
    "fr": {2: "2 événements, du A au B.", 1200: "1\u202f200 événements, du A au B."},
    "es": {2: "2 eventos, desde el A hasta el B.", 1200: "1.200 eventos, desde el A hasta el B."},
    "pt": {2: "2 eventos, de A a B.", 1200: "1.200 eventos, de A a B."},
    "ar": {
        2: "حدثان من A إلى B.",
        3: "3 أحداث من A إلى B.",
        11: "11 حدثًا من A إلى B.",
        100: "100 حدث من A إلى B.",
        103: "103 أحداث من A إلى B.",
    },
    "am": {2: "2 ክንውኖች ከA እስከ B።", 1200: "1,200 ክንውኖች ከA እስከ B።"},
    "ja": {2: "AからBまで、2件のイベント。", 1200: "AからBまで、1,200件のイベント。"},
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_are_those_of_the_language(language: str) -> None:
    """Order, names of months and what stands before the time are the language's, the calendar is Gregorian."""
    words = words_for(language)

    assert (words.date(DAY), words.medium_date(DAY), words.short_date(DAY), words.stamp(DAY)) == DATES[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_clock_has_24_hours_everywhere(language: str) -> None:
    """Times of day and offsets are the same in every language, seconds shown only where there are some."""
    words = words_for(language)
    zone = dt.timezone(dt.timedelta(hours=3))

    assert words.clock(DAY) == "17:05"
    assert words.clock(DAY.replace(second=9)) == "17:05:09"
    assert words.offset(DAY.replace(tzinfo=zone)) == "UTC+03:00"


@pytest.mark.parametrize("language", LANGUAGES)
def test_durations_are_those_of_the_language(language: str) -> None:
    """Units are short, in their right form for the number, and joined as the language joins them."""
    assert tuple(words_for(language).duration(each) for each in STRETCHES) == DURATIONS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_sizes_and_enumerations_are_those_of_the_language(language: str) -> None:
    """Separators and commas are the language's, digits are Latin in every one."""
    words = words_for(language)

    assert (words.number(1234567.5), words.size(1_500_000), words.all_of(["a", "b", "c"])) == NUMBERS[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_follow_the_number(language: str) -> None:
    """A sentence with a number has the form that the language's rule asks for."""
    words = words_for(language)
    one, many = "{count} event from {start} to {end}.", "{count} events from {start} to {end}."

    said = {number: words.count(one, many, number, start="A", end="B") for number in EVENTS[language]}
    assert said == EVENTS[language]


def test_sizes_are_told_in_the_largest_unit_that_they_fill() -> None:
    """Bytes have no fraction, the larger units one digit of it where there is one."""
    words = words_for("en")

    assert [words.size(count) for count in (0, 999, 1000, 1_000_000)] == ["0 B", "999 B", "1 kB", "1 MB"]


@pytest.mark.parametrize("tag", ["ar", "he", "fa", "ar-EG", "ur"])
def test_languages_written_from_right_to_left(tag: str) -> None:
    """The direction of a document follows its language, whether that has a catalogue or not."""
    assert words_for(tag).direction == "rtl"


@pytest.mark.parametrize("tag", ["en", "de", "am", "ja", "zh", "sr-Latn"])
def test_languages_written_from_left_to_right(tag: str) -> None:
    """All others go from left to right."""
    assert words_for(tag).direction == "ltr"


def test_a_region_has_the_words_of_its_language_and_its_own_dates() -> None:
    """`pt-PT` finds the Portuguese catalogue, and `de_AT` is taken as `de-AT`."""
    assert words_for("pt-PT").say("Impact") == words_for("pt-BR").say("Impact") == "Impacto"
    assert words_for("pt-PT").medium_date(DAY) == "13/08/2023"
    assert words_for("de_AT").say("Impact") == "Auswirkungen"


def test_digits_stay_latin_where_a_region_has_others() -> None:
    """Numbers, dates and times can be compared with logs in every Arabic country."""
    words = words_for("ar-EG")

    assert (words.date(DAY), words.number(1234.5), words.clock(DAY)) == ("13 أغسطس 2023", "1,234.5", "17:05")


@pytest.mark.parametrize(("tag", "date"), [("zh", "2023年8月13日"), ("hi", "13 अगस्त 2023"), ("fa", "13 اوت 2023")])
def test_a_language_without_a_catalogue_has_english_words_but_its_own_dates(tag: str, date: str) -> None:
    """What is not translated is English in full, durations too, so that no half sentence is mixed."""
    words = words_for(tag)

    assert not words.is_translated
    assert words.say("Impact") == "Impact"
    assert words.duration(dt.timedelta(hours=4, minutes=15)) == "4 hr 15 min"
    assert words.date(DAY) == date


@pytest.mark.parametrize("tag", ["", "xx", "englisch", "de-", "../de", "en-x"])
def test_what_is_no_language_is_refused(tag: str) -> None:
    """A tag that no language has is a usage error that shows it."""
    with pytest.raises(UsageError, match="is not a language tag"):
        words_for(tag)


def test_the_empty_message_is_empty_in_every_language() -> None:
    """A label that is empty stays so: gettext would give the header of the catalogue."""
    assert {words_for(language).say("") for language in LANGUAGES} == {""}
