"""`afterword schema`: the JSON Schema of the record."""

from __future__ import annotations

import json

import typer

from afterword.incident.schema import incident_schema


def schema() -> None:
    """Print the JSON Schema of an incident file, for editors and other tools.

    Example: afterword schema > incident.schema.json
    """
    typer.echo(json.dumps(incident_schema(), ensure_ascii=False, indent=2))
