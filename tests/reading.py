"""What the tests of the readers share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from afterword.errors import SourceError
from afterword.readers.source import Source

Read = Callable[[str, str, Path | None], Source]


def faults(read: Read, text: str) -> list[tuple[str, str]]:
    """Return the code and the `line:column` of every fault that a reader finds in a text."""
    try:
        findings = read(text, "f", None).findings
    except SourceError as error:
        findings = error.findings
    assert all(finding.message and finding.hint for finding in findings)
    return [(finding.code, str(finding.place).removeprefix("f:")) for finding in findings]
