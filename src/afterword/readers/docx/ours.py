"""Drafts of ours among Word documents: how they are known, and what they say of themselves outside their text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from afterword.prose import plain_line
from afterword.readers.document import Document, Span
from afterword.readers.docx.package import Package
from afterword.readers.docx.styles import Styles
from afterword.report.identity import GENERATOR, MAKING_NAMESPACE, PROGRAM, SCHEME, WORDING
from afterword.vocabulary.states import edition_of, stage_of

_DC = "{http://purl.org/dc/elements/1.1/}"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_STYLE = "fact label"
"""Worn by the names of fields in every draft of ours; Word and LibreOffice keep it when they save."""


def property_of(package: Package, name: str) -> str:
    """Return what the core properties of a document have under a name with its namespace, on one line."""
    return package.properties().get(name, "")


def is_ours(package: Package, styles: Styles) -> bool:
    """Return whether we made a document, whoever has saved it since."""
    return property_of(package, f"{_DC}identifier").startswith(SCHEME) and styles.has(_STYLE)


@dataclass(frozen=True, slots=True)
class Making:
    """What a draft of ours says of the theme that it was made with."""

    wording: Mapping[str, str] = field(default_factory=dict)
    """Fixed words in English, and what the theme says instead."""

    is_numbered: bool = False
    """Whether its sections have numbers."""


def making_of(package: Package) -> Making:
    """Return what a draft of ours says of its theme; one without words of its own needs no saying."""
    for part in package.related(package.main, "customXml"):
        root = package.tree(part)
        if root.tag == f"{{{MAKING_NAMESPACE}}}making":
            wording = {str(each.get("english", "")): str(each.text or "") for each in root if each.get("english")}
            return Making(wording, root.get("numbered") == "1")
    return Making()


def front_of(document: Document, package: Package) -> list[tuple[str, tuple[Span, ...]]]:
    """Return what our Markdown says in its front matter and a draft of ours in its title and its properties."""
    front: list[tuple[str, tuple[Span, ...]]] = []
    front += [(key, (Span(text, 1, is_exact=False),)) for key, text in _said(document, package) if text]
    wording = _wording(package)
    return [*front, (WORDING, wording)] if wording else front


def _wording(package: Package) -> tuple[Span, ...]:
    """Return the words of the theme as `wording` of our Markdown has them: English words and others, in turn."""
    pairs = making_of(package).wording.items()
    return tuple(Span(text, 1, is_exact=False) for pair in pairs for text in pair)


def _said(document: Document, package: Package) -> Iterator[tuple[str, str]]:
    yield GENERATOR, PROGRAM
    yield "title", next((plain_line(each.title) for each in document.sections[:1] if each.level == 1), "")
    yield "language", property_of(package, f"{_DC}language")
    yield "stage", stage_of(property_of(package, f"{_CP}contentStatus"))
    yield "edition", edition_of(property_of(package, f"{_CP}category"))
