"""What `afterword theme check` finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from theme_making import make_theme

from afterword.diagnostics import Finding, Place, Severity
from afterword.proofing.examine import examine
from afterword.proofing.roles import role_faults, roles
from afterword.theme.load import names

pytestmark = pytest.mark.xdist_group("proofing")  # what several tests look at is made once


def _of(findings: tuple[Finding, ...], code: str) -> list[Finding]:
    return [finding for finding in findings if finding.code == code]


@pytest.mark.parametrize("theme", names())
def test_built_in_themes_are_fine(theme: str) -> None:
    """No built-in theme has a finding, not even a warning."""
    assert examine(theme) == ()


def test_weak_colours_are_found_in_every_medium(tmp_path: Path) -> None:
    """A colour that stands out too little is told once a background, with its line and a shade that would do."""
    findings = examine(make_theme(tmp_path, '[colours]\nmuted = "#9aa0a8"\n[colours.phases]\nnote = "#cccccc"\n'))
    weak = _of(findings, "AW609")
    assert {(each.path, each.place.line if each.place else 0) for each in weak} == {
        ("colours.muted", 3),
        ("colours.phases.note", 5),
    }
    assert "2.63:1" in weak[0].message
    assert weak[0].expected == "4.5:1 or more"
    assert weak[0].hint == "#73777d would do"
    assert all(medium in str(weak) for medium in ("PDF: ", "Word: ", "drawing: "))


def test_colours_of_the_style_sheet_count_too(tmp_path: Path) -> None:
    """A pair that only the theme's own rules make is found in PDF and HTML, in the light and in the dark."""
    css = (
        "h3 { background: #222222; color: #444444 }\n@media (prefers-color-scheme: dark) { .lead { color: #333333 } }\n"
    )
    weak = _of(examine(make_theme(tmp_path, 'css = "own.css"\n', {"own.css": css})), "AW609")
    said = " ".join(each.message for each in weak)
    assert "PDF: h3" in said
    assert "HTML in the dark: p.lead" in said
    assert "Word" not in said


def test_filled_heads_are_judged_in_word(tmp_path: Path) -> None:
    """Text on the accent colour is measured where Word has it: in the heads of tables, and on the cover."""
    text = '[colours]\non-accent = "#7a8fa6"\n[layout]\ntable-head = "filled"\ncover = true\n'
    said = " ".join(each.message for each in _of(examine(make_theme(tmp_path, text)), "AW609"))
    assert "PDF: p.kicker" in said
    assert "Word: CoverKicker" in said
    text = text.replace("true", "false")
    (tmp_path / "plain").mkdir()
    said = " ".join(each.message for each in _of(examine(make_theme(tmp_path / "plain", text)), "AW609"))
    assert "PDF: th" in said
    assert "Word: TableHeading" in said


def test_text_on_a_gradient_is_a_warning(tmp_path: Path) -> None:
    """Contrast with a picture cannot be measured, and so is not kept silent."""
    css = "@page { background: linear-gradient(#ffffff, #eeeeee) }"
    weak = _of(examine(make_theme(tmp_path, 'css = "own.css"\n', {"own.css": css})), "AW609")
    assert [each.severity for each in weak] == [Severity.WARNING]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    """Return what is found in a theme with faults of several kinds, none of which hides another."""
    css = "p { margin: 0 }\np { colr: red; float: sideways }\n.lead { display: none } .contact { visibility: hidden }\n"
    text = 'languages = ["en", "hi", "ja", "bn", "xx-nope"]\ncss = "own.css"\n[fonts]\nbody = "Source Sans 3"\n'
    return examine(make_theme(tmp_path_factory.mktemp("mixed"), text, {"own.css": css}))


def test_letters_that_no_font_has_are_named(mixed: tuple[Finding, ...]) -> None:
    """A language that is claimed is held against the fonts, also where it has no catalogue; a false tag is told."""
    named = _of(mixed, "AW608")
    assert [each.value for each in named] == ["ja", "bn"]
    assert [each.value for each in _of(mixed, "AW604")] == ["xx-nope"]
    assert "U+3042" in named[0].message
    assert named[0].place
    assert named[0].place.line == 2


def test_hidden_content_is_found(mixed: tuple[Finding, ...]) -> None:
    """Rules that hide something of the report are told with what they hide."""
    findings = _of(mixed, "AW624")
    assert len(findings) == 2
    assert "A section may open with" in findings[0].message + findings[1].message


def test_what_the_engine_says_of_css_has_its_place(mixed: tuple[Finding, ...]) -> None:
    """Properties that the PDF engine does not know are warnings with line and column of the style sheet."""
    found = _of(mixed, "AW621")
    assert {each.severity for each in found} == {Severity.WARNING}
    assert {str(each.place).rpartition("/")[2] for each in found} == {"own.css:2:5", "own.css:2:16"}


def test_fonts_and_families_have_to_match(mixed: tuple[Finding, ...]) -> None:
    """A family that no file brings is a warning at the line that asks for it."""
    found = _of(mixed, "AW607")
    assert [(each.place.line if each.place else 0, each.severity) for each in found] == [(5, Severity.WARNING)]


def test_faults_of_templates_are_findings(tmp_path: Path) -> None:
    """A template with a fault does not keep the rest from being checked."""
    template = '{% extends "print.html.j2" %}{% block body %}{{ gone }}{% endblock %}'
    text = 'languages = ["ja"]\n'
    findings = examine(make_theme(tmp_path, text, {"templates/print.html.j2": template}))
    assert {each.code for each in findings} == {"AW608", "AW623"}


def test_a_role_without_class_or_style_is_told() -> None:
    """Whatever role has no rule, or no style, is named with its node."""
    found = list(role_faults(".lead { } p { color: red }", frozenset({"Lead"}), Place("theme.toml")))
    assert {each.code for each in found} == {"AW610"}
    assert not any("`lead`" in each.message or "`.lead`" in each.message for each in found)
    assert len(found) == 2 * (len(list(roles())) - 1)
