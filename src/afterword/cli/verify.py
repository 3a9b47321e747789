"""`afterword verify`: whether an archive is as it was made."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from afterword.cli.check import FindingFormat, tell
from afterword.diagnostics import Severity, has_errors


def verify(
    archive: Annotated[str, typer.Argument(metavar="ARCHIVE", help="Folder or URL of the archive, or of any bag.")],
    sample: Annotated[
        int, typer.Option("--sample", min=0, help="How many reports are made again and compared; 0 for none.")
    ] = 3,
    output: Annotated[FindingFormat, typer.Option("--format", help="How findings are printed.")] = FindingFormat.TEXT,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings only.")] = False,
) -> None:
    """Check an archive: structure, names, sizes, the content of every file, and a sample made again.

    Works without the renderers, and on bags of other tools; then nothing is made again.

    Examples:
      afterword verify archive

      afterword verify s3://bucket/archive --sample 0 --format json
    """
    # Imported here, because what reads archives would slow the start of every other command.
    from afterword.archive.verify import verify as verified

    found = verified(archive)
    if sample and not has_errors(found.findings):
        # Imported here: without a sample, nothing that reads or draws a record is needed.
        from afterword.archive.remake import compare

        compare(archive, sample, found, os.environ)
    fine = f"{found.files} files are as they were listed"
    if found.compared:
        reports = "1 report" if found.compared == 1 else f"{found.compared} reports"
        fine += f", and {reports} made again the same"
    if any(each.severity is Severity.NOTE for each in found.findings) and not quiet and output is FindingFormat.TEXT:
        typer.echo(fine)
    tell(found.findings, output, strict=False, fine="" if quiet else fine)
