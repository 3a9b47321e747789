"""Marks on text that is not yet final, and what they turn into: placeholders, spaces, and plain characters.

While a paragraph is put together its text carries two marks, noncharacters that no cleaned text can hold: `LITERAL`
before a character that the author escaped, and `SOFT` where a line of the source ended.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from afterword.instructions import is_instruction
from afterword.placeholders import Found, find
from afterword.report.builders import joined
from afterword.report.nodes import Emphasis, Inline, Link, Placeholder, Strike, Strong, Text
from afterword.report.walk import Run, plain_text

LITERAL = "\ufdd0"
SOFT = "\ufdd1"

_HIDDEN = "\ufffc"
"""Stands for what no placeholder can touch, in a text of the same length."""

_ANGLED = re.compile("^>", re.MULTILINE)
"""An angle that begins a line of a text, where quotations are no longer by their marks."""

_ESCAPED = re.compile(LITERAL + "[\\s\\S]")
_WIDE = "\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff01-\uff60"
_SOFT_IN_WIDE = re.compile(f"(?<=[{_WIDE}]){SOFT}(?=[{_WIDE}])")


def marked(run: Run) -> Run:
    """Return a run whose placeholders are nodes and whose marks are gone.

    The end of a line becomes a space, or nothing between Chinese or Japanese characters (CSS Text 3, 4.1.3).
    """
    spaced = tuple(_with_instructions(_map_text(run, _without_soft)))
    found = find(_ANGLED.sub(_HIDDEN, _searched(spaced)))
    with_nodes = _marked(spaced, 0, found) if found else spaced
    return joined(_map_text(with_nodes, lambda text: text.replace(LITERAL, "")))


def _with_instructions(run: Iterable[Inline]) -> Iterator[Inline]:
    """Yield inlines, those in emphasis that are an instruction as one placeholder, which stays in emphasis."""
    for inline in run:
        match inline:
            case Emphasis() if is_instruction(words := _searched(inline.children)) and _HIDDEN not in words:
                yield Emphasis((Placeholder(words),))
            case Strong() | Emphasis() | Strike():
                yield replace(inline, children=tuple(_with_instructions(inline.children)))
            case _:
                yield inline


def _without_soft(text: str) -> str:
    return _SOFT_IN_WIDE.sub("", text).replace(SOFT, " ")


def _map_text(run: Iterable[Inline], change: Callable[[str], str]) -> Iterator[Inline]:
    for inline in run:
        match inline:
            case Text(text):
                yield Text(change(text))
            case Strong() | Emphasis() | Strike() | Link():
                yield replace(inline, children=tuple(_map_text(inline.children, change)))
            case _:
                yield inline


def _searched(run: Run) -> str:
    """Return the text in which placeholders are looked for: texts as long as they are, all else one character."""
    parts = []
    for inline in run:
        match inline:
            case Text(text):
                parts.append(_ESCAPED.sub(_HIDDEN * 2, text))
            case Strong() | Emphasis() | Strike():
                parts.append(_searched(inline.children))
            case _:
                parts.append(_HIDDEN)
    return "".join(parts)


def _marked(run: Run, start: int, found: Sequence[Found]) -> Iterator[Inline]:
    """Yield the inlines of a run, which starts at this offset of the searched text, with placeholders in it."""
    spans = _spans(run, start)
    cuts = [each for each in found if _can_cut(spans, each)]
    for span in spans:
        inside = _touching(cuts, span)
        if isinstance(span.inline, Text):
            yield from _pieces(span, inside, spans)
        elif isinstance(span.inline, Strong | Emphasis | Strike) and not inside:
            own = _touching(found, span)
            yield replace(span.inline, children=tuple(_marked(span.inline.children, span.start, own)))
        elif not inside:
            yield span.inline


@dataclass(frozen=True, slots=True)
class _Span:
    """An inline and where it stands in the searched text."""

    start: int
    end: int
    inline: Inline


def _spans(run: Run, start: int) -> list[_Span]:
    spans = []
    for inline in run:
        end = start + len(_searched((inline,)))
        spans.append(_Span(start, end, inline))
        start = end
    return spans


def _place(spans: list[_Span], offset: int) -> int:
    return bisect_right(spans, offset, key=lambda span: span.start) - 1


def _can_cut(spans: list[_Span], found: Found) -> bool:
    """Return whether a placeholder starts and ends in text of this run; only one in brackets may hold more."""
    if not (_at(spans, found.start) and _at(spans, found.end - 1)):
        return False
    return found.text[0] in "[<{" or _place(spans, found.start) == _place(spans, found.end - 1)


def _at(spans: list[_Span], offset: int) -> bool:
    """Return whether text, and not another inline, stands at an offset."""
    place = _place(spans, offset)
    return place >= 0 and offset < spans[place].end and isinstance(spans[place].inline, Text)


def _touching(found: Sequence[Found], span: _Span) -> Sequence[Found]:
    """Return those that share a character with a span; they are in order and do not overlap."""
    first = bisect_right(found, span.start, key=lambda each: each.end)
    return found[first : bisect_left(found, span.end, key=lambda each: each.start)]


def _pieces(span: _Span, cuts: Sequence[Found], spans: list[_Span]) -> Iterator[Inline]:
    """Yield the text of a span outside the cuts, and each placeholder that starts in it."""
    at = span.start
    for cut in cuts:
        yield Text(_slice(span, at, cut.start))
        if cut.start >= span.start:
            covered = spans[_place(spans, cut.start) : _place(spans, cut.end - 1) + 1]
            text = "".join(_slice(each, cut.start, cut.end) for each in covered)
            yield Placeholder(text.replace(LITERAL, ""))
        at = cut.end
    yield Text(_slice(span, at, span.end))


def _slice(span: _Span, start: int, end: int) -> str:
    """Return the text of a span between two offsets, all of it for a span that is not text but lies between them."""
    if isinstance(span.inline, Text):
        return span.inline.text[max(start - span.start, 0) : max(end - span.start, 0)]
    return plain_text((span.inline,)) if start <= span.start and span.end <= end else ""
