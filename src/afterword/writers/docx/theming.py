"""The theme in the document: colours, sizes, spacing and fonts of the base's styles, and its languages."""

from __future__ import annotations

from collections.abc import Mapping

from docx.document import Document

from afterword.report.nodes import Meta
from afterword.theme.record import Colours, Sizes
from afterword.writers.base import WriterOptions, title_fit
from afterword.writers.docx.fonts import declare_fonts, script_of, set_theme_fonts
from afterword.writers.docx.layout import lay_out_styles
from afterword.writers.docx.leading import set_leading
from afterword.writers.docx.markup.element import Element, element, qualified
from afterword.writers.docx.markup.runs import slot
from afterword.writers.docx.page import content_width
from afterword.writers.docx.themepart import recolour_theme

_BASE_SIZE = 10.0
"""Points of the text that the base document's spacing is made for."""

_BADGES = ("BadgeStatus", "BadgeSeverity", "BadgeStage")
_MIRRORED = {"w:left": "w:right", "w:right": "w:left"}


def wear(document: Document, options: WriterOptions, meta: Meta) -> None:
    """Give the styles of the document what the theme says, and the report's language and direction."""
    theme, rtl = options.theme, meta.direction == "rtl"
    colours = slots(theme.colours)
    styles = document.styles.element
    _colour(styles, colours)
    _colour(document.part.numbering_part.element, colours)
    _colour_phases(styles, theme.colours)
    _size(styles, theme.sizes, title_fit(meta.title))
    lay_out_styles(styles, theme)
    set_tabs(styles, content_width(options))
    set_language(document, meta.language)
    if rtl:
        _turn(styles)
    if script_of(meta.language):
        set_leading(styles)
    recolour_theme(document, colours, theme.name)
    set_theme_fonts(document, theme.fonts, meta.language)
    declare_fonts(document, theme.fonts)


def slots(colours: Colours) -> Mapping[str, str]:
    """Return the theme's colours by the name of the slot that they have in Word's own theme."""
    named = {
        "text1": colours.text,
        "background1": "#ffffff",
        "text2": colours.muted,
        "background2": colours.surface,
        "accent1": colours.accent,
        "accent2": colours.accent_soft,
        "accent3": colours.rule,
        "accent4": colours.warning,
        "accent5": colours.draft,
        "accent6": colours.placeholder,
    }
    return {name: colour.removeprefix("#").upper() for name, colour in named.items()}


def _colour(styles: Element, colours: Mapping[str, str]) -> None:
    """Set the value beside each reference to a colour of the theme, for programs that read only that."""
    for name in ("color", "shd", "top", "left", "bottom", "right", "insideH", "insideV", "bdr"):
        for found in styles.iter(qualified(f"w:{name}")):
            for reference, shown in (
                ("w:themeColor", "w:val" if name == "color" else "w:color"),
                ("w:themeFill", "w:fill"),
            ):
                held = found.get(qualified(reference))
                if held:
                    found.set(qualified(shown), colours[held])


def _colour_phases(styles: Element, colours: Colours) -> None:
    for name, colour in colours.phases.model_dump().items():
        style = style_of(styles, f"Phase{name.title().replace('_', '')}")
        value = colour.removeprefix("#").upper()
        for found in style.iter(qualified("w:color")):
            found.set(qualified("w:val"), value)
        for found in style.iterfind(f".//{qualified('w:pBdr')}/*"):
            found.set(qualified("w:color"), value)


def style_of(styles: Element, style_id: str) -> Element:
    """Return the style with this id; raise KeyError where the base has none."""
    wanted = qualified("w:styleId")
    for style in styles.iterchildren(qualified("w:style")):
        if style.get(wanted) == style_id:
            return style  # type: ignore[no-any-return] # lxml has no types
    raise KeyError(style_id)


def _size(styles: Element, sizes: Sizes, fit: float) -> None:
    """Set the sizes that the theme names, and grow spacing with the size of the text."""
    for style_id, points in _sizes(sizes, fit).items():
        for name in ("w:sz", "w:szCs"):
            for found in style_of(styles, style_id).iter(qualified(name)):
                found.set(qualified("w:val"), str(round(points * 2)))
    for name in ("w:sz", "w:szCs"):
        for found in styles[0].iter(qualified(name)):
            found.set(qualified("w:val"), str(round(sizes.body * 2)))
    for spacing in styles.iter(qualified("w:spacing")):
        for side in ("w:before", "w:after"):
            held = spacing.get(qualified(side))
            if held:
                spacing.set(qualified(side), str(round(int(held) * sizes.body / _BASE_SIZE)))


def _sizes(sizes: Sizes, fit: float) -> dict[str, float]:
    tables = ("TableText", "TableReport", "TableFacts", "Caption", "KeyFigureLabel")
    small = ("Minor", "FootnoteText", "Header", "Footer", *_BADGES, "TOC2", "TOC3", *tables)
    headings = {
        **dict.fromkeys(("Heading3", "Heading4", "Heading5"), sizes.heading_3),
        **dict.fromkeys(("Heading6", "Heading7", "Heading8", "Heading9"), sizes.body),
    }
    return {
        **dict.fromkeys(small, sizes.small),
        **headings,
        "Kicker": sizes.body,
        "CoverKicker": sizes.heading_2,
        "CoverTitle": sizes.title * 1.25 * fit,
        "CoverSubtitle": sizes.heading_2,
        "Title": sizes.title * fit,
        "Subtitle": sizes.body * 1.1,
        "Lead": sizes.body * 1.1,
        "Heading1": sizes.heading_1,
        "Heading2": sizes.heading_2,
        "KeyFigureValue": sizes.heading_1 * 0.94,
        "TOCHeading": sizes.heading_2,
        "Code": sizes.code,
        "InlineCode": sizes.code,
    }


def set_tabs(styles: Element, width: int) -> None:
    """Put the tabulators at the trailing edge where that is on this page."""
    for style_id in ("Header", "Footer", "TOC1", "TOC2", "TOC3"):
        for found in style_of(styles, style_id).iter(qualified("w:tab")):
            found.set(qualified("w:pos"), str(width))


def set_language(document: Document, language: str) -> None:
    """Write the report's language where spell checkers look for it, in the slot of its script."""
    name = qualified(f"w:{slot(language)}")
    for found in (
        *document.styles.element.iter(qualified("w:lang")),
        *document.settings.element.iter(qualified("w:themeFontLang")),
    ):
        found.set(name, language)


def _turn(styles: Element) -> None:
    """Let paragraphs run from right to left, with the lines beside them on the other side."""
    normal = style_of(styles, "Normal")
    normal.append(element("w:pPr", None, [element("w:bidi")]))
    for style in styles.iterchildren(qualified("w:style")):
        if style.get(qualified("w:styleId")) != "Code":  # code runs from left to right in every language
            for borders in style.iter(qualified("w:pBdr")):
                _mirror(borders)
    for name in _BADGES:  # the line around a badge, which is its padding, is drawn over right-to-left text
        for border in [*style_of(styles, name).iter(qualified("w:bdr"))]:
            border.getparent().remove(border)


def _mirror(borders: Element) -> None:
    """Swap the lines of the left and the right; their order is the schema's, so the values change places."""
    found = {name: borders.find(qualified(name)) for name in _MIRRORED}
    both = [side for side in found.values() if side is not None]
    if len(both) == len(_MIRRORED):
        one, other = both
        first, second = dict(one.attrib), dict(other.attrib)
        one.attrib.update(second)
        other.attrib.update(first)
        return
    for side in both:
        name = "w:right" if side.tag == qualified("w:left") else "w:left"
        side.tag = qualified(name)
        _put_in_order(borders)


def _put_in_order(borders: Element) -> None:
    order = [qualified(f"w:{name}") for name in ("top", "left", "bottom", "right", "insideH", "insideV")]
    borders[:] = sorted(borders, key=lambda side: order.index(side.tag))
