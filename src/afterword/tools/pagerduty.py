"""PagerDuty: incidents with log entries, notes and alerts, posts of status pages, and incidents of the analytics."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from afterword.tools.draft import POST_MORTEM, Draft, day, event, in_order, span
from afterword.tools.joining import Parts, joined, owner_in
from afterword.tools.stamps import moment
from afterword.tools.view import Leaf, Made, View, first

NAME = "PagerDuty"
BLANK = frozenset({"None"})
"""Exports that went through a script have this where the API has null."""

_STATUSES = {"triggered": "open", "acknowledged": "investigating", "resolved": "resolved"}
_KINDS = {
    "trigger": "detected",
    "acknowledge": "acknowledged",
    "escalate": "escalated",
    "exhaust_escalation_path": "escalated",
    "assign": "action",
    "delegate": "action",
    "snooze": "action",
    "notify": "communicated",
    "resolve": "resolved",
}
"""What the types of log entries mean, without `_log_entry`; all others are notes."""

_HOOKS = {"triggered": "detected", "acknowledged": "acknowledged", "escalated": "escalated", "resolved": "resolved"}
"""What happened by the names of webhooks, without `incident.`; all others are notes."""

_OWNERS = ("incident", "post")
_PARTS = ("log_entries", "notes", "alerts", "post_updates", "status_updates", "postmortem")


def recognises(root: View) -> bool:
    """Return whether a file is an export of PagerDuty."""
    found = [
        *_incidents(root),
        *(part for name in _PARTS for part in _part(root, name)),
        root["event"]["data"]["incident"],
    ]
    return any(_is_ours(each) for each in found)


def _is_ours(view: View) -> bool:
    link = f"{view['self'].text} {view['html_url'].text} {view['user']['self'].text}"
    return "pagerduty.com/" in link or view.has("incident_number", "urgency") or view.has("seconds_to_resolve")


def _incidents(root: View) -> list[View]:
    if root["event"]["data"]["type"].text == "incident":
        return [root["event"]["data"]]
    listed = [each for name in ("incidents", "posts", "data") for each in root[name].items]
    single = [root[name] for name in ("incident", "post", "data") if isinstance(root[name].value, dict)]
    if root.has("id") and (root["type"].text in {"incident", "status_page_post"} or root.has("incident_number")):
        return [root]
    return [*(listed or root.items or single)] if not root.has("type") else []


def _part(root: View, name: str) -> tuple[View, ...]:
    return (root[name],) if isinstance(root[name].value, dict) else root[name].items


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident or post, with what the files given together say of it."""
    incidents = [each for root in roots for each in _incidents(root)]
    parts = [(name, each) for root in roots for name in _PARTS for each in _part(root, name)]
    parts += [(name, each) for root in roots for name, each in _sent(root["event"])]
    of = {root["event"].path: root["event"]["data"]["id"].text for root in roots}
    for root, mine in joined(incidents, parts, lambda part: owner_in(part, *_OWNERS) or of.get(part.path, "")):
        texts = [*(each["message"] for each in mine.get("postmortem", [])), root["postmortem"]["message"]]
        yield Draft(root, _record(root, mine), mine, [(POST_MORTEM, each.take_prose()) for each in texts])


def _sent(event_sent: View) -> Iterator[tuple[str, View]]:
    """Yield what a webhook says: a note with the time at which it was sent, or what happened to the incident."""
    data = event_sent["data"]
    rest = {key: event_sent[key].value for key in event_sent.keys if key != "data"}
    if data["type"].text == "incident_note":
        yield "notes", View({**rest, **data.value} if isinstance(data.value, dict) else rest, data.path, data.blank)
    elif data.has("id"):
        yield "webhooks", View(rest, event_sent.path, event_sent.blank)


def _record(root: View, parts: Parts) -> dict[str, Made]:
    events = in_order(_events(root, parts))
    alert = next((each["summary"] for each in parts.get("alerts", [])), root["nothing"])
    opened = first(*(root[name].take_time() for name in ("created_at", "created_on", "starts_at")))
    old = root["trigger_summary_data"]
    given = (root["title"], root["description"], root["summary"], old["subject"], old["description"])
    title = first(*(each.take() for each in given))
    title = title or (alert.say(alert.text, "the export has no title but that of an alert") if alert.text else None)
    link = root["html_url"].take_url()
    name = root["id"].text
    return {
        "id": root["id"].take(),
        "title": title or (root["id"].say(f"Incident {name}", "the export has no title") if name else None),
        "date": day(opened or _first_time(events) or _told(parts)),
        "status": root["status"].choose(_STATUSES),
        "severity": first(root["priority"]["summary"].take(), root["priority_name"].take(), root["urgency"].take()),
        "tags": [root["post_type"].take() if root["post_type"].text == "maintenance" else None],
        "services": _services(root),
        "responders": _responders(root),
        "summary": first(
            root["body"]["details"].take_prose(), root["first_trigger_log_entry"]["channel"]["details"].take_prose()
        ),
        "timeline": events,
        "impact": span(opened, first(_resolved(root).take_time(), root["ends_at"].take_time())),
        "references": [{"title": link and root["html_url"].say("Incident in PagerDuty"), "url": link}],
    }


def _resolved(root: View) -> View:
    """Return when an incident was resolved; older answers only say when its status changed last."""
    is_over = root["status"].text == "resolved" and not root["resolved_at"].text
    return root["last_status_change_at"] if is_over else root["resolved_at"]


def _first_time(events: list[Made]) -> Leaf | None:
    at = events[0].get("at") if events and isinstance(events[0], dict) else None
    return at if isinstance(at, Leaf) else None


def _told(parts: Parts) -> Leaf | None:
    """Return when the first part was made, for want of any time of the incident itself."""
    listed = [each for parts_of_a_kind in parts.values() for each in parts_of_a_kind]
    times = (each[name] for each in listed for name in ("created_at", "reported_at") if each[name].text)
    return next((each.say(each.text, "the day of what was written of it") for each in times), None)


def _services(root: View) -> list[Made]:
    named = [
        root["service"]["summary"] if root["service"]["summary"].text else root["service"]["name"],
        root["service_name"],
        *(each["summary"] for each in root["impacted_services"].items),
    ]
    return [*{each.text: each.take() for each in named if each.text}.values()]


def _responders(root: View) -> list[Made]:
    people = [*(each["assignee"] for each in root["assignments"].items), *root["assignees"].items]
    people += [each["user"] for each in root["incidents_responders"].items]
    named = {person["summary"].text: person for person in people if person["summary"].text}.values()
    listed: list[Made] = [{"name": _name(each), "email": each["email"].take_email()} for each in named]
    listed += [{"name": each.take()} for each in root["joined_user_names"].items]
    return listed


def _name(person: View) -> Leaf | None:
    return first(person["name"].take(), person["summary"].take())


def _events(root: View, parts: Parts) -> list[dict[str, Made]]:
    logged = [_logged(each) for each in sorted(parts.get("log_entries", []), key=_created)]
    said = [_said(each) for name in ("notes", "status_updates") for each in parts.get(name, [])]
    said += [_posted(each) for each in (*parts.get("post_updates", []), *root["updates"].items)]
    said += [_hooked(each) for each in parts.get("webhooks", [])]
    said += [_alerted(each) for each in parts.get("alerts", [])]
    return [*(logged or _own_events(root)), *said]


def _created(part: View) -> datetime:
    return moment(part["created_at"].text)


def _logged(entry: View) -> dict[str, Made]:
    kind = entry["type"].text.removesuffix("_reference").removesuffix("_log_entry")
    told = (entry["summary"].take(), entry["note"].take(), entry["channel"]["summary"].take())
    words = first(*told, entry["type"].take(lambda _: kind.replace("_", " ").capitalize()))
    return event(
        entry["created_at"].take_time(),
        words,
        entry["type"].say(_KINDS.get(kind, "note")),
        actor=entry["agent"]["summary"].take(),
        link=entry["html_url"].take_url(),
    )


def _said(note: View) -> dict[str, Made]:
    words = first(note["content"].take_prose(), note["message"].take_prose())
    who = first(note["user"]["summary"].take(), note["sender"]["summary"].take())
    return event(
        first(note["created_at"].take_time(), note["occurred_at"].take_time()),
        words,
        note.say("note"),
        actor=who,
        source=note["channel"]["summary"].take(),
    )


def _hooked(sent: View) -> dict[str, Made]:
    """Return what a webhook tells of: `incident.acknowledged`."""
    name = sent["event_type"].text.removeprefix("incident.")
    words = sent["event_type"].take(lambda text: text.replace(".", " ").replace("_", " ").capitalize())
    kind = _HOOKS.get(name, "note")
    return event(
        sent["occurred_at"].take_time(), words, sent["event_type"].say(kind), actor=sent["agent"]["summary"].take()
    )


def _alerted(alert: View) -> dict[str, Made]:
    words = first(alert["summary"].take(), alert["title"].take())
    return event(alert["created_at"].take_time(), words, alert.say("note"), source=alert["service"]["summary"].take())


def _posted(update: View) -> dict[str, Made]:
    return event(update["reported_at"].take_time(), update["message"].take_prose(), update.say("communicated"))


def _own_events(root: View) -> list[dict[str, Made]]:
    """Return what the incident itself says of its course, for want of log entries."""
    if not root.has("status"):
        return []
    entry, resolved = root["first_trigger_log_entry"], _resolved(root)
    words = first(entry["summary"].take(), root["created_at"].say("Incident triggered"))
    events = [event(root["created_at"].take_time(), words, root["created_at"].say("detected"))]
    for each in root["acknowledgements"].items:
        who = each["acknowledger"]["summary"].take()
        events.append(event(each["at"].take_time(), each.say("Acknowledged"), each.say("acknowledged"), actor=who))
    if resolved.text:
        events.append(event(resolved.take_time(), resolved.say("Incident resolved"), resolved.say("resolved")))
    return [each for each in events if each]
