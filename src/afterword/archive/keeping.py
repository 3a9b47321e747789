"""An archive that is held open by one run: its files, its memory, and the mark that a run is under way."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from afterword.archive.bag import UNDERWAY
from afterword.archive.state import DAMAGED, State
from afterword.archive.store import OWN, LocalStore, Store
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place, Severity
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

    def findings(self) -> list[Finding]:
        """Return what is to be told of the archive as it was found."""
        if not self.state.was_damaged:
            return []
        message = "what was remembered of the archive was damaged, so that all reports are made again"
        aside = f"{STATE}{DAMAGED}"
        place = Place(f"{self.store.place}/{aside if self.store.entry(aside) else STATE}")
        return [Finding("AW713", message, Severity.WARNING, place, hint=CODES["AW713"].hint)]

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


def holder() -> bytes:
    """Return who this process is, as JSON."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": now}).encode()


def in_use(name: str, holder: dict[str, Any]) -> OutputError:
    """Return the error for an archive that another run holds."""
    who = ""
    if holder:
        who = f", process {holder.get('pid')} on {holder.get('host')} since {holder.get('since')}"
    message = f"another run is at work on {name}{who}"
    return OutputError(message, [Finding("AW703", message, place=Place(name), hint=CODES["AW703"].hint)])
