"""Lists and tables as lessons, measures, steps, factors and references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from afterword.diagnostics import shorten
from afterword.interpret.cells import bare, in_paragraphs
from afterword.interpret.draft import Draft, Path
from afterword.interpret.links import link_in
from afterword.interpret.people import people_in, person_of_ours
from afterword.prose import parse
from afterword.readers.document import Block, Row, Span
from afterword.readers.notes import NoteKind
from afterword.readers.source import Data
from afterword.report.separators import of_markdown
from afterword.report.walk import plain_text
from afterword.vocabulary.actions import column_of_actions, is_urgency, state_of_action, type_of_action
from afterword.vocabulary.lexicon import key_of, said
from afterword.vocabulary.moments import Order, find_dates

_LEAD = re.compile(
    r"(?P<m>\*\*|__)(?P<title>(?:(?!(?P=m))[^\n`]){1,120}?)[.:：]?(?P=m)[ ]?[.:：]?(?:[ ]?[-–—])?[ ]*(?P<rest>.*)",
    re.DOTALL,
)
_LEAD_OF_OURS = re.compile(
    r"\*\*(?P<title>(?:\\.|[^*\\\n]|\*(?!\*))+?)\*\*(?:[\u00a0 ]?[:：፦](?:[ ]|&#32;|(?=\n)|$|(?<=：))\s*(?P<rest>.*))?",
    re.DOTALL,
)
_BOX = re.compile(r"\[(?P<mark>[ xX])\](?:[ ]+|$)")

UNTITLED, OVERDUE = "Untitled action", "(overdue)"
"""What our tables of measures say of one without a title, and of one whose date has passed."""


def plain_list(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], Block] | None:
    """Return what stands before a list, and the list, where blocks are text that ends in one list; else None."""
    if not blocks or blocks[-1].kind not in {"list", "numbers"}:
        return None
    before = tuple(blocks[:-1])
    if any(block.kind != "text" for block in before):
        return None
    return before, blocks[-1]


def titled(item: Span) -> tuple[Span | None, Span]:
    """Return the bold lead-in of an item, without marks and colon, and what stands after it."""
    match = _LEAD.fullmatch(item.text)
    if match is None or "[" in match["title"]:
        return None, item
    title = Span(match["title"].strip().rstrip(":：."), item.line, item.column, is_exact=False)
    return title, item.but(match["rest"])


def _titled_of_ours(item: Span) -> tuple[Span | None, Span]:
    """Return the lead-in of an item of ours and what follows: bold text is one before a colon or with nothing after."""
    match = _LEAD_OF_OURS.fullmatch(item.text)
    if match is None:
        return None, item
    return bare(Span(match["title"], item.line, item.column, is_exact=False)), item.but(match["rest"] or "")


def put_titled(draft: Draft, path: Path, item: Span) -> None:
    """Put an item into the record as `title` and `description`."""
    title, rest = _titled_of_ours(item) if draft.is_ours else titled(item)
    if title is not None and title.text:
        draft.put((*path, "title"), title)
        if rest.text.strip():
            draft.put((*path, "description"), rest)
    else:
        draft.put((*path, "description"), item)


def put_lesson(draft: Draft, item: Span, group: str) -> None:
    """Add a lesson."""
    path: Path = ("lessons", draft.count("lessons"))
    put_titled(draft, path, item)
    if group:
        draft.put((*path, "group"), Span(group, item.line, is_exact=False))


def put_action(draft: Draft, item: Span, about: str = "") -> None:
    """Add a preventive measure; a box in front of it says whether it is done, `about` what heading it stands below."""
    path: Path = ("preventive_measures", draft.count("preventive_measures"))
    box = _BOX.match(item.text)
    put_titled(draft, path, item.but(item.text[box.end() :]) if box else item)
    if box:
        status = "open" if box["mark"] == " " else "done"
        draft.put((*path, "status"), item.but(status), NoteKind.FOUND, f"{box[0].strip()}: {status}")
    _put_about(draft, path, about, item)


def _put_about(draft: Draft, path: Path, about: str, item: Span) -> None:
    """Keep the heading that a measure stands below: as its type or priority where it is one, else in its title."""
    if not about:
        return
    words = f"{about}: from the heading above"
    if kind := type_of_action(about):
        draft.put((*path, "type"), item.but(kind), NoteKind.FOUND, about)
    elif is_urgency(about):
        draft.put((*path, "priority"), item.but(about), NoteKind.GUESSED, words)
    else:
        measure = cast("list[dict[str, Data]]", draft.data["preventive_measures"])[cast("int", path[-1])]
        title = measure.pop("title", None)
        others = dict(measure)
        measure.clear()  # so that the title stands first
        draft.put((*path, "title"), item.but(f"{about}: {title}" if title else about), NoteKind.GUESSED, words)
        measure.update(others)


def name_of_action(title: str, description: str) -> str:
    """Return how a table names a measure: by its title, or the beginning of its text."""
    return title or shorten(plain_text(parse(description).blocks))


def put_actions(draft: Draft, block: Block, order: Order, about: str = "") -> bool:
    """Add the measures of a table; return whether its columns are those of measures.

    A row about a measure that is told before the table adds to it what is known of it.
    """
    names = [column_of_actions(cell.text) for cell in block.rows[0].cells]
    if "title" not in names:
        if len(set(names) - {""}) < 2 or "" not in names:  # noqa: PLR2004 (a column alone says little)
            return False
        names[names.index("")] = "title"
    draft.note(NoteKind.FOUND, ("preventive_measures",), block.rows[0].source)
    counts = _counter(block)
    table = _Table(names, [cell.text for cell in block.rows[0].cells], order, about, _told(draft), counts)
    for row in block.rows[1:]:
        if any(cell.text.strip() for cell in row.cells):
            _put_row(draft, row, table)
    return True


def _counter(block: Block) -> int:
    """Return which column of a table only counts its rows, -1 for none."""
    columns = zip(*(row.cells for row in block.rows[1:]), strict=False)
    numbers = [str(number) for number in range(1, len(block.rows))]
    return next((at for at, cells in enumerate(columns) if [cell.text.strip(" .") for cell in cells] == numbers), -1)


@dataclass(frozen=True, slots=True)
class _Table:
    """What is known of a table of measures: what its columns hold and are called, and what is told before it."""

    names: list[str]
    heads: list[str]
    order: Order
    about: str
    told: dict[str, list[int]]
    """Measures of which nothing but a title or a text is known, by how a table names them."""

    counts: int
    """The column that only counts the rows, -1 without one."""


def _told(draft: Draft) -> dict[str, list[int]]:
    told: dict[str, list[int]] = {}
    for index, measure in enumerate(cast("list[dict[str, str]]", draft.data.get("preventive_measures", []))):
        if set(measure) <= {"title", "description"}:
            name = name_of_action(measure.get("title", ""), measure.get("description", ""))
            told.setdefault(name, []).append(index)
    return told


def _put_row(draft: Draft, row: Row, table: _Table) -> None:
    """Put a row into the record: as a measure, or beside what is told of it already."""
    action = next((cell for name, cell in zip(table.names, row.cells, strict=False) if name == "title"), None)
    name = bare(action).text if action else ""
    known = table.told.get(name, [])
    path: Path = ("preventive_measures", known[0] if known else draft.count("preventive_measures"))
    fields, more = _put_fields(draft, path, row, table)
    if known:
        _add_to_told(draft, known.pop(0), more, row.source)
    elif draft.is_ours and action:
        if name and name not in said(UNTITLED):
            draft.put((*path, "title"), action.but(name))
    else:
        _put_action_text(draft, path, action or Span("-", row.source.line, is_exact=False), more)
    draft.note(NoteKind.FOUND, path, row.source)
    if table.about and not {"priority", "type"} & fields:
        _put_about(draft, path, table.about, row.source)


def _put_fields(draft: Draft, path: Path, row: Row, table: _Table) -> tuple[set[str], list[str]]:
    """Put the cells of a row into fields; return these, and the cells that no field takes, with their columns."""
    fields: set[str] = set()
    more: list[str] = []
    told = False
    for index, cell in enumerate(row.cells):
        name = table.names[index] if index < len(table.names) else ""
        if not cell.text.strip() or index == table.counts:
            continue
        if name == "title" and not told:
            told = True
        elif name and name != "title" and name not in fields and _put_field(draft, path, name, cell, table.order):
            fields.add(name)
        else:
            head = table.heads[index].strip(" *")
            more.append(f"{head}: {cell.text}" if head else cell.text)
    return fields, more


def _put_action_text(draft: Draft, path: Path, action: Span, more: list[str]) -> None:
    text = in_paragraphs(action if action.text.strip() else Span("-", action.line, is_exact=False))
    if more:
        text = Span("\n\n".join([text.text, *more]), action.line, action.column, is_exact=False)
    draft.put((*path, "description"), text)


def _add_to_told(draft: Draft, index: int, more: list[str], source: Span) -> None:
    """Keep cells that no field takes behind the text of a measure."""
    if more:
        measure = cast("list[dict[str, str]]", draft.data["preventive_measures"])[index]
        text = "\n\n".join([*filter(None, [measure.get("description", "")]), *more])
        draft.put(("preventive_measures", index, "description"), Span(text, source.line, is_exact=False))


def _put_field(draft: Draft, path: Path, name: str, cell: Span, order: Order) -> bool:
    """Put a cell into a field; return whether the field takes it."""
    if name == "owner":
        return _put_owner(draft, (*path, name), cell)
    words = re.sub(r"[^\w\s'-]", " ", cell.text)
    if name == "status":
        value = state_of_action(words)
    elif name == "type":
        value = type_of_action(words)
    elif name == "due":
        value = _due(_without_overdue(cell.text), order)
    elif name == "ticket" and (link := link_in(cell.text)):
        value = link[1] if key_of(link[0]) in key_of(link[1]) else ""
    elif draft.is_ours:
        value = bare(cell).text
    else:
        value = cell.text.strip() if "\n" not in cell.text and "[" not in cell.text else ""
    if value:
        draft.put((*path, name), cell.but(value))
    return bool(value)


def _put_owner(draft: Draft, path: Path, cell: Span) -> bool:
    """Put who answers for a measure; return whether the cell names one person."""
    if draft.is_ours:
        person = person_of_ours(bare(cell.but(of_markdown(cell.text))).text)
        people = [person] if person else []
    else:
        people = people_in(cell.text)
    if len(people) != 1 or not (draft.is_ours or key_of(people[0].name)):
        return False
    if not people[0].email and not people[0].role:
        draft.put(path, cell.but(people[0].name))
        return True
    for field, words in people[0].fields():
        draft.put((*path, field), cell.but(words))
    return True


def _without_overdue(text: str) -> str:
    """Return a date without our word that it has passed."""
    return next((text.removesuffix(f" **{each}**") for each in said(OVERDUE) if text.endswith(f" **{each}**")), text)


def _due(text: str, order: Order) -> str:
    found = find_dates(text, order)
    if len(found) != 1 or found[0][1] or found[0][2].strip() != text.strip(" *_`"):
        return ""
    day = found[0][0].on(None)
    return day.isoformat() if day else ""
