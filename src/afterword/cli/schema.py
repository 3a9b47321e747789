"""`afterword schema`: the JSON Schema of the record."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from afterword.cli.show import STANDARD_STREAM
from afterword.incident.schema import SCHEMA_FILE, incident_schema
from afterword.output import write_texts


def schema(
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="File to write; standard output without it.")
    ] = STANDARD_STREAM,
    force: Annotated[bool, typer.Option("--force", help="Overwrite a file that is there.")] = False,
) -> None:
    """Print the JSON Schema of an incident file, for editors and other tools.

    Example: afterword schema -o incident.schema.json
    """
    text = json.dumps(incident_schema(), ensure_ascii=False, indent=2)
    if output == STANDARD_STREAM:
        typer.echo(text)
    else:
        write_texts({Path(output): f"{text}\n"}, force=force)


def schema_beside(file: Path) -> str:
    """Return the relative address of the schema, in the folder of a file or above; empty where there is none."""
    folder = file.resolve().parent
    found = next((each / SCHEMA_FILE for each in (folder, *folder.parents) if (each / SCHEMA_FILE).is_file()), None)
    return Path(os.path.relpath(found, folder)).as_posix() if found else ""
