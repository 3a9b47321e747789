"""The JSON writer: the record itself, readable back in without loss."""

from __future__ import annotations

import json

from afterword.diagnostics import Finding, Severity
from afterword.report.identity import Origin, document_id
from afterword.report.nodes import Report
from afterword.writers.base import WriterOptions, Written


def write(report: Report, options: WriterOptions) -> Written:  # noqa: ARG001 (a record has no looks)
    """Return the record that the report was made from, as UTF-8 JSON; a notice where the report carries none."""
    if report.source is None:
        message = "the report carries no record, so there is nothing to write as JSON"
        return Written(b"{}\n", (Finding("AW502", message, Severity.WARNING),))
    return Written(report.source.data)


def origin_in(data: bytes) -> Origin | None:
    """Return the origin of a record written here, or None for any other file."""
    try:
        record = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(record, dict) or not all(isinstance(record.get(key), str) for key in ("id", "title", "date")):
        return None
    # A record that somebody wrote has the same fields; only ours is set out like this.
    is_ours = data == f"{json.dumps(record, ensure_ascii=False, indent=2)}\n".encode("utf-8", "surrogatepass")
    edition = record.get("edition", "")
    return Origin(document_id(record["id"], edition)) if is_ours and isinstance(edition, str) else None
