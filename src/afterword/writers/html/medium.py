"""What differs between the page on the screen and the page on paper, for the functions that draw nodes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from afterword.report.direction import Direction
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

    direction: Direction = "ltr"
    """Which way the text goes that is around what is drawn."""

    of_page: Direction | None = None
    """Which way the page goes, inside something that may go another way."""

    is_beside: bool = False
    """What is drawn stands beside the mark of a list, or in a column, and keeps to that side whatever its direction."""

    def towards(self, direction: Direction, *, is_beside: bool | None = None) -> Medium:
        """Return the medium inside something that goes this way."""
        beside = self.is_beside if is_beside is None else is_beside
        if (direction, beside) == (self.direction, self.is_beside):
            return self
        of_page = self.of_page or self.direction
        return replace(self, direction=direction, of_page=of_page, is_beside=beside)

    def turn(self, direction: Direction) -> str:
        """Return the direction of an element where it has to say it, because what is around goes the other way."""
        return "" if direction == self.direction else direction
