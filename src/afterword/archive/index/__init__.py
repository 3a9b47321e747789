"""What lists all reports of an archive: a page for people, tables for spreadsheets, lines of JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from afterword.archive.index.page import draw_index
from afterword.archive.index.tables import actions_csv, incidents_csv, incidents_jsonl
from afterword.archive.row import Row
from afterword.theme.load import load_theme
from afterword.theme.record import Theme
from afterword.words import words_for

__all__ = ["FILES", "write_index"]

FILES = ("index.html", "index.csv", "incidents.jsonl", "actions.csv")
"""Names of the files of an index, relative to the payload folder of the bag."""


def write_index(
    rows: Iterable[Row],
    put: Callable[[str, bytes], None],
    *,
    language: str = "en",
    theme: Theme | None = None,
    title: str = "",
) -> None:
    """Put the four files of an index, each by its name and bytes; the same rows in any order give the same bytes.

    `language` is the BCP 47 tag of the page, None as a theme takes the default one, and without a title the page has
    a general one. Raises UsageError for a tag that is no language's.
    """
    words = words_for(language)
    listed = sorted(rows, key=lambda row: (row.id, row.edition, row.title))
    listed.sort(key=lambda row: (row.date, row.started_at), reverse=True)
    put("index.html", draw_index(listed, words, theme or load_theme(""), title).encode("utf-8"))
    put("index.csv", incidents_csv(listed))
    put("incidents.jsonl", incidents_jsonl(listed))
    put("actions.csv", actions_csv(listed))
