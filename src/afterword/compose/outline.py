"""The outline of a report: which sections it has, in which order, and where the author's own stand."""

from __future__ import annotations

from dataclasses import replace

from afterword.compose import analysis, closing, learning
from afterword.compose.desk import Desk
from afterword.compose.overview import overview
from afterword.compose.timeline import timeline
from afterword.incident.sections import CustomSection
from afterword.report.nodes import EmbeddedFile, Section

_OPTIONAL = frozenset({"references", "attachments"})
"""Sections that a report may do without: a draft does not ask for them."""


def outline(desk: Desk) -> tuple[tuple[Section, ...], tuple[EmbeddedFile, ...]]:
    """Return the sections of the report in order, and the files that travel with it.

    An empty section is left out of a final report; a draft shows that it is still to be completed.
    """
    attached, files = closing.attachments(desk)
    fixed = (
        overview(desk),
        analysis.summary(desk),
        timeline(desk),
        analysis.root_cause(desk),
        analysis.impact(desk),
        analysis.resolution(desk),
        learning.lessons(desk),
        learning.prevention(desk),
        closing.conclusion(desk),
        closing.references(desk),
        attached,
    )
    placed = _with_custom(desk, fixed)
    shown = (_completed(desk, section) for section in placed)
    return tuple(section for section in shown if section is not None), files


def _completed(desk: Desk, section: Section) -> Section | None:
    if section.blocks or section.sections:
        return section
    if not desk.asks_for_more or section.name in _OPTIONAL:
        return None
    return replace(section, blocks=desk.to_complete())


def _custom(desk: Desk, index: int, section: CustomSection) -> Section:
    """Return a section of the author's own; tell where a final report will be without its heading."""
    made = closing.custom(desk, index, section)
    if desk.is_final and not (made.blocks or made.sections):
        message = f"the section {section.heading!r} has nothing to show and is left out of the final report"
        desk.tell("AW409", f"sections[{index}].heading", message, value=section.heading)
    return made


def _with_custom(desk: Desk, fixed: tuple[Section, ...]) -> list[Section]:
    """Return the fixed sections with the author's own around them, those of one place in the author's order."""
    own = [(section.position, _custom(desk, index, section)) for index, section in enumerate(desk.incident.sections)]
    placed = [section for position, section in own if position == "start"]
    for section in fixed:
        if section.name == "references":
            placed += [mine for position, mine in own if position == "end"]
        placed += [mine for position, mine in own if position == f"before-{section.name}"]
        placed.append(section)
        placed += [mine for position, mine in own if position == f"after-{section.name}"]
    return placed
