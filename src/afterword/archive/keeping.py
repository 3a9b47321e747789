"""An archive that is held open by one run: its files, its memory, and the mark that a run is under way."""

from __future__ import annotations

import json
import os
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from afterword.archive.bag import DECLARATION, INFO, UNDERWAY, is_ours
from afterword.archive.state import State, StateInUse, open_state
from afterword.archive.store import OWN, LocalStore, Store, store_at
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place
from afterword.errors import OutputError
from afterword.output import cannot_write

STATE = f"{OWN}/state.sqlite"
_HOLDER = f"{OWN}/holder.json"


@dataclass(slots=True)
class Keeping:
    """An archive that is held open."""

    store: Store
    state: State
    was_cut_off: bool
    """Whether the run before this one did not come to its end."""

    committed: Callable[[], None] = lambda: None
    """Is called when the state has been brought to the disk of this machine."""

    def commit(self) -> None:
        """Bring to where the archive is what the state was told."""
        self.state.commit()
        self.committed()

    @contextmanager
    def input_kept(self, name: str, blocks: Iterable[bytes]) -> Iterator[str]:
        """Keep standard input beside the bag, where workers can read it, and yield its path or URL."""
        missing: list[Path] = []
        if isinstance(self.store, LocalStore):
            missing = [each for each in (self.store.root, *self.store.root.parents) if not each.exists()]
        try:
            if isinstance(self.store, LocalStore):
                _write(self.store.root / name, blocks)
            else:
                self.store.put(name, b"".join(blocks))
            yield f"{self.store.place}/{name}"
        finally:
            self.store.remove(name)
            with suppress(OSError):  # where nothing was made of it, as with --dry-run, they are empty
                for folder in missing:
                    folder.rmdir()

    def begin(self) -> None:
        """Mark that the payload is being changed; the mark stays if this run is cut off."""
        if self.store.entry(UNDERWAY) is None:
            self.store.put(UNDERWAY, holder())

    def end(self) -> None:
        """Take the mark away: the manifests are of what is there."""
        self.store.remove(UNDERWAY)


def _write(target: Path, blocks: Iterable[bytes]) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            file.writelines(blocks)
    except OSError as error:
        raise cannot_write(target, error) from error


@contextmanager
def keep(name: str, *, only_looking: bool = False) -> Iterator[Keeping]:
    """Hold an archive open; made if it is not there, unless one is only looking.

    Raises OutputError AW703 where another run holds it, AW704 where the folder holds something else, AW702 where it
    cannot be written.
    """
    store = store_at(name)
    if not isinstance(store, LocalStore):
        with import_module("afterword.archive.lease").keep_remote(store, only_looking=only_looking) as keeping:
            yield keeping
        return
    _check_place(store)
    if only_looking and not (store.root / STATE).exists():
        with tempfile.TemporaryDirectory() as folder, open_state(Path(folder) / "state.sqlite") as state:
            yield Keeping(store, state, was_cut_off=False)
        return
    with _opened(store) as state, _signed(store):
        store.sweep()
        yield Keeping(store, state, was_cut_off=store.entry(UNDERWAY) is not None)


def _check_place(store: LocalStore) -> None:
    """Raise OutputError AW704 for a folder that holds something and is no archive, with its memory or without."""
    root = store.root
    try:
        if not root.exists() or (root / OWN).is_dir() or not any(root.iterdir()) or _is_bag_of_ours(root):
            return
    except OSError as error:
        raise cannot_write(root, error) from error
    what = "is a bag of another tool" if (root / DECLARATION).exists() else "is not empty, and no archive"
    message = f"{store.url} {what}"
    raise OutputError(message, [Finding("AW704", message, place=Place(store.url), hint=CODES["AW704"].hint)])


def _is_bag_of_ours(root: Path) -> bool:
    info = root / INFO
    return (root / DECLARATION).is_file() and info.is_file() and is_ours(info.read_text("utf-8", "replace"))


def _opened(store: LocalStore) -> State:
    path = store.root / STATE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path.parent, error) from error
    try:
        return open_state(path)
    except StateInUse:
        raise in_use(store.url, _read_holder(store)) from None
    except OutputError as error:
        raise OutputError(error.message, [_unwritable(store, error)]) from error


def _unwritable(store: LocalStore, error: OutputError) -> Finding:
    return Finding("AW702", error.message, place=Place(store.url), hint=CODES["AW702"].hint)


@contextmanager
def _signed(store: LocalStore) -> Iterator[None]:
    """Leave word of who holds the archive, for those who find it locked."""
    with suppress(OutputError):
        store.put(_HOLDER, holder())
    try:
        yield
    finally:
        with suppress(OutputError):
            store.remove(_HOLDER)


def holder() -> bytes:
    """Return who this process is, as JSON."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": now}).encode()


def _read_holder(store: Store) -> dict[str, Any]:
    try:
        return dict(json.loads(store.read(_HOLDER)))
    except (OSError, ValueError):
        return {}


def in_use(name: str, holder: dict[str, Any]) -> OutputError:
    """Return the error for an archive that another run holds."""
    who = ""
    if holder:
        who = f", process {holder.get('pid')} on {holder.get('host')} since {holder.get('since')}"
    message = f"another run is at work on {name}{who}"
    return OutputError(message, [Finding("AW703", message, place=Place(name), hint=CODES["AW703"].hint)])
