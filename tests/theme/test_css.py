"""The style sheet of a theme: what it may name, and how space grows."""

from __future__ import annotations

from pathlib import Path

import pytest
from theme_making import make_theme

from afterword.errors import ThemeError
from afterword.theme.css import sheet_text, spaced
from afterword.theme.load import load_theme

MANY = '<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><rect/></g><use href="#a"/></svg>'
"""A drawing that could stand for more shapes than can be drawn."""


@pytest.mark.parametrize(
    ("css", "code", "line"),
    [
        ("p { color: red", "", 0),
        ("\np { color }", "AW621", 2),
        ("p { } }\n} p {}", "AW621", 1),
        ('@import "other.css";', "AW622", 1),
        ("@font-face { src: url(f.ttf) }", "AW622", 1),
        ("p { background: url(https://e.example/x.png) }", "AW622", 1),
        ("\np { background: url('../x.png') }", "AW622", 2),
        ("p { background: url(/etc/x.png) }", "AW622", 1),
        ("p { background: url(data:image/png;base64,AA) }", "AW622", 1),
        ("p { background: url(gone.png) }", "AW622", 1),
        ("p { background: url(notes.txt) }", "AW622", 1),
        ("@media print { p { background: url(//e.example/x) } }", "AW622", 1),
        ("p { background: image-set('x.png' 1x) }", "AW622", 1),
        ("p { --x: url(https://e.example) }", "AW622", 1),
        ("/* </style><script> */", "AW621", 1),
        ("p { background: url(many.svg) }", "AW622", 1),
    ],
)
def test_faults_of_a_style_sheet(css: str, code: str, line: int, tmp_path: Path) -> None:
    """Syntax faults and addresses outside the theme's folder are refused with file and line."""
    made = make_theme(tmp_path, 'css = "own.css"\n', {"own.css": css, "notes.txt": "x", "many.svg": MANY})
    if not code:
        assert load_theme(made).sheets[-1].name == "own.css"
        return
    with pytest.raises(ThemeError) as caught:
        load_theme(made)
    finding = caught.value.findings[0]
    assert finding.code == code
    assert finding.place
    assert finding.place.file.endswith("own.css")
    assert finding.place.line == line


def test_style_sheet_outside_the_folder_is_refused(tmp_path: Path) -> None:
    """A theme's rules stand beside it."""
    (tmp_path / "far.css").write_text("p {}", "utf-8")
    with pytest.raises(ThemeError) as caught:
        load_theme(make_theme(tmp_path, 'css = "../far.css"\n'))
    assert caught.value.findings[0].code == "AW621"


def test_pictures_get_the_addresses_of_the_medium(tmp_path: Path) -> None:
    """Whatever way a style sheet names a picture, it is asked for at the address of the medium."""
    css = "a { background: url(a.svg) } b { background: url('b.svg') no-repeat }"
    (tmp_path / "own.css").write_text(css, "utf-8")
    text = sheet_text(tmp_path / "own.css", lambda path: f"theme:{path.name}")
    assert 'url("theme:a.svg")' in text
    assert 'url("theme:b.svg") no-repeat' in text


def test_density_grows_space_and_nothing_else() -> None:
    """Margins and paddings between blocks are scaled, in media too; widths, sizes and the sides are not."""
    css = "p { margin: 2mm 0 1em; width: 4mm } @media print { td { padding-block: 3pt; padding-inline: 3pt } }"
    assert spaced(css, 1) == css
    found = spaced(css, 0.5)
    assert "margin: 1mm 0 0.5em; width: 4mm" in found
    assert "padding-block: 1.5pt; padding-inline: 3pt" in found
