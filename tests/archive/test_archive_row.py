"""What the index knows about one report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from afterword.api import load
from afterword.archive.row import from_json, row_of

SAMPLES = Path(__file__).parents[2] / "samples"


def test_a_row_says_what_an_index_lists_and_survives_being_kept() -> None:
    """Identity, times, actions and files of a report stand in its row, and JSON brings the same row back."""
    incident = load(SAMPLES / "incident-0x19-complete.yaml")

    row = row_of(incident, {"pdf": "2023/0x19/0x19.pdf"}, date(2030, 1, 1))

    assert (row.id, row.date, row.files) == ("0x19-final", "2023-08-13", {"pdf": "2023/0x19/0x19.pdf"})
    assert row.minutes_to_resolve == 239
    assert [action.overdue for action in row.actions] == [
        action.due is not None and action.status not in {"done", "declined"} for action in row.actions
    ]
    assert from_json(row.as_json()) == row


def test_nothing_is_overdue_before_it_was_due() -> None:
    """The day is the caller's, so that the bytes of an index do not hang on the clock."""
    incident = load(SAMPLES / "incident-0x19-complete.yaml")

    assert not any(action.overdue for action in row_of(incident, {}, date(2000, 1, 1)).actions)
