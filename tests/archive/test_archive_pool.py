"""The pool of workers, with real processes and real signals."""

from __future__ import annotations

import errno
import multiprocessing.forkserver
import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, wait
from pathlib import Path
from threading import Event
from typing import NoReturn

import pytest

from afterword.archive.flow import Flow, WorkerLost, WorkerStuck
from afterword.archive.pool import WorkerPool


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    """Return a pool of two workers."""
    with WorkerPool(2) as found:
        yield found


def _kill_myself(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_once(path: str) -> str:
    """Die at the first call with a path, and answer at the second."""
    if Path(path).exists():
        return "alive"
    Path(path).write_text("x", "utf-8")
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def _grow(size: int) -> int:
    _HELD.append(bytearray(size))
    return os.getpid()


_HELD: list[bytearray] = []


def _raise_value_error() -> None:
    message = "this one"
    raise ValueError(message)


def test_it_is_an_executor_like_any_other(pool: WorkerPool) -> None:
    """Calls go in, values and errors come out, in the standard interface."""
    assert isinstance(pool, Executor)
    assert list(pool.map(abs, range(-20, 0), timeout=60)) == list(range(20, 0, -1))
    with pytest.raises(ValueError, match="this one"):
        pool.submit(_raise_value_error).result(60)


def test_workers_are_other_processes_and_stay(pool: WorkerPool) -> None:
    """Two workers do all the work, so that what they have loaded is loaded once."""
    pids = {pool.submit(os.getpid).result(60) for _ in range(20)}

    assert os.getpid() not in pids
    assert 1 <= len(pids) <= 2


def test_a_worker_that_dies_costs_its_own_call_only(pool: WorkerPool) -> None:
    """The future of its call says how it died, and all others come back."""
    lost = pool.submit(_kill_myself)
    others = [pool.submit(abs, -number) for number in range(10)]

    assert [each.result(60) for each in others] == list(range(10))
    with pytest.raises(WorkerLost, match="SIGKILL"):
        lost.result(60)


def test_a_call_that_takes_too_long_is_ended_and_told() -> None:
    """A stuck worker is killed, and another one takes its place."""
    with WorkerPool(1, time_limit=0.5) as pool:
        stuck = pool.submit(time.sleep, 600)
        with pytest.raises(WorkerStuck, match=r"0\.5 seconds"):
            stuck.result(60)
        assert pool.submit(abs, -1).result(60) == 1


def test_a_worker_that_grows_is_replaced() -> None:
    """After the call that made it too large, a fresh process does the next one."""
    with WorkerPool(1, memory_limit=200_000_000) as pool:
        first = pool.submit(_grow, 300_000_000).result(60)
        second = pool.submit(os.getpid).result(60)
        assert first != second
        assert pool.replaced == 1


def test_waiting_calls_can_be_cancelled_and_the_rest_is_ended() -> None:
    """Closing with `cancel_futures` ends what runs and drops what waits."""
    pool = WorkerPool(1)
    running = pool.submit(time.sleep, 0.2)
    waiting = [pool.submit(abs, -1) for _ in range(5)]
    while not running.running():
        time.sleep(0.01)
    pool.shutdown(cancel_futures=True)

    assert running.done()
    assert running.exception() is None
    with pytest.raises(CancelledError):
        waiting[-1].result(1)
    assert not wait(waiting, timeout=1).not_done
    with pytest.raises(WorkerLost, match="closed"):
        pool.submit(abs, -1)


def test_it_says_what_each_worker_does(pool: WorkerPool) -> None:
    """Progress can show them: process, call, seconds, memory."""
    pool.submit(abs, -1).result(60)
    [worker] = pool.busy()

    assert worker.pid > 0
    assert worker.memory > 1_000_000
    assert worker.label == ""


def test_killing_the_pool_ends_what_it_does_at_once() -> None:
    """No call is left without an end."""
    pool = WorkerPool(1)
    running = pool.submit(time.sleep, 600)
    while not running.running():
        time.sleep(0.01)
    waiting = [pool.submit(abs, -1) for _ in range(3)]
    pool.kill()

    assert isinstance(running.exception(1), WorkerLost)
    assert not wait(waiting, timeout=1).not_done


def test_where_no_worker_can_be_started_every_call_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls that wait have a fault, which whoever waits for them sees, and so have those that come later."""
    asked = Event()

    def broken(*_: object) -> NoReturn:
        asked.wait(5)
        raise OSError(errno.EAGAIN, "no more processes")

    monkeypatch.setattr(WorkerPool, "_process", broken)
    with WorkerPool(2) as pool:
        calls = [pool.submit(abs, -1) for _ in range(3)]
        asked.set()
        assert not wait(calls, timeout=5).not_done
        faults = [call.exception(1) for call in calls]
        assert all(isinstance(fault, WorkerLost) and "no more processes" in str(fault) for fault in faults)
        flow: Flow[int, int] = Flow(pool, abs, 2)
        [ended] = [each for group in flow.run([-1]) for each in group]
        assert isinstance(ended.fault, WorkerLost)


def test_a_lost_call_is_tried_once_more_in_a_fresh_worker(tmp_path: Path, pool: WorkerPool) -> None:
    """A report whose worker was killed is made all the same; one that kills each worker is told."""
    flow = Flow(pool, _die_once, 2)
    [ended] = [each for group in flow.run([str(tmp_path / "mark")]) for each in group]
    assert ended.back == "alive"

    fatal: Flow[str, None] = Flow(pool, _kill_myself, 2)
    [lost] = [each for group in fatal.run(["x"]) for each in group]
    assert isinstance(lost.fault, WorkerLost)
    assert pool.replaced == 3


def test_few_calls_are_out_at_a_time(pool: WorkerPool) -> None:
    """Calls are drawn as others end, so that memory does not grow with their number."""
    drawn: list[int] = []

    def calls() -> Iterator[int]:
        for number in range(50):
            drawn.append(number)
            yield number

    flow: Flow[int, int] = Flow(pool, abs, 4)
    most, ended = 0, 0
    for group in flow.run(calls()):
        most = max(most, len(drawn) - ended)
        ended += len(group)

    assert ended == 50
    assert most <= 8


def test_workers_outlive_the_server_that_they_are_forked_from(pool: WorkerPool) -> None:
    """Where that server is killed, another one is started, and every call comes back."""
    assert pool.submit(abs, -1).result(60) == 1
    server = multiprocessing.forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined] # a private of Python
    os.kill(server, signal.SIGKILL)

    calls = [pool.submit(_kill_myself), *(pool.submit(abs, -number) for number in range(1, 8))]

    assert [call.result(60) for call in calls[1:]] == list(range(1, 8))
