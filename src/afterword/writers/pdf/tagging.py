"""Our own structure tree in place of WeasyPrint's, which has one element for each page that a block runs over.

WeasyPrint 70 gives no hook for this (its issue 2903), so its function is exchanged for one that knows our documents.
The pages, their marked content and all else remain WeasyPrint's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from afterword.writers.pdf.engine import weasyprint
from afterword.writers.pdf.kinds import description, stands_for
from afterword.writers.pdf.structure import Node, Piece, Reader, Spot

_POINTS_PER_PIXEL = 0.75


_OURS = "afterword_tags"
"""Attribute that marks a document as ours."""


def tag_ourselves(document: Any) -> None:  # noqa: ANN401 (a Document of WeasyPrint)
    """Let this document get our structure tree when it is written; any other gets WeasyPrint's."""
    _exchange()
    setattr(document, _OURS, True)


@cache
def _exchange() -> None:
    module = weasyprint().pdf
    theirs = module.add_tags

    def add_tags(pdf: Any, document: Any, version: Any, streams: Any) -> None:  # noqa: ANN401 (WeasyPrint has no types)
        if hasattr(document, _OURS):
            tag(pdf, document, streams)
        else:
            theirs(pdf, document, version, streams)

    module.add_tags = add_tags


def tag(pdf: Any, document: Any, streams: Any) -> None:  # noqa: ANN401 (WeasyPrint has no types)
    """Give a PDF that is being made the structure tree of a document, and make all else on its pages artifacts."""
    import pydyf

    reader = Reader(document.metadata.lang or "")
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        marks = _marks_in(stream)
        box = page._page_box  # noqa: SLF001 (the only way to the boxes of a page)
        by_box = {drawn: marks[made["mcid"]] for drawn, made in stream._tags.items()}  # noqa: SLF001 (as add_tags does)
        for mark in reader.read(number, box, by_box):
            _make_artifact(stream, mark)
        _number_anew(stream)
    for spot in reader.unused:
        _drop(pdf, spot)
    reader.document.close()
    _Tree(pdf, [page.height for page in document.pages]).write(reader.document)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _marks_in(stream: Any) -> dict[int, Any]:  # noqa: ANN401 (WeasyPrint has no types)
    """Return the property lists of marked content by their numbers."""
    return {item["MCID"]: item for item in stream.stream if isinstance(item, dict) and "MCID" in item}


def _make_artifact(stream: Any, mark: Any) -> None:  # noqa: ANN401 (WeasyPrint has no types)
    """Make marked content an artifact of pagination (ISO 32000-1, 14.8.2.2.2)."""
    place = next(index for index, item in enumerate(stream.stream) if item is mark)
    stream.stream[place - 1] = "/Artifact"
    mark.clear()
    mark["Type"] = "/Pagination"


def _number_anew(stream: Any) -> None:  # noqa: ANN401 (WeasyPrint has no types)
    """Number the marked content of a page from 0 without gaps."""
    for number, mark in enumerate(_marks_in(stream).values()):
        mark["MCID"] = number


def _drop(pdf: Any, spot: Spot) -> None:  # noqa: ANN401 (WeasyPrint has no types)
    """Take an annotation out of its page."""
    reference = pdf.page_references[spot.page]
    pdf.objects[int(reference.split()[0])]["Annots"].remove(spot.annotation.reference)
    spot.annotation.clear()  # not freed: pydyf would count the offsets of later objects wrongly


@dataclass(slots=True)
class _Tree:
    """Writes nodes as the structure elements of a PDF."""

    pdf: Any
    heights: list[float]
    """Of the pages, in CSS pixels."""

    of_content: dict[tuple[int, int], bytes] = field(default_factory=dict)
    """Elements by page and number of marked content."""

    of_annotation: list[bytes] = field(default_factory=list)
    names: dict[str, bytes] = field(default_factory=dict)
    """Elements by their ID."""

    roles: dict[str, str] = field(default_factory=dict)

    def write(self, document: Node) -> None:
        """Add the tree with its root and the way back from content to elements."""
        import pydyf

        root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
        self.pdf.add_object(root)
        root["K"] = pydyf.Array([self._element(document, root.reference)])
        parents = pydyf.Dictionary({"Nums": self._parents()})
        self.pdf.add_object(parents)
        root["ParentTree"] = parents.reference
        root["ParentTreeNextKey"] = len(self.heights) + len(self.of_annotation)
        if self.names:
            root["IDTree"] = pydyf.Dictionary({"Names": self._index()})
        if self.roles:
            root["RoleMap"] = pydyf.Dictionary({kind: f"/{role}" for kind, role in sorted(self.roles.items())})
        self.pdf.catalog["StructTreeRoot"] = root.reference

    def _parents(self) -> Any:  # noqa: ANN401 (pydyf has no types)
        """Return the number tree: an array of elements for each page, then one for each annotation."""
        import pydyf

        by_page: list[Any] = [pydyf.Array() for _ in self.heights]
        for (page, _), reference in sorted(self.of_content.items()):
            by_page[page].append(reference)
        numbers = pydyf.Array()
        for key, value in enumerate([*by_page, *self.of_annotation]):
            numbers.extend([key, value])
        return numbers

    def _index(self) -> Any:  # noqa: ANN401 (pydyf has no types)
        """Return the elements by ID, in the order of a name tree (ISO 32000-1, 7.9.6)."""
        import pydyf

        index = pydyf.Array()
        for name, reference in sorted(self.names.items()):
            index.extend([pydyf.String(name), reference])
        return index

    def _element(self, node: Node, parent: bytes) -> bytes:
        import pydyf

        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent})
        self.pdf.add_object(element)
        own = bytes(element.reference)
        if standard := stands_for(node.kind):
            self.roles[node.kind] = standard
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if page is not None:
            element["Pg"] = self.pdf.page_references[page]
        if node.kind == "Note":  # ISO 14289-1, 7.9: each has an ID of its own
            name = str(node.element.get("id"))
            self.names[name], element["ID"] = own, pydyf.String(name)
        element |= self._properties(node)
        element["K"] = pydyf.Array([self._kid(kid, node, own, page) for kid in node.kids])
        return own

    def _kid(self, kid: Node | Piece | Spot, node: Node, parent: bytes, page: int | None) -> Any:  # noqa: ANN401 (pydyf has no types)
        match kid:
            case Node():
                return self._element(kid, parent)
            case Piece():
                return self._piece(kid, parent, page)
            case Spot():
                return self._spot(kid, node, parent)

    def _piece(self, piece: Piece, parent: bytes, page: int | None) -> Any:  # noqa: ANN401 (pydyf has no types)
        """Return the number of a piece of content, with its page where that is not the element's."""
        import pydyf

        number = piece.mark["MCID"]
        self.of_content[piece.page, number] = parent
        if piece.page == page:
            return number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": self.pdf.page_references[piece.page], "MCID": number})

    def _spot(self, spot: Spot, node: Node, parent: bytes) -> Any:  # noqa: ANN401 (pydyf has no types)
        import pydyf

        spot.annotation["StructParent"] = len(self.heights) + len(self.of_annotation)
        spot.annotation["Contents"] = pydyf.String(description(node.element))
        self.of_annotation.append(parent)
        page = self.pdf.page_references[spot.page]
        return pydyf.Dictionary({"Type": "/OBJR", "Obj": spot.annotation.reference, "Pg": page})

    def _properties(self, node: Node) -> dict[str, Any]:
        """Return language, alternative and attributes of an element."""
        import pydyf

        found: dict[str, Any] = {}
        if node.language:
            found["Lang"] = pydyf.String(node.language)
        if node.alt:
            found["Alt"] = pydyf.String(node.alt)
        if attributes := self._attributes(node):
            found["A"] = pydyf.Dictionary(attributes)
        return found

    def _attributes(self, node: Node) -> dict[str, Any]:
        """Return the attributes of an element (ISO 32000-1, 14.8.5)."""
        match node.kind:
            case "Figure":
                return {"O": "/Layout", "BBox": self._box(node)}
            case "L":
                return {"O": "/List", "ListNumbering": f"/{node.numbering}"}
            case "Table":
                return _summary(node)
            case "TH" | "TD":
                return _cell(node)
            case "Span" if node.element.tag == "s":
                return {"O": "/Layout", "TextDecorationType": "/LineThrough"}
            case _:
                return {}

    def _box(self, node: Node) -> Any:  # noqa: ANN401 (pydyf has no types)
        """Return the corners of a picture, in points from the bottom left of its page."""
        import pydyf

        left, top, width, height = node.box or (0, 0, 0, 0)
        page = next((kid.page for kid in node.kids if isinstance(kid, Piece)), 0)
        bottom = self.heights[page] - top - height
        corners = (left, bottom, left + width, bottom + height)
        return pydyf.Array([round(corner * _POINTS_PER_PIXEL, 3) for corner in corners])


def _summary(table: Node) -> dict[str, Any]:
    import pydyf

    told = table.element.get("aria-description")
    return {"O": "/Table", "Summary": pydyf.String(told)} if told else {}


def _cell(cell: Node) -> dict[str, Any]:
    """Return how far a cell reaches and, of a header cell, what it heads (ISO 14289-1, 7.5)."""
    found: dict[str, Any] = {}
    if cell.kind == "TH":
        found["Scope"] = "/Row" if cell.element.get("scope") == "row" else "/Column"
    rows, columns = cell.spans
    if rows != 1:
        found["RowSpan"] = rows
    if columns != 1:
        found["ColSpan"] = columns
    return {"O": "/Table", **found} if found else {}
