"""What our own Markdown and Word draft carry back: all that prose can hold, and by name what they cannot."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from afterword.api import load
from afterword.incident.model import Incident
from afterword.theme.load import load_theme
from afterword.theme.record import Theme
from afterword.words import languages, messages
from carrying import (
    NOT_CARRIED,
    as_shown,
    fields,
    have_names_of_their_own,
    in_word,
    there_and_back,
    through_theme,
    through_word,
    values,
)
from effort import examples
from incident_strategies import FEW, ODD_NAMES, incidents

MORE = settings(
    max_examples=examples(25, 300),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
HERE = Path(__file__).parent
PICTURE = HERE.parents[1] / "samples" / "media" / "egress.png"
EVERY_FIELD = HERE / "every-field.yaml"


def is_carried(field: str) -> bool:
    """Return whether a document holds a field."""
    return field not in NOT_CARRIED and field.rpartition(".")[2] != "visibility"


def carried(incident: Incident) -> dict[str, list[object]]:
    """Return the values of a record that a document holds, by field, as it shows them."""
    return {field: found for field, found in values(as_shown(incident)).items() if is_carried(field)}


def carried_by_word(incident: Incident) -> dict[str, object]:
    """Return the values of a record that a Word draft holds, by field, as it shows them."""
    return {field: in_word(found) for field, found in carried(incident).items()}


def test_the_record_of_every_field_has_every_field() -> None:
    """A field that is added to the model is also added to the record that is sent there and back."""
    filled = values(load(EVERY_FIELD))
    assert {field for field in fields(Incident) if is_carried(field)} <= {*filled, "edition"}


@pytest.mark.parametrize("language", languages())
def test_every_field_comes_back_in_every_language(language: str, tmp_path: Path) -> None:
    """Each field of a record as Markdown is read back with its value, whatever language the document is in."""
    before = load(EVERY_FIELD).model_copy(update={"language": language})
    copyfile(PICTURE, tmp_path / "look.png")
    (tmp_path / "gateway_2.log").write_text("refused", "utf-8")
    assert carried(there_and_back(before, tmp_path)) == carried(before)


@pytest.mark.parametrize("language", languages())
def test_every_field_comes_back_from_word_in_every_language(language: str, tmp_path: Path) -> None:
    """Each field of a record is read back from what is seen of its Word draft, whatever language the draft is in."""
    before = load(EVERY_FIELD).model_copy(update={"language": language})
    copyfile(PICTURE, tmp_path / "look.png")
    (tmp_path / "gateway_2.log").write_text("refused", "utf-8")
    assert carried_by_word(through_word(before, tmp_path)) == carried_by_word(before)


def test_pictures_inside_prose_come_back(tmp_path: Path) -> None:
    """With their paths, alternatives and titles, from Markdown and from the text of a Word draft."""
    (tmp_path / "media").mkdir()
    copyfile(PICTURE, tmp_path / "media" / "look at it (2).png")
    copyfile(PICTURE.with_name("recovery-rate.png"), tmp_path / "late.png")
    prose = (
        'See:\n\n![Latency rises](<media/look at it (2).png> "Latency, in “Berlin”")\n\n'
        "And ![small](late.png) inside, then:\n\n![No title](late.png)"
    )
    before = Incident.model_validate(
        {
            "id": "1",
            "title": "T",
            "date": "2023-08-13",
            "summary": prose,
            "root_cause": prose,
            "impact": prose,
            "sections": [{"heading": "Own", "body": prose}],
        }
    )
    assert carried(there_and_back(before, tmp_path)) == carried(before)
    assert carried_by_word(through_word(before, tmp_path)) == carried_by_word(before)


@pytest.fixture(scope="module")
def talkative() -> Theme:
    """Return a theme that counts sections and says all that documents say in other words."""
    wording = tuple(("en", each, f"Our “{each}”") for each in messages())
    return load_theme("engineering").model_copy(update={"wording": wording})


def test_every_field_comes_back_from_a_theme_with_words_of_its_own(talkative: Theme, tmp_path: Path) -> None:
    """Titles, labels, values and sentences, and numbers of sections: the document says what its theme calls them."""
    before = load(EVERY_FIELD)
    plain = before.model_copy(update={"attachments": ()})
    assert carried(through_theme(plain, talkative)) == carried(plain)
    copyfile(PICTURE, tmp_path / "look.png")
    (tmp_path / "gateway_2.log").write_text("refused", "utf-8")
    assert carried_by_word(through_word(before, tmp_path, talkative)) == carried_by_word(before)


CLOCKS = {
    "id": "1",
    "title": "T",
    "date": "2023-10-29",
    "timezone": "Europe/Berlin",
    "timeline": [
        {"at": f"2023-10-{at}", "description": at}
        for at in ("28T23:59:59+02:00", "29T00:00:00+02:00", "29T02:30:00+02:00", "29T02:30:00+01:00", "30T00:00+01:00")
    ],
    "impact": {"started_at": "2023-10-29T02:30:00+01:00", "ended_at": "2023-10-30T00:00:00+01:00"},
}
"""Events around midnight, and in the hour that a change of clocks has twice."""

ODD = {
    "id": "A",
    "title": "🦊",
    "date": "2023-08-13",
    "severity": " 1 ",
    "services": ["b (c), d"],
    "tags": ["x "],
    "conclusion": "Done.",
    "authors": [{"name": name, "role": "Lead, night (2nd)"} for name in ODD_NAMES],
    "reviewers": [{"name": name, "email": "a@example.org"} for name in ODD_NAMES],
    "responders": [{"name": name} for name in ODD_NAMES],
    "preventive_measures": [
        {"title": str(at), "owner": {"name": name, "role": "r, s"}} for at, name in enumerate(ODD_NAMES)
    ],
}
"""Names that hold commas and brackets, and values that are hardly any."""


@pytest.mark.parametrize("name", ODD_NAMES)
def test_whom_to_ask_comes_back_whatever_the_name(name: str) -> None:
    """In the sentence about the contact, with and without a role."""
    for more in ({}, {"role": "Lead (2nd)"}, {"email": "a@example.org"}):
        before = Incident.model_validate({**ODD, "contact": {"name": name, **more}, "authors": []})
        assert carried(there_and_back(before)) == carried(before)
        assert carried_by_word(through_word(before)) == carried_by_word(before)


@MORE
@example(Incident.model_validate(CLOCKS))
@example(Incident.model_validate(ODD))
@example(Incident.model_validate({"id": "1", "title": "T", "date": "2023-08-13", "references": [""]}))
@given(incidents(hostile=False))
def test_any_record_comes_back(before: Incident) -> None:
    """A record of plain words as Markdown is read back as the same record, but for what the document does not hold."""
    assume(have_names_of_their_own(before.preventive_measures))
    assert carried(there_and_back(before)) == carried(before)


@FEW
@example(Incident.model_validate(CLOCKS))
@example(Incident.model_validate(ODD))
@given(incidents(hostile=False))
def test_any_record_comes_back_from_word(before: Incident) -> None:
    """A record of plain words is read back from what is seen of its Word draft, but for what Word does not hold."""
    assume(have_names_of_their_own(before.preventive_measures))
    assert carried_by_word(through_word(before)) == carried_by_word(before)
