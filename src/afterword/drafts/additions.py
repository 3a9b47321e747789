"""What somebody added to a draft: rows, items, paragraphs and sections that the record does not know yet."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from afterword.diagnostics import shorten
from afterword.drafts.ledger import Ledger
from afterword.drafts.moving import position_of
from afterword.drafts.paths import Path, list_of, number_of
from afterword.drafts.prose import divided
from afterword.drafts.telling import PARTS, part_told
from afterword.drafts.units import Sheet, Unit, plain
from afterword.drafts.values import event_time, value_of
from afterword.incident.prose_fields import is_prose
from afterword.interpret.links import references
from afterword.interpret.lists import titled
from afterword.interpret.sections import PROSE
from afterword.prose import parse
from afterword.readers.document import Span
from afterword.readers.notes import NoteKind
from afterword.readers.source import Data, Key, path_keys
from afterword.report.walk import plain_text
from afterword.vocabulary.titles import section_of
from afterword.words import Words

_ENTRY = re.compile(r"(?:[-*]|\d+[.)]) (?P<text>.*)")
_TITLED = frozenset({"lessons", "resolution.steps", "preventive_measures"})
_TEXTS = frozenset({"root_cause.contributing_factors", "root_cause.five_whys"})


def take_additions(
    ledger: Ledger, drafts: tuple[Sheet, Sheet], added: frozenset[int], places: Mapping[str, str], words: Words
) -> None:
    """Take over the lines of a draft that are new; what has no place in the record is a note.

    `drafts` are the draft as it was before and as it is now, `added` the numbers of the lines that came, and `places`
    the names of the sections of the report by their titles.
    """
    old, new = drafts
    fresh = frozenset(at for at in added if not new.units[at].tags and not new.units[at].is_made_anew)
    reader = _Additions(ledger, new, fresh, words)
    reader.rows = [unit for unit in (*old.units, *new.units) if unit.cells and unit.tags]
    reader.places = places
    reader.all()


class _Additions:
    def __init__(self, ledger: Ledger, sheet: Sheet, added: frozenset[int], words: Words) -> None:
        self.ledger = ledger
        self.lines = sheet.lines
        self.units = sheet.units
        self.added = added
        self.words = words
        self.places: Mapping[str, str] = {}
        """Names of the sections of the report by their titles."""

        self.rows: list[Unit] = []
        """Rows of tables that are items of the record, those that are gone too."""

        self.taken: set[int] = set()

    def all(self) -> None:
        for at in sorted(self.added):
            if at not in self.taken and not self.one(at):
                self.ledger.note(NoteKind.LEFTOVER, (), self.left(self.units[at]), self.units[at].paragraph)

    def one(self, at: int) -> bool:
        """Take a line over; return whether the record has a place for it."""
        unit = self.units[at]
        if unit.heading:
            return self.section(at)
        if self.row(at) if unit.cells else self.entry(at):
            return True
        return self.unwritten(at) or self.block(at)

    @staticmethod
    def left(unit: Unit) -> str:
        """Return in words that a line has no place in the record."""
        if unit.heading:
            why = "; what our sections are called is for the theme to say (`wording`)"
            return f"a heading that was changed: {shorten(plain(unit.heading[1]))!r}{why}"
        cells = " | ".join(plain(text) for text, _ in unit.cells)
        return f"added, or edited outside the fields: {cells or plain(unit.text)}"

    def before(self, at: int) -> Unit | None:
        """Return the nearest unit before one that has fields, in the same section."""
        for unit in reversed(self.units[:at]):
            if unit.heading and not unit.tags:
                return None
            if unit.tags:
                return unit
        return None

    def row(self, at: int) -> bool:
        """Add a row of a table whose other rows are items of a list."""
        known = [(place, unit) for place, unit in self.table(at) if unit.tags]
        if not known:
            return False
        prefix = list_of(known[0][1].tags[0])
        if prefix is None:
            return False
        earlier = [unit for place, unit in known if place < at]
        index = number_of(earlier[-1].tags[0]) if earlier else number_of(known[0][1].tags[0]) - 1
        item = self.item(
            prefix, self.units[at], _columns([row for row in self.rows if list_of(row.tags[0]) == prefix]), index
        )
        if item is None:
            return False
        said = " | ".join(plain(text) for text, _ in self.units[at].cells)
        self.ledger.add(prefix, index, item, said=said, paragraph=self.units[at].paragraph)
        return True

    def table(self, at: int) -> Iterator[tuple[int, Unit]]:
        """Yield the rows of the table of a row, with their numbers."""
        start = at
        while start and self.units[start - 1].cells:
            start -= 1
        while start < len(self.units) and self.units[start].cells:
            yield start, self.units[start]
            start += 1

    def item(self, prefix: Path, unit: Unit, columns: dict[int, Path], index: int) -> Data:
        """Return the item that a row says; None where a cell says no value, or none says anything."""
        item: dict[str, Data] = {}
        for column, (text, _) in enumerate(unit.cells):
            name = columns.get(column)
            if not plain(text):
                continue
            if name is None:
                return None
            value = self.cell(prefix, name, text, index)
            if value is None:
                return None
            _put(item, ("at",) if name == ("time",) else name, value)
        is_event = prefix == ("timeline",)
        return item if item and (not is_event or {"at", "description"} <= item.keys()) else None

    def cell(self, prefix: Path, name: Path, text: str, index: int) -> Data:
        if prefix == ("timeline",) and name == ("time",):
            return event_time(text, self.ledger.near((*prefix, max(index, 0), "at")))
        return value_of((*prefix, 0, *name), text, self.words)

    def entry(self, at: int) -> bool:
        """Add an item of a list whose other items are items of the record."""
        match = _ENTRY.match(self.units[at].text.strip())
        near = (self.before(at) or self.after(at)) if match else None
        prefix = list_of(near.tags[0]) if near else None
        if near is None or prefix is None or match is None:
            return False
        item = self.listed(".".join(map(str, prefix)), match["text"], number_of(near.tags[0]))
        if item is None:
            return False
        index = number_of(near.tags[0]) if self.before(at) else number_of(near.tags[0]) - 1
        self.ledger.add(prefix, index, item, said=plain(match["text"]), paragraph=self.units[at].paragraph)
        return True

    def after(self, at: int) -> Unit | None:
        """Return the next unit, if it has fields."""
        following = [unit for unit in self.units[at + 1 : at + 3] if unit.text.strip()]
        return following[0] if following and following[0].tags else None

    def listed(self, name: str, text: str, near: int) -> Data:
        if name in _TEXTS:
            return text
        if name == "references":
            found = references([Span(text, 1)])
            return (
                {key: value for key, value in zip(("title", "url"), found[0], strict=True) if value} if found else None
            )
        if name not in _TITLED:
            return None
        title, rest = titled(Span(text, 1))
        item: dict[str, Data] = {"title": plain(title.text)} if title else {}
        if rest.text.strip():
            item["description"] = rest.text.strip()
        group = self.ledger.value((name, near, "group"))
        return {**item, "group": group} if name == "lessons" and group else item

    def chunk(self, at: int, *, level: int = 0) -> tuple[int, str]:
        """Return the text of new lines that follow each other, up to a heading of a level, and where they end."""
        end = at
        while end < len(self.units) and self.is_new(end):
            heading = self.units[end].heading
            if heading and heading[0] <= (level or heading[0]):
                break
            end += 1
        return end, self.text(at, end)

    def is_new(self, at: int) -> bool:
        """Return whether a line is new, or belongs to a table or picture that may be."""
        return (at in self.added or self.units[at].is_made_anew) and not self.units[at].tags and at not in self.taken

    def text(self, start: int, end: int) -> str:
        """Return lines of the draft as they stand there."""
        if start >= end:
            return ""
        return textwrap.dedent("\n".join(self.lines[self.units[start].line : self.units[end - 1].line + 1])).strip()

    def block(self, at: int) -> bool:
        """Add paragraphs, lists and tables to the prose before them, or after them, in the same section."""
        start = at
        while self.units[start].cells and start and self.units[start - 1].cells and self.is_new(start - 1):
            start -= 1
        end, text = self.chunk(start)
        near = self.before(start)
        path = _prose_path(near or self.after(end - 1), is_before=near is not None)
        if path is None:
            return False
        old = str(self.ledger.value(path) or "")
        self.put(path, _with(old, text) if near else f"{text}\n\n{old}", start, text)
        self.taken.update(range(start, end))
        return True

    def put(self, path: Path, value: Data, at: int, text: str) -> None:
        """Set a field that has a new text in it."""
        said = " ".join(plain_text(parse(text).blocks).split())
        self.ledger.put(path, value, old="", new=said, paragraph=self.units[at].paragraph)

    def unwritten(self, at: int) -> bool:
        """Take new lines below a heading of the report whose section has no text yet."""
        start = next((each for each in range(at, -1, -1) if self.units[each].heading), None)
        if start is None or any(unit.tags for unit in self.units[start:at]):
            return False
        end, text = self.chunk(at)
        if not self.read((self.units[start].heading or (1, ""))[1], at, text):
            return False
        self.taken.update(range(at, end))
        return True

    def read(self, title: str, at: int, text: str) -> bool:
        """Read a section as one of any document, if the record has nothing of it; return whether all of it is there."""
        name = section_of(title)
        part = PARTS.get(name, "")
        if not part or not text:
            return False
        if not self.ledger.value((part,)):
            value = part_told(title, text, part, self.ledger)
            if value:
                self.put((part,), value, at, text)
            return bool(value)
        path = PROSE.get(name)
        if path is None or self.ledger.value(path):
            return False
        self.put(path, text, at, text)
        return True

    def section(self, at: int) -> bool:
        """Add a section: a new heading with what is new below it; one with anything else below it was only renamed."""
        level, title = self.units[at].heading or (1, "")
        end, text = self.chunk(at + 1, level=level)
        following = self.units[end].heading if end < len(self.units) else (0, "")
        if not following or following[0] > level:
            return False
        if self.read(title, at, text):
            self.taken.update(range(at, end))
            return True
        self.taken.update(range(at, end))
        position = position_of(self.ledger, self.units[:at], self.places)
        made: dict[str, Data] = {"heading": plain(title), **({"body": text} if text else {}), "position": position}
        known = self.ledger.value(("sections",))
        last = len(known) - 1 if isinstance(known, list) else -1
        self.ledger.add(("sections",), last, made, said=plain(title), paragraph=self.units[at].paragraph)
        return True


def _prose_path(unit: Unit | None, *, is_before: bool) -> Path | None:
    """Return the prose to which lines belong that stand beside a line of the record, None where that is none."""
    path = path_keys(unit.tags[-1]) if unit and unit.tags and not unit.cells else ()
    if is_before and path[:1] == ("sections",) and path[-1] == "heading":
        return (*path[:-1], "body")
    return path if path and is_prose(path) else None


def _with(old: str, text: str) -> str:
    """Return prose with more text behind it, before its first heading; a list goes on."""
    own, rest = divided(old)
    goes_on = _ENTRY.match(text) and _ENTRY.match(own.rpartition("\n")[2].strip())
    return "\n\n".join(filter(None, (f"{own}\n{text}" if goes_on else f"{own}\n\n{text}".strip(), rest)))


def _columns(rows: Sequence[Unit]) -> dict[int, Path]:
    """Return which field of an item each column has, as the rows that are known show."""
    found: dict[int, Path] = {}
    for row in rows:
        for column, (_, tags) in enumerate(row.cells):
            prefix = list_of(tags[0]) if tags else None
            if prefix is not None:
                found.setdefault(column, path_keys(tags[0])[len(prefix) + 1 :])
    return {column: path for column, path in found.items() if path}


def _put(item: dict[str, Data], path: tuple[Key, ...], value: Data) -> None:
    around = item
    for key in path[:-1]:
        inner = around.setdefault(str(key), {})
        around = inner if isinstance(inner, dict) else around
    around[str(path[-1])] = value
