"""Runs: text with its character style, cut where the direction of writing changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from afterword.report.direction import LEFTWARD as _RTL
from afterword.report.direction import has_leftward
from afterword.writers.docx.markup.element import Element, element, valued

_RTL_STRETCH = re.compile(f"[{_RTL}](?:[^{_RTL}A-Za-z\u00c0-\u058f\u1e00-\u1fff]*[{_RTL}])*")
"""From one right-to-left letter to the last that no left-to-right letter parts from it."""

_LTR = f"[^\\W_{_RTL}]"
_LTR_STRETCH = re.compile(f"[#@$/~+-]?{_LTR}(?:[^{_RTL}]*{_LTR})?[/%=_+#&~]*")
"""From one letter or digit to the last that no right-to-left letter parts from it, with signs that belong to it."""


@dataclass(frozen=True, slots=True)
class Look:
    """How the characters of a run look, and what language they are in."""

    style: str = ""
    """Id of the character style; empty leaves the choice to the marks below."""

    strong: bool = False
    emphasis: bool = False
    strike: bool = False
    code: bool = False
    link: bool = False
    language: str = ""
    """BCP 47 tag where it is another than the report's."""

    rtl: bool = False
    """The text around the run goes from right to left."""

    bold_around: bool = False
    """The paragraph's style is bold already: a second bold would switch it off (ECMA-376-1, 17.7.3)."""


def text_runs(text: str, look: Look) -> list[Element]:
    """Return a text as runs, one for each stretch in one direction."""
    return [run(look, [text_element(piece)], rtl=rtl) for piece, rtl in directed(text, rtl=look.rtl and not look.code)]


def directed(text: str, *, rtl: bool) -> Iterator[tuple[str, bool]]:
    """Yield the stretches of a text with whether each goes from right to left, as text in that direction has it.

    In left-to-right text, numbers and signs between right-to-left words stay with these. In right-to-left text,
    numbers and Latin words are stretches of their own and all signs between follow the text.
    """
    if not rtl and not has_leftward(text):
        yield text, False
        return
    stretch, end = (_LTR_STRETCH if rtl else _RTL_STRETCH), 0
    for match in stretch.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], rtl
        yield match[0], not rtl
        end = match.end()
    if end < len(text):
        yield text[end:], rtl


def text_element(text: str) -> Element:
    """Return a `w:t` with the text, its outer spaces kept."""
    made = element("w:t", {"xml:space": "preserve"} if text != text.strip() else None)
    made.text = text
    return made


def run(look: Look, content: list[Element], *, rtl: bool = False) -> Element:
    """Return a `w:r` with the look's properties around its content."""
    properties = run_properties(look, rtl=rtl)
    return element("w:r", None, [*([properties] if len(properties) else []), *content])


def run_properties(look: Look, *, rtl: bool = False) -> Element:
    """Return the `w:rPr` of a look, in the order of the schema (CT_RPr)."""
    style = look.style or _style(look)
    found = [valued("w:rStyle", style)] if style else []
    found += [element(name) for name in _toggles(look, style)]
    if rtl:
        found.append(element("w:rtl"))
    if look.language:
        found.append(language(look.language))
    return element("w:rPr", None, found)


def _style(look: Look) -> str:
    """Return the id of the one character style that says most of the look."""
    if look.link:
        return "HyperlinkCode" if look.code else "Hyperlink"
    marks = {"InlineCode": look.code, "Strong": _bold(look), "Emphasis": look.emphasis, "Strike": look.strike}
    return next((style for style, wanted in marks.items() if wanted), "")


def _toggles(look: Look, style: str) -> list[str]:
    """Return the properties that the style leaves out: a run has one style, but may be strong and struck at once."""
    found = ["w:b", "w:bCs"] if _bold(look) and style != "Strong" else []
    found += ["w:i", "w:iCs"] if look.emphasis and style != "Emphasis" else []
    return found + (["w:strike"] if look.strike and style != "Strike" else [])


def _bold(look: Look) -> bool:
    return look.strong and not look.bold_around


def language(tag: str) -> Element:
    """Return the `w:lang` of a language, in the slot that Word reads for its script (ECMA-376-1, 17.3.2.20)."""
    return element("w:lang", {f"w:{slot(tag)}": tag})


def slot(tag: str) -> str:
    """Return which attribute of `w:lang` a language goes into: `val`, `eastAsia` or `bidi`."""
    primary = tag.partition("-")[0].lower()
    if primary in {"zh", "ja", "ko", "yue"}:
        return "eastAsia"
    return "bidi" if primary in {"ar", "he", "iw", "fa", "ur", "ps", "yi", "ckb", "sd", "ug", "dv", "syr"} else "val"


def line_break() -> Element:
    """Return a run with a line break."""
    return element("w:r", None, [element("w:br")])


def tab() -> Element:
    """Return a run with a tabulator."""
    return element("w:r", None, [element("w:tab")])


def lines(text: str) -> list[Element]:
    """Return the content of a run for text whose line ends and tabulators count, as in code."""
    made: list[Element] = []
    for piece in re.findall(r"\n|\t|[^\n\t]+", text):
        match piece:
            case "\n":
                made.append(element("w:br"))
            case "\t":
                made.append(element("w:tab"))
            case _:
                made.append(text_element(piece))
    return made
