"""The workers of a Dask cluster as an executor. The one place that imports distributed."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from concurrent.futures import wait as wait_for
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from distributed import Client, KilledWorker, Security, rpc
from distributed import Future as ClusterFuture
from distributed.comm.core import CommClosedError

from afterword.archive.flow import WorkerLost, WorkerStuck
from afterword.archive.pool import SELDOM
from afterword.archive.run import Crew
from afterword.errors import AfterwordError

Back = TypeVar("Back")

_AHEAD = 3
"""Calls that the cluster is given for each thread, so that none waits for its next one."""

_TRIES = 5
"""Tries for a call that was lost through no doing of its own."""

_PATIENCE = 60.0
"""Seconds for which a scheduler that has gone is waited for."""

_GREETING = 5.0
"""Seconds in which a scheduler has to answer for the first time."""


@contextmanager
def crew(scheduler: str, time_limit: float) -> Iterator[Crew]:
    """Connect to a scheduler; raise AfterwordError where none answers, or it has no workers."""
    threads = _threads(scheduler)
    if not threads:
        message = f"the Dask scheduler at {scheduler} has no workers; start some with `dask worker {scheduler}`"
        raise AfterwordError(message)
    with Client(scheduler, timeout=_PATIENCE, set_as_default=False) as client:
        yield Crew(ClusterExecutor(client, time_limit), threads * _AHEAD, tries_for)


def _threads(scheduler: str) -> int:
    """Return how many calls the workers of a scheduler do at a time; one that is not there is not waited for long."""
    try:
        workers = asyncio.run(asyncio.wait_for(_workers(scheduler), _GREETING))
    except (OSError, ValueError, TypeError, RuntimeError) as error:  # the last two where certificates are missing
        what = str(error) or f"nothing that a scheduler says within {_GREETING:g} seconds"
        message = (
            f"no Dask scheduler answers at {scheduler}: {what}; check the address, and that it runs the same version"
        )
        raise AfterwordError(message) from error
    return sum(each["nthreads"] for each in workers.values())


async def _workers(scheduler: str) -> dict[str, Any]:
    """Return what a scheduler knows of its workers, by address.

    It is asked by a bare call, since a client of Dask waits without end where something else listens.
    """
    certificates = Security().get_connection_args("client")  # those of Dask's configuration, as a client takes them
    async with rpc(scheduler, timeout=_GREETING, connection_args=certificates) as there:
        return dict((await there.identity())["workers"])


def tries_for(fault: BaseException) -> int:
    """Return how many tries a call has that ends with a fault: more where the scheduler is gone with all it knew."""
    if isinstance(fault, CancelledError | CommClosedError):
        return _TRIES
    return 2 if isinstance(fault, WorkerLost | KilledWorker) else 1


class ClusterExecutor(Executor):
    """A Dask cluster as an executor, with a time limit for each call, and patience while the scheduler starts anew.

    Dask's own one leaves a future undone for good where its result was ready and the scheduler died before it came.
    """

    def __init__(self, client: Client, time_limit: float) -> None:
        """Keep the client; the limit is in seconds, 0 for none."""
        self._client, self._limit = client, time_limit
        self._flying: dict[Future[Any], ClusterFuture] = {}

    def submit(self, fn: Callable[..., Back], /, *args: Any, **kwargs: Any) -> Future[Back]:  # noqa: ANN401 (any call)
        """Return the future of a call; raise WorkerLost where the scheduler does not come back."""
        end = time.monotonic() + _PATIENCE
        while self._client.status != "running":
            if time.monotonic() > end or self._client.status == "closed":
                message = "the Dask scheduler is gone"
                raise WorkerLost(message)
            time.sleep(0.2)
        future: Future[Back] = Future()
        there = self._client.submit(within, self._limit, fn, *args, pure=False, retries=0, **kwargs)
        self._flying[future] = there  # what nobody holds is forgotten by the cluster
        there.add_done_callback(partial(self._pass_on, future))
        return future

    def _pass_on(self, future: Future[Any], there: ClusterFuture) -> None:
        """Let a future of ours end as its call on the cluster has ended, or its coming back."""
        try:
            future.set_result(there.result())
        except BaseException as error:  # noqa: BLE001 (whatever comes in its place belongs to the future)
            future.set_exception(error)
        self._flying.pop(future, None)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 (the interface)
        """Let what runs end, or cancel it."""
        if cancel_futures:
            self._client.cancel(list(self._flying.values()))
        elif wait:
            wait_for(list(self._flying))


class _Late(BaseException):
    """Raised in a call that has had its time."""


def within(limit: float, function: Callable[..., Back], *args: Any, **kwargs: Any) -> Back:  # noqa: ANN401 (any call)
    """Return what a call returns; raise WorkerStuck once it has taken `limit` seconds, 0 for any time.

    A worker of a cluster is not ours to kill, so that the call is interrupted between two steps of Python.
    """
    if not limit:
        with _seldom_searched():
            return function(*args, **kwargs)
    lock, over = threading.Lock(), threading.Event()
    watch = threading.Thread(target=_interrupt, args=(threading.get_ident(), limit, lock, over), daemon=True)
    watch.start()
    try:
        with _seldom_searched():
            back = function(*args, **kwargs)
        with lock:
            over.set()
    except _Late:
        message = f"it took longer than {limit:g} seconds"
        raise WorkerStuck(message) from None
    finally:
        over.set()
    return back


@contextmanager
def _seldom_searched() -> Iterator[None]:
    """Let Python look for garbage as seldom as in a worker of our own, while a call runs; the process is not ours."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _interrupt(thread: int, limit: float, lock: threading.Lock, over: threading.Event) -> None:
    if over.wait(limit):
        return
    with lock:
        if not over.is_set():
            ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_Late))
