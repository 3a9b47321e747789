"""Height of lines in scripts whose fonts are taller than Latin ones.

Word makes a line as high as its font asks for. The fonts of Arabic, Ethiopic and other scripts ask for up to half as
much again as those of Latin, so that a report in them would run over more pages than its PDF, whose lines have the
height that the style sheet says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from afterword.writers.docx.markup.element import Element, element, qualified

_LATIN = 1.362
"""Height of a line of Noto Sans as part of its size (its `hhea` table: 1069 + 293 of 1000)."""

_LEAST = 1.4
"""Height of a line as part of its size that marks above and below letters need, also in large type."""

_SINGLE = 240
"""What `w:line` says for one line of the font's own height (ECMA-376-1, 17.3.1.33)."""

_AS_THEY_ARE = frozenset({"Figure", "Logo", "AfterTable", "Header", "Footer", "PageBar"})
"""Styles of paragraphs that hold pictures or marks in other sizes, or have a height of their own already."""

_DEFAULT = 20
"""Half-points of text in Word where nothing says otherwise."""


def set_leading(styles: Element) -> None:
    """Give the lines of every paragraph style the exact height that they have with a Latin font."""
    found = {style.get(qualified("w:styleId")): style for style in _paragraph_styles(styles)}
    chains = {name: [*_chain(style, found), styles[0]] for name, style in found.items() if name not in _AS_THEY_ARE}
    heights = {name: _height(chain) for name, chain in chains.items()}  # before any of them changes
    for name, height in heights.items():
        _set_height(found[name], height)


def _height(chain: list[Element]) -> int:
    half_points = _first(chain, "w:sz", "w:val", _DEFAULT)
    share = _first(chain, "w:spacing", "w:line", _SINGLE) / _SINGLE
    return round(half_points * 10 * max(_LATIN * share, _LEAST))


def _paragraph_styles(styles: Element) -> Iterator[Element]:
    kind = qualified("w:type")
    return (style for style in styles.iterchildren(qualified("w:style")) if style.get(kind) == "paragraph")


def _chain(style: Element, styles: Mapping[str, Element]) -> Iterator[Element]:
    """Yield a style and those that it is based on."""
    current: Element | None = style
    while current is not None:
        yield current
        base = current.find(qualified("w:basedOn"))
        current = styles.get(base.get(qualified("w:val"))) if base is not None else None


def _first(chain: list[Element], tag: str, attribute: str, otherwise: int) -> int:
    """Return the first value of an attribute along a chain of styles, which is the one that counts."""
    for style in chain:
        for found in style.iter(qualified(tag)):
            held = found.get(qualified(attribute))
            if held:
                return int(held)
    return otherwise


def _set_height(style: Element, twips: int) -> None:
    spacing = style.find(f"{qualified('w:pPr')}/{qualified('w:spacing')}")
    if spacing is None:
        spacing = _add_spacing(style)
    spacing.set(qualified("w:line"), str(twips))
    spacing.set(qualified("w:lineRule"), "exact")


_AFTER_SPACING = frozenset({"w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"})
"""What stands behind `w:spacing` in the `w:pPr` of our styles (ECMA-376-1, CT_PPrBase)."""


def _add_spacing(style: Element) -> Element:
    """Return a new `w:spacing` at its place among the paragraph properties of a style, which may have none yet."""
    properties = style.find(qualified("w:pPr"))
    if properties is None:
        properties = element("w:pPr")
        runs = style.find(qualified("w:rPr"))
        if runs is None:
            style.append(properties)
        else:
            runs.addprevious(properties)
    spacing = element("w:spacing")
    behind = {qualified(name) for name in _AFTER_SPACING}
    later = next((each for each in properties if each.tag in behind), None)
    if later is None:
        properties.append(spacing)
    else:
        later.addprevious(spacing)
    return spacing
