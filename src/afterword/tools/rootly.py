"""Rootly: incidents, events, action items and post-mortems in JSON:API documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.tools.draft import POST_MORTEM, Draft, day, event, in_order, span
from afterword.tools.joining import Parts, joined
from afterword.tools.view import Leaf, Made, View, first

NAME = "Rootly"
_STATUSES = {
    "in_triage": "open",
    "started": "open",
    "detected": "open",
    "acknowledged": "investigating",
    "mitigated": "mitigated",
    "resolved": "resolved",
    "closed": "closed",
    "cancelled": "closed",
    "completed": "closed",
}
_MOMENTS = {
    "in_triage_at": ("In triage", "note", ""),
    "detected_at": ("Detected", "detected", ""),
    "acknowledged_at": ("Acknowledged", "acknowledged", ""),
    "mitigated_at": ("Mitigated", "mitigated", "mitigation_message"),
    "resolved_at": ("Resolved", "resolved", "resolution_message"),
    "closed_at": ("Closed", "closed", ""),
    "cancelled_at": ("Cancelled", "closed", "cancellation_message"),
}
"""The moments of an incident: what an event says of each, its kind, and the field that has more to say."""

_VISIBILITY = {"internal": "internal", "external": "public"}
_KIND_OF = {True: "Post-mortem", False: "Incident"}
_STAGES = {"draft": "draft", "in_review": "in-review", "published": "final"}
_ACTIONS = {"open": "open", "in_progress": "in-progress", "done": "done", "cancelled": "declined"}
_PARTS = {"incident_events": "events", "incident_action_items": "action_items", "incident_post_mortems": "post_mortems"}
_TICKETS = (
    "jira_issue_url",
    "linear_issue_url",
    "github_issue_url",
    "gitlab_issue_url",
    "asana_task_url",
    "shortcut_story_url",
    "trello_card_url",
    "clickup_task_url",
    "zendesk_ticket_url",
    "url",
)


def recognises(root: View) -> bool:
    """Return whether a file is an export of Rootly."""
    return _is_flat(root["data"]) or any(
        each["type"].text in {"incidents", *_PARTS} and each.has("attributes") for each in _objects(root)
    )


def _is_flat(view: View) -> bool:
    """Return whether this is an incident as webhooks have it, without `attributes`."""
    return view.has("title", "slug", "sequential_id") or view.has("title", "in_triage_at", "mitigated_at")


def _about(root: View) -> View:
    return root["attributes"] if root.has("attributes") else root


def _objects(root: View) -> tuple[View, ...]:
    single = (root["data"],) if root["data"].has("attributes") or _is_flat(root["data"]) else ()
    return (*single, *root["data"].items, *root["included"].items, *root.items)


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident, with the events, action items and post-mortems that the files have of it."""
    objects = [each for root in roots for each in _objects(root)]
    incidents = [each for each in objects if each["type"].text == "incidents" or _is_flat(each)]
    parts = [(_PARTS[each["type"].text], each) for each in objects if each["type"].text in _PARTS]
    owners = {each["id"].text: root["id"].text for root in incidents for each in _related(root)}

    def owner(part: View) -> str:
        return part["attributes"]["incident_id"].text or owners.get(part["id"].text, "")

    for root, mine in joined(incidents, parts, owner):
        whole = mine["post_mortems"].pop(0) if "post_mortems" in mine and not _about(root).has("title") else root
        told = [each["attributes"] for each in (*([] if whole is root else [whole]), *mine.get("post_mortems", []))]
        yield Draft(
            whole,
            _record(whole, root, mine),
            mine,
            [(each["title"].text or POST_MORTEM, each["content"].take_prose()) for each in told],
        )


def _related(root: View) -> Iterator[View]:
    for name in ("events", "action_items"):
        yield from root["relationships"][name]["data"].items


def _record(root: View, incident: View, parts: Parts) -> dict[str, Made]:
    about = _about(root)
    start = first(about["started_at"].take_time(), about["created_at"].take_time())
    link = about["url"].take_url()
    ends = (about["resolved_at"], about["mitigated_at"])
    is_post_mortem = root["type"].text == "incident_post_mortems"
    told = [*([root] if is_post_mortem else []), *parts.get("post_mortems", [])]
    entries = [*(each["attributes"] for each in parts.get("events", [])), *about["events"].items]
    title = first(about["title"].take(), *(each["attributes"]["incident_title"].take() for each in _all(parts)))
    return {
        "id": first(
            incident["id"].take(),
            about["incident_id"].take(),
            *(each["attributes"]["incident_id"].take() for each in _all(parts)),
            root["id"].take(),
        ),
        "title": title or root.say("Untitled incident", "the export has no title"),
        "date": day(first(start, *(_began(each) for each in _all(parts)))),
        "status": about["status"].choose({} if is_post_mortem else _STATUSES),
        "stage": first(*(each["attributes"]["status"].choose(_STAGES) for each in told)),
        "severity": first(
            about["severity"]["data"]["attributes"]["name"].take(),
            about["severity"]["name"].take(),
            about["severity"].take(),
        ),
        "services": _names(about, "services", "functionalities"),
        "responders": _starter(about),
        "summary": about["summary"].take_prose(),
        "timeline": in_order([*_moments(about), *map(_event, entries)]),
        "root_cause": {"contributing_factors": _names(about, "causes")},
        "impact": span(start, first(*(each.take_time() for each in ends))),
        "preventive_measures": [
            *(_action(each["attributes"]) for each in parts.get("action_items", [])),
            *map(_action, about["action_items"].items),
        ],
        "references": [{"title": link and about["url"].say(f"{_KIND_OF[is_post_mortem]} in Rootly"), "url": link}],
    }


def _all(parts: Parts) -> list[View]:
    return [each for listed in parts.values() for each in listed]


def _began(part: View) -> Leaf | None:
    about = part["attributes"]
    return first(about["occurred_at"].take_time(), about["started_at"].take_time(), about["created_at"].take_time())


def _names(about: View, *lists: str) -> list[Made]:
    """Return the names in some lists, whose objects may have them in their attributes or plainly."""
    found = (about[name].items or about[name]["data"].items for name in lists)
    return [first(_about(each)["name"].take(), each.take()) for listed in found for each in listed]


def _starter(about: View) -> list[Made]:
    person = about["started_by"]["data"]["attributes"] if about["started_by"].has("data") else about["started_by"]
    name = first(person["full_name"].take(), person["name"].take())
    return (
        [{"name": name, "email": person["email"].take_email(), "role": person.say("Started the incident")}]
        if name
        else []
    )


def _moments(about: View) -> Iterator[dict[str, Made]]:
    for field, (words, kind, more) in _MOMENTS.items():
        at = about[field]
        if at.text:
            said = about[more].take_prose() if more else None
            yield event(at.take_time(), said or at.say(words), at.say(kind))


def _event(about: View) -> dict[str, Made]:
    said = first(about["event"].take_prose(), about["event_raw"].take_prose())
    seen_by = about["visibility"].choose(_VISIBILITY)
    return event(about["occurred_at"].take_time(), said, actor=about["user_display_name"].take(), visibility=seen_by)


def _action(about: View) -> dict[str, Made]:
    person = about["assigned_to"]["data"]["attributes"]
    name = first(person["full_name"].take(), person["name"].take(), about["assigned_to"]["name"].take())
    summary, description = about["summary"].take_prose(), about["description"].take_prose()
    if summary and description and summary.text == description.text:
        description = None
    return {
        "title": summary,
        "description": description,
        "owner": {"name": name, "email": person["email"].take_email()} if name else {},
        "due": about["due_date"].take(lambda text: text.strip()[:10]),
        "status": about["status"].choose(_ACTIONS),
        "ticket": first(*(about[name].take_url() for name in _TICKETS if about[name].text)),
        "priority": about["priority"].take(),
    }
