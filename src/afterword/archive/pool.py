"""A pool of warm worker processes behind the standard interface of executors.

Besides what the pool of the standard library does, a call may take a limited time only, a worker that grows is
replaced, and a worker that dies costs its own call and no other.
"""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import pickle
import queue
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import Any, TypeVar

from afterword.archive.flow import WorkerLost, WorkerStuck

Back = TypeVar("Back")

_TRIES = 5
"""Times that the start of a worker is tried."""

SELDOM = (100_000, 50, 100)
"""When Python looks for garbage within a call (`gc.set_threshold`): seldom, since it does after each one."""

_LARGE = 1_000_000_000
"""Bytes of memory after which a worker is replaced."""


@dataclass(slots=True)
class _Call:
    """A call that was submitted."""

    future: Future[Any]
    data: bytes
    label: str


@dataclass(slots=True, eq=False)
class _Worker:
    """A process and what it does now."""

    process: Any
    pid: int
    pipe: Connection
    call: _Call | None = None
    since: float = 0.0
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Activity:
    """What a worker does at a moment."""

    pid: int
    label: str
    seconds: float
    memory: int
    """Bytes, as last told."""


class WorkerPool(Executor):
    """Worker processes. Calls are made in the order in which they are submitted, by the next worker that is free."""

    def __init__(  # noqa: PLR0913 (each is a choice of its own)
        self,
        workers: int,
        *,
        warm: Callable[..., None] | None = None,
        warm_with: tuple[Any, ...] = (),
        time_limit: float | None = None,
        memory_limit: int = _LARGE,
        preload: tuple[str, ...] = (),
    ) -> None:
        """Start the pool.

        `warm` is called in each worker first. `preload` names modules that are loaded once, in the server that workers
        are forked from. `time_limit` is in seconds for each call, `memory_limit` in bytes for each worker.
        """
        self._warm = pickle.dumps((warm, warm_with))
        self._limit, self._memory = time_limit, memory_limit
        self._context = _context(preload)
        self._calls: queue.SimpleQueue[_Call] = queue.SimpleQueue()
        self._waiting: deque[_Call] = deque()
        self._wakes, self._wake = multiprocessing.Pipe(duplex=False)
        self._alive, self._life = multiprocessing.Pipe(duplex=False)
        self._closing, self._killed = False, False
        self._wake_lock = threading.Lock()
        self._door = threading.Lock()
        """Held where the pool is closed and where a call comes in, so that none comes in behind the end."""

        self._end = "the pool is closed"
        self._wanted = workers
        self._workers: list[_Worker] = []
        self.replaced = 0
        """How many workers were replaced, for whatever reason."""

        self._thread = threading.Thread(target=self._manage, name="afterword-pool", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[..., Back], /, *args: Any, **kwargs: Any) -> Future[Back]:  # noqa: ANN401 (any call)
        """Return the future of a call; its fault is WorkerLost or WorkerStuck where the worker did not end it.

        Raises WorkerLost where the pool is closed, or has had to close itself.
        """
        future: Future[Back] = Future()
        label = str(getattr(args[0], "label", "")) if args else ""
        call = _Call(future, pickle.dumps((fn, args, kwargs)), label)
        with self._door:
            if self._closing:
                raise WorkerLost(self._end)
            self._calls.put(call)
        self._poke()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 (the interface)
        """Let the workers end what they do and then leave; with `cancel_futures`, calls that wait are cancelled."""
        if cancel_futures:
            self._cancel()
        with self._door:
            self._closing = True
        self._poke()
        if wait:
            self._thread.join()

    def kill(self) -> None:
        """End all workers at once, whatever they do."""
        self._killed = True
        self.shutdown(cancel_futures=True)

    def busy(self) -> tuple[Activity, ...]:
        """Return what each worker does now."""
        now = time.monotonic()
        found = []
        for worker in tuple(self._workers):
            call = worker.call
            label, seconds = (call.label, now - worker.since) if call else ("", 0.0)
            found.append(Activity(worker.pid, label, seconds, worker.memory))
        return tuple(found)

    def _cancel(self) -> None:
        for call in self._drawn():
            call.future.cancel()
            call.future.set_running_or_notify_cancel()  # else whoever waits for it would not see that it has ended
        for call in tuple(self._waiting):  # these are the thread's, which tells it
            call.future.cancel()

    def _drawn(self) -> Iterator[_Call]:
        """Yield the calls that came in, and take them out."""
        with suppress(queue.Empty):
            while True:
                yield self._calls.get_nowait()

    def _poke(self) -> None:
        with self._wake_lock, suppress(OSError):
            self._wake.send_bytes(b".")

    def _manage(self) -> None:
        """Hand out calls and take in what came of them, until the pool is closed and nothing is left to do."""
        try:
            self._hand_out()
            while not self._is_over():
                self._listen()
                self._end_stuck()
                self._hand_out()  # also drops what was cancelled, so that nothing is waited for in vain
        except Exception as error:  # noqa: BLE001 (whatever it is, no call may be left without an end)
            self._fail_all(f"no worker can be started: {str(error) or type(error).__name__}")
        finally:
            for worker in self._workers:
                self._dismiss(worker)
            self._life.close()

    def _fail_all(self, why: str) -> None:
        """Take no more calls, and end those that there are, also where they wait."""
        with self._door:
            self._closing, self._end = True, why
        for worker in self._workers:
            self._lose(worker, WorkerLost(why))
        self._waiting.extend(self._drawn())
        while self._waiting:
            future = self._waiting.popleft().future
            if future.set_running_or_notify_cancel():
                future.set_exception(WorkerLost(why))

    def _is_over(self) -> bool:
        if self._killed:
            for worker in self._workers:
                _kill(worker)
            self._fail_all("the run was stopped")
            return True
        idle = not self._waiting and self._calls.empty() and not any(each.call for each in self._workers)
        return self._closing and idle

    def _hand_out(self) -> None:
        self._waiting.extend(self._drawn())
        while self._waiting and (worker := self._free()):
            call = self._waiting.popleft()
            if not call.future.set_running_or_notify_cancel():
                continue
            worker.call, worker.since = call, time.monotonic()
            try:
                worker.pipe.send_bytes(call.data)
            except OSError:
                self._replace(worker, WorkerLost("the worker ended before its work"))

    def _free(self) -> _Worker | None:
        """Return a worker that has nothing to do, a new one while there are fewer than wanted."""
        found = next((each for each in self._workers if each.call is None), None)
        if found is None and len(self._workers) < self._wanted:
            found = self._started()
            self._workers.append(found)
        return found

    def _started(self) -> _Worker:
        ours, theirs = multiprocessing.Pipe()
        process = self._process(theirs)
        theirs.close()
        return _Worker(process, process.pid or 0, ours)

    def _process(self, pipe: Connection) -> Any:  # noqa: ANN401 (of one of two contexts)
        """Return a started process; a server of workers that has died is started anew, which takes another try."""
        for tries in itertools.count(1):
            process = self._context.Process(target=_work, args=(pipe, self._alive, self._warm), daemon=True)
            try:
                process.start()
            except (OSError, EOFError):
                if tries == _TRIES:
                    raise
                time.sleep(0.1 * tries)
            else:
                return process
        raise AssertionError

    def _listen(self) -> None:
        """Wait until a worker or a caller has something to say, or until the next call has had its time."""
        ready = wait([*(each.pipe for each in self._workers), self._wakes], timeout=self._patience())
        if self._wakes in ready:
            self._wakes.recv_bytes()
        for worker in [each for each in self._workers if each.pipe in ready]:
            self._hear(worker)

    def _patience(self) -> float | None:
        started = [each.since for each in self._workers if each.call]
        if self._limit is None or not started:
            return None
        return max(0.0, min(started) + self._limit - time.monotonic())

    def _hear(self, worker: _Worker) -> None:
        try:
            is_fine, back, worker.memory = pickle.loads(worker.pipe.recv_bytes())  # noqa: S301 (from our own process)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._replace(worker, WorkerLost(_epitaph(worker.process)))
            return
        call, worker.call = worker.call, None
        if call:
            call.future.set_result(back) if is_fine else call.future.set_exception(back)
        if worker.memory > self._memory:
            self._replace(worker, None)

    def _end_stuck(self) -> None:
        now = time.monotonic()
        for worker in tuple(self._workers):
            if self._limit is not None and worker.call and now - worker.since >= self._limit:
                _kill(worker)
                self._replace(worker, WorkerStuck(f"it took longer than {self._limit:g} seconds"))

    def _replace(self, worker: _Worker, fault: BaseException | None) -> None:
        """Part with a worker; the next call starts another one."""
        self._workers.remove(worker)
        self.replaced += 1
        self._lose(worker, fault)
        self._dismiss(worker)

    def _lose(self, worker: _Worker, fault: BaseException | None) -> None:
        call, worker.call = worker.call, None
        if call and fault:
            call.future.set_exception(fault)

    def _dismiss(self, worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.join(timeout=5)
        if worker.process.is_alive():
            _kill(worker)
            worker.process.join()
        worker.process.close()


def _kill(worker: _Worker) -> None:
    """End a process at once; asked by its number, as its object holds it for dead once the server of workers is."""
    if os.name == "nt":
        worker.process.kill()
    else:
        with suppress(ProcessLookupError):
            os.kill(worker.pid, signal.SIGKILL)


def _epitaph(process: Any) -> str:  # noqa: ANN401 (processes of two kinds of contexts)
    """Return in words how a process ended."""
    process.join(timeout=5)
    code = process.exitcode
    if code is not None and code < 0:
        with suppress(ValueError):
            return f"its worker was ended by {signal.Signals(-code).name}"
    return f"its worker ended with exit code {code}"


def _context(preload: tuple[str, ...]) -> ForkServerContext | SpawnContext:
    """Return how processes are started: from a server that has the libraries loaded, or anew where there is none."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def _work(pipe: Connection, alive: Connection, warm: bytes) -> None:
    """Answer calls until the pipe is closed: the life of a worker."""
    for number in (signal.SIGINT, signal.SIGTERM):  # they reach all; the coordinator decides what they mean
        signal.signal(number, signal.SIG_IGN)
    threading.Thread(target=_die_with, args=(alive,), daemon=True).start()
    function, arguments = pickle.loads(warm)  # noqa: S301 (from our own process)
    if function:
        function(*arguments)
    gc.freeze()  # what was loaded stays; to look through it again and again takes a tenth of the time of a report
    gc.set_threshold(*SELDOM)
    with suppress(EOFError, OSError):
        for _ in itertools.count():
            pipe.send_bytes(_answer(pipe.recv_bytes()))
            gc.collect()


def _die_with(alive: Connection) -> None:
    """End this process when the coordinator has ended, so that nobody writes behind the next run's back."""
    with suppress(OSError):
        wait([alive])
    os._exit(1)


def _answer(data: bytes) -> bytes:
    try:
        function, args, kwargs = pickle.loads(data)  # noqa: S301 (from our own process)
        return pickle.dumps((True, function(*args, **kwargs), memory()))
    except BaseException as error:  # noqa: BLE001 (whatever a call raises belongs to its future)
        return pickle.dumps((False, _portable(error), memory()))


def _portable(error: BaseException) -> BaseException:
    """Return an error that can be sent: itself, or its words."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)
    except Exception:  # noqa: BLE001 (anything can go wrong in what others wrote)
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def memory() -> int:
    """Return how much memory this process has, in bytes; its peak where the system tells nothing else."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 (read for each report)
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return _peak()


def _peak() -> int:
    try:
        resource = import_module("resource")
    except ImportError:  # Windows
        return 0
    used = int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    return used if sys.platform == "darwin" else used * 1024
