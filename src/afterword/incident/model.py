"""The Incident: the validated record from which every document is made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from afterword.characters import clean
from afterword.incident.audience import Audience
from afterword.incident.faults import raise_all
from afterword.incident.marks import FIXED, markable
from afterword.incident.parts import (
    Action,
    Attachment,
    Event,
    Impact,
    Lesson,
    Name,
    Part,
    Person,
    Prose,
    Reference,
    Resolution,
    RootCause,
    Text,
    choice,
)
from afterword.incident.resolve import resolve
from afterword.incident.sections import CustomSection
from afterword.incident.times import DateOrder


class Status(StrEnum):
    """Where the incident is, not its report."""

    OPEN = "open"
    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MITIGATED = "mitigated"
    MONITORING = "monitoring"
    RESOLVED = "resolved"
    CLOSED = "closed"

    @property
    def is_over(self) -> bool:
        """Return whether nothing more is expected to happen in the incident."""
        return self in {Status.RESOLVED, Status.CLOSED}


class Stage(StrEnum):
    """Where the report is, not the incident."""

    DRAFT = "draft"
    IN_REVIEW = "in-review"
    FINAL = "final"


class Classification(StrEnum):
    """The labels of TLP 2.0 (https://www.first.org/tlp/)."""

    RED = "TLP:RED"
    AMBER = "TLP:AMBER"
    AMBER_STRICT = "TLP:AMBER+STRICT"
    GREEN = "TLP:GREEN"
    CLEAR = "TLP:CLEAR"


def _tlp(value: object) -> object:
    """Return a TLP label as FIRST writes it: capitals, no spaces, with its prefix."""
    if not isinstance(value, str):
        return value
    label = re.sub(r"\s+", "", value).upper().replace("AMBER-STRICT", "AMBER+STRICT")
    label = label if label.startswith("TLP:") else f"TLP:{label}"
    if label == "TLP:WHITE":
        hint = "TLP 2.0 calls it TLP:CLEAR"
        context = {"message": "TLP:WHITE is a label of TLP 1.0", "expected": "TLP:CLEAR", "hint": hint}
        raise PydanticCustomError("AW204", "{message}", context)
    return label


def _language(tag: str) -> str:
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        context = {
            "message": f"{tag!r} is not a language",
            "expected": "a BCP 47 tag such as en, de-AT or am",
        }
        raise PydanticCustomError("AW207", "{message}", context) from None
    return tag


SCHEMA_KEY = "$schema"
"""By this key a JSON file names its schema to an editor; it says nothing about the incident."""


def _marked_name(name: str) -> str:
    """Return the name of a field that can be marked; raise AW201 for any other."""
    names = frozenset(markable(Incident))
    if name in names:
        return name
    close = get_close_matches(name.replace("-", "_"), names, n=1)
    context = {
        "message": f"`{name}` is no field that can be marked",
        "expected": "the name of a field or section, such as summary, responders or timeline.actor",
        "hint": f"did you mean `{close[0]}`?" if close else "",
    }
    if name in FIXED:
        context |= {"message": f"`{name}` cannot be marked", "hint": "every edition shows it; remove the mark"}
    raise PydanticCustomError("AW201", "{message}", context)


def _json_values(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a mapping with its lists and mappings as such, and everything else as text."""
    return {str(key): _json_value(item) for key, item in value.items()}


def _json_value(value: object) -> object:
    if isinstance(value, Mapping):
        return _json_values(value)
    if isinstance(value, list | tuple):
        return [_json_value(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value if value is None else clean(str(value))[0]


def _of_others(edition: Audience | None) -> Audience | None:
    """Return the edition, None for the internal one: that is the record itself."""
    return None if edition is Audience.INTERNAL else edition


class Incident(Part):
    """One incident: what happened, why, whom it hit, what was done, what was learned.

    Prose fields are CommonMark Markdown; everything else is plain text.
    """

    id: Name = Field(title="Incident ID", examples=["0x19", "INC-2023/08"])
    """The incident's id, any text, kept as written."""

    title: Name = Field(title="Title", examples=["Payment gateway refused all cards"])
    """The report's title."""

    date: dt.date = Field(title="Date of the incident", examples=["2023-08-13", "8/13/2023"])
    """The day on which it began."""

    date_order: DateOrder | None = Field(default=None, title="Order of dates", examples=["mdy"])
    """How dates such as 3/4/2023 are meant in this file; without it they are refused."""

    timezone: Text = Field(default="", title="Time zone", examples=["Africa/Addis_Ababa", "UTC"])
    """IANA name of the zone of all times without an offset."""

    status: Annotated[Status, BeforeValidator(choice)] = Field(default=Status.OPEN, title="Status of the incident")
    """Where the incident is."""

    stage: Annotated[Stage, BeforeValidator(choice)] = Field(default=Stage.DRAFT, title="Stage of the report")
    """Where the report is; only a final one goes without a DRAFT mark."""

    severity: Text = Field(default="", title="Severity", examples=["SEV1", "critical"])
    """How bad it was, in your own scale."""

    classification: Annotated[Classification | None, BeforeValidator(_tlp)] = Field(
        default=None, title="Traffic light protocol"
    )
    """How far the report may be passed on (TLP 2.0); printed in header and footer of every page."""

    tags: tuple[Name, ...] = Field(default=(), title="Tags", examples=[["payments", "certificate"]])
    """Words to find the report by."""

    services: tuple[Name, ...] = Field(default=(), title="Services", examples=[["checkout"]])
    """The services that the incident is filed under."""

    language: Annotated[Text, AfterValidator(_language)] = Field(default="en", title="Language", examples=["en", "am"])
    """BCP 47 tag of the language that the prose is written in."""

    authors: tuple[Person, ...] = Field(default=(), title="Authors")
    """Who wrote the report."""

    contact: Person | None = Field(default=None, title="Contact")
    """Whom to ask about the report."""

    reviewers: tuple[Person, ...] = Field(default=(), title="Reviewers")
    """Who read it before it went out."""

    responders: tuple[Person, ...] = Field(default=(), title="Responders")
    """Who worked on the incident, with their roles."""

    summary: Prose = Field(default="", title="Executive summary")
    """What a board needs to know, in one or two paragraphs."""

    timeline: tuple[Event, ...] = Field(default=(), title="Timeline")
    """What happened when, in order."""

    root_cause: RootCause = Field(default=RootCause(), title="Root cause")
    """Why it happened."""

    impact: Impact = Field(default=Impact(), title="Impact")
    """Who and what was affected."""

    resolution: Resolution = Field(default=Resolution(), title="Mitigation and resolution")
    """What was done about it."""

    lessons: tuple[Lesson, ...] = Field(default=(), title="Lessons learned")
    """What was learned."""

    preventive_measures: tuple[Action, ...] = Field(default=(), title="Preventive measures")
    """What will keep it from happening again."""

    conclusion: Prose = Field(default="", title="Conclusion")
    """The closing words."""

    references: tuple[Reference, ...] = Field(default=(), title="References")
    """What to read further."""

    attachments: tuple[Attachment, ...] = Field(default=(), title="Attachments")
    """Files that belong to the report."""

    sections: tuple[CustomSection, ...] = Field(default=(), title="Custom sections")
    """Sections of your own."""

    extra: Annotated[Mapping[str, Any], AfterValidator(_json_values)] = Field(
        default_factory=dict, title="Extra", examples=[{"page_id": "yltqpl26m292"}]
    )
    """What another tool knew of the incident and the record has no field for: texts, lists and mappings, kept as they
    came. No document shows it; it travels in the data inside those for the internal audience only, unless marked."""

    visibility: Mapping[Annotated[str, AfterValidator(_marked_name)], Annotated[Audience, BeforeValidator(choice)]] = (
        Field(
            default_factory=dict,
            title="Visibility",
            examples=[{"summary": "public", "responders": "internal", "timeline.actor": "internal"}],
        )
    )
    """Who may see each section or field at most, by names such as `summary` or `timeline.actor`."""

    edition: Annotated[Audience | None, BeforeValidator(choice), AfterValidator(_of_others)] = Field(
        default=None, title="Edition"
    )
    """Set by the tool in a record that is an edition: the audience that it was made for."""

    def __hash__(self) -> int:
        """Return a hash of what incidents are told apart by; the mapping of marks has none."""
        return hash((self.id, self.title, self.date))

    @property
    def zone(self) -> ZoneInfo | None:
        """Return the time zone of the record, or None if it has none."""
        return ZoneInfo(self.timezone) if self.timezone else None

    @model_validator(mode="wrap")
    @classmethod
    def _resolve_times(cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:  # noqa: ANN401 (pydantic hands over whatever the file holds)
        """Put dates and times on the calendar first, then validate, and raise all faults of both at once."""
        if not isinstance(data, Mapping):
            return handler(data)
        resolved = resolve({key: value for key, value in data.items() if key != SCHEMA_KEY})
        try:
            incident = handler(resolved.data)
        except ValidationError as found:
            raise_all(cls.__name__, resolved.faults, found)
        if resolved.faults:
            raise_all(cls.__name__, resolved.faults)
        if info.context is not None:
            info.context.setdefault("notices", []).extend(resolved.notices)
        return incident

    def as_data(self) -> dict[str, object]:
        """Return the record as JSON values, without defaults, such that `model_validate` gives it back."""
        return self.model_dump(mode="json", exclude_defaults=True)
