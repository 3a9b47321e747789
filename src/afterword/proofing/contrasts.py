"""Colours that stand out too little, with the lines of the theme file that say them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree as ET

from afterword.diagnostics import Finding, Place
from afterword.options import PAGE_SIZES
from afterword.readers.source import Source, path_text
from afterword.report.nodes import Figure, Picture, Report
from afterword.report.walk import blocks
from afterword.theme.contrast import Pair, contrast, mended
from afterword.theme.record import Theme
from afterword.writers.base import WriterOptions
from afterword.writers.drawing import drawing_svg

_SVG = "{http://www.w3.org/2000/svg}"
_WHITE = "#ffffff"
_LISTED = 5
"""How many places of one pair of colours a finding names."""


def contrast_faults(pairs: Iterable[tuple[str, Pair]], theme: Theme, source: Source) -> Iterator[Finding]:
    """Yield a finding for each two colours that stand out too little from one another, with where that is so."""
    weak: dict[tuple[str, str], list[tuple[str, Pair]]] = {}
    for medium, pair in pairs:
        if not pair.is_enough:
            weak.setdefault((pair.ink, pair.paper), []).append((medium, pair))
    for found in weak.values():
        yield _finding(found, theme, source)


def _finding(found: Sequence[tuple[str, Pair]], theme: Theme, source: Source) -> Finding:
    pair = max((pair for _, pair in found), key=lambda each: each.needed)
    names = {colour: path for path, colour in _colours(theme) if colour != _WHITE or pair.ink == _WHITE}
    ratio = math.floor(contrast(pair.ink, pair.paper) * 100) / 100
    wheres = _wheres(found)
    more = f" and {len(wheres) - _LISTED} more" if len(wheres) > _LISTED else ""
    shown = " on ".join(_named(colour, names) for colour in (pair.ink, pair.paper))
    kind = "text" if pair.points else "mark"
    message = f"{shown} has a contrast of {ratio}:1 as {kind} ({'; '.join(wheres[:_LISTED])}{more})"
    better = mended(pair)
    path, place = _place([names.get(pair.ink), names.get(pair.paper)], source)
    hint = f"{better} would do" if better else "no shade of this colour would do; change the other one"
    return Finding(
        "AW609", message, place=place, path=path, value=pair.ink, expected=f"{pair.needed:g}:1 or more", hint=hint
    )


def _wheres(found: Iterable[tuple[str, Pair]]) -> list[str]:
    """Return where a pair is found, the first place in each medium before all others."""
    media: set[str] = set()
    first: list[str] = []
    others: list[str] = []
    for medium, pair in found:
        (others if medium in media else first).append(f"{medium}: {pair.where}")
        media.add(medium)
    return list(dict.fromkeys([*first, *others]))


def _named(colour: str, names: dict[str, tuple[str, ...]]) -> str:
    return f"`{path_text(names[colour])}` {colour}" if colour in names else colour


def _colours(theme: Theme) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the path and value of each colour of a theme; the last of a value gives it its name."""
    table = theme.colours.model_dump(by_alias=True)
    for name, colour in reversed(table.pop("phases").items()):
        yield ("colours", "phases", name), colour.lower()
    for name, colour in reversed(table.items()):
        yield ("colours", name), colour.lower()


def _place(paths: Sequence[tuple[str, ...] | None], source: Source) -> tuple[str, Place]:
    """Return path and place of the first of these settings that the theme file itself says, else the file."""
    for path in paths:
        if path and source.value(path) is not None:
            return path_text(path), source.place(path)
    return "", Place(source.name)


def marks_of(report: Report, options: WriterOptions) -> Iterator[Pair]:
    """Yield the text in the drawings of a report with what is behind it, and the marks of all phases on white."""
    for name, colour in options.theme.colours.phases.model_dump(by_alias=True).items():
        yield Pair(colour.lower(), _WHITE, f"mark of {name}")
    page = options.theme.page
    width = PAGE_SIZES[options.page_size][0] - page.margin_left - page.margin_right
    for block in blocks(report):
        if isinstance(block, Figure) and not isinstance(block.content, Picture):
            svg = drawing_svg(block.content, options.theme, report.meta.direction, width, block.alt)
            yield from _labels(ET.fromstring(svg))  # noqa: S314 (drawn a moment ago)


def _labels(root: ET.Element) -> Iterator[Pair]:
    boxes = [each for each in root.iter(f"{_SVG}rect") if each.get("fill", "").startswith("#")]
    for label in root.iter(f"{_SVG}text"):
        behind = [box.get("fill", _WHITE) for box in boxes if _holds(box, label)]
        size = float(label.get("font-size", "0"))
        paper = behind[-1] if behind else _WHITE
        yield Pair(
            label.get("fill", "#000000").lower(), paper.lower(), "label", size, label.get("font-weight") == "bold"
        )


def _holds(box: ET.Element, label: ET.Element) -> bool:
    """Return whether a text starts inside a box."""
    x, y = float(label.get("x", "0")), float(label.get("y", "0")) - float(label.get("font-size", "0")) / 3
    left, top = float(box.get("x", "0")), float(box.get("y", "0"))
    return left <= x <= left + float(box.get("width", "0")) and top <= y <= top + float(box.get("height", "0"))
