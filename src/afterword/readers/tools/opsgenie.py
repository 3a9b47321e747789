"""Opsgenie: incidents with their timelines, and alerts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.readers.rich.html import markdown
from afterword.readers.tools.draft import Draft, day, event, in_order, span
from afterword.readers.tools.view import Made, View, first

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


def recognises(root: View) -> bool:
    """Return whether a file is an export of Opsgenie."""
    return any(each.has("tinyId", "message") and each.has("createdAt") for each in _incidents(root))


def _incidents(root: View) -> tuple[View, ...]:
    if root.has("message") or root["data"].has("message"):
        return (root if root.has("message") else root["data"],)
    return (*root["data"].items, *root.items)


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident or alert."""
    for root in roots:
        for each in _incidents(root):
            yield Draft(each, _record(each))


def _record(root: View) -> dict[str, Made]:
    start = first(root["impactStartDate"].take(), root["createdAt"].take())
    name, web = root["tinyId"].text, root["links"]["web"]
    link = web.take_url()
    return {
        "id": root["id"].take(),
        "title": root["message"].take(lambda text: " ".join(text.split()), ""),
        "date": day(start),
        "status": root["status"].choose(_STATUSES),
        "severity": root["priority"].take(),
        "tags": [each.take() for each in root["tags"].items],
        "summary": root["description"].take(markdown),
        "timeline": in_order([*_entries(root["timelines"]), *_entries(root["timeline"])]),
        "impact": span(start, root["impactEndDate"].take()),
        "references": [{"title": link and web.say(f"Opsgenie {name}".strip()), "url": link}],
    }


def _entries(timeline: View) -> list[dict[str, Made]]:
    entries = timeline.items or timeline["entries"].items
    return [_entry(each) for each in entries if isinstance(each.value, dict)]


def _entry(entry: View) -> dict[str, Made]:
    words = first(
        entry["description"]["content"].take(markdown),
        entry["description"].take(markdown),
        entry["title"]["content"].take(markdown),
        entry["type"].take(),
    )
    kind = entry["type"].choose(_KINDS)
    return event(entry["eventTime"].take(), words, kind, actor=entry["actor"]["name"].take())
