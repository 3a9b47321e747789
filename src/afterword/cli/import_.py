"""`afterword import`: documents, exports of incident tools, and records in any format, become tidy YAML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from afterword.cli.schema import schema_beside
from afterword.cli.show import STANDARD_STREAM, show_error, show_findings, write_out
from afterword.cli.sources import FromFormat, each_once, load_each
from afterword.codes import CODES
from afterword.diagnostics import Finding, shorten
from afterword.errors import AfterwordError, SourceError, UsageError
from afterword.importing import Imported, held_to, imported, notes_as_json, notes_as_text, too_many
from afterword.intake import SUFFIXES
from afterword.loading import Loaded
from afterword.output import plan_names, write_texts
from afterword.record_yaml import with_schema

_YAML = (".yaml", ".yml")


class NotesFormat(StrEnum):
    """How import notes are printed."""

    TEXT = "text"
    JSON = "json"


def import_(  # noqa: PLR0913 (each is a choice of its own)
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SOURCE...", help="Documents, exports of incident tools, or records; - for input."),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE|DIR", help="YAML file, or folder for several incidents.")
    ] = STANDARD_STREAM,
    from_format: FromFormat = None,
    day: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="Date of incidents whose source does not say it."),
    ] = None,
    notes: Annotated[NotesFormat, typer.Option("--format", help="How import notes are printed.")] = NotesFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Refuse incidents in which anything was guessed.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are there.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Turn post-mortems and exports of incident tools into incident files, and tell what was found, guessed, left over.

    Examples:
      afterword import post-mortem.docx -o incident.yaml

      afterword import incidents.json -o archive

      afterword import incident.json log_entries.json notes.json -o incident.yaml

      afterword import report.md --date 2024-05-03 -o incident.yaml

      afterword import export.json --from opsgenie --format json -o archive
    """
    intake = _Intake(strict=strict, quiet=quiet)
    on = day.date() if day else None
    for loaded in load_each(each_once(sources), from_format, on, is_to_be_laid_out=False):
        intake.take(loaded)
    ready = intake.ready
    files = _files(ready, output, several=intake.seen > 1)
    told = _told(ready, files, notes, quiet=quiet)
    if output == STANDARD_STREAM:
        write_out("".join(with_schema(each.text, schema_beside(Path("-"))) for each in ready).encode("utf-8"))
    elif ready:
        texts = {path: with_schema(each.text, schema_beside(path)) for path, each in zip(files, ready, strict=True)}
        write_texts(texts, beside=_beside(files, ready), force=force)
    if told:
        typer.echo(told, err=notes is NotesFormat.TEXT or output == STANDARD_STREAM)
    if not quiet and notes is NotesFormat.TEXT:
        for path in files:
            typer.echo(str(path))
    raise typer.Exit(1 if intake.failed else 0)


class _Intake:
    """Takes incidents in one by one; a faulty one is told and stops no other."""

    def __init__(self, *, strict: bool, quiet: bool) -> None:
        self.strict = strict
        self.quiet = quiet
        self.ready: list[Imported] = []
        self.ids: set[str] = set()
        self.seen = 0
        self.failed = False

    def take(self, loaded: Loaded | SourceError) -> None:
        """Keep what comes of a source, or tell why nothing does."""
        self.seen += 1
        try:
            self.ready.append(self._imported(loaded))
        except SourceError as error:
            self.failed = True
            show_error(error)

    def _imported(self, loaded: Loaded | SourceError) -> Imported:
        if isinstance(loaded, SourceError):
            raise loaded
        held = held_to(loaded) if self.strict else loaded
        found = imported(held)
        if found.id in self.ids:
            raise _twice(loaded, found.id)
        self.ids.add(found.id)
        if not self.quiet:
            show_findings((*loaded.findings, *too_many(loaded)))
        return found


def _twice(loaded: Loaded, identifier: str) -> AfterwordError:
    message = f"an incident with the id {identifier!r} was imported already"
    place, hint = loaded.source.place(("id",)), CODES["AW209"].hint
    finding = Finding("AW209", message, place=place, path="id", value=shorten(identifier), hint=hint)
    return SourceError(f"{loaded.source.name} is left out", [finding])


def _files(ready: Sequence[Imported], output: str, *, several: bool) -> tuple[Path, ...]:
    """Return the file of each incident; raise UsageError where one file is named for several, or none of YAML."""
    path = Path(output)
    if output == STANDARD_STREAM:
        if several:
            message = "there are several incidents: name a folder for their files with -o"
            raise UsageError(message)
        return ()
    if path.suffix.lower() in _YAML and not path.is_dir():
        if several:
            message = f"{output} is one file, and there are several incidents; name a folder with -o"
            raise UsageError(message)
        return (path,) if ready else ()
    if path.suffix.lower() in SUFFIXES and not path.is_dir():
        message = f"import writes YAML, which {output} would not be; name a .yaml file or a folder with -o"
        raise UsageError(message)
    return tuple(path / f"{stem}.yaml" for stem in plan_names([each.id for each in ready]))


def _beside(files: Sequence[Path], ready: Sequence[Imported]) -> dict[Path, bytes]:
    """Return the files that came inside sources, each in the folder of its record; raise UsageError if two differ."""
    beside: dict[Path, bytes] = {}
    for path, each in zip(files, ready, strict=True):
        for name, data in each.files.items():
            if beside.setdefault(path.parent / name, data) != data:
                message = f"{name} is a picture of several sources; import them into folders of their own"
                raise UsageError(message)
    return beside


def _told(ready: Sequence[Imported], files: Sequence[Path], notes: NotesFormat, *, quiet: bool) -> str:
    """Return the notes as they are printed; JSON also where there is nothing to tell."""
    if notes is NotesFormat.JSON:
        return notes_as_json(ready, [str(path) for path in files] or [STANDARD_STREAM] * len(ready))
    return "" if quiet else notes_as_text(ready)
