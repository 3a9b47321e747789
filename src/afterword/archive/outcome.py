"""What a run came to, for machines: JSON, and JUnit XML for continuous integration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from xml.etree import ElementTree as ET

from afterword.archive.run import Order
from afterword.archive.store import OWN
from afterword.archive.stores import store_at
from afterword.archive.summary import Ended, Summary
from afterword.characters import clean
from afterword.diagnostics import Finding, Severity
from afterword.finding_formats import as_fields, as_text, json_text
from afterword.version import VERSION

REPORT = f"{OWN}/report.json"
"""Where the last run's outcome is kept; no part of the bag, as it tells of a run and not of the reports."""


def as_report(summary: Summary, order: Order) -> str:
    """Return what a run came to as JSON: counts, then each report that was done or failed, with its findings."""
    document = {
        "version": 1,
        "tool": f"afterword {VERSION}",
        "archive": order.archive,
        "counts": {**summary.counts, "left_out": summary.left_out, "gone": len(summary.gone), "left": summary.left},
        "pruned": summary.pruned,
        "stopped": summary.stopped,
        "seconds": round(summary.seconds, 3),
        "octets": summary.size,
        "reports": [as_event(each) for each in sorted(summary.ended, key=lambda each: each.source)],
        "findings": [as_fields(each) for each in summary.findings],
    }
    return json_text(document) + "\n"


def keep_report(summary: Summary, order: Order) -> None:
    """Keep what a run came to beside the bag."""
    store_at(order.archive).put(REPORT, as_report(summary, order).encode())


def as_event(ended: Ended) -> dict[str, Any]:
    """Return what became of a report as JSON values."""
    return {
        "source": ended.source,
        "id": ended.id,
        "outcome": ended.outcome,
        "seconds": round(ended.seconds, 3),
        "files": list(ended.files),
        "fault": ended.fault,
        "findings": [as_fields(each) for each in ended.findings],
    }


def as_junit(summary: Summary, order: Order) -> str:
    """Return what a run came to as JUnit XML: a case for each report that was done or failed, one for the archive."""
    errors = [each for each in summary.findings if each.severity is Severity.ERROR]
    cases = [*summary.ended, Ended(order.archive, "archive", "failed" if errors else "done", findings=tuple(errors))]
    failed = sum(each.outcome == "failed" for each in cases)
    suite = ET.Element(
        "testsuite",
        {
            "name": "afterword archive",
            "tests": str(len(cases)),
            "failures": str(failed),
            "errors": "0",
            "skipped": "0",
            "time": f"{summary.seconds:.3f}",
        },
    )
    for each in cases:
        suite.append(_case(each))
    ET.indent(suite)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(suite, encoding="unicode") + "\n"


def _case(ended: Ended) -> ET.Element:
    attributes = {"classname": "afterword.archive", "name": _safe(f"{ended.id} ({ended.source})")}
    case = ET.Element("testcase", attributes | {"time": f"{ended.seconds:.3f}", "file": _safe(ended.source)})
    if ended.outcome == "failed":
        failure = ET.SubElement(case, "failure", {"message": _safe(ended.fault or _first(ended.findings))})
        failure.text = _safe(as_text(ended.findings))
    return case


def _first(findings: Iterable[Finding]) -> str:
    return next((each.message for each in findings), "")


def _safe(text: str) -> str:
    """Return text that XML can carry."""
    return clean(text)[0]
