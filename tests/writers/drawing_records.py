"""Timeline drawings of made-up records, as `compose` makes them: any number of events over any stretch of time."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from afterword.assets import Shelf
from afterword.compose import compose
from afterword.incident.model import Incident
from afterword.report.nodes import BarChart, Figure, Picture, TimelineDrawing
from afterword.report.walk import blocks
from afterword.words import words_for

KINDS = (
    "impact-start", "detected", "acknowledged", "escalated", "communicated", "diagnosed", "mitigated", "resolved",
    "closed", "action", "note",
)  # fmt: skip
START = datetime(2023, 8, 13, 8, 31)  # noqa: DTZ001 (a wall time, as in a record)


def record(
    events: int,
    minutes: int,
    *,
    seed: int = 1,
    zone: str = "Europe/Berlin",
    language: str = "en",
    gap: int = 0,
    start: datetime = START,
) -> dict[str, Any]:
    """Return a record whose events come thick first and thin later, with `gap` minutes of nothing in the middle.

    Milestones are spread over it in their order; the other events are of any kind.
    """
    chance = random.Random(seed)  # noqa: S311 (no secret, and the same each time)
    shares = sorted([0.0, 1.0, *(chance.betavariate(0.7, 1.6) for _ in range(events - 2))])
    others = [chance.choice(("note", "note", "action", "communicated", "escalated")) for _ in shares]
    places = (0, 1, events // 20 + 1, events // 6 + 1, events // 3 + 1, events // 2 + 1, 4 * events // 5, events - 1)
    ordered = ("impact-start", "detected", "acknowledged", "escalated", "diagnosed", "mitigated", "resolved", "closed")
    kinds = dict(enumerate(others)) | {
        place: kind for place, kind in zip(places, ordered, strict=True) if place < events
    }
    timeline = [
        {
            "at": (start + timedelta(minutes=round(share * minutes) + (gap if share > 0.5 else 0))).isoformat(),
            "kind": kinds[place],
            "description": "x",
        }
        for place, share in enumerate(shares)
    ]
    return {
        "id": "1", "title": "T", "date": start.date().isoformat(), "timezone": zone, "status": "closed",
        "language": language, "timeline": timeline,
    }  # fmt: skip


def figures(data: Mapping[str, Any]) -> list[Figure]:
    """Return the figures of a record that are drawings, in their order."""
    incident = Incident.model_validate(data)
    report = compose(incident, words_for(incident.language), Shelf(None), {}).report
    return [each for each in blocks(report) if isinstance(each, Figure) and not isinstance(each.content, Picture)]


def drawing(events: int, minutes: int, **differences: Any) -> TimelineDrawing:  # noqa: ANN401 (as for `record`)
    """Return the timeline drawing of such a record."""
    return timeline_of(record(events, minutes, **differences))


def timeline_of(data: Mapping[str, Any]) -> TimelineDrawing:
    """Return the timeline drawing of a record."""
    return next(each.content for each in figures(data) if isinstance(each.content, TimelineDrawing))


def chart_of(data: Mapping[str, Any]) -> BarChart:
    """Return the first bar chart of a record."""
    return next(each.content for each in figures(data) if isinstance(each.content, BarChart))


def relabelled(found: TimelineDrawing, labels: Mapping[str, str]) -> TimelineDrawing:
    """Return a drawing with other labels for the marks of some roles."""
    return replace(found, marks=tuple(replace(mark, label=labels.get(mark.role, mark.label)) for mark in found.marks))
