"""Issues of GitHub and GitLab, as their interfaces and command lines give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from afterword.tools.draft import Draft, day, event, in_order
from afterword.tools.joining import joined
from afterword.tools.view import Leaf, Made, View, first

_STATUSES = {"open": "open", "opened": "open", "closed": "closed"}
_ISSUE = re.compile(r"https?://[^/\s]+/(?P<project>.+?)(?:/-)?/(?:issues|work_items|incidents|pull)/(?P<number>\d+)/?")
_LINKS = ("html_url", "web_url", "webUrl", "url")
_OPENED = "an issue is opened by whoever noticed; taken for the detection"


def issues_of(root: View) -> tuple[View, ...]:
    """Return the issues of a file: it may hold one, or a list, or an answer to a search."""
    return (root,) if root.has("title") else (*root.items, *root["items"].items)


def issue_drafts(roots: Sequence[View], site: str) -> Iterator[Draft]:
    """Yield a record for each issue; `site` is its name for people."""
    issues = [each for root in roots for each in issues_of(root) if each.has("title")]
    parts = [("comments_given", each) for root in roots for each in comments_of(root)]
    for each, mine in joined(issues, parts, lambda part: _named(part["issue_url"].text), _address):
        text = first(each["body"].take_prose(), each["description"].take_prose())
        yield Draft(each, _record(each, site, mine.get("comments_given", [])), mine, [("Description", text)])


def comments_of(root: View) -> tuple[View, ...]:
    """Return the comments of a file that holds nothing else: each names its issue, which it is not inside."""
    return tuple(
        each for each in (root, *root.items) if each.has("body", "issue_url") or each.has("body", "noteable_iid")
    )


def _named(address: str) -> str:
    """Return `owner/project#12` for the address of an issue, whether of its page or of the interface."""
    found = _ISSUE.match(address)
    return f"{found['project'].removeprefix('repos/')}#{found['number']}" if found else address


def _address(issue: View) -> str:
    return next((_named(issue[name].text) for name in _LINKS if issue[name].text), "")


def _record(root: View, site: str, comments: Sequence[View]) -> dict[str, Made]:
    links = [root[name] for name in _LINKS]
    link = next((each for each in links if each.take_url()), root["nothing"])
    created = first(root["created_at"].take_time(), root["createdAt"].take_time())
    return {
        "id": _identity(root, link),
        "title": root["title"].take(),
        "date": day(created),
        "status": root["state"].choose(_STATUSES),
        "severity": root["severity"].take() if root["severity"].text.casefold() != "unknown" else None,
        "tags": _labels(root),
        "authors": [_person(each) for each in (root["user"], root["author"])],
        "responders": [_person(each) for each in _people(root)],
        "timeline": in_order([*_events(root, created), *map(_comment, comments)]),
        "references": [{"title": link.say(f"Issue on {site}") if link.text else None, "url": link.take_url()}],
    }


def _identity(root: View, link: View) -> Leaf | None:
    """Return `owner/project#12`, as people write it; the number alone where the project is not known."""
    whole = root["references"]["full"].take()
    found = _ISSUE.match(link.text)
    number = first(*(root[name].take() for name in ("iid", "number") if root[name].text), root["id"].take())
    if whole or not found:
        return whole or number
    return link.say(_named(link.text))


def _labels(root: View) -> list[Made]:
    labels = root["labels"].items or root["labels"]["nodes"].items
    return [first(each["name"].take(), each["title"].take(), each.take()) for each in labels]


def _people(root: View) -> tuple[View, ...]:
    return root["assignees"].items or (() if root["assignees"].value else (root["assignee"],))


def _person(person: View) -> dict[str, Made]:
    return {"name": _name(person)}


def _name(person: View) -> Leaf | None:
    return first(person["name"].take(), person["login"].take(), person["username"].take())


def _events(root: View, created: Leaf | None) -> list[dict[str, Made]]:
    events = [_comment(each) for each in _comments(root)]
    if created:
        opened = View(root.value, created.origin[:-1], root.blank)
        events.append(event(created, opened.say("Issue opened"), opened.say("detected", _OPENED)))
    closed = root["closed_at"] if root["closed_at"].text else root["closedAt"]
    if closed.text:
        who = _name(root["closed_by"]) or _name(root["closedBy"])
        events.append(event(closed.take_time(), closed.say("Issue closed"), closed.say("closed"), actor=who))
    return events


def _comments(root: View) -> tuple[View, ...]:
    named = (root[name] for name in ("comments", "comments_data", "notes"))
    lists = [each.items or each["nodes"].items for each in named]
    return tuple(each for listed in lists for each in listed if each["body"].text)


def _comment(comment: View) -> dict[str, Made]:
    said_at = first(comment["created_at"].take_time(), comment["createdAt"].take_time())
    link = first(comment["html_url"].take_url(), comment["url"].take_url())
    secret = next((comment[name] for name in ("internal", "confidential") if comment[name].text == "true"), None)
    return event(
        said_at,
        comment["body"].take_prose(),
        actor=_name(comment["user"]) or _name(comment["author"]),
        link=link,
        visibility=secret.say("internal") if secret else None,
    )
