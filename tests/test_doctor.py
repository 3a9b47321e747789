"""What `afterword doctor` finds."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from afterword import doctor, resources
from afterword.doctor import Check, examine
from afterword.system import FoundLibrary, examine_libraries, pango_install_command
from afterword.theme import load
from afterword.version import LIBRARIES

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


def _by_name(checks: tuple[Check, ...]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def test_where_the_tests_run_nothing_is_missing() -> None:
    """A sound installation has no missing part, so that the command ends with 0."""
    assert [check for check in examine() if check.state != "ok"] == []


def test_each_library_of_the_project_is_looked_at() -> None:
    """The list of Python libraries is that of pyproject.toml."""
    requirements = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["dependencies"]
    assert list(LIBRARIES) == [re.split(r"[<>=!~ ]", requirement)[0] for requirement in requirements]


def test_each_script_of_the_samples_is_covered() -> None:
    """The built-in theme's fonts draw Latin, Greek, Cyrillic, Hebrew, Arabic, Ethiopic and Devanagari."""
    scripts = _by_name(examine())["Scripts"]
    assert scripts.detail == "Latin, Greek, Cyrillic, Hebrew, Arabic, Ethiopic, Devanagari"
    assert "Han" in scripts.hint


def test_without_pango_no_pdf_can_be_made_and_the_hint_is_a_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing essential library is named at PDF as well, with what installs it here."""
    monkeypatch.setattr(doctor, "examine_libraries", lambda: _without("Pango"))
    checks = _by_name(examine())
    assert checks["Pango"].state == checks["PDF"].state == "missing"
    assert "Pango" in checks["PDF"].detail
    assert checks["Pango"].hint == pango_install_command()


def test_without_harfbuzz_subset_pdfs_are_made_with_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint can do without HarfBuzz-Subset, so its absence keeps nothing from working."""
    monkeypatch.setattr(doctor, "examine_libraries", lambda: _without("HarfBuzz-Subset"))
    checks = _by_name(examine())
    assert (checks["HarfBuzz-Subset"].state, checks["PDF"].state) == ("warning", "ok")


def _without(name: str) -> tuple[FoundLibrary, ...]:
    return tuple(
        replace(found, is_found=False, version="") if found.library.name == name else found
        for found in examine_libraries()
    )


def test_a_library_that_is_not_installed_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A distribution that nobody has installed is told with how to install it."""
    monkeypatch.setattr(doctor, "LIBRARIES", ("afterword-nonesuch",))
    assert _by_name(examine())["afterword-nonesuch"] == Check(
        "afterword-nonesuch", "missing", "not installed", "pip install afterword-nonesuch"
    )


def test_styles_that_are_gone_are_told_without_a_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An incomplete installation has missing templates, styles and theme, each told."""
    load._built_in.cache_clear()
    monkeypatch.setattr(resources, "styles", lambda: tmp_path / "styles")
    monkeypatch.setattr(resources, "templates", lambda: tmp_path / "templates")
    try:
        checks = _by_name(examine())
    finally:
        load._built_in.cache_clear()
    assert {checks[name].state for name in ("Templates", "Styles", "Theme")} == {"missing"}


def test_a_font_that_is_gone_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A font file of the theme that cannot be read is named."""
    styles = tmp_path / "styles"
    shutil.copytree(resources.styles(), styles)
    (styles / "fonts" / "NotoSans-Bold.ttf").unlink()
    built_in = load.load_theme("")
    faces = tuple(
        face.model_copy(update={"file": str(styles / "fonts" / Path(face.file).name)}) for face in built_in.fonts.faces
    )
    theme = built_in.model_copy(update={"fonts": built_in.fonts.model_copy(update={"faces": faces})})
    monkeypatch.setattr(doctor, "load_theme", lambda _: theme)
    fonts = _by_name(examine())["Fonts"]
    assert fonts.state == "missing"
    assert "NotoSans-Bold.ttf" in fonts.detail


def test_looking_loads_neither_engine() -> None:
    """A broken engine cannot keep the doctor from telling so."""
    code = (
        "import sys; from afterword.doctor import examine; examine(); print({'weasyprint', 'docx'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "set()\n"
