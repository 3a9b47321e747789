"""An action is overdue as of the report's date or of a day that is named, never as of today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from afterword.assets import Shelf
from afterword.compose import compose
from afterword.incident.model import Incident
from afterword.report.nodes import Report
from afterword.report.text import as_text
from afterword.words import words_for
from composing import ZONED, section

EVENT = {"at": "2023-08-20 23:30", "description": "closed"}
ACTION = {"title": "Add a second pump", "due": "2023-08-19", "status": "open"}


def told(
    *, environ: dict[str, str] | None = None, as_of: date | None = None, language: str = "en", **fields: object
) -> str:
    """Return the text of the section with one action."""
    record = {**ZONED, "timeline": [EVENT], "preventive_measures": [{**ACTION, **fields}]}
    report: Report = compose(
        Incident.model_validate(record), words_for(language), Shelf(None), environ or {}, as_of=as_of
    ).report
    return as_text(replace(report, sections=(section(report, "prevention"),)))


def test_report_date_counts() -> None:
    """Due the day before the report's date is overdue, due on that day is not."""
    assert "(overdue)" in told()
    assert "(overdue)" not in told(due="2023-08-20")


def test_named_day_counts_instead() -> None:
    """`as_of` takes the place of the report's date, in both directions."""
    assert "(overdue)" not in told(as_of=date(2023, 8, 19))
    assert "(overdue)" in told(as_of=date(2024, 1, 1), due="2023-12-31")


def test_source_date_epoch_is_the_report_date() -> None:
    """SOURCE_DATE_EPOCH sets the date of the report, and so what is overdue."""
    assert "(overdue)" in told(environ={"SOURCE_DATE_EPOCH": "1704067200"}, due="2023-12-31")


@pytest.mark.parametrize("status", ["done", "declined"])
def test_settled_actions_are_not_overdue(status: str) -> None:
    """What is done or declined is not waited for."""
    assert "(overdue)" not in told(status=status)


def test_day_is_that_of_the_incident() -> None:
    """The report's date is a day where the incident happened, not in Greenwich."""
    record = {
        **ZONED,
        "timezone": "Asia/Kathmandu",
        "timeline": [{"at": "2023-08-20 01:00", "description": "x"}],
        "preventive_measures": [ACTION],
    }
    report = compose(Incident.model_validate(record), words_for("en"), Shelf(None), {}).report
    assert "(overdue)" in as_text(report)


def test_word_is_translated() -> None:
    """The word is in the report's language."""
    assert "(überfällig)" in told(language="de")
