"""From a source to a validated incident: the first stages, which load no writer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from afterword.characters import clean
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place, Severity, has_errors, in_reading_order, shorten
from afterword.errors import SourceError, UsageError
from afterword.incident.bulk import too_much
from afterword.incident.faults import Fault
from afterword.incident.inspect import open_placeholders, unmeasurable
from afterword.incident.marked import idle_marks
from afterword.incident.model import Incident, Stage
from afterword.readers.source import Data, Key, Source, path_keys, path_text
from afterword.validation import validate

_LACKING = 2
"""Required fields without which data is taken for no record, where nothing else speaks for it."""

_ALIKE = 0.8
_COMPARED = 100
_TOLD = 120

Origin = Callable[[tuple[Key, ...]], tuple[Key, ...]]
"""Returns where the record has what an edition of it has at a path."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A source and what came of it."""

    source: Source
    incident: Incident | None
    """None if the source has errors."""

    findings: tuple[Finding, ...]
    """All faults and notices, in reading order."""

    def require(self) -> Incident:
        """Return the incident; raise SourceError with all findings if the source has faults."""
        if self.incident is None:
            count = sum(finding.severity is Severity.ERROR for finding in self.findings)
            faults = "1 fault" if count == 1 else f"{count} faults"
            message = f"{self.source.name} has {faults}"
            raise SourceError(message, self.findings)
        return self.incident


def load_source(source: Source, *, is_to_be_laid_out: bool = True) -> Loaded:
    """Return the incident of a source with everything that was found, faults of all kinds in one go.

    More than pages can hold is an error, but only a warning where nothing is to be laid out.
    """
    cleaned, replaced = _printable(source)
    context: dict[str, list[Fault]] = {}
    incident, faults = (None, foreign) if (foreign := _foreign(cleaned)) else validate(Incident, cleaned, context)
    notices = [_notice(cleaned, fault) for fault in context.get("notices", [])]
    findings = [*source.findings, *replaced, *faults, *notices]
    if has_errors(findings):
        incident = None
    bulk = _bulk(cleaned, incident) if incident else []
    findings += bulk if is_to_be_laid_out else map(only_told, bulk)
    if has_errors(findings):
        incident = None
    if incident is not None:
        findings += [*inspected(cleaned, incident), *_idle_marks(cleaned, incident)]
    return Loaded(cleaned, incident, in_reading_order(findings))


def _foreign(source: Source) -> tuple[Finding, ...]:
    """Return the finding for a mapping that is no record at all, in place of one for each of its fields.

    It lacks two of the fields that every record has, and most of what it has is known under no name like it.
    """
    keys = list(source.data) if isinstance(source.data, dict) else []
    known = set(Incident.model_fields)
    unknown = [key for key in keys if key not in known]
    missing = [name for name, field in Incident.model_fields.items() if field.is_required() and name not in keys]
    close = any(get_close_matches(key, known, n=1, cutoff=_ALIKE) for key in unknown[:_COMPARED])
    if len(missing) < _LACKING or len(unknown) < max(2 * (len(keys) - len(unknown)), 1) or close:
        return ()
    told = shorten(", ".join(f"`{key}`" for key in unknown[:_COMPARED]), _TOLD)
    message = f"the file is neither a record nor an export of a tool that is known: it has {told}"
    code = CODES["AW110"]
    expected = "the fields of an incident, `id`, `title` and `date` among them"
    return (Finding("AW110", message, code.severity, source.place(()), "", "", expected, code.hint),)


def _printable(source: Source) -> tuple[Source, list[Finding]]:
    """Return the source with characters that no document can carry replaced, and a finding for each such text."""
    findings: list[Finding] = []
    return replace(source, data=_clean_value(source, source.data, (), findings)), findings


def _clean_value(source: Source, value: Data, path: tuple[Key, ...], findings: list[Finding]) -> Data:
    if isinstance(value, dict):
        return {clean(key)[0]: _clean_value(source, item, (*path, key), findings) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean_value(source, item, (*path, index), findings) for index, item in enumerate(value)]
    if not isinstance(value, str):
        return value
    text, unprintable = clean(value)
    if unprintable:
        codes = ", ".join(dict.fromkeys(f"U+{each.code:04X}" for each in unprintable))
        message = f"characters that no document can carry were replaced by their numbers: {codes}"
        findings.append(_finding(source, "AW403", path, message, value=text))
    return text


def _finding(  # noqa: PLR0913 (the fields of a finding)
    source: Source, code: str, path: tuple[Key, ...], message: str, *, value: str = "", hint: str = ""
) -> Finding:
    known = CODES[code]
    return Finding(
        code,
        message,
        known.severity,
        source.place(path),
        path_text(path),
        shorten(value),
        hint=hint or known.hint,
    )


def _notice(source: Source, fault: Fault) -> Finding:
    finding = _finding(source, fault.code, fault.path, fault.message, value=str(fault.value), hint=fault.hint)
    return replace(finding, severity=fault.severity, expected=fault.expected)


INSPECTED = frozenset({"AW354", "AW401", "AW402"})
"""Codes of what is told of the content of a valid record, and told anew of each edition of it."""


def _as_it_is(path: tuple[Key, ...]) -> tuple[Key, ...]:
    return path


def inspected(source: Source, incident: Incident, origin: Origin = _as_it_is) -> list[Finding]:
    """Return what is to be told of the content of a record, or of an edition whose paths `origin` leads back."""
    return [*placeholders(source, incident, origin), *_durations(source, incident)]


def _idle_marks(source: Source, incident: Incident) -> list[Finding]:
    return [
        _finding(source, "AW421", each.path, f"the mark `{each.mark}` does nothing: {each.why}", value=each.mark)
        for each in idle_marks(incident)
    ]


def placeholders(source: Source, incident: Incident, origin: Origin = _as_it_is) -> list[Finding]:
    """Return a finding for each placeholder: an error in a final report, a warning in any other."""
    final = incident.stage is Stage.FINAL
    code = "AW402" if final else "AW401"
    findings = []
    for found in open_placeholders(incident):
        message = f"{shorten(found.text)} is still to be written"
        path = source.as_written(origin(found.path))
        finding = _finding(source, code, path, message, value=found.text)
        findings.append(replace(finding, place=source.place_in(path, found.offset), offset=found.offset))
    return findings


def staged(loaded: Loaded, stage: str | None) -> Loaded:
    """Return a source whose report is at this stage where its record says none, with what that makes of placeholders.

    Raises UsageError for a stage that does not exist.
    """
    if stage is None:
        return loaded
    if stage not in set(Stage):
        message = f"there is no stage {stage!r}; choose one of {', '.join(Stage)}"
        raise UsageError(message)
    if loaded.incident is None or "stage" in loaded.incident.model_fields_set:
        return loaded
    incident = loaded.incident.model_copy(update={"stage": Stage(stage)})
    others = (each for each in loaded.findings if each.code not in {"AW401", "AW402"})
    return replace(loaded, incident=incident, findings=(*others, *placeholders(loaded.source, incident)))


def _bulk(source: Source, incident: Incident) -> list[Finding]:
    return [
        _finding(source, "AW405", source.as_written(each.path), each.message, value=each.value)
        for each in too_much(incident)
    ]


def only_told(bulk: Finding) -> Finding:
    """Return a finding about more than pages can hold as a warning, for those who lay nothing out."""
    return replace(bulk, severity=Severity.WARNING, message=f"{bulk.message}: it will not be rendered as it is")


def _durations(source: Source, incident: Incident) -> list[Finding]:
    return [
        _finding(
            source,
            "AW354",
            ("timeline",),
            f"the {_spoken(name)} cannot be measured: it ends before it starts",
        )
        for name in unmeasurable(incident)
    ]


def _spoken(name: str) -> str:
    """Return the name of a duration as it is told: `time to detect`, `total time`."""
    return "total time" if name == "total" else f"time {name.replace('-', ' ')}"


def locate(findings: tuple[Finding, ...], source: Source | None) -> tuple[Finding, ...]:
    """Return the findings with a place for each that has only a path."""
    if source is None:
        return findings
    return tuple(finding if finding.place else replace(finding, place=_place(finding, source)) for finding in findings)


def led_back(findings: tuple[Finding, ...], origin: Origin) -> tuple[Finding, ...]:
    """Return findings about an edition with the paths that the record has for what they are about."""
    return tuple(replace(each, path=path_text(origin(path_keys(each.path)))) for each in findings)


def _place(finding: Finding, source: Source) -> Place:
    keys = source.as_written(path_keys(finding.path))
    return source.place_in(keys, finding.offset) if finding.offset >= 0 else source.place(keys)


def incident_source(incident: Incident, folder: Path | None) -> Source:
    """Return a source that stands for an incident made in Python, so that its findings can be told."""
    return Source("<incident>", dict(incident.as_data()), folder=folder)  # type: ignore[arg-type] # JSON values are Data
