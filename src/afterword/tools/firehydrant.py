"""FireHydrant: incidents with milestones and events, and retrospectives with their questions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.tools.draft import Draft, day, event, in_order, span
from afterword.tools.joining import latest
from afterword.tools.stamps import moment
from afterword.tools.view import Leaf, Made, View, first

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
_VISIBILITY = {
    "private_to_org": "internal",
    "internal_status_page": "stakeholder",
    "open_to_public": "public",
}
_ENDS = frozenset({"mitigated", "resolved"})
_TICKETS = {"open": "open", "in_progress": "in-progress", "cancelled": "declined", "done": "done"}
_GROUPS = {"went well": "went-well", "poorly": "went-wrong", "wrong": "went-wrong", "not so well": "went-wrong"}
_GROUPS |= {"improve": "went-wrong", "lucky": "lucky"}
"""Words of a question by which its answer is a lesson; other questions get a section each."""


def recognises(root: View) -> bool:
    """Return whether a file is an export of FireHydrant."""
    return any(_is_ours(each) for each in _incidents(root))


def _is_ours(view: View) -> bool:
    return view.has("name", "milestones") or view.has("name", "lifecycle_phases")


def _incidents(root: View) -> list[View]:
    single = [each for each in (root["incident"], root) if _is_ours(each)][:1]
    listed = [*root.items, *root["data"].items, *root["incidents"].items]
    return single or [each["incident"] if _is_ours(each["incident"]) else each for each in listed]


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident; what a retrospective adds to it is part of it."""
    around = {each["incident"].path: each for root in roots for each in _around(root)}
    for each, earlier in latest([each for root in roots for each in _incidents(root)]):
        whole = around.get(each.path, each)
        yield Draft(whole, _record(each, whole), earlier)


def _around(root: View) -> tuple[View, ...]:
    """Return what may be a retrospective around an incident."""
    return (root, *root.items, *root["data"].items, *root["incidents"].items)


def _record(root: View, whole: View) -> dict[str, Made]:
    start = first(root["started_at"].take_time(), root["created_at"].take_time())
    link = root["incident_url"].take_url()
    lessons, sections = _answers(whole["questions"])
    return {
        "id": root["id"].take(),
        "title": root["name"].take(),
        "date": day(start),
        "status": root["current_milestone"].choose(_STATUSES),
        "severity": first(*(root[name].take() for name in ("severity", "priority") if root[name].text != "UNSET")),
        "tags": [each.take() for each in root["tag_list"].items],
        "services": [each["name"].take() for each in root["services"].items],
        "responders": _people(root),
        "summary": first(
            *(each.take_prose() for each in (root["summary"], whole["summary"], root["description"]) if each.text)
        ),
        "timeline": in_order([*map(_milestone, _milestones(root)), *map(_event, _logged(root))]),
        "root_cause": {"contributing_factors": [each["summary"].take_prose() for each in _factors(whole)]},
        "impact": _impact(root, start),
        "lessons": lessons,
        "preventive_measures": [_ticket(each) for each in root["incident_tickets"].items if _is_follow_up(each)],
        "references": [{"title": link and root["incident_url"].say("Incident in FireHydrant"), "url": link}],
        "sections": sections,
    }


def _milestones(root: View) -> tuple[View, ...]:
    """Return the milestones, which newer answers have inside the phases of the incident."""
    return root["milestones"].items or tuple(
        each for phase in root["lifecycle_phases"].items for each in phase["milestones"].items
    )


def _type(milestone: View) -> View:
    return next((milestone[name] for name in ("type", "slug", "name") if milestone[name].text), milestone["type"])


def _factors(whole: View) -> tuple[View, ...]:
    return whole["contributing_factors"].items or whole["contributing_factors"]["data"].items


def _impact(root: View, start: Leaf | None) -> dict[str, Made]:
    ended = [each["occurred_at"] for each in _milestones(root) if _type(each).text.casefold() in _ENDS]
    end = min(ended, key=lambda each: moment(each.text), default=root["nothing"])
    customers = root["customers_impacted"]
    count = customers.take() if customers.text not in {"", "0"} else None
    return {
        "description": root["customer_impact_summary"].take_prose(),
        "measures": [{"name": count and customers.say("Customers affected"), "value": count}],
        "services": _affected(root),
        **span(start, end.take()),
    }


def _affected(root: View) -> list[Made]:
    """Return the names of services and functionalities, each once."""
    named = [each["impact"]["name"] for each in root["impacts"].items if each["type"].text != "environment"]
    named += [each["name"] for each in root["functionalities"].items]
    return [*{each.text: each.take() for each in named if each.text}.values()]


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
    kind = _type(milestone).choose(_KINDS)
    words = _type(milestone).take(lambda name: f"Milestone: {name.replace('_', ' ')}")
    return event(milestone["occurred_at"].take_time(), words, kind)


def _logged(root: View) -> tuple[View, ...]:
    listed = root["events"].items or root["events"]["data"].items
    return listed or ((root["last_note"],) if root["last_note"]["body"].text else ())


def _event(entry: View) -> dict[str, Made]:
    names = ("body", "comment", "summary", "message", "name")
    words = first(*(view[name].take_prose() for view in (entry["data"], entry) for name in names if view[name].text))
    words = words or entry["type"].take(lambda name: name.replace("_", " ").capitalize())
    at = first(entry["occurred_at"].take_time(), entry["created_at"].take_time())
    seen_by = entry["visibility"].choose(_VISIBILITY)
    return event(at, words, actor=entry["author"]["name"].take(), visibility=seen_by)


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
            lessons.append({"description": each["body"].take_prose(), "group": each["title"].say(group)})
        else:
            sections.append({"heading": each["title"].take(), "body": each["body"].take_prose()})
    return lessons, sections


def _is_follow_up(ticket: View) -> bool:
    return ticket["type"].text == "follow_up"


def _ticket(ticket: View) -> dict[str, Made]:
    owner = next((each for each in ticket["assignees"].items if each["name"].text), ticket["nobody"])
    return {
        "title": ticket["summary"].take(),
        "description": ticket["description"].take_prose(),
        "owner": {"name": owner["name"].take()},
        "status": ticket["state"].choose(_TICKETS),
        "ticket": ticket["link"].take(),
        "priority": first(ticket["priority"]["name"].take(), ticket["priority"].take()),
    }
