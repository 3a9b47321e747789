"""Tokens of one line as inlines: links that may be followed, pictures by their keys, placeholders marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import unquote

from afterword.characters import clean
from afterword.placeholders import is_html, is_pattern
from afterword.prose.markdown import Branch
from afterword.prose.marking import LITERAL, SOFT, marked
from afterword.prose.record import Notes
from afterword.report.builders import joined
from afterword.report.nodes import (
    Code,
    Emphasis,
    Inline,
    InlineImage,
    LineBreak,
    Link,
    Strike,
    Strong,
    Text,
)
from afterword.report.walk import Run, plain_text

MADE = "made"
"""Says of the mark of a note that a note is made of it."""

_FOLLOWED = re.compile(r"(?:https?://[^/\s]|mailto:[^\s]|tel:[^\s]|#[^\s])", re.IGNORECASE)
_REMOTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_TAG = re.compile(r"<(/?[A-Za-z][^<>]{0,1000})>|<!--")


def draw_run(branches: Iterable[Branch], notes: Notes) -> Run:
    """Return the inlines of one paragraph, heading or cell."""
    return marked(joined(_inlines(branches, notes)))


def _inlines(branches: Iterable[Branch], notes: Notes) -> Iterator[Inline]:
    for branch in branches:
        yield from _inline(branch, notes)


def _inline(branch: Branch, notes: Notes) -> Iterator[Inline]:  # noqa: C901 (one case per token)
    token = branch.token
    match branch.type:
        case "text":
            yield from _text(token.content, notes)
        case "text_special":
            yield Text(token.content) if token.content == token.markup else literal(clean(token.content)[0])
        case "softbreak":
            yield Text(SOFT)
        case "hardbreak":
            yield LineBreak()
        case "code_inline":
            is_form = token.markup == "`" and is_pattern(token.content)
            yield Text(token.content) if is_form else Code(token.content)
        case "strong":
            yield Strong(tuple(_inlines(branch.branches, notes)))
        case "em":
            yield Emphasis(tuple(_inlines(branch.branches, notes)))
        case "s":
            yield Strike(tuple(_inlines(branch.branches, notes)))
        case "link":
            yield from _link(branch, notes)
        case "image":
            yield from _image(branch, notes)
        case "footnote_ref":
            yield notes.footnote(token.content) if token.meta.get(MADE) else literal(token.content)
        case other:  # the parser is set up to make no other
            raise AssertionError(other)


def _text(text: str, notes: Notes) -> Iterator[Inline]:
    tag = next((found for found in _TAG.finditer(text) if found[1] is None or is_html(found[1])), None)
    if tag:
        notes.tell_once("AW406", "HTML is shown as text", tag[0])
    yield Text(text)


def literal(text: str) -> Text:
    """Return text that is no placeholder, whatever it looks like."""
    return Text("".join(LITERAL + character for character in text))


# --- links -----------------------------------------------------------------------------------------------------


def _link(branch: Branch, notes: Notes) -> Iterator[Inline]:
    target = clean(branch.text("href"))[0]
    children = joined(_inlines(branch.branches, notes)) or (literal(target),)
    if _FOLLOWED.match(target):
        yield Link(children, target, branch.text("title"))
        return
    notes.tell("AW407", "the link leads to what a document cannot follow; its target is shown as text", target)
    yield from children
    shown = unquote(target)
    if shown and shown != plain_text(children).replace(LITERAL, ""):
        yield literal(f" ({clean(shown)[0]})")


# --- pictures --------------------------------------------------------------------------------------------------


def picture(branch: Branch, notes: Notes) -> InlineImage | None:
    """Return a picture by its key, None if it cannot be shown; what is wrong with it is kept in the notes."""
    target = unquote(branch.text("src"))
    if _is_elsewhere(target):
        notes.tell("AW414", "a picture on the network is not fetched; its address is shown", target)
        return None
    key = notes.lookup(target) if notes.lookup and target else None
    if key is None:
        return None
    notes.images.append(key)
    alt = _alt(branch) or branch.text("title").strip()
    if not alt:
        notes.tell("AW415", "the picture has no text alternative", target)
    return InlineImage(key, alt or target)


def _is_elsewhere(target: str) -> bool:
    return bool(_REMOTE.match(target) or _SCHEME.match(target))


def _alt(branch: Branch) -> str:
    return " ".join("".join(_words_of(branch.branches)).split())


def _words_of(branches: Iterable[Branch]) -> Iterator[str]:
    for branch in branches:
        breaks = branch.type in {"softbreak", "hardbreak"}
        yield " " if breaks else "" if branch.branches else clean(branch.token.content)[0]
        yield from _words_of(branch.branches)


def _image(branch: Branch, notes: Notes) -> Iterator[Inline]:
    found = picture(branch, notes)
    if found is not None:
        yield found
        return
    yield from instead(branch)


def instead(branch: Branch) -> Iterator[Inline]:
    """Yield what stands in the place of a picture that is not shown: its alternative and its address."""
    address, alt = branch.text("src"), _alt(branch)
    if _FOLLOWED.match(address):
        yield literal(f"{alt}: " if alt else "")
        yield Link((literal(address),), address)
    else:
        shown = clean(unquote(address))[0]
        yield literal(f"{alt} ({shown})" if alt and shown else alt or shown)


def without_breaks(run: Run) -> Run:
    """Return a run on one line: its breaks, which a heading cannot hold, as spaces."""
    return joined(_without_breaks(run))


def _without_breaks(run: Run) -> Iterator[Inline]:
    for inline in run:
        match inline:
            case LineBreak():
                yield Text(" ")
            case Strong() | Emphasis() | Strike() | Link():
                yield replace(inline, children=_spaced(inline.children))
            case _:
                yield inline


def _spaced(run: Run) -> Run:
    return tuple(_without_breaks(run))
