"""A theme of one's own over the built-in one."""

from __future__ import annotations

from pathlib import Path

import pytest

from afterword.errors import ThemeError
from afterword.theme.fonts import Ruler, family_for, font_files, missing
from afterword.theme.load import load_theme


def _theme(folder: Path, text: str) -> str:
    file = folder / "mine.toml"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_built_in_theme_is_whole() -> None:
    """The built-in theme is valid and all its font files are there."""
    theme = load_theme("")
    assert theme.name
    assert all(path.is_file() for path in font_files(theme))


def test_own_theme_needs_only_what_differs(tmp_path: Path) -> None:
    """A theme of one's own changes what it names; fonts of the built-in theme are still found."""
    theme = load_theme(
        _theme(tmp_path, 'name = "Mine"\n[colours]\naccent = "#112233"\n[colours.phases]\nnote = "#445566"\n')
    )
    built_in = load_theme("")
    assert (theme.name, theme.colours.accent, theme.colours.phases.note) == ("Mine", "#112233", "#445566")
    assert theme.colours.text == built_in.colours.text
    assert all(path.is_file() for path in font_files(theme))
    assert len(font_files(theme)) == len(font_files(built_in))


def test_own_font_is_found_beside_the_theme(tmp_path: Path) -> None:
    """A font file is looked for beside the theme that names it, and stands before the built-in ones."""
    font = font_files(load_theme(""))[0]
    (tmp_path / "own.ttf").write_bytes(font.read_bytes())
    text = '[fonts]\nbody = "Own"\n[[fonts.faces]]\nfamily = "Own"\nfile = "own.ttf"\n'
    theme = load_theme(_theme(tmp_path, text))
    assert font_files(theme)[0] == tmp_path / "own.ttf"
    assert Ruler.of(theme).width("abc", 10) > 0


def test_missing_font_is_a_located_fault(tmp_path: Path) -> None:
    """A font or logo that is not there is named with its line."""
    text = '[logo]\nfile = "logo.png"\n\n[[fonts.faces]]\nfamily = "Own"\nfile = "gone.ttf"\n'
    with pytest.raises(ThemeError) as caught:
        load_theme(_theme(tmp_path, text))
    assert [finding.code for finding in caught.value.findings] == ["AW605", "AW602"]
    assert [finding.place.line for finding in caught.value.findings if finding.place] == [2, 6]


def test_logo_must_be_a_picture(tmp_path: Path) -> None:
    """A logo of a kind that no document can show is refused."""
    (tmp_path / "logo.exe").write_bytes(b"x")
    with pytest.raises(ThemeError) as caught:
        load_theme(_theme(tmp_path, '[logo]\nfile = "logo.exe"\n'))
    assert [finding.code for finding in caught.value.findings] == ["AW605"]


def test_faults_have_places(tmp_path: Path) -> None:
    """Every fault of a theme is told at once, each with its line."""
    text = 'name = "x"\n[colours]\naccent = "blue"\nacent = "#000000"\n[sizes]\nbody = "large"\n'
    with pytest.raises(ThemeError) as caught:
        load_theme(_theme(tmp_path, text))
    lines = sorted(finding.place.line for finding in caught.value.findings if finding.place)
    assert lines == [3, 4, 6]


def test_unreadable_theme(tmp_path: Path) -> None:
    """A theme that is not there, is no TOML or no text raises ThemeError and nothing else."""
    (tmp_path / "binary.toml").write_bytes(b"\xff\xfe\x00")
    for path in (str(tmp_path / "none.toml"), _theme(tmp_path, "= ="), str(tmp_path / "binary.toml"), str(tmp_path)):
        with pytest.raises(ThemeError) as caught:
            load_theme(path)
        assert caught.value.findings


def test_missing_characters_are_found() -> None:
    """Characters that no font of the theme has are named once each; invisible ones are not asked for."""
    theme = load_theme("")
    assert missing(theme, ["abc አማርኛ عربي עברית\u200f\u00ad\n", "障害 障"]) == ("害", "障")


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("08:31 Closed", "Noto Sans"),
        ("13 أغسطس، 08:31", "Noto Sans Arabic"),
        ("ተዘግቷል", "Noto Sans Ethiopic"),
        ("13 ኦገስት", "Noto Sans"),
        ("", "Noto Sans"),
    ],
)
def test_a_text_has_the_family_that_has_all_of_it(text: str, family: str) -> None:
    """Its letters and digits decide; the body font stands in where no family has all of them."""
    assert family_for(load_theme(""), text) == family
