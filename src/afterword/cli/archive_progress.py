"""What `afterword archive` shows while it works and when it is done."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

import typer
from rich.console import Group, RenderableType
from rich.live import Live
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Column, Table
from rich.text import Text

from afterword.archive.outcome import as_event
from afterword.archive.plan import Fate, Plan, as_lines, fate_of_gone
from afterword.archive.pool import WorkerPool
from afterword.archive.run import Crew, Order
from afterword.archive.summary import Ended, Summary
from afterword.cli.archive_choices import LogFormat
from afterword.cli.show import console, show_findings, unheard
from afterword.finding_formats import as_fields, visible
from afterword.pipeline import formats_of

_EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal."""


class Display(Protocol):
    """A listener that also sees the workers."""

    def surveying(self, done: int, total: int) -> None:
        """Sources are being read."""

    def planned(self, plan: Plan, fates: Mapping[str, Fate]) -> None:
        """It is known what is to be done."""

    def ended(self, event: Ended) -> None:
        """A report has ended."""

    def watched(self, crew: Callable[[], AbstractContextManager[Crew]]) -> AbstractContextManager[Crew]:
        """Return the crew, whose workers are shown while it is there."""
        ...


@contextmanager
def listener_for(log_format: LogFormat, order: Order, *, quiet: bool) -> Iterator[Display]:
    """Return what shows the progress of a run: a live table on a terminal, plain lines elsewhere, JSON where asked."""
    if log_format is LogFormat.JSON:
        yield _Unheard(Events(order))
    elif quiet or not sys.stderr.isatty():
        yield _Unheard(Lines(order, quiet=quiet))
    else:
        screen = Screen(order)
        with screen.live:
            yield _Unheard(screen)


class _Unheard:
    """A display that may lose its readers: the run is done to its end for the archive, and not for them."""

    def __init__(self, display: Display) -> None:
        """Keep what shows the progress."""
        self._display = display

    def surveying(self, done: int, total: int) -> None:
        """Show how far the sources are read."""
        with unheard():
            self._display.surveying(done, total)

    def planned(self, plan: Plan, fates: Mapping[str, Fate]) -> None:
        """Show what is to be done."""
        with unheard():
            self._display.planned(plan, fates)

    def ended(self, event: Ended) -> None:
        """Show what became of a report."""
        with unheard():
            self._display.ended(event)

    def watched(self, crew: Callable[[], AbstractContextManager[Crew]]) -> AbstractContextManager[Crew]:
        """Return the crew, whose workers are shown."""
        return self._display.watched(crew)


class Lines:
    """Progress as plain lines on standard error: findings as they come, and how far it is from time to time."""

    def __init__(self, order: Order, *, quiet: bool = False) -> None:
        """Keep the order."""
        self.order, self.quiet = order, quiet
        self.total, self.done, self.failed, self.unchanged = 0, 0, 0, 0
        self._started = self._told = time.monotonic()

    def surveying(self, done: int, total: int) -> None:
        """Tell how far the sources are read, from time to time."""
        self._now_and_then(f"reading sources: {done} of {total}")

    def planned(self, plan: Plan, fates: Mapping[str, Fate]) -> None:
        """Print the plan where nothing else is wanted."""
        self.total = sum(fate in {Fate.NEW, Fate.CHANGED} for fate in fates.values())
        self._started = time.monotonic()
        if self.order.flags.dry_run:
            for line in as_lines(plan, fates, formats_of(self.order.options).values()):
                typer.echo(visible(line))

    def ended(self, event: Ended) -> None:
        """Tell what is to be told of a report."""
        self._count(event)
        if event.outcome != "unchanged":
            self._findings(event)
            rate = (self.done + self.failed) / max(time.monotonic() - self._started, 0.001)
            self._now_and_then(f"{self.done} of {self.total} done, {self.failed} failed, {rate:.1f} a second")

    def _count(self, event: Ended) -> None:
        self.done += event.outcome == "done"
        self.failed += event.outcome == "failed"
        self.unchanged += event.outcome == "unchanged"

    def _findings(self, event: Ended) -> None:
        if event.outcome == "failed":
            show_findings(event.findings)

    def _now_and_then(self, line: str) -> None:
        if not self.quiet and time.monotonic() - self._told > _EVERY:
            self._told = time.monotonic()
            typer.echo(line, err=True)

    def watched(self, crew: Callable[[], AbstractContextManager[Crew]]) -> AbstractContextManager[Crew]:
        """Return the crew."""
        return crew()


class Events(Lines):
    """Progress as one JSON object a line on standard output."""

    def ended(self, event: Ended) -> None:
        """Print what became of a report."""
        self._count(event)
        _print({"event": "report", **as_event(event)})

    def planned(self, plan: Plan, fates: Mapping[str, Fate]) -> None:
        """Print how much there is to do, and the whole plan where nothing else is wanted."""
        self.total = sum(fate in {Fate.NEW, Fate.CHANGED} for fate in fates.values())
        if self.order.flags.dry_run:
            for each in plan.reports:
                _print({"event": "plan", "source": each.card.source, "stem": each.stem, "fate": fates[each.key].value})
            fate = fate_of_gone(plan)
            for kept in plan.gone:
                _print({"event": "plan", "source": kept.source, "stem": kept.stem, "fate": fate})
        _print({"event": "planned", "reports": len(plan.reports), "to_do": self.total})

    def _now_and_then(self, line: str) -> None:
        pass  # every report is an event


def _print(event: Mapping[str, object]) -> None:
    typer.echo(json.dumps(event, ensure_ascii=True, separators=(",", ":")))


class Screen(Lines):
    """Progress on a terminal: a bar with counts, and what each worker does."""

    def __init__(self, order: Order) -> None:
        """Make the bar."""
        super().__init__(order)
        self.bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(table_column=Column(no_wrap=True, min_width=len("1000/3000"))),
            TextColumn("{task.fields[counts]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console(),
        )
        self.task = self.bar.add_task("reading sources", total=None, counts="")
        self.live = Live(self, console=self.bar.console, refresh_per_second=4, transient=True)
        self._pool: WorkerPool | None = None
        self._lock = threading.Lock()

    def __rich__(self) -> RenderableType:
        """Return what is shown now; called by the thread that draws."""
        with self._lock:
            workers = self._pool.busy() if self._pool else ()
        rows = Table.grid(*(Column(no_wrap=True) for _ in range(4)), padding=(0, 2))
        for each in workers:
            memory = f"{each.memory / 1e6:.0f} MB" if each.memory else ""
            rows.add_row(
                f"  {each.pid}", f"{each.seconds:5.1f} s", memory, Text(visible(each.label), overflow="ellipsis")
            )
        return Group(self.bar.get_renderable(), rows)

    def surveying(self, done: int, total: int) -> None:
        """Show how far the sources are read."""
        self.bar.update(self.task, completed=done, total=total)

    def planned(self, plan: Plan, fates: Mapping[str, Fate]) -> None:
        """Start the bar of the reports."""
        super().planned(plan, fates)
        self.bar.reset(self.task, total=self.total, description="making reports", counts="")

    def ended(self, event: Ended) -> None:
        """Move the bar."""
        super().ended(event)
        rate = (self.done + self.failed) / max(time.monotonic() - self._started, 0.001)
        counts = f"{self.failed} failed, {self.unchanged} unchanged, {rate:.1f}/s"
        self.bar.update(self.task, completed=self.done + self.failed, counts=counts)

    def _findings(self, event: Ended) -> None:
        if event.outcome == "failed":
            show_findings(event.findings, self.bar.console)

    def _now_and_then(self, line: str) -> None:
        pass  # the bar tells it

    @contextmanager
    def watched(self, crew: Callable[[], AbstractContextManager[Crew]]) -> Iterator[Crew]:
        """Return the crew, and show what its workers do."""
        with crew() as found:
            with self._lock:
                self._pool = found.executor if isinstance(found.executor, WorkerPool) else None
            try:
                yield found
            finally:
                with self._lock:
                    self._pool = None


def show_summary(summary: Summary, order: Order, log_format: LogFormat, *, quiet: bool) -> None:
    """Show what a run came to, and how to go on where it was stopped."""
    if summary.stopped:
        where = f"with {summary.left} reports to go" if summary.left else "while the sources were read"
        message = f"stopped {where}; run the same command again to carry on"
        console().print(message, style="bold")
    if log_format is LogFormat.JSON:
        counts = {**summary.counts, "left": summary.left, "left_out": summary.left_out, "gone": len(summary.gone)}
        told = [as_fields(each) for each in summary.findings]
        _print({"event": "summary", "counts": counts, "seconds": round(summary.seconds, 3), "findings": told})
        return
    show_findings(summary.findings)
    if not quiet and not order.flags.dry_run:
        _table(summary, order)


def _table(summary: Summary, order: Order) -> None:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    rows = {
        "done": summary.counts["done"],
        "unchanged": summary.counts["unchanged"],
        "failed": summary.counts["failed"],
        "left out by filters": summary.left_out,
        "source gone": len(summary.gone) - summary.pruned,
        "removed": summary.pruned,
    }
    for label, number in rows.items():
        if number or label in {"done", "failed"}:
            table.add_row(label, f"{number:,}")
    table.add_row("time", f"{summary.seconds:,.1f} s")
    table.add_row("archive", visible(order.archive))
    table.add_row("size", f"{summary.size / 1e6:,.1f} MB")
    console().print(table)
