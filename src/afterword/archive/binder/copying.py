"""One finished PDF, copied into a volume with its pages, tags, links and bookmarks. Imports pikepdf."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from afterword.archive.binder.volume import Volume
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place
from afterword.errors import EngineMissing, RenderError

_REFERENCE = re.compile(rb"\([^\\()]*(?:\\.[^\\()]*)*\)|<[0-9A-Fa-f]*>|(\d+) 0 R\b|/AfterwordPage(\d+)\b", re.DOTALL)
"""Strings, in which nothing is a reference, then references, then names that stand for pages of the binder."""

Document = Any
"""A PDF that pikepdf has open; the library has types, but its objects are what the file says."""


def pikepdf() -> Any:  # noqa: ANN401 (a module)
    """Return the module; raise EngineMissing where it is not installed."""
    try:
        import pikepdf as module
    except ImportError as error:
        hint = "pip install 'afterword[binder]'"
        message = f"a binder needs the library pikepdf, which is not installed; install it with: {hint}"
        raise EngineMissing(message, [Finding("AW503", message, hint=hint)]) from error
    return module


@contextmanager
def opened(file: Path) -> Iterator[Document]:
    """Yield the PDF in a file; raise RenderError where it cannot be read, or turns out to be built otherwise."""
    module = pikepdf()
    try:
        document = module.open(file)
    except (module.PdfError, OSError) as error:
        raise not_bound(file, f"cannot be read as a PDF: {error}") from error
    with document:
        try:
            yield document
        except (module.PdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            # Whatever another program's edit left out of a document, or put into it, comes up as one of these.
            raise not_bound(file, f"is not built as a report is: {error}") from error


def not_bound(file: Path, why: str) -> RenderError:
    """Return the error for a PDF that cannot go into a binder."""
    message = f"{file.name} {why}"
    return RenderError(message, [Finding("AW505", message, place=Place(str(file)), hint=CODES["AW505"].hint)])


@dataclass(slots=True)
class Copy:
    """The copying of one document: which of its objects have which numbers in the volume."""

    volume: Volume
    document: Document
    numbers: dict[int, int]
    """Numbers in the volume by those in the document. What is in it from the start is not copied."""

    pages: Mapping[int, int] = field(default_factory=dict)
    """Objects that names stand for: `/AfterwordPage3` for the first page of the third report."""

    _todo: list[int] = field(default_factory=list)

    def number(self, thing: Any) -> int:  # noqa: ANN401 (an object of pikepdf)
        """Return the number in the volume of an object of the document, which is copied sooner or later."""
        return self._numbered(thing.objgen[0])

    def text(self, thing: Any) -> bytes:  # noqa: ANN401 (an object of pikepdf)
        """Return an object as it stands in the volume."""
        return _REFERENCE.sub(self._reference, thing.unparse(resolved=True))

    def copy(self) -> None:
        """Put every object that has been asked for, and those that they name."""
        stream = pikepdf().Stream
        while self._todo:
            old = self._todo.pop()
            thing = self.document.get_object(old, 0)
            if isinstance(thing, stream):
                self.volume.put_stream(self.numbers[old], self.text(thing.stream_dict), thing.read_raw_bytes())
            else:
                self.volume.put(self.numbers[old], self.text(thing))

    def _numbered(self, old: int) -> int:
        if old not in self.numbers:
            self.numbers[old] = self.volume.reserve()
            self._todo.append(old)
        return self.numbers[old]

    def _reference(self, found: re.Match[bytes]) -> bytes:
        if found[1]:
            return b"%d 0 R" % self._numbered(int(found[1]))
        return b"%d 0 R" % self.pages[int(found[2])] if found[2] else found[0]


def lead_directly(document: Document) -> None:
    """Let the links of a document name pages instead of destinations, whose names other documents have too."""
    places = _destinations(document)
    for annotation in _annotations(document):
        action = annotation.get("/A", {})
        if "/Dest" in annotation:
            annotation.Dest = _place(annotation.Dest, places)
        elif action.get("/S") == "/GoTo":
            action.D = _place(action.D, places)


def _place(named: Any, places: Mapping[str, Any]) -> Any:  # noqa: ANN401 (objects of pikepdf)
    return places.get(str(named), named) if not isinstance(named, pikepdf().Array) else named


def _destinations(document: Document) -> Mapping[str, Any]:
    names = document.Root.get("/Names", {})
    if "/Dests" not in names:
        return {}
    found = pikepdf().NameTree(names.Dests)
    return {name: each.D if isinstance(each, pikepdf().Dictionary) else each for name, each in found.items()}


def _annotations(document: Document) -> Iterator[Any]:
    for page in document.pages:
        yield from page.obj.get("/Annots", ())


def count_on(document: Document, start: int, prefix: str) -> int:
    """Let keys of the structure begin at `start`, make ids unique by a prefix, and return the next free key."""
    module, most = pikepdf(), start
    for thing in document.objects:
        if not isinstance(thing, (module.Dictionary, module.Stream)):
            continue
        for name in ("/StructParents", "/StructParent"):
            if name in thing:
                thing[name] = int(thing[name]) + start
                most = max(most, thing[name] + 1)
        if "/ID" in thing and thing.get("/Type") == "/StructElem":
            thing.ID = module.String(f"{prefix}{thing.ID}")
    return most
