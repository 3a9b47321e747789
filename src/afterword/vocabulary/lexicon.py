"""Tables from words to what they mean, which know our own fixed words in every language of the catalogues."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from types import MappingProxyType

from afterword.words import translations

_MARKS = re.compile(r"[*_`~\\]+|[\W_]+", re.UNICODE)


def key_of(words: str) -> str:
    """Return words as the tables have them: lower-case letters and digits with single spaces."""
    return _MARKS.sub(" ", unicodedata.normalize("NFKC", words).casefold().replace("’", " ")).strip()


_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def unaccented(key: str) -> str:
    """Return a key as it is typed without accents: Latin letters without their marks, all others as they are."""
    bare = (unicodedata.normalize("NFD", letter)[0] for letter in key)
    return "".join(base if base.isascii() else letter for base, letter in zip(bare, key, strict=True))


class Lexicon:
    """A table from words, in the form of `key_of`, to what they mean.

    Words that are in no row are looked up in the catalogues, and what they translate is looked up in the table.
    """

    def __init__(self, rows: Mapping[str, str]) -> None:
        """Start from the words that stand with `|` between them under what they mean; the first meaning counts."""
        self._table: dict[str, str] = {}
        self._shorter: dict[str, str] = {}
        for meaning, text in rows.items():
            for name in text.split("|"):
                self._table.setdefault(key_of(name), meaning)
        for name, meaning in list(self._table.items()):
            for written in (unaccented(name), unaccented(name.translate(_GERMAN))):
                self._table.setdefault(written, meaning)
        self._longest = max(map(len, self._table), default=0) + 1
        """Letters of the longest words, with one too many."""

    def get(self, key: str, default: str = "") -> str:
        """Return what words mean, the default for words that mean nothing here."""
        found = (self._table.get(each) for each in (*_of_theme(key), key, *english_of(key), unaccented(key)))
        return next((meaning for meaning in found if meaning is not None), default)

    def near(self, key: str) -> str:
        """Return what words mean of which one letter is wrong, missing, too many or changed with the next (`atendees`).

        Only words of eight letters or more count, and their first letter has to be right; shorter ones are other words.
        """
        if not _LONG_ENOUGH <= len(key) <= self._longest or not key.isascii():
            return ""
        if not self._shorter:
            long = {name: meaning for name, meaning in self._table.items() if len(name) >= _LONG_ENOUGH}
            self._shorter = {short: meaning for name, meaning in long.items() for short in (name, *_shortened(name))}
        return next((self._shorter[each] for each in (key, *_shortened(key)) if each in self._shorter), "")


_LONG_ENOUGH = 8


def _shortened(key: str) -> Iterator[str]:
    """Yield a key without each of its letters but the first."""
    return (key[:at] + key[at + 1 :] for at in range(1, len(key)))


Wording = tuple[tuple[str, str], ...]
"""Fixed words in English, each with what a theme says instead."""

_WORDING: ContextVar[Wording] = ContextVar("wording", default=())


@contextmanager
def spoken(wording: Mapping[str, str]) -> Iterator[None]:
    """Read what is read meanwhile by the wording of a theme, which goes before all other words."""
    token = _WORDING.set(tuple(wording.items()))
    try:
        yield
    finally:
        _WORDING.reset(token)


def wording() -> Wording:
    """Return the wording of the theme of the document that is read."""
    return _WORDING.get()


def _of_theme(key: str) -> tuple[str, ...]:
    return tuple(key_of(english) for english, text in wording() if key_of(text) == key)


def english_of(key: str) -> tuple[str, ...]:
    """Return the English words that a key translates in any language, as keys."""
    return _english().get(key, ())


def said(english: str) -> tuple[str, ...]:
    """Return a fixed text of ours as the theme has it, or else as it is said in English and all other languages."""
    own = dict(wording()).get(english)
    return (own,) if own else tuple(dict.fromkeys((english, *_said().get(english, ()))))


@cache
def _said() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for english, text in translations():
        table[english] = (*table.get(english, ()), text)
    return MappingProxyType(table)


@cache
def _english() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for english, texts in _said().items():
        for key in map(key_of, texts):
            if key and key_of(english) not in table.get(key, ()):
                table[key] = (*table.get(key, ()), key_of(english))
    return MappingProxyType(table)
