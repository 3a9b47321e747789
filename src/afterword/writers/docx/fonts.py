"""Fonts of the document: those of the theme, by script, and what stands in where they are not installed."""

from __future__ import annotations

from docx.document import Document

from afterword.theme.record import Fonts
from afterword.writers.docx.markup.element import Element, element, qualified, valued
from afterword.writers.docx.themepart import change_part

_SCRIPTS = {
    "Arab": ("ar", "fa", "ur", "ps", "ckb", "sd", "ug"),
    "Hebr": ("he", "iw", "yi"),
    "Ethi": ("am", "ti", "gez"),
    "Deva": ("hi", "mr", "ne", "sa"),
}
"""Languages by the script that they are mostly written in, for scripts with a font slot of their own."""

_NAMES = {"Arab": "Arabic", "Hebr": "Hebrew", "Ethi": "Ethiopic", "Deva": "Devanagari"}
_MONO_SUBSTITUTE = "Consolas"


def set_theme_fonts(document: Document, fonts: Fonts, language: str) -> None:
    """Write the families into the theme part, and into the styles where a script needs another font."""
    script = script_of(language)
    family = _family(fonts, script) if script else ""

    def change(root: Element) -> None:
        for name, latin in (("majorFont", fonts.heading), ("minorFont", fonts.body)):
            for slots in root.iter(qualified(f"a:{name}")):
                slots[0].set("typeface", latin)
                _fill_scripts(slots, fonts)
                if family and script != "Ethi":
                    slots[2].set("typeface", family)

    change_part(document, "/theme", change)
    _set_style_fonts(document.styles.element, fonts, family if script == "Ethi" else "")


def script_of(language: str) -> str:
    """Return the ISO 15924 code of a language's script where that has a font slot of its own, else nothing."""
    primary = language.partition("-")[0].lower()
    return next((script for script, languages in _SCRIPTS.items() if primary in languages), "")


def _family(fonts: Fonts, script: str) -> str:
    """Return the first of the theme's families that is for a script, by its name."""
    return next((family for family in fonts.fallback if family.endswith(_NAMES[script])), "")


def _fill_scripts(slots: Element, fonts: Fonts) -> None:
    for slot in slots.findall(qualified("a:font")):
        script = slot.get("script")
        if script in _NAMES and (family := _family(fonts, script)):
            slot.set("typeface", family)


def _set_style_fonts(styles: Element, fonts: Fonts, ethiopic: str) -> None:
    """Set the mono family, and for a report in Ethiopic script its font where Word looks for those letters.

    Word takes Ethiopic letters from the slot `hAnsi`, which Latin letters beyond ASCII share (ECMA-376-1, 17.3.2.26).
    """
    for found in styles.iter(qualified("w:rFonts")):
        for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            if found.get(qualified(name), "").endswith("Mono"):
                found.set(qualified(name), fonts.mono)
        if ethiopic and found.get(qualified("w:hAnsiTheme")):
            del found.attrib[qualified("w:hAnsiTheme")]
            found.set(qualified("w:hAnsi"), ethiopic)


def declare_fonts(document: Document, fonts: Fonts) -> None:
    """List the fonts of the document, each with the one that stands in for it (ECMA-376-1, 17.8.3.1)."""

    def change(root: Element) -> None:
        families = dict.fromkeys((fonts.body, fonts.heading, fonts.mono, *fonts.fallback))
        root[:] = [_font(family, fonts) for family in families]

    change_part(document, "/fontTable", change)


def _font(family: str, fonts: Fonts) -> Element:
    is_mono = family == fonts.mono
    substitute = _MONO_SUBSTITUTE if is_mono else fonts.word_substitute
    kind = [valued("w:family", "modern" if is_mono else "swiss"), valued("w:pitch", "fixed" if is_mono else "variable")]
    return element("w:font", {"w:name": family}, [valued("w:altName", substitute), *kind])
