"""An archive is held open: a folder by the lock on its state, one in an object store by a lease."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from afterword.archive.bag import DECLARATION, INFO, UNDERWAY, is_ours
from afterword.archive.keeping import STATE, Keeping, holder, in_use
from afterword.archive.state import State, StateInUse, open_state
from afterword.archive.store import OWN, LocalStore, Store
from afterword.archive.stores import store_at
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place
from afterword.errors import OutputError
from afterword.output import cannot_write

_HOLDER = f"{OWN}/holder.json"


@contextmanager
def keep(name: str, *, only_looking: bool = False) -> Iterator[Keeping]:
    """Hold an archive open; made if it is not there, unless one is only looking.

    Raises OutputError AW703 where another run holds it, AW704 where the folder holds something else, AW702 where it
    cannot be written.
    """
    store = store_at(name)
    if not isinstance(store, LocalStore):
        from afterword.archive.lease import keep_remote

        with keep_remote(store, only_looking=only_looking) as keeping:
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


def _read_holder(store: Store) -> dict[str, Any]:
    try:
        return dict(json.loads(store.read(_HOLDER)))
    except (OSError, ValueError):
        return {}
