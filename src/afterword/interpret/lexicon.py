"""Tables from words to what they mean, which know our own fixed words in every language of the catalogues."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from afterword.words import translations

_MARKS = re.compile(r"[*_`~\\]+|[\W_]+", re.UNICODE)


def key_of(words: str) -> str:
    """Return words as the tables have them: lower-case letters and digits with single spaces."""
    return _MARKS.sub(" ", unicodedata.normalize("NFKC", words).casefold().replace("’", " ")).strip()


class Lexicon:
    """A table from words, in the form of `key_of`, to what they mean.

    Words that are in no row are looked up in the catalogues, and what they translate is looked up in the table.
    """

    def __init__(self, rows: Mapping[str, str]) -> None:
        """Start from the words that stand with `|` between them under what they mean; the first meaning counts."""
        self._table: dict[str, str] = {}
        for meaning, text in rows.items():
            for name in text.split("|"):
                self._table.setdefault(key_of(name), meaning)

    def get(self, key: str, default: str = "") -> str:
        """Return what words mean, the default for words that mean nothing here."""
        found = (self._table.get(each) for each in (key, *english_of(key)))
        return next((meaning for meaning in found if meaning is not None), default)


def english_of(key: str) -> tuple[str, ...]:
    """Return the English words that a key translates in any language, as keys."""
    return _english().get(key, ())


@cache
def _english() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for english, said in translations():
        key, meaning = key_of(said), key_of(english)
        if key and meaning not in table.get(key, ()):
            table[key] = (*table.get(key, ()), meaning)
    return MappingProxyType(table)
