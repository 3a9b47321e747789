"""`afterword new`: a commented file to start from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from afterword.cli.show import STANDARD_STREAM
from afterword.errors import UsageError
from afterword.incident.times import TimeFault, check_year, parse_date
from afterword.output import write_text
from afterword.scaffold import scaffold


def new(
    file: Annotated[str, typer.Argument(metavar="FILE", help="YAML file to make; - for standard output.")],
    identifier: Annotated[str, typer.Option("--id", help="Id of the incident.")] = "INC-1",
    title: Annotated[str, typer.Option("--title", help="Title of the report.")] = "[title of the incident]",
    day: Annotated[str, typer.Option("--date", help="Date of the incident; today if not said.")] = "",
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Make a commented incident file that is valid as a draft.

    Example: afterword new incidents/inc-42.yaml --id INC-42
    """
    text = scaffold(identifier, title, _dated(day) if day else date.today().isoformat())  # noqa: DTZ011 (the writer's own calendar)
    if file == STANDARD_STREAM:
        typer.echo(text, nl=False)
        return
    path = Path(file)
    if path.suffix.lower() not in {".yaml", ".yml"}:
        message = f"{file} does not end in .yaml, and YAML is what is written"
        raise UsageError(message)
    write_text(path, text, force=force)
    typer.echo(f"made {file}; fill it in, then: afterword render {file}", err=True)


def _dated(day: str) -> str:
    """Return the day as it is written; raise UsageError for what the new file could not have as its date."""
    try:
        check_year(parse_date(day))
    except TimeFault as fault:
        message = f"--date: {fault.message}; write it as 2023-08-13"
        raise UsageError(message) from None
    return day
