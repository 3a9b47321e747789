"""Fixed words that a theme says in another way."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from afterword.diagnostics import Finding, shorten
from afterword.readers.source import Data, Key, Source, path_text
from afterword.words import messages

_VALUES = re.compile(r"\{\w+\}")


def wording_faults(source: Source) -> Iterator[Finding]:
    """Yield a finding for each wording that replaces no fixed words, or that has other `{values}` than they."""
    table = source.data.get("wording") if isinstance(source.data, dict) else None
    for key, said in table.items() if isinstance(table, dict) else ():
        if isinstance(said, dict):
            for word, inner in said.items():
                yield from _faults(source, ("wording", key, word), word, inner)
        else:
            yield from _faults(source, ("wording", key), key, said)


def _faults(source: Source, path: tuple[Key, ...], word: str, said: Data) -> Iterator[Finding]:
    known = messages()
    if word not in known:
        close = difflib.get_close_matches(word, known, n=1)
        message = f"Afterword never says {shorten(word)!r}" + (f"; did you mean {close[0]!r}?" if close else "")
        hint = "write the English words as a report has them, without plural forms"
        yield Finding("AW603", message, place=source.key_place(path), path=path_text(path), hint=hint)
    elif isinstance(said, str) and set(_VALUES.findall(said)) != set(_VALUES.findall(word)):
        expected = " ".join(sorted(set(_VALUES.findall(word)))) or "no {values}"
        message = "the words have other {values} than those that they replace"
        place = source.place(path)
        yield Finding("AW604", message, place=place, path=path_text(path), value=shorten(said), expected=expected)
