"""What outside judges say of the HTML page: html-validate of its markup, axe-core of what Chromium shows."""

from __future__ import annotations

from pathlib import Path

import docx_reports as made
import pytest
from npm_judges import axe, html_validate

import afterword
from afterword.writers.html import write

SAMPLES = sorted(
    each for each in (Path(__file__).parents[2] / "samples").iterdir() if each.suffix in {".yaml", ".toml", ".json"}
)

BROKEN = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>x</title><style>p { color: #ccc; background: #fff; }</style></head>
<body><main><h1>x</h1><p>pale</p><img src="https://example.invalid/x.png"><li>alone</li></main></body></html>
"""


def pages(folder: Path) -> list[Path]:
    """Write the pages of all samples, and of reports with every node in four scripts, and return their paths."""
    made_pages = {path.stem: afterword.render(path, ["html"]).files["html"] for path in SAMPLES}
    for language in ("en", "ar", "he", "am"):
        made_pages[f"all-{language}"] = write(made.everything(language), made.options()).data
    for name, data in made_pages.items():
        (folder / f"{name}.html").write_bytes(data)
    return [folder / f"{name}.html" for name in made_pages]


def broken(folder: Path) -> Path:
    """Write a page with a fault of each kind, and return its path."""
    file = folder / "broken.html"
    file.write_text(BROKEN, encoding="utf-8")
    return file


def test_html_validate_finds_no_fault(tmp_path: Path) -> None:
    """html-validate finds no error in the page of any sample, nor in one with every node."""
    html_validate([])  # skips before the work where it is not asked
    files = pages(tmp_path)
    assert html_validate(files) == {file.name: [] for file in files}


def test_html_validate_bites(tmp_path: Path) -> None:
    """A picture without a text alternative and an item outside a list are found, so that silence means something."""
    (found,) = html_validate([broken(tmp_path)]).values()
    assert any("alt" in each for each in found), found
    assert any("<li>" in each for each in found)


def test_axe_finds_no_fault_in_chromium(tmp_path: Path) -> None:
    """axe-core finds no violation in Chromium, on light and dark screens and in a narrow window; nothing is fetched."""
    axe([])  # skips before the work where it is not asked
    files = pages(tmp_path)
    assert axe(files) == {file.name: [] for file in files}


@pytest.mark.parametrize(
    "fault", ["color-contrast", "image-alt", "listitem", "asked for https://example.invalid/x.png"]
)
def test_axe_bites(fault: str, tmp_path: Path) -> None:
    """Pale text, a missing text alternative, a stray item and a request to somewhere are found."""
    (found,) = axe([broken(tmp_path)]).values()
    assert any(fault in each for each in found), found
