"""The structure of a report, read from its pages: one node for each element, over however many pages it runs.

The engine keeps, for each box that it lays out, the element of the HTML that the box is a piece of. Pieces of one
element are therefore known by that element, whatever stands between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from afterword.writers.pdf.kinds import (
    EMPTY_TOO,
    alternative,
    is_contents,
    kind_of,
    numbering,
    of_call,
)

Box = Any
"""A box of WeasyPrint, which has no types."""


@dataclass(eq=False, slots=True)
class Piece:
    """A piece of a page's content."""

    page: int
    """Counted from 0."""

    mark: Any
    """The property list in the page's content, a dictionary of `pydyf` with the piece's number as `MCID`."""


@dataclass(eq=False, slots=True)
class Spot:
    """A place on a page that leads somewhere: the annotation of a link."""

    page: int
    annotation: Any


@dataclass(eq=False, slots=True)
class Node:
    """One structure element."""

    kind: str
    element: Any = None
    """The element of the HTML, None for the document itself."""

    kids: list[Node | Piece | Spot] = field(default_factory=list)
    language: str = ""
    """BCP 47 tag, where it differs from the language around it."""

    alt: str = ""
    box: tuple[float, float, float, float] | None = None
    """Left, top, width and height of a picture on its page, in CSS pixels from the top left."""

    numbering: str = ""
    spans: tuple[int, int] = (1, 1)
    """Rows and columns of a cell."""

    body: Node | None = None
    """Where the content of a list item goes."""

    def take(self, kid: Node | Piece | Spot) -> None:
        """Put a kid at the end; in a list item, everything but its label goes into the body.

        The header of a table goes before its rows: where the first row is as high as a page, it is first seen later.
        """
        kind = kid.kind if isinstance(kid, Node) else ""
        if self.kind == "LI" and kind != "Lbl":
            self._own_body().kids.append(kid)
        elif kind == "THead":
            rows = (place for place, each in enumerate(self.kids) if isinstance(each, Node) and each.kind == "TBody")
            self.kids.insert(next(rows, len(self.kids)), kid)
        else:
            self.kids.append(kid)

    def _own_body(self) -> Node:
        if self.body is None:
            self.body = Node("LBody", self.element)
            self.kids.append(self.body)
        return self.body

    def close(self) -> None:
        """Drop what is empty, and leave no list item without a body."""
        for kid in self.kids:
            if isinstance(kid, Node):
                kid.close()
        if self.kind == "LI":
            self._own_body()
        self.kids = [kid for kid in self.kids if not isinstance(kid, Node) or kid.kids or kid.kind in EMPTY_TOO]

    def below(self) -> Iterator[Node]:
        """Return this node and all nodes below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.below()


@dataclass(frozen=True, slots=True)
class _Around:
    """What an element stands in."""

    node: Node
    language: str
    in_contents: bool = False


@dataclass(slots=True)
class Reader:
    """Reads the pages of a document, one after the other."""

    language: str
    document: Node = field(default_factory=lambda: Node("Document"))
    unused: list[Spot] = field(default_factory=list)
    """Annotations that the engine made for pieces of links that are set differently; the link's own covers them."""

    _known: dict[tuple[Any, str], Node] = field(default_factory=dict)
    _page_of_head: dict[Any, int] = field(default_factory=dict)
    _page: int = 0
    _marks: dict[Box, Any] = field(default_factory=dict)

    def read(self, page: int, box: Box, marks: dict[Box, Any]) -> list[Any]:
        """Add what stands on a page; return the marks of what is no content, such as header and footer.

        `marks` are the property lists of the page's content by the box that they were drawn for.
        """
        self._page, self._marks = page, dict(marks)
        self._read_all(box.children, _Around(self.document, self.language))
        return list(self._marks.values())

    def _read_all(self, boxes: Iterable[Box], around: _Around) -> None:
        for box in boxes:
            self._read(getattr(box, "_box", box), around)  # an AbsolutePlaceholder holds the box itself

    def _read(self, box: Box, around: _Around) -> None:
        if hasattr(box, "at_keyword") or self._is_repeated(box):
            return  # a margin box of the page, or a table's header shown again: artifacts
        inside = self._inside(box, around)
        self._spot(box, inside.node)
        if box in self._marks and _says_something(box):
            inside.node.take(Piece(self._page, self._marks.pop(box)))
        self._read_all(box.children, inside)

    def _is_repeated(self, box: Box) -> bool:
        """Return whether a box is the header of a table, shown again on a later page."""
        if not getattr(box, "is_header", False) or box.element is None:
            return False
        return self._page_of_head.setdefault(box.element, self._page) != self._page

    def _inside(self, box: Box, around: _Around) -> _Around:
        """Return what the content of a box stands in: the node of its element, made on its first page."""
        element, tag = box.element, box.element_tag
        if element is None or not hasattr(element, "tag"):
            return around
        if called := of_call(tag):
            self._inside_of(box, called, around)  # the note's place among the text; what it says is at the page's foot
            return around
        return self._inside_of(box, tag, around)

    def _inside_of(self, box: Box, tag: str, around: _Around) -> _Around:
        element = box.element
        own = element.get("lang") if tag == element.tag else None
        language = own or around.language
        in_contents = around.in_contents or is_contents(element)
        kind = kind_of(element, tag, in_contents=in_contents)
        if not kind or (kind == "Figure" and not alternative(element)):
            return _Around(around.node, language, in_contents)
        node = self._known.get((element, tag))
        if node is None:
            node = self._known[element, tag] = self._made(kind, box)
            node.language = language if language != around.language else ""
            around.node.take(node)
        return _Around(node, language, in_contents)

    def _made(self, kind: str, box: Box) -> Node:
        node = Node(kind, box.element)
        if kind == "Figure":
            node.alt = alternative(box.element)
            node.box = (box.content_box_x(), box.content_box_y(), box.width, box.height)
        elif kind == "L":
            node.numbering = numbering(box.style)
        elif kind in {"TH", "TD"}:
            node.spans = (getattr(box, "rowspan", 1), getattr(box, "colspan", 1))
        return node

    def _spot(self, box: Box, node: Node) -> None:
        annotation = getattr(box, "link_annotation", None)
        if annotation is not None:
            spot = Spot(self._page, annotation)
            is_own = node.kind == "Link" and box.element is node.element and box.element_tag == node.element.tag
            if is_own:
                node.take(spot)
            else:
                self.unused.append(spot)


def _says_something(box: Box) -> bool:
    """Return whether a box without children is content: text, or a picture that has an alternative."""
    if not hasattr(box, "replacement"):
        return True
    return box.element is not None and box.element_tag == box.element.tag and bool(alternative(box.element))
