"""Incident Timeline: the events as a figure and as a table."""

from __future__ import annotations

from datetime import datetime

from afterword.compose.desk import Desk
from afterword.compose.drawing import timeline_drawing
from afterword.compose.labels import KINDS
from afterword.compose.steps import as_blocks
from afterword.incident.parts import Event, Kind
from afterword.incident.times import TimeFault, parse_time
from afterword.report.nodes import (
    Block,
    Cell,
    Column,
    FieldBlock,
    FieldText,
    Figure,
    Inline,
    Link,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)


def timeline(desk: Desk) -> Section:
    """Return the section with the events as a figure, a word about the zone of their times, and a table."""
    events = desk.incident.timeline
    blocks = (_figure(desk), _zone_note(desk), _table(desk)) if events else ()
    return Section(desk.say("Incident Timeline"), blocks, name="timeline")


def _figure(desk: Desk) -> Figure:
    caption = desk.say("The incident over time")
    return Figure(timeline_drawing(desk), _alternative(desk), caption)


def _alternative(desk: Desk) -> str:
    """Return in words what the figure shows: how many events, from when to when, and its milestones."""
    events, words = desk.incident.timeline, desk.words
    first, last = events[0].at, events[-1].at
    span = words.count(
        "{count} event from {start} to {end}.",
        "{count} events from {start} to {end}.",
        len(events),
        start=words.stamp(first),
        end=words.stamp(last),
    )
    if len(events) == 1:
        span = words.say("One event, at {start}.", start=words.stamp(first))
    milestones = [event for event in events if event.kind not in {Kind.NOTE, Kind.ACTION}]
    marks = [f"{words.say(KINDS[event.kind])} {time_text(desk, event)}" for event in milestones]
    told = words.say("{milestones}.", milestones=words.say("; ").join(marks)) if marks else ""
    return " ".join(filter(None, (words.say("Timeline."), span, told)))


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
    time = 0.2 if is_over_days(desk) else 0.14
    kind = 0.18 if with_kind else 0.0
    actor = 0.16 if with_actor else 0.0
    columns = [Column(desk.say("Time"), time)]
    if with_kind:
        columns.append(Column(desk.say("Phase"), kind))
    columns.append(Column(desk.say("Event Description"), round(1 - time - kind - actor, 4)))
    if with_actor:
        columns.append(Column(desk.say("Who"), actor))
    return tuple(columns)


def _row(desk: Desk, index: int, *, with_kind: bool, with_actor: bool) -> Row:
    event = desk.incident.timeline[index]
    path = f"timeline[{index}]"
    role = f"phase-{event.kind.value}"
    cells = [_cell((FieldText(f"{path}.time", (Text(time_text(desk, event)),)),))]
    if with_kind:
        label = () if event.kind is Kind.NOTE else (FieldText(f"{path}.kind", desk.say(KINDS[event.kind])),)
        cells.append(Cell((Paragraph(label),) if label else (), role))
    cells.append(Cell((*_description(desk, f"{path}.description", event), *_source(desk, path, event))))
    if with_actor:
        cells.append(_cell(desk.plain(f"{path}.actor", event.actor)))
    return Row(tuple(cells), role)


def _cell(inlines: tuple[Inline, ...]) -> Cell:
    return Cell((Paragraph(inlines),) if inlines else ())


def _description(desk: Desk, path: str, event: Event) -> tuple[Block, ...]:
    prose = desk.prose(path, event.description)
    return (FieldBlock(path, (*prose.blocks, *as_blocks(prose.sections))),)


def _source(desk: Desk, path: str, event: Event) -> tuple[Block, ...]:
    if not event.source and not event.link:
        return ()
    text = desk.plain(f"{path}.source", event.source) or (FieldText(f"{path}.link", (Text(event.link),)),)
    shown: tuple[Inline, ...] = (Link(text, event.link),) if event.link else text
    return (Paragraph((Text(desk.words.say("Source:") + " "), *shown), "minor"),)


def is_over_days(desk: Desk) -> bool:
    """Return whether the events lie on more than one day, so that each time needs its date."""
    return len({event.at.date() for event in desk.incident.timeline}) > 1


def time_text(desk: Desk, event: Event) -> str:
    """Return the time of an event as the reader sees it: as the author wrote it where that is a time of day."""
    is_own = _is_own_clock(desk, event.time) and not _came_twice(event.at)
    clock = event.time if is_own else clock_text(desk, event.at)
    return desk.words.dated(desk.words.short_date(event.at), clock) if is_over_days(desk) else clock


def clock_text(desk: Desk, moment: datetime) -> str:
    """Return a time of day, with its offset where the record has no zone but its times do.

    A time that clocks passed twice always has its offset.
    """
    clock = desk.words.clock(moment)
    needs_offset = moment.tzinfo and (not desk.incident.timezone or _came_twice(moment))
    return f"{clock} {desk.words.offset(moment)}" if needs_offset else clock


def _came_twice(moment: datetime) -> bool:
    """Return whether clocks were set back over this local time, so that it alone does not say which one is meant."""
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()


def _is_own_clock(desk: Desk, text: str) -> bool:
    if not text or desk.words.language != desk.incident.language:
        return False
    try:
        clock = parse_time(text)
    except TimeFault:
        return False
    # A time with its own offset may fall on another day than the event's in the zone of the record.
    return clock.tzinfo is None or not desk.incident.timezone


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
