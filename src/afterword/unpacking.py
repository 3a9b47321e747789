"""Archives that others packed, read in bounded memory: what may be wrong with them, in one place."""

from __future__ import annotations

import zipfile
from zlib import error as ZlibError  # noqa: N812 (an exception, named as one)

try:
    from lzma import LZMAError
except ImportError:  # a Python without it refuses such parts with NotImplementedError or RuntimeError
    LZMAError = ZlibError  # type: ignore[misc,assignment] # the tuple below only names it once more

UNKNOWN = (NotImplementedError, RuntimeError)
"""What the standard library raises for archives that are encrypted or packed in an unknown way."""

BROKEN = (
    zipfile.BadZipFile, ValueError, OSError, EOFError, ZlibError, LZMAError, *UNKNOWN,
)  # fmt: skip
"""What it raises for these and for damaged ones, but for KeyError, which says that a part is missing."""


def content_of(archive: zipfile.ZipFile, part: str | zipfile.ZipInfo, most: int) -> bytes:
    """Return the bytes of a part, one more than `most` where it has more; raise KeyError and those of `BROKEN`."""
    with archive.open(part) as file:
        return file.read(most + 1)
