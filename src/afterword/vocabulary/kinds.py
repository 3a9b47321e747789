"""What an event means for the incident, inferred from its wording."""

from __future__ import annotations

import re

from afterword.vocabulary.lexicon import Lexicon, key_of

_LABELS = Lexicon(
    {
        "impact-start": "impact starts|impact start|start of impact",
        "detected": "detected|detection",
        "acknowledged": "acknowledged",
        "escalated": "escalated",
        "communicated": "communicated",
        "diagnosed": "diagnosed",
        "mitigated": "mitigated",
        "resolved": "resolved",
        "closed": "closed",
        "action": "action",
        "note": "note",
    }
)
"""Kinds as a column of a table says them."""

_OVER = r"(?:now |fully |declared |marked (?:as )?)*(?:resolved|restored|over\b|recovered)"
_WORDINGS = {
    "closed": (
        r"incident (?:is |was )?(?:declared )?closed",
        r"vorfall geschlossen|incidente cerrado|incident clos\b|incidente encerrado",
    ),
    "resolved": (
        rf"(?:incident|issue|outage|problem|everything|services?) (?:(?:is|was|are|ha(?:s|ve) been) )?{_OVER}",
        r"\ball clear\b|vorfall behoben|incidente resuelto|incident résolu|incidente resolvido",
        r"障害解消|完全復旧|故障恢复",
    ),
    "mitigated": (r"\bmitigat(?:ed|ion (?:applied|deployed|in place|executed))", r"緩和完了"),
    "diagnosed": (r"root cause (?:is |was |has been )?(?:identified|found|determined|confirmed)", r"定位到?根因"),
    "detected": (
        r"\b(?:alert|alarm|pager|monitor)\w*\b[^.]{0,40}\b(?:fire[sd]?|trigger(?:s|ed)|goes off|went off|page[sd]?)\b",
        r"\bfirst (?:alert|detected|reported?)\b|\bincident (?:is |was )?detected",
    ),
    "acknowledged": (r"\back(?:nowledge[sd]?|ed)\b",),
    "impact-start": (r"\b(?:outage|incident|impact|downtime) (?:begins?|starts?|began|started)\b", r"障害発生"),
}
_COMPILED = {kind: re.compile("|".join(patterns), re.IGNORECASE) for kind, patterns in _WORDINGS.items()}
_LOOKED_AT = 300
"""Characters at the start of a description in which wording counts; later ones tell of something else."""


def labelled(words: str) -> str:
    """Return the kind that a cell of a table names, empty where it names none of ours."""
    return _LABELS.get(key_of(words))


def inferred(description: str) -> str:
    """Return the kind that a description suggests, empty where it suggests none."""
    for kind, pattern in _COMPILED.items():
        if pattern.search(description[:_LOOKED_AT]):
            return kind
    return ""
