"""What is sound in a record that has faults, so that what hides behind them is found in the same run."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from afterword.diagnostics import Finding
from afterword.incident.model import Incident
from afterword.readers.source import Data, Key, Source, path_keys, path_text
from afterword.validation import faulty_paths

Path = tuple[Key, ...]

_MOST_FAULTS = 200
"""Of a record with more faults than this nothing further is looked at: there is enough to mend."""

_MOST_ROUNDS = 20
"""How often a record is validated again; each round takes something out, and records are not that deep."""

_TEXTS = frozenset({"id", "title", "name", "value", "heading", "description"})
"""Required texts. One that is missing or has a fault is filled in, so that the rest of its part is looked at."""

_FILLING = "x"
_DAY, _MOMENT = "2000-01-01", "2000-01-01T00:00:00Z"


@dataclass(slots=True)
class Remainder:
    """A source without its faults. Its incident is there to be looked at; no document is made from it."""

    source: Source
    removed: set[Path] = field(default_factory=set)
    """Paths of the source that are left out."""

    filled: set[Path] = field(default_factory=set)
    """Those of them that have a text in their place."""

    left: Source = field(init=False)
    """The source with what is left of its data."""

    _numbers: dict[Path, list[int]] = field(default_factory=dict)
    """By the path of each list, the numbers that its remaining items have in the file."""

    def __post_init__(self) -> None:
        """Start with everything."""
        self.left = self.source

    def incident(self) -> Incident | None:
        """Return the incident that is left when everything with a fault is taken out, None if there is none."""
        for _ in range(_MOST_ROUNDS):
            data = self._kept(self.source.data, ())
            if not isinstance(data, dict):
                return None
            self.left = Source(self.source.name, data, folder=self.source.folder, files=self.source.files)
            incident, faulty = faulty_paths(Incident, _at_one_time(data))
            if incident is not None or len(faulty) > _MOST_FAULTS:
                return incident
            for path in {self._in_file(path) for path in faulty}:
                self._take_out(path)
        return None

    def located(self, finding: Finding) -> Finding:
        """Return a finding about the incident that is left with its path and place in the file."""
        path = self._in_file(self.left.as_written(path_keys(finding.path)))
        place = self.source.place_in(path, finding.offset) if finding.offset >= 0 else self.source.place(path)
        return replace(finding, path=path_text(path), place=place)

    def _take_out(self, path: Path) -> None:
        """Leave out the value at a path; if that was not enough, fill it in, and in the end leave out what holds it."""
        if path not in self.removed:
            self.removed.add(path)
        elif path not in self.filled and path[-1:] and path[-1] in _TEXTS:
            self.filled.add(path)
        else:
            self.removed.add(path[:-1])

    def _kept(self, value: Data, path: Path) -> Data:
        if path in self.removed:
            return None
        if isinstance(value, list):
            numbers = [index for index in range(len(value)) if (*path, index) not in self.removed]
            self._numbers[path] = numbers
            return [self._kept(value[index], (*path, index)) for index in numbers]
        if isinstance(value, dict):
            staying = (key for key in value if (*path, key) not in self.removed)
            kept = {key: self._kept(value[key], (*path, key)) for key in staying}
            return kept | {name: _FILLING for name in _TEXTS if (*path, name) in self.filled}
        return value

    def _in_file(self, path: Path) -> Path:
        """Return the path of the source for one of what is left: items after those left out have lower numbers."""
        found: Path = ()
        for key in path:
            numbers = self._numbers.get(found)
            found = (*found, numbers[key] if numbers is not None and isinstance(key, int) else key)
        return found


def _at_one_time(data: dict[str, Data]) -> dict[str, Data]:
    """Return a record in which everything happens in one moment, so that a fault in a time costs no event."""
    record = _without(data, "timezone") | {"date": _DAY}
    timeline, impact = data.get("timeline"), data.get("impact")
    if isinstance(timeline, list):
        record["timeline"] = [_at_that_time(event) for event in timeline]
    if isinstance(impact, dict):
        record["impact"] = _without(impact, "started_at", "ended_at")
    return record


def _at_that_time(event: Data) -> Data:
    return _without(event, "time") | {"at": _MOMENT} if isinstance(event, dict) else event


def _without(part: dict[str, Data], *names: str) -> dict[str, Data]:
    return {key: value for key, value in part.items() if key not in names}
