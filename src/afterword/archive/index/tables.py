"""The rows of an archive as CSV (RFC 4180) and as JSON Lines."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from afterword.archive.row import Row

BOM = "\ufeff"
"""Starts a CSV file: without it Excel reads UTF-8 in the code page of the machine; other programs skip it."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet may take for the start of a formula (OWASP, CSV Injection), in full width too."""

_INCIDENT = ("id", "title", "date", "started_at", "severity", "status", "stage", "services", "tags", "language")
_MEASURED = ("minutes_to_resolve", "edition", "open_actions", "overdue_actions")
_ACTION = ("title", "owner", "due", "status", "priority", "ticket", "overdue")

Cell = str | int | None


def incidents_csv(rows: Sequence[Row]) -> bytes:
    """Return one line for each report, with a column for each format that any of them has."""
    formats = sorted({name for row in rows for name in row.files})
    head = (*_INCIDENT, *_MEASURED, *formats)
    return _csv(head, ((*_incident(row), *(row.files.get(name) for name in formats)) for row in rows))


def actions_csv(rows: Sequence[Row]) -> bytes:
    """Return one line for each action item, with the id, title and date of its incident before it."""
    head = ("incident", "incident_title", "incident_date", *_ACTION)
    return _csv(head, (each for row in rows for each in _actions(row)))


def incidents_jsonl(rows: Iterable[Row]) -> bytes:
    """Return one line of JSON for each report, all that its row holds; UTF-8 without a byte order mark."""
    return "".join(f"{row.as_json()}\n" for row in rows).encode("utf-8")


def open_actions(row: Row) -> int:
    """Return how many action items of a report are neither done nor declined."""
    return sum(each.is_open for each in row.actions)


def overdue_actions(row: Row) -> int:
    """Return how many open action items of a report are past their due date."""
    return sum(each.overdue for each in row.actions)


def _incident(row: Row) -> tuple[Cell, ...]:
    several = {"services": "; ".join(row.services), "tags": "; ".join(row.tags)}
    texts = (several[name] if name in several else getattr(row, name) for name in _INCIDENT)
    return (*texts, row.minutes_to_resolve, row.edition, open_actions(row), overdue_actions(row))


def _actions(row: Row) -> Iterable[tuple[Cell, ...]]:
    for each in row.actions:
        told = (each.title, each.owner, each.due, each.status, each.priority, each.ticket)
        yield (row.id, row.title, row.date, *told, "yes" if each.overdue else "no")


def _csv(head: Sequence[str], lines: Iterable[Sequence[Cell]]) -> bytes:
    file = StringIO(newline="")
    file.write(BOM)
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_harmless(cell) for cell in line] for line in lines)
    return file.getvalue().encode("utf-8")


def _harmless(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula: a text that could be one starts with an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(_FORMULA) else cell
