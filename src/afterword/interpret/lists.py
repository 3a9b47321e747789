"""Lists and tables as lessons, measures, steps, factors and references."""

from __future__ import annotations

import re
from collections.abc import Sequence

from afterword.interpret.draft import Draft, Path
from afterword.interpret.lexicon import Lexicon, key_of
from afterword.interpret.metadata import people_in
from afterword.interpret.moments import Order, find_dates
from afterword.interpret.titles import plain
from afterword.readers.document import Block, Row, Span
from afterword.readers.notes import NoteKind

_LEAD = re.compile(
    r"(?P<m>\*\*|__)(?P<title>(?:(?!(?P=m))[^\n`]){1,120}?)[.:：]?(?P=m)[ ]?[.:：]?(?:[ ]?[-–—])?[ ]*(?P<rest>.*)",
    re.DOTALL,
)
_BOX = re.compile(r"\[(?P<mark>[ xX])\](?:[ ]+|$)")
_LINK = re.compile(r"\[(?P<title>[^\[\]\n]+)\]\((?P<url>https?://[^\s()<>]+)\)")
_TITLED = re.compile(r"(?P<title>[^\n<>]{1,200}?)[:：]?[ ]+<?(?P<url>https?://[^\s<>]+)>?")
_BARE = re.compile(r"<?(?P<url>https?://[^\s<>]+)>?")

_COLUMNS = Lexicon(
    {
        "title": """
            action|action item|action items|item|task|description|what|measure|title|follow up|todo
            |recommendation|remediation|aktion|maßnahme|aufgabe|acción|tarea|ação|アクション|対応|内容|行动项
            |措施|الإجراء
        """,
        "owner": """
            owner|assignee|who|responsible|assigned to|dri|owner s|verantwortlich|zuständig|responsable
            |responsável|担当|担当者|オーナー|负责人|المسؤول|المالك
        """,
        "due": """
            due|due date|deadline|when|target date|eta|by when|fällig|frist|échéance|fecha|fecha límite|prazo
            |期限|截止日期|完成时间|الموعد|تاريخ الاستحقاق
        """,
        "status": "status|state|done|estado|statut|ステータス|状態|状态|الحالة",
        "ticket": "ticket|issue|jira|bug|link|tracking|ticket s|issue link|チケット|工单|التذكرة",
        "priority": "priority|prio|priorität|priorité|prioridad|prioridade|優先度|优先级|الأولوية",
        "type": "type|kind|category|typ|tipo|種別|类型|النوع",
    }
)
_STATUSES = Lexicon(
    {
        "open": """
            open|todo|to do|not started|pending|new|planned|backlog|offen|pendiente|pendente
            |à faire|未着手
        """,
        "in-progress": "in progress|wip|ongoing|doing|started|en cours|in arbeit|en curso|進行中|进行中",
        "done": """
            done|complete|completed|closed|finished|fixed|erledigt|terminé|fait|hecho
            |completado|concluído|完了|已完成|完成
        """,
        "blocked": "blocked",
        "declined": "declined|won t do|wontfix|rejected",
    }
)
_TYPES = Lexicon(
    {
        "prevent": "prevent|prevention|preventive",
        "detect": "detect|detection",
        "mitigate": "mitigate|mitigation",
        "process": "process",
        "document": "document|documentation|docs",
        "investigate": "investigate|investigation",
        "repair": "repair|fix",
    }
)


def column_of_actions(title: str) -> str:
    """Return the field that a column of a table of measures holds, empty for a column of something else."""
    return _COLUMNS.get(key_of(re.sub(r"\([^)]*\)", "", plain(title))))


def state_of_action(words: str) -> str:
    """Return how far a measure is by what people call it, empty for other words."""
    return _STATUSES.get(key_of(words))


def type_of_action(words: str) -> str:
    """Return what a measure is for by what people call it, empty for other words."""
    return _TYPES.get(key_of(words))


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


def put_titled(draft: Draft, path: Path, item: Span) -> None:
    """Put an item into the record as `title` and `description`."""
    title, rest = titled(item)
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
    """Keep the heading that a measure stands below: as its type where it is one, else as its priority."""
    if not about:
        return
    kind = type_of_action(about)
    if kind:
        draft.put((*path, "type"), item.but(kind), NoteKind.FOUND, about)
    else:
        draft.put((*path, "priority"), item.but(about), NoteKind.GUESSED, f"{about}: from the heading above")


def put_actions(draft: Draft, block: Block, order: Order, about: str = "") -> bool:
    """Add the measures of a table; return whether its columns are those of measures."""
    names = [column_of_actions(cell.text) for cell in block.rows[0].cells]
    if "title" not in names:
        if len(set(names) - {""}) < 2 or "" not in names:  # noqa: PLR2004 (a column alone says little)
            return False
        names[names.index("")] = "title"
    draft.note(NoteKind.FOUND, ("preventive_measures",), block.rows[0].source)
    for row in block.rows[1:]:
        if any(cell.text.strip() for cell in row.cells):
            _put_row(draft, row, names, [cell.text for cell in block.rows[0].cells], order=order, about=about)
    return True


def _put_row(  # noqa: PLR0913 (the table around it)
    draft: Draft, row: Row, names: list[str], heads: list[str], *, order: Order, about: str
) -> None:
    path: Path = ("preventive_measures", draft.count("preventive_measures"))
    told: dict[str, Span] = {}
    more: list[str] = []
    for index, cell in enumerate(row.cells):
        name = names[index] if index < len(names) else ""
        if not cell.text.strip():
            continue
        if name and name not in told and (name == "title" or _put_field(draft, path, name, cell, order)):
            told[name] = cell
        else:
            more.append(f"{heads[index].strip(' *')}: {cell.text}" if heads[index].strip() else cell.text)
    action = told.get("title") or Span("-", row.source.line, is_exact=False)
    if more:
        draft.put(
            (*path, "description"), Span("\n\n".join([action.text, *more]), action.line, action.column, is_exact=False)
        )
    else:
        draft.put((*path, "description"), action)
    draft.note(NoteKind.FOUND, path, row.source)
    if about and "priority" not in told and "type" not in told:
        _put_about(draft, path, about, row.source)


def _put_field(draft: Draft, path: Path, name: str, cell: Span, order: Order) -> bool:
    """Put a cell into a field; return whether the field takes it."""
    bare = re.sub(r"[^\w\s'-]", " ", cell.text)
    if name == "status":
        value = state_of_action(bare)
    elif name == "type":
        value = type_of_action(bare)
    elif name == "due":
        value = _due(cell.text, order)
    elif name == "owner":
        people = people_in(cell.text)
        value = people[0] if len(people) == 1 and len(key_of(people[0])) > 0 else ""
    elif name == "ticket" and (link := _LINK.fullmatch(cell.text.strip())):
        value = link["url"] if key_of(link["title"]) in key_of(link["url"]) else ""
    else:
        value = cell.text.strip() if "\n" not in cell.text and "[" not in cell.text else ""
    if value:
        draft.put((*path, name), cell.but(value))
    return bool(value)


def _due(text: str, order: Order) -> str:
    found = find_dates(text, order)
    if len(found) != 1 or found[0][1] or found[0][2].strip() != text.strip(" *_`"):
        return ""
    day = found[0][0].on(None)
    return day.isoformat() if day else ""


def references(items: Sequence[Span]) -> list[tuple[str, str]] | None:
    """Return title and address of each item, None where an item is more than a link or a line of text."""
    found = []
    for item in items:
        text = item.text.strip()
        match = _LINK.fullmatch(text) or _BARE.fullmatch(text) or _TITLED.fullmatch(text)
        if match:
            found.append((match.groupdict().get("title") or "", match["url"]))
        elif "\n" not in text and "](" not in text and text:
            found.append((text, ""))
        else:
            return None
    return found
