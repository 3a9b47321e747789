"""FireHydrant: incidents with milestones and events, and retrospectives with their questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.readers.rich.html import markdown
from afterword.readers.tools.draft import Draft, day, event, in_order, moment, span
from afterword.readers.tools.view import Leaf, Made, View, first

NAME = "FireHydrant"
BLANK = frozenset({"None"})
"""Exports that went through a script have this where the API has null."""

_KINDS = {
    "started": "impact-start",
    "detected": "detected",
    "acknowledged": "acknowledged",
    "investigating": "acknowledged",
    "identified": "diagnosed",
    "mitigated": "mitigated",
    "resolved": "resolved",
    "closed": "closed",
}
_STATUSES = {
    "started": "open",
    "detected": "open",
    "acknowledged": "investigating",
    "investigating": "investigating",
    "identified": "identified",
    "mitigated": "mitigated",
    "resolved": "resolved",
    "postmortem_started": "resolved",
    "postmortem_completed": "closed",
    "retrospective_started": "resolved",
    "retrospective_completed": "closed",
    "closed": "closed",
}
_TICKETS = {"open": "open", "in_progress": "in-progress", "cancelled": "declined", "done": "done"}
_GROUPS = {"went well": "went-well", "poorly": "went-wrong", "wrong": "went-wrong", "not so well": "went-wrong"}
_GROUPS |= {"lucky": "lucky"}
"""Words of a question by which its answer is a lesson; other questions get a section each."""


def recognises(root: View) -> bool:
    """Return whether a file is an export of FireHydrant."""
    return any(each.has("milestones", "name") for each in _incidents(root))


def _incidents(root: View) -> list[View]:
    single = [each for each in (root["incident"], root) if each.has("milestones")][:1]
    listed = [*root.items, *root["data"].items, *root["incidents"].items]
    return single or [each["incident"] if each["incident"].has("milestones") else each for each in listed]


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident; what a retrospective adds to it is part of it."""
    for root in roots:
        for each in _incidents(root):
            whole = root if each.path == (*root.path, "incident") else each
            yield Draft(whole, _record(each, whole))


def _record(root: View, whole: View) -> dict[str, Made]:
    start = first(root["started_at"].take(), root["created_at"].take())
    link = root["incident_url"].take_url()
    lessons, sections = _answers(whole["questions"])
    return {
        "id": root["id"].take(),
        "title": root["name"].take(),
        "date": day(start),
        "status": root["current_milestone"].choose(_STATUSES),
        "severity": first(root["severity"].take(), root["priority"].take()),
        "tags": [each.take() for each in root["tag_list"].items],
        "services": [each["name"].take() for each in root["services"].items],
        "responders": _people(root),
        "summary": first(
            *(each.take(markdown) for each in (root["summary"], whole["summary"], root["description"]) if each.text)
        ),
        "timeline": in_order([*map(_milestone, root["milestones"].items), *map(_event, _logged(root))]),
        "impact": _impact(root, start),
        "lessons": lessons,
        "preventive_measures": [_ticket(each) for each in root["incident_tickets"].items if _is_follow_up(each)],
        "references": [{"title": link and root["incident_url"].say("Incident in FireHydrant"), "url": link}],
        "sections": sections,
    }


def _impact(root: View, start: Leaf | None) -> dict[str, Made]:
    ended = [each["occurred_at"] for each in root["milestones"].items if each["type"].text in {"mitigated", "resolved"}]
    end = min(ended, key=lambda each: moment(each.text), default=root["nothing"])
    customers = root["customers_impacted"]
    count = customers.take() if customers.text not in {"", "0"} else None
    return {
        "description": root["customer_impact_summary"].take(markdown),
        "measures": [{"name": count and customers.say("Customers affected"), "value": count}],
        "services": [each["impact"]["name"].take() for each in root["impacts"].items if each["type"].text == "service"],
        **span(start, end.take()),
    }


def _people(root: View) -> list[Made]:
    return [
        {
            "name": each["user"]["name"].take(),
            "email": each["user"]["email"].take_email(),
            "role": each["incident_role"]["name"].take(),
        }
        for each in root["role_assignments"].items
        if each["user"]["name"].text
    ]


def _milestone(milestone: View) -> dict[str, Made]:
    kind = milestone["type"].choose(_KINDS)
    words = milestone["type"].take(lambda name: f"Milestone: {name.replace('_', ' ')}")
    return event(milestone["occurred_at"].take(), words, kind)


def _logged(root: View) -> tuple[View, ...]:
    return root["events"].items or root["events"]["data"].items


def _event(entry: View) -> dict[str, Made]:
    words = first(
        *(
            entry["data"][name].take(markdown)
            for name in ("body", "summary", "message", "name")
            if entry["data"][name].text
        )
    )
    words = words or entry["type"].take(lambda name: name.replace("_", " ").capitalize())
    return event(entry["occurred_at"].take(), words, actor=entry["author"]["name"].take())


def _answers(questions: View) -> tuple[list[Made], list[Made]]:
    """Return the answers of a retrospective as lessons and as sections."""
    lessons: list[Made] = []
    sections: list[Made] = []
    for each in questions.items:
        if not (each["title"].text and each["body"].text):
            continue
        asked = each["title"].text.casefold()
        group = next((group for words, group in _GROUPS.items() if words in asked), "")
        if group:
            lessons.append({"description": each["body"].take(markdown), "group": each["title"].say(group)})
        else:
            sections.append({"heading": each["title"].take(), "body": each["body"].take(markdown)})
    return lessons, sections


def _is_follow_up(ticket: View) -> bool:
    return ticket["type"].text == "follow_up"


def _ticket(ticket: View) -> dict[str, Made]:
    owner = next((each for each in ticket["assignees"].items if each["name"].text), ticket["nobody"])
    return {
        "title": ticket["summary"].take(),
        "description": ticket["description"].take(markdown),
        "owner": {"name": owner["name"].take()},
        "status": ticket["state"].choose(_TICKETS),
        "ticket": ticket["link"].take(),
        "priority": first(ticket["priority"]["name"].take(), ticket["priority"].take()),
    }
