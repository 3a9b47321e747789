"""The Theme: colours, fonts, sizes, page and furniture, from which style sheet and Word styles are both made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from afterword.options import PageSize

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$", examples=["#1f4e79"])]
"""An sRGB colour as `#rrggbb`."""

Points = Annotated[float, Field(gt=3, lt=100)]
Millimetres = Annotated[float, Field(ge=5, le=80)]


class _Part(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        populate_by_name=True,
    )


class PhaseColours(_Part):
    """The colour of each kind of event; never the only carrier of the kind."""

    impact_start: Colour
    detected: Colour
    acknowledged: Colour
    escalated: Colour
    communicated: Colour
    diagnosed: Colour
    mitigated: Colour
    resolved: Colour
    closed: Colour
    action: Colour
    note: Colour


class Colours(_Part):
    """The colours of text, lines and surfaces."""

    text: Colour
    muted: Colour
    accent: Colour
    accent_soft: Colour
    rule: Colour
    surface: Colour
    placeholder: Colour
    warning: Colour
    draft: Colour
    phases: PhaseColours


class FontFace(_Part):
    """One font file."""

    family: str
    file: str
    """Path relative to the theme file."""

    weight: Literal["normal", "bold"] = "normal"
    style: Literal["normal", "italic"] = "normal"


class Fonts(_Part):
    """Font families by task, and the files that bring them."""

    body: str
    heading: str
    mono: str
    fallback: tuple[str, ...] = ()
    word_substitute: str
    faces: tuple[FontFace, ...] = ()


class Sizes(_Part):
    """Type sizes in points."""

    body: Points
    small: Points
    code: Points
    title: Points
    heading_1: Points
    heading_2: Points
    heading_3: Points


class Page(_Part):
    """Page size and margins, these in millimetres."""

    size: PageSize
    margin_top: Millimetres
    margin_right: Millimetres
    margin_bottom: Millimetres
    margin_left: Millimetres


class Furniture(_Part):
    """Text of the page header and footer; `{title}`, `{id}`, `{date}` and `{stage}` are filled in."""

    header: str
    footer: str


class Logo(_Part):
    """A picture for the first page; none where `file` is empty."""

    file: str = ""
    alt: str = ""


class Theme(_Part):
    """One theme, complete."""

    name: str
    colours: Colours
    fonts: Fonts
    sizes: Sizes
    page: Page
    furniture: Furniture
    logo: Logo = Logo()
    folder: Path = Field(default=Path(), exclude=True)
    """Where the theme file is; paths in the theme are relative to it. Set by the loader, not by the file."""
