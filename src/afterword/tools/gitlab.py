"""Issues and incidents of GitLab: of its API, and of `glab issue view --output json`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.tools.draft import Draft
from afterword.tools.issues import comments_of, issue_drafts, issues_of
from afterword.tools.view import View

NAME = "GitLab"


def recognises(root: View) -> bool:
    """Return whether a file holds issues of GitLab."""
    return any(each.has("noteable_iid") for each in comments_of(root)) or any(
        each.has("title", "iid") and (each.has("web_url") or each.has("webUrl") or "/issues/" in each["url"].text)
        for each in issues_of(root)
    )


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each issue."""
    return issue_drafts(roots, NAME)
