"""Content controls: parts of the text that a program can find by their tag (ECMA-376-1, 17.5.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

from afterword.writers.docx.markup.element import Element, element, qualified, valued

_TAG_LENGTH = 64
"""Characters that Word takes in a tag or title."""

BOXES = {True: "\u2611", False: "\u2610"}
"""Ballot box with check, ballot box."""

_LOST = (qualified("w:br"), qualified("w:footnoteReference"))


def control(number: int, path: str, content: Iterable[Element]) -> Element:
    """Return a rich-text control around runs or around blocks; `number` is unique in the document."""
    named = [valued("w:alias", tag(path)), valued("w:tag", tag(path)), valued("w:id", number)]
    return _control(named, content)


def controls(numbers: Iterator[int], path: str, content: Sequence[Element]) -> list[Element]:
    """Return the blocks of a field under control; nothing for no blocks.

    A first paragraph with line breaks or notes gets a control of its own inside it, with the same tag: LibreOffice 7.4
    loses the breaks, and what stands before a note, in a paragraph that opens a control around blocks.
    """
    if not content:
        return []
    first, rest = content[0], content[1:]
    if first.tag != qualified("w:p") or next(first.iter(*_LOST), None) is None:
        return [control(next(numbers), path, content)]
    runs = [each for each in first if each.tag != qualified("w:pPr")]
    first.append(control(next(numbers), path, runs))
    return [first, *([control(next(numbers), path, rest)] if rest else [])]


def tag(path: str) -> str:
    """Return a path as a tag: the path itself, or its beginning and a hash of the whole where it is too long."""
    if len(path) <= _TAG_LENGTH:
        return path
    digest = hashlib.sha256(path.encode("utf-8", "replace")).hexdigest()[:16]
    return f"{path[: _TAG_LENGTH - 17]}~{digest}"


def task_box(number: int, title: str, mark: Element, *, checked: bool) -> Element:
    """Return a box that can be ticked in Word; `title` says its state to those who cannot see it."""
    font = "Segoe UI Symbol"
    states = [
        element("w14:checked", {"w14:val": int(checked)}),
        element("w14:checkedState", {"w14:val": "2611", "w14:font": font}),
        element("w14:uncheckedState", {"w14:val": "2610", "w14:font": font}),
    ]
    box = element("w14:checkbox", None, states)
    return _control([valued("w:alias", tag(title)), valued("w:id", number), box], [mark])


def contents_control(number: int, content: Iterable[Element]) -> Element:
    """Return the control in which Word keeps a table of contents, with its buttons to update it."""
    gallery = [valued("w:docPartGallery", "Table of Contents"), element("w:docPartUnique")]
    return _control([valued("w:id", number), element("w:docPartObj", None, gallery)], content)


def _control(properties: Iterable[Element], content: Iterable[Element]) -> Element:
    inner = [element("w:sdtPr", None, properties), element("w:sdtContent", None, content)]
    return element("w:sdt", None, inner)
