"""The last touches on a PDF: what a strict reader of its bytes would count wrongly."""

from __future__ import annotations

import zlib
from functools import partial
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import docx_reports as made
import page as judge
import pydyf
import pytest

from afterword.writers.pdf.finish import _end_streams_plainly, _name_all_glyphs, finish
from afterword.writers.pdf.layout import lay_out


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


def test_a_file_whose_last_streams_end_in_a_carriage_return_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the engine packs as it writes is packed with one object more, until it ends in another byte."""
    layout = lay_out(made.report(made.p("x")), made.options())
    sizes = []

    def write_pdf(*, finisher: partial[None], **_: object) -> bytes:
        sizes.append(finisher.keywords["spare"])
        return b"stream\nx\r\nendstream" if len(sizes) < 3 else b"stream\nx\nendstream"

    monkeypatch.setattr(layout.document, "write_pdf", write_pdf)

    assert layout.write().data == b"stream\nx\nendstream"
    assert sizes == [0, 1, 2]


def test_objects_to_spare_change_nothing_that_is_seen(tmp_path: Path) -> None:
    """They stand in the file and nothing leads to them."""
    layout = lay_out(made.report(made.p("x")), made.options())
    plain, spared = (
        layout.document.write_pdf(finisher=partial(finish, spare=spare), pdf_variant="pdf/a-3a") for spare in (0, 2)
    )

    assert plain != spared
    for number, data in enumerate((plain, spared)):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(data)
        assert judge.validate_pdf(str(file), profile="ua1").failures == []
