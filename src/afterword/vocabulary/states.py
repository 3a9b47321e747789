"""How far an incident and its report are, and whom an edition is for, by what people call it."""

from __future__ import annotations

from afterword.vocabulary.lexicon import Lexicon, key_of

_STATUSES = Lexicon(
    {
        "open": """
            open|offen|in bearbeitung|abierto|aberto|ongoing|ouvert|en cours|en curso|em andamento|未解決|対応中|进行中
            |处理中|未解决|مفتوح|قيد المعالجة
        """,
        "investigating": "investigating",
        "identified": "identified",
        "mitigated": "mitigated|緩和",
        "monitoring": "monitoring",
        "resolved": """
            resolved|fixed|gelöst|behoben|resuelto|résolu|resolvido|解決済み|解決|已解决|已修复|تم الحل|erledigt
            |corrigé|solucionado|corregido|corrigido|復旧済み|解決済|対応済み|已恢复|محلول|تم الإصلاح
        """,
        "closed": """
            closed|geschlossen|abgeschlossen|cerrado|fermé|clos|clôturé|fechado|encerrado|クローズ|完了|已关闭|已完成|مغلق|مكتمل
        """,
    }
)
_STAGES = Lexicon(
    {
        "draft": "draft|entwurf|borrador|brouillon|rascunho|下書き|草稿|مسودة",
        "in-review": "in review|review",
        "final": "final|published",
    }
)
_CALLED = Lexicon({"stakeholder": "stakeholder edition", "public": "public edition", "internal": "internal edition"})


def status_of(words: str) -> str:
    """Return the status of an incident by what people call it, empty for other words."""
    return _STATUSES.get(key_of(words))


def stage_of(words: str) -> str:
    """Return the stage of a report by what people call it, empty for other words."""
    return _STAGES.get(key_of(words))


def edition_of(words: str) -> str:
    """Return whom an edition is for by what it is called, empty for other words."""
    return _CALLED.get(key_of(words))
