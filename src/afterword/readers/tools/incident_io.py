"""incident.io: incidents of both versions of the API, with incident updates, follow-ups and actions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.readers.tools.draft import Draft, day, event, in_order
from afterword.readers.tools.joining import Parts, joined, owner_in
from afterword.readers.tools.view import Leaf, Made, View, first

NAME = "incident.io"
_STATUSES = {
    "triage": "open",
    "live": "investigating",
    "investigating": "investigating",
    "fixing": "identified",
    "monitoring": "monitoring",
    "learning": "resolved",
    "paused": "open",
    "closed": "closed",
    "declined": "closed",
    "merged": "closed",
    "canceled": "closed",
}
"""Categories of statuses, and the statuses of version 1 of the API."""

_KINDS = {
    "impact started": "impact-start",
    "reported": "detected",
    "detected": "detected",
    "accepted": "acknowledged",
    "acknowledged": "acknowledged",
    "identified": "diagnosed",
    "fixing": "diagnosed",
    "fixed": "mitigated",
    "mitigated": "mitigated",
    "monitoring": "mitigated",
    "impact ended": "mitigated",
    "resolved": "resolved",
    "learning": "resolved",
    "closed": "closed",
}
"""What timestamps and statuses mean, by their usual names without the word `at`; names are free in this tool."""

_DONE = {"outstanding": "open", "completed": "done", "not_doing": "declined", "deleted": "declined"}
_PARTS = ("incident_updates", "follow_ups", "actions")
_BY_NAME = "inferred from the name of the status or timestamp, which is free in this tool"


def recognises(root: View) -> bool:
    """Return whether a file is an export of incident.io."""
    return any(map(_is_ours, _incidents(root))) or any(each.has("incident_id") for _, each in _parts(root))


def _is_ours(view: View) -> bool:
    return view.has("name", "reference") or view.has("incident_role_assignments") or view.has("incident_status")


def _incidents(root: View) -> tuple[View, ...]:
    if root["incident"].has("name"):
        return (root["incident"],)
    return (root,) if root.has("reference", "name") else (*root["incidents"].items, *root.items)


def _parts(root: View) -> list[tuple[str, View]]:
    return [(name, each) for name in _PARTS for each in root[name].items]


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident, with the updates, follow-ups and actions that the files have of it."""
    incidents = [each for root in roots for each in _incidents(root)]
    parts = [each for root in roots for each in _parts(root)]
    for root, mine in joined(incidents, parts, lambda part: owner_in(part, "incident")):
        yield Draft(root, _record(root, mine), mine)


def _record(root: View, parts: Parts) -> dict[str, Made]:
    updates = parts.get("incident_updates", [])
    events = in_order([*_moments(root), *map(_update, updates)])
    named = first(root["name"].take(), _named(root["id"]))
    link = root["permalink"].take_url()
    document = root["postmortem_document_url"].take_url()
    return {
        "id": first(root["reference"].take(), root["id"].take()),
        "title": named,
        "date": day(first(root["created_at"].take(), *(each["created_at"].take() for each in updates), _told(parts))),
        "status": first(root["incident_status"]["category"].choose(_STATUSES), root["status"].choose(_STATUSES)),
        "severity": root["severity"]["name"].take(),
        "responders": _people(root),
        "summary": root["summary"].take(),
        "timeline": events,
        "resolution": {"steps": [{"description": each["description"].take()} for each in parts.get("actions", [])]},
        "preventive_measures": [_action(each) for each in parts.get("follow_ups", [])],
        "references": [
            {"title": link and root["permalink"].say("Incident in incident.io"), "url": link},
            {"title": document and root["postmortem_document_url"].say("Post-mortem document"), "url": document},
        ],
    }


def _named(identity: View) -> Leaf | None:
    return identity.say(f"Incident {identity.text}", "the export has no name for it") if identity.text else None


def _told(parts: Parts) -> Leaf | None:
    """Return when the first part was made, for want of any time of the incident itself."""
    times = (each["created_at"] for name in ("follow_ups", "actions") for each in parts.get(name, []))
    return next((each.say(each.text, "the day of what was written of it") for each in times if each.text), None)


def _people(root: View) -> list[Made]:
    return [
        {
            "name": each["assignee"]["name"].take(),
            "email": each["assignee"]["email"].take_email(),
            "role": each["role"]["name"].take(),
        }
        for each in root["incident_role_assignments"].items
        if each["assignee"]["name"].text
    ]


def _moments(root: View) -> Iterator[dict[str, Made]]:
    """Yield an event for each timestamp that is set: of version 2 of the API, or of version 1."""
    for each in root["incident_timestamp_values"].items:
        if each["value"]["value"].text:
            name = each["incident_timestamp"]["name"]
            yield event(each["value"]["value"].take(), name.take(), _kind(name))
    for each in root["timestamps"].items:
        if each["last_occurred_at"].text:
            words = each["name"].take(lambda name: name.replace("_", " ").capitalize())
            yield event(each["last_occurred_at"].take(), words, _kind(each["name"]))


def _kind(name: View) -> Leaf | None:
    plain = name.text.casefold().replace("_", " ").removesuffix(" at")
    return name.say(_KINDS[plain], _BY_NAME) if plain in _KINDS else None


def _update(update: View) -> dict[str, Made]:
    status, updater = update["new_incident_status"]["name"], update["updater"]
    who = first(*(updater[kind]["name"].take() for kind in ("user", "api_key", "workflow", "alert")))
    said = first(update["message"].take(), status.take(lambda name: f"Status: {name}"), update["id"].say("Update"))
    return event(update["created_at"].take(), said, _kind(status) or update.say("communicated"), actor=who)


def _action(follow_up: View) -> dict[str, Made]:
    assignee, issue = follow_up["assignee"], follow_up["external_issue_reference"]
    owner: Made = None
    if assignee["name"].text:
        owner = {"name": assignee["name"].take(), "email": assignee["email"].take_email()}
    return {
        "title": follow_up["title"].take(),
        "description": follow_up["description"].take(),
        "owner": owner,
        "status": follow_up["status"].choose(_DONE),
        "ticket": first(issue["issue_permalink"].take_url(), issue["issue_name"].take()),
        "priority": follow_up["priority"]["name"].take(),
    }
