"""Rootly: incidents, events, action items and post-mortems in JSON:API documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.readers.rich.html import markdown
from afterword.readers.tools.draft import Draft, day, event, in_order, span
from afterword.readers.tools.joining import Parts, joined
from afterword.readers.tools.view import Leaf, Made, View, first

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
    return any(each["type"].text in {"incidents", *_PARTS} and each.has("attributes") for each in _objects(root))


def _objects(root: View) -> tuple[View, ...]:
    single = (root["data"],) if root["data"].has("attributes") else ()
    return (*single, *root["data"].items, *root["included"].items, *root.items)


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident, with the events, action items and post-mortems that the files have of it."""
    objects = [each for root in roots for each in _objects(root)]
    incidents = [each for each in objects if each["type"].text not in _PARTS]
    parts = [(_PARTS[each["type"].text], each) for each in objects if each["type"].text in _PARTS]
    owners = {each["id"].text: root["id"].text for root in incidents for each in _related(root)}

    def owner(part: View) -> str:
        return part["attributes"]["incident_id"].text or owners.get(part["id"].text, "")

    for root, mine in joined(incidents, parts, owner):
        whole = mine["post_mortems"][0] if not root["attributes"].value and "post_mortems" in mine else root
        yield Draft(whole, _record(whole, root, mine), mine)


def _related(root: View) -> Iterator[View]:
    for name in ("events", "action_items"):
        yield from root["relationships"][name]["data"].items


def _record(root: View, incident: View, parts: Parts) -> dict[str, Made]:
    about = root["attributes"]
    start = first(about["started_at"].take(), about["created_at"].take())
    link = about["url"].take_url()
    ends = (about["resolved_at"], about["mitigated_at"])
    post_mortems = [each["attributes"] for each in parts.get("post_mortems", [])]
    title = first(about["title"].take(), *(each["attributes"]["incident_title"].take() for each in _all(parts)))
    return {
        "id": first(
            incident["id"].take(),
            *(each["attributes"]["incident_id"].take() for each in _all(parts)),
            root["id"].take(),
        ),
        "title": title or root.say("Untitled incident", "the export has no title"),
        "date": day(first(start, *(_began(each) for each in _all(parts)))),
        "status": about["status"].choose(_STATUSES),
        "severity": about["severity"]["data"]["attributes"]["name"].take(),
        "services": [each["attributes"]["name"].take() for each in about["services"].items],
        "responders": _starter(about),
        "summary": about["summary"].take(markdown),
        "timeline": in_order([*_moments(about), *(_event(each["attributes"]) for each in parts.get("events", []))]),
        "impact": span(start, first(*(each.take() for each in ends))) if incident is root else {},
        "preventive_measures": [_action(each["attributes"]) for each in parts.get("action_items", [])],
        "references": [{"title": link and about["url"].say("Incident in Rootly"), "url": link}],
        "sections": [
            {"heading": each["title"].take(), "body": each["content"].take(markdown)}
            for each in post_mortems
            if each["content"].text
        ],
    }


def _all(parts: Parts) -> list[View]:
    return [each for listed in parts.values() for each in listed]


def _began(part: View) -> Leaf | None:
    about = part["attributes"]
    return first(about["occurred_at"].take(), about["started_at"].take(), about["created_at"].take())


def _starter(about: View) -> list[Made]:
    person = about["started_by"]["data"]["attributes"]
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
            said = about[more].take(markdown) if more else None
            yield event(at.take(), said or at.say(words), at.say(kind))


def _event(about: View) -> dict[str, Made]:
    said = first(about["event"].take(markdown), about["event_raw"].take(markdown))
    return event(about["occurred_at"].take(), said, actor=about["user_display_name"].take())


def _action(about: View) -> dict[str, Made]:
    person = about["assigned_to"]["data"]["attributes"]
    name = first(person["full_name"].take(), person["name"].take(), about["assigned_to"]["name"].take())
    summary, description = about["summary"].take(markdown), about["description"].take(markdown)
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
