"""The theme of a render: the built-in one, with what a theme file of your own says in place of it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from afterword import resources
from afterword.diagnostics import Finding, shorten
from afterword.errors import SourceError, ThemeError
from afterword.readers import toml
from afterword.readers.source import Data, Key, Source, path_text
from afterword.theme.record import Theme
from afterword.validation import validate

_LOGOS = (".png", ".jpg", ".jpeg", ".svg")


def load_theme(path: str) -> Theme:
    """Return the built-in theme, merged with the theme file at `path` unless that is empty.

    Tables are merged key by key; any other value replaces the built-in one. A `fonts.faces` of one's own is put
    before the built-in faces, so that the characters they cover are still covered.
    Raises ThemeError with every fault, each with its place.
    """
    return _built_in() if not path else _own(Path(path), path)


@cache
def _built_in() -> Theme:
    return _checked(_read(resources.styles() / "theme.toml", "theme.toml"))


def _own(file: Path, name: str) -> Theme:
    source = _read(file, name)
    base = _read(resources.styles() / "theme.toml", "theme.toml")
    faults = _file_faults(source)
    if faults:
        message = f"the theme {name} cannot be used"
        raise ThemeError(message, faults)
    data = _merged(_rooted(base.data, base.folder), _rooted(source.data, source.folder))
    return _checked(Source(source.name, data, source.positions, source.folder, source.findings))


def _read(file: Path, name: str) -> Source:
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        message = f"the theme {name} cannot be read: {reason}"
        raise ThemeError(message, [Finding("AW601", message)]) from error
    try:
        return toml.read(text, name, file.resolve().parent)
    except SourceError as error:
        raise ThemeError(error.message, error.findings) from error


def _checked(source: Source) -> Theme:
    theme, findings = validate(Theme, source)
    if theme is None:
        message = f"the theme {source.name} cannot be used"
        raise ThemeError(message, findings)
    return theme.model_copy(update={"folder": source.folder or Path()})


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
    root = folder or Path()
    if not isinstance(data, dict):
        return data
    rooted = dict(data)
    fonts, logo = rooted.get("fonts"), rooted.get("logo")
    if isinstance(fonts, dict) and isinstance(fonts.get("faces"), list):
        rooted["fonts"] = {**fonts, "faces": [_rooted_file(face, root) for face in fonts["faces"] or ()]}
    if isinstance(logo, dict):
        rooted["logo"] = _rooted_file(logo, root)
    return rooted


def _rooted_file(part: Data, root: Path) -> Data:
    if not isinstance(part, dict) or not isinstance(file := part.get("file"), str) or not file:
        return part
    return {**part, "file": str(root / file)}


def _file_faults(source: Source) -> list[Finding]:
    """Return a finding for each font or logo of a theme that is not there, and for a logo that is no picture."""
    data = source.data if isinstance(source.data, dict) else {}
    fonts, logo = data.get("fonts"), data.get("logo")
    faces = fonts.get("faces") if isinstance(fonts, dict) else None
    named = [(("fonts", "faces", index), face) for index, face in enumerate(faces if isinstance(faces, list) else ())]
    findings = []
    for path, part in (*named, (("logo",), logo)):
        file = part.get("file") if isinstance(part, dict) else None
        if not isinstance(file, str) or not file:
            continue
        if not _is_there(source, file):
            findings.append(_missing_file(source, (*path, "file"), file))
        elif path == ("logo",) and not file.lower().endswith(_LOGOS):
            message = f"the logo {shorten(file)!r} is none of {', '.join(_LOGOS)}"
            findings.append(Finding("AW601", message, place=source.place(("logo", "file")), path="logo.file"))
    return findings


def _is_there(source: Source, file: str) -> bool:
    return (source.folder or Path()).joinpath(file).is_file()


def _missing_file(source: Source, path: tuple[Key, ...], file: str) -> Finding:
    message = f"there is no file {shorten(file)!r} beside the theme"
    return Finding("AW602", message, place=source.place(path), path=path_text(path), value=shorten(file))
