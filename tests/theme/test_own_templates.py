"""Templates of a theme: what they may change, and what they may not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx_reports import p, report
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


def _laid_out(folder: Path, template: str, name: str = "print.html.j2", **files: str) -> str:
    """Return the text on the pages of a PDF, or the markup of a page for the screen, that a template makes."""
    made = make_theme(folder, "", {f"templates/{name}": template, "mark.svg": SVG, **files})
    theme = load_theme(made)
    options = WriterOptions(theme, "A4")
    if name == "print.html.j2":
        pages = lay_out(specimen(theme), options).document.pages
        boxes = (box for page in pages for box in page._page_box.descendants())
        return " ".join(getattr(box, "text", "") for box in boxes)
    return write_page(specimen(theme), options).data.decode()


def _refused(folder: Path, template: str, name: str = "print.html.j2") -> list[tuple[str, str, int]]:
    with pytest.raises(ThemeError) as caught:
        _laid_out(folder, template, name)
    places = [each.place for each in caught.value.findings]
    assert all(places)
    found = zip(caught.value.findings, places, strict=True)
    return [(each.code, Path(place.file).name, place.line) for each, place in found if place]


def test_a_block_can_be_added_to(tmp_path: Path) -> None:
    """A template adds to a page what it wants, with pictures of the theme, before and after the report."""
    text = _laid_out(
        tmp_path, f"{EXTENDS}{{% block cover %}}<p>Of {{{{ meta.identifier }}}} {PICTURE}</p>{{% endblock %}}"
    )
    assert f"Of {specimen(load_theme()).meta.identifier}" in text


def test_a_template_can_draw_a_report_without_some_parts(tmp_path: Path) -> None:
    """A short report has no contents and no closing words, and a template that extends ours draws it all the same."""
    template = f"{EXTENDS}{{% block end %}}<p>{PICTURE}</p>{{% endblock %}}"
    theme = load_theme(make_theme(tmp_path, "", {"templates/print.html.j2": template, "mark.svg": SVG}))
    layout = lay_out(report(p("Short.")), WriterOptions(theme, "A4"))
    assert len(layout.document.pages) == 1


def test_the_page_on_the_screen_can_be_added_to(tmp_path: Path) -> None:
    """Pictures of the theme are inside the page; text of the report is escaped."""
    block = f"{{% block end %}}<p>{{{{ meta.title }}}}{PICTURE}</p>{{% endblock %}}"
    template = EXTENDS.replace("print", "page") + block
    made = make_theme(tmp_path, "", {"templates/page.html.j2": template, "mark.svg": SVG})
    theme = load_theme(made)
    page = write_page(specimen(theme), WriterOptions(theme, "A4")).data.decode()
    assert 'can hold<img src="data:image/svg+xml;base64,' in page


def test_a_picture_that_would_never_end_is_refused(tmp_path: Path) -> None:
    """What keeps an SVG from being a logo keeps it from a page too."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/><use href="#a"/></svg>'
    template = f"{EXTENDS}{{% block cover %}}{PICTURE}{{% endblock %}}"
    theme = make_theme(tmp_path, "", {"templates/print.html.j2": template, "mark.svg": svg})
    with pytest.raises(ThemeError) as caught:
        lay_out(specimen(load_theme(theme)), WriterOptions(load_theme(theme), "A4"))
    assert [each.code for each in caught.value.findings] == ["AW622"]


def test_own_pieces_can_be_included(tmp_path: Path) -> None:
    """A template of the theme reads the theme's others by `theme/`, and ours by their names."""
    made = {"templates/piece.html.j2": "<p>a piece</p>"}
    template = EXTENDS + '{% block end %}{% include "theme/piece.html.j2" %}{% endblock %}'
    assert "a piece" in _laid_out(tmp_path, template, **made)


@pytest.mark.parametrize(
    "block",
    [
        "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
        "{% for i in 'xx' recursive %}{% if loop.depth < 40 %}{{ loop('xx') }}{% endif %}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'theme/print.html.j2' %}",
        "{{ 'x' * 9999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 'x' | center(999999999) }}",
        "{{ 'x'.ljust(999999999) }}",
        "{{ theme_file('a' * 3 ~ '/' ~ 'a'.ljust(5000, 'a')) }}",
        "{{ %s1%s }}" % ("(" * 3000, ")" * 3000),  # noqa: UP031 (braces)
    ],
)
def test_a_template_ends(block: str, tmp_path: Path) -> None:
    """Loops, calls, includes, texts and numbers without an end, or nearly, are refused, and none is a fault of ours."""
    found = _refused(tmp_path, f"{EXTENDS}{{% block end %}}{block}{{% endblock %}}")
    assert {code for code, _, _ in found} <= {"AW622", "AW623"}


def test_loops_know_their_place(tmp_path: Path) -> None:
    """That turns are counted changes nothing for those that end."""
    block = "{% for x in 'abc' %}{{ loop.index }}{{ loop.length }}{{ x if loop.last }} {% else %}-{% endfor %}"
    template = EXTENDS.replace("print", "page") + f"{{% block end %}}<p>{block}</p>{{% endblock %}}"
    theme = load_theme(make_theme(tmp_path, "", {"templates/page.html.j2": template}))
    assert "<p>13 23 33c </p>" in write_page(specimen(theme), WriterOptions(theme, "A4")).data.decode()


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        *((f"<{name}>x</{name}>", "AW623") for name in ("svg><script", "applet", "frameset", "textarea", "plaintext")),
        *((f"<{name}>x</{name}>", "AW623") for name in ("title", "details", "select", "noframes", "xmp", "dialog")),
        ("<svg><a><animate attributeName='href' values='javascript:1'/></a></svg>", "AW623"),
        ("<svg><foreignObject></foreignObject></svg>", "AW623"),
        ("<meta http-equiv='refresh' content='0;url=http://e.example'>", "AW623"),
        ("<img src='#' srcset='data:image/png;base64,AA 1x, http://e.example/y.png 2x'>", "AW622"),
        ("<img src='data:text/html,x'>", "AW622"),
        ("<a href=' JaVa&Tab;script:alert(1)'>x</a>", "AW622"),
        ("<a href='&#1;javascript:1'>x</a>", "AW622"),
        ("<a href='data:text/html,x'>x</a>", "AW622"),
        ("<a href='file:///etc/passwd'>x</a>", "AW622"),
        ("<a href='#' ping='http://e.example'>x</a>", "AW622"),
        ("<svg><a xlink:href='vbscript:1'><text>x</text></a></svg>", "AW622"),
        ("<svg><rect fill='url(http://e.example/#a)'/></svg>", "AW622"),
        ("<p style='background:u\\72l(http://e.example/y)'>x</p>", "AW622"),
        ("<style>@import 'http://e.example';</style>", "AW622"),
        ("<style>@media all { p { background: url( 'file:///etc/passwd' ) } }</style>", "AW622"),
        ("<style>p { background: image-set('http://e.example' 1x) }</style>", "AW622"),
    ],
)
def test_what_a_page_may_not_hold(markup: str, code: str, tmp_path: Path) -> None:
    """What runs, fetches, goes elsewhere, or swallows what comes after it is refused, however it is spelt."""
    template = EXTENDS.replace("print", "page") + f"{{% block end %}}{markup}{{% endblock %}}"
    assert (code, "page.html.j2", 0) in _refused(tmp_path, template, "page.html.j2")


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='https://e.example/a:b?c=d'>x</a><a href='mailto:a@e.example'>x</a><a href='tel:+1'>x</a>",
        "<a href='#report'>x</a><a href='a/b.html'>x</a>",
        "<style>p.imprint { color: #123456; background: url('data:image/png;base64,AA') }</style>",
        "<svg><title>x</title><defs><linearGradient id='a'/></defs><rect fill='url(#a)'/><use href='#a'/></svg>",
        "<table style='width: 3cm'><tr><td>x</td></tr></table><!-- a word --><dl><dt>a</dt><dd>b</dd></dl>",
    ],
)
def test_what_a_page_may_hold(markup: str, tmp_path: Path) -> None:
    """Text, tables, links, drawings and rules of its own are fine."""
    template = EXTENDS.replace("print", "page") + f"{{% block end %}}{markup}{{% endblock %}}"
    assert markup in _laid_out(tmp_path, template, "page.html.j2")


@pytest.mark.parametrize(
    "style", ["d\\69splay:none", "display:/**/none", "visibility: Collapse", "DISPLAY:NONE!important"]
)
def test_a_part_is_not_hidden_by_other_spellings(style: str, tmp_path: Path) -> None:
    """Escapes, comments and case of a declaration hide as much as the plain one."""
    template = f"{EXTENDS}{{% block body %}}<div style='{style}'>{{{{ super() }}}}</div>{{% endblock %}}"
    assert ("AW624", "print.html.j2", 0) in _refused(tmp_path, template)


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
        ("{% block title_block %}{{ super() }}<!--{% endblock %}", "AW624", 0),
        ("{% block title_block %}{{ super() }}<svg><desc>{% endblock %}", "AW624", 0),
        ("{% block title_block %}{{ super() }}<![CDATA[{% endblock %}", "AW624", 0),
        ("{% block title_block %}{{ super() }}<p title='{% endblock %}", "AW624", 0),
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
