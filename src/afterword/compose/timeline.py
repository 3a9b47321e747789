"""Incident Timeline: the events as a figure and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from afterword.compose.axis import later
from afterword.compose.desk import Desk
from afterword.compose.drawing import extent, timeline_drawing
from afterword.compose.labels import KINDS
from afterword.compose.moments import axis_clock, is_over_days, time_text
from afterword.compose.steps import as_blocks
from afterword.incident.parts import Event, Kind
from afterword.report.builders import cell, fitted_widths, words_of
from afterword.report.nodes import (
    Block,
    Cell,
    Column,
    FieldBlock,
    FieldText,
    Figure,
    Inline,
    Link,
    Mark,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    TimelineDrawing,
)
from afterword.report.walk import plain_text

_UNTOLD = {f"phase-{kind.value}" for kind in (Kind.ACTION, Kind.NOTE)}


def timeline(desk: Desk) -> Section:
    """Return the section with the events as a figure, a word about the zone of their times, and a table."""
    events = desk.incident.timeline
    blocks = (_figure(desk), _zone_note(desk), _table(desk)) if events else ()
    return Section(desk.say("Incident Timeline"), blocks, name="timeline")


def _figure(desk: Desk) -> Figure:
    drawing = timeline_drawing(desk)
    return Figure(drawing, _alternative(desk, drawing), desk.say("The incident over time"))


def _alternative(desk: Desk, drawing: TimelineDrawing) -> str:
    """Return in words what the figure shows: how many events, from when to when, its milestones and its gaps."""
    marks = [mark for mark in drawing.marks if mark.is_event]
    parts = (desk.words.say("Timeline."), _extent(desk), _milestones(desk, drawing), *_gaps(desk, drawing, marks))
    return " ".join(filter(None, parts))


def _extent(desk: Desk) -> str:
    events, words = desk.incident.timeline, desk.words
    first, last = events[0].at, events[-1].at
    if len(events) == 1:
        return words.say("One event, at {start}.", start=words.stamp(first))
    return words.count(
        "{count} event from {start} to {end}.",
        "{count} events from {start} to {end}.",
        len(events),
        start=words.stamp(first),
        end=words.stamp(last),
    )


def _milestones(desk: Desk, drawing: TimelineDrawing) -> str:
    """Return the first moment of each kind, but for actions and notes, whose times the table has."""
    first: dict[str, str] = {}
    for mark in drawing.marks:
        if mark.role not in _UNTOLD:
            first.setdefault(mark.role, f"{mark.label} {_told(desk, mark)}")
    return desk.words.say("{values}.", values=desk.words.say("; ").join(first.values())) if first else ""


def _told(desk: Desk, mark: Mark) -> str:
    return desk.words.dated(mark.day, mark.time) if mark.day else mark.time


def _gaps(desk: Desk, drawing: TimelineDrawing, marks: Sequence[Mark]) -> Iterator[str]:
    """Yield a sentence for each break of the axis: how long nothing was recorded, and between which moments."""
    for gap in drawing.breaks:
        before = max((mark for mark in marks if mark.at <= gap.start), key=_at, default=None)
        after = min((mark for mark in marks if mark.at >= gap.end), key=_at, default=None)
        is_told = before is not None and after is not None
        yield desk.words.say(
            "Nothing is recorded for {length}, from {start} to {end}; there the axis is interrupted.",
            length=gap.label,
            start=_told(desk, before) if before and is_told else _moment(desk, gap.start),
            end=_told(desk, after) if after and is_told else _moment(desk, gap.end),
        )


def _at(mark: Mark) -> float:
    return mark.at


def _moment(desk: Desk, seconds: float) -> str:
    """Return a moment of the axis at which there is no event: the impact began before them, or went on after."""
    moment = later(extent(desk)[0], seconds)
    return desk.words.dated(desk.words.short_date(moment), axis_clock(desk, moment))


def _table(desk: Desk) -> Table:
    events = desk.incident.timeline
    with_kind = any(event.kind is not Kind.NOTE for event in events)
    with_actor = any(event.actor for event in events)
    rows = tuple(_row(desk, index, with_kind=with_kind, with_actor=with_actor) for index in range(len(events)))
    return Table(
        _columns(desk, with_kind=with_kind, with_actor=with_actor),
        rows,
        desk.say("Timeline of events"),
        desk.words.say("The events of the incident in order of time"),
        "timeline",
        row_headers=True,
    )


def _columns(desk: Desk, *, with_kind: bool, with_actor: bool) -> tuple[Column, ...]:
    events, time = desk.incident.timeline, 0.19 if is_over_days(desk) else 0.13
    kind, actor = 0.2 if with_kind else 0.0, 0.16 if with_actor else 0.0
    columns: list[tuple[tuple[Inline, ...], float, Iterable[str]]] = [
        (desk.say("Time"), time, (time_text(desk, event) for event in events)),
        (desk.say("Phase"), kind, words_of(plain_text(desk.say(KINDS[event.kind])) for event in events)),
        (desk.say("Event Description"), 1 - time - kind - actor, ()),
        (desk.say("Who"), actor, words_of(event.actor for event in events)),
    ]
    titles, usual, pieces = zip(*(each for each in columns if each[1]), strict=True)
    return tuple(map(Column, titles, fitted_widths(usual, pieces)))


def _row(desk: Desk, index: int, *, with_kind: bool, with_actor: bool) -> Row:
    event = desk.incident.timeline[index]
    path = f"timeline[{index}]"
    role = f"phase-{event.kind.value}"
    cells = [cell((FieldText(f"{path}.time", (Text(time_text(desk, event)),)),))]
    if with_kind:
        label = () if event.kind is Kind.NOTE else (FieldText(f"{path}.kind", desk.say(KINDS[event.kind])),)
        cells.append(cell(label, role))
    cells.append(Cell((*_description(desk, f"{path}.description", event), *_source(desk, path, event))))
    if with_actor:
        cells.append(cell(desk.plain(f"{path}.actor", event.actor)))
    return Row(tuple(cells), role)


def _description(desk: Desk, path: str, event: Event) -> tuple[Block, ...]:
    prose = desk.prose(path, event.description)
    return (FieldBlock(path, (*prose.blocks, *as_blocks(prose.sections))),)


def _source(desk: Desk, path: str, event: Event) -> tuple[Block, ...]:
    if not event.source and not event.link:
        return ()
    text = desk.plain(f"{path}.source", event.source) or (FieldText(f"{path}.link", (Text(event.link),)),)
    shown: tuple[Inline, ...] = (Link(text, event.link),) if event.link else text
    return (Paragraph((Text(desk.words.say("Source:") + " "), *shown), "minor"),)


def _zone_note(desk: Desk) -> Paragraph:
    """Return a line that says which zone the times are in, or that none was recorded."""
    incident, words = desk.incident, desk.words
    if incident.timezone:
        offsets = dict.fromkeys(words.offset(event.at) for event in incident.timeline)
        text = words.say(
            "All times are local times of {zone} ({offset}).",
            zone=incident.timezone,
            offset=words.all_of(tuple(offsets)),
        )
    elif incident.timeline[0].at.tzinfo:
        text = words.say("All times are given with their offset from UTC.")
    else:
        text = words.say("Times are given as recorded, without a time zone.")
    return Paragraph((Text(text),), "minor")
