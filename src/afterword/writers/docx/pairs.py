"""Which colours stand on which in a Word document: styles, and what stands in the document over them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from docx.oxml.parser import parse_xml

from afterword.theme.contrast import Pair
from afterword.writers.docx.markup.element import Element, qualified

_WHITE = "ffffff"
_DEFAULT_HALF_POINTS = "20"
_MAIN = "word/document.xml"


@dataclass(frozen=True, slots=True)
class _Look:
    """What one place says about the text in it; empty where it says nothing."""

    ink: str = ""
    paper: str = ""
    size: str = ""
    bold: str = ""

    def over(self, other: _Look) -> _Look:
        """Return this look, with the other where it says nothing."""
        return _Look(self.ink or other.ink, self.paper or other.paper, self.size or other.size, self.bold or other.bold)


def pairs_in(data: bytes) -> Iterator[Pair]:
    """Yield the text of a Word document, headers and footers included, with what is behind it."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        styles = _Styles(parse_xml(package.read("word/styles.xml")))
        for name in package.namelist():
            if name == _MAIN or name.startswith(("word/header", "word/footer")):
                yield from _pairs(parse_xml(package.read(name)), styles)


def _pairs(root: Element, styles: _Styles) -> Iterator[Pair]:
    for run in root.iter(qualified("w:r")):
        text = "".join(part.text or "" for part in run.iter(qualified("w:t")))
        if text.strip():
            yield _pair(run, styles)


def _pair(run: Element, styles: _Styles) -> Pair:
    """Return the look of a run: its own, its styles', its table's, the document's (ECMA-376-1, 17.7.2)."""
    paragraph = next(run.iterancestors(qualified("w:p")))
    own, around = _value(run, "w:rPr/w:rStyle"), _value(paragraph, "w:pPr/w:pStyle") or "Normal"
    looks = (_said(run), styles.look(own), styles.look(around), *_of_cell(paragraph, styles), styles.defaults)
    found = _Look()
    for look in looks:
        found = found.over(look)
    points = int(found.size or _DEFAULT_HALF_POINTS) / 2
    where = f"{around}, {own}" if own else around
    ink, paper = (f"#{colour.lower()}" for colour in (found.ink or "000000", found.paper or _WHITE))
    return Pair(ink, paper, where, points, found.bold not in {"", "0", "false"})


def _of_cell(paragraph: Element, styles: _Styles) -> Iterator[_Look]:
    """Yield what the cells around a paragraph say, from the inner to the outer."""
    for cell in paragraph.iterancestors(qualified("w:tc")):
        table = next(cell.iterancestors(qualified("w:tbl")))
        row = next(cell.iterancestors(qualified("w:tr")))
        style = _value(table, "w:tblPr/w:tblStyle")
        yield _said(cell)
        if row is table.find(qualified("w:tr")) and _attribute(table, "w:tblPr/w:tblLook", "w:firstRow") == "1":
            yield styles.look(f"{style}:firstRow")
        yield styles.look(style)


class _Styles:
    """The styles of a document by id; the first row of a table style as `Id:firstRow`."""

    def __init__(self, root: Element) -> None:
        self._found: dict[str, tuple[_Look, str]] = {}
        default = root.find(f"{qualified('w:docDefaults')}/{qualified('w:rPrDefault')}")
        self.defaults = _Look() if default is None else _said(default)
        for style in root.iterchildren(qualified("w:style")):
            name, base = style.get(qualified("w:styleId")), _value(style, "w:basedOn")
            self._found[name] = (_said(style), base)
            for part in style.findall(qualified("w:tblStylePr")):
                kind = part.get(qualified("w:type"))
                self._found[f"{name}:{kind}"] = (_said(part), f"{base}:{kind}")

    def look(self, name: str) -> _Look:
        """Return what a style and those that it is based on say."""
        found = _Look()
        while name in self._found:
            look, name = self._found[name]
            found = found.over(look)
        return found


def _said(place: Element) -> _Look:
    """Return what an element says itself: in its properties of text, of paragraph and of cell."""
    fills = (_attribute(place, f"{kind}/w:shd", "w:fill") for kind in ("w:rPr", "w:pPr", "w:tcPr"))
    ink = _value(place, "w:rPr/w:color")
    bold = _find(place, "w:rPr/w:b")
    return _Look(
        ink="" if ink == "auto" else ink,
        paper=next((fill for fill in fills if fill not in {"", "auto"}), ""),
        size=_value(place, "w:rPr/w:sz"),
        bold="" if bold is None else bold.get(qualified("w:val"), "1"),
    )


def _find(place: Element, path: str) -> Element | None:
    found: Element | None = place.find("/".join(qualified(step) for step in path.split("/")))
    return found


def _value(place: Element, path: str) -> str:
    return _attribute(place, path, "w:val")


def _attribute(place: Element, path: str, name: str) -> str:
    found = _find(place, path)
    return "" if found is None else found.get(qualified(name), "")
