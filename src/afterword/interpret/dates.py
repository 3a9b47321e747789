"""The date of an incident where no field says it: of the text, of the address, or of the publication."""

from __future__ import annotations

import re
from datetime import date

from afterword.interpret.draft import Draft
from afterword.interpret.identity import date_in
from afterword.readers.document import Document, Span
from afterword.readers.notes import NoteKind
from afterword.vocabulary.fields import field_of_front
from afterword.vocabulary.lexicon import key_of
from afterword.vocabulary.moments import Day, Order, find_dates


def date_of_record(draft: Draft) -> date | None:
    """Return the date that the record has so far."""
    return date.fromisoformat(str(draft.data["date"])) if draft.has("date") else None


def put_date(draft: Draft, day: date, reason: str, line: int = 1) -> None:
    """Put a date into the record that no field says."""
    draft.put(("date",), Span(day.isoformat(), line, is_exact=False), NoteKind.GUESSED, reason)


def first_date(draft: Draft, order: Order) -> None:
    """Take the first full date of the text, where nothing else gives one."""
    found = [
        (is_of_document(text), line, on, words)
        for line, text in enumerate(draft.document.text.split("\n"), start=1)
        for day, ambiguous, words in find_dates(text, order)
        if (on := day.on(None)) and not ambiguous and 1990 <= on.year <= 2100  # noqa: PLR2004 (dates of incidents)
    ]
    if found:
        _, line, on, words = min(found, key=lambda each: each[0])
        put_date(draft, on, f"{words}: the first date of the text", line)
        return
    lines = [value for key, values in draft.document.front if field_of_front(key) == "summary" for value in values]
    for value in lines:
        if told := date_in([value.text], order):
            put_date(draft, told[0], f"{told[1]}: the first date of the front matter", value.line)
            return


def take_publication(draft: Draft, order: Order) -> None:
    """Take the day on which the document was published, where nothing else gives a date; else it is left over."""
    span = draft.published
    if span is None:
        return
    found = None if draft.has("date") else date_in([span.text], order)
    if found:
        put_date(draft, found[0], f"{span.text}: when it was published", span.line)
    else:
        draft.leave(span)


_ADDRESSES = frozenset({"url", "link", "permalink", "source", "source url", "canonical url", "address"})
_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_](0?[1-9]|1[0-2])[-/_](0?[1-9]|[12]\d|3[01])(?!\d)")


def date_of_address(document: Document, order: Order) -> tuple[date, Span] | None:
    """Return the date in the address of a document, as its front matter has it: `/2017/02/10/`, `november-9th-2018`."""
    for key, values in document.front:
        for value in values if key_of(key) in _ADDRESSES else ():
            if match := _IN_ADDRESS.search(value.text):
                if on := Day(int(match[1]), int(match[2]), int(match[3])).on(None):
                    return on, value
            elif found := date_in([value.text.replace("-", " ").replace("/", " / ")], order):
                return found[0], value
    return None


_OF_DOCUMENT = re.compile(
    r"\W*(?:created|last updated|updated|published|reviewed|written|erstellt|aktualisiert|stand|créé|rédigé|mis à jour"
    r"|creado|actualizado|criado|atualizado|作成|更新|創建|创建)\b",
    re.IGNORECASE,
)


def is_of_document(line: str) -> bool:
    """Return whether a line tells when the document was written: `| Created | 2024-05-04 |`."""
    return _OF_DOCUMENT.match(line) is not None
