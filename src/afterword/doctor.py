"""What is installed and what is missing on this machine, without loading any engine."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

from afterword import resources
from afterword.system import examine_libraries, missing_libraries, pango_install_command
from afterword.theme.fonts import glyphs
from afterword.theme.load import load_theme
from afterword.version import VERSION

_LIBRARIES = ("WeasyPrint", "python-docx", "pydantic", "Jinja2", "ruamel.yaml", "markdown-it-py", "Babel", "resvg-py")
_SCRIPTS = {
    "Latin": 0x41,
    "Greek": 0x3B1,
    "Cyrillic": 0x416,
    "Arabic": 0x627,
    "Hebrew": 0x5D0,
    "Ethiopic": 0x1230,
    "Devanagari": 0x905,
}
"""A character of each script that the built-in theme covers."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: Literal["ok", "warning", "missing"]
    detail: str
    hint: str = ""
    """What to do where it is not ok."""


def examine() -> tuple[Check, ...]:
    """Return what was found, in the order in which a person would ask: tool, libraries, system, resources, fonts."""
    return tuple(_checks())


def _checks() -> Iterator[Check]:
    yield Check("Afterword", "ok", VERSION)
    yield Check("Python", "ok", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    yield from (_library(name) for name in _LIBRARIES)
    yield from _system()
    yield _pdf()
    yield from (_folder(path) for path in (resources.templates(), resources.styles()))
    yield from _fonts()


def _library(name: str) -> Check:
    try:
        return Check(name, "ok", version(name))
    except PackageNotFoundError:
        return Check(name, "missing", "not installed", f"pip install {name}")


def _system() -> Iterator[Check]:
    for found in examine_libraries():
        if found.is_found:
            yield Check(found.library.name, "ok", found.version or "found")
        else:
            state: Literal["missing", "warning"] = "missing" if found.library.is_essential else "warning"
            yield Check(found.library.name, state, "not found", pango_install_command())


def _pdf() -> Check:
    missing = missing_libraries()
    if missing:
        detail = f"cannot be made without {', '.join(missing)}"
        return Check("PDF", "missing", detail, pango_install_command())
    return Check("PDF", "ok", "can be made")


def _folder(path: Path) -> Check:
    if path.is_dir():
        return Check(path.name, "ok", str(path))
    return Check(path.name, "missing", str(path), "the installation is incomplete; install Afterword again")


def _fonts() -> Iterator[Check]:
    theme = load_theme("")
    families = dict.fromkeys(face.family for face in theme.fonts.faces)
    for family in families:
        files = [theme.folder / face.file for face in theme.fonts.faces if face.family == family]
        absent = [file.name for file in files if not file.is_file()]
        if absent:
            yield Check(family, "missing", ", ".join(absent), "the installation is incomplete; install Afterword again")
        else:
            yield Check(family, "ok", _coverage(files))


def _coverage(files: list[Path]) -> str:
    known = glyphs(files[0]).advances
    scripts = [script for script, code in _SCRIPTS.items() if code in known]
    faces = "1 face" if len(files) == 1 else f"{len(files)} faces"
    return f"{faces}, {', '.join(scripts) or 'symbols'}"
