"""What all reports of a run are made with, as one fingerprint: tool, libraries, options, theme, base, date."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from afterword import resources
from afterword.archive.bag import DECLARATION
from afterword.archive.store import OWN
from afterword.clock import VARIABLE
from afterword.options import RenderOptions
from afterword.pipeline import formats_of
from afterword.theme.css import PICTURES, named_addresses
from afterword.theme.load import DEFAULT, load_theme, names, theme_path
from afterword.theme.record import Theme
from afterword.version import LIBRARIES, VERSION

_LIBRARIES = ("pydyf", *(name for name in LIBRARIES if name not in {"pypdf", "rich", "typer"}))
"""Libraries whose versions may change the bytes of documents: WeasyPrint's own, which it writes PDFs with, and ours
but for those that read PDFs and that show things in a terminal."""

_PARTS = frozenset(
    {".toml", ".css", ".html", ".j2", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf", ".woff", ".woff2"}
)


def recipe(options: RenderOptions, environ: Mapping[str, str]) -> str:
    """Return the fingerprint, in hexadecimal. Raises ThemeError and UsageError for options that cannot be used."""
    made = hashlib.sha256()
    told = replace(options, formats=tuple(sorted(formats_of(options))), theme="", docx_base="")
    libraries = " ".join(f"{name}={_version(name)}" for name in _LIBRARIES)
    for text in (VERSION, libraries, repr(astuple(told)), environ.get(VARIABLE, ""), _name(options)):
        made.update(f"{text}\0".encode())
    for name, path in _files(options):
        made.update(f"{name}\0".encode("utf-8", "surrogateescape"))
        made.update(hashlib.sha256(path.read_bytes()).digest())
    return made.hexdigest()


def _name(options: RenderOptions) -> str:
    """Return the name of a built-in theme; one of one's own is known by its files, wherever they are."""
    return (options.theme or DEFAULT) if (options.theme or DEFAULT) in names() else ""


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _files(options: RenderOptions) -> Iterator[tuple[str, Path]]:
    """Yield the files of ours and of the caller that every report is made with, by name, in a fixed order."""
    ours = (*_parts(resources.templates()), *_parts(resources.styles()))
    yield from ((path.name, path) for path in ours if path.parent.name != "fonts")
    theme = load_theme(options.theme)
    if options.theme and options.theme not in names():
        yield from sorted({_named(path, theme.folder) for path in _of_theme(options.theme, theme)})
    if options.docx_base:
        yield Path(options.docx_base).name, Path(options.docx_base)


def _named(path: Path, folder: Path) -> tuple[str, Path]:
    """Return a file of a theme with its name, which does not hang on where the theme is."""
    return (path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name), path


def _of_theme(given: str, theme: Theme) -> Iterator[Path]:
    """Yield the files that a theme of one's own uses, or may use; what else is in its folder does not count."""
    sheets = _own(theme.sheets)
    templates = _own(theme.template_folders)
    yield theme.folder / theme_path(given).name
    named = (theme.logo.file, *(face.file for face in theme.fonts.faces))
    yield from _own(theme.folder / name for name in named if name)
    yield from sheets
    for sheet in sheets:
        yield from (sheet.parent / name for name in named_addresses(sheet.read_text("utf-8")))
    for folder in templates:
        yield from _parts(folder)
        yield from (path for path in _parts(folder.parent) if path.suffix.lower() in PICTURES)


def _own(paths: Iterable[Path]) -> list[Path]:
    """Return the paths that are not of a theme of ours, whose files count for every report."""
    return [path for path in paths if not path.is_relative_to(resources.styles())]


def _parts(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder that may be of a theme; archives and hidden folders are passed over."""
    for place, folders, files in os.walk(folder):
        if {DECLARATION, OWN} & {*folders, *files}:
            folders.clear()
            continue
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (Path(place, each) for each in sorted(files) if Path(each).suffix.lower() in _PARTS)
