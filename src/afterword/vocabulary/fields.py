"""Which field of the record a key, a heading or a name in front matter means."""

from __future__ import annotations

import re

from afterword.vocabulary.lexicon import Lexicon, key_of
from afterword.vocabulary.titles import plain

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


_FRONT = Lexicon(
    {
        "tags": "categories|keywords|tags|tag",
        "authors": "author",
        "summary": "summary",
        "started_at": "start time",
        "ended_at": "end time",
        "published": """
            pubdate|published|publishdate|publish date|created|created at|published at|date published|publication date
            |posted|posted on|posted at|source published at
        """,
        "services": "product",
        "edition": "edition",
    }
)


def field_named(words: str) -> str:
    """Return the field that a key names, empty where it names none."""
    bare = re.sub(r"\([^)]*\)|（[^）]*）", "", plain(words))
    return _KEYS.get(key_of(bare), "")


def field_of_heading(title: str) -> str:
    """Return the field that a heading of its own names (`## Authors`), empty for other headings."""
    name = field_named(title) or _KEYS.near(key_of(plain(title)))
    return name if name in _HEADS else ""


def field_of_front(key: str) -> str:
    """Return the field that a key of the front matter names."""
    return _FRONT.get(key_of(key), "") or field_named(key.replace("_", " "))
