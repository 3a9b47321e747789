"""An archive made for the command line: with workers, Ctrl-C heeded, progress shown, and an exit code at the end."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import NoReturn

import typer

from afterword.archive.crew import cores, dask_crew, local_crew
from afterword.archive.outcome import as_junit, as_report, keep_report
from afterword.archive.run import Crew, Order, export
from afterword.archive.summary import Summary
from afterword.cli.archive_choices import ExecutorName, LogFormat
from afterword.cli.archive_progress import listener_for, show_summary
from afterword.cli.show import STANDARD_STREAM, show_error, unheard
from afterword.errors import OutputError, UsageError
from afterword.output import write_text
from afterword.pipeline import formats_of

CrewMaker = Callable[[], AbstractContextManager[Crew]]


def carry_out(
    order: Order,
    crew: CrewMaker,
    files: tuple[str, str],
    log_format: LogFormat,
    quiet: bool,  # noqa: FBT001 (a flag handed on)
) -> NoReturn:
    """Run an order, show and write what it came to, and leave with the exit code."""
    with _stopping() as stopped, listener_for(log_format, order, quiet=quiet) as listener:
        summary = export(order, partial(listener.watched, crew), listener, stopped)
    if not order.flags.dry_run:
        keep_report(summary, order)
    _write(summary, order, *files)
    with unheard():
        show_summary(summary, order, log_format, quiet=quiet)
    if summary.stopped:
        raise typer.Exit(128 + signal.SIGINT)
    raise typer.Exit(0 if summary.is_fine else 1)


def crew_of(executor: ExecutorName, scheduler: str, workers: int, timeout: float, order: Order) -> CrewMaker:
    """Return what calls the workers; raise UsageError where the options contradict."""
    if executor is ExecutorName.DASK:
        if not scheduler:
            message = "--executor dask needs --scheduler, such as tcp://host:8786"
            raise UsageError(message)
        return partial(dask_crew, scheduler, timeout)
    if scheduler:
        message = "--scheduler is for --executor dask"
        raise UsageError(message)
    with_engines = bool({"pdf", "docx"} & formats_of(order.options).keys())
    return partial(local_crew, workers or cores(), timeout, with_engines=with_engines)


@contextmanager
def _stopping() -> Iterator[Callable[[], bool]]:
    """Take the first Ctrl-C, or SIGTERM, as a wish to stop cleanly; the second one ends the command at once."""
    wishes: list[int] = []

    def heed(number: int, _frame: FrameType | None) -> None:
        if wishes:
            raise KeyboardInterrupt
        wishes.append(number)
        os.write(2, b"\nstopping: what is under way is ended first; press Ctrl-C again to stop at once\n")

    before = {number: signal.signal(number, heed) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield lambda: bool(wishes)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _write(summary: Summary, order: Order, report: str, junit: str) -> None:
    """Write what a run came to where it is wanted; an error of that does not hide the rest."""
    texts = {report: as_report(summary, order) if report else "", junit: as_junit(summary, order) if junit else ""}
    for name, text in texts.items():
        try:
            if name == STANDARD_STREAM:
                sys.stdout.write(text)
            elif name:
                write_text(Path(name), text, force=True)
        except OutputError as error:
            show_error(error)
