"""What differs between the page on the screen and the page on paper, for the functions that draw nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from afterword.report.drawings import Drawing
from afterword.report.nodes import Asset, FixedWords
from afterword.theme.record import Theme

NODES = "nodes.html.j2"
"""The template with one macro for each node."""


@dataclass(frozen=True, slots=True)
class Medium:
    """Where a report is drawn."""

    words: FixedWords
    theme: Theme
    assets: Mapping[str, Asset]
    url_of: Callable[[str], str]
    """The address under which this medium finds a picture, by its key."""

    drawing_of: Callable[[Drawing, str], Markup]
    """The markup of a drawing, with its text alternative."""

    logo_url: str = ""
    notes: list[Markup] | None = None
    """Where notes are gathered for the end of the page; None where they stand at the foot of theirs."""

    page_of: Mapping[str, int] | None = None
    """Pages of the anchors, for the contents; None where there are no pages."""
