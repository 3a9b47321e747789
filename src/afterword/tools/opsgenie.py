"""Opsgenie: incidents with their timelines, alerts, and post-mortems in documents of Atlassian's editor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.tools.draft import POST_MORTEM, Draft, day, event, in_order, moments, span
from afterword.tools.joining import Parts, joined
from afterword.tools.view import Leaf, Made, View, first

NAME = "Opsgenie"
_STATUSES = {"open": "open", "acked": "investigating", "resolved": "resolved", "closed": "closed"}
_KINDS = {
    "incidentopened": "detected",
    "incidentcreated": "detected",
    "responderalertacked": "acknowledged",
    "incidentacked": "acknowledged",
    "incidentresolved": "resolved",
    "incidentclosed": "closed",
    "statuspageadded": "communicated",
    "stakeholderupdatesent": "communicated",
    "actionexecuted": "action",
}
"""What the entries of a timeline mean, by their types; all others are notes."""

_MOMENTS = {"respondTime": ("Responded", "acknowledged"), "resolveTime": ("Resolved", "resolved")}
_STAGES = {
    "draft": "draft",
    "in_review": "in-review",
    "review": "in-review",
    "published": "final",
    "completed": "final",
}
_ISSUES = {"to do": "open", "open": "open", "in progress": "in-progress", "done": "done", "closed": "done"}


def recognises(root: View) -> bool:
    """Return whether a file is an export of Opsgenie."""
    return (
        any(each.has("tinyId", "message") and each.has("createdAt") for each in _all(root))
        or any(map(_is_post_mortem, _all(root)))
        or any(_said(root))
    )


def _is_post_mortem(view: View) -> bool:
    return view.has("postmortemId") or view.has("rootIncident", "content") or view.has("rootIncident", "startTime")


def _all(root: View) -> tuple[View, ...]:
    single = [each for each in (root, root["data"]) if each.has("message") or _is_post_mortem(each)]
    return tuple(single[:1]) or (*root["data"].items, *root.items)


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident, alert or post-mortem; a post-mortem joins its incident."""
    everything = [each for root in roots for each in _all(root) if each.has("message") or _is_post_mortem(each)]
    incidents = [each for each in everything if not _is_post_mortem(each)]
    parts = [("post_mortems", each) for each in everything if _is_post_mortem(each)]
    parts += [("entries", each) for root in roots for each in _said(root)]
    for root, mine in joined(incidents, parts, _named):
        told = mine.get("post_mortems", [])
        post_mortem = told[0] if told else root["nothing"]
        if root.value or not told:
            yield Draft(root, _record(root, post_mortem, mine), mine, _texts(post_mortem))
        else:
            rest = {name: listed for name, listed in mine.items() if name != "post_mortems"}
            yield Draft(post_mortem, _record(post_mortem["rootIncident"], post_mortem, rest), rest, _texts(post_mortem))


def _said(root: View) -> Iterator[View]:
    """Yield the entries of a timeline, the notes and the log entries of a file that has nothing else."""
    yield from (each for each in root["data"]["entries"].items if each.has("eventTime"))
    listed = (each for each in root["data"].items if not each.has("message"))
    yield from (each for each in listed if each.has("createdAt", "owner") and (each.has("note") or each.has("log")))


def _named(part: View) -> str:
    """Return the id of the incident that a post-mortem is about, the place of one that does not say; else nothing."""
    named = part["rootIncident"]["id"].text or part["rootIncidentId"].text
    return named or ("/".join(map(str, part.path)) if _is_post_mortem(part) else "")


def _texts(post_mortem: View) -> list[tuple[str, Leaf | None]]:
    return [(POST_MORTEM, post_mortem["content"].take_prose())]


def _record(root: View, post_mortem: View, parts: Parts) -> dict[str, Made]:
    start = first(
        root["impactStartDate"].take_time(),
        *(post_mortem[name].take_time() for name in ("startTime", "createdAtTime")),
        *(root[name].take_time() for name in ("createdAt", "creationTime")),
    )
    name, web = root["tinyId"].text, root["links"]["web"]
    link = web.take_url()
    entries = (root["timelines"], root["timeline"], post_mortem["timeline"])
    return {
        "id": first(root["id"].take(), root["alertId"].take(), post_mortem["postmortemId"].take()),
        "title": first(post_mortem["title"].take(_in_one_line), root["message"].take(_in_one_line)),
        "date": day(start),
        "status": root["status"].choose(_STATUSES),
        "stage": post_mortem["status"].choose(_STAGES),
        "severity": first(post_mortem["severity"].take(), root["priority"].take()),
        "tags": [each.take() for each in root["tags"].items],
        "services": [_name(each) for each in post_mortem["affectedServices"].items],
        "authors": [{"name": _name(post_mortem["owner"])}],
        "responders": [{"name": _name(each)} for each in _responders(post_mortem)],
        "summary": first(post_mortem["executiveSummary"].take_prose(), root["description"].take_prose()),
        "timeline": in_order(
            [
                *moments(post_mortem, _MOMENTS),
                *(each for listed in entries for each in _entries(listed)),
                *map(_entry, parts.get("entries", [])),
            ]
        ),
        "impact": span(start, first(root["impactEndDate"].take_time(), post_mortem["endTime"].take_time())),
        "preventive_measures": [_issue(each) for each in post_mortem["jiraIssues"].items],
        "references": [{"title": link and web.say(f"Opsgenie {name}".strip()), "url": link}],
    }


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _name(view: View) -> Leaf | None:
    """Return the name of a person, team or service, which may be given alone; an id is none."""
    names = ("name", "fullName", "username", "email")
    return first(*(view[name].take() for name in names if view[name].text), view.take())


def _responders(post_mortem: View) -> tuple[View, ...]:
    return (*post_mortem["responders"].items, *post_mortem["responderTeams"].items)


def _issue(issue: View) -> dict[str, Made]:
    """Return an issue of Jira as an action; it may be given by its key alone."""
    title = first(issue["summary"].take(), issue["title"].take(), issue["key"].take(), issue.take())
    ticket = first(issue["url"].take_url(), issue["link"].take_url(), issue["key"].take(), issue.take())
    return {
        "title": title,
        "status": issue["status"].choose(_ISSUES),
        "owner": {"name": first(issue["assignee"]["displayName"].take(), issue["assignee"].take())},
        "ticket": ticket,
    }


def _entries(timeline: View) -> list[dict[str, Made]]:
    entries = timeline.items or timeline["entries"].items
    return [_entry(each) for each in entries if isinstance(each.value, dict)]


def _entry(entry: View) -> dict[str, Made]:
    texts = (
        entry["note"],
        entry["log"],
        entry["description"]["content"],
        entry["description"],
        entry["title"]["content"],
        entry["title"],
    )
    words = first(
        *(each.take_prose() for each in texts if each.text), entry["description"].take_prose(), entry["type"].take()
    )
    at = first(*(entry[name].take_time() for name in ("eventTime", "createdAt", "createdAtTime")))
    return event(
        at, words, entry["type"].choose(_KINDS), actor=first(entry["actor"]["name"].take(), entry["owner"].take())
    )
