"""The same run on a cluster of Dask workers, each a process of its own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

import psutil
import pytest
from archive_runner import contents, order_for, run, write

from afterword.archive.flow import WorkerStuck
from afterword.archive.verify import verify
from afterword.errors import AfterwordError
from effort import FULL

dask = pytest.importorskip("afterword.archive.dask")
Client = pytest.importorskip("distributed").Client

pytestmark = pytest.mark.xdist_group("dask")  # one cluster at a time

_CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()
"""


@contextmanager
def _cluster(folder: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Start a cluster of two workers; yield its address and its process."""
    script = folder / "cluster.py"
    script.write_text(_CLUSTER, "utf-8")
    with (folder / "cluster.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(script)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, cwd=folder
        )
    with process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield process.stdout.readline().decode().strip(), psutil.Process(process.pid)
        process.stdin.close()


def _command(sources: Path, archive: Path, address: str) -> list[str]:
    options = ["--to", "json,md", "--executor", "dask", "--scheduler", address, "--log-format", "json"]
    return [sys.executable, "-m", "afterword", "archive", str(sources), "-o", str(archive), *options]


def test_a_cluster_makes_the_same_bag_also_when_it_loses_a_worker(tmp_path: Path) -> None:
    """Two Dask workers, one of them killed on the way: byte for byte what one machine makes."""
    sources = write(tmp_path / "in", *range(40))
    with _cluster(tmp_path) as (address, process):
        command = _command(sources, tmp_path / "archive", address)
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout is not None
            for _ in range(4):
                running.stdout.readline()
            workers = [each for each in process.children(recursive=True) if "spawn_main" in " ".join(each.cmdline())]
            workers[0].kill()
            out, told = running.communicate(timeout=120)
    assert running.returncode == 0, told.decode() + out.decode()

    run(order_for(sources, tmp_path / "local"))
    assert contents(tmp_path / "archive") == contents(tmp_path / "local")
    assert verify(str(tmp_path / "archive")).findings == []


class _Parts:
    """A scheduler and its workers, each started by hand as on a cluster."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._folder = folder
        self._workers: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start a scheduler at the address, and two workers that find it."""
        self._scheduler = self._started("scheduler", "--port", str(self._port), "--host", "127.0.0.1")
        self._workers += [self._started("worker", self.address, "--nthreads", "1") for _ in range(2)]
        with Client(self.address, timeout=30, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=30)

    def kill_scheduler(self) -> None:
        """Let it be gone at once, with all that it knew."""
        self._scheduler.kill()
        self._scheduler.wait()

    def end(self) -> None:
        """End what still runs."""
        for process in (self._scheduler, *self._workers):
            process.kill()
            process.wait()

    def _started(self, part: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{part}", *options, "--no-dashboard"]
        with (self._folder / f"{part}.log").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=self._folder)


@pytest.mark.skipif(not FULL, reason="with --full, because starting a scheduler twice takes a quarter of a minute")
def test_a_run_outlives_its_scheduler(tmp_path: Path) -> None:
    """A scheduler that is killed and started anew with other workers: the run goes on to the same bag."""
    sources, parts = write(tmp_path / "in", *range(40)), _Parts(tmp_path)
    parts.start()
    try:
        command = _command(sources, tmp_path / "archive", parts.address)
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
            assert running.stdout is not None
            for _ in range(4):
                running.stdout.readline()
            parts.kill_scheduler()
            parts.start()
            try:
                out, told = running.communicate(timeout=120)
            finally:
                running.kill()
    finally:
        parts.end()
    assert running.returncode == 0, told.decode() + out.decode()
    run(order_for(sources, tmp_path / "local"))
    assert contents(tmp_path / "archive") == contents(tmp_path / "local")


def test_a_scheduler_that_is_not_there_is_told() -> None:
    """With its address and what to check."""
    with pytest.raises(AfterwordError, match="no Dask scheduler answers"), dask.crew("tcp://127.0.0.1:9", 1.0):
        pass


def test_a_port_where_something_else_listens_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as that of the dashboard: nothing is waited for without end."""
    monkeypatch.setattr(dask, "_GREETING", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(AfterwordError, match=f"no Dask scheduler answers at {address}: .+"), dask.crew(address, 1):
            pass


def test_what_certificates_are_for_is_told() -> None:
    """The configuration of Dask holds for the first question too, and what it lacks for encryption is told."""
    with pytest.raises(AfterwordError, match="TLS configuration"), dask.crew("tls://127.0.0.1:9", 1):
        pass
    demanded = {"distributed.comm.require-encryption": True}
    expected = pytest.raises(AfterwordError, match="encryption required")
    with import_module("dask.config").set(demanded), expected, dask.crew("tcp://127.0.0.1:9", 1):
        pass


def test_a_call_that_takes_too_long_is_interrupted() -> None:
    """The worker of a cluster goes on with the next one."""

    def stuck() -> None:
        while True:
            time.sleep(0.01)

    with pytest.raises(WorkerStuck, match=r"0\.1 seconds"):
        dask.within(0.1, stuck)
    assert dask.within(5, json.loads, "1") == 1
