"""The stages of an interpretation, in the order in which `interpret` goes through them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from afterword.interpret.dates import put_date
from afterword.interpret.draft import Draft
from afterword.interpret.identity import date_in, put_person, take_field, take_title
from afterword.interpret.metadata import Field, fields_in, is_about_itself
from afterword.interpret.mirror import Mirror
from afterword.interpret.sections import Walker
from afterword.interpret.tail import Tail
from afterword.readers.document import Block, Document, Section, Span, joined
from afterword.readers.notes import NoteKind
from afterword.vocabulary.fields import PEOPLE, field_named, field_of_heading
from afterword.vocabulary.lexicon import key_of
from afterword.vocabulary.moments import Order, read_moment
from afterword.vocabulary.titles import is_titled, plain, section_of, unmarked

_DETAILS = {
    "de": "Angaben",
    "fr": "Informations",
    "es": "Detalles",
    "pt": "Detalhes",
    "ja": "詳細",
    "zh": "详情",
    "ar": "التفاصيل",
}
_BEFORE = {
    "de": "Einleitung",
    "fr": "Introduction",
    "es": "Introducción",
    "pt": "Introdução",
    "ja": "はじめに",
    "zh": "引言",
    "ar": "مقدمة",
}


@dataclass(frozen=True, slots=True)
class Rest:
    """What a document holds beyond its title and fields."""

    details: tuple[Block, ...]
    """Blocks of fields that the record has no place for."""

    before: tuple[Block, ...]
    """Text before the first section."""

    sections: tuple[Section, ...]
    first: int = 0
    """How many of them stand before the section of fields."""


def take_metadata(draft: Draft, order: Order) -> Rest:
    """Take title and fields; return what is left of the document."""
    document = draft.document
    title = outer = _title_section(document)
    if title is not None and field_named(title.title) == "title" and (title.sections or title.blocks):
        draft.leave(title.heading)
        title = title.sections[0] if title.sections else title
    sections = document.sections
    blocks = document.blocks
    if title is not None:
        if not draft.has("title"):
            take_title(draft, title.heading, title.title)
        elif key_of(plain(title.title)) != key_of(str(draft.data["title"])):
            draft.leave(title.heading)
        else:
            draft.note(NoteKind.FOUND, ("title",), title.heading)
        blocks = (*blocks, *title.blocks)
        sections = (*title.sections, *document.sections[1:])
        if outer is not title and outer is not None:
            blocks, sections = (*blocks, *outer.blocks), (*title.sections, *outer.sections[1:], *document.sections[1:])
    details, before = _without_fields(draft, blocks, order)
    kept: list[Section] = []
    first = 0
    for section in sections:
        left = _without_overview(draft, section, order, details)
        if left is not None:
            kept.append(left)
        if left is not section and section_of(section.title) == "overview":
            first = len(kept)
    return Rest(tuple(details), _take_byline(draft, before, order), tuple(kept), first)


def _title_section(document: Document) -> Section | None:
    """Return the section whose heading is the document's title: the first one, if it names no part of a report."""
    if not document.sections:
        return None
    first = document.sections[0]
    least = min(section.level for section in document.sections)
    named = not is_titled(first.title) and (
        section_of(first.title) or field_of_heading(first.title) or read_moment_only(first.title)
    )
    if named and not (first.level == 1 and first.sections and least == 1 and len(document.sections) == 1):
        return None
    alone = (
        is_titled(first.title)
        or len(document.sections) == 1
        or first.level == 1
        or first.level < min(s.level for s in document.sections[1:])
    )
    has_title = any(key_of(key) == "title" for key, _ in document.front)
    if has_title and not (first.level == 1 and (first.sections or len(document.sections) == 1)):
        return None
    return first if alone else None


def read_moment_only(title: str) -> bool:
    """Return whether a heading is nothing but a date or a time."""
    moment = read_moment(unmarked(title))
    return moment is not None and not moment.rest.strip()


def _without_fields(draft: Draft, blocks: Sequence[Block], order: Order) -> tuple[list[Block], list[Block]]:
    """Take the fields that blocks hold; return blocks of fields that the record has not, and all others."""
    details: list[Block] = []
    others: list[Block] = []
    for block in _without_people(draft, blocks, order):
        if not is_about_itself(block):
            others.append(block)
            continue
        left = [
            field.source
            for field in fields_in(block)
            if not take_field(draft, field, order) and field.source.text.strip()
        ]
        if not left:
            continue
        if block.kind == "table":
            details.append(Block("table", _table_of(block, left)))
        else:
            text = "\n".join(_as_item(span.text) for span in left)
            details.append(Block(block.kind, Span(text, left[0].line, is_exact=False)))
    return details, others


def _without_people(draft: Draft, blocks: Sequence[Block], order: Order) -> list[Block]:
    """Take the people of each list below a key of its own, such as `**Responders:**`; return all other blocks."""
    left: list[Block] = []
    for block in blocks:
        before, key = _key_above(left[-1], block) if left else (None, None)
        if key is None or not take_field(draft, Field(key.name, block.source, key.source), order):
            left.append(block)
            continue
        draft.note(NoteKind.FOUND, (key.name,), block.source)
        left[-1:] = [] if before is None else [before]
    return left


def _key_above(block: Block, below: Block) -> tuple[Block | None, Field | None]:
    """Return the key of people that a block ends with, where a list stands below, and what the block says before it."""
    if below.kind not in {"list", "numbers"} or block.kind not in {"text", "list"}:
        return None, None
    last = list(fields_in(block))[-1:]
    if not last or last[0].name not in PEOPLE or last[0].value.text.strip():
        return None, None
    if block.kind == "list":
        text, _, _ = block.source.text.rpartition("\n")
        before = replace(block, source=replace(block.source, text=text), items=block.items[:-1])
        return before if text else None, last[0]
    text, _, line = block.source.text.rpartition("\n")
    if line.strip() != last[0].source.text.strip():
        return None, None
    return replace(block, source=replace(block.source, text=text)) if text.strip() else None, last[0]


def _as_item(text: str) -> str:
    return text if text.startswith("- ") else f"- {text.strip()}"


def _table_of(block: Block, left: Sequence[Span]) -> Span:
    """Return a table with the rows that are left."""
    head = block.source.text.split("\n")[:2]
    rows = [span.text for span in left if span.text.strip() != head[0].strip()]
    return Span("\n".join([*head, *rows]), block.source.line, is_exact=False)


def _without_overview(draft: Draft, section: Section, order: Order, details: list[Block]) -> Section | None:
    """Take the fields of a section of fields or of a heading that is a key; return what is left of the section."""
    name = field_of_heading(section.title)
    if name and not section.sections and section.body.text:
        value = (
            section.body.but(re.sub(r"^\s*[-*+]\s+", "", section.body.text))
            if "\n" not in section.body.text
            else section.body
        )
        if take_field(draft, Field(name, value, section.heading), order):
            draft.note(NoteKind.FOUND, (name,), section.body)
            return None
    if _value_in_heading(draft, section, order):
        return replace(section, title="", heading=section.heading) if section.body.text else None
    if section_of(section.title) != "overview" and not name:
        return section
    left, others = _without_fields(draft, section.blocks, order)
    if len(others) == len(section.blocks):
        return section
    draft.note(NoteKind.FOUND, (), section.heading)
    kept = [*left, *others]
    if not section.sections and not others:
        details.extend(left)
        return None
    body = joined(tuple(sorted(kept, key=lambda block: block.source.line))) if kept else Span("", section.body.line)
    return (
        replace(section, blocks=tuple(kept), body=body)
        if not section.sections
        else replace(section, blocks=tuple(kept))
    )


def _value_in_heading(draft: Draft, section: Section, order: Order) -> bool:
    """Take a field that a heading tells as a whole: `## Date: July 1, 2020`."""
    match = re.match(r"(?P<key>[^:：]{2,40})[:：][ ]*(?P<value>\S.*)", plain(section.title))
    if match is None or section.sections:
        return False
    field_name = field_of_heading(match["key"])
    if not field_name:
        return False
    return take_field(draft, Field(field_name, section.heading.but(match["value"]), section.heading), order)


def take_date_of_title(draft: Draft, order: Order) -> None:
    """Find the date in the title, where no field says it."""
    titles = [str(draft.data.get("title", "")), *(section.title for section in draft.document.sections[:1])]
    found = None if draft.has("date") else date_in(titles, order)
    if found:
        put_date(draft, found[0], f"{found[1]}: from the title")


def take_given_date(draft: Draft, day: date | None) -> None:
    """Take the date that the caller gives, where the document does not say it in so many words."""
    if day is not None and not draft.has("date"):
        draft.put(("date",), Span(day.isoformat(), 1, is_exact=False), NoteKind.FOUND, "given in the call")


def take_sections(draft: Draft, rest: Rest, order: Order) -> None:
    """Put each section where it belongs, in the document's order, then what stands before the first one."""
    language = str(draft.data.get("language") or _language(draft.document.text))[:2]
    _take_before(draft, rest, language)
    walker = Mirror(draft, order) if draft.is_ours else Walker(draft, order)
    if rest.first:
        draft.after = "start"
        walker.all(rest.sections[: rest.first])
    draft.after = "after overview" if draft.after == "start" else draft.after
    walker.all(rest.sections[rest.first :])
    walker.finish()


def _take_before(draft: Draft, rest: Rest, language: str) -> None:
    """Keep what stands before the first section: as the summary where no section is one."""
    titles = {section_of(each.title) for each in _all(rest.sections)}
    has_summary = draft.has("summary") or not titles.isdisjoint({"summary", "overview"})
    before = rest.before
    while before and before[0].kind == "rule":
        before = before[1:]
    while before and before[-1].kind == "rule":
        before = before[:-1]
    if before and not has_summary:
        draft.put(("summary",), joined(before), NoteKind.GUESSED, "the text before the first section")
    elif before:
        span = joined(before)
        draft.section(span.but(_BEFORE.get(language, "Introduction")), span)
    if rest.details:
        span = joined(rest.details)
        draft.section(span.but(_DETAILS.get(language, "Details")), span)


_BYLINE = re.compile(
    r"(?P<m>[*_]{1,3})(?:by|von|par|por|written by|posted by)?[ ]*"
    r"(?P<names>[^\W\d_][\w.'’-]*(?:[ ][^\W\d_][\w.'’-]*){1,3})(?:,|[ ]on)?[ ]*(?P<date>[\w ,./-]*\d)?[.]?(?P=m)",
    re.IGNORECASE,
)
"""A line in emphasis that names who wrote, and when."""


def _take_byline(draft: Draft, before: Sequence[Block], order: Order) -> tuple[Block, ...]:
    """Take who wrote the report, and when, from a line of its own before all text; return the other blocks."""
    match = _BYLINE.fullmatch(before[0].source.text) if before else None
    if match is None or draft.has("authors") or not all(name[0].isupper() for name in match["names"].split()):
        return tuple(before)
    source = before[0].source
    dated = not match["date"] or take_field(draft, Field("date", source.but(match["date"]), source), order)
    if not dated or not take_field(draft, Field("authors", source.but(match["names"]), source), order):
        return tuple(before)
    return tuple(before[1:])


def _all(sections: Sequence[Section]) -> list[Section]:
    return [each for section in sections for each in section.walk()]


def language_of(document: Document) -> str:
    """Return the language that a document says it is in, or seems to be in; empty for English and where none shows."""
    said = (values[0].text for key, values in document.front if field_named(key) == "language" and values)
    return next(said, "") or _language(document.text)


def take_languages(draft: Draft) -> None:
    """Guess the language by its script or its commonest words, where no field says it."""
    if draft.has("language"):
        return
    text = draft.document.text
    found = _language(text)
    if found:
        draft.put(("language",), Span(found, 1, is_exact=False), NoteKind.GUESSED, f"{found}: by the words of the text")


_COMMON = {
    "en": "the and was were with that from this",
    "de": "der die und wurde nicht mit das von",
    "fr": "le les des et une dans pour est",
    "es": "el los las una por con para del",
    "pt": "os uma não com para dos foi em",
}


def _language(text: str) -> str:
    """Return the language that a text is written in, empty for English and where it does not show."""
    letters = max(len(re.findall(r"[^\W\d_]", text)), 1)
    part = 0.08
    if len(re.findall(r"[\u3040-\u30ff]", text)) / letters > part:
        return "ja"
    if len(re.findall(r"[\u4e00-\u9fff]", text)) / letters > part:
        return "zh"
    if len(re.findall(r"[\u0600-\u06ff]", text)) / letters > part:
        return "ar"
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(words.count(word) for word in common.split()) for language, common in _COMMON.items()}
    best = max(counts, key=lambda language: counts[language])
    least = 5
    return best if best != "en" and counts[best] >= least and counts[best] > 1.2 * counts["en"] else ""


def take_state(draft: Draft) -> None:
    """Guess that an incident is over, where no field says its status and an event or a section tells its end."""
    if draft.has("status"):
        return
    kinds = {event.get("kind") for event in cast("list[dict[str, str]]", draft.data.get("timeline", []))}
    reason = "an event says so" if kinds & {"resolved", "closed"} else "the report tells how it was resolved"
    if draft.has("resolution") or kinds & {"resolved", "closed"}:
        draft.put(("status",), Span("resolved", 1, is_exact=False), NoteKind.GUESSED, f"resolved: {reason}")


def take_tail(draft: Draft, tail: Tail) -> None:
    """Take whom to ask."""
    if tail.contact is not None and tail.source is not None:
        draft.note(NoteKind.FOUND, ("contact",), tail.source)
        if not draft.has("contact"):
            put_person(draft, ("contact",), tail.contact, tail.source)


def take_what_is_hidden(draft: Draft) -> None:
    """Keep comments, and front matter that cannot be read, as leftovers."""
    for span in draft.document.aside:
        draft.leave(span)
