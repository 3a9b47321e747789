"""Incidents and their parts from lists and files of their own, brought together by the ids that the parts name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from afterword.readers.tools.view import View

Parts = dict[str, list[View]]
"""The parts of one incident by the names of their lists."""


def joined(
    incidents: Sequence[View],
    parts: Sequence[tuple[str, View]],
    owner: Callable[[View], str],
    identity: Callable[[View], str] = lambda incident: incident["id"].text,
) -> Iterator[tuple[View, Parts]]:
    """Yield each incident with its parts.

    A part that names no incident belongs to the only one there is. Parts whose incident is not among those given make
    one of their own, whose view is what the part says of its incident.
    """
    found: dict[str, Parts] = {}
    known = {*map(identity, incidents)} or {*filter(None, (owner(part) for _, part in parts))}
    only = next(iter(known)) if len(known) == 1 else ""
    for name, part in parts:
        found.setdefault(owner(part) or only, {}).setdefault(name, []).append(part)
    for incident in incidents:
        yield incident, found.pop(identity(incident), {})
    for key, mine in found.items():
        listed = [part for parts_of_a_name in mine.values() for part in parts_of_a_name]
        yield _stand_in(next((part for part in listed if owner(part) == key), listed[0])), mine


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
    return View({}, part["incident"].path, part.blank)
