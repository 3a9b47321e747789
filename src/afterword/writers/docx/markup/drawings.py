"""Pictures in the line of text (ECMA-376-1, 20.4.2.8)."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.writers.docx.markup.element import Element, element

_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_SVG_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
"""The extension by which a picture names its vector form ([MS-ODRAWXML], 2.3.1.9, svgBlip)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the package, and how it is shown."""

    relationship: str
    """Id of the relationship to its bytes."""

    width: int
    """In English metric units, 914400 to the inch."""

    height: int
    alt: str
    vector: str = ""
    """Id of the relationship to its SVG form, which newer programs show instead; empty without one."""

    name: str = ""
    """The file that it is from; empty for one that is drawn for the document."""


def drawing(number: int, shown: Shown) -> Element:
    """Return a run with the picture; `number` is unique among the drawings of the document."""
    name = shown.name or f"Picture {number}"
    size = {"cx": shown.width, "cy": shown.height}
    described = element("wp:docPr", {"id": number, "name": name, "descr": shown.alt})
    frame = element("wp:cNvGraphicFramePr", None, [element("a:graphicFrameLocks", {"noChangeAspect": 1})])
    data = element("a:graphicData", {"uri": _PICTURE}, [_picture(number, name, shown)])
    inner = [element("wp:extent", size), described, frame, element("a:graphic", None, [data])]
    inline = element("wp:inline", {"distT": 0, "distB": 0, "distL": 0, "distR": 0}, inner)
    return element("w:r", None, [element("w:drawing", None, [inline])])


def _picture(number: int, name: str, shown: Shown) -> Element:
    named = element("pic:cNvPr", {"id": number, "name": name, "descr": shown.alt})
    labels = element("pic:nvPicPr", None, [named, element("pic:cNvPicPr")])
    stretch = element("a:stretch", None, [element("a:fillRect")])
    fill = element("pic:blipFill", None, [_blip(shown), stretch])
    place = [element("a:off", {"x": 0, "y": 0}), element("a:ext", {"cx": shown.width, "cy": shown.height})]
    shape = element("a:prstGeom", {"prst": "rect"}, [element("a:avLst")])
    box = element("pic:spPr", None, [element("a:xfrm", None, place), shape])
    return element("pic:pic", None, [labels, fill, box])


def _blip(shown: Shown) -> Element:
    if not shown.vector:
        return element("a:blip", {"r:embed": shown.relationship})
    vector = element("asvg:svgBlip", {"r:embed": shown.vector})
    extension = element("a:ext", {"uri": _SVG_EXTENSION}, [vector])
    return element("a:blip", {"r:embed": shown.relationship}, [element("a:extLst", None, [extension])])
