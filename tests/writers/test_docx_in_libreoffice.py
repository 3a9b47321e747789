"""Word drafts as LibreOffice opens them: nothing is lost there, and they have about as many pages as the PDF."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest

from sample_documents import GROUP, NAMES, rendered
from test_parity import first_missing, parted, pdf_text

pytestmark = pytest.mark.xdist_group(GROUP)


@pytest.fixture(scope="session")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[str, int, str]]:
    """Return text, number of pages and their text of each sample's draft; skip where LibreOffice is not installed."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("libreoffice")
    drafts = {name: folder / f"{Path(name).stem}.docx" for name in NAMES}
    for name, path in drafts.items():
        path.write_bytes(rendered(name).files["docx"])
    for kind in ("txt:Text (encoded):UTF8", "pdf"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder, *drafts.values()]
        subprocess.run(command, check=True, capture_output=True)
    return {name: (_text(path), *_pages(path)) for name, path in drafts.items()}


def _text(draft: Path) -> str:
    return draft.with_suffix(".txt").read_text("utf-8-sig")


def _pages(draft: Path) -> tuple[int, str]:
    data = draft.with_suffix(".pdf").read_bytes()
    with pypdfium2.PdfDocument(data) as document:
        return len(document), pdf_text(data)


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_shows_all_words_in_order(name: str, opened: Mapping[str, tuple[str, int, str]]) -> None:
    """No word of the tree is missing, whatever controls, comments and fields stand around it."""
    text, _, pages = opened[name]

    # LibreOffice puts the numbers of lists and the boxes of tasks into the text; the words stand between them.
    text_itself, notes = parted(rendered(name).report)
    assert first_missing(text_itself, text) == ""
    assert first_missing(notes, pages) == ""  # the plain text has none


@pytest.mark.parametrize("name", NAMES)
def test_libreoffice_needs_about_as_many_pages_as_the_pdf(
    name: str, opened: Mapping[str, tuple[str, int, str]]
) -> None:
    """At most one page more or less, or a tenth where other fonts stand in for ours."""
    _, pages, _ = opened[name]
    with pypdfium2.PdfDocument(rendered(name).files["pdf"]) as document:
        expected = len(document)

    assert abs(pages - expected) <= max(1, round(expected / 10))
