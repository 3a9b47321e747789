"""The folder that an archive is in, and what a power cut leaves of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from afterword.archive.store import LocalStore

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/fd").exists(), reason="needs /proc to tell which file is brought to disk"
)


class Disk:
    """Hears in which order files and folders are changed and brought to the disk."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Listen from now on."""
        self.root = root
        self.told: list[str] = []
        self._fsync = os.fsync
        monkeypatch.setattr(os, "fsync", self._brought)
        self._listen(monkeypatch, "replace", "renamed")
        self._listen(monkeypatch, "unlink", "removed")

    def _listen(self, monkeypatch: pytest.MonkeyPatch, name: str, word: str) -> None:
        real: Callable[..., object] = getattr(Path, name)

        def call(path: Path, *given: object, **named: object) -> object:
            back = real(path, *given, **named)
            self.told.append(f"{word} {self._named(Path(str(given[0])) if given else path)}")
            return back

        monkeypatch.setattr(Path, name, call)

    def _brought(self, handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        self.told.append(f"brought {self._named(path)}")
        self._fsync(handle)

    def _named(self, path: Path) -> str:
        name = path.relative_to(self.root).as_posix()
        return "a file under way" if "unfinished" in name else name


def test_a_file_is_on_the_disk_before_its_name_and_its_name_before_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Content first, then the name, then the folders in which a name is new: no power cut leaves less than was told."""
    store, disk = LocalStore(str(tmp_path)), Disk(tmp_path.resolve(), monkeypatch)

    store.put("data/2023/a.json", b"{}")

    assert disk.told[:2] == ["brought a file under way", "renamed data/2023/a.json"]
    assert set(disk.told[2:]) == {"brought data/2023", "brought data", "brought ."}


def test_a_name_in_a_folder_that_is_there_costs_one_more_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what changed is brought to the disk: the folder of the file, not those above it."""
    store = LocalStore(str(tmp_path))
    store.put("data/2023/a.json", b"{}")
    disk = Disk(tmp_path.resolve(), monkeypatch)

    store.put("data/2023/b.json", b"{}")

    assert disk.told == ["brought a file under way", "renamed data/2023/b.json", "brought data/2023"]


def test_what_is_removed_stays_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is forgotten after it was removed does not come back with the next start of the machine."""
    store = LocalStore(str(tmp_path))
    store.put("data/2023/a.json", b"{}")
    store.put("data/2024/b.json", b"{}")
    disk = Disk(tmp_path.resolve(), monkeypatch)

    store.remove("data/2023/a.json")

    assert disk.told == ["removed data/2023/a.json", "brought data"]
    assert not (tmp_path / "data/2023").exists()


def test_nothing_is_brought_to_the_disk_where_nothing_was_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Removing what is not there writes nothing, so that it works in a folder that is gone."""
    disk = Disk(tmp_path.resolve(), monkeypatch)

    LocalStore(str(tmp_path)).remove("data/2023/a.json")

    assert [each for each in disk.told if each.startswith("brought")] == []
