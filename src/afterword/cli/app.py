"""The application and its commands."""

from __future__ import annotations

from typing import Annotated

import typer

from afterword.cli.archive import archive
from afterword.cli.check import check
from afterword.cli.doctor import doctor
from afterword.cli.import_ import import_
from afterword.cli.new import new
from afterword.cli.render import render
from afterword.cli.schema import schema
from afterword.cli.theme import app as theme
from afterword.cli.verify import verify
from afterword.version import VERSION

app = typer.Typer(
    name="afterword",
    help="Turn a validated incident record into an accessible PDF and an editable Word draft.",
    epilog="Start with `afterword new incident.yaml`, then `afterword render incident.yaml`.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 (Typer calls it with the flag's value)
    if wanted:
        typer.echo(f"afterword {VERSION}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and leave.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Turn a validated incident record into an accessible PDF and an editable Word draft."""


app.command()(new)
app.command("import")(import_)
app.command()(check)
app.command()(render)
app.command()(archive)
app.command()(verify)
app.command()(schema)
app.add_typer(theme)
app.command()(doctor)
