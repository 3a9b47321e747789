"""Status pages of incident.io: incidents of its API, of the page itself, and of the widget."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from afterword.tools.draft import POST_MORTEM, Draft, day, event, in_order, span
from afterword.tools.joining import latest
from afterword.tools.stamps import moment
from afterword.tools.view import Leaf, Made, View, first

_LISTS = (
    "status_page_incidents",
    "status_page_maintenances",
    "ongoing_incidents",
    "in_progress_maintenances",
    "scheduled_maintenances",
    "incidents",
    "maintenances",
)
_SINGLE = ("status_page_incident", "status_page_maintenance", "incident")
_STATUSES = {
    "investigating": "investigating",
    "identified": "identified",
    "monitoring": "monitoring",
    "resolved": "resolved",
    "maintenance_scheduled": "open",
    "maintenance_in_progress": "open",
    "maintenance_complete": "closed",
}
_KINDS = {
    "investigating": "detected",
    "identified": "diagnosed",
    "monitoring": "mitigated",
    "resolved": "resolved",
    "maintenance_in_progress": "action",
    "maintenance_complete": "closed",
}
_DETECTED = "the first public word is taken for the detection"
_STARTS = ("started_at", "starts_at", "published_at", "created_at")
_ENDS = ("resolved_at", "ends_at", "scheduled_end_at")


def is_page(root: View) -> bool:
    """Return whether a file is an export of a status page; one without incidents is too."""
    return any(map(_is_incident, incidents(root))) or root.has("ongoing_incidents", "scheduled_maintenances")


def _is_incident(view: View) -> bool:
    return view.has("name") and (
        view.has("status_page_id")
        or view.has("current_worst_impact")
        or view.has("last_update_message")
        or (view.has("updates") and (view.has("component_impacts") or view.has("status_summaries")))
    )


def incidents(root: View) -> list[View]:
    """Return the incidents and maintenances of a page."""
    holders = (root, root["summary"])
    listed = [each for holder in holders for name in _LISTS for each in holder[name].items]
    single = [root[name] for name in _SINGLE if root[name].has("name")]
    return [each for each in listed or single or [root, *root.items] if _is_incident(each)]


def page_drafts(root: View) -> Iterator[Draft]:
    """Yield a record for each incident of a page; one that stands twice is made once."""
    for each, earlier in latest(incidents(root)):
        yield Draft(each, _record(root, each), earlier, _texts(each))


def _texts(root: View) -> list[tuple[str, Leaf | None]]:
    bodies = (root["write_up"]["content"], root["write_up"], root["postmortem"]["content"], root["postmortem"])
    return [(POST_MORTEM, first(*(each.take_prose() for each in bodies)))]


def _record(page: View, root: View) -> dict[str, Made]:
    events = in_order(_events(root))
    listed = (*root["component_impacts"].items, *root["status_summaries"].items)
    began = sorted((each["start_at"] for each in listed if each["start_at"].text), key=_moment)
    over = sorted((each["end_at"] for each in listed if each["end_at"].text), key=_moment, reverse=True)
    published = (*began[:1], *(root[name] for name in _STARTS))
    start = first(*(each.take_time() for each in published), *_times(events))
    closed = (*over[:1], *(root[name] for name in _ENDS))
    ended = first(*(each.take_time() for each in closed), *_times(events, "resolved", "closed"))
    link = first(root["url"].take_url(), root["permalink"].take_url())
    state = root["incident_status"] if root["incident_status"].text else root["status"]
    return {
        "id": root["id"].take(),
        "title": root["name"].take(),
        "date": day(start),
        "status": state.choose(_STATUSES),
        "severity": _worst(root),
        "services": _services(page, root),
        "timeline": events,
        "impact": span(start, ended),
        "references": [{"title": link and Leaf("Incident on the status page", link.origin, takes=False), "url": link}],
    }


def _moment(view: View) -> datetime:
    return moment(view.text)


def _times(events: list[Made], *kinds: str) -> Iterator[Leaf]:
    """Yield the times of events, those of some kinds only where kinds are named."""
    for each in events:
        if isinstance(each, dict) and isinstance(at := each.get("at"), Leaf):
            kind = each.get("kind")
            if not kinds or (isinstance(kind, Leaf) and kind.text in kinds):
                yield at


def _worst(root: View) -> Leaf | None:
    if root["current_worst_impact"].text:
        return root["current_worst_impact"].take()
    listed = (*root["status_summaries"].items, *root["component_impacts"].items)
    names = ("worst_component_status", "component_status", "status")
    states = [each[name] for each in listed for name in names if each[name].text in _ORDER]
    worst = max(states, key=lambda each: _ORDER.index(each.text), default=root["nothing"])
    return worst.say(worst.text) if worst.text else None


_ORDER = ("operational", "under_maintenance", "degraded_performance", "partial_outage", "full_outage")


def _services(page: View, root: View) -> list[Made]:
    """Return the names of the components; those that have only ids are looked up in what the page has."""
    known = {each["id"].text: each["name"] for each in _components(page) if each["name"].text}
    found: dict[str, Leaf] = {}
    listed = (*root["affected_components"].items, *root["components"].items, *root["component_impacts"].items)
    listed += tuple(each for update in root["updates"].items for each in update["component_statuses"].items)
    for each in listed:
        name = each["name"] if each["name"].text else known.get(each["component_id"].text, each["nothing"])
        if leaf := name.take():
            found.setdefault(leaf.text, leaf)
    return list(found.values())


def _components(page: View) -> Iterator[View]:
    for holder in (page, page["summary"]):
        yield from holder["components"].items
        for item in holder["structure"]["items"].items:
            yield from item["group"]["components"].items


def _events(root: View) -> list[dict[str, Made]]:
    seen: set[str] = set()
    events = []
    for update in sorted(root["updates"].items, key=lambda each: _moment(_shown_at(each))):
        state = next((update[name] for name in ("incident_status", "to_status", "status") if update[name].text), None)
        kind = None
        if state is not None:
            word = _KINDS.get(state.text, "communicated") if state.text not in seen else "communicated"
            kind = state.say(word, _DETECTED if word == "detected" else "")
            seen.add(state.text)
        said = first(update["message"].take_prose(), update["message_string"].take_prose())
        said = said or (state.take(lambda name: f"Status: {name.replace('_', ' ')}") if state else None)
        events.append(event(_shown_at(update).take_time(), said, kind))
    return events or [_last(root)]


def _shown_at(update: View) -> View:
    return next((update[name] for name in ("published_at", "created_at") if update[name].text), update["nothing"])


def _last(root: View) -> dict[str, Made]:
    """Return the one update that the widget has of an incident."""
    said = root["last_update_message"]
    return event(root["last_update_at"].take_time(), said.take_prose(), said.say("communicated"))
