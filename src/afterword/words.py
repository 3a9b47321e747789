"""Fixed words, dates, numbers and durations in the reader's language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, get_timezone_gmt
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.units import format_unit

from afterword.errors import UsageError

CATALOGUES = Path(__file__).resolve().parent / "catalogues"
"""One `.po` file for each language besides English, whose words stand in the code."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language. Made by `words_for`."""

    language: str
    """BCP 47 tag, as asked for."""

    locale: Locale
    catalogue: dict[str, str]
    """Translations by their English words; empty for English."""

    @property
    def direction(self) -> Literal["ltr", "rtl"]:
        """Return the direction of the language's script."""
        return "rtl" if self.locale.text_direction == "rtl" else "ltr"

    @property
    def is_translated(self) -> bool:
        """Return whether the fixed words exist in this language."""
        return self.locale.language == "en" or bool(self.catalogue)

    def say(self, message: str, **values: object) -> str:
        """Return the English message in this language, with the values put in for `{name}`."""
        text = self.catalogue.get(message) or message
        return text.format(**values) if values else text

    def date(self, day: dt.date) -> str:
        """Return the day in full: `August 13, 2023`."""
        return format_date(day, "long", locale=self.locale)

    def medium_date(self, day: dt.date) -> str:
        """Return the day for a narrow place: `Aug 13, 2023`."""
        return format_date(day, "medium", locale=self.locale)

    def short_date(self, day: dt.date) -> str:
        """Return the day with a short month and no year: `Aug 13`."""
        return _plain_spaces(
            format_datetime(dt.datetime.combine(day, dt.time()), "MMM d", locale=self.locale)
        )

    def clock(self, moment: dt.datetime | dt.time) -> str:
        """Return the time of day on the 24-hour clock, with seconds only where there are some: `17:05`."""
        return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"

    def stamp(self, moment: dt.datetime) -> str:
        """Return date and time: `August 13, 2023, 17:05`."""
        return f"{self.date(moment)}, {self.clock(moment)}"

    def offset(self, moment: dt.datetime) -> str:
        """Return the offset of an aware datetime from UTC: `UTC+03:00`."""
        return get_timezone_gmt(moment, "long", locale="en").replace("GMT", "UTC")

    def duration(self, value: dt.timedelta) -> str:
        """Return a stretch of time in its two or three largest units: `4 hr 15 min`."""
        seconds = round(value.total_seconds())
        days, rest = divmod(seconds, 86400)
        hours, rest = divmod(rest, 3600)
        minutes, rest = divmod(rest, 60)
        parts = [(days, "day"), (hours, "hour"), (minutes, "minute")]
        if not days and not hours:
            parts.append((rest, "second"))
        shown = [self._unit(number, unit) for number, unit in parts if number]
        return " ".join(shown) or self._unit(0, "second")

    def _unit(self, number: int, unit: str) -> str:
        return _plain_spaces(format_unit(number, f"duration-{unit}", "short", locale=self.locale))

    def all_of(self, items: list[str]) -> str:
        """Return the items as one enumeration: `a, b and c`."""
        return format_list(items, locale=self.locale) if items else ""


def _plain_spaces(text: str) -> str:
    """Return the text with plain spaces for the narrow and unbreakable ones of the locale data."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@cache
def words_for(language: str) -> Words:
    """Return the words of a language by its BCP 47 tag; raise UsageError if there is no such language."""
    try:
        locale = Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        message = f"{language!r} is not a language tag; write one such as en, de-AT or am"
        raise UsageError(message) from None
    return Words(language, locale, _catalogue(locale.language))


def languages() -> tuple[str, ...]:
    """Return the languages that the fixed words exist in, English first."""
    return ("en", *sorted(path.stem for path in CATALOGUES.glob("*.po")))


def _catalogue(language: str) -> dict[str, str]:
    path = CATALOGUES / f"{language}.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        messages = read_po(file)
    return {
        message.id: message.string for message in messages if message.id and isinstance(message.string, str)
    }
