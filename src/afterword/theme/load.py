"""The theme of a render: a built-in one by name, or a theme file of one's own laid over a built-in one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from afterword import resources
from afterword.diagnostics import Finding, has_errors
from afterword.errors import SourceError, ThemeError, UsageError
from afterword.readers import toml
from afterword.readers.files import text_of
from afterword.readers.source import Data, Source
from afterword.theme.css import sheet_faults
from afterword.theme.files import family_faults, file_faults
from afterword.theme.record import Theme
from afterword.theme.svg import picture_fault
from afterword.theme.wording import wording_faults
from afterword.validation import validate

DEFAULT = "sober"
"""The theme that is used where none is named, and that every other one builds on."""

FILE = "theme.toml"
"""Name of the theme file in a folder that is a theme."""

_CODES = {"AW201": "AW603"}
"""Codes of a theme's faults by those of a record's; all others become AW604."""


@dataclass(frozen=True, slots=True)
class ThemeFile:
    """A theme file that has been read."""

    source: Source
    theme: Theme | None
    """None where it has faults."""

    findings: tuple[Finding, ...] = ()
    """Every fault, each with its place."""


def names() -> tuple[str, ...]:
    """Return the names of the built-in themes, the default first."""
    found = sorted(path.parent.name for path in (resources.styles() / "themes").glob(f"*/{FILE}"))
    return (DEFAULT, *(name for name in found if name != DEFAULT))


def load_theme(theme: str = "") -> Theme:
    """Return a theme: the built-in one of this name, or that of a file or folder; the default one for no name.

    Tables are merged key by key with those of the theme that it builds on; any other value replaces the one there.
    A `fonts.faces` of one's own is put before the built-in faces, so that the characters they cover are still covered.
    Raises ThemeError with every fault, each with its place, and UsageError for a name that no theme has.
    """
    name = theme or DEFAULT
    return _built_in(name) if name in names() else _usable(read_theme(theme))


def read_theme(theme: str, *, with_files: bool = True) -> ThemeFile:
    """Return a theme file with its faults; raise ThemeError if it cannot be read, UsageError for an unknown name.

    `with_files` looks into the files that it names, too.
    """
    file = theme_path(theme)
    source = _read(file, theme if Path(theme) == file else str(file))
    given = source.data.get("base") if isinstance(source.data, dict) else None
    base = _base(source, given or DEFAULT)
    if isinstance(base, Finding):
        return ThemeFile(source, None, (base,))
    below = None if file == theme_path(DEFAULT) else _built_in(base)
    read = _laid_over(source, _whole(base) if below else {})
    findings = [*read.findings, *(_faults(source) if with_files else ())]
    if read.theme is None or has_errors(findings):
        return ThemeFile(source, None, tuple(findings))
    findings += family_faults(source, read.theme) if with_files else ()
    return ThemeFile(source, _placed(read.theme, source, below), tuple(findings))


def _faults(source: Source) -> Iterator[Finding]:
    yield from file_faults(source)
    yield from sheet_faults(source, picture_fault)
    yield from wording_faults(source)


def theme_path(theme: str) -> Path:
    """Return the file of a theme; raise UsageError, with the names that exist, for a name that no theme has."""
    if theme in names():
        return resources.styles() / "themes" / theme / FILE
    path = Path(theme)
    if path.is_dir():
        return path / FILE
    if path.suffix or len(path.parts) > 1 or path.exists():
        return path
    close = difflib.get_close_matches(theme.lower(), names(), n=1)
    meant = f"did you mean {close[0]}? " if close else ""
    message = f"there is no theme {theme!r}; {meant}there are {', '.join(names())}, or name a .toml file"
    raise UsageError(message)


@cache
def _built_in(name: str) -> Theme:
    return _usable(read_theme(name, with_files=False))  # its files are checked by a test, not by every user


def _usable(read: ThemeFile) -> Theme:
    if read.theme is None:
        message = f"the theme {read.source.name} cannot be used"
        raise ThemeError(message, read.findings)
    return read.theme


def _base(source: Source, given: Data) -> str | Finding:
    """Return the name of the theme that one builds on, or the fault that there is none of this name."""
    if isinstance(given, str) and given in names():
        return given
    there = f"one of {', '.join(names())}"
    message = "`base` is no built-in theme"
    return Finding("AW604", message, place=source.place(("base",)), path="base", value=str(given), expected=there)


def _read(file: Path, name: str) -> Source:
    try:
        return toml.read(text_of(file, name), name, file.resolve().parent)
    except SourceError as error:
        raise ThemeError(error.message, [replace(each, code="AW601") for each in error.findings]) from error


def _whole(name: str) -> Data:
    """Return the data of a built-in theme, merged with the default one's, with absolute paths."""
    source = _read(theme_path(name), name)
    own = _rooted(source.data, source.folder)
    return own if name == DEFAULT else _merged(_whole(DEFAULT), own)


def _laid_over(source: Source, base: Data) -> ThemeFile:
    data = _merged(base, _rooted(source.data, source.folder))
    merged = Source(source.name, data, source.positions, source.folder, source.findings)
    theme, findings = validate(Theme, merged)
    recoded = tuple(replace(each, code=_CODES.get(each.code, "AW604")) for each in (*source.findings, *findings))
    return ThemeFile(source, theme, recoded)


def _placed(theme: Theme, source: Source, below: Theme | None) -> Theme:
    """Return a theme that knows where its files are."""
    folder = source.folder or Path()
    own = isinstance(source.data, dict) and source.data.get("css")
    templates = [path for path in (folder / "templates",) if path.is_dir()]
    return theme.model_copy(
        update={
            "folder": folder,
            "sheets": (*(below.sheets if below else ()), *([folder / theme.css] if own else ())),
            "template_folders": (*templates, *(below.template_folders if below else ())),
        }
    )


def _merged(base: Data, own: Data) -> Data:
    """Return `own` laid over `base`; faces of fonts are added, not replaced."""
    if not isinstance(base, dict) or not isinstance(own, dict):
        return own
    merged = dict(base)
    for key, value in own.items():
        known = merged.get(key)
        if key == "faces" and isinstance(known, list) and isinstance(value, list):
            merged[key] = [*value, *known]
        else:
            merged[key] = _merged(known, value)
    return merged


def _rooted(data: Data, folder: Path | None) -> Data:
    """Return theme data whose files have absolute paths, so that files of two themes can stand in one."""
    if not isinstance(data, dict):
        return data
    return {key: _rooted_part(key, value, folder or Path()) for key, value in data.items()}


def _rooted_part(key: str, value: Data, root: Path) -> Data:
    if key == "logo":
        return _rooted_file(value, root)
    if key == "fonts" and isinstance(value, dict) and isinstance(faces := value.get("faces"), list):
        return {**value, "faces": [_rooted_file(face, root) for face in faces]}
    return value


def _rooted_file(part: Data, root: Path) -> Data:
    if not isinstance(part, dict) or not isinstance(file := part.get("file"), str) or not file:
        return part
    return {**part, "file": str(root / file)}
