"""Tables of events: which column is the time, which the event, whatever their order and names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from afterword.readers.document import Row
from afterword.vocabulary.lexicon import Lexicon, key_of
from afterword.vocabulary.moments import Order, find_zone, read_moment
from afterword.vocabulary.titles import plain

_TIME_COLUMNS = Lexicon(
    {
        "time": """
            time|date|date time|datetime|timestamp|when|day|utc|time utc|hour|start|start time|at
            |uhrzeit|zeit|datum|zeitpunkt|tag|heure|horaire|jour|hora|fecha|fecha hora|fecha y hora
            |data|data hora|horário|dia|時刻|日時|時間|日付|时间|日期|时刻|الوقت|التاريخ|время|дата
            |clock|zeitstempel|horodatage|date et heure|momento|data e hora|発生時刻|发生时间|时间点
            |日期时间|التوقيت|الساعة
        """,
    }
)
_EVENT_COLUMNS = Lexicon(
    {
        "event": """
            event|event description|events|description|what|what happened|details|detail|action
            |activity|message|update|entry|ereignis|beschreibung|événement|évènement
            |description de l événement|evento|descripción|descrição|acontecimiento|イベント|出来事
            |内容|事象|事件|描述|الحدث|الوصف|событие|notes|vorgang|was passierte|was geschah
            |was ist passiert|aktion|qué pasó|suceso|o que aconteceu|acontecimento|対応内容|できごと
            |关键事件|事件描述|事项|动作|关键节点|الإجراء
        """,
    }
)
_WHO_COLUMNS = Lexicon(
    {
        "who": """
            who|actor|person|by|owner|responder|reporter|author|wer|qui|acteur|quién|quem|担当
            |担当者|人员|负责人|من|responsible|verantwortlich|responsable|responsável|対応者|谁
            |处理人|责任人|المسؤول
        """,
    }
)
_KIND_COLUMNS = Lexicon(
    {
        "kind": """
            phase|kind|type|stage|フェーズ|阶段
        """,
    }
)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of a table of events are, by their numbers; -1 for one that is not there."""

    times: tuple[int, ...]
    event: int
    who: int
    kind: int


def columns_of(rows: Sequence[Row], order: Order) -> Columns | None:
    """Return what the columns of a table are; None for a table without times."""
    names = [_column_name(cell.text) for cell in rows[0].cells]
    times = tuple(index for index, name in enumerate(names) if _TIME_COLUMNS.get(name))[:3]
    times = tuple(index for index in times if not _is_told(rows[1:], index, order)) or times
    if not times:
        times = tuple(index for index in range(len(names)) if _share(rows[1:], index, order) > 0.6)[:1]  # noqa: PLR2004 (most)
    if not times or max(_share(rows[1:], index, order) for index in times) <= 0.3:  # noqa: PLR2004 (a good part)
        return None
    if len(times) > 1 and all(_share(rows[1:], index, order, clock=True) > 0.5 for index in times):  # noqa: PLR2004 (two clocks)
        times = times[:1]
    others = [index for index in range(len(names)) if index not in times]
    event = next((index for index in others if _EVENT_COLUMNS.get(names[index])), -1)
    who = next((index for index in others if _WHO_COLUMNS.get(names[index])), -1)
    kind = next((index for index in others if _KIND_COLUMNS.get(names[index])), -1)
    if event < 0:
        event = next((index for index in others if index not in {who, kind}), -1)
    return Columns(times, event, who, kind)


def _column_name(text: str) -> str:
    bare = re.sub(r"\([^)]*\)|（[^）]*）", "", plain(text))
    if find_zone(bare) and key_of(bare).upper() != "UTC":
        bare = bare.replace(find_zone(bare), "")
    return key_of(bare)


def _is_told(rows: Sequence[Row], index: int, order: Order) -> bool:
    """Return whether a column tells what happened, whatever its name: text of some length, and no moment."""
    some = 20
    lengths = [len(row.cells[index].text) for row in rows if index < len(row.cells)]
    return sum(lengths) > some * len(lengths) and _share(rows, index, order) == 0


def _share(rows: Sequence[Row], index: int, order: Order, *, clock: bool = False) -> float:
    """Return which part of the cells of a column that are not empty begin with a moment (or a time of day)."""
    cells = [row.cells[index].text for row in rows if index < len(row.cells) and row.cells[index].text.strip()]
    moments = [read_moment(cell, order) for cell in cells]
    good = sum(1 for each in moments if each and (not clock or each.seconds is not None))
    return good / len(cells) if cells else 0.0
