"""Grafana IRM (Grafana Incident): incidents of its API with the items of their activity."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.tools.draft import Draft, day, event, in_order, span
from afterword.tools.joining import Parts, joined
from afterword.tools.view import Made, View, first

NAME = "Grafana IRM"
_STATUSES = {"active": "investigating", "resolved": "resolved"}
_TASKS = {"todo": "open", "progress": "in-progress", "done": "done"}
_LISTS = ("incidents", "incidentPreviews")


def recognises(root: View) -> bool:
    """Return whether a file is an export of Grafana IRM."""
    return any(each.has("incidentID") for each in _incidents(root)) or any(
        each.has("activityItemID") for each in _items(root)
    )


def _incidents(root: View) -> list[View]:
    found = [root["incident"], root, *root.items, *(each for name in _LISTS for each in root[name].items)]
    return [each for each in found if each.has("incidentID", "title")]


def _items(root: View) -> tuple[View, ...]:
    return (*root["activityItems"].items, *(each for each in root.items if each.has("activityItemID")))


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident, with the items of its activity."""
    incidents = [each for root in roots for each in _incidents(root)]
    parts = [("activityItems", each) for root in roots for each in _items(root)]
    for root, mine in joined(incidents, parts, _owner, _owner):
        yield Draft(root, _record(root, mine), mine)


def _owner(view: View) -> str:
    return view["incidentID"].text


def _record(root: View, parts: Parts) -> dict[str, Made]:
    items = parts.get("activityItems", [])
    start = first(root["incidentStart"].take_time(), root["createdTime"].take_time())
    times = (each["eventTime"].take_time() for each in items)
    link = first(root["overviewURL"].take_url(), root["url"].take_url())
    name = first(root["incidentID"].take(), *(each["incidentID"].take() for each in items))
    return {
        "id": name,
        "title": first(
            root["title"].take(), items[0].say(f"Incident {name.text}", "no title") if name and items else None
        ),
        "date": day(first(start, *times)),
        "status": root["status"].choose(_STATUSES),
        "severity": first(root["severity"].take(), root["severityLabel"].take()),
        "tags": [first(each["label"].take(), each["name"].take()) for each in root["labels"].items],
        "responders": _people(root),
        "summary": root["summary"].take_prose(),
        "timeline": in_order([_event(each) for each in items]),
        "impact": span(start, first(root["incidentEnd"].take_time(), root["closedTime"].take_time())),
        "preventive_measures": [_task(each) for each in root["taskList"]["tasks"].items],
        "references": [{"title": link and root.say("Incident in Grafana IRM"), "url": link}],
    }


def _people(root: View) -> list[Made]:
    listed = root["incidentMembership"]["assignments"].items or root["roles"].items
    return [
        {"name": each["user"]["name"].take(), "role": first(each["role"]["name"].take(), each["role"].take())}
        for each in listed
        if each["user"]["name"].text
    ]


def _event(item: View) -> dict[str, Made]:
    at = first(item["eventTime"].take_time(), item["createdTime"].take_time())
    words = first(
        item["body"].take_prose(),
        item["activityKind"].take(lambda kind: kind.replace("activity", "").replace("_", " ").strip() or kind),
    )
    return event(at, words, actor=item["user"]["name"].take(), link=item["url"].take_url())


def _task(task: View) -> dict[str, Made]:
    return {
        "title": task["text"].take(),
        "owner": {"name": task["assignedUser"]["name"].take()},
        "status": task["status"].choose(_TASKS),
    }
