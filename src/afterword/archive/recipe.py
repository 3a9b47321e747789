"""What all reports of a run are made with, as one fingerprint: tool, libraries, options, theme, base, date."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import astuple, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from afterword import resources
from afterword.clock import VARIABLE
from afterword.options import RenderOptions
from afterword.pipeline import formats_of
from afterword.theme.load import DEFAULT, load_theme, names
from afterword.version import VERSION

_LIBRARIES = (
    "babel",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "mdit-py-plugins",
    "pillow",
    "pydyf",
    "python-docx",
    "resvg-py",
    "weasyprint",
)
"""Libraries whose versions change the bytes of documents."""

_PARTS_OF_THEMES = frozenset(
    {".toml", ".css", ".html", ".j2", ".svg", ".png", ".jpg", ".jpeg", ".ttf", ".otf", ".woff", ".woff2"}
)


def recipe(options: RenderOptions, environ: Mapping[str, str]) -> str:
    """Return the fingerprint, in hexadecimal. Raises ThemeError and UsageError for options that cannot be used."""
    made = hashlib.sha256()
    told = replace(options, formats=tuple(formats_of(options)), theme="", docx_base="")
    libraries = " ".join(f"{name}={_version(name)}" for name in _LIBRARIES)
    for text in (VERSION, libraries, repr(astuple(told)), environ.get(VARIABLE, ""), _name(options)):
        made.update(f"{text}\0".encode())
    for path in _files(options):
        made.update(f"{path.name}\0".encode())
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


def _files(options: RenderOptions) -> Iterator[Path]:
    """Yield the files of ours and of the caller that every report is made with, in a fixed order."""
    yield from _parts(resources.templates())
    yield from (path for path in _parts(resources.styles()) if path.parent.name != "fonts")
    theme = load_theme(options.theme)
    if options.theme and options.theme not in names():
        yield from (Path(options.theme),) if Path(options.theme).is_file() else ()
        yield from _parts(theme.folder) if theme.folder else ()
    if options.docx_base:
        yield Path(options.docx_base)


def _parts(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _PARTS_OF_THEMES and path.is_file():
            yield path
