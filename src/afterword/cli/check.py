"""`afterword check`: every fault of every file, in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Annotated, NoReturn

import typer

from afterword.cli.sources import FromFormat, each_once, load_each
from afterword.diagnostics import Finding, Severity, has_errors
from afterword.errors import SourceError
from afterword.finding_formats import as_github, as_json, as_sarif, as_text
from afterword.loading import Loaded
from afterword.pipeline import findings_of


class FindingFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


_AS: dict[FindingFormat, Callable[[Iterable[Finding]], str]] = {
    FindingFormat.TEXT: as_text,
    FindingFormat.JSON: as_json,
    FindingFormat.SARIF: as_sarif,
    FindingFormat.GITHUB: as_github,
}


def check(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="YAML, JSON, TOML or Markdown files, or exports of incident tools; - for standard input.",
        ),
    ],
    output: Annotated[FindingFormat, typer.Option("--format", help="How findings are printed.")] = FindingFormat.TEXT,
    from_format: FromFormat = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check as errors do.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings only.")] = False,
) -> None:
    """Check incident files and tell every fault with its place, and what to do about it.

    Examples:
      afterword check incident.yaml

      afterword check archive/*.yaml --format sarif > findings.sarif

      some-export | afterword check - --from json
    """
    names = each_once(sources)
    findings = [finding for loaded in load_each(names, from_format) for finding in _findings(loaded)]
    fine = "1 file is fine" if len(names) == 1 else f"{len(names)} files are fine"
    tell(findings, output, strict=strict, fine="" if quiet else fine)


def tell(findings: Sequence[Finding], output: FindingFormat, *, strict: bool, fine: str) -> NoReturn:
    """Print findings, or that all is fine where there are none, and leave with the exit code of a check."""
    text = _AS[output](findings)
    if text:
        typer.echo(text)
    if output is FindingFormat.TEXT and not findings and fine:
        typer.echo(fine)
    warned = strict and any(finding.severity is Severity.WARNING for finding in findings)
    raise typer.Exit(1 if has_errors(findings) or warned else 0)


def _findings(loaded: Loaded | SourceError) -> Iterable[Finding]:
    return loaded.findings if isinstance(loaded, SourceError) else findings_of(loaded)
