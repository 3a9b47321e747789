"""The plan of a run: which reports there are to be, where they go, and which have to be made."""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

from afterword.archive.bag import PAYLOAD
from afterword.archive.card import Card
from afterword.archive.names import stems
from afterword.archive.reading import Reading, Span, entry_of
from afterword.archive.state import Kept
from afterword.archive.store import INPUT, is_url
from afterword.archive.survey import Surveyed
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place, Severity, shorten

_FEW = 10
"""As many reports may go at once whatever part of the archive they are."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which incidents are exported; what is empty selects all."""

    since: date | None = None
    until: date | None = None
    severities: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()
    """All in the form that `folded` gives."""

    def takes(self, card: Card) -> bool:
        """Return whether an incident is exported. One with faults is, so that no fault stays untold."""
        if card.findings:
            return True
        return self._takes_day(date.fromisoformat(card.date)) and all(
            not wanted or wanted & set(map(str.casefold, values))
            for wanted, values in (
                (self.severities, (card.severity,)),
                (self.statuses, (card.status,)),
                (self.services, card.services),
                (self.tags, card.tags),
            )
        )

    def _takes_day(self, day: date) -> bool:
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)


def folded(values: Iterable[str] | None) -> frozenset[str]:
    """Return values of a filter, several of which may stand in one with commas between, to compare with."""
    return frozenset(part.strip().casefold() for value in values or () for part in value.split(",") if part.strip())


class Fate(StrEnum):
    """What becomes of a report in this run."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Planned:
    """One report that there is to be."""

    key: str
    unit: str
    card: Card
    reading: Reading
    stem: str = ""
    """Path in the bag without suffix; empty for a faulty one."""

    findings: tuple[Finding, ...] = ()
    """What the plan has to say about it."""

    def fingerprint(self, recipe: str) -> str:
        """Return what the report is made from, as one hash, in hexadecimal; files that it names are left out."""
        return fingerprint(recipe, self.card.digest, self.stem, self.card.edition)

    def recall(self) -> str:
        """Return how to read the incident again, as JSON that `recalled` understands."""
        card = self.card
        data = {"reading": asdict(self.reading), "place": card.place, "digest": card.digest, "edition": card.edition}
        return json.dumps(data, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Recalled:
    """How to read the incident of a report again."""

    reading: Reading
    place: int
    digest: str
    edition: str


def recalled(text: str) -> Recalled:
    """Return what `Planned.recall` wrote."""
    data: dict[str, Any] = json.loads(text)
    reading: dict[str, Any] = data.pop("reading")
    span, files = reading.pop("span"), tuple(reading.pop("files"))
    return Recalled(Reading(files=files, span=Span(**span) if span else None, **reading), **data)


def fingerprint(recipe: str, digest: str, stem: str, edition: str) -> str:
    """Return what a report is made from, as one hash, in hexadecimal; files that it names are left out."""
    return hashlib.sha256(f"{recipe}\0{digest}\0{stem}\0{edition}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Sight:
    """What a run has seen of its sources."""

    seen: frozenset[str] = frozenset()
    """Keys of all incidents in them, also of those that are left out, without the audience; no copies of others."""

    copies: frozenset[str] = frozenset()
    """Keys, without the audience, of incidents that stand in another file of their folder too, and are left out."""

    read: frozenset[str] = frozenset()
    """Files that were read without a fault, so that what is not in them is in them no more."""

    unread: frozenset[str] = frozenset()
    """Files and folders that have a fault, or could not be read at all."""

    def has_lost(self, kept: Kept) -> bool:
        """Return whether the source of a report is not there any more, or has lost the incident.

        A file that is there and was not read in this run, or has a fault, may still hold it; so may whatever is, or
        was, in a folder that could not be read: a disk that is not there for once takes no report with it.
        """
        files = recalled(kept.recall).reading.files if kept.recall else ()
        if without_audience(kept.key) in self.seen or any(f"/{INPUT}" in file for file in files):
            return False  # what was piped in once is not expected again
        if any(map(self._is_in_unread, files)):
            return False
        return all(file in self.read or self.is_gone(file) for file in files)

    def is_gone(self, name: str) -> bool:
        """Return whether a file is not there any more, and not in a folder that says nothing of that."""
        if name in self.read or self._is_in_unread(name):
            return False
        return entry_of(name) is None and not bare_folder(name)

    def why(self, kept: Kept) -> str:
        """Return what became of the source of a report that `has_lost` says has none, as a clause."""
        if without_audience(kept.key) in self.copies:
            return f"{kept.source} is a copy of another record now"
        files = recalled(kept.recall).reading.files if kept.recall else ()
        is_there = bool(files) and self.read.issuperset(files)
        return f"{kept.source} does not have this incident any more" if is_there else f"{kept.source} is gone"

    def _is_in_unread(self, name: str) -> bool:
        while name and name not in self.unread:
            name = name.rpartition("/")[0]
        return bool(name)


def bare_folder(name: str) -> str:
    """Return the folder where a file is missing, if that is there and holds nothing, as one where nothing is mounted.

    Empty where the folder has something in it, and for an object store, which has no empty folders.
    """
    if is_url(name) or entry_of(name) is not None:
        return ""
    folder = next((each for each in Path(name).parents if entry_of(str(each)) is not None), None)
    try:
        is_bare = folder is not None and all(each.name.startswith(".") for each in folder.iterdir())
        return str(folder) if is_bare else ""
    except OSError:  # it cannot be looked into
        return str(folder)


@dataclass(frozen=True)
class Plan:
    """All reports of a run, in the order of their keys."""

    reports: tuple[Planned, ...]
    left_out: int = 0
    """How many incidents the filters leave out."""

    twins: tuple[Finding, ...] = ()
    """Incidents that stand in several sources alike, and are exported once."""

    sight: Sight = Sight()
    gone: tuple[Kept, ...] = ()
    """Reports that the archive has, whose source is not there any more, and whose place no other takes."""

    bare: Mapping[str, int] = field(default_factory=dict)
    """How many reports come from files in each folder that is empty, as where nothing is mounted."""

    had: int = 0
    """How many reports the archive has."""

    prunes: bool = False
    """Whether the reports that are gone are removed."""

    @property
    def loses_most(self) -> bool:
        """Return whether so many reports are gone that something else than their sources may be missing."""
        return len(self.gone) > _FEW and 2 * len(self.gone) > self.had

    @cached_property
    def faulty(self) -> tuple[Planned, ...]:
        """Return the reports that cannot be made."""
        return tuple(each for each in self.reports if each.card.findings)


def make_plan(
    surveyed: Sequence[Surveyed], selection: Selection, pattern: str, audience: str, kept: Collection[Kept] = ()
) -> Plan:
    """Return the plan for what the sources hold, for an archive that has the reports `kept` already."""
    drawn = _Drawn(audience)
    for unit in surveyed:
        drawn.take(unit, selection)
    good = [each for each in drawn.reports if not each.card.findings]
    sight = _sight(drawn, surveyed)
    # What filters leave out has its name too: otherwise that of a report would hang on what was asked for with it.
    named = [*good, *drawn.others]
    held = _held(named, sight, kept)
    found = stems([each.card for each in named], [each.key for each in named], pattern, held)
    names = dict(zip([each.key for each in named], found, strict=True))
    shared = _shared_ids(good)
    places = {f"{PAYLOAD}/{name}" for name in names.values()}
    gone = tuple(each for each in kept if each.files and each.stem not in places and sight.has_lost(each))
    reports = tuple(
        replace(
            each,
            stem=f"{PAYLOAD}/{names[each.key]}" if each.key in names else "",
            findings=shared.get(each.key, ()),
        )
        for each in sorted(drawn.reports, key=lambda each: each.key)
    )
    made = [each for each in kept if each.files]
    return Plan(reports, drawn.left_out, tuple(drawn.twins), sight, gone, _bare(made, sight), len(made))


def _sight(drawn: _Drawn, surveyed: Sequence[Surveyed]) -> Sight:
    read = frozenset(file for each in surveyed if not each.is_faulty for file in each.files)
    unread = frozenset(file for each in surveyed if each.is_faulty for file in each.files)
    return Sight(
        frozenset(map(without_audience, drawn.seen)), frozenset(map(without_audience, drawn.copies)), read, unread
    )


def _bare(made: Iterable[Kept], sight: Sight) -> Mapping[str, int]:
    """Return the empty folders that reports come from, each with how many do."""
    files = (recalled(each.recall).reading.files for each in made if without_audience(each.key) not in sight.seen)
    folders = [{bare_folder(name) for name in names if name not in sight.read} - {""} for names in files]
    return Counter(folder for each in folders for folder in each)


def _held(named: Iterable[Planned], sight: Sight, kept: Iterable[Kept]) -> frozenset[str]:
    """Return the names, without suffixes, that reports have and keep whose sources are in no source of this run.

    The same record from another place takes the name over, and so does one whose other source is gone: it was moved.
    """
    keys, digests = set[str](), set[str]()
    for each in named:
        keys.add(each.key)
        digests.add(each.card.digest)
    return frozenset(
        each.stem.removeprefix(f"{PAYLOAD}/")
        for each in kept
        if each.files and each.key not in keys and recalled(each.recall).digest not in digests
        if not sight.has_lost(each)
    )


@dataclass(slots=True)
class _Drawn:
    """What has been taken into the plan so far."""

    audience: str
    reports: list[Planned] = field(default_factory=list)
    others: list[Planned] = field(default_factory=list)
    """What the filters leave out."""

    twins: list[Finding] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    copies: set[str] = field(default_factory=set)
    """Keys of incidents that stand in several files of a folder alike, but for the first."""

    _digests: dict[tuple[str, str], str] = field(default_factory=dict)

    @property
    def left_out(self) -> int:
        """Return how many incidents the filters leave out."""
        return len(self.others)

    def take(self, unit: Surveyed, selection: Selection) -> None:
        """Take the incidents of a unit."""
        counts: dict[str, int] = defaultdict(int)
        for card, reading in zip(unit.cards, unit.readings, strict=True):
            name = card.id or f"?{card.place}"
            key = report_key(unit.name, name, counts[name], self.audience)
            counts[name] += 1
            taken, first = selection.takes(card), self._first(card, reading)
            (self.copies if first else self.seen).add(key)
            if not first:
                (self.reports if taken else self.others).append(Planned(key, unit.name, card, reading))
            elif taken:
                self._tell_twin(card, first)

    def _first(self, card: Card, reading: Reading) -> str:
        """Return where the same record was in the same folder already; nothing where it was not."""
        if card.findings:
            return ""
        folder = reading.files[0].rpartition("/")[0]
        first = self._digests.setdefault((folder, card.digest), card.source)
        return "" if first is card.source else first

    def _tell_twin(self, card: Card, first: str) -> None:
        message = f"the same incident {shorten(card.id)!r} stands in {first} too, and is exported once"
        self.twins.append(Finding("AW709", message, Severity.NOTE, Place(card.source), "id"))


def report_key(unit: str, name: str, number: int, audience: str) -> str:
    """Return the key under which a report is remembered."""
    return json.dumps([unit, name, number, audience])


def without_audience(key: str) -> str:
    """Return what a key says of the incident, whomever its report is for."""
    return json.dumps(json.loads(key)[:3])


def _shared_ids(planned: Sequence[Planned]) -> Mapping[str, tuple[Finding, ...]]:
    """Return a warning for each report whose id another one has too."""
    by_id: dict[str, list[Planned]] = defaultdict(list)
    for each in planned:
        by_id[each.card.id].append(each)
    return {each.key: (_shared(each, group),) for group in by_id.values() if len(group) > 1 for each in group}


def _shared(planned: Planned, group: Sequence[Planned]) -> Finding:
    others = ", ".join(sorted({each.card.source for each in group if each is not planned})[:3])
    message = f"another incident has the id {shorten(planned.card.id)!r} too, in {others}; both are exported"
    return Finding("AW709", message, Severity.WARNING, Place(planned.card.source), "id", hint=CODES["AW709"].hint)


def fate_of_gone(plan: Plan) -> str:
    """Return what becomes of a report whose source is gone."""
    return "removed" if plan.prunes else "gone"


def as_lines(plan: Plan, fates: Mapping[str, Fate], suffixes: Iterable[str]) -> Iterator[str]:
    """Yield the plan for people: a line for each report, with what becomes of it, those last whose source is gone."""
    ends = "{" + ",".join(each.removeprefix(".") for each in suffixes) + "}"
    for each in plan.reports:
        fate = fates[each.key]
        yield f"{fate.value:<10} {each.card.source}" + (f" → {each.stem}.{ends}" if each.stem else "")
    for kept in plan.gone:
        yield f"{fate_of_gone(plan):<10} {kept.source} → {', '.join(file.path for file in kept.files.values())}"
