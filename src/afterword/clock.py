"""The date that a document carries: taken from the data or the environment, never from the clock.

Two runs over the same record therefore give the same bytes, whenever they happen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from afterword.errors import UsageError

FALLBACK = datetime(1980, 1, 1, tzinfo=UTC)
"""The date of a document that has none: the first day that a ZIP archive, and so a .docx, can carry."""

VARIABLE = "SOURCE_DATE_EPOCH"
"""Environment variable that overrides the date (https://reproducible-builds.org/specs/source-date-epoch/)."""

_SECONDS = re.compile(r"[0-9]{1,12}", re.ASCII)


def document_date(recorded: datetime | None, environ: Mapping[str, str]) -> datetime:
    """Return the date of a document in UTC, to the second.

    SOURCE_DATE_EPOCH wins where it is set, then the date that the record gives (one without a time zone is taken
    as UTC), then FALLBACK. Raises UsageError for a SOURCE_DATE_EPOCH that is not a count of seconds since 1970.
    """
    if VARIABLE in environ:
        return _since_1970(environ[VARIABLE])
    if recorded is None:
        return FALLBACK
    aware = recorded if recorded.tzinfo else recorded.replace(tzinfo=UTC)
    return aware.astimezone(UTC).replace(microsecond=0)


def _since_1970(text: str) -> datetime:
    """Return the moment that SOURCE_DATE_EPOCH stands for: ASCII digits only, as the specification says."""
    if not _SECONDS.fullmatch(text):
        message = f"{VARIABLE} is {text!r}; it must be a count of seconds since 1970, as `date +%s` prints it"
        raise UsageError(message)
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (OverflowError, ValueError, OSError) as error:
        message = f"{VARIABLE} is {text}; that is a date after the year 9999"
        raise UsageError(message) from error
