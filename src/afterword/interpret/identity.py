"""Id, title, date and the other fields that say which incident a document tells of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from afterword.interpret.draft import Draft, Path
from afterword.interpret.events import stamp_of, zone_name
from afterword.interpret.metadata import Field, words_in
from afterword.interpret.people import Named, people_in, people_of_ours
from afterword.placeholders import find
from afterword.prose import plain_line
from afterword.readers.document import Document, Span
from afterword.readers.notes import NoteKind
from afterword.report.separators import of_markdown
from afterword.vocabulary.fields import PEOPLE, field_of_front
from afterword.vocabulary.moments import Day, Order, find_dates, read_moment
from afterword.vocabulary.states import stage_of, status_of
from afterword.vocabulary.titles import plain, section_of, without_kind

_EDITIONS = frozenset({"stakeholder", "public"})
"""Editions that are records of their own; the internal one is the record itself."""

_SHORT_DATE = re.compile(r"(?<![\w/.-])(\d{1,2})\u200f?([-/])(\d{1,2})\u200f?\2(?:(?:19|20)?\d\d)(?![\w/-])")
_ORDERS: tuple[Order, ...] = ("dmy", "mdy")
_DAY_FIRST = frozenset({"de", "fr", "es", "pt", "ar", "am"})
_ID = re.compile(r"(?<![A-Za-z0-9-])(?:INC|PM|SEV|OPS)[-_ ]?#?\d{1,6}(?:[-_/]\d{1,6})*(?![A-Za-z0-9])", re.IGNORECASE)
_JOINED = re.compile(r"\s*[,;/·—–]\s*|\s+-\s+|\s+(?:and|und|et|y|e)\s+", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def order_of(text: str, language: Callable[[], str]) -> Order:
    """Return how the dates of a document are meant that read two ways, as its other dates show, or its language.

    English is written by people of both orders; in the other languages that we know the day comes first.
    """
    votes: Counter[Order] = Counter()
    sure: set[date | None] | None = None
    for match in _SHORT_DATE.finditer(text):
        first, second = int(match[1]), int(match[3])
        months = 12
        if max(first, second) > months:
            votes["dmy" if first > months >= second else "mdy" if second > months >= first else ""] += 1
        else:
            sure = sure or {day.on(None) for day, ambiguous, _ in find_dates(text) if not ambiguous} | {None}
            votes[_told_elsewhere(match[0], sure)] += 1
    if bool(votes["dmy"]) != bool(votes["mdy"]):
        return "dmy" if votes["dmy"] else "mdy"
    return "dmy" if votes[""] and not votes["dmy"] and language()[:2] in _DAY_FIRST else ""


def _told_elsewhere(words: str, sure: Collection[date | None]) -> Order:
    """Return in which order a date is meant that reads two ways, if one of them is told elsewhere as `8 January`."""
    readings: list[Order] = [
        order for order in _ORDERS if any(day.year and day.on(None) in sure for day, _, _ in find_dates(words, order))
    ]
    return readings[0] if len(readings) == 1 else ""


def take_field(draft: Draft, field: Field, order: Order, *, is_plain: bool = False) -> bool:
    """Put a field into the record; return whether the record takes it. Plain values have no Markdown in them."""
    text = of_markdown(field.value.text) if draft.is_ours and field.name in PEOPLE else field.value.text
    value = field.value if is_plain else field.value.but(_bare(text, is_ours=draft.is_ours))
    if not field.name or not value.text:
        return False
    if _says_again(draft, field.name, value.text, order) or _take(draft, field.name, value, order):
        draft.note(NoteKind.FOUND, (field.name,), field.source)
        return True
    return False


def _says_again(draft: Draft, name: str, text: str, order: Order) -> bool:
    """Return whether the record has the field already, with the same value."""
    known = draft.data.get(name)
    if name == "date" and known:
        found = find_dates(text, order)
        return len(found) == 1 and found[0][2] == text.strip() and str(found[0][0].on(None)) == known
    return isinstance(known, str) and known.casefold() == " ".join(text.split()).casefold()


def _bare(text: str, *, is_ours: bool) -> str:
    """Return a value without marks around it and without escapes; what is escaped is no mark."""
    text = text.strip()
    if is_ours:
        return "\n".join(plain_line(line.rstrip(" ")) for line in text.split("\n"))
    for mark in ("**", "__", "`", "*", "_"):
        if text.startswith(mark) and text.endswith(mark) and len(text) > 2 * len(mark) and text.count(mark) == 2:  # noqa: PLR2004 (a pair)
            inner = text[len(mark) : -len(mark)]
            text = text if find(text) and not find(inner) else inner  # an instruction is one by its marks
    return _ESCAPE.sub(r"\1", text)


def _take(draft: Draft, name: str, value: Span, order: Order) -> bool:  # noqa: PLR0911 (one return for each kind of field)
    one_line = " ".join(value.text.split())
    match name:
        case "id" | "title" | "severity" | "edition":
            return "\n" not in value.text and _once(draft, (name,), value)
        case "date":
            return _take_date(draft, value, order)
        case "started_at" | "ended_at":
            return _take_stamp(draft, name, value, order)
        case "status" | "stage":
            return _take_status(draft, value, one_line)
        case "authors" | "reviewers" | "responders":
            return _take_people(draft, name, value)
        case "services" | "tags":
            return _take_words(draft, (name,), value)
        case "timezone":
            return _take_zone(draft, value, one_line)
        case "language":
            tag = re.fullmatch(r"[a-z]{2}(?:-[A-Za-z0-9]{2,4})?", one_line)
            return bool(tag) and _once(draft, (name,), value)
        case "classification":
            tlp = re.fullmatch(r"(?:TLP:\s*)?(?:RED|AMBER(?:\+STRICT)?|GREEN|CLEAR)", one_line, re.IGNORECASE)
            return bool(tlp) and _once(draft, (name,), value)
        case _:
            return False


def _take_zone(draft: Draft, value: Span, words: str) -> bool:
    zone = zone_name(words) or (words if re.fullmatch(r"[A-Z][A-Za-z]+/[\w/+-]+", words) else "")
    return bool(zone) and _once(draft, ("timezone",), value.but(zone))


def _once(draft: Draft, path: Path, value: Span) -> bool:
    if draft.has(*path):
        return False
    draft.put(path, value)
    return True


def _take_date(draft: Draft, value: Span, order: Order) -> bool:
    """Take a date; more than a date in the value (`evening, 21:11`) stays in the notes, and is left for the report."""
    found = [(day.on(None), ambiguous, words) for day, ambiguous, words in find_dates(value.text, order)]
    known = [each for each in found if each[0] is not None]
    if not known or draft.has("date"):
        return False
    day, ambiguous, words = known[0]
    _put_date(draft, value, day, words, "it reads two ways" if ambiguous else "")
    return len(value.text.strip()) <= len(words) + len("T00:00:00.000000+00:00") and len(known) == 1


def _put_date(draft: Draft, where: Span, day: date | None, words: str, guess: str = "") -> None:
    kind = NoteKind.GUESSED if guess else NoteKind.FOUND
    draft.put(("date",), where.but(f"{day}"), kind, f"{words}: {guess}" if guess else words)


def take_impact_field(draft: Draft, field: Field, order: Order) -> bool:
    """Put a field of a section about the impact into the record; return whether the record takes it."""
    value = field.value.but(_bare(field.value.text, is_ours=draft.is_ours))
    if field.name == "services":
        taken = not draft.has("impact", "services") and _take_words(draft, ("impact", "services"), value)
    else:
        taken = _take_stamp(draft, field.name, value, order)
    if taken:
        draft.note(NoteKind.FOUND, ("impact", field.name), field.source)
    return taken


def _take_stamp(draft: Draft, name: str, value: Span, order: Order) -> bool:
    moment = read_moment(value.text, order)
    day = moment.day.on(None) if moment and moment.day else None
    if moment is None or day is None or moment.rest.strip() or moment.is_ambiguous:
        return False
    stamp = stamp_of(moment, day)
    if stamp is None:
        return False
    if not draft.has("date"):
        _put_date(draft, value, day, moment.words)
    start = cast("dict[str, str]", draft.data.get("impact", {})).get("started_at", "")
    zone = str(draft.data.get("timezone", ""))
    if name == "ended_at" and start and not _follows(_moment(start, zone), _moment(stamp, zone)):
        return False
    return _once(draft, ("impact", name), value.but(stamp))


def _moment(stamp: str, zone: str) -> datetime:
    """Return a timestamp as a moment; one without an offset is a local one, where the record has a zone."""
    moment = datetime.fromisoformat(stamp)
    try:
        return moment.replace(tzinfo=ZoneInfo(zone)) if zone and moment.tzinfo is None else moment
    except ZoneInfoNotFoundError:
        return moment


def _follows(first: datetime, last: datetime) -> bool:
    """Return whether a moment is not before another one, and can be compared with it."""
    return (first.tzinfo is None) == (last.tzinfo is None) and first <= last


def _take_status(draft: Draft, value: Span, text: str) -> bool:
    bare = re.sub(r"\([^)]*\)", "", text)
    first = _JOINED.split(bare, maxsplit=1)[0]  # `Behoben und ausgerollt`, `Resolved, with actions left`
    status, stage = status_of(bare) or status_of(first), stage_of(bare) or stage_of(first)
    if status and _once(draft, ("status",), value.but(status)):
        return True
    return bool(stage) and _once(draft, ("stage",), value.but(stage))


def _take_people(draft: Draft, name: str, value: Span) -> bool:
    people = people_of_ours(value) if draft.is_ours else people_in(value.text)
    if _are_there(draft, name, people):
        return True
    longest = 80
    if not people or draft.has(name):
        return False
    if not draft.is_ours and any(len(each.name) > longest or "](" in each.name for each in people):
        return False
    draft.note(NoteKind.FOUND, (name,), value)
    for index, person in enumerate(people):
        put_person(draft, (name, index), person, value)
    return True


def _are_there(draft: Draft, name: str, people: list[Named]) -> bool:
    """Return whether the record has these people, and only them, by their names; what is new of them it takes."""
    known = cast("list[dict[str, str]]", draft.data.get(name, []))
    if not known or [each.get("name") for each in known] != [each.name for each in people]:
        return False
    for person, each in zip(known, people, strict=True):
        for field, words in each.fields():
            person.setdefault(field, words)
    return True


def put_person(draft: Draft, path: Path, person: Named, value: Span) -> None:
    """Put a person into the record, from words of the document."""
    for field, words in person.fields():
        draft.put((*path, field), value.but(words))


def _take_words(draft: Draft, path: Path, value: Span) -> bool:
    name = str(path[-1])
    known = cast("list[str]", draft.data.get(name, [])) if len(path) == 1 else []
    found = _listed(value.text) if draft.is_ours else words_in([value.text])
    words = [word for word in found if word not in known]
    if not words and known:
        draft.note(NoteKind.FOUND, path, value)
        return True
    longest = 80
    if not words or (not draft.is_ours and any(len(word) > longest for word in words)):
        return False
    draft.note(NoteKind.FOUND, path, value)
    for index, word in enumerate(words, start=len(known)):
        draft.put((*path, index), value.but(word))
    return True


def _listed(text: str) -> list[str]:
    """Return the words of an enumeration of ours, in whatever language."""
    return re.split(r", |、|፣ |، ", text)


def take_front(draft: Draft, order: Order) -> None:
    """Take what the front matter says; what the record has no place for is left over."""
    for key, values in draft.document.front:
        name = field_of_front(key)
        if name == "edition" and not (draft.is_ours and values and values[0].text in _EDITIONS):
            name = ""
        taken = False
        if name == "summary" and len(values) == 1 and not _has_summary(draft.document):
            draft.put(("summary",), values[0])
            draft.note(NoteKind.FOUND, ("summary",), values[0], key)
            continue
        if name == "published" and values and draft.published is None:
            draft.published = Span(f"{key}: {values[0].text}", values[0].line, is_exact=False)
            taken = True
        elif name == "date" and len(values) == 1 and not draft.is_ours:
            draft.written = (values[0], Span(f"{key}: {values[0].text}", values[0].line, is_exact=False))
            taken = True
        elif name and values:
            joined = (
                values[0]
                if len(values) == 1
                else Span("\n".join(v.text for v in values), values[0].line, is_exact=False)
            )
            taken = take_field(
                draft,
                Field(name, joined, Span(f"{key}: {joined.text}", joined.line, is_exact=False)),
                order,
                is_plain=True,
            )
        if not taken:
            text = " ".join([f"{key}:", *(value.text for value in values)])
            draft.leave(Span(text, values[0].line if values else 2, is_exact=False))


def take_written(draft: Draft, order: Order) -> None:
    """Take the date of the front matter, where no field of the text nor the title gives one: blogs have their own."""
    if draft.written is None:
        return
    value, source = draft.written
    if not take_field(draft, Field("date", value, source), order, is_plain=True):
        draft.leave(source)


def _has_summary(document: Document) -> bool:
    """Return whether a section of a document is its summary; the line of the front matter says less."""
    return any(section_of(each.title) == "summary" and each.body.text for each in document.walk())


def take_title(draft: Draft, heading: Span, title: str) -> None:
    """Take the title, without words that only say what kind of document it is."""
    text = plain(title)
    bare = without_kind(text)
    is_named = re.search(r"[^\W\d_]", bare) is not None  # a date alone names nothing
    draft.put(("title",), heading.but(bare if is_named else text), NoteKind.FOUND, heading.text)


def take_identity(draft: Draft) -> None:
    """Find title and id where no field said them: in the title and the name of the file."""
    stem = PurePath(draft.document.name).stem.replace("<stdin>", "").strip("<>")
    start = Span("", 1, is_exact=False)
    if not draft.has("title"):
        name = re.sub(r"[_-]+", " ", stem).strip() or "Incident"
        draft.put(("title",), start.but(name), NoteKind.GUESSED, f"{name}: from the name of the file")
    if not draft.has("id"):
        match = _ID.search(str(draft.data["title"])) or _ID.search(stem)
        found = match[0] if match else stem or "incident"
        reason = "from the title or the name of the file"
        draft.put(("id",), start.but(found), NoteKind.GUESSED, f"{found}: {reason}")


def date_in(texts: Sequence[str], order: Order) -> tuple[date, str] | None:
    """Return the first full date in some texts, with its words."""
    for words in texts:
        for day, _, found in find_dates(words, order):
            on = day.on(None)
            if on and 1990 <= on.year <= 2100:  # noqa: PLR2004 (dates of incidents)
                return on, found
    return None


def date_of_file(document: Document, order: Order) -> tuple[date, str] | None:
    """Return the date in the name of a document's file, with its words."""
    stem = PurePath(document.name).stem
    if found := date_in([stem.replace("_", " ")], order):
        return found
    match = re.search(r"(?<!\d)((?:19|20)\d\d)[-_]?(0[1-9]|1[0-2])[-_]?([0-2]\d|3[01])(?!\d)", stem)
    written = Day(int(match[1]), int(match[2]), int(match[3])).on(None) if match else None
    return (written, match[0]) if written and match else None
