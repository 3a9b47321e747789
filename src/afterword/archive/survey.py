"""What all sources of a run hold: from the memory of the archive where they did not change, else read by workers."""

from __future__ import annotations

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Protocol

from afterword.archive.card import Card, card_from
from afterword.archive.discover import Found
from afterword.archive.reading import LINES, Reading, Span, Survey, survey, whole_lines
from afterword.archive.state import NO_CARDS, State, Unit
from afterword.archive.store import is_url
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place
from afterword.errors import SourceError
from afterword.readers.files import opened
from afterword.version import VERSION

_AT_ONCE = 8
"""Files that a worker surveys in one call."""

_STRETCH = 1 << 18
"""Bytes of JSON Lines that a worker surveys in one call."""

_BLOCK = 1 << 20
"""Bytes of a file that are looked at in one go to know it again."""

_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that is written again has another time on every file system (FAT has 2 s)."""

_PASSING = frozenset({"AW101", "AW707"})
"""Codes of faults that are not in the file: it could not be read or fetched, or the worker that read it ended."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a worker is asked to survey in one call."""

    readings: tuple[Reading, ...]
    audience: str

    @property
    def label(self) -> str:
        """Return how the call is named while it is under way."""
        return self.readings[0].shown


def answer(inquiry: Inquiry) -> tuple[Survey, ...]:
    """Return what each reading holds."""
    return tuple(survey(each, inquiry.audience) for each in inquiry.readings)


class Asker(Protocol):
    """Has inquiries answered by workers."""

    def __call__(self, inquiries: Iterable[Inquiry]) -> Iterator[tuple[Inquiry, tuple[Survey, ...] | BaseException]]:
        """Yield each inquiry with its answer, in no particular order."""
        ...


@dataclass(frozen=True, slots=True)
class Surveyed:
    """One unit of sources with all that it holds."""

    name: str
    cards: tuple[Card, ...]
    readings: tuple[Reading, ...]
    """How to read each card's incident again; of one length with the cards."""

    files: tuple[str, ...]
    """Paths or URLs of what it is read from."""

    @property
    def is_faulty(self) -> bool:
        """Return whether not everything that it holds could be read."""
        return any(card.findings for card in self.cards)


@dataclass(slots=True)
class Surveyor:
    """Asks what sources hold, and remembers the answers."""

    state: State
    ask: Asker
    audience: str
    from_format: str = ""
    known: dict[str, Unit] = field(default_factory=dict)
    """Units of earlier runs by name."""

    read: int = 0
    """How many files were read, and not remembered."""

    def all(self, found: Sequence[Found]) -> list[Surveyed]:
        """Return the units of all files, in the order of their names."""
        self.known = self.state.units()
        units = {each.name: self._unit(each) for each in found}
        changed = [each for each in found if not self._is_known(units[each.name])]
        self.read = len(changed)
        surveys = self._surveys([_reading(each, self.from_format, units[each.name].digest) for each in changed])
        for name, made in surveys.items():
            units[name] = replace(units[name], tool=made.tool, cards=_as_json(made))
            self.state.put_unit(_to_remember(units[name], made))
        self.state.commit()
        records = [self._surveyed(each, units[each.name]) for each in found if not units[each.name].tool]
        return sorted([*records, *self._exports(found, units)], key=lambda each: each.name)

    def _unit(self, found: Found) -> Unit:
        """Return a file as it is now; it is only read where its stamp is not the one that is remembered."""
        known = self.known.get(found.name)
        recipe = f"{VERSION} {self.audience} {self.from_format}"
        stamp = _settled(found.stamp)
        if known and known.recipe == recipe and stamp and stamp == known.stamp:
            return known
        unit = Unit(found.name, stamp, _digest(found), recipe, known.tool if known else "")
        if known and found.stamp and (known.recipe, known.digest) == (recipe, unit.digest):
            self.state.restamp(unit)
            return unit
        return unit

    def _is_known(self, unit: Unit) -> bool:
        known = self.known.get(unit.name)
        return known is not None and bool(unit.digest) and (known.recipe, known.digest) == (unit.recipe, unit.digest)

    def _surveyed(self, found: Found, unit: Unit) -> Surveyed:
        text = unit.cards if unit.cards != NO_CARDS else self.state.cards(unit.name)
        return _placed(found.name, text, _reading(found, self.from_format, unit.digest))

    def _exports(self, found: Sequence[Found], units: dict[str, Unit]) -> Iterator[Surveyed]:
        """Yield the exports of each tool in each folder as one unit, because their parts may stand in several files."""
        groups: dict[tuple[str, str], list[Found]] = defaultdict(list)
        for each in found:
            if units[each.name].tool:
                groups[_folder(each.name), units[each.name].tool].append(each)
        readings = {
            group_name(folder, tool): self._group(files, tool, units) for (folder, tool), files in groups.items()
        }
        recipe = f"{VERSION} {self.audience} {self.from_format}"
        wanted = {name: Unit(name, "", reading.digest, recipe) for name, reading in readings.items()}
        surveys = self._surveys([readings[name] for name, unit in wanted.items() if not self._is_known(unit)])
        by_reading = {readings[name].digest: name for name in readings}
        for made_name, made in surveys.items():
            name = by_reading.get(made_name, made_name)
            self.state.put_unit(_to_remember(replace(wanted[name], cards=_as_json(made)), made))
        self.state.commit()
        for name, reading in readings.items():
            yield _placed(name, self.state.cards(name), reading)

    def _group(self, files: Sequence[Found], tool: str, units: dict[str, Unit]) -> Reading:
        names = tuple(each.name for each in files)
        digests = "".join(f"{each.name}\0{units[each.name].digest}\0" for each in files)
        digest = hashlib.sha256(digests.encode("utf-8", "surrogatepass")).hexdigest()
        return Reading(names, files[0].shown, self.from_format, tool, digest=digest)

    def _surveys(self, readings: Sequence[Reading]) -> dict[str, Survey]:
        """Return what each reading holds, by the name of its file, or by its digest where it has several files."""
        parts: dict[str, dict[int, Survey]] = defaultdict(dict)
        for inquiry, answered in self.ask(_inquiries(readings, self.audience)):
            for reading, made in self._answers(inquiry, answered):
                parts[_name(reading)][reading.span.start if reading.span else 0] = made
        return {name: _joined([found[start] for start in sorted(found)]) for name, found in parts.items()}

    def _answers(
        self, inquiry: Inquiry, answered: tuple[Survey, ...] | BaseException
    ) -> Iterator[tuple[Reading, Survey]]:
        """Yield each reading with its answer; where a worker was lost over several, each is asked about alone."""
        if not isinstance(answered, BaseException):
            yield from zip(inquiry.readings, answered, strict=True)
        elif len(inquiry.readings) == 1:
            yield inquiry.readings[0], Survey((_unreadable(inquiry.readings[0], answered),))
        else:
            for again, alone in self.ask(Inquiry((each,), self.audience) for each in inquiry.readings):
                yield from self._answers(again, alone)


def forget_units(state: State, is_gone: Callable[[str], bool]) -> None:
    """Forget what is remembered of files that are gone, and of exports of which no folder has any more."""
    units = state.units()
    groups = {name for name in units if name.endswith("]") and "/*[" in name}
    left = {name for name in units.keys() - groups if not is_gone(name)}
    left |= groups & {group_name(_folder(name), units[name].tool) for name in left if units[name].tool}
    for name in units.keys() - left:
        state.forget_unit(name)


def group_name(folder: str, tool: str) -> str:
    """Return the name of the unit that the exports of a tool in a folder are."""
    return f"{folder}/*[{tool}]"


def _folder(name: str) -> str:
    """Return the folder of a path, or the prefix of a URL, whose two slashes `Path` would make one."""
    return name.rpartition("/")[0] if is_url(name) else str(Path(name).parent)


def _name(reading: Reading) -> str:
    return reading.digest if reading.tool else reading.files[0]


def _reading(found: Found, from_format: str, digest: str) -> Reading:
    return Reading((found.name,), found.shown, from_format, digest=digest)


def _unreadable(reading: Reading, fault: BaseException) -> Card:
    message = f"the file could not be read: {fault or type(fault).__name__}"
    finding = Finding("AW707", message, place=Place(reading.shown), hint=CODES["AW707"].hint)
    return Card(reading.shown, 0, findings=(finding,))


def _joined(parts: Sequence[Survey]) -> Survey:
    """Return the surveys of all stretches of a file as one."""
    spans = tuple(span for part in parts for span in part.spans)
    return Survey(tuple(card for part in parts for card in part.cards), parts[0].tool, spans)


def _inquiries(readings: Sequence[Reading], audience: str) -> Iterator[Inquiry]:
    whole = [each for each in readings if not _is_lines(each)]
    for start in range(0, len(whole), _AT_ONCE):
        yield Inquiry(tuple(whole[start : start + _AT_ONCE]), audience)
    for reading in readings:
        if _is_lines(reading):
            yield from (Inquiry((replace(reading, span=span),), audience) for span in _spans(reading.files[0]))


def _is_lines(reading: Reading) -> bool:
    return reading.files[0].lower().endswith(LINES) and not reading.tool


def _spans(name: str) -> Iterator[Span]:
    """Yield stretches of whole lines, at least one; the coordinator never holds more of a file than one of them."""
    start, line = 0, 1
    try:
        for block in whole_lines(name, _STRETCH):
            yield Span(start, len(block), line)
            start, line = start + len(block), line + block.count(b"\n")
    except SourceError:
        yield Span(start, 0, line)
        return
    if not start:
        yield Span(0, 0, 1)


def _to_remember(unit: Unit, made: Survey) -> Unit:
    """Return a unit as it is remembered: one that could not be read for a reason that may pass is asked about again."""
    may_pass = any(finding.code in _PASSING for card in made.cards for finding in card.findings)
    return replace(unit, stamp="", digest="") if may_pass else unit


def _as_json(made: Survey) -> str:
    spans = [asdict(each) for each in made.spans]
    return json.dumps({"cards": [each.as_json() for each in made.cards], "spans": spans}, separators=(",", ":"))


def _placed(name: str, text: str, reading: Reading) -> Surveyed:
    data = json.loads(text)
    cards = tuple(map(card_from, data["cards"]))
    if data["spans"]:
        places = tuple(replace(reading, span=Span(**each)) for each in data["spans"])
        return Surveyed(name, tuple(replace(card, place=0) for card in cards), places, reading.files)
    return Surveyed(name, cards, (reading,) * len(cards), reading.files)


def _digest(found: Found) -> str:
    """Return the SHA-256 of a file, or what an object store has in its place; empty where it cannot be read."""
    if is_url(found.name):
        return found.stamp
    try:
        with opened(Path(found.name), found.shown) as file:
            made = hashlib.sha256()
            while block := file.read(_BLOCK):  # `hashlib.file_digest` would go on where nothing comes
                made.update(block)
            return made.hexdigest()
    except SourceError:
        return ""


def _settled(stamp: str, now: Callable[[], int] = time.time_ns) -> str:
    """Return a stamp, or nothing for a file that was written so lately that a later write could have the same one.

    A file from the future, as after a clock was set back, is never settled: its content is looked at each time.
    """
    parts = stamp.split(":")
    is_local = len(parts) == 3 and parts[1].isdigit()  # noqa: PLR2004 (size, time and inode)
    return "" if is_local and int(parts[1]) + _SETTLED > now() else stamp
