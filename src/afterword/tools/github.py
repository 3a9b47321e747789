"""Issues of GitHub: of its API, and of `gh issue view --json` and `gh issue list --json`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from afterword.tools.draft import Draft
from afterword.tools.issues import comments_of, issue_drafts, issues_of
from afterword.tools.view import View

NAME = "GitHub"


def recognises(root: View) -> bool:
    """Return whether a file holds issues of GitHub."""
    return any(each.has("issue_url") for each in comments_of(root)) or any(
        each.has("title", "number")
        and (each.has("html_url") or each.has("createdAt") or "/issues/" in each["url"].text)
        for each in issues_of(root)
    )


def drafts(roots: Sequence[View]) -> Iterator[Draft]:
    """Yield a record for each issue."""
    return issue_drafts(roots, NAME)
