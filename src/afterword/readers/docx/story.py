"""What all parts of a document share while it is read: styles, lists, notes, comments and pictures."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import PurePath

from afterword.readers.docx.names import W, attribute, local, under
from afterword.readers.docx.numbering import Numbering
from afterword.readers.docx.ours import is_ours, making_of
from afterword.readers.docx.package import MAX_PICTURE, Node, Package
from afterword.readers.docx.styles import Styles
from afterword.report.identity import PROGRAM

OPENS, OPENED, CLOSES = "\ue000", "\ue001", "\ue002"
"""Marks around what a content control holds: the number of its tag stands between the first two."""

_SHOWN = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp"})
"""Suffixes of pictures that a report can show."""


_FILE = re.compile(r"\w[\w .()+,@-]*\.(?:png|jpe?g|gif|webp)", re.IGNORECASE)
_PATH = re.compile(rf"(?:\w[\w .()+,@-]*/)*{_FILE.pattern}", re.IGNORECASE)
"""A path below the folder of a record."""


@dataclass(slots=True)
class Pictures:
    """Pictures that came inside the document, under the names that the record has for them."""

    package: Package
    files: dict[str, bytes] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    """Names by the parts that the pictures are."""

    def take(self, part: str, wanted: str = "", *, is_ours: bool = False) -> str:
        """Return the name of a picture for the record; empty for one that a report cannot show, or that is missing.

        A document of ours says the path that the record had for it; others, at best, what its file was called.
        """
        suffix = posixpath.splitext(part)[1].lower()
        if suffix not in _SHOWN or not self.package.has(part):
            return ""
        stem = re.sub(r"[^\w-]+", "-", PurePath(self.package.name).stem).strip("-")[:60] or "document"
        called = wanted if _FILE.fullmatch(wanted) else posixpath.basename(part)
        inner = re.sub(r"[^\w-]+", "-", posixpath.splitext(posixpath.basename(called))[0])[:40]
        if part not in self._names:
            own = [wanted] if is_ours and _PATH.fullmatch(wanted) else []
            names = chain(own, (f"{stem}-{inner}{more}{suffix}" for more in chain([""], (f"-{at}" for at in count(2)))))
            self._names[part] = name = next(name for name in names if name not in self.files)
            self.files[name] = self.package.content(part, MAX_PICTURE)
        return self._names[part]


class Story:
    """A document that is being read."""

    def __init__(self, package: Package, *, marks_fields: bool = False) -> None:
        """Read the parts that say how the text is meant; with `marks_fields`, tags of content controls are marked."""
        self.package = package
        self.marks_fields = marks_fields
        self.tags: list[str] = []
        self.styles = Styles(package)
        self.is_ours = is_ours(package, self.styles)
        self.is_numbered = self.is_ours and making_of(package).is_numbered
        self.numbering = Numbering(package)
        self.pictures = Pictures(package)
        self.notes: dict[str, tuple[str, Node]] = {}
        self._marks: dict[tuple[str, str], str] = {}
        self._note_nodes = {kind: self._by_id(f"{kind}s", kind) for kind in ("footnote", "endnote")}
        self.comments = self._by_id("comments", "comment")[1]

    def _by_id(self, relation: str, name: str) -> tuple[str, dict[str, Node]]:
        """Return the part of a kind, with its elements of a name by id."""
        part = next(self.package.related(self.package.main, relation), "")
        root = self.package.tree(part) if part else ()
        return part, {
            attribute(each, "id"): each for each in root if local(each) == name and not attribute(each, "type")
        }

    def opens(self, control: Node) -> str:
        """Return the mark that opens what a content control holds; empty where it has no tag, or none is wanted."""
        tag = attribute(under(control, "sdtPr", "tag"), "val") if self.marks_fields else ""
        if not tag:
            return ""
        self.tags.append(tag)
        return f"{OPENS}{len(self.tags) - 1}{OPENED}"

    def note_mark(self, kind: str, key: str) -> str:
        """Return the mark of a footnote or endnote, counted from 1; empty for one that is not there."""
        part, nodes = self._note_nodes[kind]
        if key not in nodes:
            return ""
        mark = self._marks.setdefault((kind, key), str(len(self._marks) + 1))
        self.notes[mark] = (part, nodes[key])
        return mark

    def is_own_comment(self, key: str) -> bool:
        """Return whether a comment is one that we write into drafts."""
        node = self.comments.get(key)
        return node is not None and attribute(node, "author") == PROGRAM

    def comment(self, key: str) -> str:
        """Return a comment with who made it and when; empty for one that is not there."""
        node = self.comments.get(key)
        if node is None:
            return ""
        said = ", ".join(filter(None, (attribute(node, "author"), attribute(node, "date")[:10])))
        text = " ".join(" ".join(_words(node)).split())
        return f"comment by {said}: {text}" if said else f"comment: {text}"


def _words(node: Node) -> Iterator[str]:
    for paragraph in node.iter(f"{W}p"):
        yield "".join(str(each.text or "") for each in paragraph.iter(f"{W}t"))
