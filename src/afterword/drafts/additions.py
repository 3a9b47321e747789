"""What somebody added to a draft: rows, items, paragraphs and sections that the record does not know yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from afterword.drafts.ledger import Ledger
from afterword.drafts.paths import Path, list_of, number_of
from afterword.drafts.units import Sheet, Unit, plain
from afterword.drafts.values import event_time, value_of
from afterword.incident.prose_fields import is_prose
from afterword.interpret.lexicon import key_of
from afterword.interpret.links import references
from afterword.interpret.lists import titled
from afterword.interpret.titles import plain as title_of
from afterword.readers.document import Span
from afterword.readers.notes import NoteKind
from afterword.readers.source import Data, Key, path_keys
from afterword.report.nodes import Report
from afterword.report.walk import plain_text
from afterword.words import Words

_ENTRY = re.compile(r"(?:[-*]|\d+[.)]) (?P<text>.*)")
_ROW = re.compile(r"\|.*\|")
_TITLED = frozenset({"lessons", "resolution.steps", "preventive_measures"})
_TEXTS = frozenset({"root_cause.contributing_factors", "root_cause.five_whys"})


def take_additions(ledger: Ledger, added: frozenset[int], old: Sheet, new: Sheet, report: Report, words: Words) -> None:  # noqa: PLR0913, PLR0917 (both drafts, and what is known of them)
    """Take over the lines of a draft that are new; what has no place in the record is a note."""
    fresh = frozenset(at for at in added if not new.units[at].tags and not new.units[at].is_made_anew)
    reader = _Additions(ledger, new.units, fresh, words)
    reader.rows = [unit for unit in (*old.units, *new.units) if unit.cells and unit.tags]
    reader.places = {key_of(plain_text(each.title)): each.name for each in report.sections if each.name}
    reader.all()


class _Additions:
    def __init__(self, ledger: Ledger, units: Sequence[Unit], added: frozenset[int], words: Words) -> None:
        self.ledger = ledger
        self.units = units
        self.added = added
        self.words = words
        self.places: dict[str, str] = {}
        """Names of the sections of the report by their titles."""

        self.rows: list[Unit] = []
        """Rows of tables that are items of the record, those that are gone too."""

        self.taken: set[int] = set()

    def all(self) -> None:
        for at in sorted(self.added):
            if at in self.taken:
                continue
            unit = self.units[at]
            done = (
                self.row(at)
                if unit.cells
                else self.section(at)
                if unit.heading
                else self.entry(at)
                if _ENTRY.match(unit.text.strip())
                else self.paragraph(at)
            )
            if not done:
                self.ledger.note(
                    NoteKind.LEFTOVER, (), f"added, or edited outside the fields: {plain(unit.text)}", unit.paragraph
                )

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
        near = self.before(at) or self.after(at)
        prefix = list_of(near.tags[0]) if near else None
        name = ".".join(map(str, prefix)) if prefix else ""
        match = _ENTRY.match(self.units[at].text.strip())
        if near is None or prefix is None or match is None:
            return self.paragraph(at)
        item = self.listed(name, match["text"], number_of(near.tags[0]))
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

    def paragraph(self, at: int) -> bool:
        """Add a paragraph to the prose before it, in the same section."""
        near = self.before(at)
        path = path_keys(near.tags[-1]) if near and not near.cells else ()
        if not path or not is_prose(path):
            return False
        old = str(self.ledger.value(path) or "")
        text = self.units[at].text
        item = _ENTRY.match(text.strip()) and _ENTRY.match(old.rpartition("\n")[2].strip())
        value = f"{old}\n{text}" if item else f"{old}\n\n{text}"
        self.ledger.put(path, value, old="", new=plain(text), paragraph=self.units[at].paragraph)
        return True

    def section(self, at: int) -> bool:
        """Add a section: a new heading with what is new below it."""
        level, title = self.units[at].heading or (1, "")
        body: list[str] = []
        end = at + 1
        while (
            end < len(self.units) and (end in self.added or self.units[end].is_made_anew) and not self.units[end].tags
        ):
            inner = self.units[end].heading
            if inner and inner[0] <= level:
                break
            body.append(self.units[end].text)
            end += 1
        if end < len(self.units) and self.units[end].tags and not self.units[end].heading:
            return False
        self.taken.update(range(at, end))
        text = _together(body)
        made: dict[str, Data] = {"heading": plain(title), "position": self.position(at)}
        made = {"heading": made["heading"], **({"body": text} if text else {}), "position": made["position"]}
        known = self.ledger.value(("sections",))
        last = len(known) - 1 if isinstance(known, list) else -1
        self.ledger.add(("sections",), last, made, said=plain(title), paragraph=self.units[at].paragraph)
        return True

    def position(self, at: int) -> str:
        """Return where in the report a new section stands: after the section before it."""
        for unit in reversed(self.units[:at]):
            if unit.tags and unit.tags[0].startswith("sections["):
                return str(self.ledger.value((*path_keys(unit.tags[0])[:2], "position")) or "end")
            if unit.heading and (name := self.places.get(key_of(title_of(unit.heading[1])))):
                return f"after {name}"
        return "start"


def _together(lines: Sequence[str]) -> str:
    """Return lines as prose: those of a list or table close together, all others as paragraphs."""
    text = ""
    for line in lines:
        joins = any(
            pattern.match(line.strip()) and pattern.match(text.rpartition("\n")[2].strip())
            for pattern in (_ENTRY, _ROW)
        )
        text += f"\n{line}" if joins else f"\n\n{line}"
    return text.strip()


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
