"""The JSON writer gives the record back as it travels inside every document."""

from __future__ import annotations

from dataclasses import replace

from afterword.report.identity import Origin, document_id
from afterword.report.nodes import EmbeddedFile, Report, Text, TitleBlock
from afterword.theme.load import load_theme
from afterword.writers.base import WriterOptions
from afterword.writers.json import origin_in, write
from strategies import META

OPTIONS = WriterOptions(load_theme(""), "A4")
BARE = Report(META, TitleBlock("", (Text("Checkout outage"),), ""), ())
RECORD = '{\n  "id": "0x19",\n  "title": "Größe",\n  "date": "2023-08-13"\n}\n'.encode()


def test_record_is_written_byte_for_byte() -> None:
    """The record leaves the tool as it was embedded, and is known by its document id."""
    source = EmbeddedFile("incident.json", "application/json", RECORD, "The record", "Source")
    written = write(replace(BARE, source=source), OPTIONS)

    assert written.data == RECORD
    assert origin_in(written.data) == Origin(document_id("0x19"))


def test_report_without_record_is_told() -> None:
    """A report that carries no record gives an empty one, with a notice."""
    assert [finding.code for finding in write(BARE, OPTIONS).findings] == ["AW502"]


def test_other_files_are_not_ours() -> None:
    """JSON that is no record, or no JSON, has no document id."""
    found = {origin_in(data) for data in (b"", b"[]", b'{"id": 3}', b"\xff", b"[" * 100_000, b'{"id": "x"}')}

    assert found == {None}
