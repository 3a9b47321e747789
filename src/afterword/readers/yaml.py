"""Reads YAML 1.2 (https://yaml.org/spec/1.2.2/): every scalar as it is written, with the position of each value.

Works on the parser's events and never on its constructors, so that nothing is resolved to a number or a date, nothing
is built from a tag, and depth and size are checked while the text is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)
from ruamel.yaml.reader import ReaderError

from afterword.diagnostics import Finding, shorten
from afterword.readers.faults import MAX_DEPTH, MAX_VALUES, fault, refuse, syntax_fault, too_deep, too_many
from afterword.readers.source import Position, Source
from afterword.readers.tree import Alias, Entry, Lines, Listing, Node, Scalar, Table, gather
from afterword.readers.yaml_faults import in_plain_words

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
"""What the core schema reads as null (section 10.3.2)."""

_CORE = "tag:yaml.org,2002:"
_SCALAR_TAGS = frozenset({_CORE + name for name in ("str", "int", "float", "bool", "null")})
_OUTSIDE_UNICODE = re.compile(r"\\U(?!000[0-9A-Fa-f]|0010)[0-9A-Fa-f]{8}")
_LITERAL_HEADER = re.compile(r"(?:[&!]\S*[ \t]+)*\|[^\r\n]*(?:\r\n|\n|\r)")


_BREAKS_OF_1_1 = "\x85\u2028\u2029"
"""Line breaks of YAML 1.1 that are characters like any other in 1.2 (section 5.4); the parser takes them for breaks."""


def read(text: str, name: str, folder: Path | None = None) -> Source:
    """Return the record of a YAML text; `name` is what findings call the file.

    Raises SourceError for text that is not YAML, nested too deep, or unfolds to too much. Keys that stand twice, tags,
    keys that are not text and further documents are findings of the source.
    """
    builder = _Builder(text, name)
    for event in _events(text, builder):
        builder.take(event)
    root = builder.root or Scalar(None, Position(1, 1))
    return gather(name, root, folder, tuple(builder.findings))


def _events(text: str, builder: _Builder) -> Iterator[Event]:
    """Yield the parser's events; raise SourceError at the place where the text stops being YAML."""
    try:
        yield from YAML(typ="safe", pure=True).parse(text.translate(builder.shield))
    except MarkedYAMLError as error:
        refuse(_syntax_fault(error, builder), *builder.findings)
    except ReaderError as error:
        refuse(_bad_character(error, builder), *builder.findings)
    except (YAMLError, ValueError, IndexError) as error:
        refuse(_other_fault(error, builder), *builder.findings)


def _syntax_fault(error: MarkedYAMLError, builder: _Builder) -> Finding:
    words = in_plain_words(str(error.context or ""), str(error.problem or ""))
    marks = [error.problem_mark, error.context_mark]
    mark = next((mark for mark in (reversed(marks) if words.at_start else marks) if mark is not None), None)
    position = builder.lines.position(mark.index if mark else builder.reached)
    if words.names_start and error.context_mark is not None:
        start = builder.lines.position(error.context_mark.index)
        words = replace(words, message=f"{words.message}; it opens in line {start.line}")
    return syntax_fault(builder.name, words, position)


def _bad_character(error: ReaderError, builder: _Builder) -> Finding:
    code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
    position = builder.lines.position(error.position)
    hint = f'remove it, or write it as an escape in double quotes: "\\u{code:04x}"'
    message = f"the character U+{code:04X} cannot stand in YAML"
    return fault(builder.name, "AW104", message, position, value=f"U+{code:04X}", hint=hint)


def _other_fault(error: Exception, builder: _Builder) -> Finding:
    """Return the finding for a fault that the parser meets without saying where, such as an escape beyond Unicode."""
    escape = _OUTSIDE_UNICODE.search(builder.text, builder.reached)
    position = builder.lines.position(escape.start() if escape else builder.reached)
    if escape:
        hint = "write at most \\U0010FFFF"
        return fault(builder.name, "AW104", "the escape lies beyond Unicode", position, value=escape[0], hint=hint)
    return fault(builder.name, "AW104", f"this cannot be read as YAML: {shorten(error)}", position)


def _shield(text: str) -> dict[int, int]:
    """Return a stand-in for each line break of YAML 1.1 that a text has: a character that it does not have."""
    found = [ord(each) for each in _BREAKS_OF_1_1 if each in text]
    private_use = (code for code in range(0xE000, 0xF900) if chr(code) not in text)
    return dict(zip(found, private_use, strict=False))


@dataclass(slots=True)
class _Open:
    """A mapping or list whose end has not come yet."""

    node: Table | Listing
    key: tuple[str, Position] | None = None
    """The key whose value comes next; None for one that cannot be kept."""

    wants_key: bool = False
    """Whether a key comes next and not a value."""


class _Builder:
    """Builds the tree of the first document from events, without recursion."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.lines = Lines(text)
        self.shield = _shield(text)
        self.unshield = {stand_in: code for code, stand_in in self.shield.items()}
        self.root: Node | None = None
        self.findings: list[Finding] = []
        self.before = self.reached = 0
        self.open: list[_Open] = []
        self.anchors: dict[str, Node] = {}
        self.documents = 0
        self.values = 0

    def take(self, event: Event) -> None:
        """Take one event in."""
        self.before, self.reached = self.reached, event.end_mark.index
        if isinstance(event, DocumentStartEvent):
            self._start_document(event)
        elif self.documents > 1:
            return
        elif isinstance(event, AliasEvent):
            self._put(self._alias(event))
        elif isinstance(event, ScalarEvent | CollectionStartEvent):
            self._take_node(event)
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            self._put(self.open.pop().node)

    def _fault(self, code: str, message: str, event: Event, **more: str) -> None:
        self.findings.append(fault(self.name, code, message, self._position(event), **more))

    def _position(self, event: Event) -> Position:
        return self.lines.position(event.start_mark.index)

    def _start_document(self, event: Event) -> None:
        self.documents += 1
        if self.documents == 2:  # noqa: PLR2004 (the second is told, further ones need no telling)
            hint = "keep one record in a file, and `---` only at its top"
            self._fault("AW104", "a second document starts here", event, expected="one document", hint=hint)

    def _take_node(self, event: ScalarEvent | CollectionStartEvent) -> None:
        self._count(event)
        node = self._scalar(event) if isinstance(event, ScalarEvent) else self._collection(event)
        if event.anchor is not None:
            self.anchors[event.anchor] = node
        if isinstance(node, Scalar):
            self._put(node)
        else:
            self.open.append(_Open(node, wants_key=isinstance(node, Table)))

    def _collection(self, event: CollectionStartEvent) -> Table | Listing:
        is_table = isinstance(event, MappingStartEvent)
        self._check_tag(event, {_CORE + ("map" if is_table else "seq")})
        return Table(self._position(event)) if is_table else Listing(self._position(event))

    def _count(self, event: Event) -> None:
        self.values += 1
        if self.values > 2 * MAX_VALUES:
            refuse(too_many(self.name, self._position(event)), *self.findings)
        if len(self.open) >= MAX_DEPTH and not isinstance(event, ScalarEvent):
            refuse(too_deep(self.name, self._position(event)), *self.findings)

    def _scalar(self, event: ScalarEvent) -> Scalar:
        self._check_tag(event, _SCALAR_TAGS)
        event.value = event.value.translate(self.unshield)
        frame = self.open[-1] if self.open else None
        if frame and frame.wants_key:
            return Scalar(event.value, self._position(event))
        if frame and frame.key and event.start_mark.index == event.end_mark.index:
            return Scalar(None, self._after_colon(event))
        position = _with_text(self.text, event, self._position(event))
        return Scalar(None if _is_null(event) else event.value, position)

    def _after_colon(self, event: ScalarEvent) -> Position:
        """Return the place of a value that is not there: the parser puts it before whatever comes next."""
        line = re.split(r"[\r\n#]", self.text[self.before : event.start_mark.index], maxsplit=1)[0]
        return self.lines.position(self.before + len(line.rstrip(" \t")))

    def _check_tag(self, event: ScalarEvent | CollectionStartEvent, allowed: set[str] | frozenset[str]) -> None:
        tag = event.tag
        if tag is None or tag == "!" or tag in allowed:
            return
        shown = shorten(tag.replace(_CORE, "!!"))
        self._fault(
            "AW108",
            f"the tag `{shown}` is not plain data",
            event,
            value=shown,
            expected="a value without a tag",
        )

    def _alias(self, event: AliasEvent) -> Node:
        position, anchor = self._position(event), event.anchor
        target = self.anchors.get(anchor)
        if target is None:
            hint = f"define `&{shorten(anchor)}` before it; put text that starts with `*` in quotes"
            self._fault("AW104", f"`*{shorten(anchor)}` refers to nothing", event, hint=hint)
            return Scalar(f"*{anchor}", position)
        if any(each.node is target for each in self.open):
            self._fault("AW107", f"`*{shorten(anchor)}` stands inside what it repeats", event)
            return Scalar(None, position)
        return Alias(position, target)

    def _put(self, node: Node) -> None:
        """Put a finished node where it belongs: as root, item, key or value."""
        if not self.open:
            self.root = node
            return
        frame = self.open[-1]
        if isinstance(frame.node, Listing):
            frame.node.items.append(node)
        elif frame.wants_key:
            frame.key = self._key(node)
            frame.wants_key = False
        else:
            frame.node.entries += [Entry(*frame.key, node)] if frame.key else []
            frame.wants_key = True

    def _key(self, node: Node) -> tuple[str, Position] | None:
        target = node.target if isinstance(node, Alias) else node
        if isinstance(target, Scalar):
            return (target.text or "", node.position)
        shape = "a list" if isinstance(target, Listing) else "a mapping"
        hint = "put text that starts with `{` or `[` in quotes"
        message = f"{shape} stands where the name of a key belongs"
        self.findings.append(fault(self.name, "AW104", message, node.position, expected="text", hint=hint))
        return None


def _is_null(event: ScalarEvent) -> bool:
    if event.tag is None or event.tag == _CORE + "null":
        return event.style is None and event.value in _NULL
    return False


def _with_text(text: str, event: ScalarEvent, start: Position) -> Position:
    """Return the position with the place of the first character of text, if the text's lines are those of the file."""
    offset = event.start_mark.index
    if event.style == "|":
        return _with_block(text, event, start)
    inside = offset if event.style is None else offset + 1
    if "\n" in event.value or not text.startswith(event.value, inside):
        return start
    return Position(start.line, start.column, start.line, start.column + inside - offset)


def _with_block(text: str, event: ScalarEvent, start: Position) -> Position:
    """Return the position of a literal block (section 8.1.2) with the place of its text."""
    header = _LITERAL_HEADER.match(text, event.start_mark.index)
    if header is None:
        return start
    rows = re.split(r"\r\n|\n|\r", text[header.end() : event.end_mark.index])
    for row, line in zip(rows, event.value.split("\n"), strict=False):
        if line:
            return Position(start.line, start.column, start.line + 1, len(row) - len(line) + 1)
    return start
