"""The plan of a run: which reports there are to be, where they go, and which have to be made."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from afterword.archive.card import Card
from afterword.archive.names import stems
from afterword.archive.reading import Reading, Span
from afterword.archive.survey import Surveyed
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place, Severity, shorten


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


@dataclass(frozen=True)
class Plan:
    """All reports of a run, in the order of their keys."""

    reports: tuple[Planned, ...]
    left_out: int = 0
    """How many incidents the filters leave out."""

    twins: tuple[Finding, ...] = ()
    """Incidents that stand in several sources alike, and are exported once."""

    seen: frozenset[str] = frozenset()
    """Keys of all incidents in the sources, also of those that are left out."""

    read: frozenset[str] = frozenset()
    """Files of the sources that were read without a fault, so that what is not in them is in them no more."""

    @cached_property
    def faulty(self) -> tuple[Planned, ...]:
        """Return the reports that cannot be made."""
        return tuple(each for each in self.reports if each.card.findings)


def make_plan(surveyed: Sequence[Surveyed], selection: Selection, pattern: str, audience: str) -> Plan:
    """Return the plan for what the sources hold."""
    drawn = _Drawn(audience)
    for unit in surveyed:
        drawn.take(unit, selection)
    good = [each for each in drawn.reports if not each.card.findings]
    names = dict(
        zip(
            [each.key for each in good],
            stems([each.card for each in good], [each.key for each in good], pattern),
            strict=True,
        )
    )
    shared = _shared_ids(good)
    reports = tuple(
        Planned(
            each.key,
            each.unit,
            each.card,
            each.reading,
            f"data/{names[each.key]}" if each.key in names else "",
            shared.get(each.key, ()),
        )
        for each in sorted(drawn.reports, key=lambda each: each.key)
    )
    read = frozenset(file for each in surveyed if not each.is_faulty for file in each.files)
    return Plan(reports, drawn.left_out, tuple(drawn.twins), frozenset(drawn.seen), read)


@dataclass(slots=True)
class _Drawn:
    """What has been taken into the plan so far."""

    audience: str
    reports: list[Planned] = field(default_factory=list)
    left_out: int = 0
    twins: list[Finding] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    _digests: dict[tuple[str, str], str] = field(default_factory=dict)

    def take(self, unit: Surveyed, selection: Selection) -> None:
        """Take the incidents of a unit."""
        counts: dict[str, int] = defaultdict(int)
        for card, reading in zip(unit.cards, unit.readings, strict=True):
            name = card.id or f"?{card.place}"
            key = report_key(unit.name, name, counts[name], self.audience)
            counts[name] += 1
            self.seen.add(key)
            if not selection.takes(card):
                self.left_out += 1
            elif not self._is_twin(card, reading):
                self.reports.append(Planned(key, unit.name, card, reading))

    def _is_twin(self, card: Card, reading: Reading) -> bool:
        """Return whether the same record was taken from the same folder already, and tell it."""
        if card.findings:
            return False
        folder = reading.files[0].rpartition("/")[0]
        first = self._digests.setdefault((folder, card.digest), card.source)
        if first is card.source:
            return False
        message = f"the same incident {shorten(card.id)!r} stands in {first} too, and is exported once"
        self.twins.append(Finding("AW709", message, Severity.NOTE, Place(card.source), "id"))
        return True


def report_key(unit: str, name: str, number: int, audience: str) -> str:
    """Return the key under which a report is remembered."""
    return json.dumps([unit, name, number, audience])


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


def as_lines(plan: Plan, fates: Mapping[str, Fate], suffixes: Iterable[str]) -> Iterator[str]:
    """Yield the plan for people: a line for each report, with what becomes of it."""
    ends = "{" + ",".join(each.removeprefix(".") for each in suffixes) + "}"
    for each in plan.reports:
        fate = fates[each.key]
        yield f"{fate.value:<10} {each.card.source}" + (f" → {each.stem}.{ends}" if each.stem else "")
