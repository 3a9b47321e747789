"""Everything that can be dug out of a finished document: raw bytes, streams, strings, parts, names, text, pictures."""

from __future__ import annotations

import html
import io
import re
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pikepdf
import pypdfium2
from PIL import Image

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff")
_DATA_URL = re.compile(rb"data:[\w/+.-]+;base64,([A-Za-z0-9+/=]+)")
_FLAT = re.compile(rb"(.)\x5a\xa0(?:\1\x5a\xa0){30}", re.DOTALL)
"""Pixels of one colour, as those of the pictures that `canaries.picture` makes."""

_WORD = re.compile(r"canary\d{4}x")


def words_in(name: str, data: bytes) -> set[str]:
    """Return every canary in a document of this name and in the name; the colour of a picture tells its word, too."""
    found = set(_WORD.findall(name))
    for piece in _pieces(data):
        text = piece if isinstance(piece, str) else piece.decode("utf-8", "ignore")
        found |= {*_WORD.findall(_joined(text))}
        if isinstance(piece, bytes):
            found |= {*_WORD.findall(_joined(piece.decode("utf-16-be", "ignore")))}
            found |= _colours(piece)
    return found


def texts_in(data: bytes) -> str:
    """Return all that can be dug out of a document as one text."""
    return "\n".join(piece if isinstance(piece, str) else piece.decode("utf-8", "ignore") for piece in _pieces(data))


def _joined(text: str) -> str:
    """Return a text without what may stand inside a word for the sake of line breaks."""
    return re.sub(r"<wbr>|[\s\u00ad\u200b\u2060\x02\ufffe-]", "", html.unescape(text))


def _pieces(data: bytes) -> Iterator[bytes | str]:
    """Yield a file and all that is in it, in it, and so on."""
    yield data
    if data.startswith(b"%PDF-"):
        yield from _of_pdf(data)
    elif data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield package.comment
            for info in package.infolist():
                yield info.filename
                yield info.extra + info.comment
                yield from _pieces(package.read(info))
    else:
        for match in _DATA_URL.finditer(data):
            yield from _pieces(b64decode(match[1]))


def _of_pdf(data: bytes) -> Iterator[bytes | str]:
    """Yield the decoded streams and all strings and names of a PDF, and the text of its pages."""
    with pikepdf.open(io.BytesIO(data)) as document:
        for found in document.objects:
            yield from _of_object(found)
        yield from _of_object(document.trailer)
        yield from document.attachments
    with pypdfium2.PdfDocument(data) as pages:
        yield from (page.get_textpage().get_text_bounded() for page in pages)


def _of_object(found: Any) -> Iterator[bytes | str]:  # noqa: ANN401 (pikepdf has no types for what a key holds)
    if isinstance(found, pikepdf.Stream):
        yield from _pieces(_decoded(found))
    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
        yield from map(str, found.keys())
        yield from (piece for _, item in found.items() for piece in _of_item(item))
    elif isinstance(found, pikepdf.Array):
        yield from (piece for item in found for piece in _of_item(item))
    elif isinstance(found, pikepdf.String):
        yield bytes(found)
        yield str(found)
    elif isinstance(found, pikepdf.Name):
        yield str(found)


def _of_item(item: Any) -> Iterator[bytes | str]:  # noqa: ANN401 (as above)
    """Yield what is in an item, unless it is one of the document's own objects, which are all looked at anyway."""
    if not (isinstance(item, pikepdf.Object) and item.is_indirect):
        yield from _of_object(item)


def _decoded(stream: pikepdf.Stream) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:  # a JPEG, which is no further packed
        return bytes(stream.read_raw_bytes())


def _colours(piece: bytes) -> set[str]:
    """Return the word that the colour of a flat picture stands for."""
    if not piece.startswith(_PICTURES):
        return {_word_of(match[1][0]) for match in _FLAT.finditer(piece)}
    image = Image.open(io.BytesIO(piece)).convert("RGB").resize((1, 1))
    red, *rest = image.tobytes()
    return {_word_of(red)} if rest == [90, 160] else set()


def _word_of(number: int) -> str:
    return f"canary{number:04d}x"
