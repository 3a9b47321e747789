"""SVG logos: plain shapes, bounded, without anything that runs, moves or fetches."""

from __future__ import annotations

from pathlib import Path

import pytest
from theme_making import make_theme

from afterword.theme.load import read_theme

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'


def faults(folder: Path, svg: str) -> list[str]:
    """Return the errors of a theme whose logo is this SVG."""
    made = make_theme(folder, '[logo]\nfile = "logo.svg"\nalt = "Acme"\n', {"logo.svg": svg})
    return [each.message for each in read_theme(made).findings if each.severity.value == "error"]


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="9" height="9"/>',
        '<style>rect { fill: url(#g) }</style><defs><linearGradient id="g"/></defs><rect width="9" height="9"/>',
        '<g style="fill: #123456"><path d="M0 0h9v9z"/></g>',
        '<image href="data:image/png;base64,iVBORw0KGgo="/>',
    ],
)
def test_plain_shapes_are_a_logo(tmp_path: Path, inside: str) -> None:
    """What drawing programs save as plain SVG is accepted, gradients of its own too."""
    assert faults(tmp_path, f"{HEAD}{inside}</svg>") == []


@pytest.mark.parametrize(
    ("svg", "words"),
    [
        (f"{HEAD}{'<g>' * 20_000}{'</g>' * 20_000}</svg>", "nested"),
        (f"{HEAD}{'<g/>' * 30_000}</svg>", "more than 20,000"),
        (f'{HEAD}<g id="a"><use href="#a"/></g></svg>', "`use`"),
        (f"{HEAD}<script>1</script></svg>", "`script`"),
        (f'{HEAD}<rect onload="x()"/></svg>', "`onload`"),
        (f'{HEAD}<image xlink:href="file:///etc/passwd"/></svg>', "another file"),
        (f'{HEAD}<image href="data:image/svg+xml;base64,PHN2Zy8+"/></svg>', "no picture of dots"),
        (f'{HEAD}<image href="data:text/html,x"/></svg>', "no picture of dots"),
        (f"{HEAD}<style>@import 'x.css';</style></svg>", "another file"),
        (f'{HEAD}<rect style="fill: url(https://example.org/x)"/></svg>', "another file"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]>{HEAD}</svg>', "entities"),
        ("<html/>", "no SVG"),
        (f"{HEAD}", "no picture"),
        (f"{HEAD}{' ' * 1_000_001}</svg>", "characters"),
    ],
)
def test_anything_else_is_told(tmp_path: Path, svg: str, words: str) -> None:
    """In bounded time and without a crash, whatever the renderers would make of it."""
    (message,) = faults(tmp_path, svg)
    assert words in message
