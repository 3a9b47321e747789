"""incident.io: incidents of both versions of the API with updates, follow-ups, actions, post-mortems; status pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.tools.draft import POST_MORTEM, Draft, day, event, in_order
from afterword.tools.incident_io_page import is_page, page_drafts
from afterword.tools.joining import Parts, joined, owner_in
from afterword.tools.view import Leaf, Made, View, first

NAME = "incident.io"
_STATUSES = {
    "triage": "open",
    "live": "investigating",
    "active": "investigating",
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
_PARTS = ("incident_updates", "follow_ups", "actions", "postmortem_documents")
_SINGLE = {"incident_update": "incident_updates", "follow_up": "follow_ups", "action": "actions"}
_SINGLE |= {"postmortem_document": "postmortem_documents", "content": "postmortem_documents"}
_SINGLE |= {"postmortem_document_content": "postmortem_documents"}
_STAGES = {"in_progress": "draft", "in_review": "in-review", "completed": "final"}
_KEYS_OF_TEXT = frozenset({"markdown", "id", "postmortem_document_id", "title", "version", "created_at", "updated_at"})
_BY_NAME = "inferred from the name of the status or timestamp, which is free in this tool"


def recognises(root: View) -> bool:
    """Return whether a file is an export of incident.io."""
    parts = [part for _, part in _parts(root)]
    return any(map(_is_ours, _incidents(root))) or any(map(_is_part, parts)) or is_page(root)


def _is_ours(view: View) -> bool:
    return view.has("name", "reference") or view.has("incident_role_assignments") or view.has("name", "incident_status")


def _is_part(view: View) -> bool:
    return view.has("incident_id") or _is_text(view)


def _is_text(view: View) -> bool:
    """Return whether this is the text of a post-mortem document, which says nothing of the incident."""
    return view.has("markdown") and len(_KEYS_OF_TEXT | set(view.keys)) == len(_KEYS_OF_TEXT)


def _incidents(root: View) -> tuple[View, ...]:
    if root["incident"].has("name"):
        return (root["incident"],)
    return (root,) if root.has("name") and _is_ours(root) else (*root["incidents"].items, *root.items)


def _parts(root: View) -> list[tuple[str, View]]:
    """Return the parts of a file, each with the name of its list; a text of a document may be the whole file."""
    listed = [(name, each) for name in _PARTS for each in root[name].items]
    single = [(name, root[key]) for key, name in _SINGLE.items() if _is_part(root[key])]
    return listed or single or ([("postmortem_documents", root)] if _is_text(root) else [])


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each incident, with what the files have of it, and for each incident of a status page."""
    for page in filter(is_page, roots):
        yield from page_drafts(page)
    others = [root for root in roots if not is_page(root)]
    incidents = [each for root in others for each in _incidents(root)]
    parts = [each for root in others for each in _parts(root)]
    for root, mine in joined(incidents, parts, lambda part: owner_in(part, "incident")):
        documents = mine.get("postmortem_documents", [])
        yield Draft(root, _record(root, mine), mine, [(POST_MORTEM, _text_of(each)) for each in documents])


def _text_of(document: View) -> Leaf | None:
    found = (document["markdown"], document["content"]["markdown"], document["content"])
    return first(*(each.take_prose() for each in found))


def _record(root: View, parts: Parts) -> dict[str, Made]:
    updates = parts.get("incident_updates", [])
    events = in_order([*_moments(root), *map(_update, updates)])
    about = (each["title"].take() for each in parts.get("postmortem_documents", []))
    named = first(root["name"].take(), *about, _named(root["id"]))
    link = root["permalink"].take_url()
    document = root["postmortem_document_url"].take_url()
    ticket = root["external_issue_reference"]
    issue = ticket["issue_permalink"].take_url()
    documents, actions = parts.get("postmortem_documents", []), parts.get("actions", [])
    return {
        "id": first(root["reference"].take(), root["id"].take()),
        "title": named,
        "date": day(
            first(root["created_at"].take_time(), *(each["created_at"].take_time() for each in updates), _told(parts))
        ),
        "status": first(root["incident_status"]["category"].choose(_STATUSES), root["status"].choose(_STATUSES)),
        "severity": root["severity"]["name"].take(),
        "responders": _people(root),
        "summary": root["summary"].take_prose(),
        "timeline": events,
        "stage": first(*(each["status"].choose(_STAGES) for each in documents)),
        "resolution": {
            "steps": [{"description": each["description"].take_prose()} for each in actions if _is_done(each)]
        },
        "preventive_measures": [
            *map(_action, parts.get("follow_ups", [])),
            *(_action(each) for each in actions if not _is_done(each)),
        ],
        "references": [
            {"title": link and root["permalink"].say("Incident in incident.io"), "url": link},
            {"title": document and root["postmortem_document_url"].say("Post-mortem document"), "url": document},
            *(_document(each) for each in documents),
            {"title": issue and ticket["issue_name"].take(), "url": issue},
        ],
    }


def _is_done(action: View) -> bool:
    """Return whether an action of the response was carried out, and is no follow-up in the first version of the API."""
    return action["status"].text == "completed" and action["follow_up"].text != "true"


def _document(document: View) -> dict[str, Made]:
    link = document["document_url"].take_url()
    title = first(document["title"].take(), document["document_url"].say("Post-mortem document"))
    return {"title": title if link else None, "url": link}


def _named(identity: View) -> Leaf | None:
    return identity.say(f"Incident {identity.text}", "the export has no name for it") if identity.text else None


def _told(parts: Parts) -> Leaf | None:
    """Return when the first part was made, for want of any time of the incident itself."""
    times = (
        each["created_at"] for name in ("follow_ups", "actions", "postmortem_documents") for each in parts.get(name, [])
    )
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
            yield event(each["value"]["value"].take_time(), name.take(), _kind(name))
    for each in root["timestamps"].items:
        if each["last_occurred_at"].text:
            words = each["name"].take(lambda name: name.replace("_", " ").capitalize())
            yield event(each["last_occurred_at"].take_time(), words, _kind(each["name"]))


def _kind(name: View) -> Leaf | None:
    plain = name.text.casefold().replace("_", " ").removesuffix(" at")
    return name.say(_KINDS[plain], _BY_NAME) if plain in _KINDS else None


def _update(update: View) -> dict[str, Made]:
    status, updater = update["new_incident_status"]["name"], update["updater"]
    who = first(*(updater[kind]["name"].take() for kind in ("user", "api_key", "workflow", "alert")))
    said = first(
        update["message"].take_prose(), status.take(lambda name: f"Status: {name}"), update["id"].say("Update")
    )
    return event(update["created_at"].take_time(), said, _kind(status) or update.say("communicated"), actor=who)


def _action(follow_up: View) -> dict[str, Made]:
    assignee, issue = follow_up["assignee"], follow_up["external_issue_reference"]
    owner: Made = None
    if assignee["name"].text:
        owner = {"name": assignee["name"].take(), "email": assignee["email"].take_email()}
    return {
        "title": follow_up["title"].take(),
        "description": follow_up["description"].take_prose(),
        "owner": owner,
        "status": follow_up["status"].choose(_DONE),
        "ticket": first(issue["issue_permalink"].take_url(), issue["issue_name"].take()),
        "priority": follow_up["priority"]["name"].take(),
    }
