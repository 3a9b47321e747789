"""Timelines: tables, lists, headings and lines that begin with a time, as entries in the order of the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from afterword.interpret.cells import as_text, bare
from afterword.interpret.sentences import source_in
from afterword.interpret.tables import Columns, columns_of
from afterword.readers.document import Block, Row, Section, Span
from afterword.vocabulary.kinds import labelled
from afterword.vocabulary.moments import Day, Moment, Order, find_zone, read_moment
from afterword.vocabulary.titles import plain, unmarked

_HARD_BREAK = re.compile(r"(?:[ ]{2,}|(?<!\\)\\)$")
"""The end of a line that a next one follows."""

_MARKER = re.compile(r"(?P<indent> *)(?:[-*+]|\d{1,9}[.)])(?:[ ]+|$)")
_UNREADABLE = re.compile(
    r"[*_`]*(?:\d{1,4}|[YA]{4})[-/.](?:\d{1,2}|[M?X]{2})[-/.](?:\d{1,4}|[D?X]{2})(?![\w/.-])"
    r"[^\s:–—-]{0,8}(?:[ ][HX?]{2}:[MX?]{2})?[*_`]*[ ]*[-–—:]+[*_`]*(?=\s|$)[ ]*"
)
"""The start of a line that is a date in its form and none in its numbers: `11/03/202 -`, `2023-MM-DD:`."""

_ZONE_STATEMENT = re.compile(
    r"[(_*\s]*(?:all|the|alle|toutes|todas|todos|times?|events?|zeiten)\b.{0,60}", re.IGNORECASE | re.DOTALL
)


def _zone_stated(span: Span) -> str:
    """Return the zone that a line such as `All times in UTC` names, empty for any other text."""
    text = plain(span.text)
    return find_zone(text) if _ZONE_STATEMENT.fullmatch(text) else ""


@dataclass(slots=True)
class Entry:
    """One event as the document has it."""

    moment: Moment | None
    """None where the document gives no time that can be read."""

    line: int
    texts: list[Span] = field(default_factory=list)
    actor: Span | None = None
    source: Span | None = None
    """The paragraph that says where it is known from."""

    kind: str = ""
    said: str = ""
    """What stands where the time belongs, if it is no time."""

    day: Day | None = None
    """The day of the heading above."""


@dataclass(slots=True)
class Log:
    """What a section about the course of events holds."""

    entries: list[Entry] = field(default_factory=list)
    others: list[Span] = field(default_factory=list)
    """Text that belongs to no event."""

    heads: list[Span] = field(default_factory=list)
    """Headings, header rows and days that were read, as they stand in the document."""

    zone: str = ""
    sections: list[Section] = field(default_factory=list)
    """Sections inside that tell no events."""


class _LogReader:
    def __init__(self, order: Order, *, is_ours: bool = False) -> None:
        self.is_ours = is_ours
        self.log = Log()
        self.order = order
        self.day: Day | None = None
        self.in_code = False

    def section(self, section: Section) -> None:
        """Read what is below a heading."""
        for block in section.blocks:
            self.block(block)
        for inner in section.sections:
            self.inner(inner)

    def inner(self, section: Section) -> None:
        """Read a section inside: one event, one day, or a part of the timeline."""
        moment = read_moment(unmarked(section.title), self.order)
        before = len(self.log.entries)
        if moment and moment.seconds is not None:
            self.timed(section, moment)
        elif moment and moment.day:
            self.day = moment.day
            self.section(section)
            if len(self.log.entries) == before or not self.says_no_more(moment.rest):
                self.dated(section, moment, before)
            self.log.heads.append(section.heading)
        elif has_events(section, self.order):
            self.log.heads.append(section.heading)
            self.section(section)
        else:
            self.log.sections.append(section)

    def says_no_more(self, rest: str) -> bool:
        """Return whether a day's heading says nothing after its date but the zone of the whole timeline."""
        zone = find_zone(rest)
        if rest.strip(" ()[]") != zone:
            return False
        self.log.zone = self.log.zone or zone
        return zone in {"", self.log.zone}

    def timed(self, section: Section, moment: Moment) -> None:
        """Read a heading with a time: what is below it tells the event, but for headings with times below it."""
        if moment.day:
            self.day = moment.day
        entry = self.start(moment, section.heading.but(moment.rest.strip()))
        self.log.heads.append(section.heading)
        timed = [inner for inner in section.sections if (read_moment(unmarked(inner.title), self.order))]
        if not timed:
            entry.texts += [section.body] if section.body.text else []
            return
        for block in section.blocks:
            entry.texts.append(block.source)
        for inner in section.sections:
            self.inner(inner)

    def dated(self, section: Section, moment: Moment, before: int) -> None:
        """Make an event of a day's heading that says what happened, or that has no times below it."""
        taken = self.log.others
        entry = Entry(moment, section.heading.line, [section.heading.but(moment.rest.strip())], day=moment.day)
        if len(self.log.entries) == before:
            inside = range(section.body.line, section.body.line + section.body.text.count("\n") + 1)
            self.log.others = [span for span in taken if span.line not in inside]
            self.log.sections = [each for each in self.log.sections if each.heading.line not in inside]
            entry.texts.append(section.body)
        self.log.entries.insert(before, entry)

    def start(self, moment: Moment | None, text: Span) -> Entry:
        entry = Entry(moment, text.line, [text] if text.text.strip() else [], day=self.day)
        self.log.entries.append(entry)
        return entry

    def unreadable(self, said: str, text: Span) -> None:
        """Start an event whose date nobody can read; it keeps the words, and the time of the event beside it."""
        entry = self.start(None, text)
        entry.said = said.strip(" *_`-–—:")

    def block(self, block: Block) -> None:
        """Read one block."""
        match block.kind:
            case "table":
                if not self.table(block.rows):
                    self.add(block.source)
            case "list" | "numbers":
                self.items(block)
            case "text":
                self.lines(block.source)
            case "rule":
                pass
            case "code" if self.is_log(block):
                self.code(block)
            case _:
                self.add(block.source)

    def is_log(self, block: Block) -> bool:
        """Return whether code is a log in plain text, most of whose lines begin with a time, or goes on with one."""
        lines = [line for line in block.source.text.split("\n")[1:-1] if line.strip()]
        moments = [read_moment(line, self.order) for line in lines]
        timed = sum(1 for each in moments if each and each.seconds is not None)
        is_alone = not self.log.entries or self.in_code
        return is_alone and (2 * timed > len(lines) or (self.in_code and moments[:1] != [None]))

    def code(self, block: Block) -> None:
        """Read the lines of a log; what its first line says of the zone is none of the events."""
        self.in_code = True
        for offset, line in enumerate(block.source.text.split("\n")[1:-1], start=1):
            moment = read_moment(line, self.order)
            if moment and moment.day and moment.seconds is None and (zone := _zone_stated(Span(moment.rest, 1))):
                self.day, self.log.zone = moment.day, self.log.zone or zone
                self.log.heads.append(Span(line, block.source.line + offset, is_exact=False))
            elif line.strip():
                self.lines(Span(line, block.source.line + offset, is_exact=False))

    def add(self, span: Span) -> None:
        """Add text to the event before it, or keep it apart where there is none."""
        if self.log.entries:
            self.log.entries[-1].texts.append(span)
        elif not self.log.zone and (zone := _zone_stated(span)):
            self.log.zone = zone
            self.log.heads.append(span)
        else:
            self.log.others.append(span)

    def items(self, block: Block) -> None:
        """Read a list: items with a time start an event, items with only a day have their events inside."""
        for item in block.items:
            if item.text.strip():
                self.item(item)

    def item(self, item: Span) -> None:
        first, _, below = item.text.partition("\n")
        moment = read_moment(first, self.order)
        inner = list(_items_in(item)) if below else []
        if (
            moment
            and moment.seconds is None
            and moment.day
            and not moment.rest.strip()
            and _any_time(inner, self.order)
        ):
            self.day = moment.day
            self.log.heads.append(Span(first, item.line, item.column))
            for each in inner:
                self.item(each)
        elif moment:
            if moment.day:
                self.day = moment.day
            self.start(moment, _without_head(item, first, moment, below))
        elif label := _labelled_time(first, self.order):
            self.start(label, item)
        elif match := _UNREADABLE.match(first):
            self.unreadable(match[0], item.but(item.text[match.end() :]))
        else:
            self.add(Span(f"- {item.text}".replace("\n", "\n  "), item.line, max(item.column - 2, 1), is_exact=False))

    def lines(self, span: Span) -> None:
        """Read lines: those that begin with a time start an event, others go on with the one before."""
        rest: list[tuple[str, int]] = []
        for offset, line in enumerate(span.text.split("\n")):
            moment = read_moment(line, self.order)
            if moment is None and (match := _UNREADABLE.match(line)):
                self.flush(rest)
                self.unreadable(match[0], Span(line, span.line + offset).but(line[match.end() :]))
                continue
            if moment is None or _is_sentence(line, moment):
                rest.append((line, span.line + offset))
                continue
            self.flush(rest)
            if moment.seconds is None and moment.day and not moment.rest.strip(" .*_:"):
                self.day = moment.day
                self.log.heads.append(Span(line, span.line + offset))
            else:
                if moment.day:
                    self.day = moment.day
                self.start(moment, Span(line, span.line + offset).but(_HARD_BREAK.sub("", moment.rest)))
        self.flush(rest)

    def flush(self, rest: list[tuple[str, int]]) -> None:
        if rest:
            self.add(Span("\n".join(line for line, _ in rest), rest[0][1]))
            rest.clear()

    def table(self, rows: Sequence[Row]) -> bool:
        """Read a table; return whether it has times."""
        columns = columns_of(rows, self.order)
        if columns is None:
            return False
        self.log.heads.append(rows[0].source)
        zone = find_zone(" ".join(rows[0].cells[each].text for each in columns.times))
        self.log.zone = self.log.zone or zone
        for row in rows[1:]:
            self.row(row, columns, [cell.text for cell in rows[0].cells])
        return True

    def row(self, row: Row, columns: Columns, names: list[str]) -> None:
        cells = list(row.cells)
        said = " ".join(cells[each].text.strip() for each in columns.times if each < len(cells)).strip()
        if not any(cell.text.strip() for cell in cells):
            return
        moment = read_moment(said, self.order) if said else None
        if moment and moment.day:
            self.day = moment.day
            if moment.seconds is None and self._is_day(cells, columns) and not moment.rest.strip(" *_:"):
                self.log.heads.append(row.source)
                return
        entry = Entry(moment, row.source.line, day=self.day, said="" if moment else said)
        if moment and moment.rest.strip():
            entry.said = said
        for index, cell in enumerate(cells):
            self.cell(entry, index, cell, columns, names)
        self.log.entries.append(entry)

    @staticmethod
    def _is_day(cells: Sequence[Span], columns: Columns) -> bool:
        """Return whether a row says nothing but when: it is a day above the events of that day."""
        return not any(cell.text.strip() for index, cell in enumerate(cells) if index not in columns.times)

    def cell(self, entry: Entry, index: int, cell: Span, columns: Columns, names: list[str]) -> None:
        if index in columns.times or not cell.text.strip():
            return
        if index == columns.event:
            self.event(entry, as_text(cell))
        elif index == columns.who:
            entry.actor = cell if "](" in cell.text else bare(cell)
        elif index == columns.kind and (kind := labelled(cell.text)):
            entry.kind = kind
        else:
            name = names[index].strip(" *") if index < len(names) else ""
            lead = f"{name}: " if name else ""
            entry.texts.append(Span(f"{lead}{cell.text}", cell.line, cell.column, is_exact=False))

    def event(self, entry: Entry, text: Span) -> None:
        """Take what happened from its cell; a last paragraph may say where it is known from."""
        told, _, last = text.text.rpartition("\n\n")
        if source_in(last) is None or not (told or self.is_ours):
            entry.texts.insert(0, text)
            return
        entry.source = Span(last, text.line, text.column, is_exact=False)
        if told:
            entry.texts.insert(0, Span(told, text.line, text.column, is_exact=False))


def _is_sentence(line: str, moment: Moment) -> bool:
    """Return whether a line only begins with a day, as a sentence may: no time, no mark, and small letters after it."""
    if moment.seconds is not None or moment.after is not None or not moment.rest[:1].islower():
        return False
    return not re.search(r"[-–—:|][\s*_]*$", line.removesuffix(moment.rest))


def _items_in(item: Span) -> Iterator[Span]:
    """Yield the items of a list inside an item."""
    lines = item.text.split("\n")
    starts = [at for at, line in enumerate(lines) if at and _MARKER.match(line)]
    if not starts:
        return
    least = min(len(match["indent"]) for at in starts if (match := _MARKER.match(lines[at])))
    firsts = [at for at in starts if (match := _MARKER.match(lines[at])) and len(match["indent"]) == least]
    for at, end in zip(firsts, [*firsts[1:], len(lines)], strict=True):
        match = _MARKER.match(lines[at])
        width = match.end() if match else 0
        text = [
            lines[at][width:],
            *(line[min(width, len(line) - len(line.lstrip(" "))) :] for line in lines[at + 1 : end]),
        ]
        yield Span("\n".join(text).rstrip(), item.line + at, item.column + width)


def _any_time(items: Iterable[Span], order: Order) -> bool:
    return any((moment := read_moment(item.text, order)) and moment.seconds is not None for item in items)


def _labelled_time(line: str, order: Order) -> Moment | None:
    """Return the moment of a line such as `First detected: 2023-06-06 10:26`, None for any other line."""
    match = re.match(r"[*_]*[A-Z][\w /]{2,40}?[*_]*(?:[:：][*_]*|[ ](?=\d{4}-))[ ]*(?=[\d~])", line)
    moment = read_moment(line[match.end() :], order) if match else None
    return moment if moment and moment.day and moment.seconds is not None and not moment.rest.strip() else None


def _without_head(item: Span, first: str, moment: Moment, below: str) -> Span:
    """Return an item without the time that it begins with."""
    rest = moment.rest
    if not rest.strip() and below:
        lines = item.text.split("\n")
        skipped = next((at for at, line in enumerate(lines) if at and line.strip()), len(lines))
        return Span("\n".join(lines[skipped:]), item.line + skipped, item.column)
    cut = len(first) - len(rest)
    if not below:
        return Span(rest, item.line, item.column + cut, is_exact=cut >= 0 and first.endswith(rest))
    return Span(f"{rest}\n{below}", item.line, item.column, is_exact=False)


def has_events(section: Section, order: Order) -> bool:
    """Return whether anything in a section begins with a time of day."""
    for each in section.walk():
        if (moment := read_moment(unmarked(each.title), order)) and moment.seconds is not None:
            return True
        for block in each.blocks:
            if block.kind in {"list", "numbers"} and _any_time(block.items, order):
                return True
            if block.kind == "table" and columns_of(block.rows, order):
                return True
            if block.kind == "text" and _any_time([Span(line, 1) for line in block.source.text.split("\n")], order):
                return True
    return False


def is_log(section: Section, order: Order) -> bool:
    """Return whether a section is a table or list of events, whatever it is called: each begins with a time of day."""
    few = 3
    log = read_log(section, order)
    times = [entry.moment for entry in log.entries if entry.moment and entry.moment.seconds is not None]
    return few <= len(times) == len(log.entries) and not log.sections


def read_log(section: Section, order: Order, *, is_ours: bool = False) -> Log:
    """Return the events that a section tells, in its order, and what else stands in it."""
    reader = _LogReader(order, is_ours=is_ours)
    reader.section(section)
    reader.log.zone = reader.log.zone or find_zone(plain(section.title))
    return reader.log


def read_day(section: Section, order: Order) -> Log:
    """Return the events of a section whose own heading is a day or a time."""
    reader = _LogReader(order)
    reader.inner(section)
    return reader.log
