"""Characters that no document can carry are replaced visibly, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.characters import Unprintable, clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x07b", "a[U+0007]b"),
        ("\x00\x7f\x9b", "[U+0000][U+007F][U+009B]"),
        ("\ud800x", "[U+D800]x"),
        ("\ufffe\ufdd0\U0001ffff", "[U+FFFE][U+FDD0][U+1FFFF]"),
        ("pay \u202egnp.exe", "pay [U+202E]gnp.exe"),
        ("a\r\nb\rc\x85d", "a\nb\nc\nd"),
    ],
)
def test_replaced(text: str, expected: str) -> None:
    """Controls, lone surrogates, noncharacters and overrides become their numbers; line ends become line feeds."""
    assert clean(text)[0] == expected


@pytest.mark.parametrize(
    "text", ["\t\n", "\u2067אבג\u2069", "👩\u200d🚒", "❤\ufe0f", "e\u0301", "\u200b\u00ad\ufeff", "ሰላም"]
)
def test_untouched(text: str) -> None:
    """Tabs, isolates, joiners, selectors and combining marks stay as they are."""
    assert clean(text) == (text, ())


def test_offsets_are_of_the_text_as_it_came() -> None:
    """Each replaced character is told with its place in the original text."""
    assert clean("a\r\n\x07b\x08")[1] == (Unprintable(3, 7), Unprintable(5, 8))


@given(st.text(st.characters()))
def test_clean_text_is_clean(text: str) -> None:
    """What was cleaned once is not changed again, and XML 1.0 can carry it."""
    cleaned, _ = clean(text)

    assert clean(cleaned) == (cleaned, ())
    assert all(c in "\t\n" or "\x20" <= c <= "\ud7ff" or "\ue000" <= c <= "\ufffd" or c > "\uffff" for c in cleaned)
