"""The lists of a document: which of them count and which have bullets (ECMA-376-1, 17.9)."""

from __future__ import annotations

from typing import Literal

from afterword.readers.docx.names import W, attribute, number, under
from afterword.readers.docx.package import Node, Package
from afterword.readers.docx.styles import Numbered

Mark = Literal["", "-", "1"]
"""What stands before an item: a bullet, a number, or nothing, which makes it go on with the item before."""


class Numbering:
    """The lists of a document, by id."""

    def __init__(self, package: Package) -> None:
        """Read them from the part that the document names, if there is one."""
        part = next(package.related(package.main, "numbering"), None)
        root = package.tree(part) if part else None
        self.abstract: dict[str, Node] = {}
        self.lists: dict[int, Node] = {}
        for each in root if root is not None else ():
            if each.tag == f"{W}abstractNum":
                self.abstract[attribute(each, "abstractNumId")] = each
            elif each.tag == f"{W}num":
                self.lists[number(attribute(each, "numId"))] = each
        self._styles = {attribute(under(each, "styleLink"), "val"): each for each in self.abstract.values()}
        self._marks: dict[Numbered, Mark | None] = {}

    def mark(self, numbered: Numbered) -> Mark | None:
        """Return what stands before an item of a list; None for a list that does not exist."""
        if numbered not in self._marks:
            self._marks[numbered] = self._found(numbered)
        return self._marks[numbered]

    def _found(self, numbered: Numbered) -> Mark | None:
        node = self.lists.get(numbered.list_id)
        if node is None:
            return None
        own = (under(each, "lvl") for each in node.iter(f"{W}lvlOverride") if _level(each) == numbered.level)
        level = next((each for each in own if each is not None), None)
        if level is None:
            level = self._level_of(self._linked(attribute(under(node, "abstractNumId"), "val")), numbered.level)
        return _mark(level) if level is not None else "-"

    def _linked(self, key: str) -> Node | None:
        """Return the list of an id, or that of the list style which it leads to."""
        found = self.abstract.get(key)
        style = attribute(under(found, "numStyleLink"), "val")
        return self._styles.get(style, found) if style else found

    def _level_of(self, node: Node | None, level: int) -> Node | None:
        found = node.iter(f"{W}lvl") if node is not None else ()
        return next((each for each in found if _level(each) == level), None)


def _level(node: Node) -> int:
    return number(attribute(node, "ilvl"))


def _mark(level: Node) -> Mark:
    kind = attribute(under(level, "numFmt"), "val") or "decimal"
    text = under(level, "lvlText")
    if kind == "none" or (kind == "bullet" and text is not None and not attribute(text, "val").strip()):
        return ""
    return "-" if kind == "bullet" else "1"
