"""How exports write a moment: ISO 8601, seconds since 1970, the form of e-mails, and nothing in disguise."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from email.utils import parsedate_to_datetime

LAST = datetime.max.replace(tzinfo=UTC)
"""Stands for a moment that nobody can read, after all others."""

_SECONDS = re.compile(r"(?P<seconds>\d{9,10})\.?(?P<fraction>(?<=\.)\d+|(?:\d{3}){1,3})?")
"""Seconds since 1970, with a fraction, or written in thousandths, millionths or less."""

_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?", re.IGNORECASE)
_NAMED = re.compile(r"\[[\w/+-]+\]$")
_NEVER = re.compile(r"0001-01-01|0000-00-00")
"""What Go and some databases write for no moment at all."""


def stamp(text: str) -> str:
    """Return a moment as ISO 8601; empty for one that says that there is none; other text as it is."""
    plain = text.strip()
    if _NEVER.match(plain):
        return ""
    if match := _SECONDS.fullmatch(plain):
        return _since_1970(match["seconds"], match["fraction"] or "")
    if match := _BASIC.fullmatch(plain):
        year, month, day, hour, minute, second, part, zone = match.groups("")
        return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{part}{zone}"
    if _NAMED.search(plain):
        return _NAMED.sub("", plain)
    return _of_mail(plain) if "," in plain else text


def _since_1970(seconds: str, fraction: str) -> str:
    moment = datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{moment}.{fraction[:6]}Z" if fraction.strip("0") else f"{moment}Z"


def _of_mail(text: str) -> str:
    try:
        return parsedate_to_datetime(text).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return text


def moment(text: str, zone: tzinfo = UTC) -> datetime:
    """Return the moment of a timestamp, one without an offset in a zone; the last of all for what is none."""
    try:
        found = datetime.fromisoformat(re.sub(r"[ ]*(?:UTC|GMT)$", "Z", stamp(text).strip()))
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return LAST


def has_offset(text: str) -> bool:
    """Return whether a timestamp says how far it is from UTC."""
    return bool(
        re.search(r"(?:Z|UTC|GMT|[T ]\d\d:?\d\d\S*[+-]\d\d(?::?\d\d)?|[ ][+-]\d\d:?\d\d)$", text.strip(), re.IGNORECASE)
    )
