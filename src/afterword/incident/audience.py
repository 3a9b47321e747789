"""Audiences, and the marks of visibility that name one."""

from __future__ import annotations

from enum import StrEnum


class Audience(StrEnum):
    """Who reads, from those who see everything to those who see least; a mark of visibility names the last who may."""

    INTERNAL = "internal"
    STAKEHOLDER = "stakeholder"
    PUBLIC = "public"

    @property
    def distance(self) -> int:
        """Return how far from the incident the audience stands: 0 for those who see everything."""
        return tuple(Audience).index(self)

    def may_see(self, mark: Audience) -> bool:
        """Return whether this audience sees what is marked so."""
        return self.distance <= mark.distance


def strictest(*marks: Audience | None) -> Audience | None:
    """Return the mark that the fewest may see, or None where there is no mark at all."""
    return min((mark for mark in marks if mark), key=lambda mark: mark.distance, default=None)


def farthest(*audiences: Audience | None) -> Audience:
    """Return the audience that sees least; `internal` where none is given."""
    return max((each for each in audiences if each), key=lambda each: each.distance, default=Audience.INTERNAL)
