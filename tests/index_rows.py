"""Rows of made-up reports, as an archive hands them to its index."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from afterword.archive.index import write_index
from afterword.archive.row import ActionRow, Row

SEVERITIES = ("SEV1", "SEV2", "SEV3", "")
SERVICES = ("checkout", "login", "mail", "search", "dns")
OWNERS = ("Abebe Kebede", "Zoë Dubois", "")
WHAT = (
    "Card payments refused after a certificate expired",
    "Login failed for customers with a second factor",
    "Résumé uploads stood still",
    "Search returned stale results",
)

HOSTILE = "</script><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"> & <b>\u2028"
"""What runs, or breaks the page, where it is put into a page as it is."""


def row(number: int = 1, **fields: Any) -> Row:  # noqa: ANN401 (whatever a row has)
    """Return a row that follows from its number, with some of its fields replaced."""
    day = date(2019, 1, 1) + timedelta(days=number % 2000)
    stem = f"{day.year}/INC-{number}/report"
    made: dict[str, Any] = {
        "id": f"INC-{number}",
        "title": f"{WHAT[number % 4]} ({number})",
        "date": day.isoformat(),
        "started_at": day.isoformat(),
        "severity": SEVERITIES[number % 4],
        "status": "closed" if number % 5 else "open",
        "stage": "final" if number % 7 else "draft",
        "services": (SERVICES[number % 5], SERVICES[(number + 2) % 5]),
        "tags": ("hardware",) if number % 11 == 0 else (),
        "language": "en",
        "minutes_to_resolve": None if number % 13 == 0 else 5 + number * 37 % 3000,
        "edition": "",
        "files": {"docx": f"{stem}.docx", "json": f"{stem}.json", "pdf": f"{stem}.pdf"},
        "actions": tuple(action(number + each) for each in range(number % 3)),
    }
    return Row(**{**made, **fields})


def action(number: int = 1, **fields: Any) -> ActionRow:  # noqa: ANN401 (whatever an action has)
    """Return an action item that follows from its number, with some of its fields replaced."""
    made: dict[str, Any] = {
        "title": f"Renew certificate {number}",
        "owner": OWNERS[number % 3],
        "due": "2019-06-01",
        "status": ("open", "done", "in-progress", "")[number % 4],
        "priority": "high",
        "ticket": f"OPS-{number}",
        "overdue": number % 4 == 0,
    }
    return ActionRow(**{**made, **fields})


def rows(count: int) -> Iterator[Row]:
    """Yield this many rows, no two of them alike."""
    return (row(number) for number in range(1, count + 1))


def index(listed: list[Row], **options: Any) -> dict[str, bytes]:  # noqa: ANN401 (those of `write_index`)
    """Return the files of the index of these rows by their names."""
    files: dict[str, bytes] = {}
    write_index(listed, files.__setitem__, **options)
    return files
