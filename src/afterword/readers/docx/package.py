"""The parts of a Word file, read in bounded time and memory (Open Packaging Conventions, ECMA-376-2).

The one place of the readers that imports lxml. Nothing outside the file is ever opened: relationships to other places
are only names, and XML with a document type is refused.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NoReturn, TypeAlias

from lxml import etree

from afterword.readers.faults import fault, refuse
from afterword.unpacking import BROKEN, content_of

MAX_PART = 50_000_000
"""Bytes of XML in one part that are unpacked; those of a long report are a hundred times fewer."""

MAX_PICTURE = 20_000_000
"""Bytes of a picture that are unpacked."""

MAX_ALL = 200_000_000
"""Bytes that are unpacked of one file, whatever its parts."""

MAX_TAGS = 3_000_000
"""Tags of XML in one part: a tree of them takes some hundred megabytes."""

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml)/(\w+)")
"""Names of the strict variant of the format (ECMA-376-1, annex A), which differ from the usual ones in these words."""

_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"

Node: TypeAlias = Any
"""An element of XML; lxml has no types."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A way from one part to another, or to something outside the file."""

    kind: str
    """The last word of its type: `styles`, `image`, `hyperlink`."""

    target: str
    """Name of the part, or the address outside."""

    is_outside: bool = False


@dataclass(slots=True)
class Package:
    """An opened Word file."""

    name: str
    """What findings call the file."""

    archive: zipfile.ZipFile
    main: str = ""
    """Name of the part with the text."""

    unpacked: int = 0
    _relations: dict[str, Mapping[str, Relationship]] = field(default_factory=dict)
    _properties: Mapping[str, str] | None = None

    def has(self, part: str) -> bool:
        """Return whether the file has a part."""
        return part in self.archive.NameToInfo

    def content(self, part: str, most: int = MAX_PART) -> bytes:
        """Return the bytes of a part; raise SourceError AW103 for too many, AW116 for damaged ones."""
        try:
            data = content_of(self.archive, part, most)
            if any(content_of(self.archive, each, most) != data for each in self._others(part)):
                self.refuse(f"the part {part!r} stands twice, with different content")
        except KeyError:
            self.refuse(f"the part {part!r} is missing")
        except BROKEN as error:
            self.refuse(f"the part {part!r} is damaged: {error}")
        self.unpacked += len(data)
        if len(data) > most or self.unpacked > MAX_ALL:
            limit = (most if len(data) > most else MAX_ALL) // 1_000_000
            refuse(fault(self.name, "AW103", f"the part {part!r} unpacks to more than {limit} MB are read"))
        return data

    def _others(self, part: str) -> Iterator[zipfile.ZipInfo]:
        """Yield further parts of the same name, which the format forbids (ECMA-376-2, 7.3.5)."""
        if len(self.archive.NameToInfo) < len(self.archive.filelist):
            last = self.archive.NameToInfo.get(part)
            yield from (each for each in self.archive.filelist if each.filename == part and each is not last)

    def tree(self, part: str) -> Node:
        """Return the root of a part of XML; raise SourceError AW116 for what is none, AW106 for one too deep."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", self.content(part))
        if data.count(b"<") > MAX_TAGS:
            refuse(fault(self.name, "AW103", f"the part {part!r} has more than {MAX_TAGS:,} tags"))
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            message = str(error.msg)
            if "depth" in message:
                refuse(fault(self.name, "AW106", f"the part {part!r} is nested deeper than any document is"))
            self.refuse(f"the part {part!r} is not well-formed XML: {message}")
        if root.getroottree().docinfo.doctype:
            self.refuse(f"the part {part!r} has a document type, which no Word document has")
        return root

    def relations(self, part: str) -> Mapping[str, Relationship]:
        """Return the relationships of a part by id; none for a part without."""
        if part not in self._relations:
            folder, name = posixpath.split(part)
            path = posixpath.join(folder, "_rels", f"{name}.rels")
            found = dict(_relations(self.tree(path), folder)) if self.has(path) else {}
            self._relations[part] = found
        return self._relations[part]

    def related(self, part: str, kind: str) -> Iterator[str]:
        """Yield the names of the parts that a part leads to by a kind of relationship, as far as they are there."""
        for each in self.relations(part).values():
            if each.kind == kind and not each.is_outside and self.has(each.target):
                yield each.target

    def properties(self) -> Mapping[str, str]:
        """Return the core properties (ECMA-376-2, 8.3) by their names with namespace, each on one line."""
        if self._properties is None:
            part = next(self.related("", "core-properties"), None)
            # Where a property stands twice, the first one counts.
            nodes = reversed(self.tree(part).findall("*")) if part else ()
            self._properties = {str(each.tag): " ".join(str(each.text or "").split()) for each in nodes}
        return self._properties

    def refuse(self, why: str) -> NoReturn:
        """Raise SourceError AW116."""
        refuse(fault(self.name, "AW116", why))


def opened(data: bytes, name: str) -> Package:
    """Return a Word file with its main part found; raise SourceError AW116 for anything else."""
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except BROKEN as error:
        refuse(fault(name, "AW116", f"the file is no Word document, or cut off: {error}"))
    package = Package(name, archive)
    if not package.has("_rels/.rels"):
        package.refuse("the file is an archive and no Word document: it has no relationships")
    found = next(package.related("", "officeDocument"), None)
    if found is None:
        package.refuse("the file has no part with the text of a document")
    package.main = found
    return package


def _relations(root: Node, folder: str) -> Iterator[tuple[str, Relationship]]:
    for each in root.iter(_RELATIONSHIP):
        kind, target = str(each.get("Type", "")), str(each.get("Target", ""))
        is_outside = each.get("TargetMode") == "External"
        if not is_outside:
            target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        yield str(each.get("Id", "")), Relationship(kind.rpartition("/")[2], target, is_outside)
