"""Findings as text, JSON, SARIF and workflow commands."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from afterword.codes import CODES
from afterword.diagnostics import Finding, Place, Severity, in_reading_order
from afterword.version import VERSION

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_text(findings: Iterable[Finding]) -> str:
    """Return findings for people: place, severity, code and message, then value, expectation and hint, then a count."""
    found = in_reading_order(findings)
    if not found:
        return ""
    return "\n".join([*("\n".join(_lines(finding)) for finding in found), _summary(found)])


def _lines(finding: Finding) -> list[str]:
    place = f"{finding.place}: " if finding.place else ""
    named = (
        ("field", finding.path),
        ("value", finding.value),
        ("expected", finding.expected),
        ("hint", finding.hint),
    )
    first = f"{place}{finding.severity.value} {finding.code}: {finding.message}"
    return [first, *(f"  {label}: {text}" for label, text in named if text)]


def _summary(found: tuple[Finding, ...]) -> str:
    counts = [(severity, sum(each.severity is severity for each in found)) for severity in Severity]
    parts = [f"{count} {severity.value}{'s' if count > 1 else ''}" for severity, count in counts if count]
    files = len({finding.place.file for finding in found if finding.place})
    return ", ".join(parts) + (f" in {files} files" if files > 1 else "")


def as_json(findings: Iterable[Finding]) -> str:
    """Return findings as `{"version": 1, "findings": [...]}`, every field of each under its name."""
    listed = [_fields(finding) for finding in in_reading_order(findings)]
    return json.dumps({"version": 1, "tool": f"afterword {VERSION}", "findings": listed}, ensure_ascii=False, indent=2)


def _fields(finding: Finding) -> dict[str, object]:
    place = finding.place or Place("")
    return {
        "code": finding.code,
        "name": CODES[finding.code].name,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "path": finding.path,
        "value": finding.value,
        "expected": finding.expected,
        "hint": finding.hint,
    }


def as_sarif(findings: Iterable[Finding]) -> str:
    """Return findings as SARIF 2.1.0 (OASIS), with every code as a rule."""
    rules = [
        {
            "id": code.id,
            "name": code.name,
            "shortDescription": {"text": code.meaning},
            "help": {"text": code.advice},
            "defaultConfiguration": {"level": code.severity.value},
        }
        for code in CODES.values()
    ]
    driver = {"name": "Afterword", "version": VERSION, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in in_reading_order(findings)],
    }
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _result(finding: Finding) -> dict[str, Any]:
    text = ". ".join(part for part in (finding.message, finding.hint) if part)
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "level": finding.severity.value,
        "message": {"text": text},
    }
    if finding.place:
        location: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.place.file)}}
        if finding.place.line:
            location["region"] = {
                "startLine": finding.place.line,
                "startColumn": max(finding.place.column, 1),
            }
        result["locations"] = [{"physicalLocation": location}]
    return result


def as_github(findings: Iterable[Finding]) -> str:
    """Return findings as workflow commands, one on each line, which show as annotations of a change."""
    return "\n".join(_command(finding) for finding in in_reading_order(findings))


def _command(finding: Finding) -> str:
    properties: list[tuple[str, object]] = []
    if finding.place:
        properties.append(("file", finding.place.file))
        properties += [("line", finding.place.line)] if finding.place.line else []
        properties += [("col", finding.place.column)] if finding.place.column else []
    properties.append(("title", f"{finding.code} {CODES[finding.code].name}"))
    text = ". ".join(part for part in (finding.message, finding.hint) if part)
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in properties)
    return f"::{_GITHUB[finding.severity]} {shown}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
