"""Atlassian Statuspage: `incidents.json`, `summary.json`, scheduled maintenances, incidents of the management API."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.tools.draft import POST_MORTEM, Draft, day, event, in_order, span
from afterword.tools.joining import joined
from afterword.tools.stamps import moment
from afterword.tools.view import Leaf, Made, View, first

NAME = "Statuspage"
_LISTS = ("incidents", "scheduled_maintenances")
_STATUSES = {
    "investigating": "investigating",
    "identified": "identified",
    "monitoring": "monitoring",
    "resolved": "resolved",
    "postmortem": "closed",
    "scheduled": "open",
    "in_progress": "open",
    "verifying": "monitoring",
    "completed": "closed",
}
_KINDS = {
    "investigating": "detected",
    "identified": "diagnosed",
    "monitoring": "mitigated",
    "resolved": "resolved",
    "in_progress": "action",
    "verifying": "action",
    "completed": "closed",
}
"""What the first update of each status means; one that repeats a status, or has another, is only communicated."""

_DETECTED = "the first public word is taken for the detection"
_NOWHERE = "No components were affected by this update."
"""What the API writes into the list of components where there are none."""


def recognises(root: View) -> bool:
    """Return whether a file is an export of Statuspage."""
    return (
        any(_is_incident(each) for each in _incidents(root))
        or (root.has("page") and any(map(root.has, _LISTS)))
        or _is_postmortem(root)
    )


def _is_incident(view: View) -> bool:
    return (
        view.has("id", "incident_updates")
        or view.has("name", "incident_updates")
        or view.has("name", "impact", "shortlink")
    )


def _incidents(root: View) -> list[View]:
    if root.has("name") or _is_postmortem(root):
        return [root] if root.has("name") else []
    return [*root.items, *(each for name in (*_LISTS, "incident") for each in root[name].items)] or [
        each for each in [root["incident"]] if each.value
    ]


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident and maintenance; one that stands twice is made once."""
    incidents = [each for root in roots for each in _incidents(root)]
    parts = [("postmortem_given", root) for root in roots if _is_postmortem(root)]
    for each, mine in joined(incidents, parts, lambda _: ""):
        bodies = [each["postmortem_body"], each["postmortem"]["body"]]
        bodies += [part["body"] for part in mine.get("postmortem_given", [])]
        bodies += [update["body"] for update in each["incident_updates"].items if _publishes(update)]
        once: dict[str, View] = {}
        for body in bodies:
            once.setdefault(" ".join(body.text.split()), body)
        yield Draft(each, _record(each), mine, [(POST_MORTEM, body.take_prose()) for body in once.values()])


def _publishes(update: View) -> bool:
    """Return whether an update is the post-mortem, which the public interface has nowhere else."""
    return update["status"].text.casefold() == "postmortem"


def _is_postmortem(root: View) -> bool:
    """Return whether a file is the answer about the post-mortem of one incident, which it does not name."""
    return root.has("preview_key", "body")


def _record(root: View) -> dict[str, Made]:
    updates = sorted(root["incident_updates"].items, key=lambda each: moment(_shown_at(each).text))
    start = first(
        root["started_at"].take_time(),
        root["created_at"].take_time(),
        *(_shown_at(each).take_time() for each in updates),
    )
    began, ended = root["scheduled_for"].take_time(), root["scheduled_until"].take_time()
    link = root["shortlink"].take_url()
    is_planned = root["impact"].text == "maintenance"
    return {
        "id": root["id"].take(),
        "title": root["name"].take(),
        "date": day(began or start),
        "status": root["status"].choose(_STATUSES),
        "severity": None if is_planned else root["impact"].take(),
        "tags": [root["impact"].take() if is_planned else None],
        "services": _services(root, updates),
        "timeline": in_order(_events(updates)),
        "impact": span(began, ended) if began else span(start, root["resolved_at"].take_time()),
        "references": [{"title": link and root["shortlink"].say("Incident on the status page"), "url": link}],
    }


def _shown_at(update: View) -> View:
    names = ("display_at", "created_at", "updated_at")
    return next((update[name] for name in names if update[name].text), update["display_at"])


def _events(updates: list[View]) -> list[dict[str, Made]]:
    seen: set[str] = set()
    events = []
    for update in updates:
        status = update["status"].text.casefold()
        is_new = status not in seen
        seen.add(status)
        published = update["body"].take(lambda _: "Post-mortem published") if _publishes(update) else None
        words = first(published, update["body"].take_prose(), update["status"].take(_as_words))
        kind = _kind(update["status"], is_new=is_new)
        events.append(event(_shown_at(update).take_time(), words, kind))
    return events


def _kind(status: View, *, is_new: bool) -> Leaf | None:
    kind = _KINDS.get(status.text.casefold(), "communicated") if is_new else "communicated"
    return status.say(kind, _DETECTED if kind == "detected" else "") if status.text else None


def _as_words(status: str) -> str:
    return f"Status: {status.replace('_', ' ')}"


def _services(root: View, updates: list[View]) -> list[Made]:
    """Return the names of the components, each once; entries that only say that there is none are left out."""
    named = [each["name"] for each in root["components"].items]
    named += [each["name"] for update in updates for each in update["affected_components"].items]
    found: dict[str, Leaf] = {}
    for name in named:
        leaf = name.take()
        if leaf and leaf.text != _NOWHERE:
            found.setdefault(" ".join(leaf.text.split()), leaf)
    return list(found.values())
