"""What a company's base must not bring along: macros, things that fetch, locks, and leftovers of its text."""

from __future__ import annotations

from collections.abc import Iterator

from docx.document import Document
from docx.opc.part import Part, XmlPart
from docx.oxml.parser import parse_xml
from lxml import etree

from afterword.writers.docx.markup.element import NAMESPACES, Element, qualified

_KEPT = frozenset(
    {"styles", "numbering", "settings", "theme", "fontTable", "header", "footer", "printerSettings", "officeDocument"}
    | {"core-properties", "extended-properties", "custom-properties", "font", "image", "hyperlink"}
)
"""The last words of the types of relationships that stay; those of the body's own pictures and links do not."""

_TELLING = {
    "vbaProject": "a macro project",
    "keyMapCustomizations": "a key assignment",
    "attachedToolbars": "a toolbar",
    "oleObject": "an embedded object",
    "package": "an embedded object",
    "control": "an active control",
    "extensibility": "a change of Word's ribbon",
    "taskpanes": "an add-in",
    "webextensiontaskpanes": "an add-in",
    "origin": "a digital signature",
    "attachedTemplate": "the link to a template",
    "mailMergeSource": "a data source",
    "image": "a picture outside the document",
}
"""What is left out with a notice, by the last word of its type; the rest belongs to text that is left out too."""

_SETTINGS = {
    "attachedTemplate": "the link to a template",
    "mailMerge": "a data source",
    "documentProtection": "the protection against changes",
    "writeProtection": "the protection against changes",
    "updateFields": "",
    "docVars": "",
    "rsids": "",
    "footnotePr": "",
    "endnotePr": "",
}
"""Settings that are left out, with what a notice calls them."""

_SHOWN = tuple(qualified(f"w:{name}") for name in ("drawing", "pict", "object", "control"))
_SCHEMES = ("https://", "http://", "mailto:")

_FIELDS = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "REVNUM", "NUMWORDS", "NUMCHARS", "EDITTIME", "=", "IF", "SEQ"}
    | {"TITLE", "SUBJECT", "AUTHOR", "KEYWORDS", "COMMENTS", "DOCPROPERTY", "INFO", "FILENAME", "TEMPLATE"}
    | {"LASTSAVEDBY", "SAVEDATE", "CREATEDATE", "PRINTDATE", "DATE", "TIME", "USERNAME", "USERINITIALS", "USERADDRESS"}
    | {"STYLEREF", "REF", "PAGEREF", "HYPERLINK", "SYMBOL", "ADVANCE", "EQ", "FORMTEXT"}
)
"""Fields that only show what the document knows (ECMA-376-1, 17.16.5)."""


def lay_down(document: Document) -> Iterator[str]:
    """Take out of the package what must not come along; yield what a notice calls it."""
    package = document.part.package
    yield from _prune(package.rels, None)
    for part in list(package.iter_parts()):
        yield from _prune(part.rels, part)
    settings = document.settings.element
    for name, called in _SETTINGS.items():
        for found in settings.findall(qualified(f"w:{name}")):
            settings.remove(found)
            if called:
                yield called


def _prune(relationships: dict[str, object], part: Part | None) -> Iterator[str]:
    """Drop relationships that may not stay, and what shows their targets."""
    referred = _referred(part)
    dropped = set()
    for key, each in list(relationships.items()):
        word = each.reltype.rpartition("/")[2]  # type: ignore[attr-defined] # python-docx's types name no class for it
        outside = each.is_external  # type: ignore[attr-defined] # as above
        is_link = word == "hyperlink" and outside and each.target_ref.lower().startswith(_SCHEMES)  # type: ignore[attr-defined] # as above
        is_kept = word in _KEPT and (is_link or not outside)
        if is_kept and (word not in {"image", "hyperlink", "header", "footer", "printerSettings"} or key in referred):
            continue
        del relationships[key]
        dropped.add(key)
        if word in _TELLING and (outside or word != "image"):
            yield _TELLING[word]
    if part is not None and dropped & referred:
        _hide(part, dropped)


def _referred(part: Part | None) -> set[str]:
    """Return the ids of relationships that the XML of a part mentions."""
    if part is None or not part.partname.endswith(".xml"):
        return set()
    return {value for node in _root(part).iter() for name, value in node.items() if _is_reference(name)}


def _is_reference(name: str) -> bool:
    return name.startswith(f"{{{NAMESPACES['r']}}}")


def _root(part: Part) -> Element:
    return part.element if isinstance(part, XmlPart) else parse_xml(part.blob)


def _hide(part: Part, dropped: set[str]) -> None:
    """Take away what shows the targets of dropped relationships: the picture or object, or else the reference alone."""
    root = _root(part)
    for node in list(root.iter()):
        for name in [name for name, value in node.items() if _is_reference(name) and value in dropped]:
            del node.attrib[name]
            shown = next((each for each in (node, *node.iterancestors()) if each.tag in _SHOWN), None)
            if shown is not None and shown.getparent() is not None:
                shown.getparent().remove(shown)
    if not isinstance(part, XmlPart):
        part._blob = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)  # noqa: SLF001 (a part without a proxy)


def fields_refused(document: Document) -> list[str]:
    """Return the names of fields in headers and footers that may do more than show what the document knows.

    A field whose name another field makes has none, and is given as `nested field`.
    """
    found = []
    for each in document.part.rels.values():
        if each.reltype.rpartition("/")[2] in {"header", "footer"} and not each.is_external:
            found += [name or "nested field" for name in _fields(_root(each.target_part)) if name not in _FIELDS]
    return found


def _fields(root: Element) -> Iterator[str]:
    """Yield the name of every field, in capitals."""
    for simple in root.iter(qualified("w:fldSimple")):
        yield _name(simple.get(qualified("w:instr"), ""))
    codes: list[str] = []
    for node in root.iter(qualified("w:fldChar"), qualified("w:instrText")):
        kind = node.get(qualified("w:fldCharType"))
        if kind == "begin":
            codes.append("")
        elif kind == "end" and codes:
            yield _name(codes.pop())
        elif kind is None and codes:
            codes[-1] += node.text or ""


def _name(code: str) -> str:
    words = code.split()
    if not words:
        return ""
    return "=" if words[0].startswith("=") else words[0].upper()
