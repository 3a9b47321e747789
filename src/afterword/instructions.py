"""Instructions to an author: what forms say in emphasis where a text is to be written.

Emphasis alone says little, for authors stress words as well; so its words decide, and nothing beside it does: what is
an instruction in a record has to be one in every document that is made of it.
"""

from __future__ import annotations

import re

_ORDERS = (
    # English
    "To be (?:added|completed|done|filled|written)|Copy"
    "|Add|Briefly|Collect|Complete|Consider|Describe|Detail|Document|Enter|Estimate|Explain|Fill|Give|Identify|Include"
    "|Insert|Link to|List|Mention|Name the|Note any|Note the|Outline|Paste|Please|Provide|Put|Quantify|Record the"
    "|Replace|Schedule|Specify|State the|State what|Summari[sz]e|Use this|Write|Be (?:very )?(?:as )?specific"
    # Spanish and Portuguese
    "|Adjuntar|Adjunt[ae]|Agreg(?:ar|ue)|Añad[ae]|Cuantificar|Describ[aei]r?|Descrev[ae]r?|Detall(?:ar|[ae])|Enumer[ae]r?"
    "|Explicar|Expli(?:que|ca)|Incluir|Inclu(?:ya|ye|a)|Indicar|Indi(?:que|ca)|Informe|Inserte|Inserir|Insira|List[ae]r"
    "|Liste|Preench[ae]r?|Prove[ae]|Resum[ai]r?|Señalar|Señale"
    # French
    "|Ajoute[rz]|Complét(?:er|ez)|Décri(?:re|vez)|Détaill(?:er|ez)|Explique[rz]|Inclu(?:re|ez)|Indique[rz]|Insére[rz]"
    "|Listez|Lister|Précise[rz]|Rédige[rz]|Résume[rz]"
    # German
    "|Beschreib(?:en Sie|e)|Erklär(?:en Sie|e)|Erläuter(?:n Sie|e)|Fass(?:en Sie|e)|Füg(?:en Sie|e)|Gib|Geben Sie"
    "|Nenn(?:en Sie|e)|Trag(?:en Sie|e)"
)
_PEOPLE = "Who|Which|Wer|Qui|Quem|Quién(?:es)?"
_THINGS = "event|reason|cause|change|condition|factor|property|step|action|person|team|time|date|link"
_VALUES = (
    "amount|count|date|duration|link|names?|number|owner|reason|time|cantidad|duración|enlace|fecha|hora|nombres?|motivo"
    "|data|duração|ligação|nomes?|quantidade|durée|heure|lien|noms?|nombre|raison|Anzahl|Dauer|Datum|Grund|Uhrzeit"
)
_EXAMPLE = (
    r"e\.g\.|for example|such as|por ejemplo|por exemplo|p\. ?ej\.|p\. ?ex\.|par exemple|z\. ?B\.|zum Beispiel|ex\."
)
_REMARKS = (
    "See|Cf|Sic|Edit(?:ed)?|Added|Updated?|New|Old|And|Or|But|Not|Note|Also|If|All|Times?|We|I|It|They|He|She|This|That|The"
    "|Emphasis|Redacted|Omitted|Removed|Unconfirmed|Approximate(?:ly)?|About|By|Via|From|Since|At|In|On|Siehe|Alle|Voir"
    "|Ver|Todas?|Todos|Toutes?"
)
"""Words with which a remark in parentheses begins."""

_INSTRUCTION = re.compile(
    rf"(?:{_ORDERS})\b.*"
    rf"|(?:{_PEOPLE})\b[^?]*\?"  # why and how are asked by those who answer, too
    r"|(?:Each|Every|This)\b.*\bshould\b.*|Should\b.*|This is what will\b.*|[^.:]* to include:.*"
    r"|.*\b(?:goes|go|belongs?) here\.?"
    r"|\d+ ?[-–] ?\d+ (?:sentences|paragraphs|lines|words|frases|oraciones|phrases|Sätze)\b.*"
    rf"|The (?:\w+ )?(?:{_THINGS})s? (?:that|which|who|why|when|the)\b.*\.|Things (?:that|which|you)\b.*"
    r"|(?:what|who|how|why|when|where) .*\."  # half a sentence with a stop: in a sentence it has none
    rf"|\((?:(?:{_EXAMPLE}).*|¿.*|(?:{_VALUES})|(?!(?:{_REMARKS})\b)(?=[A-ZÀ-Ý])[^\W\d_]{{3,}} .*)\)",
    re.DOTALL,
)


def is_instruction(words: str) -> bool:
    """Return whether words that stand in emphasis tell the author what to write there."""
    return _INSTRUCTION.fullmatch(words) is not None
