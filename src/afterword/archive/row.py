"""What the index knows about one report, small enough to be kept in the state of the archive."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from afterword.incident.durations import DurationName, durations
from afterword.incident.model import Incident
from afterword.incident.parts import SETTLED, Action


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One preventive measure that is tracked."""

    title: str
    owner: str
    due: str | None
    """ISO 8601 date."""

    status: str
    priority: str
    ticket: str
    overdue: bool
    """Whether it was due and open on the day that the report speaks of."""

    @property
    def is_open(self) -> bool:
        """Return whether something is still to be done."""
        return self.status not in SETTLED


@dataclass(frozen=True, slots=True)
class Row:
    """One report, so that an archive in which nothing changed is indexed without reading a source."""

    id: str
    title: str
    date: str
    """ISO 8601 date of the incident."""

    started_at: str
    """ISO 8601 start of the impact, else of the first event, else the date."""

    severity: str
    status: str
    stage: str
    services: tuple[str, ...]
    tags: tuple[str, ...]
    language: str
    minutes_to_resolve: int | None
    """None where it is not recorded."""

    edition: str
    """Audience that the report was made for; empty for the internal one."""

    files: Mapping[str, str]
    """Path of each format's file, relative to the payload folder of the bag, with forward slashes."""

    actions: tuple[ActionRow, ...] = ()

    def as_json(self) -> str:
        """Return the row as one line of JSON, such that `from_json` gives it back."""
        return json.dumps(asdict(self), separators=(",", ":"))


def from_json(text: str) -> Row:
    """Return the row that `Row.as_json` wrote."""
    data: dict[str, Any] = json.loads(text)
    actions = tuple(ActionRow(**each) for each in data.pop("actions"))
    services, tags = tuple(data.pop("services")), tuple(data.pop("tags"))
    return Row(**data, services=services, tags=tags, actions=actions)


def row_of(incident: Incident, files: Mapping[str, str], as_of: date) -> Row:
    """Return the row of a report, made of the edition of the record that it shows.

    `as_of` is the day on which an open action past its due date is overdue.
    """
    return Row(
        id=incident.id,
        title=incident.title,
        date=incident.date.isoformat(),
        started_at=_started_at(incident),
        severity=incident.severity,
        status=incident.status.value,
        stage=incident.stage.value,
        services=incident.services,
        tags=incident.tags,
        language=incident.language,
        minutes_to_resolve=_minutes_to_resolve(incident),
        edition=incident.edition.value if incident.edition else "",
        files=dict(files),
        actions=tuple(_action(each, as_of) for each in incident.preventive_measures if each.is_tracked),
    )


def _started_at(incident: Incident) -> str:
    first = incident.timeline[0].at if incident.timeline else None
    return (incident.impact.started_at or first or incident.date).isoformat()


def _minutes_to_resolve(incident: Incident) -> int | None:
    """Return whole minutes from the start to the resolution, as the report measures them."""
    measured = {each.name: each.value for each in durations(incident)}
    value = measured[DurationName.TO_RESOLVE]
    return None if value is None else value // timedelta(minutes=1)


def _action(action: Action, as_of: date) -> ActionRow:
    return ActionRow(
        title=action.title or " ".join(action.description.split()),
        owner=action.owner.name if action.owner else "",
        due=action.due.isoformat() if action.due else None,
        status=action.status,
        priority=action.priority,
        ticket=action.ticket,
        overdue=action.is_overdue(as_of),
    )
