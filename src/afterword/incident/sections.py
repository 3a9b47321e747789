"""Sections of the author's own, and the sections of a report around which they can stand."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from afterword.incident.parts import Mark, Name, Part, Prose, choice

SECTION_NAMES = (
    "overview",
    "summary",
    "timeline",
    "root-cause",
    "impact",
    "resolution",
    "lessons",
    "prevention",
    "conclusion",
    "references",
    "attachments",
)
"""The sections of a report, in their order."""


def _position(text: str) -> str:
    side, _, name = text.partition("-")
    if text in {"start", "end"} or (side in {"before", "after"} and name in SECTION_NAMES):
        return text
    expected = f"start, end, or before or after one of {', '.join(SECTION_NAMES)}"
    context = {"message": f"{text!r} is not a place in the report", "expected": expected}
    raise PydanticCustomError("AW204", "{message}", context)


class CustomSection(Part):
    """A section of your own. Its place is said by `position`."""

    heading: Name = Field(title="Heading", examples=["Regulatory notice"])
    """The heading."""

    body: Prose = Field(default="", title="Body")
    """The text."""

    position: Annotated[str, BeforeValidator(choice), AfterValidator(_position)] = Field(
        default="end", title="Position", examples=["after impact", "before conclusion", "end"]
    )
    """`before` or `after` one of overview, summary, timeline, root-cause, impact, resolution, lessons, prevention,
    conclusion, references or attachments; `start` or `end` (before references)."""

    visibility: Mark = None
