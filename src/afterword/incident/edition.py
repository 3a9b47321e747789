"""An edition: a record without what its audience may not see, made before anything else looks at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic.fields import FieldInfo

from afterword.incident.audience import Audience, farthest, strictest
from afterword.incident.inspect import texts
from afterword.incident.marked import is_marked
from afterword.incident.marks import ALWAYS_SHOWN, EDITION, HELD_BACK, MARK, default, joined, own_mark
from afterword.incident.model import Incident
from afterword.incident.parts import Part

Path = tuple[str | int, ...]
AnyPart = TypeVar("AnyPart", bound=Part)


class EditionFault(Exception):  # noqa: N818 (it becomes a finding)
    """The edition cannot be made, because the record is an edition already and its marks are gone."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A record as one audience may see it, and what became of the rest."""

    incident: Incident
    """The record without marks, and with `edition` set; the record itself for the internal audience."""

    audience: Audience
    from_marked: bool
    """Whether the record that it comes from uses any mark."""

    taken: int = 0
    """How many values the record has that the edition has not."""

    kept: Mapping[Path, tuple[int, ...]] = field(default_factory=dict)
    """For each list of parts, by its path in the edition, where its items stood in the record."""

    def origin(self, path: Path) -> Path:
        """Return where the record has what the edition has at a path."""
        return tuple(
            self.kept.get(path[:place], range(key + 1))[key] if isinstance(key, int) else key
            for place, key in enumerate(path)
        )


def edition(incident: Incident, audience: Audience) -> Edition:
    """Return the edition of a record for an audience.

    The strictest mark wins among a field, its part and all that contains them. Stakeholders see what has no mark; the
    public does not, unless the record uses no mark at all. Of a record that is an edition already, none is made for
    those who see more; EditionFault is raised for those who see less, unless it has marks.
    """
    marked = is_marked(incident)
    reader = farthest(incident.edition, audience)
    if reader is Audience.INTERNAL:
        return Edition(incident, reader, marked)
    if incident.edition and reader is not incident.edition and not marked:
        message = f"the record is its {incident.edition.value} edition, which has no marks to make another one by"
        raise EditionFault(message)
    cut = _Cut(reader, incident.visibility, unmarked=None if marked else Audience.PUBLIC)
    shown = cut.part(incident, "", (), None) or incident  # its identity is always shown
    shown = shown.model_copy(update={EDITION: reader})
    return Edition(shown, reader, marked, _count(incident) - _count(shown), cut.kept)


def _count(incident: Incident) -> int:
    """Return how many values a record has besides its marks."""
    return sum(not {MARK, EDITION} & {*path} for path, _ in texts(incident.as_data()))


@dataclass(slots=True)
class _Cut:
    """What is known while an edition is cut from a record."""

    reader: Audience
    marks: Mapping[str, Audience]
    unmarked: Audience | None
    """The mark of what has none; None where only stakeholders see that."""

    kept: dict[Path, tuple[int, ...]] = field(default_factory=dict)

    def part(self, part: AnyPart, name: str, path: Path, outer: Audience | None) -> AnyPart | None:
        """Return a part without what is not to be seen, or None where nothing is left that could stand alone."""
        around = strictest(outer, own_mark(part))
        changes: dict[str, object] = {}
        is_empty = True
        for key, described in type(part).model_fields.items():
            value = getattr(part, key)
            if key == MARK:
                changes[key] = default(described)
            elif not _is_left_out(value, described):
                shown = self._value(value, joined(name, key), (*path, key), around)
                if shown is None and described.is_required():
                    return None
                changes[key] = default(described) if shown is None else shown
                is_empty = is_empty and shown is None
        return None if is_empty else part.model_copy(update=changes).without_traces()

    def _value(self, value: object, name: str, path: Path, outer: Audience | None) -> object | None:
        mark = strictest(outer, self.marks.get(name))
        if isinstance(value, Part):
            return self.part(value, name, path, mark)
        if isinstance(value, tuple) and any(isinstance(item, Part) for item in value):
            return self._items(value, name, path, mark)
        return value if self._sees(name, mark) else None

    def _items(self, items: tuple[Part, ...], name: str, path: Path, outer: Audience | None) -> object | None:
        shown: list[Part] = []
        places: list[int] = []
        for place, item in enumerate(items):
            left = self.part(item, name, (*path, len(shown)), outer)
            if left is not None:
                shown.append(left)
                places.append(place)
        self.kept[path] = tuple(places)
        return tuple(shown) or None

    def _sees(self, name: str, mark: Audience | None) -> bool:
        return self.reader.may_see(mark or self._unmarked(name))

    def _unmarked(self, name: str) -> Audience:
        """Return the mark that a field has without one."""
        if name in HELD_BACK:
            return Audience.INTERNAL
        return Audience.PUBLIC if name in ALWAYS_SHOWN else self.unmarked or Audience.STAKEHOLDER


def _is_left_out(value: object, described: FieldInfo) -> bool:
    return not described.is_required() and value == default(described)
