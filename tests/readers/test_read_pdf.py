"""PDFs as sources: of ours, the record inside; of all others, what to do."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from afterword.api import load
from afterword.errors import SourceError
from afterword.intake import read as read_file
from afterword.loading import load_source
from afterword.options import RenderOptions
from afterword.pipeline import findings_of, render_loaded
from afterword.readers.pdf import read
from sample_documents import GROUP, rendered

pytestmark = pytest.mark.xdist_group(GROUP)

SAMPLES = Path(__file__).parents[2] / "samples"
SAMPLE = SAMPLES / "incident-0x19-complete.yaml"


@pytest.fixture(scope="module", params=["accessible", "plain"])
def pdf(request: pytest.FixtureRequest) -> bytes:
    """Return a PDF of ours, of both kinds."""
    if request.param == "accessible":
        return rendered(SAMPLE.name).files["pdf"]
    loaded = load_source(read_file(str(SAMPLE)))
    return render_loaded(loaded, RenderOptions(("pdf",), pdf=request.param), {}).files["pdf"]


def refused(data: bytes) -> tuple[str, str]:
    """Return code and hint of the finding for a PDF that cannot be read."""
    with pytest.raises(SourceError) as caught:
        read(data, "a.pdf")
    (finding,) = caught.value.findings
    assert str(finding.place) == "a.pdf"
    return finding.code, finding.hint


def test_the_record_inside_comes_back(pdf: bytes, tmp_path: Path) -> None:
    """Exactly, with the attachments that it names, and so without the folder that it came from."""
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    source = read_file(str(path))
    incident = load(SAMPLE)

    assert load_source(source).incident == incident
    assert set(source.files) == {attachment.path for attachment in incident.attachments}
    assert source.files == {each: (SAMPLES / each).read_bytes() for each in source.files}
    alone = replace(source, folder=None)
    assert not any(finding.path.startswith("attachments") for finding in findings_of(load_source(alone)))


def saved_again(pdf: bytes, *, without_record: bool = False, locked: bool = False) -> bytes:
    """Return a PDF as another program saves it."""
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if without_record:
            del document.attachments["incident.json"]
        encryption = pikepdf.Encryption(owner="x", user="x") if locked else False
        document.save(file, encryption=encryption)
    return file.getvalue()


def test_another_program_may_have_saved_it(pdf: bytes) -> None:
    """The record is looked for where the format has it, not where we happen to write it."""
    assert read(saved_again(pdf), "a.pdf").data == read(pdf, "a.pdf").data


def test_other_pdfs_are_told_what_to_do(pdf: bytes) -> None:
    """Without a record, with a password, or cut off."""
    code, hint = refused(saved_again(pdf, without_record=True))
    assert (code, ".docx" in hint) == ("AW117", True)
    assert refused(saved_again(pdf, locked=True))[0] == "AW115"
    assert refused(pdf[:900])[0] == "AW116"
    assert refused(b"%PDF-1.7\n")[0] == "AW116"


def test_damage_is_a_finding_and_never_a_traceback(pdf: bytes) -> None:
    """Whatever bytes are changed: the record as it was, or one finding."""
    dice = random.Random(7)  # noqa: S311 (no secret)
    codes = set()
    for _ in range(25):
        data = bytearray(pdf)
        for _ in range(dice.randint(1, 40)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        codes.add(outcome(bytes(data)))
    assert codes <= {"", "AW103", "AW115", "AW116", "AW117"}


def outcome(data: bytes) -> str:
    """Return the code of the finding for a PDF, empty where it is read."""
    try:
        read(data, "a.pdf")
    except SourceError as error:
        return error.findings[0].code
    return ""


def test_circles_and_bombs_end() -> None:
    """A tree of files that holds itself, and a record that unpacks to more than anything we write."""
    circle, bomb, file = pikepdf.new(), pikepdf.new(), io.BytesIO()
    node = circle.make_indirect(pikepdf.Dictionary(Limits=pikepdf.Array(["a", "z"])))
    node.Kids = pikepdf.Array([node, node])
    circle.Root.Names = pikepdf.Dictionary(EmbeddedFiles=node)
    circle.save(file)
    assert outcome(file.getvalue()) in {"AW116", "AW117"}

    bomb.attachments["incident.json"] = pikepdf.AttachedFileSpec(bomb, b" " * 120_000_000, filename="incident.json")
    file = io.BytesIO()
    bomb.save(file, compress_streams=True)
    assert outcome(file.getvalue()) in {"AW103", "AW116"}
