"""The contents of a binder, composed as a report like any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby

from afterword.archive.index.wording import texts
from afterword.archive.row import Row
from afterword.report import nodes
from afterword.report.builders import text
from afterword.report.identity import document_id
from afterword.report.walk import plain_text
from afterword.words import Words

TARGET = "https://binder.invalid/"
"""Starts the address of a report, by its place among them from 0; RFC 2606 keeps the name from meaning anything."""

MOST_ROWS = 250
"""Reports in one document of the contents; more have one or several for each year, so that memory is bounded."""

_WIDTHS = (0.16, 0.2, 0.4, 0.14, 0.1)

_Listed = tuple[Row, int, int]
"""A report, the page it begins on, and its place among all."""


def contents_of(rows: Sequence[Row], pages: Sequence[int], words: Words, title: str) -> Iterator[nodes.Report]:
    """Yield the contents of a binder: its reports by year in their order, each with the page that it begins on.

    `subject` in the metadata of each document is what a bookmark calls it.
    """
    listed = [(row, page, place) for place, (row, page) in enumerate(zip(rows, pages, strict=True))]
    heading, name = title or words.say("Incident archive"), words.say("Contents")
    count = words.count("{count} incident", "{count} incidents", len(listed))
    block = nodes.TitleBlock(words.say("Postmortem reports"), text(heading), count)
    if len(listed) <= MOST_ROWS:
        yield _document(block, name, words, [*_years(listed)])
        return
    for year, group in _years(listed):
        for start in range(0, len(group), MOST_ROWS):
            some = group[start : start + MOST_ROWS]
            yield _document(block, f"{name} {year}", words, [(year, some)])


def _years(listed: Sequence[_Listed]) -> Iterator[tuple[str, list[_Listed]]]:
    for year, group in groupby(listed, key=lambda each: each[0].date[:4]):
        yield year, list(group)


def _document(
    block: nodes.TitleBlock, name: str, words: Words, years: Sequence[tuple[str, list[_Listed]]]
) -> nodes.Report:
    sections = tuple(
        nodes.Section(text(year), (_table(group, words),), name=f"year-{index}")
        for index, (year, group) in enumerate(years)
    )
    return nodes.Report(
        _meta([each for _, group in years for each in group], words, plain_text(block.title), name),
        block,
        sections,
        words=_fixed_words(words),
    )


def _table(listed: Sequence[_Listed], words: Words) -> nodes.Table:
    said = texts(words)
    heads = (words.say("Date"), words.say("Incident ID"), words.say("Incident"), said["severity"], said["page"])
    columns = tuple(
        nodes.Column(text(head), width, "end" if head == said["page"] else "start")
        for head, width in zip(heads, _WIDTHS, strict=True)
    )
    rows = tuple(_row(row, page, f"{TARGET}{place}", words) for row, page, place in listed)
    return nodes.Table(columns, rows, description=said["incidents"], role="prose")


def _row(row: Row, page: int, target: str, words: Words) -> nodes.Row:
    title: tuple[nodes.Inline, ...] = (nodes.Link(text(row.title), target),)
    if row.language != words.language:
        title = (nodes.Foreign(row.language, title),)
    day = words.medium_date(date.fromisoformat(row.date))
    linked = (nodes.Link(text(words.number(page)), target),)
    cells = (text(day), text(row.id), title, text(row.severity), linked)
    return nodes.Row(tuple(nodes.Cell((nodes.Paragraph(each),)) for each in cells))


def _meta(listed: Sequence[_Listed], words: Words, title: str, name: str) -> nodes.Meta:
    newest = max(row.date for row, _, _ in listed)
    return nodes.Meta(
        title=title,
        identifier="",
        document_id=document_id("binder"),
        language=words.language,
        direction=words.direction,
        authors=(),
        subject=name,
        keywords=(),
        date=datetime.fromisoformat(newest).replace(tzinfo=UTC),
        stage="final",
        stage_label="",
        header=title,
    )


def _fixed_words(words: Words) -> nodes.FixedWords:
    return nodes.FixedWords(contents=words.say("Contents"), page_of=words.say("Page {page} of {pages}"))
