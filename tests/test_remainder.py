"""What would show only once the fields are sound is told in the same run, at its place in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.errors import SourceError
from afterword.intake import read_text
from afterword.loading import load_source
from afterword.options import RenderOptions
from afterword.pipeline import findings_of, render_loaded
from afterword.remainder import Remainder

HEAD = "id: 0x19\ntitle: T\ndate: 2023-08-13\ntimezone: UTC\n"


def told(text: str, folder: Path, form: str = "yaml") -> list[tuple[str, str, int, int]]:
    """Return code, path, line and column of every finding about a text."""
    found = findings_of(load_source(read_text(text, form, "test", folder)))
    places = [(each.place.line, each.place.column) if each.place else (0, 0) for each in found]
    return [(each.code, each.path, *place) for each, place in zip(found, places, strict=True)]


def test_a_picture_that_is_missing_is_told_beside_a_fault(tmp_path: Path) -> None:
    """Pictures in prose and attachments, with line and column."""
    text = HEAD + "sumary: x\nsummary: |\n  Text\n  ![a](gone.png)\nattachments: [gone.log]\n"
    assert told(text, tmp_path) == [
        ("AW201", "sumary", 5, 1),
        ("AW411", "summary", 8, 8),
        ("AW411", "attachments[0]", 9, 15),
    ]


def test_items_keep_their_numbers_when_some_are_left_out(tmp_path: Path) -> None:
    """An item after a faulty one is told by its number in the file, in short forms too."""
    text = HEAD + 'resolution:\n  - [x]\n  - "![a](a.png)"\n  - [y]\n  - description: "![b](b.png)"\n    titel: T\n'
    assert told(text, tmp_path) == [
        ("AW203", "resolution[0]", 6, 5),
        ("AW411", "resolution[1]", 7, 11),
        ("AW203", "resolution[2]", 8, 5),
        ("AW411", "resolution[3].description", 9, 24),
        ("AW201", "resolution[3].titel", 10, 5),
    ]


@pytest.mark.parametrize(
    "fault",
    ["time: 25:00", "time: ''", "at: nowhen", "actor: Ada", "{}time: 08:00\n    kind: no-such"],
    ids=["no time", "empty", "no moment", "none", "no kind"],
)
def test_a_fault_in_a_part_does_not_hide_its_text(tmp_path: Path, fault: str) -> None:
    """A time that is wrong or missing, or a choice that is none, costs the event nothing else."""
    text = HEAD + f'timeline:\n  - description: "![a](a.png)"\n    {fault.removeprefix("{}")}\n'
    codes = [code for code, *_ in told(text, tmp_path)]
    assert len(codes) == 2
    assert "AW411" in codes


@pytest.mark.parametrize("lacking", ["id", "title", "date"])
def test_a_record_without_what_it_needs_is_looked_at(tmp_path: Path, lacking: str) -> None:
    """Also where a field that every record has is missing, empty or wrong."""
    lines = [line for line in HEAD.splitlines() if not line.startswith(lacking)]
    for written in ([], [f"{lacking}:"], [f"{lacking}: [x]"]):
        text = "\n".join([*lines, *written, 'conclusion: "![a](a.png)"'])
        assert [code for code, *_ in told(text, tmp_path)][-1] == "AW411"
        assert len(told(text, tmp_path)) == 2


def test_the_rest_of_a_section_without_a_heading_is_looked_at(tmp_path: Path) -> None:
    """A required text that is missing is filled in, to look at what stands beside it."""
    text = HEAD + 'sections:\n  - body: "![a](../a.png)"\n'
    assert [code for code, *_ in told(text, tmp_path)] == ["AW202", "AW208"]


def test_only_errors_are_told(tmp_path: Path) -> None:
    """Notices about what is left would partly be about what was left out: a draft's placeholders can wait."""
    text = HEAD + "sumary: x\nsummary: TBD, <b>\n"
    assert [code for code, *_ in told(text, tmp_path)] == ["AW201"]
    assert [code for code, *_ in told(text + "stage: final\n", tmp_path)] == ["AW201", "AW402"]


@pytest.mark.parametrize(
    "text",
    ["", "- a", "a.b: 1\n'x[y]': 2\n", "id: {a: {b: c}}\nname: x\n", "timeline: {a: [1, {}]}\nimpact: [1]\n"],
)
def test_any_data_is_looked_at_without_breaking(tmp_path: Path, text: str) -> None:
    """Whatever a file holds instead of a record: its own faults are told, once each."""
    found = told(text, tmp_path)
    assert found
    assert len(found) == len(set(found))


def test_a_file_of_very_many_faults_has_enough_of_them(tmp_path: Path) -> None:
    """Further ones are not looked for, so that the time for a file stays bounded."""
    text = HEAD + "tags: [" + "[x], " * 1000 + ']\nconclusion: "![a](a.png)"\n'
    assert {code for code, *_ in told(text, tmp_path)} == {"AW203"}


def test_every_placeholder_behind_a_fault_is_found_in_one_go(tmp_path: Path) -> None:
    """Hundreds of them, in a list from which something was left out, without going through the record for each."""
    lessons = "".join('  - "[to be written]"\n' for _ in range(300))
    found = told(HEAD + "stage: final\nlessons:\n  - [x]\n" + lessons, tmp_path)
    assert [path for code, path, *_ in found if code == "AW402"] == [f"lessons[{index}]" for index in range(1, 301)]


def test_rendering_tells_all_of_them_too(tmp_path: Path) -> None:
    """And what is allowed on the command line is no error."""
    source = read_text(HEAD + 'stage: final\nsumary: x\nsummary: "TBD ![a](a.png)"\n', "yaml", "test", tmp_path)
    for allowed, severity in ((False, "error"), (True, "warning")):
        with pytest.raises(SourceError) as caught:
            render_loaded(load_source(source), RenderOptions(("md",), allow_placeholders=allowed))
        kinds = {each.code: each.severity.value for each in caught.value.findings}
        assert kinds == {"AW201": "error", "AW402": severity, "AW411": "error"}


def test_a_final_report_tells_placeholders_and_missing_files_together(tmp_path: Path) -> None:
    """Rendering a sound record that cannot go out names both kinds at once."""
    source = read_text(HEAD + 'stage: final\nsummary: "TBD ![a](a.png)"\n', "yaml", "test", tmp_path)
    with pytest.raises(SourceError) as caught:
        render_loaded(load_source(source), RenderOptions(("md",)))
    assert {each.code for each in caught.value.findings} == {"AW402", "AW411"}


def test_a_sound_record_is_left_as_it_is(tmp_path: Path) -> None:
    """Nothing is taken out."""
    rest = Remainder(read_text(HEAD + "summary: x\n", "yaml", "test", tmp_path))
    incident = rest.incident()
    assert incident is not None
    assert incident.summary == "x"
    assert rest.removed == set()
