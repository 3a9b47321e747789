"""What the command prints: findings, errors and progress, on the terminal's error stream."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from afterword.diagnostics import Finding, Severity
from afterword.errors import AfterwordError, OutputError
from afterword.finding_formats import as_text

STANDARD_STREAM = "-"
"""Stands for standard input or output where a file is named."""

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class _Screen(Console):
    """A console on standard error whose end, where nobody reads any more, is for the caller to judge."""

    def on_broken_pipe(self) -> None:
        """Raise BrokenPipeError again; the library would end the command, and silence standard output."""
        raise  # noqa: PLE0704 (it is called while the error is handled)


def console() -> Console:
    """Return a console on standard error that shows text as it is: `[b]` is no markup, `:x:` no picture."""
    return _Screen(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)


def show_findings(findings: Iterable[Finding], screen: Console | None = None) -> None:
    """Print findings to standard error, each with its place and what to do; above a bar, by the console that has it."""
    found = tuple(findings)
    if not found:
        return
    screen = screen or console()
    for line in as_text(found).splitlines():
        screen.print(line, style=_style(line))


def _style(line: str) -> str | None:
    if line.startswith(" "):
        return "dim"
    return next((style for severity, style in _STYLES.items() if f" {severity.value} AW" in f" {line}"), None)


def show_error(error: AfterwordError) -> None:
    """Print an error with all its findings."""
    show_findings(error.findings)
    console().print(f"afterword: {error.message}", style="bold red")


@contextmanager
def unheard() -> Iterator[None]:
    """Let what is shown be lost, now and later, once nobody reads it any more: the work itself goes on."""
    try:
        yield
    except BrokenPipeError:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            try:
                stream.flush()
            except BrokenPipeError:
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def write_out(data: bytes) -> None:
    """Write what was asked for to standard output; raise OutputError where it is closed."""
    if sys.stdout is None:
        message = "standard output is closed"
        raise OutputError(message)
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


@contextmanager
def progress(count: int, *, quiet: bool) -> Iterator[Progress]:
    """Show how many of several reports are done, on a terminal and unless told to be quiet."""
    hidden = quiet or count < 2 or not sys.stderr.isatty()  # noqa: PLR2004 (one report needs no bar)
    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        console=console(),
        disable=hidden,
        transient=True,
    )
    with bar:
        yield bar
