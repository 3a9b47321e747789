"""Fixed words, dates, numbers and durations in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, reduce
from gettext import GNUTranslations, NullTranslations
from io import BytesIO, StringIO
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, get_timezone_gmt
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from afterword.errors import UsageError

CATALOGUES = Path(__file__).resolve().parent / "catalogues"
"""One `.po` file for each language besides English, whose words stand in the code."""


def message(text: str) -> str:
    """Return the text as it is; marks English words that are said later, so that `script/catalogues` finds them."""
    return text


_HOUR = 3600
_SIZES = ((message("{number} MB"), 1_000_000), (message("{number} kB"), 1_000), (message("{number} B"), 1))
"""Units of bytes, with how many each holds."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. Made by `words_for`."""

    language: str
    """BCP 47 tag, as asked for."""

    locale: Locale
    translations: NullTranslations = field(default_factory=NullTranslations)
    """Translations of the English words; those of English, and of a language without a catalogue, change nothing."""

    wording: Mapping[str, str] = field(default_factory=dict, compare=False)
    """What is said in this language for some English messages, before any translation."""

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Return the direction of the language's script."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    @property
    def is_translated(self) -> bool:
        """Return whether the fixed words exist in this language."""
        return self.locale.language == "en" or isinstance(self.translations, GNUTranslations)

    def say(self, message: str, **values: object) -> str:
        """Return the English message in this language, with the values put in for `{name}`."""
        # gettext keeps the header of a catalogue under the empty message.
        text = self.wording.get(message) or self.translations.gettext(message) if message else ""
        return text.format(**values) if values else text

    def count(self, singular: str, plural: str, number: int, **values: object) -> str:
        """Return the message in the form that this language has for the number, itself put in for `{count}`."""
        text = self.translations.ngettext(singular, plural, number)
        return text.format(count=self.number(number), **values)

    def date(self, day: dt.date) -> str:
        """Return the day in full: `August 13, 2023`."""
        return format_date(day, "long", locale=self.locale)

    def medium_date(self, day: dt.date) -> str:
        """Return the day for a narrow place: `Aug 13, 2023`."""
        return format_date(day, "medium", locale=self.locale)

    def short_date(self, day: dt.date) -> str:
        """Return the day with a short month and no year: `Aug 13`."""
        return format_skeleton("MMMd", dt.datetime.combine(day, dt.time()), locale=self.locale)

    def clock(self, moment: dt.datetime | dt.time) -> str:
        """Return the time of day on the 24-hour clock, with seconds only where there are some: `17:05`."""
        return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"

    def stamp(self, moment: dt.datetime) -> str:
        """Return date and time: `August 13, 2023, 17:05`."""
        return self.dated(self.date(moment), self.clock(moment))

    def dated(self, day: str, clock: str) -> str:
        """Return a day and a time of day, both in words already, as one: `Aug 13, 17:05`."""
        pattern = str(self.locale.datetime_formats["medium"])
        return pattern.replace("'", "").replace("{1}", day).replace("{0}", clock)

    def between(self, start: str, end: str) -> str:
        """Return two moments, both in words already, as one stretch, with the language's dash."""
        pattern = str(self.locale.interval_formats[None])
        return pattern.replace("{0}", start).replace("{1}", end)

    def offset(self, moment: dt.datetime) -> str:
        """Return the offset of an aware datetime from UTC, in every language as `UTC+03:00`."""
        return get_timezone_gmt(moment, "long", locale="en").replace("GMT", "UTC")

    def number(self, value: float | Decimal) -> str:
        """Return a number in Latin digits with the language's separators: `1,234.5`; a Decimal with all its digits."""
        return format_decimal(value, locale=self.locale, decimal_quantization=not isinstance(value, Decimal))

    @property
    def separators(self) -> tuple[str, str]:
        """Return what parts thousands, and what parts decimals, in numbers of this language in Latin digits."""
        symbols = self.locale.number_symbols["latn"]
        return str(symbols["group"]), str(symbols["decimal"])

    def duration(self, value: dt.timedelta) -> str:
        """Return a stretch of time in days, hours and minutes, below an hour in seconds too: `4 hr 15 min`.

        The units stand in the catalogues: Babel 2.18 has no right short forms for Arabic, German, Portuguese
        and others (it gives `1 horas` and `0 duration-day`).
        """
        seconds = round(value.total_seconds())
        minutes, rest = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        days, hours = divmod(hours, 24)
        shown = [
            self.count("{count} day", "{count} days", days) if days else "",
            self.count("{count} hr", "{count} hr", hours) if hours else "",
            self.count("{count} min", "{count} min", minutes) if minutes else "",
            self.count("{count} sec", "{count} sec", rest) if not seconds or (rest and seconds < _HOUR) else "",
        ]
        # Translators: two units of one duration, as in "4 hr 15 min"
        pattern = self.say("{longer} {shorter}")
        return reduce(lambda one, two: pattern.format(longer=one, shorter=two), filter(None, shown))

    def size(self, count: int) -> str:
        """Return a count of bytes in the largest unit that it fills: `1.5 MB`."""
        pattern, size = next(each for each in _SIZES if count >= each[1] or each[1] == 1)
        return self.say(pattern, number=self.number(round(count / size, 1)))

    def all_of(self, items: list[str] | tuple[str, ...]) -> str:
        """Return the items as one enumeration, without an "and" that would stick to names: `a, b, c`."""
        # Translators: the comma of an enumeration
        return self.say(", ").join(items)


@cache
def words_for(language: str) -> Words:
    """Return the words of a language by its BCP 47 tag; raise UsageError if there is no such language.

    Languages without a catalogue have English words, but dates and numbers of their own.
    """
    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        raise UsageError(f"{language!r} is not a language tag; write one such as en, de-AT or am") from None
    return Words(language, locale, _translations(locale.language))


def languages() -> tuple[str, ...]:
    """Return the languages that the fixed words exist in, English first."""
    return ("en", *sorted(path.stem for path in CATALOGUES.glob("*.po")))


@cache
def messages() -> frozenset[str]:
    """Return the English words that are said somewhere and have one form only."""
    with (CATALOGUES / "afterword.pot").open("rb") as file:
        return frozenset(each.id for each in read_po(file) if each.id and isinstance(each.id, str))


def translations() -> Iterator[tuple[str, str]]:
    """Yield English words with what they are called in each other language; of several forms, the first in English."""
    for language in languages()[1:]:
        with (CATALOGUES / f"{language}.po").open("rb") as file:
            catalogue = read_po(file)
        for each in catalogue:
            english = each.id if isinstance(each.id, str) else each.id[0]
            said = each.string if isinstance(each.string, tuple | list) else (each.string,)
            yield from ((english, text) for text in said if english and text)


def sample_texts(language: str) -> tuple[str, ...]:
    """Return texts that need the letters of a language: its fixed words, where they exist, and its names of days.

    Raises UsageError for a tag that is no language's.
    """
    words = words_for(language)
    file = CATALOGUES / f"{words.locale.language}.po"
    said = file.read_text("utf-8") if file.is_file() else ""
    calendar = (*words.locale.months["format"]["wide"].values(), *words.locale.days["format"]["wide"].values())
    return (*calendar, words.locale.display_name or "", *_strings(said), words.number(1234567.8))


def _strings(catalogue: str) -> Iterator[str]:
    for each in read_po(StringIO(catalogue)):
        said = each.string if isinstance(each.string, tuple | list) else (each.string,)
        yield from (text for text in said if text and each.id)


def _translations(language: str) -> NullTranslations:
    path = CATALOGUES / f"{language}.po"
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
