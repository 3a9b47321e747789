"""The state of the installation, as records: what is here, what is missing, and what to do about it."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from afterword import resources
from afterword.errors import ThemeError
from afterword.intake import READERS, SUFFIXES
from afterword.readers.plugins import clashes, plugged_in
from afterword.system import FoundLibrary, examine_libraries, pango_install_command
from afterword.theme.fonts import font_files, glyphs
from afterword.theme.load import load_theme
from afterword.version import LIBRARIES, VERSION

State = Literal["ok", "warning", "missing"]

OLDEST_PYTHON = (3, 11)

_LETTERS = {
    "Latin": "AZazÆßñőžŁİơạ",
    "Greek": "ΑΩαωάΐ",
    "Cyrillic": "АЯаяЁїђџ",
    "Armenian": "ԱՖաֆ",
    "Georgian": "აჰ",
    "Hebrew": "אתםץ",
    "Arabic": "ابتيءگپچ",
    "Ethiopic": "ሀለሐፐ፩",
    "Devanagari": "अहािी",
    "Bengali": "অহাি",
    "Tamil": "அஹாி",
    "Thai": "กฮะา",
    "Hiragana and Katakana": "あんアン",
    "Han": "一人事件国",
    "Hangul": "가나힣",
}
"""Letters that a font must have to cover a script: common ones and some that fonts tend to lack."""

_OPTIONAL_TOOLS = {
    "soffice": "opens drafts in the tests",
    "node": "runs the Open XML SDK validator in the tests",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: State
    """`missing` keeps some command from working; `warning` does not."""

    detail: str
    """What was found."""

    hint: str = ""
    """What to do; empty where there is nothing to do."""


def examine() -> tuple[Check, ...]:
    """Return what was found, from the program to its fonts; loads neither WeasyPrint nor python-docx."""
    libraries = examine_libraries()
    return (
        Check("Afterword", "ok", f"{VERSION}, in {Path(__file__).parent}"),
        _python(),
        Check("System", "ok", platform.platform()),
        *map(_python_library, LIBRARIES),
        *map(_shared_library, libraries),
        _pdf(libraries),
        *_folders(),
        *_fonts(),
        _optional_tools(),
        *_readers(),
    )


def _readers() -> Iterator[Check]:
    """Yield the readers that other packages bring, and what keeps each from being used."""
    taken = clashes(READERS, SUFFIXES)
    for reader in plugged_in():
        claims = [claim for each, claim in taken if each is reader]
        detail = f"{reader.package}: {', '.join(reader.suffixes) or 'by --from alone'}"
        if reader.fault:
            yield Check(f"Reader {reader.name}", "warning", f"{reader.package}: {reader.fault}", "tell its makers")
        elif claims:
            yield Check(f"Reader {reader.name}", "warning", detail, f"not used for {', '.join(claims)}: taken already")
        else:
            yield Check(f"Reader {reader.name}", "ok", detail)


def _python() -> Check:
    detail = f"{platform.python_version()} ({sys.executable})"
    if sys.version_info[:2] >= OLDEST_PYTHON:
        return Check("Python", "ok", detail)
    return Check("Python", "missing", detail, "install Python 3.11 or newer")


def _python_library(name: str) -> Check:
    try:
        return Check(name, "ok", version(name))
    except PackageNotFoundError:
        return Check(name, "missing", "not installed", f"pip install {name}")


def _shared_library(found: FoundLibrary) -> Check:
    name = found.library.name
    if found.is_found:
        return Check(name, "ok", found.version or "found")
    state: State = "missing" if found.library.is_essential else "warning"
    return Check(name, state, "not found by the dynamic loader", pango_install_command())


def _pdf(libraries: tuple[FoundLibrary, ...]) -> Check:
    """Return whether a PDF can be made: WeasyPrint is installed and the essential shared libraries are found."""
    lacking = [found.library.name for found in libraries if found.library.is_essential and not found.is_found]
    if _python_library("weasyprint").state != "ok":
        lacking.insert(0, "weasyprint")
    if not lacking:
        return Check("PDF", "ok", "can be made")
    hint = f"{pango_install_command()}; all other formats work without it"
    return Check("PDF", "missing", f"cannot be made without {', '.join(lacking)}", hint)


def _folders() -> Iterator[Check]:
    for name, folder in (("Templates", resources.templates()), ("Styles", resources.styles())):
        count = sum(1 for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
        if count:
            yield Check(name, "ok", f"{count} files in {folder}")
        else:
            yield Check(name, "missing", f"nothing in {folder}", "install Afterword again")


def _fonts() -> Iterator[Check]:
    """Return the state of the built-in theme, of its font files and of the scripts that they cover."""
    try:
        theme = load_theme("")
    except ThemeError as error:
        yield Check("Theme", "missing", error.message, "install Afterword again")
        return
    files = font_files(theme)
    unreadable = [path.name for path in files if not os.access(path, os.R_OK)]
    yield Check("Theme", "ok", theme.name)
    if unreadable:
        yield Check("Fonts", "missing", f"cannot be read: {', '.join(unreadable)}", "install Afterword again")
        return
    families = dict.fromkeys(face.family for face in theme.fonts.faces)
    yield Check("Fonts", "ok", f"{len(files)} files: {', '.join(families)}")
    yield _scripts(files)


def _scripts(files: tuple[Path, ...]) -> Check:
    drawn = {code for path in files for code in glyphs(path).advances}
    covered = [name for name, letters in _LETTERS.items() if drawn.issuperset(map(ord, letters))]
    others = [name for name in _LETTERS if name not in covered]
    hint = f"for {', '.join(others)}, name a font in a theme of your own" if others else ""
    return Check("Scripts", "ok", ", ".join(covered), hint)


def _optional_tools() -> Check:
    """Return which programs are here that only the tests use."""
    found = [
        f"{name} {'found' if shutil.which(name) else 'not found'} ({use})" for name, use in _OPTIONAL_TOOLS.items()
    ]
    return Check("For tests only", "ok", "; ".join(found))
