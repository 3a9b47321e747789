"""All reports of an archive in one PDF, with a contents, bookmarks and the tags of every report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, NamedTuple

from afterword.archive.binder.contents import TARGET, contents_of
from afterword.archive.binder.copying import Copy, Document, count_on, lead_directly, not_bound, opened, pikepdf
from afterword.archive.binder.volume import Volume
from afterword.archive.row import Row
from afterword.errors import UsageError
from afterword.options import PageSize, PdfKind
from afterword.pipeline import pages_of
from afterword.theme.load import load_theme
from afterword.theme.record import Theme
from afterword.words import Words, words_for

__all__ = ["Binding", "Bound", "bind"]


@dataclass(frozen=True, slots=True)
class Binding:
    """How a binder is made."""

    language: str = "en"
    """BCP 47 tag of the contents."""

    theme: Theme | None = None
    """None takes the default one."""

    page_size: PageSize | None = None
    """Of the contents; None takes the theme's."""

    title: str = ""
    """Empty for a general one."""

    pdf: PdfKind = "accessible"
    """The kind of the reports, and then of the binder."""


class Bound(NamedTuple):
    """What was bound."""

    pages: int
    sha256: str
    """Of the whole file, in hexadecimal."""


def bind(pdfs: Sequence[Path], rows: Sequence[Row], out: BinaryIO, binding: Binding | None = None) -> Bound:
    """Write one PDF of these reports in their order, with a contents before them, and return what it came to.

    Each row belongs to the PDF at its place. Only one report is in memory at a time; `out` is written from start to end
    and never read. The same reports give the same bytes. Files that reports embed stay with the reports.
    Raises RenderError where a file cannot be read or has no tags, EngineMissing where pikepdf or the PDF engine is
    missing, and UsageError without reports.
    """
    if not pdfs or len(pdfs) != len(rows):
        message = "a binder needs reports, and a row for each"
        raise UsageError(message)
    how = binding or Binding()
    words = words_for(how.language)
    pages = list(accumulate((_count(file) for file in pdfs), initial=1))
    with TemporaryDirectory() as folder:
        fronts = list(_fronts(Path(folder), rows, pages[:-1], words, how))
        bound = _Binder(Volume(out), len(fronts), len(pdfs), how.pdf == "accessible")
        bound.bind(fronts, pdfs, rows, words)
    return Bound(bound.total, bound.volume.sha256)


def _count(file: Path) -> int:
    with opened(file) as document:
        return len(document.pages)


def _fronts(
    folder: Path, rows: Sequence[Row], pages: Sequence[int], words: Words, how: Binding
) -> Iterator[tuple[Path, str]]:
    """Draw the contents, and yield the file and the bookmark of each of its documents."""
    theme = how.theme or load_theme("")
    for number, report in enumerate(contents_of(rows, pages, words, how.title)):
        file = folder / f"{number}.pdf"
        file.write_bytes(pages_of(report, theme, how.page_size, how.pdf))
        yield file, report.meta.subject


@dataclass(slots=True)
class _Binder:
    """A binder on its way into a volume: what its parts have in common."""

    volume: Volume
    fronts: int
    """How many documents the contents are."""

    reports: int
    is_tagged: bool
    key: int = 0
    """Next free key of the tree from content to structure."""

    catalog: int = 0
    pages: int = 0
    outlines: int = 0
    structure: int = 0
    """Numbers of the objects that hold the parts together."""

    nodes: range = range(0)
    """Numbers of the parts' page trees, the contents' first."""

    marks: range = range(0)
    """Numbers of the parts' bookmarks."""

    first_pages: dict[int, int] = field(default_factory=dict)
    """Numbers of the parts' first pages."""

    elements: dict[int, list[int]] = field(default_factory=dict)
    """Numbers of the parts' structure elements."""

    leaves: list[int] = field(default_factory=list)
    roles: dict[str, bytes] = field(default_factory=dict)
    total: int = 0
    """Pages of all parts so far."""

    def bind(self, fronts: Sequence[tuple[Path, str]], pdfs: Sequence[Path], rows: Sequence[Row], words: Words) -> None:
        """Write the whole volume: the reports, then the contents, which say where these are, before them."""
        put, count, said = self.volume, self.fronts + self.reports, b""
        self.catalog, self.pages, self.outlines, self.structure = put.reserve_all(4)
        first = put.reserve_all(2 * count)[0]
        self.nodes, self.marks = range(first, first + count), range(first + count, first + 2 * count)
        for place, (file, row) in enumerate(zip(pdfs, rows, strict=True), self.fronts):
            with opened(file) as document:
                self._part(place, document, f"{row.id} {row.title}").copy()
        reports = self.total
        for place, (file, title) in enumerate(fronts):
            with opened(file) as document:
                _lead_to_reports(document, self.fronts)
                copied = self._part(place, document, title)
                said = said or _said_of_all(document, copied)
                copied.copy()
        self._hold_together(said, self.total - reports, words.language)

    def _part(self, place: int, document: Document, title: str) -> Copy:
        lead_directly(document)
        start, self.key = self.key, count_on(document, self.key, f"{place}-")
        root = document.Root
        known = {root.Pages.objgen[0]: self.nodes[place]}
        copied = Copy(self.volume, document, known, self.first_pages)
        if self.is_tagged:
            self._tag(place, copied, title, start)
        kids = [copied.number(each.obj) for each in document.pages]
        for each in document.pages:
            each.obj.Parent = root.Pages
        self.first_pages[place] = kids[0]
        self.total += len(kids)
        node = b"<< /Type /Pages /Parent %d 0 R /Count %d /Kids %b >>" % (self.pages, len(kids), _references(kids))
        self.volume.put(self.nodes[place], node)
        self._mark(place, copied, title)
        return copied

    def _mark(self, place: int, copied: Copy, title: str) -> None:
        """Put the bookmark of a part, with those of its document below it, folded away."""
        number = self.marks[place]
        said = [b"/Title %b /Parent %d 0 R" % (_string(title), self.outlines)]
        said += [b"/Dest [%d 0 R /XYZ null null 0]" % self.first_pages[place]]
        said += [b"/Prev %d 0 R" % (number - 1)] if place else []
        said += [b"/Next %d 0 R" % (number + 1)] if number + 1 in self.marks else []
        below = copied.document.Root.get("/Outlines", {})
        if "/First" in below:
            copied.numbers[below.objgen[0]] = number
            ends = (copied.number(below.First), copied.number(below.Last), abs(int(below.get("/Count", 1))))
            said += [b"/First %d 0 R /Last %d 0 R /Count -%d" % ends]
        self.volume.put(number, b"<< %b >>" % b" ".join(said))

    def _tag(self, place: int, copied: Copy, title: str, start: int) -> None:
        """Let the structure of a document be a part of the binder's, with its language."""
        root = copied.document.Root
        if "/StructTreeRoot" not in root:
            raise not_bound(Path(copied.document.filename), "has no tags, and a binder that is accessible needs them")
        tree, module = root.StructTreeRoot, pikepdf()
        copied.numbers[tree.objgen[0]] = self.structure
        for each in tree.K if isinstance(tree.K, module.Array) else [tree.K]:
            each.S, each.T, each.Lang = module.Name.Part, module.String(title), root.Lang
            self.elements.setdefault(place, []).append(copied.number(each))
        self.roles |= {name: copied.text(role) for name, role in tree.get("/RoleMap", {}).items()}
        parents = dict(module.NumberTree(tree.ParentTree).items())
        lines = [b"%d %b" % (start + key, _inline(copied, each)) for key, each in sorted(parents.items())]
        limits = (start + min(parents), start + max(parents), b" ".join(lines))
        self.leaves.append(self.volume.add(b"<< /Limits [%d %d] /Nums [%b] >>" % limits))

    def _hold_together(self, said: bytes, front: int, language: str) -> None:
        """Put the objects that hold the parts together, and end the file."""
        put = self.volume
        kids = (self.total, _references(self.nodes))
        put.put(self.pages, b"<< /Type /Pages /Count %d /Kids %b >>" % kids)
        marks = (self.marks[0], self.marks[-1], len(self.marks))
        put.put(self.outlines, b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % marks)
        tags = self._structure(language) if self.is_tagged else b""
        # As in books, the contents have Roman numbers, so that those of the reports do not depend on their length.
        labels = b"/PageLabels << /Nums [0 << /S /r >> %d << /S /D >>] >>" % front
        named = b"/Pages %d 0 R /Outlines %d 0 R /PageMode /UseOutlines" % (self.pages, self.outlines)
        put.put(self.catalog, b"<< /Type /Catalog %b %b %b %b >>" % (named, labels, tags, said))
        put.close(self.catalog)

    def _structure(self, language: str) -> bytes:
        tree = self.volume.reserve()
        element = (
            tree,
            _string(language),
            _references([each for place in sorted(self.elements) for each in self.elements[place]]),
        )
        head = b"<< /Type /StructElem /S /Document /P %d 0 R /Lang %b /K %b >>"
        self.volume.put(self.structure, head % element)
        # Leaves are written report by report, and the contents last, so that their keys rise (ISO 32000-1, 7.9.7).
        parents = self.volume.add(b"<< /Kids %b >>" % _references(self.leaves))
        roles = b" ".join(b"%b %b" % (name.encode(), role) for name, role in sorted(self.roles.items()))
        said = (self.structure, parents, self.key, roles)
        body = b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d /RoleMap << %b >> >>"
        self.volume.put(tree, body % said)
        return b"/StructTreeRoot %d 0 R" % tree


_OF_ALL = ("/Lang", "/MarkInfo", "/ViewerPreferences", "/Metadata", "/OutputIntents")
"""What the catalog of the contents says, and then that of the binder."""


def _said_of_all(document: Document, copied: Copy) -> bytes:
    root = document.Root
    return b" ".join(name.encode() + b" " + _inline(copied, root[name]) for name in _OF_ALL if name in root)


def _inline(copied: Copy, value: Any) -> bytes:  # noqa: ANN401 (an object of pikepdf)
    """Return a value as it stands within another object: itself, or its number."""
    if getattr(value, "is_indirect", False):
        return b"%d 0 R" % copied.number(value)
    return _string(value) if isinstance(value, str) else copied.text(value)


def _lead_to_reports(document: Document, fronts: int) -> None:
    """Let the links of the contents, which lead nowhere, lead to the reports."""
    module = pikepdf()
    for page in document.pages:
        for each in page.obj.get("/Annots", ()):
            address = str(each.get("/A", {}).get("/URI", ""))
            if address.startswith(TARGET):
                place = module.Name(f"/AfterwordPage{fronts + int(address.removeprefix(TARGET))}")
                del each["/A"]
                each.Dest = module.Array([place, module.Name.XYZ, None, None, 0])
                each.Contents = module.String(str(each.get("/Contents", "")).removesuffix(f" ({address})"))


def _references(numbers: Sequence[int]) -> bytes:
    return b"[%b]" % b" ".join(b"%d 0 R" % each for each in numbers)


def _string(text: str) -> bytes:
    return bytes(pikepdf().String(text).unparse())
