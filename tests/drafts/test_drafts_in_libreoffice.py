"""Drafts that LibreOffice saved: most content controls are lost there, and no word of the record is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from draft_making import RECORD, Edit, draft_of

from afterword.api import load
from afterword.drafts.comparing import with_edits
from afterword.incident.model import Incident
from afterword.readers.docx.package import opened
from afterword.readers.docx.record import record_in
from afterword.readers.source import path_text
from sample_documents import GROUP, NAMES, rendered

pytestmark = pytest.mark.xdist_group(GROUP)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the drafts of the samples and of a record, as LibreOffice saves them."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("saved")
    drafts = {Path(name).stem: rendered(name).files["docx"] for name in NAMES} | {"record": draft_of(RECORD)}
    for name, data in drafts.items():
        (folder / f"{name}.docx").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"]
    subprocess.run([*map(str, (*command, folder / "out", *folder.glob("*.docx")))], check=True, capture_output=True)
    return folder / "out"


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_that_libreoffice_saved_has_no_edits(name: str, saved: Path) -> None:
    """In every script: nothing was done, and nothing is told."""
    folder = Path(__file__).parents[2] / "samples"
    package = opened((saved / f"{Path(name).stem}.docx").read_bytes(), name)
    record = record_in(package, folder)
    assert record is not None
    source = with_edits(record, package)

    assert [note.words for note in source.notes] == []
    assert Incident.model_validate(source.data) == load(folder / name)


def test_edits_in_libreoffice_are_found(saved: Path) -> None:
    """By the lines and words around them, where the controls are lost."""
    edit = Edit((saved / "record.docx").read_bytes())
    for old, new in (("Alert fires.", "Two alerts fire."), ("Many.", "All."), ("Watch the chain.", "Watch it all.")):
        next(each for each in edit.document.element.body.iter(qn("w:t")) if each.text == old).text = new
    package = opened(edit.saved(), "record.docx")
    record = record_in(package)
    assert record is not None
    source = with_edits(record, package)

    assert {path_text(note.path): note.words for note in source.notes} == {
        "timeline[0].description": "edited: 'Alert fires.' → 'Two alerts fire.'",
        "impact.description": "edited: 'Many.' → 'All.'",
        "lessons[0].description": "edited: 'Watch the chain.' → 'Watch it all.'",
    }
