"""Which part of a report a heading names, by the tables of `part_names.py`, and whether it says what is reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from afterword.placeholders import find
from afterword.vocabulary.lexicon import Lexicon, Wording, key_of, said, wording
from afterword.vocabulary.part_names import TITLES

_EMOJI = re.compile("[\U0001f000-\U0001faff\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\u200d]")
_NUMBERING = re.compile(
    r"^(?:\d+(?:\.\d+)*[.)、:]?\s+|\d+[.)、]\s*|[一二三四五六七八九十]+[、.]\s*|[ivx]+[.)]\s+|#+\s*)"
)
_ANCHOR = re.compile(r"\{\{[^{}]*\}\}|\{#?[^}]*\}|<[^>]*>|!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_BRACKETS = re.compile(r"\([^)]*\)|（[^）]*）|\[[^\]]*\]|【[^】]*】")
_AND = re.compile(
    r"\s*(?:[&+]|\b(?:and|und|et|y|e)\b)\s*|(?<=[\u3040-\u9fff])[と及和与・](?=[\u3040-\u9fff])", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s+[-–—/|·]\s+|\s*[:：]\s+|\s+(?=\d)")


def plain(title: str) -> str:
    """Return a heading without markup, emoji, anchors and numbering, with its case and brackets."""
    return _NUMBERING.sub("", unmarked(title)).strip(" \t#:：_")


def unmarked(title: str) -> str:
    """Return a heading without markup, emoji and anchors; its numbers stay, as they may be of a date."""
    text = _ANCHOR.sub(_seen, title.replace("\\", ""))
    return _EMOJI.sub("", text).replace("*", "").replace("`", "").strip(" \t#:：_")


def _seen(match: re.Match[str]) -> str:
    """Return what is seen of an anchor, a tag or a link; placeholders look like the former and are seen whole."""
    return match[0] if match[0][0] in "{<" and find(match[0]) else match[1] or ""


_KIND = (
    r"(?:(?:major|security|production|service|it) )?(?:incident|outage|post[- ]?incident|post[- ]?mortem)"
    r"(?:[- ](?:report|review|analysis|post[- ]?mortem))?(?: form)?|rca|root cause analysis(?: report)?"
    r"|vorfall|(?:störungs|vorfalls?|ausfall)bericht|rapport d['’]incident|incidente|informe del? incidente"
    r"|relatório de incidente|事故报告|事故复盘|障害報告(?:書)?|インシデントレポート|تقرير الحادث|تقرير حادث"
)
"""What titles begin with that say what kind of document it is."""

_PREFIX = re.compile(rf"^(?:{_KIND})\s*[:：–—-]\s+(?=\S)", re.IGNORECASE)

_BY_TITLE = Lexicon(TITLES)


OURS = (
    *("Incident Overview", "Executive Summary", "Incident Timeline", "Root Cause Analysis", "Trigger"),
    *("Contributing Factors", "Five Whys", "Detection Gap", "Impact", "Customers Affected", "Data Loss"),
    *("Mitigation and Resolution", "Lessons Learned", "What Went Well", "What Went Wrong", "Where We Got Lucky"),
    *("Preventive Measures", "Conclusion", "References", "Attachments"),
)
"""What `compose` calls the parts of a report."""


@lru_cache(maxsize=64)
def _titles_of_ours(_: Wording) -> Mapping[str, str]:
    return {key_of(text): _BY_TITLE.get(key_of(english)) for english in OURS for text in said(english)}


def section_of_ours(title: str) -> str:
    """Return the part of the record that a heading of a document of ours names, empty for one of an author's own."""
    return _titles_of_ours(wording()).get(key_of(title), "")


def section_of(title: str) -> str:
    """Return the part of the record that a heading names (`root_cause`, `lessons`), empty for one of an author's own.

    Brackets are tried as an alternative (`Chronology (Timeline)`), then what stands before a dash, colon or number, the
    parts around an `and`, the title without words such as `of the incident`, its end in a script without spaces, a word
    with one letter wrong, and at last the word with which a title begins.
    """
    return _section_of(title, wording())


@lru_cache(maxsize=4096)
def _section_of(title: str, _: Wording) -> str:
    found = [meaning for words in _readings(title) if (meaning := _BY_TITLE.get(key_of(words)))]
    strong = next((meaning for meaning in found if meaning not in _WEAK), "")
    weak = next(iter(found), "")
    return strong or weak or _bared(title) or _by_end(title) or _near(title) or _by_start(title)


def _near(title: str) -> str:
    return _BY_TITLE.near(key_of(plain(title)))


_WEAK = frozenset({"account", "overview"})
"""What titles mean that tell less than any other: `Description and root cause` tells the cause."""

_ENDS = (
    "timeline|时间线|时间轴|タイムライン|時系列", "root_cause|根本原因|根因|原因分析|根源分析", "summary|摘要|サマリー",
    "impact|影响|影響|影響範囲|影响范围", "lessons|教訓|教训",
    "actions|改进措施|行动项|アクションアイテム|再発防止策|预防措施|対策",
)  # fmt: skip
_LONGEST_WITH_END = 16
"""Characters of a title that only ends in a word of the tables; longer ones are sentences."""

_HEADS = Lexicon(
    {
        "impact": "impact|impacts|impacto|impactos|auswirkung|auswirkungen",
        "timeline": "timeline|chronologie|cronología|cronologia|línea de tiempo|linha do tempo|zeitleiste",
        "root_cause": """
            root cause|root causes|what caused|qué causó|qué provocó|o que causou|was verursachte
            |cause racine|causes racines|causa raíz|causas raíz|causa raiz|causas raiz
            |السبب الجذري|الأسباب الجذرية
        """,
        "resolution": """
            fix|fixes|solution|solutions|solución|solução|lösung|lösungen|correctif|correctifs|correction|corrección
            |correção|recovery|recuperación|recuperação|containment|contención|contenção|eindämmung|résolution|resolution|resolución|resolução|mitigation|mitigación|mitigação|الحل|الإصلاح
        """,
        "conclusion": "conclusion|conclusions|conclusión|conclusiones|conclusão|conclusões|fazit|الخاتمة",
        "lessons": "lessons|lessons learned|leçons|lecciones|lições|lehren|erkenntnisse|الدروس",
        "actions": """
            prevention|prévention|prevención|prevenção|prävention|vorbeugung|action items|preventive measures
            |corrective actions|medidas correctivas|medidas corretivas|mesures préventives|medidas preventivas
            |acciones correctivas|ações corretivas|actions correctives|vorbeugende maßnahmen
        """,
    }
)
"""Words that say what a section is whatever stands behind them: `Impact on partners`, `Solution appliquée`."""

_MOST_WORDS = 6
"""Words of a title that only begins with a word of the tables; longer ones are sentences."""

_AT_START = 3
"""Characters of a word with which a title in a script without spaces may begin; shorter ones are parts of others."""


_OF_INCIDENT = re.compile(
    r"[ ](?:of|for|in|from)(?:[ ](?:the|this|an|our|a))?[ ](?:incident|outage|problem|issue|events?|failure)$"
    r"|[ ](?:des|der|vom)[ ](?:vorfall(?:e?s)?|störung|ausfalls|problems|fehlers|incidents|ereignisse)$"
    r"|[ ](?:du|de[ ]l|de[ ]la|des|de)[ ](?:incident|panne|problème|événements|évènements|faits)$"
    r"|[ ](?:del|de[ ]la|de[ ]los|de)[ ](?:incidente|incidencia|problema|eventos|hechos|fallo|sucesos)$"
    r"|[ ](?:do|da|dos|de)[ ](?:incidente|ocorrência|problema|eventos|fatos|falha)$"
    r"|[ ](?:الحادث|الحادثة|للحادث|للحادثة|المشكلة|للمشكلة|العطل|للأحداث)$"
    r"|^(?:incident|outage|problem|issue|failure|post[ ]?mortem)[ ]"
    r"|^(?:インシデント|障害|問題|事象|故障|事故|事件|问题|本次|今回|発生した)(?:の|的|発生)?(?=.)"
)
"""Words that only say that a part is one of the incident."""

_QUALITY = re.compile(
    r"^(?:the|our|die|der|das|la|le|les|el|los|las|os|as|l"
    r"|detailed|quick|brief|short|high level|key|main|final|technical|initial|full|complete|overall|general"
    r"|additional|useful|further|preliminary|positive|kurze?|detaillierte[rs]?|technische[rs]?|wichtigste|weitere)[ ]"
)
"""Words before the name of a part that do not change which part it is."""


def _bared(title: str) -> str:
    """Return what a title means without words for the incident, and for its qualities: `Ursache des Vorfalls`."""
    key = key_of(_BRACKETS.sub("", plain(title))) or key_of(plain(title))
    for bare in (_OF_INCIDENT.sub("", key), _QUALITY.sub("", key), _QUALITY.sub("", _OF_INCIDENT.sub("", key))):
        found = _BY_TITLE.get(bare) if bare != key else ""
        if found and (found not in _WEAK or not _QUALITY.match(key)):
            return found
    return ""


def _by_start(title: str) -> str:
    """Return what a title means that goes on behind a word of the tables: `Solution appliquée`, `修复方案实施`."""
    bare = _BRACKETS.sub("", plain(title))
    key = key_of(bare)
    words = (key if len(key.split()) <= _MOST_WORDS else key_of(_SEPARATOR.split(bare, maxsplit=1)[0])).split()
    if not key.isascii() and len(words) == 1 and len(key) <= _LONGEST_WITH_END:
        found = (_BY_TITLE.get(key[:size]) for size in range(len(key) - 1, _AT_START - 1, -1))
        return next((meaning for meaning in found if meaning not in {"", *_WEAK}), "")
    if not 1 < len(words) <= _MOST_WORDS:
        return ""
    return next(filter(None, (_HEADS.get(" ".join(words[:size])) for size in range(len(words) - 1, 0, -1))), "")


def _by_end(title: str) -> str:
    """Return what a title means that ends in a word of a script without spaces: `用户与项目影响`."""
    text = plain(title)
    if text.isascii() or len(text) > _LONGEST_WITH_END:
        return ""
    for row in _ENDS:
        meaning, *words = row.split("|")
        if text.endswith(tuple(words)):
            return meaning
    return ""


def _readings(title: str) -> Iterable[str]:
    text = plain(title)
    yield text
    bare = _BRACKETS.sub("", text).strip(" :：")
    yield bare
    for inner in _BRACKETS.findall(text):
        yield inner[1:-1]
    yield re.split(r"[(（]", text, maxsplit=1)[0]
    yield _SEPARATOR.split(bare, maxsplit=1)[0]
    yield bare.split(" ", maxsplit=1)[0] if bare.lower().startswith("timeline") else ""
    if " / " in bare or "/" in bare:
        yield bare.split("/")[-1]
    yield bare.removeprefix("The ").removeprefix("the ")
    parts = _AND.split(bare)
    if len(parts) > 1:
        yield from parts


def is_kind(title: str) -> bool:
    """Return whether a title only says what kind of document it is: `Post-Incident Review`."""
    return re.fullmatch(_KIND, title.strip(), re.IGNORECASE) is not None


def is_titled(title: str) -> bool:
    """Return whether a heading says what kind of document it heads: `Incident: all was down`."""
    match = _PREFIX.match(plain(title))
    return match is not None and not section_of(plain(title)[match.end() :])


def without_kind(title: str) -> str:
    """Return a title without words at its start that only say what kind of document it is."""
    return _PREFIX.sub("", title)
