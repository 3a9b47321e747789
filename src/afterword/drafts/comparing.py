"""What somebody edited in a draft: its fields against those of the draft that the record makes."""

from __future__ import annotations

import re
from dataclasses import replace

from afterword.assets import Shelf
from afterword.compose import compose
from afterword.drafts.additions import take_additions
from afterword.drafts.aligning import Alignment, aligned, told_anew
from afterword.drafts.ledger import Ledger
from afterword.drafts.moving import take_moves
from afterword.drafts.paths import Path
from afterword.drafts.prose import exchanged
from afterword.drafts.units import Sheet, Told, plain, sheet_of
from afterword.drafts.values import event_time, value_of
from afterword.errors import AfterwordError
from afterword.incident.model import Incident
from afterword.incident.prose_fields import is_prose
from afterword.loading import load_source
from afterword.options import RenderOptions
from afterword.readers.docx import Marked, marked, named_in
from afterword.readers.docx.ours import making_of
from afterword.readers.docx.package import Package, opened
from afterword.readers.docx.record import language_of
from afterword.readers.notes import NoteKind
from afterword.readers.source import Source, path_keys
from afterword.report.nodes import Report
from afterword.report.transforms import anchored, numbered
from afterword.report.walk import plain_text
from afterword.theme.load import load_theme
from afterword.vocabulary.lexicon import key_of
from afterword.words import Words, words_for
from afterword.writers.base import WriterOptions
from afterword.writers.registry import format_named

_MADE_ANEW = frozenset({"picture", "contents", "furniture", "own comment"})
"""Kinds of what stands beside the text that every draft gets anew."""

_ITEM = re.compile(r".*?\[\d+\]")


def with_edits(record: Source, package: Package) -> Source:
    """Return the record of a draft with what was edited in its text, and a note on each edit."""
    incident = load_source(record).incident
    if incident is None:
        return record
    words = replace(_words(language_of(package) or incident.language), wording=making_of(package).wording)
    after = marked(package)
    report, before = _as_made(incident, words, record, after)
    old, new = sheet_of(before), sheet_of(after)
    ledger = Ledger(record)
    lines = aligned(old, new)
    places = {key_of(plain_text(each.title)): each.name for each in report.sections if each.name}
    _take_fields(ledger, old, new, words)
    _take_deletions(ledger, old, new, lines)
    take_moves(ledger, old, new, places)
    take_additions(ledger, (old, new), lines.added, places, words)
    _take_asides(ledger, before, after)
    return _with_pictures(ledger.finished(), after)


def _with_pictures(source: Source, after: Marked) -> Source:
    """Return the record with the pictures of the draft that it names now, but for those that lie in its folder."""
    folder = source.folder
    files = named_in(source, after.files)
    return replace(
        source, files={name: data for name, data in files.items() if not folder or not (folder / name).exists()}
    )


def _words(language: str) -> Words:
    try:
        return words_for(language)
    except AfterwordError:
        return words_for("en")


def _as_made(incident: Incident, words: Words, record: Source, after: Marked) -> tuple[Report, Marked]:
    """Return the report of a record, and its draft as it was before anybody edited it, with the pictures in it."""
    report = compose(incident, words, Shelf(record.folder, after.files), {}).report
    report = numbered(anchored(report))
    options = RenderOptions()
    theme = load_theme(options.theme)
    made = format_named("docx").writer()(report, WriterOptions(theme, options.page_size or theme.page.size))
    return report, marked(opened(made.data, record.name))


def _take_fields(ledger: Ledger, old: Sheet, new: Sheet, words: Words) -> None:
    """Take over fields whose text is another than before."""
    for tag, places in old.fields.items():
        after = told_anew(places, new.fields.get(tag, ()), exact=is_prose(path_keys(tag)))
        if after is None:
            continue
        before = places[0]
        path = path_keys(tag)
        if not after.key:
            ledger.clear(path, before.text, after.paragraph)
        elif path[-1] == "time" and path[0] == "timeline":
            _take_time(ledger, path, before, after)
        else:
            _take_value(ledger, path, before, after, words)


def _take_value(ledger: Ledger, path: Path, before: Told, after: Told, words: Words) -> None:
    value = value_of(path, after.text, words, ledger.near(path))
    if is_prose(path):
        value = exchanged(str(ledger.value(path) or ""), before.text, after.text)
    if value is None:
        _leave(ledger, path, before, after)
    else:
        old, new = plain(before.text), plain(after.text)
        if old == new:
            old, new = _with_marks(before.text), _with_marks(after.text)
        ledger.put(path, value, old=old, new=new, paragraph=after.paragraph)


def _with_marks(text: str) -> str:
    """Return a text in which nothing but its marks or its paragraphs was changed, so that these are seen."""
    return " ".join(text.replace("\n\n", " ¶ ").split())


def _take_time(ledger: Ledger, path: Path, before: Told, after: Told) -> None:
    """Take over the time of an event, on its day and with its offset."""
    event = path[:-1]
    at = event_time(after.text, ledger.near((*event, "at")))
    if at is None:
        _leave(ledger, path, before, after)
        return
    said = plain(after.text)
    ledger.put((*event, "at"), at, old=plain(before.text), new=said, paragraph=after.paragraph)
    part = ledger.value(event)
    if isinstance(part, dict):
        part.pop("time", None)


def _leave(ledger: Ledger, path: Path, before: Told, after: Told) -> None:
    words = f"edited, and not understood as a value: {plain(before.text)!r} → {plain(after.text)!r}"
    ledger.note(NoteKind.LEFTOVER, path, words, after.paragraph)


def _take_deletions(ledger: Ledger, old: Sheet, new: Sheet, lines: Alignment) -> None:
    """Take out what the draft no longer has: items of lists as a whole, other fields one by one.

    A program may lose a control and keep its text: what stands in a line that is still there, or new, is not deleted.
    """
    stay = {tag for at, unit in enumerate(old.units) if at not in lines.gone for tag in unit.tags}
    text = plain(" ".join(new.units[at].text for at in sorted(lines.added) if not new.units[at].tags))
    for item, (here, tags) in _items(old, new).items():
        lost = [tag for tag in tags if tag not in new.fields and plain(old.fields[tag][0].text) not in text]
        lost = [tag for tag in lost if tag not in stay]
        told = max((old.fields[tag][0] for tag in tags), key=lambda each: len(each.text))
        if len(lost) == len(tags) and isinstance(path_keys(item)[-1], int):
            ledger.remove(path_keys(item), plain(told.text), here)
        else:
            for tag in lost:
                ledger.clear(path_keys(tag), plain(old.fields[tag][0].text), here)


def _items(old: Sheet, new: Sheet) -> dict[str, tuple[int, list[str]]]:
    """Return the fields of each item of a list, and each other field, with the paragraph of the field before them."""
    items: dict[str, tuple[int, list[str]]] = {}
    here = 1
    for tag in old.fields:
        match = _ITEM.match(tag)
        items.setdefault(match[0] if match else tag, (here, []))[1].append(tag)
        if tag in new.fields:
            here = new.fields[tag][0].paragraph
    return items


def _take_asides(ledger: Ledger, before: Marked, after: Marked) -> None:
    """Tell comments, deleted text and what else does not stand in the text of the draft, if we did not write it."""
    ours = {each.text for each in before.asides}
    for each in after.asides:
        if each.text not in ours and each.kind not in _MADE_ANEW:
            ledger.note(NoteKind.LEFTOVER, (), each.text, each.paragraph)
