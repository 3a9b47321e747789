"""What the theme's fonts hold: which characters, and how wide they are. The one place that imports fontTools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont, TTLibError

from afterword.theme.record import FontFace, Theme

_INVISIBLE = frozenset(map(chr, (*range(0x20), *range(0x7F, 0xA1), 0xAD, *range(0x200B, 0x2010), *range(0x2028, 0x202F),
                                 *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), 0xFEFF)))  # fmt: skip
"""Characters that are not drawn, so that no font needs them: controls, joiners, marks of direction, selectors."""

_WIDE = 1.0
"""Advance of a character that no font has, as a share of the em: that of a wide one."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of one font file, with their advances in units of the em."""

    em: int
    advances: Mapping[int, int]
    """By code point."""


@cache
def glyphs(path: Path) -> Glyphs:
    """Return what a font file holds."""
    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        metrics = font["hmtx"].metrics
        advances = {code: metrics[name][0] for code, name in font.getBestCmap().items()}
        return Glyphs(int(font["head"].unitsPerEm), advances)


def is_font(path: Path) -> bool:
    """Return whether a file is a font whose characters can be read."""
    try:
        return bool(glyphs(path).advances)
    except (TTLibError, KeyError, OSError, ValueError, AttributeError, AssertionError):
        return False


def font_files(theme: Theme) -> tuple[Path, ...]:
    """Return the theme's font files, one for each face, in the order of the theme."""
    return tuple(theme.folder / face.file for face in theme.fonts.faces)


def missing(theme: Theme, text: Iterable[str]) -> tuple[str, ...]:
    """Return the characters of these texts that no font of the theme can draw, sorted."""
    used = {character for piece in text for character in piece} - _INVISIBLE
    covered = _covered(font_files(theme))
    return tuple(sorted(character for character in used if ord(character) not in covered))


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures lines of text in the fonts of a theme; which these are is found out once, not for each line."""

    upright: Mapping[str, float]
    bold: Mapping[str, float]
    """Advances of characters as shares of the em."""

    @classmethod
    def of(cls, theme: Theme) -> Ruler:
        """Return the ruler of a theme."""
        return cls(_advances(_faces(theme, bold=False)), _advances(_faces(theme, bold=True)))

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Return about how wide a line of text is in the unit of `size`, without kerning and joining."""
        advances = self.bold if bold else self.upright
        return sum([advances.get(character, _WIDE) for character in text]) * size


def family_for(theme: Theme, text: str) -> str:
    """Return the first family, of the body font and its fallbacks, that has all letters and digits of a text.

    That is the body font where none has. Programs that look for single characters elsewhere lose the weight.
    """
    needed = {ord(character) for character in text if character.isalnum()}
    families = (theme.fonts.body, *theme.fonts.fallback)
    return next(
        (family for family in families if needed <= _of_family(theme.folder, _files(theme, family))), families[0]
    )


def _files(theme: Theme, family: str) -> tuple[str, ...]:
    return tuple(face.file for face in theme.fonts.faces if face.family == family and face.style == "normal")


@cache
def _of_family(folder: Path, files: tuple[str, ...]) -> frozenset[int]:
    """Return the characters that all of these files have."""
    found = [frozenset(glyphs(folder / file).advances) for file in files]
    return frozenset.intersection(*found) if found else frozenset()


def _faces(theme: Theme, *, bold: bool) -> tuple[Path, ...]:
    """Return the upright files to ask for a character, in order: body font, then fallbacks."""
    families = (theme.fonts.body, *theme.fonts.fallback)
    upright = [face for face in theme.fonts.faces if face.style == "normal"]
    chosen = sorted(
        (face for face in upright if face.family in families),
        key=lambda face: (families.index(face.family), _is_other_weight(face, bold=bold)),
    )
    return tuple(theme.folder / face.file for face in chosen)


def _is_other_weight(face: FontFace, *, bold: bool) -> bool:
    return (face.weight == "bold") != bold


@cache
def _advances(faces: tuple[Path, ...]) -> Mapping[str, float]:
    """Return the advance of each character of these files as a share of the em, the first file that has it counts."""
    found: dict[str, float] = {}
    for path in reversed(faces):
        held = glyphs(path)
        found |= {chr(code): advance / held.em for code, advance in held.advances.items()}
    return found | dict.fromkeys(_INVISIBLE, 0.0)


@cache
def _covered(files: tuple[Path, ...]) -> frozenset[int]:
    return frozenset().union(*(glyphs(path).advances for path in files))
