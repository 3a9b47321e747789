"""SVG pictures of themes: plain shapes, of bounded size, that neither run nor fetch anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree as ET

from afterword.diagnostics import shorten
from afterword.theme.css import named_addresses

_MOST_SVG = 1_000_000
"""Characters of an SVG."""

_DEEPEST_SVG, _MOST_PARTS = 40, 20_000
"""How deep its elements may be nested, and how many it may have; logos are far below."""

_REFUSED_DECLARATIONS = ("<!ENTITY", "<?xml-stylesheet")
_REFUSED_PARTS = frozenset(
    ("script", "foreignObject", "use", "set", "animate", "animateMotion", "animateTransform", "iframe")
)
"""What runs or moves; and `use`, by which a few lines can stand for more shapes than can be drawn."""

_HELD = ("#", *(f"data:image/{kind}" for kind in ("png", "jpeg", "gif", "webp")))
"""How the addresses of what a logo holds itself begin. An SVG in an SVG is none: nobody would look into it."""

_SVG = "{http://www.w3.org/2000/svg}svg"


def svg_fault(file: Path) -> str:
    """Return what keeps an SVG from being shown: what runs, moves or fetches, or would never be drawn to its end.

    Empty for a sound one. Raises ParseError for what is no XML, OSError and ValueError for what cannot be read.
    """
    text = file.read_text("utf-8")
    if len(text) > _MOST_SVG:
        return f"{file.name!r} has more than {_MOST_SVG:,} characters"
    if any(each in text for each in _REFUSED_DECLARATIONS):
        return f"{file.name!r} declares entities or a style sheet; save it as plain SVG"
    reader: ET.XMLPullParser[Any] = ET.XMLPullParser(("start", "end"))
    reader.feed(text)
    reader.close()
    depth, count = 0, 0
    for event, part in cast("Iterator[tuple[str, ET.Element]]", reader.read_events()):
        depth += 1 if event == "start" else -1
        if event == "end":
            continue
        count += 1
        if count == 1 and part.tag != _SVG:
            return f"{file.name!r} is no SVG: its root is {part.tag!r}"
        if depth > _DEEPEST_SVG or count > _MOST_PARTS:
            return f"{file.name!r} has elements nested more than {_DEEPEST_SVG} deep, or more than {_MOST_PARTS:,}"
        fault = _part_fault(part)
        if fault:
            return f"{file.name!r} {fault}"
    return ""


def picture_fault(file: Path) -> str:
    """Return what keeps a picture that rules or templates name from being shown; only an SVG is looked into."""
    if file.suffix.lower() != ".svg":
        return ""
    try:
        return svg_fault(file)
    except (OSError, ValueError, ET.ParseError) as error:
        return f"{file.name!r} is no picture that can be read: {error}"


def _part_fault(part: ET.Element) -> str:
    name = str(part.tag).rpartition("}")[2]
    if name in _REFUSED_PARTS:
        return f"has an element `{name}`, which no picture of a theme may have; save it as plain shapes"
    for key, value in part.attrib.items():
        if key.lower().startswith("on"):
            return f"has an attribute `{key}`, which no picture of a theme may have"
        if key.rpartition("}")[2] == "href" and not value.startswith(_HELD):
            return f"names another file, {shorten(value)!r}, or holds one that is no picture of dots"
    styles = (part.get("style", ""), part.text or "" if name == "style" else "")
    named = [address for each in styles for address in named_addresses(each) if not address.startswith("#")]
    return f"has a style that names another file, {shorten(named[0])!r}" if named else ""
