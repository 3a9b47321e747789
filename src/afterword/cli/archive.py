"""`afterword archive`: a whole archive of incidents becomes a bag of documents."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from afterword.archive.defaults import PATTERN, TIME_LIMIT
from afterword.cli import archive_choices as choices
from afterword.cli.archive_choices import ExecutorName, LogFormat
from afterword.cli.render import AsOf, BaseFile, ForAudience, ForStage, PdfKindName, ThemeName
from afterword.cli.show import STANDARD_STREAM
from afterword.cli.sources import FromFormat
from afterword.errors import UsageError
from afterword.incident.audience import Audience
from afterword.options import DEFAULT_FORMATS, RenderOptions
from afterword.readers.files import standard_input
from afterword.theme.load import names


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
    stage: ForStage = None,
    from_format: FromFormat = None,
    jobs: choices.Jobs = 0,
    timeout: choices.Timeout = TIME_LIMIT,
    executor: choices.Executor = ExecutorName.LOCAL,
    scheduler: choices.Scheduler = "",
    prune: choices.Prune = False,
    prune_most: choices.PruneMost = False,
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
    # Imported here, because what makes archives would slow the start of every other command.
    from afterword.archive.plan import Selection, folded
    from afterword.archive.run import Flags, Order
    from afterword.cli.archive_running import carry_out, crew_of

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
        stage.value if stage else None,
    )
    if since and until and since > until:
        message = f"no incident is both of {since:%Y-%m-%d} or later and of {until:%Y-%m-%d} or earlier"
        raise UsageError(message)
    selection = Selection(_day(since), _day(until), *map(folded, (severity, status, service, tag)))
    flags = Flags(prune=prune, prune_most=prune_most, force=force, dry_run=dry_run, binder=binder)
    stdin = standard_input() if STANDARD_STREAM in sources else None
    order = Order(tuple(sources), output, options, selection, name, from_format or "", flags, stdin)
    carry_out(order, crew_of(executor, scheduler, jobs, timeout, order), (report, junit), log_format, quiet)


def _reachable(name: str) -> str:
    """Return a path so that workers find it wherever they run; the name of a built-in theme as it is."""
    return str(Path(name).absolute()) if name and name not in names() and Path(name).exists() else name


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
