"""The report, its title block, contents and sections as HTML."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from afterword.report.nodes import Report, Section, TitleBlock
from afterword.report.walk import plain_text
from afterword.templating import join, macro
from afterword.writers.base import title_fit
from afterword.writers.html.blocks import draw_blocks
from afterword.writers.html.inlines import draw_isolated
from afterword.writers.html.medium import NODES, Medium

_CONTENTS_DEPTH = 2
"""How many levels of sections the contents list."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The parts of a report as markup, for a page template to put in place."""

    title_block: Markup
    contents: Markup
    sections: Markup
    closing: Markup


def draw_report(report: Report, medium: Medium) -> Drawn:
    """Return the parts of a report; contents are empty where the report asks for none."""
    return Drawn(
        title_block=_title_block(report.title_block, medium),
        contents=_contents(report, medium) if report.contents and report.sections else Markup(),
        sections=_sections(report.sections, 2, medium),
        closing=draw_blocks(report.closing, medium) + _notes(medium),
    )


def _notes(medium: Medium) -> Markup:
    """Return the notes that the parts drawn before refer to, where they are gathered and there are any."""
    return macro(NODES, "endnotes")(medium.words.notes, join(medium.notes)) if medium.notes else Markup()


def _title_block(block: TitleBlock, medium: Medium) -> Markup:
    title = draw_isolated(block.title, medium)
    logo_alt = medium.theme.logo.alt or medium.theme.name
    fit = title_fit(plain_text(block.title))
    return macro(NODES, "title_block")(block, title, medium.logo_url, logo_alt, fit)


def _contents(report: Report, medium: Medium) -> Markup:
    return macro(NODES, "contents")(medium.words.contents, _entries(report.sections, 1, medium))


def _entries(sections: tuple[Section, ...], depth: int, medium: Medium) -> Markup:
    shown = [section for section in sections if section.anchor]
    if not shown or depth > _CONTENTS_DEPTH:
        return Markup()
    return macro(NODES, "entries")(join([_entry(section, depth, medium) for section in shown]))


def _entry(section: Section, depth: int, medium: Medium) -> Markup:
    page = "" if medium.page_of is None else str(medium.page_of.get(section.anchor, ""))
    inner = _entries(section.sections, depth + 1, medium)
    return macro(NODES, "entry")(section.anchor, section.number, draw_isolated(section.title, medium), page, inner)


def _sections(sections: tuple[Section, ...], level: int, medium: Medium) -> Markup:
    return join([_section(section, level, medium) for section in sections])


def _section(section: Section, level: int, medium: Medium) -> Markup:
    title = draw_isolated(section.title, medium)
    heading = macro(NODES, "heading")(level, section.anchor, section.number, title)
    content = draw_blocks(section.blocks, medium) + _sections(section.sections, level + 1, medium)
    return macro(NODES, "section")(heading, content, f"part-{section.name}" if section.name else "")
