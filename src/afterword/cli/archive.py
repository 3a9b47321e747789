"""`afterword archive`: a whole archive of incidents becomes a bag of documents."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

import typer

from afterword.archive.crew import TIME_LIMIT, cores, dask_crew, local_crew
from afterword.archive.names import PATTERN
from afterword.archive.outcome import as_junit, as_report, keep_report
from afterword.archive.plan import Selection, folded
from afterword.archive.run import Crew, Flags, Order, Summary, export
from afterword.cli import archive_choices as choices
from afterword.cli.archive_choices import ExecutorName
from afterword.cli.archive_progress import LogFormat, listener_for, show_summary
from afterword.cli.render import AsOf, BaseFile, ForAudience, PdfKindName, ThemeName
from afterword.cli.show import STANDARD_STREAM, show_error
from afterword.cli.sources import FromFormat
from afterword.errors import OutputError, UsageError
from afterword.incident.audience import Audience
from afterword.options import DEFAULT_FORMATS, RenderOptions
from afterword.output import write_text
from afterword.pipeline import formats_of
from afterword.theme.load import names

CrewMaker = Callable[[], AbstractContextManager[Crew]]


def archive(  # noqa: PLR0913 (each is a choice of its own)
    sources: choices.Sources,
    output: choices.Archive,
    to: choices.Formats = "",
    name: choices.Pattern = PATTERN,
    since: choices.Since = None,
    until: choices.Until = None,
    severity: choices.Severities = None,
    status: choices.Statuses = None,
    service: choices.Services = None,
    tag: choices.Tags = None,
    theme: ThemeName = "",
    docx_base: BaseFile = "",
    page_size: choices.PageSize = None,
    lang: choices.Language = "",
    allow_placeholders: choices.AllowPlaceholders = False,
    audience: ForAudience = Audience.INTERNAL,
    pdf: choices.PdfKind = PdfKindName.ACCESSIBLE,
    as_of: AsOf = None,
    from_format: FromFormat = None,
    jobs: choices.Jobs = 0,
    timeout: choices.Timeout = TIME_LIMIT,
    executor: choices.Executor = ExecutorName.LOCAL,
    scheduler: choices.Scheduler = "",
    prune: choices.Prune = False,
    binder: choices.Binder = False,
    dry_run: choices.DryRun = False,
    force: choices.Force = False,
    report: choices.ReportFile = "",
    junit: choices.JunitFile = "",
    log_format: choices.Log = LogFormat.TEXT,
    quiet: choices.Quiet = False,
) -> None:
    """Export many incidents into one archive, and later only what has changed.

    The archive is a BagIt bag with an index; a run that was cut off is carried on by the same command.

    Examples:
      afterword archive incidents -o archive

      afterword archive incidents statuspage.json -o archive --to pdf,docx,json --since 2023-01-01

      some-export | afterword archive - -o s3://bucket/archive --jobs 8
    """
    options = RenderOptions(
        tuple(filter(None, to.split(","))) or DEFAULT_FORMATS,
        _reachable(theme),
        page_size.value if page_size else None,
        lang,
        allow_placeholders,
        _reachable(docx_base),
        audience.value,
        pdf.value,
        _day(as_of),
    )
    selection = Selection(_day(since), _day(until), *map(folded, (severity, status, service, tag)))
    flags = Flags(prune=prune, force=force, dry_run=dry_run, binder=binder)
    stdin = sys.stdin.buffer if STANDARD_STREAM in sources else None
    order = Order(tuple(sources), output, options, selection, name, from_format or "", flags, stdin)
    _carry_out(order, _crew(executor, scheduler, jobs or cores(), timeout, order), (report, junit), log_format, quiet)


def _reachable(name: str) -> str:
    """Return a path so that workers find it wherever they run; the name of a built-in theme as it is."""
    return str(Path(name).absolute()) if name and name not in names() and Path(name).exists() else name


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _carry_out(
    order: Order,
    crew: CrewMaker,
    files: tuple[str, str],
    log_format: LogFormat,
    quiet: bool,  # noqa: FBT001 (a flag handed on)
) -> NoReturn:
    """Run an order, show and write what it came to, and leave with the exit code."""
    with _stopping() as stopped, listener_for(log_format, order, quiet=quiet) as listener:
        summary = export(order, partial(listener.watched, crew), listener, stopped)
    if not order.flags.dry_run:
        keep_report(summary, order)
    _write(summary, order, *files)
    show_summary(summary, order, log_format, quiet=quiet)
    if summary.stopped:
        raise typer.Exit(128 + signal.SIGINT)
    raise typer.Exit(0 if summary.is_fine else 1)


def _crew(executor: ExecutorName, scheduler: str, workers: int, timeout: float, order: Order) -> CrewMaker:
    """Return what calls the workers; raise UsageError where the options contradict."""
    if executor is ExecutorName.DASK:
        if not scheduler:
            message = "--executor dask needs --scheduler, such as tcp://host:8786"
            raise UsageError(message)
        return partial(dask_crew, scheduler, timeout)
    if scheduler:
        message = "--scheduler is for --executor dask"
        raise UsageError(message)
    with_engines = bool({"pdf", "docx"} & formats_of(order.options).keys())
    return partial(local_crew, workers, timeout, with_engines=with_engines)


@contextmanager
def _stopping() -> Iterator[Callable[[], bool]]:
    """Take the first Ctrl-C, or SIGTERM, as a wish to stop cleanly; the second one ends the command at once."""
    wishes: list[int] = []

    def heed(number: int, _frame: FrameType | None) -> None:
        if wishes:
            raise KeyboardInterrupt
        wishes.append(number)
        os.write(2, b"\nstopping: what is under way is ended first; press Ctrl-C again to stop at once\n")

    before = {number: signal.signal(number, heed) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(wishes)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _write(summary: Summary, order: Order, report: str, junit: str) -> None:
    """Write what a run came to where it is wanted; an error of that does not hide the rest."""
    texts = {report: as_report(summary, order) if report else "", junit: as_junit(summary, order) if junit else ""}
    for name, text in texts.items():
        try:
            if name == STANDARD_STREAM:
                sys.stdout.write(text)
            elif name:
                write_text(Path(name), text, force=True)
        except OutputError as error:
            show_error(error)
