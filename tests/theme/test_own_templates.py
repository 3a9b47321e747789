"""Templates of a theme: what they may change, and what they may not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from theme_making import make_theme

from afterword.errors import ThemeError
from afterword.proofing.specimen import specimen
from afterword.theme.load import load_theme
from afterword.writers.base import WriterOptions
from afterword.writers.html import write as write_page
from afterword.writers.pdf.layout import lay_out

EXTENDS = '{% extends "print.html.j2" %}\n'
PICTURE = '<img src="{{ theme_file("mark.svg") }}" alt="A mark">'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'


def _laid_out(folder: Path, template: str, name: str = "print.html.j2", **files: str) -> None:
    made = make_theme(folder, "", {f"templates/{name}": template, "mark.svg": SVG, **files})
    theme = load_theme(made)
    options = WriterOptions(theme, "A4")
    if name == "print.html.j2":
        lay_out(specimen(theme), options)
    else:
        write_page(specimen(theme), options)


def _refused(folder: Path, template: str, name: str = "print.html.j2") -> list[tuple[str, str, int]]:
    with pytest.raises(ThemeError) as caught:
        _laid_out(folder, template, name)
    places = [each.place for each in caught.value.findings]
    assert all(places)
    found = zip(caught.value.findings, places, strict=True)
    return [(each.code, Path(place.file).name, place.line) for each, place in found if place]


def test_a_block_can_be_added_to(tmp_path: Path) -> None:
    """A template adds to a page what it wants, with pictures of the theme, before and after the report."""
    _laid_out(tmp_path, f"{EXTENDS}{{% block cover %}}<p>{{{{ meta.identifier }}}} {PICTURE}</p>{{% endblock %}}")


def test_the_page_on_the_screen_can_be_added_to(tmp_path: Path) -> None:
    """Pictures of the theme are inside the page; text of the report is escaped."""
    block = f"{{% block end %}}<p>{{{{ meta.title }}}}{PICTURE}</p>{{% endblock %}}"
    template = EXTENDS.replace("print", "page") + block
    made = make_theme(tmp_path, "", {"templates/page.html.j2": template, "mark.svg": SVG})
    theme = load_theme(made)
    page = write_page(specimen(theme), WriterOptions(theme, "A4")).data.decode()
    assert 'can hold<img src="data:image/svg+xml;base64,' in page


def test_own_pieces_can_be_included(tmp_path: Path) -> None:
    """A template of the theme reads the theme's others by `theme/`, and ours by their names."""
    made = {"templates/piece.html.j2": "<p>a piece</p>"}
    template = EXTENDS + '{% block end %}{% include "theme/piece.html.j2" %}{% endblock %}'
    _laid_out(tmp_path, template, **made)


@pytest.mark.parametrize(
    ("block", "code", "line"),
    [
        ("{% block end %}\n{{ nothing.at_all }}{% endblock %}", "AW623", 3),
        ("{% block end %}\n{{ 'x'.__class__ }}{% endblock %}", "AW623", 3),
        ("{% block end %}\n{{ meta.keywords.__init__.__globals__ }}{% endblock %}", "AW623", 3),
        ("{% block end %}{% if %}{% endblock %}", "AW623", 2),
        ("{% block end %}{{ 1 / 0 }}{% endblock %}", "AW623", 2),
        ("{% block end %}{% for i in range(99999999) %}{% endfor %}{% endblock %}", "AW623", 2),
        ("{% block end %}{% include '../theme.toml' %}{% endblock %}", "AW623", 2),
        ("{% block end %}{% include 'theme/../../theme.toml' %}{% endblock %}", "AW623", 2),
        ("{% block end %}{% include '/etc/passwd' %}{% endblock %}", "AW623", 2),
        ("{% block end %}{{ theme_file('../theme.toml') }}{% endblock %}", "AW622", 2),
        ("{% block end %}<script>x</script>{% endblock %}", "AW623", 0),
        ("{% block end %}<p onclick='x'>x</p>{% endblock %}", "AW623", 0),
        ("{% block end %}<img src='https://e.example/x.png' alt='x'>{% endblock %}", "AW622", 0),
        ("{% block body %}<p>nothing</p>{% endblock %}", "AW624", 0),
        ("{% block title_block %}{% endblock %}", "AW624", 0),
        ("{% block contents %}<!-- {{ contents }} -->{% endblock %}", "AW624", 0),
        ("{% block body %}<div hidden>{{ super() }}</div>{% endblock %}", "AW624", 0),
        ("{% block body %}<div style='display: none'>{{ super() }}</div>{% endblock %}", "AW624", 0),
        ("{% block title_block %}{% endblock %}{% block end %}{{ title_block }}{% endblock %}", "AW624", 0),
        ("{% block body %}{{ sections | upper }}{{ closing }}{% endblock %}", "AW624", 0),
    ],
)
def test_what_a_template_may_not(block: str, code: str, line: int, tmp_path: Path) -> None:
    """Faults, ways out of the sandbox, addresses elsewhere, and parts that are dropped, hidden or moved are refused."""
    assert (code, "print.html.j2", line) in _refused(tmp_path, EXTENDS + block)


def test_text_of_the_report_is_never_a_template() -> None:
    """What looks like a template in a report is text."""
    theme = load_theme("")
    report = specimen(theme)
    evil = replace(report, meta=replace(report.meta, title="{{ 7 * 7 }}{% raw %}"))
    page = write_page(evil, WriterOptions(theme, "A4")).data.decode()
    assert "<title>{{ 7 * 7 }}{% raw %}</title>" in page
