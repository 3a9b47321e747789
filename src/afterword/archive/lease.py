"""An archive in an object store that is held open by one run: its state comes here, and every change goes back.

The state is one object, which is written now and then; in between, each commit is an object of its own with the
statements that were said. Who holds the archive renews a lease; one that is not renewed while another run watches
it is over. No clocks are compared.
"""

from __future__ import annotations

import json
import os
import socket
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from afterword.archive.bag import UNDERWAY
from afterword.archive.keeping import STATE, Keeping, holder, in_use
from afterword.archive.remote import RemoteStore
from afterword.archive.state import State, open_state
from afterword.archive.store import OWN
from afterword.errors import OutputError

_LEASE = f"{OWN}/lease.json"
_JOURNAL = f"{OWN}/journal"
_LAST = "journal"
"""Fact of the state: number of the last journal that is in it."""

RENEWED = 5.0
"""Seconds between two renewals of a lease."""

PATIENCE = 20.0
"""Seconds for which a lease is watched before it is held for abandoned."""

_CHECKPOINT = 200
"""Commits after which the whole state is written."""


@contextmanager
def keep_remote(store: RemoteStore, *, only_looking: bool) -> Iterator[Keeping]:
    """Hold an archive in an object store open. Raises OutputError AW703 where another run holds it."""
    with tempfile.TemporaryDirectory(prefix="afterword-") as folder, _lease(store, only_looking=only_looking) as lease:
        path = Path(folder) / "state.sqlite"
        _fetch(store, path)
        with open_state(path) as state:
            journal = _Journal(store, state, path, lease)
            journal.catch_up()
            if only_looking:
                yield Keeping(store, state, was_cut_off=False)
                return
            state.watch(journal.note)
            yield Keeping(store, state, store.entry(UNDERWAY) is not None, journal.commit)
            journal.checkpoint()


def _fetch(store: RemoteStore, path: Path) -> None:
    with suppress(FileNotFoundError):
        path.write_bytes(store.read(STATE))


@dataclass(slots=True)
class _Lease:
    """The right to write."""

    store: RemoteStore
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    beats: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def data(self) -> bytes:
        """Return the lease as it is written now."""
        return json.dumps({**json.loads(holder()), "mark": self.mark, "beats": self.beats}).encode()

    def renew(self) -> None:
        """Renew the lease until it is over; a store that cannot be reached for a moment is asked again."""
        while not self.over.wait(RENEWED):
            self.beats += 1
            with suppress(OutputError):
                if _read(self.store).get("mark") == self.mark:
                    self.store.put(_LEASE, self.data())

    def check(self) -> None:
        """Raise OutputError AW703 if another run has taken the archive over."""
        there = _read(self.store)
        if there.get("mark") != self.mark:
            raise in_use(self.store.url, there)


@contextmanager
def _lease(store: RemoteStore, *, only_looking: bool) -> Iterator[_Lease]:
    lease = _Lease(store)
    if only_looking:
        yield lease
        return
    _take(lease)
    thread = threading.Thread(target=lease.renew, name="afterword-lease", daemon=True)
    thread.start()
    try:
        yield lease
    finally:
        lease.over.set()
        thread.join()
        with suppress(OutputError):
            if _read(store).get("mark") == lease.mark:
                store.remove(_LEASE)


def _take(lease: _Lease) -> None:
    """Take the lease, where need be after watching whether the one that is there is still renewed."""
    store = lease.store
    while not store.create(_LEASE, lease.data()):
        there = _read(store)
        if there and _is_alive(there) and _is_renewed(store, there):
            raise in_use(store.url, there)
        if _are_same(_read(store), there):
            store.remove(_LEASE)
    lease.check()


def _is_alive(there: dict[str, Any]) -> bool:
    """Return whether a holder may be alive: one on another machine may, one on this is looked for."""
    if there.get("host") != socket.gethostname():
        return True
    try:
        os.kill(int(there["pid"]), 0)
    except ProcessLookupError:
        return False
    except (OSError, KeyError, ValueError):
        return True
    return True


def _is_renewed(store: RemoteStore, there: dict[str, Any]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        time.sleep(min(1.0, PATIENCE / 10))
        now = _read(store)
        if not _are_same(now, there):
            return bool(now)
    return False


def _are_same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two readings are of one lease that was not renewed in between."""
    return (one.get("mark"), one.get("beats")) == (other.get("mark"), other.get("beats"))


def _read(store: RemoteStore) -> dict[str, Any]:
    try:
        return dict(json.loads(store.read(_LEASE)))
    except (FileNotFoundError, ValueError):
        return {}


@dataclass(slots=True)
class _Journal:
    """What was said to the state since it was written as a whole."""

    store: RemoteStore
    state: State
    path: Path
    lease: _Lease
    said: list[str] = field(default_factory=list)
    number: int = 0
    since: int = 0

    def note(self, statement: str) -> None:
        """Note a statement."""
        self.said.append(statement)

    def catch_up(self) -> None:
        """Say to the state what was said after it was written."""
        self.number = int(self.state.fact(_LAST) or 0)
        for entry in sorted(self.store.walk(_JOURNAL), key=lambda each: each.path):
            number = int(Path(entry.path).stem)
            if number > self.number:
                self.state.say_again(json.loads(self.store.read(entry.path)))
                self.number = number

    def commit(self) -> None:
        """Write what was said since the last time as an object of its own; now and then, the whole state."""
        if not self.said:
            return
        self.lease.check()
        self.number += 1
        self.since += 1
        self.store.put(f"{_JOURNAL}/{self.number:012}.json", json.dumps(self.said).encode())
        self.said.clear()
        if self.since >= _CHECKPOINT:
            self._write_whole()

    def checkpoint(self) -> None:
        """Write the whole state where it is not written yet."""
        self.commit()
        if self.since:
            self._write_whole()

    def _write_whole(self) -> None:
        """Write the state as one object, then remove the journals that are in it; for who has the lease only."""
        self.lease.check()
        self.state.set_fact(_LAST, str(self.number))
        self.state.commit()
        self.said.clear()
        self.since = 0
        self.store.put(STATE, self.path.read_bytes())
        for entry in list(self.store.walk(_JOURNAL)):
            if int(Path(entry.path).stem) <= self.number:
                self.store.remove(entry.path)
