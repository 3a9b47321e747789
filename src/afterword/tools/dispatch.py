"""Netflix Dispatch: incidents of its API, with their events and tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.tools.draft import Draft, day, event, in_order, moments, span
from afterword.tools.joining import latest
from afterword.tools.view import Leaf, Made, View, first

NAME = "Dispatch"
_STATUSES = {"active": "investigating", "stable": "mitigated", "closed": "closed"}
_TASKS = {"open": "open", "in progress": "in-progress", "resolved": "done"}
_MOMENTS = {
    "reported_at": ("Reported", "detected"),
    "stable_at": ("Stable", "mitigated"),
    "closed_at": ("Closed", "closed"),
}
_KEYS = ("incident_type", "incident_severity", "incident_priority")


def recognises(root: View) -> bool:
    """Return whether a file is an export of Dispatch."""
    return any(each.has("title") and sum(map(each.has, _KEYS)) > 1 for each in _incidents(root))


def _incidents(root: View) -> tuple[View, ...]:
    return (root,) if root.has("title") else (*root["items"].items, *root["incidents"].items, *root.items)


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident."""
    for each, earlier in latest([each for root in roots for each in _incidents(root)]):
        yield Draft(each, _record(each), earlier)


def _record(root: View) -> dict[str, Made]:
    start = first(root["reported_at"].take_time(), root["created_at"].take_time())
    ended = first(root["stable_at"].take_time(), root["closed_at"].take_time())
    return {
        "id": first(root["name"].take(), root["id"].take()),
        "title": root["title"].take(),
        "date": day(start),
        "status": root["status"].choose(_STATUSES),
        "severity": first(root["incident_severity"]["name"].take(), root["incident_priority"]["name"].take()),
        "tags": [each["name"].take() for each in root["tags"].items],
        "responders": _people(root),
        "summary": root["description"].take_prose(),
        "timeline": in_order([*moments(root, _MOMENTS), *map(_event, root["events"].items)]),
        "impact": span(start, ended),
        "resolution": {"description": root["resolution"].take_prose()},
        "preventive_measures": [_task(each) for each in root["tasks"].items],
        "references": [_reference(each) for each in root["documents"].items],
    }


def _person(participant: View) -> View:
    return participant["individual"] if participant.has("individual") else participant


def _name(participant: View) -> Leaf | None:
    person = _person(participant)
    return first(person["name"].take(), person["email"].take())


def _people(root: View) -> list[Made]:
    people = ("commander", "Incident commander"), ("reporter", "Reporter"), ("liaison", "Liaison")
    return [
        {
            "name": _name(root[key]),
            "email": _person(root[key])["email"].take_email(),
            "role": root[key].say(role),
        }
        for key, role in people
        if _name(root[key])
    ]


def _event(entry: View) -> dict[str, Made]:
    return event(
        entry["started_at"].take_time(),
        first(entry["description"].take_prose(), entry["type"].take()),
        actor=first(entry["owner"].take(), _name(entry["individual"])),
        source=entry["source"].take(),
    )


def _task(task: View) -> dict[str, Made]:
    owner = next((each for each in (*task["assignees"].items, task["owner"]) if _name(each)), task["nobody"])
    return {
        "description": task["description"].take_prose(),
        "owner": {"name": _name(owner)},
        "status": task["status"].choose(_TASKS),
        "ticket": task["weblink"].take_url(),
    }


def _reference(document: View) -> dict[str, Made]:
    link = document["weblink"].take_url()
    return {"title": document["name"].take() if link else None, "url": link}
