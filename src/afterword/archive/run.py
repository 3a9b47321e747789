"""One run over an archive: plan, make what has changed, and leave a whole bag."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import BinaryIO, Protocol

from afterword.archive.defaults import PATTERN
from afterword.archive.discover import discover
from afterword.archive.finish import Finisher
from afterword.archive.flow import Flow, WorkerStuck, tries_for
from afterword.archive.hold import keep
from afterword.archive.job import Job, Result, do
from afterword.archive.keeping import Keeping
from afterword.archive.listing import Listing, check_binder
from afterword.archive.names import check_pattern
from afterword.archive.plan import Fate, Plan, Planned, Selection, make_plan
from afterword.archive.reading import LINES, Survey, taken_in
from afterword.archive.recipe import recipe
from afterword.archive.remake import MADE, made_json
from afterword.archive.standing import Standing
from afterword.archive.state import Kept, Outcome
from afterword.archive.store import INPUT
from afterword.archive.summary import Ended, Summary
from afterword.archive.survey import Inquiry, Surveyor, answer
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place, Severity, has_errors
from afterword.errors import AfterwordError
from afterword.options import RenderOptions
from afterword.pipeline import formats_of


@dataclass(frozen=True, slots=True)
class Flags:
    """What is to be done besides."""

    prune: bool = False
    """Remove reports whose source is gone."""

    prune_most: bool = False
    """Remove them even where they are most of the archive."""

    force: bool = False
    """Overwrite files of the archive that were changed since they were made."""

    dry_run: bool = False
    """Plan, and do nothing."""

    binder: bool = False
    """Make one PDF of all reports too."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is asked to do."""

    sources: tuple[str, ...]
    archive: str
    options: RenderOptions = field(default_factory=RenderOptions)
    selection: Selection = field(default_factory=Selection)
    pattern: str = PATTERN
    from_format: str = ""
    flags: Flags = Flags()
    stdin: BinaryIO | None = None
    """What the source `-` means."""


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work."""

    executor: Executor
    window: int
    """How many calls the executor is given at a time."""

    tries_for: Callable[[BaseException], int] = tries_for
    """How many tries a call has that ends with a fault: more than one where a worker is gone."""


class Listener(Protocol):
    """Is told what happens."""

    def surveying(self, done: int, total: int) -> None:
        """Sources are being read."""

    def planned(self, plan: Plan, fates: Mapping[str, Fate]) -> None:
        """It is known what is to be done."""

    def ended(self, event: Ended) -> None:
        """A report has ended, in whatever way; those that did not change are told too."""


def export(
    order: Order,
    crew: Callable[[], AbstractContextManager[Crew]],
    listener: Listener,
    stop: Callable[[], bool] = lambda: False,
) -> Summary:
    """Bring an archive up to date with its sources and return what that came to.

    `crew` is entered when there is something to do. Once `stop` returns True nothing more is begun, what is under way
    is ended, and the archive is left whole. Faults of single reports are in the summary. Raises UsageError, ThemeError
    and OutputError for what concerns all of them.
    """
    start = time.monotonic()
    check_pattern(order.pattern)
    if order.flags.binder:
        check_binder(order.options)
    made_with = recipe(order.options, os.environ)
    with keep(order.archive, only_looking=order.flags.dry_run) as keeping, ExitStack() as until:
        run = _Run(order, keeping, _Hands(crew, until), listener, stop, made_with)
        run.summary.was_cut_off = keeping.was_cut_off
        run.summary.findings += keeping.findings()
        run.all()
        run.summary.seconds = time.monotonic() - start
        return run.summary


class _StoppedEarlyError(Exception):
    """The run was stopped while its sources were read, so that there is no plan."""


class _Hands:
    """The crew, called only when it is needed, and let go with what `until` ends."""

    def __init__(self, crew: Callable[[], AbstractContextManager[Crew]], until: ExitStack) -> None:
        self._made, self._until = crew, until

    @cached_property
    def crew(self) -> Crew:
        """Who does the work."""
        return self._until.enter_context(self._made())


@dataclass(slots=True)
class _Run:
    """The steps of a run."""

    order: Order
    keeping: Keeping
    hands: _Hands
    listener: Listener
    stop: Callable[[], bool]
    recipe: str
    summary: Summary = field(default_factory=Summary)

    def all(self) -> None:
        """Do all steps."""
        if self.order.stdin is None:
            self._all("")
            return
        suffix = "" if self.order.from_format else LINES[0]
        blocks = taken_in(self.order.stdin, is_lines=bool(suffix))
        with self.keeping.input_kept(f"{INPUT}{suffix}", blocks) as standard_input:
            self._all(standard_input)

    def _all(self, standard_input: str) -> None:
        kept = {each.key: each for each in self.keeping.state.reports()}
        try:
            plan = self._plan(standard_input, kept.values())
        except _StoppedEarlyError:
            self.summary.stopped = True
            return
        standing = Standing.of(self.keeping, plan, self.recipe, kept, force=self.order.flags.force)
        fates = {each.key: standing.fate(each) for each in plan.reports}
        self.listener.planned(plan, fates)
        self._tell_plan(plan)
        if self.order.flags.dry_run:
            return
        self.keeping.state.set_fact(MADE, made_json(self.order.options, self.recipe))
        self._make(plan, fates, standing)
        listing = Listing(self.order.options, binder=self.order.flags.binder)
        finisher = Finisher(self.keeping, plan, standing, self.summary, listing)
        finisher.finish(whole=not self.summary.stopped)
        self.summary.findings += listing.findings

    def _plan(self, standard_input: str, kept: Collection[Kept]) -> Plan:
        audience = self.order.options.audience
        surveyor = Surveyor(self.keeping.state, self._ask, audience, self.order.from_format)
        surveyed = surveyor.all(discover(self.order.sources, standard_input, self.keeping.store.place))
        plan = make_plan(surveyed, self.order.selection, self.order.pattern, audience, kept)
        flags = self.order.flags
        return replace(plan, prunes=flags.prune_most or (flags.prune and not plan.loses_most))

    def _ask(self, inquiries: Iterable[Inquiry]) -> Iterator[tuple[Inquiry, tuple[Survey, ...] | BaseException]]:
        listed = list(inquiries)
        if not listed:
            return
        crew, done = self.hands.crew, 0
        flow = Flow(crew.executor, answer, crew.window, crew.tries_for)
        for group in flow.run(listed):
            done += len(group)
            self.listener.surveying(done, len(listed))
            flow.is_stopped = self.stop()
            for each in group:
                yield each.told, each.back if each.back is not None else each.fault or RuntimeError()
        if done < len(listed):
            raise _StoppedEarlyError

    def _tell_plan(self, plan: Plan) -> None:
        self.summary.left_out = plan.left_out
        self.summary.findings += [*plan.twins, *map(_empty, plan.bare.items())]
        if self.order.flags.prune and not plan.prunes:
            self.summary.findings.append(_refused(plan, self.order.archive))

    def _make(self, plan: Plan, fates: Mapping[str, Fate], standing: Standing) -> None:
        """Make what is to be made; take in what came of it report by report."""
        for each in plan.reports:
            if fates[each.key] in {Fate.UNCHANGED, Fate.FAULTY}:
                self._take_unmade(each, standing)
        todo = [each for each in plan.reports if fates[each.key] in {Fate.NEW, Fate.CHANGED}]
        if not todo or self.stop():
            self.summary.stopped, self.summary.left = bool(todo), len(todo)
            return
        self.keeping.begin()
        self._work(todo, standing)

    def _work(self, todo: list[Planned], standing: Standing) -> None:
        by_key = {each.key: each for each in todo}
        crew = self.hands.crew
        flow = Flow(crew.executor, do, crew.window, crew.tries_for)
        for group in flow.run(self._jobs(todo, standing, crew.window)):
            for each in group:
                planned = by_key.pop(each.told.key)
                self._take(planned, standing, each.back or _lost(planned, each.fault or RuntimeError(), crew.tries_for))
            self.keeping.commit()
            flow.is_stopped = self.stop()
        self.summary.stopped, self.summary.left = bool(by_key), len(by_key)

    def _jobs(self, todo: list[Planned], standing: Standing, step: int) -> Iterator[Job]:
        """Yield the jobs; that they are under way is on the disk before the first of a step is handed out."""
        for start in range(0, len(todo), step):
            if self.stop():
                return
            jobs = [self._job(each, standing) for each in todo[start : start + step]]
            for planned, job in zip(todo[start : start + step], jobs, strict=True):
                self.keeping.state.fly(standing.kept_as(planned), job.known)
            self.keeping.commit()
            yield from jobs

    def _job(self, planned: Planned, standing: Standing) -> Job:
        options = self.order.options
        paths = [f"{planned.stem}{suffix}" for suffix in formats_of(options).values()]
        reading = planned.reading
        return Job(
            planned.key,
            planned.card.source,
            reading,
            planned.card.place,
            planned.card.digest,
            planned.stem,
            self.keeping.store.place,
            options,
            standing.known(paths),
        )

    def _take_unmade(self, planned: Planned, standing: Standing) -> None:
        """Take in a report that is not made in this run: unchanged, or faulty as before."""
        kept = standing.kept.get(planned.key)
        findings = planned.card.findings or (kept.findings if kept and kept.outcome is Outcome.FAILED else ())
        if planned.card.findings:
            standing.failed(self.keeping, planned, planned.card.findings)
        fault = _first(findings) if findings else ""
        paths = tuple(file.path for file in kept.files.values()) if kept else ()
        self._tell(
            Ended(planned.card.source, planned.card.id, "failed" if fault else "unchanged", paths, findings, fault)
        )

    def _take(self, planned: Planned, standing: Standing, result: Result) -> None:
        """Take in what came of a job."""
        findings = (*planned.findings, *result.findings)
        if result.fault and not has_errors(result.findings):
            findings = (*findings, _finding(planned, "AW711", result.fault))
        standing.take(self.keeping, planned, replace(result, findings=findings))
        paths = tuple(file.path for file in result.files.values())
        outcome = "failed" if result.fault else "done"
        self._tell(Ended(planned.card.source, planned.card.id, outcome, paths, findings, result.fault, result.seconds))

    def _tell(self, ended: Ended) -> None:
        self.summary.counts[ended.outcome] += 1
        if ended.outcome != "unchanged":
            self.summary.ended.append(ended)
        self.listener.ended(ended)


def _first(findings: tuple[Finding, ...]) -> str:
    return next((each.message for each in findings if each.severity is Severity.ERROR), findings[0].message)


def _finding(planned: Planned, code: str, message: str) -> Finding:
    return Finding(code, message, place=Place(planned.card.source), hint=CODES[code].hint)


def _empty(bare: tuple[str, int]) -> Finding:
    folder, number = bare
    reports = "1 report from it is kept" if number == 1 else f"{number} reports from it are kept"
    message = f"nothing is in {folder}, as where no disk is mounted; {reports}"
    return Finding("AW714", message, Severity.WARNING, Place(folder), hint=CODES["AW714"].hint)


def _refused(plan: Plan, archive: str) -> Finding:
    one = plan.gone[0].source
    message = f"{len(plan.gone)} of {plan.had} reports have lost their source, such as {one}, and none is removed"
    return Finding("AW715", message, place=Place(archive), hint=CODES["AW715"].hint)


def _lost(planned: Planned, fault: BaseException, tries_for: Callable[[BaseException], int]) -> Result:
    """Return what is told of a report whose call did not come back."""
    code = "AW706" if isinstance(fault, WorkerStuck) else "AW707" if tries_for(fault) > 1 else "AW711"
    own = f"a fault of Afterword itself, please report it ({type(fault).__name__}: {fault})"
    words = fault.message if isinstance(fault, AfterwordError) else str(fault) if code == "AW707" else own
    message = f"{planned.card.source} was not made: {words}"
    return Result(findings=(_finding(planned, code, message),), fault=message, may_pass=True)
