"""The binder as a part of an archive, also where it cannot be made."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import bagit
import pytest
from archive_runner import order_for, run, write

from afterword.archive.run import Flags, Order
from afterword.diagnostics import Finding
from afterword.errors import EngineMissing
from afterword.options import RenderOptions

pytestmark = pytest.mark.xdist_group("binder")


def _order(sources: Path, archive: Path, *, binder: bool = True) -> Order:
    return order_for(sources, archive, options=RenderOptions(("pdf",)), flags=Flags(binder=binder))


def _missing(*_: object) -> NoReturn:
    message = "the PDF engine is missing"
    raise EngineMissing(message, [Finding("AW503", message)])


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Path]:
    """Return sources and their archive, without a binder."""
    sources, archive = write(tmp_path / "in", 1), tmp_path / "archive"
    assert run(_order(sources, archive, binder=False)).is_fine
    return sources, archive


def test_a_binder_that_fails_leaves_a_whole_bag(made: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """A PDF that cannot be bound, or a part of the engine that is missing, is told, and the bag closed without it."""
    sources, archive = made
    with monkeypatch.context() as patch:
        patch.setattr("afterword.archive.binder.pages_of", _missing)
        lacking = run(_order(sources, archive))
    assert [each.code for each in lacking.findings] == ["AW503"]
    assert bagit.Bag(str(archive)).is_valid()

    next(archive.rglob("data/2023/**/*.pdf")).write_bytes(b"edited")
    summary = run(_order(sources, archive))
    assert [each.code for each in summary.findings] == ["AW505"]
    assert not summary.is_fine
    assert bagit.Bag(str(archive)).is_valid()
    assert not (archive / "data/binder.pdf").exists()
    assert list((archive / ".afterword/unfinished").iterdir()) == []


def test_an_archive_without_pdfs_is_closed_once(tmp_path: Path) -> None:
    """Where there is nothing to bind, a binder is not missed."""
    sources = write(tmp_path / "in", 1, status="no such status")
    run(_order(sources, tmp_path / "archive"))
    before = (tmp_path / "archive/bagit.txt").stat().st_mtime_ns

    run(_order(sources, tmp_path / "archive"))

    assert (tmp_path / "archive/bagit.txt").stat().st_mtime_ns == before
