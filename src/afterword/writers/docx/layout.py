"""How pages are filled, in the styles: space between things, heads of tables, the band of a cover."""

from __future__ import annotations

from afterword.theme.record import Layout, Theme
from afterword.writers.docx.markup.element import Element, element, qualified

_LINE_HEIGHT = 1.5
"""Of running text, as the base document has it."""

_SINGLE = 240
"""A single line; below it, Word cuts off pictures that stand in one."""

_HEAVY_RULE = {"w:sz": "20", "w:space": "4"}
"""Of a line below a heading: 2.5 points, 4 points from the text."""

_COVER = ("CoverKicker", "CoverTitle", "CoverSubtitle")
"""Styles of the text on the band of a cover."""


def lay_out_styles(styles: Element, theme: Theme) -> None:
    """Give the styles the density and line height of a theme, and the colours that stand on its accent."""
    _space(styles, theme.layout)
    ink, band = theme.colours.on_accent, theme.colours.accent
    for style in styles.iterchildren(qualified("w:style")):
        name = style.get(qualified("w:styleId"))
        if name in _COVER:
            _ink(style, ink)
        elif name == "CoverBand":
            _shade(style, band)
        elif name == "Heading1" and theme.layout.heading_rule == "below":
            _rule_below(style)
        elif theme.layout.table_head == "filled":
            _fill_head(style, name, ink, band)


def _rule_below(style: Element) -> None:
    """Turn the line above a heading into a heavy one below it, in the colour that it has."""
    for line in style.findall(f".//{qualified('w:pBdr')}/{qualified('w:top')}"):
        line.tag = qualified("w:bottom")
        for name, value in _HEAVY_RULE.items():
            line.set(qualified(name), value)


def _space(styles: Element, layout: Layout) -> None:
    for spacing in styles.iter(qualified("w:spacing")):
        for side in ("w:before", "w:after"):
            _scale(spacing, side, layout.density)
        if spacing.get(qualified("w:lineRule")) == "auto":
            _scale(spacing, "w:line", layout.line_height / _LINE_HEIGHT, least=_SINGLE)
    for margins in styles.iter(qualified("w:tblCellMar")):
        for side in ("w:top", "w:bottom"):
            for found in margins.findall(qualified(side)):
                _scale(found, "w:w", layout.density)


def _scale(found: Element, name: str, factor: float, least: int = 0) -> None:
    """Set a length to so many times what it was; one that is `least` or below stays as it is."""
    held = int(found.get(qualified(name), "0"))
    if held > least:
        found.set(qualified(name), str(max(least, round(held * factor))))


def _fill_head(style: Element, name: str, ink: str, band: str) -> None:
    if name.startswith("TableHeading"):
        _ink(style, ink)
    for part in style.findall(qualified("w:tblStylePr")):
        if part.get(qualified("w:type")) == "firstRow":
            _shade(part, band)


def _ink(style: Element, colour: str) -> None:
    """Set the colour of a style's text, where the schema has it: before the sizes (CT_RPr)."""
    properties = style.find(qualified("w:rPr"))
    if properties is None:
        properties = element("w:rPr")
        style.append(properties)
    for old in properties.findall(qualified("w:color")):
        properties.remove(old)
    after = [qualified(f"w:{each}") for each in ("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "noProof")]
    place = sum(each.tag in after for each in properties)
    properties.insert(place, element("w:color", {"w:val": _bare(colour)}))


def _shade(part: Element, colour: str) -> None:
    """Set what is behind the cells of a table style or of its first row."""
    cells = part.find(qualified("w:tcPr"))
    if cells is None:
        cells = element("w:tcPr")
        part.append(cells)
    for old in cells.findall(qualified("w:shd")):
        cells.remove(old)
    before = {qualified("w:tcBorders"), qualified("w:tcW")}
    place = sum(each.tag in before for each in cells)
    cells.insert(place, element("w:shd", {"w:val": "clear", "w:color": "auto", "w:fill": _bare(colour)}))


def _bare(colour: str) -> str:
    return colour.removeprefix("#").upper()
