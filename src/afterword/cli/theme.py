"""`afterword theme`: make, check and look at themes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from afterword.cli.check import FindingFormat, tell
from afterword.cli.show import show_error, show_findings
from afterword.errors import ThemeError, UsageError
from afterword.output import put, write_text
from afterword.theme.load import FILE, load_theme, names, theme_path
from afterword.writers.origin import origin_in
from afterword.writers.registry import FORMATS

app = typer.Typer(name="theme", help="Make, check and look at themes.", no_args_is_help=True)

ThemeName = Annotated[str, typer.Argument(metavar="THEME", help="A built-in theme's name, a theme file or its folder.")]


@app.command()
def new(
    target: Annotated[str, typer.Argument(metavar="NAME|DIR", help="Folder to make; its name is the theme's.")],
    base: Annotated[str, typer.Option("--base", help="Built-in theme to start from.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that are there.")] = False,
) -> None:
    """Make a commented theme that differs from a built-in one only where you want it.

    Example: afterword theme new acme --base corporate
    """
    from afterword.theme.scaffold import theme_files

    chosen = base or names()[0]
    if chosen not in names():
        raise UsageError(f"{chosen!r} is no built-in theme; there are {', '.join(names())}")
    folder = Path(target)
    if folder.suffix or target in names():
        raise UsageError(f"{target} is no name for a folder of your own; leave out the suffix, or take another name")
    files = {
        folder / name: text for name, text in theme_files(folder.resolve().name, chosen, load_theme(chosen)).items()
    }
    _make_way(folder, list(files), force=force)
    for path, text in files.items():
        write_text(path, text, force=force)
    typer.echo(f"made {folder / FILE}; edit it, then: afterword theme check {target}", err=True)


def _make_way(folder: Path, files: list[Path], *, force: bool) -> None:
    taken = [path for path in files if path.exists()]
    if taken and not force:
        raise UsageError(f"{taken[0]} is there already; say --force to overwrite it")
    folder.mkdir(parents=True, exist_ok=True)


@app.command()
def check(
    theme: ThemeName,
    output: Annotated[FindingFormat, typer.Option("--format", help="How findings are printed.")] = FindingFormat.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings fail the check as errors do.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print findings only.")] = False,
) -> None:
    """Tell everything that is wrong with a theme: settings, files, contrast, letters, roles, style sheet, templates.

    Example: afterword theme check acme
    """
    from afterword.proofing.examine import examine

    try:
        findings = examine(theme)
    except ThemeError as error:
        findings = error.findings
    tell(findings, output, strict=strict, fine="" if quiet else f"the theme {theme} is fine")


@app.command()
def preview(
    theme: ThemeName,
    output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help="Folder for the documents.")] = ".",
    force: Annotated[bool, typer.Option("--force", help="Overwrite files that this tool did not make.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Show everything that a report can hold, as PDF, Word draft and HTML.

    Example: afterword theme preview corporate -o build
    """
    from afterword.proofing.preview import preview as made_with

    bench = made_with(load_theme(theme))
    if not quiet:
        show_findings(bench.findings)
    stem = Path(theme).stem if theme in names() else theme_path(theme).resolve().parent.name
    files = {Path(output) / f"{stem}-specimen{FORMATS[name].suffix}": data for name, data in bench.files.items()}
    put(files, owner=origin_in, document_id=bench.report.meta.document_id, force=force)
    for path in () if quiet else files:
        typer.echo(str(path))
    for failure in bench.failures.values():
        show_error(failure)
    raise typer.Exit(1 if bench.failures else 0)
