"""The Theme: colours, fonts, sizes, page and furniture, from which style sheet and Word styles are both made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

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
    on_accent: Colour
    """Text on a surface in the accent colour."""

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


BAR_HEIGHT = 4
"""Of the bar along the top of a page, in millimetres."""


class Layout(_Part):
    """How pages are filled."""

    cover: bool
    """The title block has a page of its own."""

    bar: bool
    """A bar of the accent colour runs along the top of each page."""

    numbered: bool
    """Sections have numbers."""

    heading_rule: Literal["above", "below"]
    """Where the title of a section has its line: a fine one above it, or a heavy one below."""

    table_head: Literal["lines", "filled"]
    """How the head of a table stands out: by its lines, or filled with the accent colour."""

    density: Annotated[float, Field(ge=0.4, le=1.6)]
    """Space between things, as a share of the usual."""

    line_height: Annotated[float, Field(ge=1.1, le=2.0)]
    """Of running text, as a share of its size."""


class Furniture(_Part):
    """Text of the page header and footer; `{title}`, `{id}`, `{date}` and `{stage}` are filled in."""

    header: str
    footer: str


class Logo(_Part):
    """A picture for the first page; none where `file` is empty."""

    file: str = ""
    alt: str = ""


def _listed(value: object) -> object:
    """Return a table of words, and tables of words by language, as triples of language, word and replacement."""
    if not isinstance(value, dict):
        return value
    plain = {word: said for word, said in value.items() if not isinstance(said, dict)}
    tables = {"en": plain} | {word: said for word, said in value.items() if isinstance(said, dict)}
    return [(language, word, said) for language, table in tables.items() for word, said in table.items()]


Wording = Annotated[tuple[tuple[str, str, str], ...], BeforeValidator(_listed)]
"""Fixed words said in another way: language, the English words, and what is said in that language instead."""


class Theme(_Part):
    """One theme, complete."""

    name: str
    base: str = ""
    """Name of the built-in theme that it builds on; empty for the default one."""

    languages: tuple[str, ...] = ()
    """BCP 47 tags of the languages whose words the fonts have to cover."""

    css: str = ""
    """File with rules of the theme's own, for PDF and HTML."""

    colours: Colours
    fonts: Fonts
    sizes: Sizes
    page: Page
    layout: Layout
    furniture: Furniture
    wording: Wording = ()
    logo: Logo = Logo()
    folder: Path = Field(default=Path(), exclude=True)
    """Where the theme file is; paths in the theme are relative to it. Set by the loader, not by the file."""

    sheets: tuple[Path, ...] = Field(default=(), exclude=True)
    """Style sheets of the theme and of those that it builds on, the theme's own last. Set by the loader."""

    template_folders: tuple[Path, ...] = Field(default=(), exclude=True)
    """Folders with templates, the theme's own first. Set by the loader."""

    def wording_in(self, language: str) -> dict[str, str]:
        """Return the English words that are said in another way in a language, a BCP 47 tag, with what is said."""
        primary = language.partition("-")[0]
        wanted = [each for tag in (primary, language) for each in self.wording if each[0] == tag]
        return {word: said for _, word, said in wanted}
