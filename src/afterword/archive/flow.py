"""Many calls through an executor, with few at a time in its hands, and a second try where a worker died."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from afterword.errors import AfterwordError

Told = TypeVar("Told")
Back = TypeVar("Back")


class WorkerLost(AfterwordError):  # noqa: N818 (it says what happened)
    """A worker ended while it was working on a call."""


class WorkerStuck(AfterwordError):  # noqa: N818 (as above)
    """A worker took longer for a call than it may, and was ended."""


@dataclass(frozen=True, slots=True)
class Ended(Generic[Told, Back]):
    """How one call ended."""

    told: Told
    back: Back | None
    fault: BaseException | None = None


def tries_for(fault: BaseException) -> int:
    """Return how many tries a call has that ends so: two where its worker was lost, which may be its doing."""
    return 2 if isinstance(fault, WorkerLost) else 1


@dataclass(slots=True)
class Flow(Generic[Told, Back]):
    """Calls of one function. At most `window` of them are with the executor, so that memory does not grow."""

    executor: Executor
    work: Callable[[Told], Back]
    window: int
    tries_for: Callable[[BaseException], int] = tries_for
    """How many tries a call has that ends with a fault."""

    is_stopped: bool = False
    """Set from outside: nothing more is handed out, and what is under way is waited for."""

    def run(self, calls: Iterable[Told]) -> Iterator[list[Ended[Told, Back]]]:
        """Yield how the calls ended, those together that ended at the same time, in no particular order."""
        waiting = iter(calls)
        flying: dict[Future[Back], tuple[Told, int]] = {}
        self._fill(flying, waiting)
        while flying:
            done, _ = wait(flying, timeout=0.5, return_when=FIRST_COMPLETED)
            ended = [each for future in done if (each := self._ended(future, flying))]
            self._fill(flying, waiting)
            yield ended

    def _fill(self, flying: dict[Future[Back], tuple[Told, int]], waiting: Iterator[Told]) -> None:
        while len(flying) < self.window and not self.is_stopped:
            told = next(waiting, None)
            if told is None:
                return
            flying[self._submit(told)] = (told, 1)

    def _submit(self, told: Told) -> Future[Back]:
        try:
            return self.executor.submit(self.work, told)
        except Exception as error:  # noqa: BLE001 (what a broken executor raises is the end of this call)
            failed: Future[Any] = Future()
            failed.set_exception(error)
            return failed

    def _ended(self, future: Future[Back], flying: dict[Future[Back], tuple[Told, int]]) -> Ended[Told, Back] | None:
        """Return how a call ended, or None where it is tried again."""
        told, tries = flying.pop(future)
        fault: BaseException | None = _fault(future)
        if fault is None:
            return Ended(told, future.result())
        if tries < self.tries_for(fault) and not self.is_stopped:
            flying[self._submit(told)] = (told, tries + 1)
            return None
        return Ended(told, None, fault)


def _fault(future: Future[Any]) -> BaseException | None:
    try:
        return future.exception()
    except BaseException as error:  # noqa: BLE001 (a call that was cancelled raises, and is told like any other)
        return error
