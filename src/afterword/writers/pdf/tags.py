"""Repairs of the structure tree that WeasyPrint 70 writes, where PDF/UA-1 or good sense ask for more.

The tree is one of dictionaries of `pydyf`, linked by references such as `b"12 0 R"`: `S` is the type of an
element, `P` its parent, `K` its kids (ISO 32000-1, 14.7.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Element = Any
"""A dictionary of `pydyf`, which has no types."""

Reference = Any
"""The bytes that name an object, such as `b"12 0 R"`."""


@dataclass(frozen=True, slots=True)
class Tree:
    """The structure tree of a PDF that is about to be written."""

    pdf: Any

    @property
    def root(self) -> Element:
        """Return the structure tree root."""
        return self.at(self.pdf.catalog["StructTreeRoot"])

    def at(self, reference: Reference) -> Element:
        """Return the object behind a reference."""
        found: Element = self.pdf.objects[int(bytes(reference).split()[0])]
        return found

    def elements(self, kind: str = "") -> list[Element]:
        """Return all structure elements, or those of one type, in the order in which they were made."""
        return [
            thing
            for thing in self.pdf.objects
            if isinstance(thing, dict) and thing.get("Type") == "/StructElem" and (not kind or thing.get("S") == kind)
        ]

    def kids(self, element: Element) -> Iterator[Element]:
        """Return the kids of an element that are objects, and not pieces of a page's content."""
        for kid in element.get("K", ()):
            if isinstance(kid, bytes):
                yield self.at(kid)

    def wrap(self, parent: Element, kind: str, kids: list[Reference]) -> Reference:
        """Return the reference of a new element below `parent` that takes over these kids."""
        import pydyf

        element = pydyf.Dictionary({"Type": "/StructElem", "S": kind, "K": pydyf.Array(kids), "P": parent.reference})
        if "Pg" in parent:
            element["Pg"] = parent["Pg"]
        self.pdf.add_object(element)
        for kid in self.kids(element):
            if kid.get("Type") == "/StructElem":
                kid["P"] = element.reference
        return element.reference


def repair(pdf: Element) -> None:
    """Mend the structure tree in place: list bodies, links, header cells, contents."""
    tree = Tree(pdf)
    _give_bodies(tree)
    _mend_links(tree)
    _scope_headers(tree)
    _index_ids(tree)
    _name_contents(tree)


def _give_bodies(tree: Tree) -> None:
    """Put what stands in a list item beside its label into one body (ISO 32000-1, table 336)."""
    import pydyf

    for item in tree.elements("/LI"):
        labels = [kid for kid in item["K"] if _kind(tree, kid) == "/Lbl"]
        content = [kid for kid in item["K"] if kid not in labels]
        if [_kind(tree, kid) for kid in content] == ["/LBody"]:
            continue
        loose = [part for kid in content for part in (tree.at(kid)["K"] if _kind(tree, kid) == "/LBody" else [kid])]
        item["K"] = pydyf.Array([*labels, tree.wrap(item, "/LBody", loose)])


def _kind(tree: Tree, kid: Reference) -> str:
    """Return the type of a kid; empty for a piece of a page's content."""
    return str(tree.at(kid).get("S", "")) if isinstance(kid, bytes) else ""


def _mend_links(tree: Tree) -> None:
    """Leave each link one annotation, on its own element.

    WeasyPrint 70 makes another one for each piece of a link that is set differently, outside the Link element,
    where ISO 14289-1, 7.18.5 does not allow it; the link's own one covers the whole line anyway.
    """
    for link in tree.elements("/Link"):
        for holder in list(_spans_in(tree, link)):
            for kid in [kid for kid in holder["K"] if _is_annotation(tree, kid)]:
                holder["K"].remove(kid)
                if any(_is_annotation(tree, own) for own in link["K"]):
                    _drop(tree, tree.at(kid))
                else:
                    _hang(tree, kid, link)


def _is_annotation(tree: Tree, kid: Reference) -> bool:
    return isinstance(kid, bytes) and tree.at(kid).get("Type") == "/OBJR"


def _spans_in(tree: Tree, element: Element) -> Iterator[Element]:
    for kid in tree.kids(element):
        if kid.get("S") in {"/NonStruct", "/Span", "/Link"}:
            yield kid
            yield from _spans_in(tree, kid)


def _hang(tree: Tree, kid: Reference, link: Element) -> None:
    """Make an annotation that of a link."""
    link["K"].append(kid)
    numbers = tree.at(tree.root["ParentTree"])["Nums"]
    place = numbers.index(tree.at(tree.at(kid)["Obj"])["StructParent"])
    numbers[place + 1] = link.reference


def _drop(tree: Tree, reference: Element) -> None:
    """Take the annotation that an object reference names out of its page and of the tree."""
    annotation = tree.at(reference["Obj"])
    tree.at(reference["Pg"])["Annots"].remove(reference["Obj"])
    numbers = tree.at(tree.root["ParentTree"])["Nums"]
    place = numbers.index(annotation["StructParent"])
    del numbers[place : place + 2]
    annotation.clear()  # not freed: pydyf would count the offsets of later objects wrongly
    reference.clear()


def _scope_headers(tree: Tree) -> None:
    """Say of each header cell whether it heads a row or a column (ISO 14289-1, 7.5)."""
    for cell in tree.elements("/TH"):
        group = tree.at(tree.at(cell["P"])["P"])
        cell["A"]["Scope"] = "/Column" if group.get("S") == "/THead" else "/Row"


def _index_ids(tree: Tree) -> None:
    """Add the index of element ids that is required once there are any (ISO 32000-1, table 322)."""
    import pydyf

    named = sorted((bytes(element["ID"].data), element) for element in tree.elements() if "ID" in element)
    if named:
        names = pydyf.Array()
        for _, element in named:
            names.extend([element["ID"], element.reference])
        leaf = pydyf.Dictionary({"Names": names, "Limits": pydyf.Array([names[0], names[-2]])})
        tree.pdf.add_object(leaf)
        tree.root["IDTree"] = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})


def _name_contents(tree: Tree) -> None:
    """Tag the lists before the first section as a table of contents: TOC and TOCI instead of L and LI."""
    document = next(tree.kids(tree.root))
    for part in tree.kids(document):
        if part.get("S") == "/Part":
            return
        for element in _all_in(tree, part):
            if element["S"] == "/L" and _has_links(tree, element):
                _as_contents(tree, element)


def _all_in(tree: Tree, element: Element) -> Iterator[Element]:
    if element.get("Type") == "/StructElem":
        yield element
        for kid in tree.kids(element):
            yield from _all_in(tree, kid)


def _has_links(tree: Tree, element: Element) -> bool:
    return any(inner["S"] == "/Link" for inner in _all_in(tree, element))


def _as_contents(tree: Tree, listing: Element) -> None:
    listing["S"] = "/TOC"
    for item in tree.kids(listing):
        if item["S"] == "/LI":
            item["S"] = "/TOCI"
            for body in tree.kids(item):
                body["S"] = {"/LBody": "/Reference"}.get(body["S"], body["S"])
