"""Findings as text, JSON, SARIF and workflow commands."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from afterword.codes import CODES
from afterword.diagnostics import Finding, Place, Severity, in_reading_order
from afterword.version import VERSION

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_JOINERS = frozenset("\u200c\u200d")
"""Invisible characters that scripts and emoji need between letters; they are shown as they are."""

_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def as_text(findings: Iterable[Finding]) -> str:
    """Return findings for people: place, severity, code and message, then value, expectation and hint, then a count."""
    found = in_reading_order(findings)
    if not found:
        return ""
    lines = [line for finding in found for line in _lines(finding)]
    return "\n".join([*(visible_line(line) for line in lines), _summary(found)])


def visible(text: str) -> str:
    """Return text of several lines without anything that could steer a terminal or turn its direction."""
    return "\n".join(map(visible_line, text.split("\n")))


def visible_line(line: str) -> str:
    """Return a line without anything that could steer a terminal or turn its direction: escapes in its place."""
    return "".join(each if each.isprintable() or each in _JOINERS else _escaped(each) for each in line)


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


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
    listed = [as_fields(finding) for finding in in_reading_order(findings)]
    return json_text({"version": 1, "tool": f"afterword {VERSION}", "findings": listed})


def json_text(value: object) -> str:
    """Return a value as JSON; half characters, such as those of a file name that is not UTF-8, as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def as_fields(finding: Finding) -> dict[str, object]:
    """Return every field of a finding under its name, as JSON values."""
    place = finding.place or Place("")
    return {
        "code": finding.code,
        "name": CODES[finding.code].name,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "paragraph": place.paragraph,
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
    return json_text({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(finding: Finding) -> dict[str, Any]:
    location: dict[str, Any] = {}
    if finding.place:
        location["physicalLocation"] = _physical(finding.place)
    if finding.path:
        location["logicalLocations"] = [{"fullyQualifiedName": finding.path}]
    return {
        "ruleId": finding.code,
        "level": finding.severity.value,
        "message": {"text": _sentence(finding)},
        "locations": [location] if location else [],
    }


def _physical(place: Place) -> dict[str, Any]:
    """Return a place as a physical location (SARIF 2.1.0, section 3.29)."""
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line:
        column = {"startColumn": place.column} if place.column else {}
        physical["region"] = {"startLine": place.line, **column}
    return physical


def _uri(file: str) -> str:
    """Return a file's name as a URI, relative as long as the name is."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(os.fsencode(path.as_posix()))


def _sentence(finding: Finding) -> str:
    expected = f"expected: {finding.expected}" if finding.expected else ""
    place = f"paragraph {finding.place.paragraph}" if finding.place and finding.place.paragraph else ""
    return "; ".join(part for part in (place, finding.message, expected, finding.hint) if part)


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
    shown = ",".join(f"{name}={_property(str(value))}" for name, value in properties)
    return f"::{_GITHUB[finding.severity]} {shown}::{_data(_sentence(finding))}"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible_line(escaped)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
