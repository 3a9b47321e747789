"""Sentences that our documents put around what the record says, read back in every language."""

from __future__ import annotations

import re
from functools import lru_cache

from afterword.interpret.people import Named
from afterword.prose import plain_line
from afterword.report.separators import freed, of_markdown
from afterword.vocabulary.lexicon import Wording, said, wording

CONTACT = (
    "For inquiries or additional information about this incident report, please contact {name} at {email}.",
    "For inquiries or additional information about this incident report, please contact {name}.",
)
STEPS = ("To address the incident, the following steps were taken:",)
GAP = ("To be completed.",)
ZONES = (
    "All times are local times of {zone} ({offset}).",
    "All times are given with their offset from UTC.",
    "Times are given as recorded, without a time zone.",
)
SOURCE = "Source:"


@lru_cache(maxsize=256)
def _patterns(sentences: tuple[str, ...], _: Wording) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(text) for sentence in sentences for text in said(sentence))


def _pattern(text: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", text)
    fixed, names = parts[::2], parts[1::2]
    fields = (f"(?P<{name}>.+?)" for name in names)
    pattern = "".join(re.escape(each) + next(fields, "") for each in fixed)
    return re.compile(re.sub("[\u00a0\u202f]", "[\u00a0\u202f ]", pattern), re.DOTALL)


def says(sentences: tuple[str, ...], markdown: str) -> re.Match[str] | None:
    """Return what a paragraph says if it is one of the sentences, in any language; None for any other."""
    text = plain_line(markdown)
    return next((match for each in _patterns(sentences, wording()) if (match := each.fullmatch(text))), None)


def contact_in(markdown: str) -> Named | None:
    """Return whom a paragraph says to ask, None for any other paragraph."""
    longest = 2000
    found = says(CONTACT, of_markdown(markdown)) if len(markdown) <= longest else None
    if found is None:
        return None
    name = re.fullmatch(r"(?P<name>.+?)(?: \((?P<role>.+)\))?", found["name"])
    email = found.groupdict().get("email") or ""
    return Named(freed(name["name"]), email, freed(name["role"] or "")) if name else None


def source_in(paragraph: str) -> str | None:
    """Return what a paragraph says an event is known from, None for any other paragraph."""
    lead = next((each for each in said(SOURCE) if _spaced(paragraph).startswith(f"{_spaced(each)} ")), None)
    return None if lead is None else paragraph[len(lead) :].strip()


def _spaced(text: str) -> str:
    """Return a text with plain spaces, as one from a Word document has them."""
    return text.replace("\u00a0", " ")
