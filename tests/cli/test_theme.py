"""`afterword theme`: new, check and preview, and `render --theme`."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from cli_runner import Afterword

from afterword.theme.load import load_theme, names
from afterword.theme.record import Theme
from effort import FULL


def test_a_new_theme_is_its_base_by_another_name(afterword: Afterword, tmp_path: Path) -> None:
    """What `new` makes changes nothing but the name, is fine at once, and renders."""
    assert afterword("theme", "new", "acme", "--base", "engineering").code == 0
    made, base = load_theme(str(tmp_path / "acme")), load_theme("engineering")
    assert made.name == "acme"
    left = {"name", "base", "css"}
    assert made.model_dump(exclude=left) == base.model_dump(exclude=left)
    assert afterword("theme", "check", "acme").out == "the theme acme is fine\n"


@pytest.mark.parametrize("base", names())
def test_every_setting_is_in_the_new_file(base: str, afterword: Afterword, tmp_path: Path) -> None:
    """Each line that is taken out of its comment is right, and no setting of a theme is left out."""
    afterword("theme", "new", "acme", "--base", base)
    file = tmp_path / "acme" / "theme.toml"
    lines = [line.removeprefix("# ") if _is_setting(line) else line for line in file.read_text("utf-8").splitlines()]
    (tmp_path / "acme" / "logo.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    (tmp_path / "acme" / "SourceSans3-Bold.ttf").write_bytes(Path(load_theme("").fonts.faces[0].file).read_bytes())
    file.write_text("\n".join(lines), "utf-8")
    left = {"name", "base", "css", "logo", "fonts", "wording"}
    assert load_theme(str(file)).model_dump(exclude=left) == load_theme(base).model_dump(exclude=left)
    assert set(tomllib.loads(file.read_text("utf-8"))) == {
        name for name, field in Theme.model_fields.items() if not field.exclude
    }


def _is_setting(line: str) -> bool:
    return line.startswith("# ") and (" = " in line or line.startswith("# [[")) and not line.endswith(".")


def test_new_keeps_what_is_there(afterword: Afterword, tmp_path: Path) -> None:
    """A theme that is there is not overwritten unless asked; a built-in name is no name for one's own."""
    afterword("theme", "new", "acme")
    (tmp_path / "acme" / "theme.toml").write_text('name = "Mine"\n', "utf-8")
    ran = afterword("theme", "new", "acme")
    assert (ran.code, "already" in ran.err) == (2, True)
    assert (tmp_path / "acme" / "theme.toml").read_text("utf-8") == 'name = "Mine"\n'
    assert afterword("theme", "new", "acme", "--force").code == 0
    assert afterword("theme", "new", "sober").code == 2
    assert afterword("theme", "new", "x", "--base", "nope").code == 2


def test_check_prints_findings_as_the_others_do(afterword: Afterword, tmp_path: Path) -> None:
    """Findings come as text, JSON, SARIF and annotations, with file and line; errors make the exit code 1."""
    (tmp_path / "mine.toml").write_text('name = "Mine"\n[colours]\nacent = "#000000"\n', "utf-8")
    text = afterword("theme", "check", "mine.toml")
    assert text.code == 1
    assert text.out.startswith("mine.toml:3:1: error AW603: ")
    found = json.loads(afterword("theme", "check", "mine.toml", "--format", "json").out)["findings"]
    assert [(each["code"], each["file"], each["line"]) for each in found] == [("AW603", "mine.toml", 3)]
    sarif = json.loads(afterword("theme", "check", "mine.toml", "--format", "sarif").out)
    assert sarif["runs"][0]["results"][0]["ruleId"] == "AW603"
    assert afterword("theme", "check", "mine.toml", "--format", "github").out.startswith(
        "::error file=mine.toml,line=3"
    )


def test_check_of_what_is_not_there(afterword: Afterword) -> None:
    """An unknown name is a fault of the call, a file that is missing a finding."""
    ran = afterword("theme", "check", "nope")
    assert (ran.code, "sober, corporate, engineering" in ran.err) == (2, True)
    ran = afterword("theme", "check", "nope.toml")
    assert (ran.code, "AW601" in ran.out) == (1, True)


def test_strict_lets_warnings_fail(afterword: Afterword, tmp_path: Path) -> None:
    """Warnings alone make the exit code 1 only where that is asked for."""
    (tmp_path / "mine.toml").write_text('name = "Mine"\n[fonts]\nbody = "Elsewhere"\n', "utf-8")
    assert afterword("theme", "check", "mine.toml").code == 0
    assert afterword("theme", "check", "mine.toml", "--strict").code == 1


def test_preview_makes_three_documents(afterword: Afterword, tmp_path: Path) -> None:
    """The specimen comes as PDF, Word draft and HTML, and may be made again."""
    for _ in range(2 if FULL else 1):
        assert afterword("theme", "preview", "engineering", "-o", "out").code == 0
    names_made = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names_made == ["engineering-specimen.docx", "engineering-specimen.html", "engineering-specimen.pdf"]


def test_render_takes_a_theme_by_name(afterword: Afterword, small: Path, tmp_path: Path) -> None:
    """`--theme` takes a name or a file; for a name that no theme has, it tells the names."""
    assert afterword("render", small.name, "--to", "html", "--theme", "corporate").code == 0
    assert "Incident Review" in (tmp_path / "T-1.html").read_text("utf-8")
    ran = afterword("render", small.name, "--theme", "fancy")
    assert (ran.code, "sober, corporate, engineering" in ran.err) == (2, True)
