"""Word files that are packed in a rare way and damaged: every door tells it, and none falls over it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document

from afterword.errors import SourceError, ThemeError
from afterword.readers.docx.package import opened
from afterword.writers.docx.company import load_base
from afterword.writers.docx.origin import origin_in

PACKINGS = (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED)


def damaged(part: str, packing: int) -> bytes:
    """Return a Word document whose parts are packed in one way, with the data of one of them overwritten."""
    made, file = io.BytesIO(), io.BytesIO()
    Document().save(made)
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(file, "w", packing) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name))
        entry = after.getinfo(part)
        start = entry.header_offset + 30 + len(part)
    data = bytearray(file.getvalue())
    # The first bytes of LZMA say how it is packed; what follows is the data.
    data[start + 9 : start + entry.compress_size - 9] = b"\xa5" * (entry.compress_size - 18)
    return bytes(data)


def truncated() -> bytes:
    """Return an archive whose directory leads to the last bytes of the file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("_rels/.rels", "x")
        package.writestr("docProps/core.xml", "x")
        package.writestr("[Content_Types].xml", "x")
        for entry in package.infolist():
            entry.header_offset += 10_000
    return file.getvalue()


@pytest.mark.parametrize("packing", PACKINGS)
def test_damaged_parts_are_told_by_the_reader(packing: int) -> None:
    """As AW116, with the name of the part."""
    package = opened(damaged("word/document.xml", packing), "a.docx")

    with pytest.raises(SourceError, match=r"word/document\.xml.*damaged"):
        package.tree(package.main)


@pytest.mark.parametrize("packing", PACKINGS)
def test_damaged_properties_are_of_no_draft_of_ours(packing: int) -> None:
    """Where a file that may be overwritten is looked at."""
    assert origin_in(damaged("docProps/core.xml", packing)) is None


@pytest.mark.parametrize("packing", PACKINGS)
def test_damaged_bases_are_told(packing: int, tmp_path: Path) -> None:
    """As AW611, with the name of the file."""
    path = tmp_path / "base.docx"
    path.write_bytes(damaged("word/styles.xml", packing))

    with pytest.raises(ThemeError, match="damaged"):
        load_base(str(path))


def test_a_directory_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    """By the reader, by the base of a draft, and where a file that may be overwritten is looked at."""
    path = tmp_path / "base.docx"
    path.write_bytes(truncated())

    with pytest.raises(SourceError, match="damaged"):
        opened(truncated(), "a.docx")
    with pytest.raises(ThemeError, match="damaged"):
        load_base(str(path))
    assert origin_in(truncated()) is None
