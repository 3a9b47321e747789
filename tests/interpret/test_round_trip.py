"""What our own Markdown carries back into the record: all that prose can hold, and what it cannot by name."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import pytest

from afterword.api import load
from afterword.incident.model import Incident
from afterword.words import languages
from carrying import NOT_CARRIED, fields, there_and_back, values

HERE = Path(__file__).parent
PICTURE = HERE.parents[1] / "samples" / "media" / "egress.png"
EVERY_FIELD = HERE / "every-field.yaml"


def is_carried(field: str) -> bool:
    """Return whether a document holds a field."""
    return field not in NOT_CARRIED and field.rpartition(".")[2] != "visibility"


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
    after = values(there_and_back(before, tmp_path))
    assert {field: after.get(field) for field in values(before) if is_carried(field)} == {
        field: value for field, value in values(before).items() if is_carried(field)
    }
    assert {field for field in after if is_carried(field)} == {field for field in values(before) if is_carried(field)}
