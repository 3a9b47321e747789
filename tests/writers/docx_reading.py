"""Reads Word files for the tests, with nothing but zip and lxml: not with the library that wrote them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO

from docx_reports import options
from lxml import etree

from afterword.report.direction import Direction, first_strong
from afterword.report.nodes import Report
from afterword.writers.docx import write

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = {
    "w": W,
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
_ADDED = ("CaptionLabel", "SectionNumber", "TaskMark")
"""Character styles of what the writer adds to the words of the tree."""


class Package:
    """The parts of a Word file."""

    def __init__(self, data: bytes) -> None:
        """Read all parts."""
        with zipfile.ZipFile(BytesIO(data)) as package:
            self.parts = {name: package.read(name) for name in package.namelist()}

    def xml(self, name: str) -> etree._Element:
        """Return the root of a part."""
        return etree.fromstring(self.parts[name])

    @property
    def notes(self) -> etree._Element | None:
        """The root of the part for notes, if there is one."""
        return self.xml("word/footnotes.xml") if "word/footnotes.xml" in self.parts else None

    @property
    def body(self) -> etree._Element:
        """The root of the main part."""
        return self.xml("word/document.xml")


def drawn(report: Report) -> Package:
    """Return the Word file of a report with the built-in theme."""
    return Package(write(report, options()).data)


def find(root: etree._Element, path: str) -> list[etree._Element]:
    """Return the elements at an XPath."""
    return list(root.xpath(path, namespaces=NAMES))


def values(root: etree._Element, path: str) -> list[str]:
    """Return the strings at an XPath, such as attributes."""
    return [str(value) for value in root.xpath(path, namespaces=NAMES)]


def way_of(root: etree._Element) -> Direction | None:
    """Return the direction of the first strong letter in an element."""
    return first_strong("".join(values(root, ".//w:t/text()")))


def words(root: etree._Element, notes: etree._Element | None = None) -> tuple[str, ...]:
    """Return all words of a body in order, but those of contents, numbers of captions and sections, and task marks.

    Notes stand behind the paragraph with their marks, whose numbers Word makes.
    """
    return tuple(" ".join(_texts(root, notes)).split())


def _texts(root: etree._Element, notes: etree._Element | None) -> Iterator[str]:
    for paragraph in find(root, ".//w:p[not(ancestor::w:sdt/w:sdtPr/w:docPartObj)]"):
        yield "".join(_pieces(paragraph))
        for number in values(paragraph, ".//w:footnoteReference/@w:id"):
            assert notes is not None
            for line in find(notes, f"w:footnote[@w:id={number}]/w:p"):
                yield "".join(_pieces(line))


def _pieces(paragraph: etree._Element) -> Iterator[str]:
    for node in find(paragraph, ".//w:t | .//w:br | .//w:tab[parent::w:r] | .//w:footnoteReference"):
        if node.tag == f"{{{W}}}footnoteReference":
            yield node.get(f"{{{W}}}id", "")
            continue
        if values(node, "../w:rPr/w:rStyle/@w:val")[:1] and values(node, "../w:rPr/w:rStyle/@w:val")[0] in _ADDED:
            continue
        yield (node.text or "") if node.tag == f"{{{W}}}t" else " "


@cache
def declared_styles(data: bytes) -> dict[str, str]:
    """Return the types of the styles in a style part, by id."""
    root = etree.fromstring(data)
    return {style.get(f"{{{W}}}styleId"): style.get(f"{{{W}}}type") for style in find(root, "w:style")}


def outline(root: etree._Element) -> str:
    """Return the XML of a body or of notes, indented, without the declarations of namespaces that only lengthen it."""
    etree.indent(root, space=" ")
    body = root.find(f"{{{W}}}body")
    text: str = etree.tostring(root if body is None else body, encoding="unicode")
    for prefix, namespace in root.nsmap.items():
        text = text.replace(f' xmlns:{prefix}="{namespace}"', "")
    return f"{text.rstrip()}\n"
