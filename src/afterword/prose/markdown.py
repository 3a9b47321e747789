"""The Markdown parser, set up for prose: the one place that imports markdown-it-py and its footnotes.

Raw HTML is off. Three rules differ from the library's: bare web addresses are links, a link definition must lead to
something that looks like an address (else its line is text, so that `[Cause]: unknown` is not lost), and
brackets beyond a bound are text (the library takes quadratic time for them).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, reference, table
from markdown_it.rules_inline import StateInline, image, link
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

from afterword.prose.record import DEEPEST, TooDeep

MOST_BRACKETS = 2000
"""Opening brackets in one paragraph, heading or cell; with more of them, none makes a link."""

_LEVELS = 3 * DEEPEST + 8
"""Nesting at which the library stops and drops the rest: well above what is accepted, so that nothing is dropped."""

_DEEPEST_ALT = 4
"""Pictures within texts of links and pictures; the library parses each anew, without a bound of its own."""

_CONTAINERS = frozenset({"bullet_list_open", "ordered_list_open", "blockquote_open", "footnote_reference_open"})
_MARKS = "*_~["
"""What opens something inside a line; with no more of them than levels that are accepted, no line is too deep."""

_PROTOCOL = re.compile(r"(?<![A-Za-z0-9.+-])https?$", re.IGNORECASE)
_ADDRESS = re.compile(r"://[^\s<>\[\]|\\`\"\x00-\x20、。，；：）」』】]{1,4000}")
_LABEL = re.compile(r"\[\^[^\s\[\]]{1,100}\]")
"""The mark of a note; the library would look for its end as far as the line goes."""

_LIKE_ADDRESS = re.compile(r"[/.#:]")


@dataclass(slots=True)
class Branch:
    """A token with those inside it."""

    token: Token
    branches: list[Branch] = field(default_factory=list)

    @property
    def type(self) -> str:
        """Return the token's type without its `_open`."""
        return self.token.type.removesuffix("_open")

    @property
    def line(self) -> int | None:
        """Return the line of the text on which it starts, from 0."""
        return self.token.map[0] if self.token.map else None

    def text(self, name: str) -> str:
        """Return an attribute as text, empty if it is not there."""
        return str(self.token.attrs.get(name, ""))


def grow(text: str) -> tuple[list[Branch], list[int]]:
    """Return the blocks of a text as trees of tokens, and the lines of link definitions that nothing refers to.

    Lines count from 0. Raises TooDeep where lists and quotations, or marks inside a line, are nested more than 32 deep.
    """
    known = _Definitions()
    env: dict[str, Any] = {"references": known}
    tokens = _parser().parse(text, env)
    _check_depth(tokens)
    idle = [each for label, each in known.items() if label not in known.asked] + env.get("duplicate_refs", [])
    return nested(tokens), sorted(each["map"][0] for each in idle)


class _Definitions(dict[str, Any]):
    """Link definitions by their labels, which notes the labels that the rules for links and pictures ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:  # noqa: ANN401 (what the library keeps)
        """Return the definition of a label."""
        self.asked.add(label)
        return super().get(label, default)


def outline(text: str) -> list[Branch]:
    """Return the blocks of a text as trees whose lines are not taken apart; rows of tables hold the lines of cells.

    That takes a third of the time and memory. Raises TooDeep as `grow` does.
    """
    tokens = _parser(with_lines=False).parse(text)
    _check_depth(tokens)
    for token in tokens:
        if token.type == "inline" and sum(map(token.content.count, _MARKS)) > DEEPEST:
            line = token.map[0] if token.map else 0
            for inline in _parser().parseInline(token.content):
                nested(inline.children or (), line)
    return nested(tokens)


def grow_line(text: str) -> list[Branch]:
    """Return the inlines of one line as trees of tokens; raise TooDeep as `grow` does."""
    return [inline for branch in nested(_parser().parseInline(text)) for inline in branch.branches]


def nested(tokens: Sequence[Token], line: int = 0) -> list[Branch]:
    """Return a flat sequence of tokens as trees. Raises TooDeep, which names `line` if the tokens have none."""
    roots: list[Branch] = []
    levels = [roots]
    for token in tokens:
        if token.nesting < 0:
            levels.pop()
            continue
        branch = Branch(token)
        levels[-1].append(branch)
        line = token.map[0] if token.map else line
        if token.children:
            branch.branches = nested(token.children, line)
        if token.nesting > 0:
            levels.append(branch.branches)
            if len(levels) > _LEVELS or (not token.block and len(levels) > DEEPEST):
                raise TooDeep(line)
    return roots


def mark_of(note: Branch) -> str:
    """Return the mark that leads to a note, as it is written."""
    return f"[^{note.token.meta['label']}]"


def _check_depth(tokens: Sequence[Token]) -> None:
    depth = 0
    for token in tokens:
        name = token.type.replace("_close", "_open")
        if name in _CONTAINERS:
            depth += token.nesting
            if depth > DEEPEST:
                raise TooDeep(token.map[0] if token.map else 0)


@cache
def _parser(*, with_lines: bool = True) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _LEVELS})
    parser.enable(["table", "strikethrough"])
    if not with_lines:
        parser.block.ruler.at("table", _bare_table, {"alt": ["paragraph", "reference"]})
    # Escapes stay apart from text, so that an escaped placeholder can be told from a real one.
    parser.disable(["text_join", *([] if with_lines else ["inline"])])
    parser.inline.ruler.before("newline", "bare_address", _bare_address)
    parser.inline.ruler.at("link", _bounded(link))
    parser.inline.ruler.at("image", _bounded(image))
    parser.block.ruler.at("reference", _definition)
    footnote_plugin(parser, inline=False, move_to_end=False)
    parser.block.ruler.at("footnote_def", _note, {"alt": ["paragraph", "reference"]})
    parser.inline.ruler.at("footnote_ref", _bounded(_mark))
    parser.validateLink = lambda _: True  # type: ignore[assignment,method-assign] # schemes are checked where links become nodes
    parser.normalizeLinkText = lambda url: url  # type: ignore[assignment,method-assign] # addresses are shown as written
    return parser


class _Bare(StateBlock):
    """A state that keeps no tokens of cells but their lines: the others are two thirds of all tokens of a table."""

    __slots__ = ()

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        """Return a new token, which is kept if it is not that of a cell."""
        return Token(ttype, tag, nesting) if tag in {"td", "th"} else super().push(ttype, tag, nesting)


def _bare_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (the library's)
    """Read a table without the tokens of its cells."""
    state.__class__ = _Bare  # the library makes the state, and has no other way to tell it
    try:
        return table(state, start, end, silent)
    finally:
        state.__class__ = StateBlock


def _bounded(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """Return the rule, which does nothing in a run that has too many brackets."""

    def bounded(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the library's signature)
        depth = state.env.get("depth", 0)
        if state.src[state.pos] not in "[!" or depth > _DEEPEST_ALT or _has_too_many(state):
            return False
        state.env["depth"] = depth + (not silent)
        try:
            return rule(state, silent)
        finally:
            state.env["depth"] = depth

    return bounded


def _has_too_many(state: StateInline) -> bool:
    known = state.env.get("brackets")
    if known is None or known[0] is not state.src:
        known = (state.src, has_too_many_brackets(state.src))
        state.env["brackets"] = known
    return bool(known[1])


def has_too_many_brackets(run: str) -> bool:
    """Return whether a run has so many opening brackets that links in it are not made."""
    return run.count("[") > MOST_BRACKETS


def _bare_address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the library's signature)
    """Make a link of a web address that stands in the text (after GFM 0.29, 6.9)."""
    if state.src[state.pos] != ":" or state.linkLevel > 0:
        return False
    protocol, rest = _PROTOCOL.search(state.pending[-16:]), _ADDRESS.match(state.src, state.pos, state.posMax)
    address = _without_punctuation(rest[0]) if rest else ""
    if protocol is None or len(address) <= len("://"):
        return False
    if not silent:
        state.pending = state.pending[: -len(protocol[0])]
        _push_link(state, protocol[0] + address)
    state.pos += len(address)
    return True


def _push_link(state: StateInline, address: str) -> None:
    state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(address)}
    state.push("text", "", 0).content = address
    state.push("link_close", "a", -1)


def _without_punctuation(address: str) -> str:
    """Return an address without what rather belongs to the sentence: marks at its end, a parenthesis not opened."""
    while address and (
        address[-1] in "?!.,:;*_~'’”" or (address[-1] == ")" and address.count(")") > address.count("("))
    ):
        address = address[:-1]
    return address


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (the library's)
    """Read a link definition, but leave one as text that leads to a mere word."""
    line, before = state.line, len(state.env.get("references", {}))
    if not reference(state, start, end, silent):
        return False
    found = state.env.get("references", {})
    if len(found) == before or _LIKE_ADDRESS.search(next(reversed(found.values()))["href"]):
        return True
    found.popitem()
    state.line = line
    return False


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 (the library's)
    """Read a note if its label is a plain one."""
    first = state.bMarks[start] + state.tShift[start]
    return bool(_LABEL.match(state.src, first)) and footnote_def(state, start, end, silent)


def _mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 (the library's)
    """Read the mark of a note, and keep how it was written."""
    found = _LABEL.match(state.src, state.pos, state.posMax)
    if found is None or not footnote_ref(state, silent):
        return False
    if not silent:
        state.tokens[-1].content = found[0]
    return True
