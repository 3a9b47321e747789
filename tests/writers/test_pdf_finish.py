"""The last touches on a PDF: what a strict reader of its bytes would count wrongly."""

from __future__ import annotations

import zlib
from itertools import count
from types import SimpleNamespace

import pydyf
import pytest

from afterword.writers.pdf.finish import _end_streams_plainly, _name_all_glyphs


def ending_in_cr() -> bytes:
    """Return text whose compressed form ends in a carriage return."""
    return next(text for number in count() if zlib.compress(text := b"%d" % number, 9).endswith(b"\r"))


@pytest.mark.parametrize("is_packed", [True, False], ids=["a picture as it came", "packed when it is written"])
def test_no_compressed_stream_ends_in_a_carriage_return(is_packed: bool) -> None:
    """It would make one end of line with the line feed after it, and the length would be one too many."""
    text = ending_in_cr()
    if is_packed:
        stream = pydyf.Stream([zlib.compress(text, 9)], {"Filter": "/FlateDecode"})
    else:
        stream = pydyf.Stream([text], compress=True)

    _end_streams_plainly(SimpleNamespace(objects=[stream, pydyf.Dictionary()]))

    data = stream.data
    assert b"\r\nendstream" not in data
    body = data.partition(b"stream\n")[2].partition(b"\nendstream")[0]
    assert zlib.decompressobj().decompress(body) == text


def test_other_streams_stay_as_they_are() -> None:
    """What is not compressed has no end of its own that a decoder would find."""
    stream = pydyf.Stream([b"plain\r"])

    _end_streams_plainly(SimpleNamespace(objects=[stream]))

    assert stream.stream == [b"plain\r"]


def test_a_glyph_that_has_no_character_of_its_own_gets_one_that_is_not_seen() -> None:
    """Two glyphs that draw one letter would else leave one of them without a character, which PDF/UA-1 refuses."""
    lines = [b"/CMapName /Adobe-Identity-UCS def", b"2 beginbfchar", b"<05e2> <>", b"<05e3> <06440627>"]
    named = pydyf.Stream([*lines])
    other = pydyf.Stream([b"<05e2> <>"])

    _name_all_glyphs(SimpleNamespace(objects=[named, other, pydyf.Dictionary()]))

    assert named.stream == [*lines[:2], b"<05e2> <034f>", lines[3]]
    assert other.stream == [b"<05e2> <>"]
