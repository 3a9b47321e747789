"""Incidents and their parts from lists and files of their own, brought together by the ids that the parts name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

from afterword.tools.stamps import moment
from afterword.tools.view import View

Parts = dict[str, list[View]]
"""The parts of one incident by the names of their lists."""


def _id(incident: View) -> str:
    return incident["id"].text


def joined(
    incidents: Sequence[View],
    parts: Sequence[tuple[str, View]],
    owner: Callable[[View], str],
    identity: Callable[[View], str] = _id,
) -> Iterator[tuple[View, Parts]]:
    """Yield each incident with its parts; of one that comes several times, the latest with what the others had.

    A part that names no incident belongs to the only one there is. Parts whose incident is not among those given make
    one of their own, whose view is what the part says of its incident.
    """
    found: dict[str, Parts] = {}
    known = {*map(identity, incidents)} or {*filter(None, (owner(part) for _, part in parts))}
    only = next(iter(known)) if len(known) == 1 else ""
    for name, part in parts:
        found.setdefault(owner(part) or only, {}).setdefault(name, []).append(part)
    for incident, earlier in latest(incidents, identity):
        yield incident, {**found.pop(identity(incident), {}), **earlier}
    for key, mine in found.items():
        listed = [part for parts_of_a_name in mine.values() for part in parts_of_a_name]
        yield _stand_in(next((part for part in listed if owner(part) == key), listed[0])), mine


_CHANGED = ("updated_at", "last_status_change_at", "updatedAt", "modifiedTime", "created_at", "createdAt")


def latest(incidents: Sequence[View], identity: Callable[[View], str] = _id) -> Iterator[tuple[View, Parts]]:
    """Yield each incident once: its latest state, and as a part what earlier states have that it has not."""
    states: dict[str, list[View]] = {}
    for place, incident in enumerate(incidents):
        states.setdefault(identity(incident) or f" {place}", []).append(incident)
    for listed in states.values():
        newest = max(reversed(listed), key=_changed)
        others = [_differing(each, newest) for each in listed if each is not newest]
        earlier = [each for each in others if each.value]
        yield newest, {"earlier_states": earlier} if earlier else {}


def _changed(incident: View) -> datetime:
    text = next((incident[name].text for name in _CHANGED if incident[name].text), "")
    return moment(text) if text else datetime.min.replace(tzinfo=UTC)


def _differing(earlier: View, newest: View) -> View:
    """Return what an earlier state of a mapping has that the newest has not."""
    if not isinstance(earlier.value, dict) or not isinstance(newest.value, dict):
        return earlier
    pairs = ((key, earlier[key], newest[key]) for key in earlier.keys)
    found = {key: _differing(old, new).value for key, old, new in pairs if old.value != new.value}
    return View({key: value for key, value in found.items() if value}, earlier.path, earlier.blank)


def owner_in(part: View, *names: str) -> str:
    """Return the id of the incident that a part names, under one of some names, as a reference or plainly."""
    return next(filter(None, (part[name]["id"].text or part[f"{name}_id"].text for name in names)), "")


def _stand_in(part: View) -> View:
    """Return what a part says of its incident, a mapping with its id at least where it says anything."""
    for holder, name in ((part, "incident"), (part, "post"), (part["attributes"], "incident")):
        if holder[name].has("id"):
            return holder[name]
        named = holder[f"{name}_id"]
        if named.text:
            return View({"id": named.value}, named.path, part.blank)
    if part["incidentID"].text:
        return View({"incidentID": part["incidentID"].value}, part["incidentID"].path, part.blank)
    return View({}, part["incident"].path, part.blank)
