"""What an audience may not see is nowhere in its documents: a word in every field, searched for in every byte."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import afterword
from afterword.incident.audience import Audience
from afterword.incident.marks import markable
from afterword.incident.model import Incident
from afterword.intake import read
from afterword.loading import load_source
from afterword.options import AudienceName
from canaries import CHOSEN, Cage, Canary, filled, leaves, planted
from digging import texts_in, words_in
from rule_of_marks import Marks, in_turn, parts

pytestmark = pytest.mark.xdist_group("canaries")  # what several tests look at is made once

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in {".yaml", ".json", ".toml"})
FORMATS = ("pdf", "docx", "html", "md", "json")
INTERNAL, STAKEHOLDER, PUBLIC = Audience
EVERYTHING = {name: PUBLIC for name in markable(Incident) if "." not in name}

RECORD, CAGE = filled()
NAMES = tuple(markable(Incident))
FIELDS = tuple(name for name in NAMES if not any(other.startswith(f"{name}.") for other in NAMES))
ITEMS = tuple(path for path in parts(RECORD) if isinstance(path[-1], int))
HIDDEN: tuple[list[Any], ...] = (
    list(FIELDS),
    [path for path in ITEMS if path[-1] == 0],
    [path for path in ITEMS if path[-1] == 1],
    *in_turn(FIELDS),
    *in_turn([*(name for name in NAMES if name not in FIELDS), *(path for path in parts(RECORD) if path not in ITEMS)]),
)
"""What is hidden in each run: all fields at once from parts that stay, items of lists, some fields, some parts."""


def marks(audience: Audience, things: list[Any]) -> Marks:
    """Return marks that hide some fields and parts from an audience, and open all others to the public."""
    level = INTERNAL if audience is STAKEHOLDER else STAKEHOLDER
    names = {thing: level for thing in things if isinstance(thing, str)}
    inside = {thing: level for thing in things if not isinstance(thing, str)}
    return Marks(names if audience is STAKEHOLDER else {**EVERYTHING, **names}, inside)


def open_only(things: list[Any]) -> Marks:
    """Return marks that open some fields and parts to the public and say nothing of the others."""
    inside = [thing for thing in things if not isinstance(thing, str)]
    return Marks({thing: PUBLIC for thing in things if isinstance(thing, str)}, dict.fromkeys(inside, PUBLIC))


def found(record: dict[str, Any], folder: Path, audience: AudienceName) -> dict[str, tuple[set[str], str]]:
    """Return what can be dug out of each document of a record: the canaries, and all text."""
    made = afterword.render(Incident.model_validate(record), FORMATS, folder=folder, audience=audience)
    paths = made.save(folder / "out" / audience, force=True)
    assert len(paths) == len(FORMATS)
    return {path.suffix[1:]: (words_in(path.name, path.read_bytes()), texts_in(path.read_bytes())) for path in paths}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all files that the record names."""
    made = tmp_path_factory.mktemp("canaries")
    for name, data in CAGE.files.items():
        (made / name).write_bytes(data)
    return made


@cache
def seen_inside(folder: Path) -> dict[str, set[str]]:
    """Return the canaries that each format shows to the internal audience."""
    return {name: words for name, (words, _) in found(RECORD, folder, "internal").items()}


def shown(canaries: list[Canary], by: Marks, audience: Audience) -> set[str]:
    """Return the words that an audience may see."""
    return {each.word for each in canaries if by.shows(each.path, audience)}


def of_hidden_bodies(cage: Cage, by: Marks, audience: Audience) -> set[str]:
    """Return the headings of sections whose text is hidden: a final report goes without such a section."""
    return {
        each.word
        for each in cage.canaries
        if each.name == "sections.heading" and not by.shows((*each.path[:-1], "body"), audience)
    }


def holds(by: Marks, audience: Audience, folder: Path) -> None:
    """Assert that the documents of one audience have all that it may see, in the formats that show it, and no more."""
    may = shown(CAGE.canaries, by, audience)
    for name, (words, text) in found(by.put_on(RECORD), folder, audience.value).items():
        assert words - may == set(), name
        assert (seen_inside(folder)[name] & may) - words <= of_hidden_bodies(CAGE, by, audience), name
        for moment in CAGE.dates:
            if not by.shows(moment.path, audience):
                year = moment.word
                assert not re.search(rf"{year}-02-03|{year}0203|, {year}\b", text), (name, moment.name)
        assert "visibility" not in text, name


def test_every_field_of_the_model_has_its_canary() -> None:
    """A new field is in the record of these tests, or they fail: with a word, or with one of its few values."""
    known = {canary.name.split(" ")[0] for canary in (*CAGE.canaries, *CAGE.dates)}
    assert set(leaves()) == (known | {*CAGE.choices} | CHOSEN.keys()) & set(leaves())
    assert set(leaves()) - known <= {*CAGE.choices} | CHOSEN.keys()
    assert len({canary.word for canary in CAGE.canaries}) == len(CAGE.canaries) > 150


def test_those_inside_see_every_canary(folder: Path) -> None:
    """What is looked for can be found: each word in some format, each word of a field in the record that travels."""
    seen = seen_inside(folder)
    fields = {canary.word for canary in CAGE.canaries if not re.search("content|pixels", canary.name)}
    assert set().union(*seen.values()) == {canary.word for canary in CAGE.canaries}
    for name in ("pdf", "docx", "json"):
        assert fields - seen[name] == set()
    pixels = {canary.word for canary in CAGE.canaries if canary.name.endswith("(pixels)")}
    assert all(pixels <= seen[name] for name in ("pdf", "docx", "html"))


@pytest.mark.parametrize("run", range(len(HIDDEN)))
def test_what_is_hidden_is_nowhere(run: int, folder: Path) -> None:
    """Any field and any part can be hidden: then no byte of any document has it, and all else is there."""
    audience = (STAKEHOLDER, PUBLIC)[run % 2]
    holds(marks(audience, HIDDEN[run]), audience, folder)


def test_what_is_not_opened_to_the_public_is_nowhere(folder: Path) -> None:
    """Once any mark is used, the public sees what is marked for it."""
    names = ["summary", "tags", "root_cause.trigger", "preventive_measures.title", "timeline.actor", "authors.role"]
    opened = [("timeline", 1), ("attachments", 1), ("authors", 0), ("lessons", 1), ("sections", 0), ("contact",)]
    holds(open_only([*names, *opened]), PUBLIC, folder)


def test_nothing_but_the_identity_is_left_where_nothing_is_public(folder: Path) -> None:
    """A mark that opens nothing closes everything."""
    holds(Marks({"summary": STAKEHOLDER}), PUBLIC, folder)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_sample_shows_what_is_hidden(path: Path, tmp_path: Path) -> None:
    """Every text of every sample gets a word; half of its parts and some of its fields are hidden."""
    source = read(str(path))
    record, canaries = planted(load_source(source).require())
    fields = [name for place, name in enumerate(markable(Incident)) if place % 5 == 0]
    by = marks(STAKEHOLDER, [*list(parts(record))[::2], *fields])
    incident = Incident.model_validate(by.put_on(record))
    made = afterword.render(incident, FORMATS, folder=source.folder, audience="stakeholder", allow_placeholders=True)
    may = shown(canaries, by, STAKEHOLDER)
    for file in made.save(tmp_path):
        words = words_in(file.name, file.read_bytes())
        assert words - may == set(), file.name
        assert file.suffix != ".json" or words == may
