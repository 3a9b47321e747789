"""The Python interface: load a record, render its documents, put them into a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from os import PathLike
from pathlib import Path

from afterword.codes import CODES
from afterword.diagnostics import Finding, Place
from afterword.errors import SourceError
from afterword.incident.model import Incident
from afterword.intake import read_all, read_text
from afterword.loading import Loaded, incident_source, load_source
from afterword.options import DEFAULT_FORMATS, AudienceName, PageSize, PdfKind, RenderOptions, StageName
from afterword.output import edition_stem, file_stem, put
from afterword.pipeline import findings_of, render_loaded
from afterword.writers.origin import origin_in
from afterword.writers.registry import FORMATS

Source = str | PathLike[str] | Incident


@dataclass(frozen=True, slots=True)
class Documents:
    """The finished documents of one incident."""

    incident: Incident
    """The record as the documents show it: without what their audience may not see."""

    document_id: str
    """UUID that follows from the incident's id and the edition; every document carries it."""

    files: Mapping[str, bytes]
    """Documents by format: `pdf`, `docx`, `html`, `md`, `json`."""

    findings: tuple[Finding, ...]
    """Notices; none of them is an error."""

    def save(self, folder: str | PathLike[str] = ".", *, force: bool = False) -> tuple[Path, ...]:
        """Write the documents into a folder, under a safe name made from the incident's id, and return their paths.

        The name of an edition for others than the internal audience has the audience in it: `INC-1.public.pdf`.

        They appear whole or not at all. Raises OutputError where that cannot be done, or where a file is in the way
        that is not an earlier version of the same report, unless `force` is set.
        """
        stem = edition_stem(file_stem(self.incident.id), self.incident.edition or "")
        paths = {Path(folder) / f"{stem}{FORMATS[name].suffix}": data for name, data in self.files.items()}
        put(paths, owner=origin_in, document_id=self.document_id, force=force)
        return tuple(paths)


def load(path: str | PathLike[str]) -> Incident:
    """Return the incident in a file; raise SourceError with every fault that it has, AW114 if it holds several."""
    return _load(path).require()


def load_all(path: str | PathLike[str]) -> tuple[Incident, ...]:
    """Return every incident in a file, which may be a tool's export; raise SourceError with all faults of all."""
    loaded = _load_all(path)
    faulty = [each for each in loaded if each.incident is None]
    if faulty:
        message = f"{len(faulty)} of {len(loaded)} incidents in {path} have faults" if len(loaded) > 1 else ""
        raise SourceError(message or f"{path} has faults", [finding for each in faulty for finding in each.findings])
    return tuple(each.require() for each in loaded)


def loads(text: str, format: str = "yaml") -> Incident:  # noqa: A002 (the word that callers know)
    """Return the incident in a text of the given format; raise SourceError with every fault that it has."""
    return load_source(read_text(text, format, "<text>", None)).require()


def check(path: str | PathLike[str]) -> tuple[Finding, ...]:
    """Return everything that is to be said about a file, faults and notices, in reading order."""
    return tuple(finding for each in _load_all(path) for finding in findings_of(each))


def render(  # noqa: PLR0913 (each is a choice of its own, and all have defaults)
    source: Source,
    formats: Iterable[str] = DEFAULT_FORMATS,
    *,
    folder: str | PathLike[str] | None = None,
    theme: str = "",
    page_size: PageSize | None = None,
    language: str = "",
    allow_placeholders: bool = False,
    docx_base: str | PathLike[str] = "",
    audience: AudienceName = "internal",
    pdf: PdfKind = "accessible",
    as_of: date | None = None,
    stage: StageName | None = None,
) -> Documents:
    """Return the documents of an incident, or of the file that holds it.

    Args:
        source: An incident, or the path of a file that holds one.
        formats: Any of pdf, docx, html, md and json.
        folder: Where the files are that an incident names; of a file, it is always its own folder.
        theme: Name of a built-in theme, or path of a theme file; empty for the default theme.
        page_size: `A4` or `Letter`; None for the theme's.
        language: BCP 47 tag of the language of headings and dates; empty for the incident's.
        allow_placeholders: Render a final report although placeholders are left in it.
        docx_base: Path of a Word document or template whose styles, page, header and footer the draft takes.
        audience: Whom the documents are for: `internal`, `stakeholder` or `public`; what these may not see is taken
            out of the record first.
        pdf: `accessible` for PDF/UA-1 and PDF/A-3a in one file, `plain` for a PDF without tags.
        as_of: Day on which open actions past their due date are overdue; None for the date that the documents carry.
        stage: `draft`, `in-review` or `final`, for a record that says none; None leaves it a draft.

    Raises:
        SourceError: The source has faults; `.findings` has all of them.
        ThemeError: The theme or the base document cannot be used.
        EngineMissing: A PDF is asked for and a system library is missing; the message says what to install.
        UsageError: A format, language, audience or stage does not exist, or a base document is given without docx.

    """
    loaded = _loaded(source, Path(folder) if folder is not None else None)
    options = RenderOptions(
        formats=tuple(formats),
        theme=theme,
        page_size=page_size,
        language=language,
        allow_placeholders=allow_placeholders,
        docx_base=str(docx_base),
        audience=audience,
        pdf=pdf,
        as_of=as_of,
        stage=stage,
    )
    rendered = render_loaded(loaded, options)
    for failure in rendered.failures.values():
        raise failure
    return Documents(rendered.incident, rendered.report.meta.document_id, rendered.files, rendered.findings)


def _load(path: str | PathLike[str]) -> Loaded:
    loaded = _load_all(path)
    if len(loaded) != 1:
        message = f"{path} holds {len(loaded)} incidents, and one is needed"
        raise SourceError(message, [Finding("AW114", message, place=Place(str(path)), hint=CODES["AW114"].hint)])
    return loaded[0]


def _load_all(path: str | PathLike[str]) -> tuple[Loaded, ...]:
    sources = read_all(str(path))
    for source in sources:
        if isinstance(source, SourceError):
            raise source
    return tuple(load_source(source) for source in sources if not isinstance(source, SourceError))


def _loaded(source: Source, folder: Path | None) -> Loaded:
    if isinstance(source, Incident):
        return load_source(incident_source(source, folder))
    return _load(source)
