"""Incident Overview: the facts of the record, and how long things took."""

from __future__ import annotations

import re
from collections.abc import Iterator

from afterword.compose.charts import durations_chart
from afterword.compose.desk import Desk
from afterword.compose.labels import DURATIONS, SINCE, STATES, STATUSES
from afterword.incident.durations import Duration, DurationName, DurationState, durations
from afterword.incident.parts import Person
from afterword.report.nodes import (
    Block,
    Cell,
    Column,
    Fact,
    Facts,
    FieldText,
    Inline,
    KeyFigure,
    LineBreak,
    Link,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)

_FOR_THE_TITLE = (DurationName.TO_DETECT, DurationName.TO_MITIGATE, DurationName.TO_RESOLVE, DurationName.TOTAL)
"""Durations that stand under the title as well; acknowledgement, of least weight, leaves four to a row."""


def key_figures(desk: Desk) -> tuple[KeyFigure, ...]:
    """Return the recorded durations that stand under the title, a number never parted from its unit.

    The total stands there only where it says something else than the time to resolve.
    """
    known = {each.name: each.value for each in durations(desk.incident) if each.value is not None}
    found = {name: known[name] for name in _FOR_THE_TITLE if name in known}
    if found.get(DurationName.TOTAL) == found.get(DurationName.TO_RESOLVE):
        found.pop(DurationName.TOTAL, None)
    words = desk.words
    return tuple(
        KeyFigure(words.say(DURATIONS[name]), _unbroken(words.duration(value))) for name, value in found.items()
    )


def _unbroken(text: str) -> str:
    """Return a text whose numbers hold on to the word that follows."""
    return re.sub(r"(?<=\d) ", "\N{NO-BREAK SPACE}", text)


def overview(desk: Desk) -> Section:
    """Return the section with the facts of the record and its durations."""
    facts = Facts(tuple(_facts(desk)), desk.words.say("Facts of the incident"))
    return Section(desk.say("Incident Overview"), (facts, *_durations(desk)), name="overview")


def _facts(desk: Desk) -> Iterator[Fact]:
    incident, say = desk.incident, desk.words.say
    yield Fact(say("Incident ID"), desk.plain("id", incident.id))
    yield Fact(say("Date"), (FieldText("date", (Text(desk.words.date(incident.date)),)),))
    authors = desk.words.count("Author", "Authors", len(incident.authors))
    yield from _people(desk, authors, "authors", incident.authors)
    yield Fact(say("Status"), (FieldText("status", desk.say(STATUSES[incident.status])),))
    yield from _optional(desk, say("Severity"), "severity", incident.severity)
    yield from _list(desk, say("Services"), "services", incident.services)
    yield from _optional(desk, say("Time zone"), "timezone", incident.timezone)
    if incident.classification:
        yield Fact(say("Classification"), (FieldText("classification", (Text(incident.classification.value),)),))
    yield from _people(desk, say("Reviewers"), "reviewers", incident.reviewers)
    yield from _people(desk, say("Responders"), "responders", incident.responders)
    yield from _list(desk, say("Tags"), "tags", incident.tags)


def _optional(desk: Desk, label: str, path: str, value: str) -> Iterator[Fact]:
    if value:
        yield Fact(label, desk.plain(path, value))


def _list(desk: Desk, label: str, path: str, values: tuple[str, ...]) -> Iterator[Fact]:
    if values:
        yield Fact(label, desk.plain(path, desk.words.all_of(values)))


def _people(desk: Desk, label: str, path: str, people: tuple[Person, ...]) -> Iterator[Fact]:
    if not people:
        return
    value: list[Inline] = []
    for index, someone in enumerate(people):
        value += [LineBreak()] if index else []
        value += person(desk, f"{path}[{index}]", someone)
    yield Fact(label, tuple(value))


def person(desk: Desk, path: str, someone: Person) -> tuple[Inline, ...]:
    """Return a person as `Name, role (address)`, the address as a link."""
    inlines = [*desk.plain(f"{path}.name", someone.name)]
    if someone.role:
        inlines += [*desk.say(", "), *desk.plain(f"{path}.role", someone.role)]
    if someone.email:
        inlines += [Text(" ("), email(path, someone), Text(")")]
    return tuple(inlines)


def email(path: str, someone: Person) -> Link:
    """Return a person's address as a link."""
    return Link((FieldText(f"{path}.email", (Text(someone.email),)),), f"mailto:{someone.email}")


def _durations(desk: Desk) -> tuple[Block, ...]:
    """Return the durations as a table and a chart, or nothing where no event tells anything about them.

    An edition shows only those that it can measure: an end that it does not have may well be recorded.
    """
    found = durations(desk.incident)
    if desk.incident.edition:
        found = tuple(duration for duration in found if duration.state is DurationState.RECORDED)
    if not any(duration.state in {DurationState.RECORDED, DurationState.INVALID} for duration in found):
        return ()
    columns = (
        Column(desk.say("Measure"), 0.34),
        Column(desk.say("Measured from"), 0.33),
        Column(desk.say("Time taken"), 0.33),
    )
    rows = tuple(_duration(desk, duration) for duration in found)
    caption = desk.say("Key durations")
    description = desk.words.say("How long it took to detect, acknowledge, mitigate and resolve the incident")
    table = Table(columns, rows, caption, description, "durations", row_headers=True)
    return (table, *durations_chart(desk))


def _duration(desk: Desk, duration: Duration) -> Row:
    taken = (
        desk.words.duration(duration.value) if duration.value is not None else desk.words.say(STATES[duration.state])
    )
    since = desk.words.say(SINCE[duration.since])
    texts = (desk.words.say(DURATIONS[duration.name]), since, taken)
    return Row(tuple(Cell((Paragraph((Text(text),)),)) for text in texts), role=duration.state.value)
