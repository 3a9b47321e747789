"""A draft as units that can be compared: lines, each with the fields that stand in it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from afterword.incident.prose_fields import is_prose
from afterword.interpret.frame import quoted
from afterword.readers.docx import Marked
from afterword.readers.docx.story import CLOSES, OPENED, OPENS
from afterword.readers.source import path_keys

_MARK = re.compile(f"{OPENS}(?P<number>\\d+){OPENED}|{CLOSES}")
_CAPTION = re.compile(r"\*\*[^*\d\n]{1,20}\d+[.:：]\*\*.*")
_ITEM = re.compile(r"(?:[-*+]|\d+[.)]) ")
_DRAWN_AS_LISTS = re.compile(
    r"(?:root_cause\.(?:contributing_factors|five_whys)|resolution\.steps|lessons|preventive_measures|references)\["
)
_PARAGRAPH = re.compile(r"\n[ ]*\n")
_CAPTIONED = re.compile(
    r"^(?P<picture>!\[(?:\\.|[^\]\\])*\]\((?:<[^<>\n]*>|[^\s)\"]+)\))\n\n\*\*[^*\d\n]{1,20}\d+[.:：]\*\* (?P<said>.+)$",
    re.MULTILINE,
)
_PICTURE = re.compile(r'!\[(?:\\.|[^\]\\])*\]\((?:<[^<>]*>|[^)\s]*)(?:\s+(?P<said>"(?:\\.|[^"\\])*"))?\)')


@dataclass(frozen=True, slots=True)
class Told:
    """What a draft has for a field."""

    text: str
    """As Markdown."""

    paragraph: int

    @property
    def key(self) -> str:
        """Return what texts that say the same have in common: of spaces paragraphs count, of pictures titles."""
        return "\n\n".join(filter(None, map(_on_one_line, _PARAGRAPH.split(_PICTURE.sub(_said, self.text)))))


@dataclass(frozen=True, slots=True)
class Unit:
    """A line with words."""

    text: str
    """Without marks of fields."""

    paragraph: int
    tags: tuple[str, ...]
    """Fields that stand in it, or of which it is a part."""

    line: int = 0
    """Its number in the draft as Markdown, from 0."""

    pieces: tuple[tuple[str, str], ...] = ()
    """The text in parts, each with the field that it belongs to, or none."""

    cells: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Of a row, each cell with the fields in it."""

    @property
    def key(self) -> str:
        """Return what says that two lines of two drafts are the same one: their words, of pictures what they show."""
        return plain(self.text) or " ".join(self.text.rpartition("](")[0].split())

    @property
    def is_made_anew(self) -> bool:
        """Return whether the line is one that documents get anew: a caption, a rule of a table."""
        text = self.text.strip()
        return bool(_CAPTION.fullmatch(text)) or bool(re.fullmatch(r"(?:\| ?(?:---)? ?)+\|", text))

    @property
    def heading(self) -> tuple[int, str] | None:
        """Return level and title of a heading, None for any other line."""
        match = re.match(r"(#{1,6}) (.*)", self.text)
        return (len(match[1]), match[2]) if match else None


@dataclass(slots=True)
class Sheet:
    """A draft that has been read: its fields, and its lines."""

    fields: dict[str, tuple[Told, ...]] = field(default_factory=dict)
    """What stands for each field, at each of its places."""

    units: list[Unit] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """All lines, without marks of fields."""


@dataclass(slots=True)
class _Control:
    """A content control while its lines are read."""

    number: int
    tag: str
    paragraph: int
    lines: list[str] = field(default_factory=list)

    @property
    def told(self) -> Told:
        """Return what it holds."""
        first, *others = self.lines
        text = "\n".join([first.strip(" "), textwrap.dedent("\n".join(others))]) if others else first
        return Told(titled(out_of_cell(text).strip()), self.paragraph)


def _said(picture: re.Match[str]) -> str:
    """Return what is seen of a picture as text: its title."""
    return picture["said"] or ""


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def titled(text: str) -> str:
    """Return a text with the captions of its pictures as their titles, as prose has them."""
    return _CAPTIONED.sub(lambda match: f"{match['picture'][:-1]} {quoted(match['said'])})", text)


def sheet_of(marked: Marked) -> Sheet:
    """Return the fields and the lines of a draft; a copied row or item has no fields, as its original has them."""
    reader = _Reader(marked.tags)
    for line, paragraph in zip(marked.lines, marked.paragraphs, strict=True):
        reader.line(line, paragraph)
    return Sheet(reader.fields(), reader.units, reader.lines)


class _Reader:
    """Reads lines with marks; controls may reach over several."""

    def __init__(self, tags: Sequence[str]) -> None:
        self.tags = tags
        self.open: list[_Control] = []
        self.controls: list[_Control] = []
        self.known: set[str] = set()
        """Tags of the controls in the lines so far."""

        self.units: list[Unit] = []
        self.lines: list[str] = []

    def line(self, line: str, paragraph: int) -> None:
        """Read one line."""
        before = len(self.controls)
        for control in self.open:
            control.lines.append("")
        pieces = list(self._pieces(line, paragraph))
        tags = tuple(dict.fromkeys(tag for _, tag in pieces if tag))
        is_copy = _is_whole(line, tags) and self.known.issuperset(tags) and not _is_told_twice(tags)
        if is_copy:
            del self.controls[before:]
        self.known.update(control.tag for control in self.controls[before:])
        text = _MARK.sub("", line)
        if text.strip():
            cells = tuple(_cells(line, self.tags)) if line.startswith("|") else ()
            self.units.append(Unit(text, paragraph, () if is_copy else tags, len(self.lines), tuple(pieces), cells))
        self.lines.append(text)

    def _pieces(self, line: str, paragraph: int) -> Iterator[tuple[str, str]]:
        """Yield the parts of a line with the field that each stands in."""
        at = 0
        for match in _MARK.finditer(line):
            yield from self._piece(line[at : match.start()])
            at = match.end()
            if match["number"]:
                number = int(match["number"])
                is_inner = any(control.tag == self.tags[number] for control in self.open)
                self.open.append(_Control(number, self.tags[number], paragraph, [""]))
                self.controls += [] if is_inner else [self.open[-1]]
                yield "", self.tags[number]
            elif self.open:
                self.open.pop()
        yield from self._piece(line[at:])

    def _piece(self, text: str) -> Iterator[tuple[str, str]]:
        for control in self.open:
            control.lines[-1] += text
        if text:
            yield text, self.open[-1].tag if self.open else ""

    def fields(self) -> dict[str, tuple[Told, ...]]:
        """Return what stands for each field; prose that two controls hold, one right after the other, is one."""
        found: dict[str, list[Told]] = {}
        last: _Control | None = None
        for control in self.controls:
            told = control.told
            places = found.setdefault(control.tag, [])
            if (
                last
                and last.tag == control.tag
                and last.number == control.number - 1
                and is_prose(path_keys(control.tag))
            ):
                places[-1] = Told(f"{places[-1].text}\n\n{told.text}".strip(), places[-1].paragraph)
            else:
                places.append(told)
            last = control
        return {tag: tuple(places) for tag, places in found.items()}


def _is_whole(line: str, tags: Sequence[str]) -> bool:
    """Return whether a line with fields is a row or an item of a list of the record, and not an item of some prose.

    LibreOffice 7.4 gives each paragraph and item of a prose field a control of its own.
    """
    is_item = bool(_ITEM.match(line)) and all(map(_DRAWN_AS_LISTS.match, tags))
    return bool(tags) and (line.startswith("|") or is_item)


def _is_told_twice(tags: Sequence[str]) -> bool:
    """Return whether fields are ones that a draft shows at two places: measures are steps and rows of a table."""
    return all(tag.startswith("preventive_measures[") and tag.endswith("].title") for tag in tags)


def out_of_cell(text: str) -> str:
    """Return the text of a cell as it stands outside of tables."""
    if "<br>" in text or "\\|" in text:
        return text.replace("<br><br>", "\n\n").replace("<br>", "  \n").replace("\\|", "|")
    return text


def _cells(line: str, tags: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the cells of a row, each with the fields in it."""
    for cell in re.split(r"(?<!\\)\|", line.strip().strip("|")):
        found = tuple(tags[int(match["number"])] for match in _MARK.finditer(cell) if match["number"])
        yield out_of_cell(_MARK.sub("", cell).strip()), found


def plain(text: str) -> str:
    """Return a text without marks, escapes, links and pictures but their titles, with single spaces."""
    bare = re.sub(r"\[((?:\\.|[^\]\\])*)\]\(<?[^)>]*>?\)", r"\1", _PICTURE.sub(_said, text.replace("<br>", " ")))
    return " ".join(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"(?<!\\)(?:\*{1,3}|~~|`+)", "", bare)).split())
