"""The files that a theme names: fonts and the logo."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from afterword.assets import AssetFault, print_ready
from afterword.diagnostics import Finding, Severity, shorten
from afterword.readers.source import Data, Key, Source, path_text
from afterword.theme.css import PICTURES
from afterword.theme.fonts import is_font
from afterword.theme.record import Theme
from afterword.theme.svg import picture_fault, svg_fault


class AddressRefused(ValueError):  # noqa: N818 (it becomes a finding)
    """A theme names a file that it may not have."""


def file_faults(source: Source) -> Iterator[Finding]:
    """Yield a finding for each font or logo of a theme that is not there or not what it should be."""
    data = source.data if isinstance(source.data, dict) else {}
    for index, face in enumerate(_faces(data)):
        yield from _font_faults(source, ("fonts", "faces", index, "file"), _file_in(face))
    logo = _file_in(data.get("logo"))
    fault = _logo_fault((source.folder or Path()) / logo, shorten(logo)) if logo else ""
    if fault:
        yield _finding("AW605", fault, source, ("logo", "file"))


def picture_in(folders: tuple[Path, ...], name: str) -> Path:
    """Return the picture of this name in one of the folders of a theme; raise AddressRefused for any other file."""
    for folder in folders:
        file = (folder / name).resolve()
        if file.is_relative_to(folder.resolve()) and file.is_file() and file.suffix.lower() in PICTURES:
            if fault := picture_fault(file):
                raise AddressRefused(fault)
            return file
    raise AddressRefused(f"there is no picture {shorten(name)!r} in the folder of the theme")


def family_faults(source: Source, theme: Theme) -> Iterator[Finding]:
    """Yield a warning for each family that a theme file asks for or brings, without it doing the other."""
    data = source.data if isinstance(source.data, dict) else {}
    fonts = data.get("fonts")
    brought = {face.family for face in theme.fonts.faces}
    asked = {theme.fonts.body, theme.fonts.heading, theme.fonts.mono, *theme.fonts.fallback}
    for path, family in _asked(fonts if isinstance(fonts, dict) else {}):
        if family not in brought:
            hint = "add its files under [[fonts.faces]]; without them a PDF is set in the fallback"
            yield _warning(f"no font file brings the family {shorten(family)!r}", hint, source, path)
    for index, face in enumerate(_faces(data)):
        own = face.get("family") if isinstance(face, dict) else None
        if isinstance(own, str) and own not in asked:
            hint = "name it as fonts.body, fonts.heading or fonts.mono, or in fonts.fallback"
            path = ("fonts", "faces", index, "family")
            yield _warning(f"no text is set in the family {shorten(own)!r}", hint, source, path)


def _asked(fonts: dict[str, Data]) -> Iterator[tuple[tuple[Key, ...], str]]:
    for name in ("body", "heading", "mono"):
        if isinstance(family := fonts.get(name), str):
            yield ("fonts", name), family
    listed = fonts.get("fallback")
    for index, family in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(family, str):
            yield ("fonts", "fallback", index), family


def _faces(data: dict[str, Data]) -> list[Data]:
    fonts = data.get("fonts")
    faces = fonts.get("faces") if isinstance(fonts, dict) else None
    return faces if isinstance(faces, list) else []


def _font_faults(source: Source, path: tuple[Key, ...], name: str) -> Iterator[Finding]:
    file = (source.folder or Path()) / name
    if not name:
        return
    if not file.is_file():
        yield _finding("AW602", f"there is no font file {shorten(name)!r} beside the theme", source, path)
    elif not is_font(file):
        yield _finding("AW606", f"{shorten(name)!r} is no font that can be read", source, path)


def _logo_fault(file: Path, name: str) -> str:
    """Return what is wrong with a logo; empty where nothing is."""
    if not file.is_file():
        return f"there is no logo {name!r} beside the theme"
    if file.suffix.lower() not in PICTURES:
        return f"the logo {name!r} is none of {', '.join(PICTURES)}"
    try:
        return svg_fault(file) if file.suffix.lower() == ".svg" else _picture_fault(file)
    except (OSError, AssetFault, ET.ParseError, ValueError) as error:
        return f"the logo {name!r} is no picture that can be read: {error}"


def _picture_fault(file: Path) -> str:
    print_ready(file.read_bytes(), file.name)
    return ""


def _file_in(part: Data) -> str:
    file = part.get("file") if isinstance(part, dict) else None
    return file if isinstance(file, str) else ""


def _finding(code: str, message: str, source: Source, path: tuple[Key, ...]) -> Finding:
    value = source.value(path)
    shown = shorten(value) if isinstance(value, str) else ""
    return Finding(code, message, place=source.place(path), path=path_text(path), value=shown)


def _warning(message: str, hint: str, source: Source, path: tuple[Key, ...]) -> Finding:
    return Finding("AW607", message, Severity.WARNING, source.place(path), path_text(path), hint=hint)


def picture_address(path: Path) -> str:
    """Return a picture that a theme brings as an address that holds all of it (RFC 2397)."""
    return data_address(path.read_bytes(), PICTURES[path.suffix.lower()])


def data_address(data: bytes, media_type: str) -> str:
    """Return bytes as an address that holds all of them (RFC 2397)."""
    return f"data:{media_type};base64,{b64encode(data).decode('ascii')}"
