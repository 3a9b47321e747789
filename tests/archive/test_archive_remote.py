"""Archives and sources in an object store, over real HTTP on this machine."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from archive_runner import contents, order_for, record, run, status_page, write

from afterword.archive import lease
from afterword.archive.hold import keep
from afterword.archive.keeping import STATE
from afterword.archive.remote import RemoteStore
from afterword.archive.remote_sources import sources_at
from afterword.archive.run import Flags
from afterword.archive.stores import store_at
from afterword.archive.verify import verify
from afterword.errors import OutputError, UsageError
from afterword.options import RenderOptions
from afterword.pipeline import Rendered, render_loaded

moto = pytest.importorskip("moto.server")

pytestmark = pytest.mark.xdist_group("s3")  # one server, by one worker


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Return the address of an S3 server."""
    running = moto.ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    environ = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    before = dict(os.environ)
    os.environ.update(environ)
    yield environ["AWS_ENDPOINT_URL"]
    os.environ.clear()
    os.environ.update(before)
    running.stop()


@pytest.fixture
def bucket(server: str, tmp_path: Path) -> str:
    """Return the URL of an empty place in the server."""
    assert server
    store_at.cache_clear()
    store = RemoteStore("s3://reports")
    if not store._fs.exists("reports"):
        store._fs.mkdir("reports")
    return f"s3://reports/{tmp_path.name}"


def _copy(url: str, folder: Path) -> Path:
    """Bring a bag from the store into a folder."""
    store = RemoteStore(url)
    for entry in store.walk(""):
        (folder / entry.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / entry.path).write_bytes(store.read(entry.path))
    return folder


def test_an_archive_in_a_store_is_the_same_bag(bucket: str, tmp_path: Path) -> None:
    """Made, left alone where nothing changed, verified; byte for byte what a folder would hold."""
    sources = write(tmp_path / "in", 1, 2, 3)
    order = order_for(sources, f"{bucket}/archive")

    assert run(order).counts["done"] == 3
    assert run(order).counts == {"done": 0, "unchanged": 3, "failed": 0}

    run(order_for(sources, tmp_path / "local"))
    assert contents(_copy(f"{bucket}/archive", tmp_path / "copy")) == contents(tmp_path / "local")
    assert verify(f"{bucket}/archive").findings == []


def test_a_binder_in_a_store_is_that_of_a_folder(bucket: str, tmp_path: Path) -> None:
    """It is made from the reports in the store, and is byte for byte what a folder would hold."""
    sources = write(tmp_path / "in", 1, 2)
    wishes: dict[str, Any] = {"options": RenderOptions(("pdf",)), "flags": Flags(binder=True)}
    assert run(order_for(sources, f"{bucket}/archive", **wishes)).is_fine
    assert run(order_for(sources, f"{bucket}/archive", **wishes)).counts["unchanged"] == 2

    run(order_for(sources, tmp_path / "local", **wishes))
    copied = contents(_copy(f"{bucket}/archive", tmp_path / "copy"))
    assert "data/binder.pdf" in copied
    assert copied == contents(tmp_path / "local")
    assert verify(f"{bucket}/archive").findings == []

    lost = next(name for name in copied if name.endswith(".pdf") and name != "data/binder.pdf")
    assert not store_at(f"{bucket}/archive").fetched(f"{lost}.no", tmp_path).exists()


def test_sources_in_a_store_bring_the_files_that_they_name(bucket: str, tmp_path: Path) -> None:
    """Records, JSON Lines and attachments are read from where they are, and a changed attachment is seen."""
    store = RemoteStore(f"{bucket}/in")
    store.put("deep/1.json", json.dumps(record(1, attachments=["logs/a.txt"])).encode())
    store.put("deep/logs/a.txt", b"one")
    store.put("many.jsonl", "".join(json.dumps(record(number)) + "\n" for number in (2, 3)).encode())
    order = order_for(f"{bucket}/in", tmp_path / "archive")

    assert run(order).counts == {"done": 3, "unchanged": 0, "failed": 0}
    assert run(order).counts["unchanged"] == 3
    store.put("deep/logs/a.txt", b"two")
    assert run(order).counts == {"done": 1, "unchanged": 2, "failed": 0}
    store.remove("deep/1.json")
    assert run(order_for(f"{bucket}/in", tmp_path / "archive", prune=True)).pruned == 1


def test_exports_of_a_tool_in_a_store_are_not_gone_while_they_are_in_no_source(bucket: str, tmp_path: Path) -> None:
    """`--prune` asks the store for their files, and removes a report only when its file is not there."""
    store, archive = RemoteStore(f"{bucket}/in"), tmp_path / "archive"
    status_page(tmp_path / "dump.json", "abc")
    store.put("dump.json", (tmp_path / "dump.json").read_bytes())
    assert run(order_for(f"{bucket}/in", archive)).counts["done"] == 1
    others = order_for(write(tmp_path / "other", 1), archive, prune=True)

    assert run(others).pruned == 0
    store.remove("dump.json")
    assert run(others).pruned == 1


def test_a_source_that_could_not_be_fetched_is_fetched_again(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that failed once is no fault of the file, whose stamp is the same the next time."""
    RemoteStore(f"{bucket}/in").put("1.json", json.dumps(record(1)).encode())
    order = order_for(f"{bucket}/in", tmp_path / "archive")

    def cannot(*_: object) -> bytes:
        message = "the store is away"
        raise OutputError(message)

    with monkeypatch.context() as away:
        away.setattr(RemoteStore, "read", cannot)
        assert [each.code for each in run(order).ended[0].findings] == ["AW101"]

    assert run(order).counts == {"done": 1, "unchanged": 0, "failed": 0}


def test_of_a_dump_in_a_store_each_report_fetches_its_line(
    bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dump is fetched in stretches, and a report is laid out once, after the files that it names are there."""
    lines = [json.dumps(record(number, attachments=["a.txt"])) + "\n" for number in range(1, 7)]
    store = RemoteStore(f"{bucket}/in")
    store.put("many.jsonl", "".join(lines).encode())
    store.put("a.txt", b"x")
    monkeypatch.setattr("afterword.archive.survey._STRETCH", 200)
    fetched: list[int] = []
    rendered: list[object] = []
    read = RemoteStore.read

    def noted(self: RemoteStore, path: str, start: int = 0, end: int | None = None) -> bytes:
        data = read(self, path, start, end)
        fetched.extend([len(data)] * path.endswith(".jsonl"))
        return data

    def counted(*given: Any, **named: Any) -> Rendered:  # noqa: ANN401 (handed on)
        rendered.append(given)
        return render_loaded(*given, **named)

    monkeypatch.setattr(RemoteStore, "read", noted)
    monkeypatch.setattr("afterword.archive.job.render_loaded", counted)

    assert run(order_for(f"{bucket}/in/many.jsonl", tmp_path / "archive")).counts["done"] == 6
    assert sum(fetched) == 3 * sum(map(len, lines))
    assert len(rendered) == 6


def test_a_second_run_on_an_archive_in_a_store_stops(bucket: str, tmp_path: Path) -> None:
    """Who holds the archive is named."""
    order = order_for(write(tmp_path / "in", 1), f"{bucket}/archive")
    with keep(order.archive), pytest.raises(OutputError) as raised:
        run(order)

    assert raised.value.findings[0].code == "AW703"
    assert str(os.getpid()) in raised.value.message


def test_a_lease_that_nobody_renews_is_taken_over(bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine that vanished does not lock an archive for ever."""
    monkeypatch.setattr(lease, "PATIENCE", 0.3)
    archive = f"{bucket}/archive"
    gone = {"pid": 1, "host": "elsewhere", "since": "", "mark": "x", "beats": 3}
    RemoteStore(archive).put(".afterword/lease.json", json.dumps(gone).encode())

    assert run(order_for(write(tmp_path / "in", 1), archive)).is_fine


def test_a_lease_that_another_run_has_taken_meanwhile_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two runs that wait for one abandoned lease do not both get it, though both begin to count at 0."""
    held = {"host": socket.gethostname(), "pid": 2**22 + 1, "beats": 0}
    first, second = {**held, "mark": "x"}, {**held, "mark": "y", "pid": os.getpid()}
    answers = iter([first, second, second])
    removed: list[str] = []
    monkeypatch.setattr(lease, "_read", lambda _: next(answers, second))
    monkeypatch.setattr(lease, "_is_renewed", lambda *_: True)
    monkeypatch.setattr(RemoteStore, "create", lambda *_: False)
    monkeypatch.setattr(RemoteStore, "remove", lambda _, path: removed.append(path))

    with pytest.raises(OutputError, match="another run"):
        lease._take(lease._Lease(RemoteStore("memory://x")))
    assert removed == []


def test_who_has_lost_the_lease_does_not_write_the_state(bucket: str) -> None:
    """The whole state is as much another run's by then as its journal is."""
    store = RemoteStore(f"{bucket}/archive")

    def lose() -> None:
        with keep(f"{bucket}/archive") as keeping:
            keeping.state.set_fact("a", "b")
            keeping.commit()
            store.put(".afterword/lease.json", b'{"mark": "another"}')

    with pytest.raises(OutputError, match="another run"):
        lose()
    assert store.entry(STATE) is None


def test_sources_in_a_store_are_those_that_a_folder_would_have(bucket: str) -> None:
    """Archives, also of a cut-off first run, and hidden files are passed over; a pattern takes PDF and Word too."""
    store = RemoteStore(f"{bucket}/in")
    for name in ("a.json", "b.pdf", ".hidden/c.json", ".d.json", "bag/bagit.txt", "bag/data/e.json", "deep/f.md"):
        store.put(name, b"x")
    for name in ("cut/.afterword/journal/1.json", "cut/data/g.json"):
        store.put(name, b"x")

    def found(url: str) -> list[str]:
        return [each.removeprefix(f"{bucket}/in/") for each in sources_at(f"{bucket}/in{url}")]

    assert found("") == ["a.json", "deep/f.md"]
    assert found("/*.*") == ["a.json", "b.pdf"]
    assert found("/de*") == ["deep/f.md"]
    with pytest.raises(UsageError):
        found("/cut")


def test_a_killed_run_is_carried_on_from_its_journal(bucket: str, tmp_path: Path) -> None:
    """What was done before the kill is not done again, although the state as a whole was never written."""
    sources, archive = write(tmp_path / "in", *range(30)), f"{bucket}/archive"
    command = [sys.executable, "-m", "afterword", "archive", str(sources), "-o", archive, "--to", "json,md", "-j", "2"]
    with subprocess.Popen([*command, "--log-format", "json"], stdout=subprocess.PIPE, start_new_session=True) as first:
        assert first.stdout is not None
        done = sum(b'"done"' in first.stdout.readline() for _ in range(12))
        workers = psutil.Process(first.pid).children(recursive=True)
        os.kill(first.pid, signal.SIGKILL)
    _, at_work = psutil.wait_procs(workers, timeout=60)
    assert at_work == []

    summary = run(order_for(sources, archive))

    assert summary.counts["unchanged"] >= done - 6
    assert summary.is_fine
    run(order_for(sources, tmp_path / "local"))
    assert contents(_copy(archive, tmp_path / "copy")) == contents(tmp_path / "local")


def test_a_store_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    """Its address and what to check, without a traceback, for an archive as for a source."""
    environ = {**os.environ, "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    keys = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    sources = write(tmp_path / "in", 1)
    for arguments in ([str(sources), "-o", "s3://nowhere/archive"], ["s3://nowhere/in", "-o", str(tmp_path / "a")]):
        command = [sys.executable, "-m", "afterword", "archive", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environ | keys, check=False)
        assert done.returncode == 1
        assert "AW712" in done.stderr
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "a" / "data").exists()


def test_a_bucket_that_is_not_there_is_told(bucket: str, tmp_path: Path) -> None:
    """Nothing is made where it cannot be put."""
    assert bucket
    with pytest.raises(OutputError) as raised:
        run(order_for(write(tmp_path / "in", 1), "s3://no-such-bucket/archive"))

    assert raised.value.findings[0].code == "AW712"
