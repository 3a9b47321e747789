"""Texts of a record as prose: Markdown for long fields, plain text for short ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from afterword.characters import clean
from afterword.placeholders import find
from afterword.prose.block import draw_block, run_of
from afterword.prose.footnotes import take_footnotes
from afterword.prose.inline import draw_run, without_breaks
from afterword.prose.markdown import Branch, grow, grow_line
from afterword.prose.record import DEEPEST, Lookup, Notes, Prose, TooDeep
from afterword.report.builders import joined
from afterword.report.nodes import Block, Inline, InlineImage, Paragraph, Placeholder, Section, Text
from afterword.report.walk import Run, plain_text, within

LONGEST = 1_000_000
"""Characters of one text."""


def parse(text: str, *, path: str = "", picture: Lookup | None = None) -> Prose:
    """Return Markdown as blocks and sections.

    `path` is where the text stands in its record, for the findings. `picture` looks up the path of a picture and
    returns its key among the assets, or None after it has said why not; without it no picture is shown.

    Headings at the top of the text open sections, nested by their levels so that none is skipped; headings inside
    lists, quotations and cells become paragraphs. Nothing is fetched and nothing raises: a text that is too long
    (AW405) or nested too deep (AW404) comes back as an error among the findings and without any blocks.
    """
    printable, replaced = clean(text)
    notes = Notes(printable, path, picture)
    if replaced:
        codes = ", ".join(dict.fromkeys(f"U+{each.code:04X}" for each in replaced))
        notes.tell("AW403", f"characters that no document can carry were replaced by their numbers: {codes}")
    if len(printable) > LONGEST:
        notes.tell("AW405", f"the text has {len(printable):,} characters, more than {LONGEST:,}")
        return Prose(findings=tuple(notes.findings))
    try:
        branches, idle = grow(printable)
        _tell_idle(idle, notes)
        take_footnotes(branches, notes)
        return _composed(branches, notes)
    except TooDeep as fault:
        notes.line = fault.line
        notes.tell("AW404", f"lists, quotations or marks are nested more than {DEEPEST} deep")
        return Prose(findings=tuple(notes.findings))


def parse_inline(text: str) -> Run:
    """Return a plain text on one line, which is not Markdown, as text and placeholders."""
    line = " ".join(clean(text)[0].split())
    run: list[Inline] = []
    end = 0
    for found in find(line):
        run += [Text(line[end : found.start]), Placeholder(found.text)]
        end = found.end
    return joined([*run, Text(line[end:])])


def _tell_idle(lines: Sequence[int], notes: Notes) -> None:
    """Tell of link definitions that nothing refers to, which no document shows."""
    if lines:
        notes.line = lines[0]
        first = notes.text.split("\n")[lines[0]].strip()
        which = "a link definition is" if len(lines) == 1 else f"{len(lines)} link definitions are"
        notes.tell("AW416", f"{which} not shown: nothing refers to {'it' if len(lines) == 1 else 'them'}", first)
        notes.line = 0


@lru_cache(maxsize=1024)  # names and places stand in many rows of a table
def plain_line(markdown: str) -> str:
    """Return one line of Markdown as the plain text that is seen of it: marks and escapes are gone.

    A line whose marks are nested too deep comes back as it is.
    """
    try:
        return plain_text(draw_run(grow_line(markdown), Notes(markdown, "", None)))
    except TooDeep:
        return markdown


@dataclass(slots=True)
class _Open:
    """A section that is still being filled."""

    level: int
    title: Run = ()
    blocks: list[Block] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    def closed(self) -> Section:
        """Return the section as it is now."""
        return Section(self.title, tuple(self.blocks), tuple(self.sections))


def _composed(branches: Sequence[Branch], notes: Notes) -> Prose:
    stack = [_Open(0)]
    for branch in branches:
        if branch.type == "heading":
            _open_section(stack, branch, notes)
        else:
            stack[-1].blocks += draw_block(branch, notes)
    _close(stack, 1)
    root = stack[0]
    return Prose(tuple(root.blocks), tuple(root.sections), tuple(notes.findings), tuple(notes.images))


def _open_section(stack: list[_Open], branch: Branch, notes: Notes) -> None:
    """Open a section for a heading; one without words adds only the pictures that it holds."""
    notes.line = branch.line or 0
    title = without_breaks(run_of(branch, notes))
    if not plain_text(title).strip():
        if any(isinstance(inline, InlineImage) for inline in within(title)):
            stack[-1].blocks.append(Paragraph(title))
        return
    level = int(branch.token.tag.removeprefix("h"))
    _close(stack, level)
    stack.append(_Open(level, title))


def _close(stack: list[_Open], level: int) -> None:
    while stack[-1].level >= level:
        section = stack.pop().closed()
        stack[-1].sections.append(section)
