"""What is known of an incident before it is exported: enough to filter, to name its files, and to see changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from afterword.diagnostics import Finding, Place, Severity
from afterword.editions import cut
from afterword.errors import SourceError
from afterword.incident.model import Incident
from afterword.loading import Loaded, load_source
from afterword.output import file_stem
from afterword.readers.source import Source


@dataclass(frozen=True, slots=True)
class Card:
    """One incident of a source."""

    source: str
    """As findings name it: `a.yaml`, `dump.json#3`."""

    place: int
    """Its number, from 0, among those that are read with it."""

    digest: str = ""
    """SHA-256 of the record's data in hexadecimal; empty where it could not be read."""

    id: str = ""
    date: str = ""
    """ISO 8601 date; empty where the record has faults."""

    severity: str = ""
    status: str = ""
    services: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    edition: str = ""
    """Audience of the documents; empty for the internal one."""

    parts: Mapping[str, str] = field(default_factory=dict)
    """What may stand in the names of files, taken from the edition, so that no name tells what it hides."""

    findings: tuple[Finding, ...] = ()
    """Why it cannot be exported; empty where it can."""

    def as_json(self) -> str:
        """Return the card as one line of JSON, such that `card_from` gives it back."""
        return json.dumps(asdict(self), separators=(",", ":"))


def card_from(text: str) -> Card:
    """Return the card that `Card.as_json` wrote."""
    data: dict[str, Any] = json.loads(text)
    services, tags = tuple(data.pop("services")), tuple(data.pop("tags"))
    return Card(**data | {"findings": findings_from(data["findings"])}, services=services, tags=tags)


def findings_json(findings: tuple[Finding, ...]) -> str:
    """Return findings as JSON, such that `findings_from` gives them back."""
    return json.dumps([asdict(each) for each in findings], separators=(",", ":"))


def findings_from(data: list[dict[str, Any]]) -> tuple[Finding, ...]:
    """Return the findings in JSON that has been read."""
    return tuple(map(_finding, data))


def _finding(data: dict[str, Any]) -> Finding:
    place = Place(**data["place"]) if data["place"] else None
    return Finding(**data | {"place": place, "severity": Severity(data["severity"])})


def card_of(source: Source | SourceError, place: int, name: str, audience: str) -> Card:
    """Return the card of what was read; `name` is the file's, for what could not be read at all."""
    if isinstance(source, SourceError):
        return Card(name, place, findings=source.findings)
    loaded = load_source(source)
    try:
        return _card(loaded, digest_of(source), place, audience)
    except SourceError as error:
        return Card(source.name, place, digest_of(source), findings=error.findings)


def _card(loaded: Loaded, digest: str, place: int, audience: str) -> Card:
    incident = loaded.require()
    edition, _ = cut(loaded, audience)
    return Card(
        loaded.source.name,
        place,
        digest,
        incident.id,
        incident.date.isoformat(),
        incident.severity,
        incident.status.value,
        incident.services,
        incident.tags,
        edition.incident.edition.value if edition.incident.edition else "",
        _parts(edition.incident),
    )


def digest_of(source: Source) -> str:
    """Return the SHA-256 of a record's data and of the files inside its source; comments do not count."""
    data = json.dumps(source.data, ensure_ascii=False, separators=(",", ":"))
    made = hashlib.sha256(data.encode("utf-8", "surrogatepass"))
    for name, content in sorted(source.files.items()):
        made.update(f"\0{name}\0".encode("utf-8", "surrogatepass"))
        made.update(hashlib.sha256(content).digest())
    return made.hexdigest()


_SLUG = 60
"""Bytes of a title that stand in a name, and as many again for scripts that need more of them for a letter."""


def _parts(incident: Incident) -> dict[str, str]:
    """Return the values of a pattern, each safe as one part of a path."""
    date = incident.date
    parts = {
        "id": incident.id,
        "severity": incident.severity or "none",
        "status": incident.status.value,
        "service": incident.services[0] if incident.services else "none",
        "language": incident.language,
        "edition": incident.edition.value if incident.edition else "internal",
    }
    dated = {"year": f"{date:%Y}", "month": f"{date:%m}", "day": f"{date:%d}", "date": date.isoformat()}
    return {"slug": _slug(incident.title), **dated, **{key: file_stem(value) for key, value in parts.items()}}


def _slug(title: str) -> str:
    """Return the first words of a title, as a part of a path."""
    slug = ""
    for word in title.casefold().split():
        longer = f"{slug}-{word}" if slug else word
        if slug and len(longer) + len(longer.encode()) > 2 * _SLUG:
            break
        slug = longer
    return file_stem(slug)
