"""Lessons Learned and Preventive Measures: what was learned, and what will be done."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from afterword.compose.desk import Desk
from afterword.compose.labels import ACTION_STATES, ACTION_TYPES, GROUPS
from afterword.compose.overview import person
from afterword.compose.steps import Titled, steps
from afterword.diagnostics import shorten
from afterword.incident.parts import Action, Lesson
from afterword.prose import parse
from afterword.report.builders import cell, fitted_widths, words_of
from afterword.report.nodes import (
    Block,
    Column,
    FieldText,
    Inline,
    Link,
    Row,
    Section,
    Strong,
    Table,
    Text,
)
from afterword.report.walk import plain_text
from afterword.words import message


def lessons(desk: Desk) -> Section:
    """Return the section with the lessons, those with a group below its heading."""
    numbered = tuple(enumerate(desk.incident.lessons))
    groups = tuple(
        Section(desk.say(title), _lessons(desk, numbered, group))
        for group, title in GROUPS.items()
        if any(lesson.group == group for _, lesson in numbered)
    )
    return Section(desk.say("Lessons Learned"), _lessons(desk, numbered, ""), groups, "lessons")


def _lessons(desk: Desk, numbered: tuple[tuple[int, Lesson], ...], group: str) -> tuple[Block, ...]:
    parts = (
        Titled(f"lessons[{index}]", lesson.title, lesson.description)
        for index, lesson in numbered
        if lesson.group == group
    )
    return steps(desk, tuple(parts))


def prevention(desk: Desk) -> Section:
    """Return the section with the preventive measures as steps, and those that are tracked as a table."""
    numbered = tuple(enumerate(desk.incident.preventive_measures))
    told = tuple(
        Titled(_path(index), action.title, action.description)
        for index, action in numbered
        if action.description or not action.is_tracked
    )
    return Section(desk.say("Preventive Measures"), (*steps(desk, told), *_table(desk, numbered)), name="prevention")


def _path(index: int) -> str:
    return f"preventive_measures[{index}]"


_TITLE_LINE = 10
"""Letters of a title that stand in one line."""

_ADDRESS = re.compile(r"https?://(?P<places>[\w./-]+)(?:[?#][^\s()<>\[\]]*)?", re.ASCII)
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9]*-[0-9]+")

CellMaker = Callable[[Desk, str, Action], tuple[Inline, ...]]


def _table(desk: Desk, numbered: tuple[tuple[int, Action], ...]) -> tuple[Block, ...]:
    tracked = tuple((index, action) for index, action in numbered if action.is_tracked)
    if not tracked:
        return ()
    cells = {
        name: tuple(make(desk, _path(index), action) for index, action in tracked)
        for name, (_, make) in _COLUMNS.items()
    }
    kept = [name for name, column in cells.items() if any(column)]
    titles = [desk.say(name) for name in kept]
    pieces = [_pieces(name, (title, *cells[name])) for title, name in zip(titles, kept, strict=True)]
    widths = fitted_widths([_COLUMNS[name][0] for name in kept], pieces)
    columns = tuple(Column(title, width) for title, width in zip(titles, widths, strict=True))
    rows = tuple(Row(tuple(cell(cells[name][place]) for name in kept)) for place in range(len(tracked)))
    description = desk.words.say("Who does what by when")
    return (Table(columns, rows, desk.say("Action items"), description, "actions", row_headers=True),)


def _pieces(name: str, column: Iterable[tuple[Inline, ...]]) -> Iterable[str]:
    """Return what stands in one line of a column: a word, a date as a whole, and some words of a title."""
    told = [plain_text(inlines) for inlines in column]
    match name:
        case "Due":
            return [each.partition(" (")[0] for each in told]
        case "Action":
            return (*words_of(told), *(each[:_TITLE_LINE] for each in told))
        case _:
            return words_of(told)


def _action(desk: Desk, path: str, action: Action) -> tuple[Inline, ...]:
    """Return the title of a measure, or else the beginning of its text, by which it is found among those above."""
    if action.title:
        return desk.plain(f"{path}.title", action.title)
    return desk.bare(shorten(plain_text(parse(action.description).blocks))) or desk.say("Untitled action")


def _type(desk: Desk, path: str, action: Action) -> tuple[Inline, ...]:
    return (FieldText(f"{path}.type", desk.say(ACTION_TYPES[action.type])),) if action.type else ()


def _owner(desk: Desk, path: str, action: Action) -> tuple[Inline, ...]:
    return person(desk, f"{path}.owner", action.owner) if action.owner else ()


def _due(desk: Desk, path: str, action: Action) -> tuple[Inline, ...]:
    if not action.due:
        return ()
    due = (FieldText(f"{path}.due", (Text(desk.words.medium_date(action.due)),)),)
    return (*due, Text(" "), Strong(desk.say("(overdue)"))) if action.is_overdue(desk.as_of) else due


def _status(desk: Desk, path: str, action: Action) -> tuple[Inline, ...]:
    return (FieldText(f"{path}.status", desk.say(ACTION_STATES[action.status])),) if action.status else ()


def _ticket(desk: Desk, path: str, action: Action) -> tuple[Inline, ...]:
    text = desk.plain(f"{path}.ticket", _ticket_name(action.ticket))
    is_link = action.ticket.startswith(("https://", "http://"))
    return (Link(text, action.ticket),) if is_link else text


def _ticket_name(ticket: str) -> str:
    """Return what a tracker calls the ticket at an address, such as `OPS-12` or `issues/12`; all else as it is.

    An address in full would make its row many lines tall, and tells a listener nothing.
    """
    address = _ADDRESS.fullmatch(ticket)
    places = address["places"].strip("/").split("/") if address else [ticket]
    if key := next((place for place in reversed(places[1:]) if _KEY.fullmatch(place)), ""):
        return key
    if places[1:] and places[-1].isdigit():
        return "/".join(places[-2:])
    return ticket


def _priority(desk: Desk, path: str, action: Action) -> tuple[Inline, ...]:
    return desk.plain(f"{path}.priority", action.priority)


_COLUMNS: dict[str, tuple[float, CellMaker]] = {
    message("Action"): (0.3, _action),
    message("Type"): (0.12, _type),
    message("Owner"): (0.18, _owner),
    message("Due"): (0.21, _due),
    message("Status"): (0.14, _status),
    message("Ticket"): (0.14, _ticket),
    message("Priority"): (0.11, _priority),
}
"""Columns of the table of action items with their shares of its width; those without content are left out."""
