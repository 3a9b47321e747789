"""What tables of measures call their columns, how far a measure is, what it is for, and how urgent."""

from __future__ import annotations

import re

from afterword.vocabulary.lexicon import Lexicon, key_of
from afterword.vocabulary.titles import plain

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
            due|due date|termin|zieldatum|erledigt bis
            |deadline|when|target date|eta|by when|fällig|frist|échéance|fecha|fecha límite|prazo
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
        "prevent": "prevent|prevention|preventive|prävention|prévention|prevención|prevenção|予防|预防|الوقاية",
        "detect": "detect|detection|erkennung|détection|detección|detecção|検知|检测|الكشف",
        "mitigate": "mitigate|mitigation|atténuation|mitigación|mitigação|緩和|缓解|التخفيف",
        "process": "process|process policy|prozess|processus|proceso|processo|プロセス|流程",
        "document": "document|documentation|docs|dokumentation|documentación|documentação|ドキュメント|文档",
        "investigate": "investigate|investigation",
        "repair": "repair|fix",
    }
)
_IMPROVEMENTS = re.compile(r" (?:improvements?|actions?|action items|changes|measures|tasks)$")
_URGENCY = re.compile(
    r"(?:(?:p|prio|priority) ?\d|(?:very )?(?:high|highest|medium|normal|low|lowest)|critical|urgent"
    r"|immediate(?:ly)?|now|next|later"
    r"|(?:short|mid|medium|near|long|longer) term|must|should|could|must have|should have|nice to have"
    r"|(?:kurz|mittel|lang)fristig|sofort|hoch|mittel|niedrig|immédiate?s?|(?:à )?(?:court|moyen|long) terme"
    r"|inmediat[oa]s?|(?:a )?(?:corto|medio|mediano|largo) plazo|imediat[oa]s?|(?:a )?(?:curto|médio|longo) prazo"
    r"|即時|短期|中期|長期|长期|[高中低])(?: priority)?"
)
"""What a heading above measures says of how urgent they are, in the form of `key_of`."""


def column_of_actions(title: str) -> str:
    """Return the field that a column of a table of measures holds, empty for a column of something else."""
    return _COLUMNS.get(key_of(re.sub(r"\([^)]*\)", "", plain(title))))


def state_of_action(words: str) -> str:
    """Return how far a measure is by what people call it, empty for other words."""
    return _STATUSES.get(key_of(words))


def type_of_action(words: str) -> str:
    """Return what a measure is for by what people call it, also beside a translation in brackets; else empty."""
    bare = re.sub(r"[(（][^()（）]*[)）]", " ", words)
    glosses = re.findall(r"[(（]([^()（）]*)[)）]", words)
    keys = (_IMPROVEMENTS.sub("", key_of(each)) for each in (words, bare, *glosses))
    return next(filter(None, map(_TYPES.get, keys)), "")


def is_urgency(words: str) -> bool:
    """Return whether a heading above measures says how urgent they are, and not what they are about."""
    return bool(_URGENCY.fullmatch(_IMPROVEMENTS.sub("", key_of(words))))
