"""A PDF that is written object by object, so that memory holds where each object is and nothing of what it is.

ISO 32000-1, 7.5: objects that are no streams lie in object streams, and a cross-reference stream says where all are.
Libraries for PDF keep every object of a file until it is saved: 2 MB a report, measured with pikepdf 10.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

_PACK = 200
"""Objects in one object stream."""

_DIRECT = 0xFFFF
"""In the low 16 bits of a place: the object lies in the file itself, at the offset in the other bits."""

_FREE = 0

_LINES = 4096
"""Lines of the cross-reference stream that are made at once."""


class Volume:
    """One PDF on its way into a file, which is never read or sought."""

    def __init__(self, file: BinaryIO) -> None:
        """Begin a PDF 1.7."""
        self._file = file
        self._at = 0
        self._digest = sha256()
        self._places = array("Q", [_FREE])
        self._pack: list[tuple[int, bytes]] = []
        # ISO 19005-3, 6.1.2: a comment of four bytes above 127 says that the file is binary.
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> int:
        """Return the number of an object that will be put later."""
        self._places.append(_FREE)
        return len(self._places) - 1

    def reserve_all(self, count: int) -> range:
        """Return the numbers of so many objects, one after the other."""
        start = len(self._places)
        self._places.extend([_FREE] * count)
        return range(start, start + count)

    def add(self, body: bytes) -> int:
        """Put an object under a new number, and return that."""
        number = self.reserve()
        self.put(number, body)
        return number

    def put(self, number: int, body: bytes) -> None:
        """Put an object that is no stream under a reserved number."""
        self._pack.append((number, body))
        if len(self._pack) == _PACK:
            self._end_pack()

    def put_stream(self, number: int, dictionary: bytes, data: bytes) -> None:
        """Put a stream under a reserved number; its dictionary says its length, unless that is that of the data."""
        self._places[number] = self._at << 16 | _DIRECT
        self._write(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, dictionary, data))

    def close(self, root: int) -> None:
        """End the file, with this catalog; its identity follows from what is in it."""
        self._end_pack()
        number, start = self.reserve(), self._at
        self._places[number] = start << 16 | _DIRECT
        data, size = _packed(self._lines()), len(self._places)
        named = b"/ID [<%b> <%b>]" % ((self.sha256[:32].encode(),) * 2)
        head = b"/Type /XRef /Size %d /W [1 6 2] /Root %d 0 R %b" % (size, root, named)
        self.put_stream(number, b"<< %b /Filter /FlateDecode /Length %d >>" % (head, len(data)), data)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)

    @property
    def sha256(self) -> str:
        """Return the SHA-256 of what was written so far, in hexadecimal."""
        return self._digest.hexdigest()

    def _end_pack(self) -> None:
        if not self._pack:
            return
        number, at, places = self.reserve(), 0, []
        for index, (each, body) in enumerate(self._pack):
            self._places[each] = number << 16 | index
            places.append(b"%d %d" % (each, at))
            at += len(body) + 1
        head = b" ".join(places) + b"\n"
        data = _packed([head, *(body + b"\n" for _, body in self._pack)])
        said = b"/Type /ObjStm /N %d /First %d" % (len(self._pack), len(head))
        self.put_stream(number, b"<< %b /Filter /FlateDecode /Length %d >>" % (said, len(data)), data)
        self._pack.clear()

    def _lines(self) -> Iterator[bytes]:
        """Yield the lines of the cross-reference stream, many at once: for each object its kind and where it is."""
        yield b"\0" + bytes(6) + b"\xff\xff"
        for start in range(1, len(self._places), _LINES):
            yield b"".join(map(_line, self._places[start : start + _LINES]))

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._at += len(data)


def _line(place: int) -> bytes:
    kind = 0 if place == _FREE else 1 if place & _DIRECT == _DIRECT else 2
    return b"%c%b%b" % (
        kind,
        (place >> 16).to_bytes(6, "big"),
        (0 if kind == 1 else place & _DIRECT).to_bytes(2, "big"),
    )


def _packed(parts: Iterator[bytes] | list[bytes]) -> bytes:
    """Return parts compressed as one, not ending in a carriage return.

    A strict reader would take it for a part of the end of line that follows (ISO 19005-3, 6.1.7.1); a decoder ignores
    what comes after the end of the data (RFC 1950).
    """
    packer = zlib.compressobj(9)
    data = b"".join([*(packer.compress(each) for each in parts), packer.flush()])
    return data + b"\0" if data.endswith(b"\r") else data
