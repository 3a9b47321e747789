"""A judge of Word files for what no schema holds: styles, text alternatives, header rows, links that lead somewhere."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator

from docx_reading import NAMES, Package, declared_styles, find, values
from lxml import etree

_TEXTS = re.compile(r"word/(document|header\d*|footer\d*|comments)\.xml")
_KINDS = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}
_W = f"{{{NAMES['w']}}}"
_R = f"{{{NAMES['r']}}}"

PLACE = {"numPr", "tcW", "tblW", "tblLayout", "tblLook", "tblCaption", "tblDescription", "cantSplit", "tblHeader"}
"""What is no look: the list that a paragraph is counted in, a table's measures, parts and words about it."""
LANGUAGE = {"lang", "rtl", "bidi", "bidiVisual"}
STYLES = {"pStyle", "rStyle", "tblStyle"}


def faults(data: bytes) -> list[str]:
    """Return what is wrong in a Word file, in no words that are the same for two kinds of fault."""
    package = Package(data)
    found = [*_styles(package), *_pictures(package), *_tables(package), *_headings(package)]
    return [*found, *_relationships(package), *_links(package), *_fields(package), *_leftovers(package)]


def texts(package: Package) -> Iterator[tuple[str, etree._Element]]:
    """Yield name and root of each part with text."""
    yield from ((name, package.xml(name)) for name in package.parts if _TEXTS.fullmatch(name))


def direct_formatting(package: Package) -> Counter[str]:
    """Count the properties of all kinds of content that are neither styles, places nor languages."""
    counted: Counter[str] = Counter()
    for _, root in texts(package):
        for properties in find(root, "//w:rPr | //w:pPr | //w:tcPr | //w:tblPr | //w:trPr"):
            names = {etree.QName(each).localname for each in properties} - STYLES - PLACE - LANGUAGE
            counted.update(f"{etree.QName(properties).localname}/{name}" for name in names)
    return counted


def _styles(package: Package) -> Iterator[str]:
    declared = declared_styles(package.parts["word/styles.xml"])
    for name, root in texts(package):
        for tag, kind in _KINDS.items():
            for style in {*values(root, f"//w:{tag}/@w:val")}:
                if declared.get(style) != kind:
                    yield f"{name}: {tag} {style} is {declared.get(style, 'not declared')}"
    for style in find(package.xml("word/styles.xml"), "w:style[not(w:name/@w:val != '')]"):
        yield f"style without a name: {style.get(f'{_W}styleId')}"


def _pictures(package: Package) -> Iterator[str]:
    for name, root in texts(package):
        for picture in find(root, "//wp:docPr[not(normalize-space(@descr))]"):
            yield f"{name}: picture without a text alternative: {picture.get('name')}"


def _tables(package: Package) -> Iterator[str]:
    for table in find(package.body, "//w:tbl"):
        style = values(table, "w:tblPr/w:tblStyle/@w:val")[0]
        if style.startswith("CalloutBox"):
            continue
        has_titles = values(table, "w:tblPr/w:tblLook/@w:firstRow") == ["1"]
        if has_titles and not find(table, "w:tr[1]/w:trPr/w:tblHeader"):
            yield f"table without a header row: {style}"
        for name in ("tblCaption", "tblDescription"):
            if not values(table, f"w:tblPr/w:{name}/@w:val"):
                yield f"table without {name}: {style}"


def _headings(package: Package) -> Iterator[str]:
    before = 0
    for style in values(package.body, "//w:pStyle/@w:val"):
        if re.fullmatch(r"Heading\d", style):
            level = int(style[-1])
            if level > before + 1:
                yield f"heading of level {level} after one of level {before}"
            before = level


def _relationships(package: Package) -> Iterator[str]:
    for name in [name for name in package.parts if name.endswith(".rels")]:
        folder, _, file = name.rpartition("/_rels/") if "/_rels/" in name else ("", "", name.rpartition("/")[2])
        source = posixpath.join(folder, file.removesuffix(".rels"))
        relationships = {each.get("Id"): each for each in package.xml(name)}
        for key, each in relationships.items():
            target = posixpath.normpath(posixpath.join("/" + folder, each.get("Target"))).lstrip("/")
            if each.get("TargetMode") != "External" and target not in package.parts:
                yield f"{name}: {key} leads to no part: {target}"
        if source in package.parts:
            for node in package.xml(source).iter():
                for key in [value for at, value in node.items() if at.startswith(_R)]:
                    if key not in relationships:
                        yield f"{source}: no relationship {key}"


def _links(package: Package) -> Iterator[str]:
    names = values(package.body, "//w:bookmarkStart/@w:name")
    yield from (f"two bookmarks {name}" for name, number in Counter(names).items() if number > 1)
    for anchor in {*values(package.body, "//w:hyperlink/@w:anchor")} - {*names}:
        yield f"link to no bookmark: {anchor}"
    for code in values(package.body, "//w:instrText[contains(., 'REF ')]/text()"):
        if code.split()[1] not in names:
            yield f"field to no bookmark: {code}"


def _fields(package: Package) -> Iterator[str]:
    for name, root in texts(package):
        kinds = Counter(values(root, "//w:fldChar/@w:fldCharType"))
        if len({kinds["begin"], kinds["separate"], kinds["end"]}) != 1:
            yield f"{name}: fields that do not end"
        if values(root, "//@w:dirty"):
            yield f"{name}: fields that ask to be updated"


def _leftovers(package: Package) -> Iterator[str]:
    for name in package.parts:
        if "thumbnail" in name or "stylesWithEffects" in name:
            yield f"leftover of another template: {name}"
    core = package.parts["docProps/core.xml"]
    for word in (b"python-docx", b"2013-12-23"):
        if word in core:
            yield f"leftover of another template: {word.decode()}"
    for setting in find(package.xml("word/settings.xml"), "//w:updateFields"):
        yield f"Word asks on opening: {setting.tag}"
