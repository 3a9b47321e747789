"""Which footnotes of a text are made, and what they say: those whose marks stand where a document can have one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from afterword.prose.block import is_wide, run_of
from afterword.prose.inline import MADE
from afterword.prose.markdown import Branch, mark_of
from afterword.prose.record import Notes
from afterword.report.nodes import Paragraph

LONGEST_NOTE = 1500
"""Characters of a note, as written; the PDF engine breaks no note over pages, so all of it stands on one."""

MOST_NOTES = 200
"""Notes of one text; setting many of them on one page takes the PDF engine long."""

_WITHOUT = frozenset({"heading", "th", "link", "image", "footnote_reference"})
"""What holds no marks of notes: titles and heads of tables are shown again, links and pictures have plain names."""


def take_footnotes(branches: Sequence[Branch], notes: Notes) -> None:
    """Mark the notes and marks of a text that are made, and put what the notes say on the desk."""
    known: dict[str, Branch] = {}
    for each in _definitions(branches):
        known.setdefault(mark_of(each), each)
    marks = [each for each in _marks(branches) if each.token.content in known]
    wanted = dict.fromkeys(each.token.content for each in marks)
    lines = notes.text.split("\n")
    made = set(islice((mark for mark in wanted if _can_be_made(known[mark], lines)), MOST_NOTES))
    for each in marks:
        each.token.meta[MADE] = each.token.content in made
    for mark in (mark for mark in known if mark in made):
        known[mark].token.meta[MADE] = True
        notes.footnotes[mark] = tuple(_paragraphs(known[mark], notes))


def _definitions(branches: Iterable[Branch]) -> Iterator[Branch]:
    for branch in branches:
        if branch.type == "footnote_reference":
            yield branch
        yield from _definitions(branch.branches)


def _marks(branches: Iterable[Branch]) -> Iterator[Branch]:
    """Yield the marks of notes that stand where a note can be made, in reading order."""
    for branch in branches:
        if branch.type == "footnote_ref":
            yield branch
        elif branch.type not in _WITHOUT and not (branch.type == "table" and is_wide(branch)):
            yield from _marks(branch.branches)


def _can_be_made(note: Branch, lines: Sequence[str]) -> bool:
    """Return whether a note holds nothing but paragraphs without pictures, and not too much of them."""
    first, end = note.token.map or (0, 0)
    length = sum(len(line) for line in lines[first:end])
    plain = all(each.type == "paragraph" and not _has_picture(each.branches) for each in note.branches)
    return bool(note.branches) and plain and length <= LONGEST_NOTE


def _has_picture(branches: Iterable[Branch]) -> bool:
    return any(each.type == "image" or _has_picture(each.branches) for each in branches)


def _paragraphs(note: Branch, notes: Notes) -> Iterator[Paragraph]:
    for branch in note.branches:
        notes.line = notes.line if branch.line is None else branch.line
        yield Paragraph(run_of(branch, notes))
