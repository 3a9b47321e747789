"""The options of `afterword archive` that no other command has in the same words."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from afterword.cli.render import PageSizeName, PdfKindName


class LogFormat(StrEnum):
    """How progress is told."""

    TEXT = "text"
    JSON = "json"


class ExecutorName(StrEnum):
    """Who does the work."""

    LOCAL = "local"
    DASK = "dask"


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...",
        help="Files, folders, patterns or URLs (s3://...) of records, exports and JSON Lines; - for JSON Lines.",
    ),
]
Archive = Annotated[str, typer.Option("--output", "-o", metavar="ARCHIVE", help="Folder or URL of the archive.")]
Formats = Annotated[str, typer.Option("--to", help="Formats, comma-separated: pdf, docx, html, md, json.")]
Pattern = Annotated[str, typer.Option("--name", metavar="PATTERN", help="Where each report goes in the archive.")]
Since = Annotated[
    datetime | None,
    typer.Option("--since", metavar="DATE", formats=["%Y-%m-%d"], help="Only incidents of this day and later."),
]
Until = Annotated[
    datetime | None,
    typer.Option("--until", metavar="DATE", formats=["%Y-%m-%d"], help="Only incidents of this day and earlier."),
]
_SEVERAL = "Several: with commas, or the option again."
Severities = Annotated[
    list[str] | None, typer.Option("--severity", help=f"Only incidents of this severity. {_SEVERAL}")
]
Statuses = Annotated[list[str] | None, typer.Option("--status", help=f"Only incidents of this status. {_SEVERAL}")]
Services = Annotated[list[str] | None, typer.Option("--service", help=f"Only incidents of this service. {_SEVERAL}")]
Tags = Annotated[list[str] | None, typer.Option("--tag", help=f"Only incidents with this tag. {_SEVERAL}")]
PageSize = Annotated[
    PageSizeName | None, typer.Option("--page-size", case_sensitive=False, help="Page size instead of the theme's.")
]
Language = Annotated[str, typer.Option("--lang", help="Language of headings and dates, such as en or am.")]
AllowPlaceholders = Annotated[
    bool, typer.Option("--allow-placeholders", help="Render final reports although placeholders are left.")
]
PdfKind = Annotated[
    PdfKindName, typer.Option("--pdf", help="PDF/UA-1 and PDF/A-3a in one file, or a PDF without tags.")
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Worker processes; 0 for one on each core.")]
Timeout = Annotated[
    float, typer.Option("--timeout", min=0, metavar="SECONDS", help="Time for one report; 0 for any time.")
]
Executor = Annotated[ExecutorName, typer.Option("--executor", help="Who does the work.")]
Scheduler = Annotated[str, typer.Option("--scheduler", metavar="ADDRESS", help="Of Dask: tcp://host:8786.")]
Prune = Annotated[bool, typer.Option("--prune", help="Remove reports whose source is gone.")]
PruneMost = Annotated[
    bool, typer.Option("--prune-most", help="As --prune, also where more than half of the reports would go.")
]
Binder = Annotated[bool, typer.Option("--binder", help="Make one PDF of all reports too, with contents.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would be done, and do nothing.")]
Force = Annotated[
    bool, typer.Option("--force", help="Overwrite files of the archive that were changed since they were made.")
]
ReportFile = Annotated[
    str,
    typer.Option("--report", metavar="FILE", help="Write what the run came to as JSON here too."),
]
JunitFile = Annotated[str, typer.Option("--junit", metavar="FILE", help="Write it as JUnit XML.")]
Log = Annotated[LogFormat, typer.Option("--log-format", help="Progress for people, or one JSON object a line.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")]
