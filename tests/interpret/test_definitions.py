"""Links and notes whose definitions stand in another section than they do."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from afterword import check
from afterword.documents import read
from afterword.readers.notes import NoteKind

TEXT = """\
# Outage

Date: 2024-05-03

## Summary

See [the ticket][1], [OPS-2] and a note[^1].

[1]: https://example.org/1

It goes on.

## Timeline

- 10:42 [graph][G] falls[^2]

## Action items

- Probe [it][1]

[OPS-2]: https://example.org/2 "Two"
[g]: <https://example.org/g>
[unused]: https://example.org/unused

[^1]: The first note, with [a link][1].

    Its second paragraph.
[^2]: The second note.
"""


def test_each_text_has_the_definitions_that_it_names() -> None:
    """A text has the addresses and notes that it names, also those that only its notes name, wherever they stood."""
    data = cast("dict[str, Any]", read(TEXT, "f.md").data)
    assert data["summary"] == (
        "See [the ticket][1], [OPS-2] and a note[^1].\n\n\n\nIt goes on.\n\n"
        '[1]: https://example.org/1\n[OPS-2]: https://example.org/2 "Two"\n\n'
        "[^1]: The first note, with [a link][1].\n\n    Its second paragraph."
    )
    assert data["timeline"][0]["description"] == (
        "[graph][G] falls[^2]\n\n[g]: <https://example.org/g>\n\n[^2]: The second note."
    )
    assert data["preventive_measures"] == [{"description": "Probe [it][1]\n\n[1]: https://example.org/1"}]
    assert "sections" not in data


def test_a_definition_that_no_text_names_is_left_over() -> None:
    """What nobody names is told in the notes and stands nowhere else."""
    left = [note for note in read(TEXT, "f.md").notes if note.kind is NoteKind.LEFTOVER]
    assert [(note.words, note.place.line) for note in left] == [("[unused]: https://example.org/unused", 23)]


def test_lines_stay_those_of_the_file_around_definitions(tmp_path: Path) -> None:
    """A fault below definitions is told at its line in the file."""
    file = tmp_path / "f.md"
    file.write_text(TEXT.replace("It goes on.", "It goes ![on](missing.png)."), "utf-8")
    assert [each.place.line for each in check(file) if each.place and each.code == "AW411"] == [11]
