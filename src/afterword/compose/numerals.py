"""Numbers of the record as its author wrote them: read by the conventions of its language, or not at all."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

_GROUPING = " '\u00a0\u2009\u202f\u2019\u066c"
"""Characters that only ever part thousands, besides the comma or full stop of a language."""

_GROUP = 3
"""Digits between two separators of thousands."""

_PARTS = re.compile(
    r"(?P<before>[^\w\s.,+-]?)\s*"
    rf"(?P<number>\d(?:[\d.,\u066b{_GROUPING}]*\d)?)"
    r"(?P<after>\s*[^\d\s].*)?"
)
_UNIT = re.compile(r"[^\s\d()]+")
_SIGNS = "%‰°"


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the unit that stands beside it, which may be empty."""

    value: Decimal
    unit: str = ""


def read_number(text: str, group: str, decimal: str) -> Number | None:
    """Return the number that a text is, in a language with these separators; None for what is not just one number.

    Thousands may also be parted by spaces or apostrophes. Data have a full stop before their decimals whatever the
    language, which is read as such unless three digits follow. A currency sign may stand before the number, a sign
    or one word after it. Nothing that could be read in two ways is read.
    """
    parts = _PARTS.fullmatch("".join(map(_latin, text.strip())))
    if parts is None or not _is_currency(parts["before"]):
        return None
    unit = (parts["after"] or "").strip()
    if unit and (parts["before"] or not _is_unit(unit)):
        return None
    value = _value(parts["number"].strip(), group, decimal)
    return None if value is None else Number(value, unit or parts["before"])


def _latin(character: str) -> str:
    """Return a digit of any script as the Latin one."""
    return str(unicodedata.decimal(character)) if character.isdecimal() else character


def _is_currency(sign: str) -> bool:
    return not sign or unicodedata.category(sign) == "Sc"


def _is_unit(text: str) -> bool:
    return bool(_UNIT.fullmatch(text)) and (text[0].isalpha() or text[0] in _SIGNS or _is_currency(text[0]))


def _value(text: str, group: str, decimal: str) -> Decimal | None:
    points = {decimal, "\u066b"}
    for mark in (group, *_GROUPING):
        if mark in points:
            continue
        grouped = re.fullmatch(
            rf"(\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+)(?:[{re.escape(''.join(points))}](\d+))?", text
        )
        if grouped:
            whole = grouped[1].replace(mark, "")
            return Decimal(f"{whole}.{grouped[2] or 0}")
    plain = re.fullmatch(rf"(\d+)(?:([{re.escape(''.join({*points, '.'}))}])(\d+))?", text)
    if plain is None or (plain[2] and plain[2] not in points and len(plain[3]) == _GROUP):
        return None
    return Decimal(f"{plain[1]}.{plain[3] or 0}")
