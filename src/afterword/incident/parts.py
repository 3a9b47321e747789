"""The parts of an incident: people, events, causes, impact, steps, lessons, actions, references, sections."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    JsonValue,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from afterword.characters import clean
from afterword.incident.audience import Audience
from afterword.incident.times import is_relative


def _cleaned(text: str) -> str:
    return clean(text)[0].strip("\n")


Text = Annotated[str, AfterValidator(_cleaned)]
"""Plain text. A number or a truth value in its place is taken as it is written: `0x19` stays `0x19`."""

Name = Annotated[str, AfterValidator(lambda text: " ".join(_cleaned(text).split())), Field(min_length=1)]
"""Plain text of one line that is not empty."""

PROSE: dict[str, JsonValue] = {"x-prose": True}
"""What the schema says of Markdown, and how the models tell it from plain text."""

Prose = Annotated[str, AfterValidator(_cleaned), Field(json_schema_extra=PROSE)]
"""CommonMark Markdown with tables, strikethrough and footnotes; HTML in it is shown as text."""

_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")
_URL = re.compile(r"(?:https?://[^\s<>]+|mailto:[^\s<>]+)", re.IGNORECASE)
_PERSON = re.compile(r"(?P<name>[^<>]*)<(?P<email>[^<>]+)>")


def _email(text: str) -> str:
    if text and not _EMAIL.fullmatch(text):
        raise _bad_value(f"{text!r} is not an e-mail address", "an address such as name@example.org")
    return text


def _url(text: str) -> str:
    if text and not _URL.fullmatch(text):
        raise _bad_value(f"{text!r} is not a link", "a link that starts with https://, http:// or mailto:")
    return text


def _bad_value(message: str, expected: str) -> PydanticCustomError:
    return PydanticCustomError("AW207", "{message}", {"message": message, "expected": expected})


Email = Annotated[Text, AfterValidator(str.strip), AfterValidator(_email)]
Url = Annotated[Text, AfterValidator(str.strip), AfterValidator(_url)]


def choice(value: object) -> object:
    """Return a choice as its list writes it: lower-case, with hyphens."""
    return re.sub(r"[\s_]+", "-", value.strip().lower()) if isinstance(value, str) else value


def _mark(value: object) -> object:
    """Return a mark as its list writes it; one that was begun and left blank must not show what it was to hide."""
    if value is None or (isinstance(value, str) and not value.strip()):
        raise _bad_value("the mark of visibility is blank", f"one of {', '.join(Audience)}, or no `visibility` at all")
    return choice(value)


Mark = Annotated[
    Audience | None,
    BeforeValidator(_mark),
    Field(title="Visibility", description="Who may see it at most.", examples=["public"]),
]
"""A mark of visibility on a part; None for one that has none."""


class Part(BaseModel):
    """Base of all parts: frozen, and strict about names."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        coerce_numbers_to_str=True,
        validate_default=False,
        use_attribute_docstrings=True,
    )

    shorthand: ClassVar[str] = ""
    """Name of the field that a plain text in place of the whole part fills."""

    list_shorthand: ClassVar[str] = ""
    """Name of the field that a list in place of the whole part fills."""

    @model_validator(mode="before")
    @classmethod
    def _from_text(cls, data: Any) -> Any:  # noqa: ANN401 (pydantic hands over whatever the file holds)
        if cls.shorthand and isinstance(data, str):
            return cls._spell_out(data)
        if cls.list_shorthand and isinstance(data, list | tuple):
            return {cls.list_shorthand: data}
        if isinstance(data, Mapping):
            return {key: value for key, value in data.items() if not cls._is_left_out(key, value)}
        return data

    @classmethod
    def _is_left_out(cls, name: object, value: object) -> bool:
        """Return whether a field that exists is blank and may be; of a required field and of a mark that is a fault."""
        known = cls.model_fields.get(name) if isinstance(name, str) else None
        if known is None or (name == "visibility" and known.default is None):
            return False
        return value is None or (not known.is_required() and isinstance(value, str) and not value.strip())

    @classmethod
    def _spell_out(cls, text: str) -> dict[str, str]:
        return {cls.shorthand: text}

    def without_traces(self) -> Self:
        """Return the part without what its author's words tell about parts that an edition may have lost."""
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the schema, which allows the shorthand where there is one."""
        full = handler(schema)
        options = [full]
        if cls.shorthand:
            text = f"Short for a mapping with only `{cls.shorthand}`."
            options.append({"type": "string", "description": text})
        if cls.list_shorthand:
            text = f"Short for a mapping with only `{cls.list_shorthand}`."
            options.append({**full["properties"][cls.list_shorthand], "description": text})
        return {"anyOf": options} if len(options) > 1 else full


class Person(Part):
    """Somebody who wrote, reviewed or responded. `Name <mail@example.org>` is enough."""

    shorthand: ClassVar[str] = "name"

    name: Name = Field(title="Name", examples=["Solomon Kassa"])
    """Full name."""

    email: Email = Field(default="", title="E-mail", examples=["name@example.org"])
    """E-mail address."""

    role: Text = Field(default="", title="Role", examples=["Incident commander"])
    """What the person did in the incident or for the report."""

    visibility: Mark = None

    @classmethod
    def _spell_out(cls, text: str) -> dict[str, str]:
        match = _PERSON.fullmatch(text.strip())
        return {"name": match["name"], "email": match["email"]} if match and match["name"].strip() else {"name": text}


class Kind(StrEnum):
    """What an event means for the incident; durations are measured between kinds."""

    IMPACT_START = "impact-start"
    DETECTED = "detected"
    ACKNOWLEDGED = "acknowledged"
    ESCALATED = "escalated"
    COMMUNICATED = "communicated"
    DIAGNOSED = "diagnosed"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    CLOSED = "closed"
    ACTION = "action"
    NOTE = "note"


class Event(Part):
    """One entry of the timeline, with `at` (date and time) or `time` (time of day, or `+2 min` after the last one)."""

    at: datetime = Field(title="Date and time", examples=["2023-08-13T08:45:00+03:00", "8/13/2023 08:45 AM"])
    """Full date and time; with `timezone` set, a local time needs no offset."""

    time: Text = Field(default="", title="Time", examples=["08:45 AM", "17:05", "+2 min"])
    """Time of day on the date of the event before (the next day if it runs past midnight), or a stretch after it."""

    description: Prose = Field(title="What happened", examples=["Incident detected through monitoring system."])
    """What happened."""

    kind: Annotated[Kind, BeforeValidator(choice)] = Field(default=Kind.NOTE, title="Kind of event")
    """What the event means for the incident."""

    actor: Text = Field(default="", title="Who", examples=["On-call engineer"])
    """Who did or saw it: a person, a team or a system."""

    source: Text = Field(default="", title="Source", examples=["#inc-0x19, Slack"])
    """Where this is known from."""

    link: Url = Field(default="", title="Link", examples=["https://example.org/log/42"])
    """Where the source can be read."""

    visibility: Mark = None

    def without_traces(self) -> Self:
        """Return the event without a time that counts from an event before it."""
        return self.model_copy(update={"time": ""}) if is_relative(self.time) else self


class RootCause(Part):
    """Why it happened. A plain text is the description."""

    shorthand: ClassVar[str] = "description"

    description: Prose = Field(default="", title="Root cause", examples=["A certificate expired unnoticed."])
    """The cause, and how it led to the impact."""

    trigger: Prose = Field(default="", title="Trigger", examples=["The nightly deployment restarted every node."])
    """What set it off."""

    contributing_factors: tuple[Prose, ...] = Field(default=(), title="Contributing factors")
    """What made it likelier, longer or worse."""

    five_whys: tuple[Prose, ...] = Field(default=(), title="Five whys")
    """Each answer asks the next why."""

    detection_gap: Prose = Field(default="", title="Detection gap")
    """Why it was not noticed sooner, and which processes were missing."""

    visibility: Mark = None


class Measure(Part):
    """One number of the impact."""

    name: Name = Field(title="What is measured", examples=["Failed payments"])
    """What is counted."""

    value: Name = Field(title="Value", examples=["1840", "12.5"])
    """The number, as it should be read."""

    unit: Text = Field(default="", title="Unit", examples=["requests", "%", "EUR"])
    """What it is counted in. Numbers that share a unit are also drawn as a chart."""

    basis: Annotated[Literal["actual", "estimate"], BeforeValidator(choice)] = Field(default="actual", title="Basis")
    """Whether it was counted or estimated."""

    visibility: Mark = None


class Impact(Part):
    """Who and what was affected. A plain text is the description."""

    shorthand: ClassVar[str] = "description"

    description: Prose = Field(default="", title="Impact", examples=["Card payments failed for all customers."])
    """What users, customers and systems went through."""

    measures: tuple[Measure, ...] = Field(default=(), title="Measures")
    """Numbers of the impact."""

    customers: Prose = Field(default="", title="Customers", examples=["312 merchants in two regions"])
    """Which customers were affected."""

    services: tuple[Name, ...] = Field(default=(), title="Services affected", examples=[["checkout", "refunds"]])
    """Which services were affected."""

    started_at: datetime | None = Field(default=None, title="Start of impact", examples=["2023-08-13T08:31"])
    """When users were first affected."""

    ended_at: datetime | None = Field(default=None, title="End of impact", examples=["2023-08-13T12:30"])
    """When users were no longer affected."""

    data_loss: Prose = Field(default="", title="Data loss", examples=["None: all writes were replayed from the log."])
    """What data was lost, altered or exposed; say so if none was."""

    visibility: Mark = None


class Step(Part):
    """One step of the mitigation or resolution. A plain text is the description."""

    shorthand: ClassVar[str] = "description"

    title: Text = Field(default="", title="Title", examples=["Immediate Action"])
    """The bold lead-in."""

    description: Prose = Field(default="", title="What was done")
    """What was done."""

    visibility: Mark = None


class Resolution(Part):
    """How the incident was brought to an end. A plain text is the description, a list the steps."""

    shorthand: ClassVar[str] = "description"
    list_shorthand: ClassVar[str] = "steps"

    steps: tuple[Step, ...] = Field(default=(), title="Steps")
    """What was done, in order."""

    description: Prose = Field(default="", title="Description")
    """An account of the resolution as a whole."""

    visibility: Mark = None


class Lesson(Part):
    """One thing learned. A plain text is the description."""

    shorthand: ClassVar[str] = "description"

    title: Text = Field(default="", title="Title", examples=["Proactive Monitoring"])
    """The bold lead-in."""

    description: Prose = Field(default="", title="Lesson")
    """What was learned."""

    group: Annotated[Literal["", "went-well", "went-wrong", "lucky"], BeforeValidator(choice)] = Field(
        default="", title="Group"
    )
    """What went well, what went wrong, or where luck helped; lessons with a group get a heading for it."""

    visibility: Mark = None


SETTLED = frozenset({"done", "declined"})
"""States of an action after which nothing more is waited for."""


class Action(Part):
    """One preventive measure. With an owner, a due date, a status or a ticket it is also listed as an action item."""

    shorthand: ClassVar[str] = "description"

    title: Text = Field(default="", title="Title", examples=["Redundancy and Failover"])
    """The bold lead-in, or the action in one line."""

    description: Prose = Field(default="", title="Description")
    """What will be done, and how one will know that it is done."""

    type: Annotated[
        Literal["", "prevent", "detect", "mitigate", "process", "document", "investigate", "repair"],
        BeforeValidator(choice),
    ] = Field(default="", title="Type")
    """What the action is for."""

    owner: Annotated[Person | None, BeforeValidator(lambda value: value or None)] = Field(default=None, title="Owner")
    """Who answers for it."""

    due: date | None = Field(default=None, title="Due date", examples=["2023-09-30"])
    """By when it is to be done."""

    status: Annotated[Literal["", "open", "in-progress", "done", "blocked", "declined"], BeforeValidator(choice)] = (
        Field(default="", title="Status")
    )
    """How far it is."""

    ticket: Text = Field(default="", title="Ticket", examples=["OPS-1234", "https://example.org/OPS-1234"])
    """Where it is tracked: a number or a link."""

    priority: Text = Field(default="", title="Priority", examples=["P1", "high"])
    """How urgent it is."""

    visibility: Mark = None

    @property
    def is_tracked(self) -> bool:
        """Return whether anything is known that belongs into the table of action items."""
        return any((self.owner, self.due, self.status, self.ticket, self.priority, self.type))

    def is_overdue(self, day: date) -> bool:
        """Return whether it was due before a day and is neither done nor declined."""
        return self.due is not None and self.due < day and self.status not in SETTLED


class Reference(Part):
    """Something to read further. A plain text is the title, or the link if it is one."""

    shorthand: ClassVar[str] = "title"

    title: Text = Field(default="", title="Title", examples=["Dashboard of the payment gateway"])
    """What it is."""

    url: Url = Field(default="", title="Link", examples=["https://example.org/dashboards/7"])
    """Where it is."""

    visibility: Mark = None

    @classmethod
    def _spell_out(cls, text: str) -> dict[str, str]:
        return {"url": text} if _URL.fullmatch(text.strip()) else {"title": text}


class Attachment(Part):
    """A file beside the source. PNG and JPEG pictures are shown; every file travels inside the PDF."""

    shorthand: ClassVar[str] = "path"

    path: Name = Field(title="Path", examples=["graphs/latency.png", "logs/gateway.log"])
    """Path relative to the source's folder, never outside it."""

    title: Text = Field(default="", title="Title", examples=["Latency of the gateway"])
    """Caption."""

    alt: Text = Field(default="", title="Text alternative", examples=["Latency rises from 80 ms to 4 s at 08:31."])
    """What a picture shows, for people who cannot see it."""

    visibility: Mark = None
