"""`afterword doctor`: what is installed, and what is missing."""

from __future__ import annotations

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from afterword.doctor import examine

_MARKS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "missing": ("✗", "red")}


def doctor() -> None:
    """Tell what is installed: versions, system libraries, fonts. Fails if a PDF cannot be made.

    Example: afterword doctor
    """
    checks = examine()
    table = Table(box=None, show_header=False, pad_edge=False)
    for check in checks:
        mark, colour = _MARKS[check.state]
        table.add_row(Text(mark, colour), check.name, check.detail)
        if check.hint:
            table.add_row("", "", Text(check.hint, "dim"))
    Console(highlight=False, markup=False, emoji=False).print(table)
    raise typer.Exit(1 if any(check.state == "missing" for check in checks) else 0)
