"""Sections of a document in their fields: those that the tables know, and the rest as sections of an author's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from operator import is_
from typing import cast

from afterword.interpret.dates import date_of_address, date_of_record, first_date, put_date, take_publication
from afterword.interpret.draft import Draft
from afterword.interpret.events import put_events
from afterword.interpret.identity import date_of_file
from afterword.interpret.impact import without_impact
from afterword.interpret.links import links_in_lines, references
from afterword.interpret.lists import plain_list, put_action, put_actions, put_lesson, put_titled
from afterword.interpret.timelines import Entry, Log, has_events, is_log, read_day, read_log
from afterword.readers.document import Block, Section, Span, joined
from afterword.readers.notes import NoteKind
from afterword.vocabulary.moments import Order, read_moment
from afterword.vocabulary.titles import plain, section_of, unmarked

PLACES = {
    "summary": "summary", "timeline": "timeline", "root_cause": "root-cause",
    "trigger": "root-cause", "factors": "root-cause",
    "whys": "root-cause", "gap": "root-cause", "impact": "impact", "customers": "impact", "data_loss": "impact",
    "resolution": "resolution", "lessons": "lessons", "well": "lessons", "wrong": "lessons", "lucky": "lessons",
    "actions": "prevention", "conclusion": "conclusion", "references": "references", "attachments": "attachments",
}  # fmt: skip
"""After which section of the report one of an author's own comes that follows a section of the document."""

PROSE = {
    "summary": ("summary",), "root_cause": ("root_cause", "description"), "trigger": ("root_cause", "trigger"),
    "gap": ("root_cause", "detection_gap"), "impact": ("impact", "description"), "customers": ("impact", "customers"),
    "data_loss": ("impact", "data_loss"), "resolution": ("resolution", "description"), "conclusion": ("conclusion",),
}  # fmt: skip
"""Where the text of a section goes."""

_GROUPS = {"well": "went-well", "wrong": "went-wrong", "lucky": "lucky"}
_PARTS = frozenset(PLACES) - {"conclusion", "references", "attachments"}
"""Sections that are told apart also where they stand inside another one."""


def whole(blocks: Sequence[Block], sections: Sequence[Section], body: Span) -> Span:
    """Return what blocks and sections inside a section say, as one text in place of its body."""
    parts = [joined(tuple(blocks))] if blocks else []
    for section in sections:
        parts += [section.heading, *([section.body] if section.body.text else [])]
    if len(parts) == 1:
        return parts[0]
    line = parts[0].line if parts else body.line
    return Span("\n\n".join(part.text for part in parts), line, is_exact=False)


_FEW = 3
"""Events from which an account is a timeline; one or two times at the start of paragraphs make none."""


def _is_told(section: Section) -> bool:
    """Return whether a section begins with text, and is not a table of facts."""
    return bool(section.body.text) and (not section.blocks or section.blocks[0].kind in {"text", "list", "quote"})


def _holds(section: Section, names: frozenset[str]) -> bool:
    """Return whether a section or one inside it has one of these names."""
    return any(section_of(each.title) in names for each in section.walk())


class Walker:
    """Puts sections into the record."""

    def __init__(self, draft: Draft, order: Order) -> None:
        """Put them into a draft; `order` is that of dates which read two ways."""
        self.draft = draft
        self.order = order
        self.logs: list[tuple[Section, Log]] = []
        self.last = ""
        self.has_summary = False
        self.has_timeline = False
        self.has_groups = False
        self.near: date | None = None
        """A day near which days without a year lie, where the date is not known yet."""

    def all(self, sections: Sequence[Section]) -> None:
        """Put sections into the record, one after the other."""
        named = {section_of(inner.title) for section in sections for inner in section.walk()}
        self.has_summary = self.has_summary or self.draft.has("summary") or "summary" in named
        self.has_timeline = self.has_timeline or self.draft.is_ours or "timeline" in named
        self.has_groups = self.has_groups or bool(named & {"lessons", "well", "lucky"})
        for section in sections:
            self.one(section)

    def one(self, section: Section) -> None:
        """Put one section into the record."""
        name = self.meant(section)
        if not section.title:
            self.untitled(section)
        elif name == "timeline" or self.goes_on(section, name):
            self.timeline(section, name)
        elif name in _PARTS or name in {"conclusion", "references"}:
            self.known(section, name)
        elif any(section_of(each.title) in _PARTS for each in section.sections):
            self.wrapper(section)
        elif name in {"account", "overview"}:
            self.account(section, name)
        elif not self.has_timeline and is_log(section, self.order):
            self.timeline(section, "timeline")
        else:
            self.own(section)
        self.last = name or self.last

    @property
    def is_late(self) -> bool:
        """Return whether cause and cure have been told already."""
        return self.draft.has("root_cause") and (self.draft.has("resolution") or self.draft.has("preventive_measures"))

    def meant(self, section: Section) -> str:
        """Return the part that a section is by its title and its place: a summary at the end is a conclusion.

        What went wrong only tells what happened where it comes first, and nothing tells what went well.
        """
        name = section_of(section.title)
        if name == "summary" and self.is_late and not self.draft.has("conclusion") and not self.draft.is_ours:
            return "conclusion"
        is_first = not self.last and not self.has_groups and not self.draft.is_ours
        return "account" if name == "wrong" and is_first else name

    def account(self, section: Section, name: str) -> None:
        """Put a section that tells what happened into the timeline, or the summary if nothing else is one, or apart."""
        if name == "account" and len(read_log(section, self.order).entries) >= _FEW:
            self.timeline(section, "timeline")
        elif self.has_summary or not _is_told(section):
            self.own(section)
        else:
            self.has_summary = True
            self.draft.after = f"after {PLACES['summary']}"
            self.draft.put(
                ("summary",), section.body, NoteKind.GUESSED, f"{plain(section.title)}: no section is a summary"
            )
            self.draft.note(NoteKind.FOUND, ("summary",), section.heading)

    def goes_on(self, section: Section, name: str) -> bool:
        """Return whether a section that is headed by a date belongs to the timeline before it, or is one."""
        moment = None if name else read_moment(unmarked(section.title), self.order)
        if moment is None or (moment.rest.strip(" :-–") and moment.seconds is None):
            return False
        return moment.seconds is not None or (self.last == "timeline") or has_events(section, self.order)

    def untitled(self, section: Section) -> None:
        """Put text below a heading that was a field as a whole."""
        if not self.draft.has("summary"):
            self.draft.put(("summary",), section.body, NoteKind.GUESSED, "the text before the first section")
        else:
            self.draft.section(section.heading.but(plain(section.heading.text)), section.body)

    def wrapper(self, section: Section) -> None:
        """Take the sections inside a heading that only holds them together."""
        if section.blocks:
            self.own(replace(section, sections=(), body=joined(section.blocks)))
        else:
            self.draft.leave(section.heading)
        self.all(section.sections)

    def own(self, section: Section) -> None:
        """Add a section of the author's own."""
        heading = section.heading.but(unmarked(section.title) or section.heading.text.strip("# ") or "…")
        self.draft.section(heading, section.body)
        if heading.text != section.heading.text:
            self.draft.note(NoteKind.FOUND, ("sections", self.draft.count("sections") - 1, "heading"), section.heading)

    def known(self, section: Section, name: str) -> None:
        """Put a section that the tables know into its fields."""
        self.draft.after = f"after {PLACES[name]}"
        if name == "lessons" or name in _GROUPS:
            self.lessons(section, _GROUPS.get(name, ""))
        elif name == "actions":
            self.actions(section)
        elif name == "references":
            self.references(section)
        else:
            self.split(section, name)

    def split(self, section: Section, name: str) -> None:
        """Put the text of a section into its field, and sections inside it that the tables know into theirs."""
        inner = [each for each in section.sections if _holds(each, _PARTS - {name})]
        if name == "impact":
            section = self.measured(section)
        if all(self.stays(each, inner) for each in section.sections):
            self.prose(section, name)
            return
        kept = tuple(each for each in section.sections if name != "summary" and self.stays(each, inner))
        if section.blocks or kept:
            self.prose(replace(section, sections=kept, body=whole(section.blocks, kept, section.body)), name)
        else:
            self.draft.leave(section.heading)
        lines = {each.heading.line for each in kept}
        for each in section.sections:
            if each.heading.line not in lines:
                self.one(each)
            self.draft.after = f"after {PLACES[name]}"

    def stays(self, section: Section, apart: Sequence[Section]) -> bool:
        """Return whether a section inside a part belongs to its text: it names none, or a timeline without times."""
        if section_of(section.title) == "timeline":
            return not read_log(section, self.order).entries
        return section not in apart and (self.has_timeline or not is_log(section, self.order))

    def measured(self, section: Section) -> Section:
        """Return a section about the impact without the measures and fields that it tells, which the record takes."""
        blocks = tuple(without_impact(self.draft, section.blocks, self.order))
        if len(blocks) == len(section.blocks) and all(map(is_, blocks, section.blocks)):
            return section
        self.mark("impact", section)
        return replace(section, blocks=blocks, body=whole(blocks, section.sections, section.body))

    def prose(self, section: Section, name: str) -> None:
        """Put a section into its field: as a list of parts where it is one, else as text."""
        if not section.body.text:
            self.draft.leave(section.heading)
            return
        path = PROSE.get(name, ())
        if name in {"factors", "whys"}:
            self.items(section, "contributing_factors" if name == "factors" else "five_whys")
        elif name == "resolution" and self.steps(section):
            self.mark("resolution", section)
        elif self.draft.has(*path):
            self.own(section)
        else:
            self.draft.put(path, section.body)
            self.draft.note(NoteKind.FOUND, path, section.heading)

    def mark(self, path: str, section: Section) -> None:
        """Note which heading led to a field."""
        self.draft.note(NoteKind.FOUND, (path,), section.heading)

    def items(self, section: Section, name: str) -> None:
        """Put a list into a list of the root cause; anything else stays a section of its own."""
        found = None if section.sections else plain_list(section.blocks)
        cause = cast("dict[str, object]", self.draft.data.get("root_cause", {}))
        is_taken = found is None or name in cause
        if (is_taken or (found and found[0])) and "description" in cause:
            self.own(section)
            return
        if found is None or is_taken:
            self.draft.put(("root_cause", "description"), section.body)
            self.mark("root_cause.description", section)
            return
        if found[0]:
            self.draft.put(("root_cause", "description"), joined(found[0]))
        for index, item in enumerate(item for item in found[1].items if item.text.strip()):
            self.draft.put(("root_cause", name, index), item)
        self.mark(f"root_cause.{name}", section)

    def steps(self, section: Section) -> bool:
        """Put a list of a resolution into its steps; return whether it is one with lead-ins or numbers."""
        found = None if section.sections else plain_list(section.blocks)
        if found is None or self.draft.has("resolution") or found[1].kind != "numbers":
            return False
        before, steps = found
        if before:
            self.draft.put(("resolution", "description"), joined(before))
        for index, item in enumerate(item for item in steps.items if item.text.strip()):
            put_titled(self.draft, ("resolution", "steps", index), item)
        return True

    def lessons(self, section: Section, group: str) -> None:
        """Put lists and paragraphs into lessons, those inside headings of a group into it."""
        self.mark("lessons", section)
        for block in section.blocks:
            if block.kind in {"list", "numbers"}:
                for item in block.items:
                    if item.text.strip():
                        put_lesson(self.draft, item, group)
            elif block.kind != "rule":
                put_lesson(self.draft, block.source, group)
        for inner in section.sections:
            self.draft.after = "after lessons"
            name = section_of(inner.title)
            if name in _GROUPS or name == "lessons":
                self.lessons(inner, _GROUPS.get(name, group))
            elif name in _PARTS:
                self.one(inner)
            else:
                self.titled_lesson(inner, group)

    def titled_lesson(self, section: Section, group: str) -> None:
        """Make one lesson of a section inside."""
        path = ("lessons", self.draft.count("lessons"))
        self.draft.put((*path, "title"), section.heading.but(unmarked(section.title) or "…"))
        if section.body.text:
            self.draft.put((*path, "description"), section.body)
        if group:
            self.draft.put((*path, "group"), section.heading.but(group))
        self.draft.note(NoteKind.FOUND, path, section.heading)

    def actions(self, section: Section, about: str = "") -> None:
        """Put lists and tables into preventive measures; text around them stays a section of its own."""
        self.mark("preventive_measures", section)
        others: list[Block] = []
        for block in section.blocks:
            if block.kind == "table" and put_actions(self.draft, block, self.order, about):
                continue
            if block.kind in {"list", "numbers"}:
                for item in block.items:
                    if item.text.strip():
                        put_action(self.draft, item, about)
            elif block.kind != "rule":
                others.append(block)
        if others and len(others) == len(section.blocks) and not section.sections:
            self.single_action(section)
        elif others:
            self.around(section, others)
        self.actions_inside(section)

    def single_action(self, section: Section) -> None:
        """Make one measure of a section that is text."""
        path = ("preventive_measures", self.draft.count("preventive_measures"))
        self.draft.put((*path, "description"), section.body)

    def actions_inside(self, section: Section) -> None:
        """Put the sections inside one of measures: lists of measures, single ones, and others that the tables know."""
        for inner in section.sections:
            self.draft.after = "after prevention"
            name = section_of(inner.title)
            is_listed = any(block.kind in {"list", "numbers", "table"} for block in inner.blocks)
            if name in _PARTS - {"actions"} and not (is_listed and name in {"resolution", "gap"}):
                self.one(inner)
            elif is_listed:
                self.actions(inner, plain(inner.title))
            else:
                self.titled_action(inner)

    def around(self, section: Section, others: list[Block]) -> None:
        """Keep text beside measures: as measures where there is nothing else, or as a section."""
        body = "\n\n".join(block.source.text for block in others)
        span = joined(tuple(others)) if len(others) == 1 else Span(body, others[0].source.line, is_exact=False)
        self.draft.section(section.heading.but(unmarked(section.title) or "…"), span)

    def titled_action(self, section: Section) -> None:
        """Make one measure of a section inside."""
        path = ("preventive_measures", self.draft.count("preventive_measures"))
        self.draft.put((*path, "title"), section.heading.but(unmarked(section.title) or "…"))
        if section.body.text:
            self.draft.put((*path, "description"), section.body)
        self.draft.note(NoteKind.FOUND, path, section.heading)

    def references(self, section: Section) -> None:
        """Put a list of links, or lines of them, into the references; anything else stays a section of its own."""
        found = None if section.sections or len(section.blocks) != 1 else plain_list(section.blocks)
        items = [item for item in found[1].items if item.text.strip()] if found else []
        if not section.sections and all(block.kind == "text" for block in section.blocks):
            items = links_in_lines([block.source for block in section.blocks])
        links = references(items, is_ours=self.draft.is_ours)
        if links is None or (not items and not found and section.body.text):  # empty items say nothing
            self.own(section)
            return
        self.mark("references", section)
        for item, (title, url) in zip(items, links, strict=True):
            path = ("references", self.draft.count("references"))
            if title:
                self.draft.put((*path, "title"), item.but(title))
            if url:
                self.draft.put((*path, "url"), item.but(url))

    def timeline(self, section: Section, name: str) -> None:
        """Read a section of events; they are put into the record when all of them are known."""
        log = (
            read_log(section, self.order, is_ours=self.draft.is_ours)
            if name == "timeline"
            else read_day(section, self.order)
        )
        self.draft.after = "after timeline"
        if not log.entries and name == "timeline":
            if section.body.text:
                self.own(section)
            else:
                self.draft.leave(section.heading)
            self.last = "timeline"
            return
        self.logs.append((section, log))
        self.draft.note(NoteKind.FOUND, ("timeline",), section.heading)
        for head in log.heads:
            if head.text != section.heading.text:
                self.draft.note(NoteKind.FOUND, ("timeline",), head)
        if log.others:
            span = Span("\n\n".join(other.text for other in log.others), log.others[0].line, is_exact=False)
            self.draft.section(section.heading.but(unmarked(section.title)), span)
        for inner in log.sections:
            self.one(inner)
        self.last = "timeline"

    def finish(self) -> None:
        """Put all events into the record, and find its date where nothing else gives it."""
        entries = [entry for _, log in self.logs for entry in log.entries]
        self.date_beside(entries)
        zone = next((log.zone for _, log in self.logs if log.zone), "")
        first = put_events(self.draft, entries, date_of_record(self.draft) or self.near, zone) if entries else None
        if first and not self.draft.has("date"):
            put_date(self.draft, first, f"{first}: the day of the first event", entries[0].line)
        if not self.draft.has("date"):
            first_date(self.draft, self.order)
        take_publication(self.draft, self.order)
        if not self.draft.has("date") and (told := date_of_address(self.draft.document, self.order)):
            put_date(self.draft, told[0], f"{told[1].text}: from the address of the document", told[1].line)
        if first is None and entries and put_events(self.draft, entries, date_of_record(self.draft), zone) is None:
            self.give_up()

    def date_beside(self, entries: Sequence[Entry]) -> None:
        """Take the date of the file's name, unless a timeline with dates of its own knows nothing of that day.

        Then it is the day on which somebody wrote or published.
        """
        found = None if self.draft.has("date") else date_of_file(self.draft.document, self.order)
        if found is None:
            return
        told = [day for entry in entries if (day := entry.moment.day if entry.moment else entry.day)]
        if not told or found[0] in {day.on(found[0].year) for day in told}:
            put_date(self.draft, found[0], f"{found[1]}: from the name of the file")
        self.near = found[0]

    def give_up(self) -> None:
        """Keep timelines as they are written, where no date is known on which their times fall."""
        self.draft.after = "after summary"
        for section, _ in self.logs:
            self.own(section)
