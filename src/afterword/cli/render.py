"""`afterword render`: incident files become documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from afterword.cli.show import STANDARD_STREAM, progress, show_error, show_findings, write_out
from afterword.cli.sources import FromFormat, each_once, load_each, same_files
from afterword.errors import AfterwordError, SourceError, UsageError
from afterword.finding_formats import visible_line
from afterword.incident.audience import Audience, farthest
from afterword.incident.model import Stage
from afterword.loading import Loaded
from afterword.options import DEFAULT_FORMATS, PageSize, RenderOptions
from afterword.output import plan_names, put, spare
from afterword.pipeline import Rendered, render_loaded
from afterword.writers.origin import origin_in
from afterword.writers.registry import FORMATS, format_named


class PageSizeName(StrEnum):
    """Page sizes by name."""

    A4 = "A4"
    LETTER = "Letter"


class PdfKindName(StrEnum):
    """Kinds of PDF by name."""

    ACCESSIBLE = "accessible"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Target:
    """Where documents go: into a folder, to one file, or to standard output."""

    folder: Path
    file: Path | None = None
    to_stdout: bool = False


OutputPath = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="DIR|FILE",
        help="Folder, or a file for one format; - for standard output.",
    ),
]
ThemeName = Annotated[
    str,
    typer.Option("--theme", metavar="NAME|FILE", help="Built-in theme (sober, corporate, engineering), or a file."),
]
BaseFile = Annotated[
    str,
    typer.Option(
        "--docx-base",
        metavar="FILE",
        help="Word document or template whose styles, page, header and footer the draft takes.",
    ),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        formats=["%Y-%m-%d"],
        help="Day on which open actions past their due date are overdue, instead of the report's own date.",
    ),
]
ForAudience = Annotated[
    Audience,
    typer.Option("--audience", case_sensitive=False, help="Take out what these readers may not see."),
]
ForStage = Annotated[
    Stage | None,
    typer.Option(
        "--stage",
        case_sensitive=False,
        help="Stage of reports whose record says none; a final one has no DRAFT mark and no empty sections.",
    ),
]


def render(  # noqa: PLR0913 (each is a choice of its own)
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="YAML, JSON, TOML or Markdown files, or exports of incident tools; - for standard input.",
        ),
    ],
    to: Annotated[str, typer.Option("--to", help="Formats, comma-separated: pdf, docx, html, md, json.")] = "",
    output: OutputPath = ".",
    theme: ThemeName = "",
    docx_base: BaseFile = "",
    page_size: Annotated[
        PageSizeName | None,
        typer.Option("--page-size", case_sensitive=False, help="Page size instead of the theme's."),
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of headings and dates, such as en or am.")] = "",
    allow_placeholders: Annotated[
        bool,
        typer.Option("--allow-placeholders", help="Render a final report although placeholders are left."),
    ] = False,
    audience: ForAudience = Audience.INTERNAL,
    pdf: Annotated[
        PdfKindName, typer.Option("--pdf", help="PDF/UA-1 and PDF/A-3a in one file, or a PDF without tags.")
    ] = PdfKindName.ACCESSIBLE,
    as_of: AsOf = None,
    stage: ForStage = None,
    from_format: FromFormat = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that this tool did not make.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Render incident files as PDF and Word draft, or in the formats that --to names.

    Examples:
      afterword render incident.yaml

      afterword render incident.yaml -o report.pdf --page-size Letter

      afterword render archive/*.yaml --to pdf,html -o build

      afterword render incident.yaml --audience public
    """
    names = each_once(sources)
    loaded = list(load_each(names, from_format))
    target, formats = _target(output, to, len(loaded))
    options = RenderOptions(
        formats=formats,
        theme=theme,
        page_size=_page_size(page_size),
        language=lang,
        allow_placeholders=allow_placeholders,
        docx_base=docx_base,
        audience=audience.value,
        pdf=pdf.value,
        as_of=as_of.date() if as_of else None,
        stage=stage.value if stage else None,
    )
    run = Run(options, target, own=same_files([*names, *filter(None, [docx_base])]), force=force, quiet=quiet)
    run.all(loaded)
    raise typer.Exit(1 if run.failed else 0)


def _page_size(name: PageSizeName | None) -> PageSize | None:
    return name.value if name else None


def _target(output: str, to: str, count: int) -> tuple[Target, tuple[str, ...]]:
    """Return where documents go and which; raise UsageError where `-o` and `--to` contradict."""
    named = tuple(format_named(name).name for name in to.split(",") if name.strip())
    if output == STANDARD_STREAM:
        if count != 1 or len(named) != 1:
            message = "standard output takes one source and one format: say --to with one name"
            raise UsageError(message)
        return Target(Path(), to_stdout=True), named
    path = Path(output)
    suffix = next((name for name, each in FORMATS.items() if path.suffix.lower() == each.suffix), None)
    if suffix is None or path.is_dir():
        return Target(path), named or DEFAULT_FORMATS
    if count != 1 or named not in {(), (suffix,)}:
        message = f"{output} is one {suffix} file; for several sources or formats, name a folder"
        raise UsageError(message)
    return Target(path.parent, path), (suffix,)


@dataclass(slots=True)
class Run:
    """One call of the command: what it does with every source, and whether any failed."""

    options: RenderOptions
    target: Target
    own: frozenset[Path]
    """The sources, which no document replaces unless `force` is set."""

    force: bool
    quiet: bool
    failed: bool = False

    def all(self, loaded: list[Loaded | SourceError]) -> None:
        """Render every source that has no faults; tell the faults of the others."""
        ready = [each for each in loaded if isinstance(each, Loaded) and each.incident]
        for each in loaded:
            if isinstance(each, SourceError):
                self._fail(each)
            elif each.incident is None:
                self._attempt(each, "")
        incidents = [each.require() for each in ready]
        readers = [farthest(incident.edition, Audience(self.options.audience)) for incident in incidents]
        editions = ["" if reader is Audience.INTERNAL else reader.value for reader in readers]
        stems = plan_names([incident.id for incident in incidents], editions)
        with progress(len(ready), quiet=self.quiet) as bar:
            task = bar.add_task("rendering", total=len(ready))
            for each, stem in zip(ready, stems, strict=True):
                bar.update(task, description=visible_line(each.source.name))
                self._attempt(each, stem)
                bar.advance(task)

    def _attempt(self, loaded: Loaded, stem: str) -> None:
        try:
            self._one(loaded, stem)
        except AfterwordError as error:
            self._fail(error)

    def _fail(self, error: AfterwordError) -> None:
        if isinstance(error, UsageError):
            raise error
        self.failed = True
        show_error(error)

    def _one(self, loaded: Loaded, stem: str) -> None:
        rendered = render_loaded(loaded, self.options)
        if not self.quiet:
            show_findings(rendered.findings)
        self._put(rendered, stem)
        for failure in rendered.failures.values():
            self._fail(failure)

    def _put(self, rendered: Rendered, stem: str) -> None:
        if self.target.to_stdout:
            for data in rendered.files.values():
                write_out(data)
            return
        files = self._paths(rendered.files, stem)
        if not self.force:
            spare(files, self.own)
        put(files, owner=origin_in, document_id=rendered.report.meta.document_id, force=self.force)
        if not self.quiet:
            for path in files:
                typer.echo(str(path))

    def _paths(self, files: Mapping[str, bytes], stem: str) -> dict[Path, bytes]:
        if self.target.file:
            return dict.fromkeys([self.target.file], next(iter(files.values())))
        return {self.target.folder / f"{stem}{FORMATS[name].suffix}": data for name, data in files.items()}
