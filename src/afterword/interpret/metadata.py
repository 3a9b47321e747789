"""What a document says about itself: fields such as `Severity: high`, in lists, lines, tables, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from afterword.interpret.lexicon import Lexicon, key_of
from afterword.interpret.titles import plain
from afterword.readers.document import Block, Span

_KEYS = Lexicon(
    {
        "id": """
        id|incident id|incident number|incident no|incident nr|case id|report id|pm id|postmortem id
        |post mortem id|uuid|vorfall id|id du incident|id de l incident|id del incidente|id do incidente
        |インシデントid|障害id|事件编号|事故编号|编号|معرف الحادث|رقم الحادث|vorfallnummer|vorfallsnummer
        |identifiant|número de incidente|número do incidente|id de incidente|障害番号|管理番号|故障编号
    """,
        "title": "incident title|title|incident name|titel|titre|título|タイトル|件名|标题|事件名称|العنوان",
        "date": """
        date|incident date|date of incident|date of the incident|day|occurred on|datum|datum des vorfalls
        |date de l incident|fecha|fecha del incidente|data|data do incidente|日付|発生日|発生日時|日期|事件日期
        |发生时间|发生日期|التاريخ|تاريخ الحادث|date of the outage|date of outage|occurred|date time
        |date and time|when|incident date time|outage date|vorfallsdatum|datum uhrzeit|datum und uhrzeit
        |zeitpunkt|tag des vorfalls|date de la panne|date et heure|date heure|fecha y hora|fecha hora
        |fecha incidente|fecha de la incidencia|data hora|data e hora|data da ocorrência|日時|障害発生日時
        |障害発生日|事故日期|事故时间|故障时间|故障日期|事件时间|时间|تاريخ الحادثة|تاريخ الواقعة
    """,
        "severity": """
        severity|sev|severity level|incident severity|priority|schweregrad|schwere|sévérité|gravité|severidad
        |gravedad|severidade|gravidade|prioridad|priorität|priorité|重大度|深刻度|严重程度|严重级别|严重等级
        |级别|الخطورة|درجة الخطورة|criticality|kritikalität|niveau de sévérité|niveau de gravité|criticité
        |nivel de severidad|nivel de gravedad|criticidad|criticidade|nível de severidade|重要度|影響度|故障等级
        |事故等级|事故级别|故障级别|优先级|مستوى الخطورة
    """,
        "status": """
        status|incident status|current status|state|zustand|statut|état|estado|estado actual|ステータス|状態
        |状态|الحالة|estado del incidente|situação|対応状況|当前状态|处理状态|حالة الحادث
    """,
        "stage": "stage|report status|document status|postmortem status",
        "authors": """
        author|authors|author s|owner|owners|owner s|postmortem owner|post mortem owner|incident owner
        |written by|prepared by|reported by|report author|verfasser|autor|autoren|autorin|auteur|auteurs
        |rédigé par|autores|responsable|autora|作成者|著者|執筆者|担当者|作者|撰写人|负责人|المؤلف|المؤلفون
        |الكاتب|erstellt von|rédacteur|rédactrice|autor a|redactado por|elaborado por|escrito por|報告者|記載者
        |执笔人|报告人|كاتب التقرير
    """,
        "reviewers": """
        reviewer|reviewers|reviewed by|geprüft von|relecteurs|relecteur|revisores|revisor|レビュアー|审阅人
        |المراجعون
    """,
        "responders": """
        responder|responders|attendees|participants|incident responders|incident team|people involved|beteiligte
        |involved|involved parties|who was involved|teilnehmer|intervenants|participantes|equipo|対応者|参加者
        |参与人员|处理人|المستجيبون|incident commander|处理人员|المشاركون
    """,
        "services": """
        affected services|services affected|service affected|services|service|affected service|affected systems
        |systems affected|affected service s|betroffene dienste|betroffene systeme|dienste|services touchés
        |services affectés|servicios afectados|servicios|serviços afetados|serviços|影響サービス
        |影響を受けたサービス|受影响服务|受影响的服务|影响服务|الخدمات المتأثرة|impacted services
        |impacted systems|affected components|betroffene services|services impactés|services concernés
        |systèmes affectés|systèmes impactés|sistemas afectados|servicios impactados|sistemas afetados
        |serviços impactados|対象システム|影響システム|受影响系统|影响系统|الأنظمة المتأثرة
    """,
        "tags": "tags|tag|keywords|labels|schlagwörter|mots clés|etiquetas|palavras chave|タグ|标签|الوسوم",
        "language": "lang|language|sprache|langue|idioma|言語|语言|اللغة",
        "timezone": "timezone|time zone|tz|zeitzone|fuseau horaire|zona horaria|fuso horário"
        "|タイムゾーン|时区|المنطقة الزمنية",
        "classification": "tlp|traffic light protocol|classification",
        "started_at": """
        incident start|start of impact|start|start time|started|started at|began|impact start|incident began
        |start date|beginn|début|inicio|início|hora de inicio|発生時刻|開始時刻|开始时间|البداية|وقت البدء
        |startzeit|heure de début|hora de início|故障开始时间|发生开始时间
    """,
        "ended_at": """
        incident end|end of impact|end|end time|ended|ended at|impact end|incident ended|ende|fin|hora de fin
        |復旧時刻|終了時刻|结束时间|恢复时间|النهاية|وقت الانتهاء|resolved at|resolution time|endzeit
        |heure de fin|fim|término|hora de término|復旧日時|故障结束时间|故障恢复时间
    """,
        "contact": "contact|kontakt|contacto|contato|連絡先|联系人|جهة الاتصال",
    }
)
_HEADS = frozenset(
    [
        "date",
        "authors",
        "status",
        "severity",
        "reviewers",
        "responders",
        "id",
        "tags",
        "timezone",
        "contact",
        "services",
    ]
)
"""Fields that may have a heading of their own."""

PEOPLE = frozenset({"authors", "reviewers", "responders"})
"""Fields that hold people."""

_PLAIN_ENTRY = re.compile(
    r"^[ \t]*(?P<key>[^\s:：*_|`][^:：*|\n`]{0,38}?)[ \t]*[:：](?=\s|$|[^\x00-\x7f])"
    r"[ \t]*(?P<value>.*?)[ \t\\]*$"
)
_BOLD_ENTRY = re.compile(
    r"^[ \t]*(?P<m>\*\*|__|\*|_)(?P<key>[^*_\n:：]{1,40}?)[ \t]*(?:[:：][ \t]*(?P=m)|(?P=m)[ \t]*[:：])"
    r"[ \t]*(?P<value>.*?)[ \t\\]*$"
)


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a document says about itself."""

    name: str
    """The field of the record, empty for one that it has not."""

    value: Span
    source: Span
    """The words of the document, with the key."""


def field_named(words: str) -> str:
    """Return the field that a key names, empty where it names none."""
    bare = re.sub(r"\([^)]*\)|（[^）]*）", "", plain(words))
    return _KEYS.get(key_of(bare), "")


def field_of_heading(title: str) -> str:
    """Return the field that a heading of its own names (`## Authors`), empty for other headings."""
    name = field_named(title) or _KEYS.near(key_of(plain(title)))
    return name if name in _HEADS else ""


def fields_in(block: Block) -> Iterator[Field]:
    """Yield the fields that a block holds; those without a name in the record have an empty one."""
    if block.kind == "table":
        yield from _of_table(block)
    elif block.kind in {"list", "numbers"}:
        for item in block.items:
            yield from _of_line(item, Span(f"- {item.text}", item.line, is_exact=False))
    elif block.kind == "text":
        for offset, line in enumerate(block.source.text.split("\n")):
            for part in _parts(Span(line, block.source.line + offset)):
                yield from _of_line(part, part)


def _parts(line: Span) -> Iterator[Span]:
    """Yield the parts of a line with several fields: `**Status:** open | **Severity:** high`."""
    if not re.search(r"[:：]", line.text) or not re.search(r"[ ][|·][ ]", line.text):
        yield line
        return
    at = 0
    for part in re.split(r"[ ][|·][ ]", line.text):
        yield Span(part, line.line, line.column + at)
        at += len(part) + 3


def _of_line(text: Span, source: Span) -> Iterator[Field]:
    first, _, below = text.text.partition("\n")
    match = _BOLD_ENTRY.match(first) or _PLAIN_ENTRY.match(first)
    broken = bool(below) and first.rstrip(" ").endswith("\\")
    if match is None or (below and match["value"] and not broken):
        yield Field("", text, source)
        return
    name = field_named(match["key"])
    value = text.text[match.start("value") :].replace("\\\n", "\n") if broken else below or match["value"]
    yield Field(name, text.but(value), source)


def _of_table(block: Block) -> Iterator[Field]:
    rows = block.rows
    if any(len(row.cells) != 2 for row in rows):  # noqa: PLR2004 (key and value)
        yield Field("", block.source, block.source)
        return
    header = rows[0]
    is_field = bool(field_named(header.cells[0].text)) and header.cells[1].text.strip()
    for row in rows if is_field else rows[1:]:
        yield Field(field_named(row.cells[0].text), row.cells[1], row.source)


def is_about_itself(block: Block) -> bool:
    """Return whether a block tells fields: most of what it says has a key, and the record has one of them."""
    found = list(fields_in(block))
    named = [each for each in found if each.name]
    keyed = sum(1 for each in found if each.value.text != each.source.text.removeprefix("- "))
    return bool(named) and keyed * 2 >= len(found)


def words_in(values: Sequence[str]) -> list[str]:
    """Return the words of a list of tags or services."""
    return [
        word
        for value in values
        for word in (part.strip(" *_`\t-") for part in re.split(r"[,;、，،፣\n]|<br\s*/?>", value))
        if word
    ]
