"""The last touches on a PDF before it is written: what PDF/A-3a and PDF/UA-1 ask for and the engine leaves out."""

from __future__ import annotations

import re
import zlib
from typing import Any

from afterword.writers.pdf.metadata import include

_NAMELESS = re.compile(rb"<([0-9a-f]{4})> <>")
_JOINER = b"034f"
"""U+034F, the combining grapheme joiner: it is drawn by nothing and breaks no word (Unicode, 23.2)."""


ENDS_TWICE = b"\r\nendstream"
"""How a stream ends whose last byte is taken for a part of the end of line after it."""


def finish(document: Any, pdf: Any, *, spare: int = 0) -> None:  # noqa: ANN401 (a hook of WeasyPrint, which has no types)
    """Mend the PDF in place.

    Objects and their places are packed only when they are written, too late to see how that ends; `spare` empty objects
    make it end otherwise.
    """
    import pydyf

    include(document, pdf)
    for _ in range(spare):
        pdf.add_object(pydyf.Dictionary())
    _uncover_metadata(pdf)
    _list_files_once(pdf)
    _name_all_glyphs(pdf)
    _end_streams_plainly(pdf)


def _uncover_metadata(pdf: Any) -> None:  # noqa: ANN401 (WeasyPrint has no types)
    """Leave the metadata uncompressed, so that it can be found without a PDF library (ISO 19005-1, 6.7.2)."""
    for thing in pdf.objects:
        if getattr(thing, "extra", {}).get("Type") == "/Metadata":
            thing.compress = False


def _list_files_once(pdf: Any) -> None:  # noqa: ANN401 (WeasyPrint has no types)
    """Name each embedded file once in the catalog: WeasyPrint 70 names it twice (its issue 2917)."""
    import pydyf

    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))


def _name_all_glyphs(pdf: Any) -> None:  # noqa: ANN401 (WeasyPrint has no types)
    """Give each glyph a character in its font's map, as ISO 14289-1, 7.21.7, demands.

    Where two glyphs draw one character together, such as an Arabic letter and its mark, WeasyPrint 70 gives the
    character to one of them and nothing to the other, which here gets a joiner that is not seen.
    """
    for thing in pdf.objects:
        stream = getattr(thing, "stream", ())
        if b"/CMapName /Adobe-Identity-UCS def" in stream:
            thing.stream = [_NAMELESS.sub(rb"<\1> <%b>" % _JOINER, each) for each in stream]


def _end_streams_plainly(pdf: Any) -> None:  # noqa: ANN401 (WeasyPrint has no types)
    """Let no compressed stream end in a carriage return.

    The line feed that pydyf puts before `endstream` would make one end of line with it, and a strict reader would
    count one byte less than the stream's length says (ISO 19005-3, 6.1.7.1). A decoder ignores what follows the
    end of the compressed data (RFC 1950).
    """
    for thing in pdf.objects:
        packed = _packed(thing)
        if packed.endswith(b"\r"):
            thing.stream, thing.compress = [packed + b"\0"], False
            thing.extra["Filter"] = "/FlateDecode"


def _packed(thing: Any) -> bytes:  # noqa: ANN401 (WeasyPrint has no types)
    """Return the compressed bytes of a stream, as pydyf will write them or as a picture came; nothing for any other."""
    compress, extra = getattr(thing, "compress", None), getattr(thing, "extra", {})
    if compress is None or not (compress or extra.get("Filter") == "/FlateDecode"):
        return b""
    whole = b"\n".join(_bytes(item) for item in thing.stream)
    return zlib.compress(whole, 9) if compress else whole


def _bytes(item: Any) -> bytes:  # noqa: ANN401 (WeasyPrint has no types)
    import pydyf

    return bytes(pydyf._to_bytes(item))  # noqa: SLF001 (the same bytes as pydyf is about to write)
