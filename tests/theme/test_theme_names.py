"""Themes by name, by file and by folder, and what they take from one another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from theme_making import make_theme

from afterword.errors import ThemeError, UsageError
from afterword.theme.load import load_theme, names
from afterword.words import messages, words_for


def test_three_themes_are_built_in() -> None:
    """The default one comes first; each has a name of its own."""
    assert names() == ("sober", "corporate", "engineering")
    assert len({load_theme(name).name for name in names()}) == 3
    assert load_theme("") == load_theme("sober")


def test_unknown_name_tells_those_that_exist() -> None:
    """A name that no theme has is a fault of the call; the message has the names, and the one that was meant."""
    with pytest.raises(UsageError) as caught:
        load_theme("corparate")
    assert "did you mean corporate?" in caught.value.message
    assert all(name in caught.value.message for name in names())


def test_theme_can_be_a_folder_or_its_file(tmp_path: Path) -> None:
    """A folder means the theme.toml in it."""
    made = make_theme(tmp_path, '[colours]\naccent = "#112233"\n')
    assert load_theme(made).colours.accent == load_theme(f"{made}/theme.toml").colours.accent == "#112233"


def test_own_theme_can_build_on_any_built_in_one(tmp_path: Path) -> None:
    """What a theme does not say, its base says: settings, rules, logo, wording."""
    theme = load_theme(make_theme(tmp_path, 'base = "corporate"\ncss = "own.css"\n', {"own.css": "p { margin: 0 }"}))
    base = load_theme("corporate")
    assert theme.layout == base.layout
    assert theme.wording == base.wording
    assert Path(theme.logo.file).is_file()
    assert [path.name for path in theme.sheets] == ["corporate.css", "own.css"]


def test_unknown_base_is_a_located_fault(tmp_path: Path) -> None:
    """Only built-in themes can be built on."""
    with pytest.raises(ThemeError) as caught:
        load_theme(make_theme(tmp_path, 'base = "fancy"\n'))
    (finding,) = caught.value.findings
    assert (finding.code, finding.place and finding.place.line) == ("AW604", 2)
    assert "corporate" in finding.expected


def test_wording_goes_by_language(tmp_path: Path) -> None:
    """Plain words are those of English reports; other languages have tables; what is not named stays."""
    text = '[wording]\n"Impact" = "Harm"\n[wording.de]\n"Impact" = "Schaden"\n'
    theme = load_theme(make_theme(tmp_path, text))
    assert theme.wording_in("en-GB") == {"Impact": "Harm"}
    assert theme.wording_in("de") == theme.wording_in("de-AT") == {"Impact": "Schaden"}
    assert theme.wording_in("fr") == {}
    said = replace(words_for("de"), wording=theme.wording_in("de"))
    assert said.say("Impact") == "Schaden"
    assert said.say("Contents") == words_for("de").say("Contents") != "Contents"


def test_wording_that_replaces_nothing_is_a_fault(tmp_path: Path) -> None:
    """Words that no report says are named with those that were meant; `{values}` have to be the same."""
    text = '[wording]\n"Impakt" = "x"\n"Page {page} of {pages}" = "{page}"\n[wording.fr]\n"Nonsens" = "x"\n'
    with pytest.raises(ThemeError) as caught:
        load_theme(make_theme(tmp_path, text))
    found = [(each.code, each.place and each.place.line) for each in caught.value.findings]
    assert found == [("AW603", 3), ("AW604", 4), ("AW603", 6)]
    assert "did you mean 'Impact'" in caught.value.findings[0].message


def test_all_words_that_can_be_replaced_are_said() -> None:
    """The words of the catalogues are those that a wording may name, but for those with plural forms."""
    assert {"Postmortem Report", "Impact", "Contents"} <= messages()
    assert "{count} day" not in messages()


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ('[colours]\nacent = "#000000"\n', 3, "AW603"),
        ('[colours]\naccent = "blue"\n', 3, "AW604"),
        ('[layout]\ncover = "perhaps"\n', 3, "AW604"),
        ("[layout]\ndensity = 9\n", 3, "AW604"),
        ('[page]\nsize = "A5"\n', 3, "AW604"),
        ('[logo]\nfile = "gone.svg"\n', 3, "AW605"),
        ('[logo]\nfile = "text.png"\n', 3, "AW605"),
        ('[logo]\nfile = "far.svg"\n', 3, "AW605"),
        ('[[fonts.faces]]\nfamily = "Noto Sans"\nfile = "text.png"\n', 4, "AW606"),
        ("nonsense\n", 2, "AW601"),
    ],
)
def test_every_fault_has_its_line_and_code(text: str, line: int, code: str, tmp_path: Path) -> None:
    """Faults of settings and of the files that they name come with the line and a code of themes."""
    files = {
        "text.png": "no picture",
        "far.svg": '<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/hostname"/></svg>',
    }
    with pytest.raises(ThemeError) as caught:
        load_theme(make_theme(tmp_path, text, files))
    finding = caught.value.findings[0]
    assert (finding.code, finding.place and finding.place.line) == (code, line)


def test_unknown_key_is_guessed(tmp_path: Path) -> None:
    """A key that is misspelt comes back with the one that was meant."""
    with pytest.raises(ThemeError) as caught:
        load_theme(make_theme(tmp_path, '[colours]\nacent = "#000000"\n'))
    assert caught.value.findings[0].hint == "did you mean `accent`?"


def test_unknown_key_is_not_sent_where_only_records_have_room(tmp_path: Path) -> None:
    """Where nothing is near, the hint names what a theme has; `sections` are of records."""
    with pytest.raises(ThemeError) as caught:
        load_theme(make_theme(tmp_path, "zzz = 1\n"))
    assert caught.value.findings[0].hint == "use one of those"
