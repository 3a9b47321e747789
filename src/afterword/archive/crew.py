"""The workers of a run: processes on this machine, or those of a Dask cluster."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from afterword.archive.pool import WorkerPool
from afterword.archive.run import Crew
from afterword.errors import UsageError

_AHEAD = 3
"""Calls that an executor is given for each worker, so that none waits for its next one."""


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


@contextmanager
def local_crew(workers: int, time_limit: float, *, with_engines: bool) -> Iterator[Crew]:
    """Start worker processes on this machine; at the end of the block they end what they do and leave."""
    preload = "afterword.archive.preload" if with_engines else "afterword.archive.job"
    pool = WorkerPool(workers, time_limit=time_limit or None, preload=(preload,))
    try:
        yield Crew(pool, workers * _AHEAD)
    except BaseException:
        pool.kill()
        raise
    pool.shutdown()


@contextmanager
def dask_crew(scheduler: str, time_limit: float) -> Iterator[Crew]:
    """Connect to a Dask scheduler; raise UsageError where the library is missing, or no scheduler answers."""
    try:
        from afterword.archive import dask
    except ImportError as error:
        message = "--executor dask needs the library distributed: pip install 'afterword[dask]'"
        raise UsageError(message) from error
    with dask.crew(scheduler, time_limit) as crew:
        yield crew
