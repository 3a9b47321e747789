"""What all reports of a run are made with, as one fingerprint."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from afterword.archive.recipe import recipe
from afterword.options import RenderOptions
from afterword.version import LIBRARIES

_SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"><path d="M0 0h{}v9z"/></svg>'


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """Return the folder of a theme with a style sheet, a logo, a template, and a picture that each of them names."""
    folder = tmp_path / "house"
    for name in ("templates", "art"):
        (folder / name).mkdir(parents=True)
    (folder / "theme.toml").write_text(
        'name = "house"\nbase = "sober"\ncss = "house.css"\n[logo]\nfile = "logo.svg"\nalt = "House"\n', "utf-8"
    )
    (folder / "house.css").write_text("h1 { background: url(art/bar.svg) }", "utf-8")
    (folder / "templates/page.html.j2").write_text("{{ theme_file('art/seal.svg') }}", "utf-8")
    for name in ("logo.svg", "art/bar.svg", "art/seal.svg"):
        (folder / name).write_text(_SQUARE.format(9), "utf-8")
    return folder


def _made(theme: Path | str, **changes: str | tuple[str, ...]) -> str:
    return recipe(RenderOptions(theme=str(theme), **changes), {})  # type: ignore[arg-type] # (texts and tuples of them)


@pytest.mark.parametrize("name", ["theme.toml", "house.css", "logo.svg", "art/bar.svg", "templates/page.html.j2"])
@pytest.mark.parametrize("named", ["folder", "file"])
def test_whatever_a_theme_uses_counts(theme: Path, name: str, named: str) -> None:
    """Its file, style sheet, logo, templates, and the pictures that these name."""
    given = theme if named == "folder" else theme / "theme.toml"
    before = _made(given)
    file = theme / name
    file.write_text(file.read_text("utf-8").replace("#", "# ").replace("M0 0h9", "M0 0h8") + "\n", "utf-8")

    assert _made(given) != before


def test_a_picture_counts_where_a_template_may_name_it(theme: Path) -> None:
    """A template may build the name of a picture, so that each in the folder of the theme counts; else none does."""
    with_templates = _made(theme)
    (theme / "art/seal.svg").write_text(_SQUARE.format(8), "utf-8")
    assert _made(theme) != with_templates

    (theme / "templates/page.html.j2").unlink()
    (theme / "templates").rmdir()
    without = _made(theme)
    (theme / "art/seal.svg").write_text(_SQUARE.format(7), "utf-8")
    assert _made(theme) == without


def test_an_archive_beside_a_theme_is_no_part_of_it(theme: Path) -> None:
    """Neither is what the theme does not use: else a run would have the next make everything again."""
    before = _made(theme)
    for name in ("archive/data/report.html", "archive/data/shot.png", "archive/bagit.txt", ".git/x.svg", "notes.toml"):
        (theme / name).parent.mkdir(parents=True, exist_ok=True)
        (theme / name).write_text("x", "utf-8")

    assert _made(theme) == before


def test_a_theme_is_the_same_wherever_it_is(theme: Path, tmp_path: Path) -> None:
    """Its files count by their paths in its folder."""
    before = _made(theme)
    theme.rename(tmp_path / "elsewhere")

    assert _made(tmp_path / "elsewhere") == before


def test_the_order_of_formats_does_not_matter() -> None:
    """`--to docx,pdf` makes what `--to pdf,docx` has made."""
    assert _made("", formats=("docx", "pdf")) == _made("", formats=("pdf", "docx"))
    assert _made("", formats=("pdf",)) != _made("", formats=("pdf", "docx"))


@pytest.mark.parametrize("library", [*LIBRARIES, "pydyf"])
def test_each_library_that_makes_documents_counts(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of one may make other bytes; those of the command line, and the one that reads PDFs, do not."""
    before = _made("")
    monkeypatch.setattr("afterword.archive.recipe.version", lambda name: "0" if name == library else version(name))

    assert (_made("") == before) == (library in {"pypdf", "rich", "typer"})


def test_the_date_that_is_set_counts() -> None:
    """SOURCE_DATE_EPOCH is written into documents."""
    assert recipe(RenderOptions(), {"SOURCE_DATE_EPOCH": "1"}) != recipe(RenderOptions(), {})
