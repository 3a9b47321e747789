"""What the styles of a document mean: by their names in many languages, by outline level, by what they are based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from afterword.readers.docx.names import attribute, is_on, number, under
from afterword.readers.docx.package import Node, Package
from afterword.readers.rich.inlines import Look

_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|encabezado|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis"
    r"|заголовок|başlık|见出し|見出し|标题|標題|제목|عنوان|العنوان)[ _]?([1-9])"
)
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern))
    for role, pattern in {
        "contents": r"(?:toc|contents|verzeichnis|tm|tdc|目次|目录)[ _]?(?:heading|[1-9])|contents heading"
        r"|table of (?:contents|figures).*",
        "title": r"title|titel|titre|título|titulo|titolo|表題|标题|標題|제목|العنوان",
        "code": r".*(?:source ?code|preformatted|verbatim|html pre).*|code|code block|macro ?text|listing|quelltext",
        "quote": r".*(?:quote|quotation|zitat).*|block ?text|citation",
        "continued": r"(?:list|listen|liste|lista)\b.*|listenabsatz",
        "logo": r"logo",
        "author": r"author",
        "date": r"date",
    }.items()
)
"""Names of styles, lower-case. Word writes the names of its own styles in English; other programs, in theirs."""

_CODE = re.compile(
    r".*(?:source ?text|source ?code|verbatim|teletype|html (?:code|keyboard|sample|typewriter)|inline ?code).*"
    r"|code(?: char)?"
)
_MONO = re.compile(
    r".*\b(?:courier|consolas|mono|monospace|monaco|menlo|typewriter|inconsolata|cascadia code|fira code"
    r"|lucida console|source code pro)\b.*|.*mono",
    re.IGNORECASE,
)
_BODY_LEVEL = 9
"""Outline level of what is no heading (ECMA-376-1, 17.3.1.20)."""


@dataclass(frozen=True, slots=True)
class Numbered:
    """Which list a paragraph belongs to, and how deep, from 0."""

    list_id: int
    level: int


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a style of paragraphs means."""

    role: str = ""
    """`heading`, or one of the names in _ROLES; empty for plain text."""

    level: int = 0
    """Of a heading, from 1."""

    numbered: Numbered | None = None
    indent: int = 0
    """From the leading edge, in twips."""


class Styles:
    """The styles of a document, by id."""

    def __init__(self, package: Package) -> None:
        """Read them from the part that the document names, if there is one."""
        part = next(package.related(package.main, "styles"), None)
        root = package.tree(part) if part else None
        self.nodes = {
            attribute(each, "styleId"): each
            for each in (root if root is not None else ())
            if attribute(each, "styleId")
        }
        self._paragraphs: dict[str, ParagraphStyle] = {}
        self._looks: dict[str, Look] = {}
        self.default = next(
            (
                key
                for key, each in self.nodes.items()
                if attribute(each, "default") in {"1", "true", "on"} and attribute(each, "type") == "paragraph"
            ),
            "",
        )

    def has(self, name: str) -> bool:
        """Return whether there is a style of a name, in lower case."""
        return any(_name(each) == name for each in self.nodes.values())

    def paragraph(self, style: str) -> ParagraphStyle:
        """Return what a style of paragraphs means; the default one for an empty id."""
        style = style or self.default
        if style not in self._paragraphs:
            self._paragraphs[style] = self._resolved(style)
        return self._paragraphs[style]

    def look(self, style: str) -> Look:
        """Return the look of a style of characters."""
        if style not in self._looks:
            look = Look()
            for node in self._chain(style):
                name = _name(node)
                told = look_of(under(node, "rPr"))
                look = look.over(told)
                if name and (name == "strong" or _CODE.fullmatch(name)):
                    look = look.over(Look(strong=True) if name == "strong" else Look(code=True))
            self._looks[style] = look
        return self._looks[style]

    def _chain(self, style: str) -> Iterator[Node]:
        """Yield a style and those that it is based on, each once."""
        seen: set[str] = set()
        while style and style not in seen and style in self.nodes:
            seen.add(style)
            yield self.nodes[style]
            style = attribute(under(self.nodes[style], "basedOn"), "val")

    def _resolved(self, style: str) -> ParagraphStyle:
        role, level = _role(style.lower()) if style not in self.nodes else ("", 0)
        numbered: tuple[int | None, int | None] = (None, None)
        indent: int | None = None
        outline = -1
        for node in self._chain(style):
            properties = under(node, "pPr")
            if not role:
                role, level = _role(_name(node))
            outline = outline if outline >= 0 else number(attribute(under(properties, "outlineLvl"), "val"), -1)
            numbered = merged(numbered, numbering_in(properties))
            indent = indent_of(properties) if indent is None else indent
        if not role and 0 <= outline < _BODY_LEVEL:
            role, level = "heading", outline + 1
        list_id, depth = numbered
        return ParagraphStyle(role, level, Numbered(list_id, depth or 0) if list_id else None, indent or 0)


def _name(node: Node) -> str:
    return attribute(under(node, "name"), "val").strip().lower()


def _role(name: str) -> tuple[str, int]:
    """Return what a name says a style is, with the level of a heading."""
    if match := _HEADING.fullmatch(name):
        return "heading", int(match[1])
    return next(((role, 0) for role, pattern in _ROLES if pattern.fullmatch(name)), ("", 0))


def numbering_in(properties: Node | None) -> tuple[int | None, int | None]:
    """Return list and level that properties of a paragraph name, None for what they do not."""
    found = under(properties, "numPr")
    list_id, level = under(found, "numId"), under(found, "ilvl")
    return (
        None if list_id is None else number(attribute(list_id, "val")),
        None if level is None else number(attribute(level, "val")),
    )


def merged(above: tuple[int | None, int | None], below: tuple[int | None, int | None]) -> tuple[int | None, int | None]:
    """Return list and level, with what is not said from another."""
    return (below[0] if above[0] is None else above[0], below[1] if above[1] is None else above[1])


def indent_of(properties: Node | None) -> int | None:
    """Return the indent that properties of a paragraph say, in twips; None where they say nothing."""
    found = under(properties, "ind")
    written = attribute(found, "left") or attribute(found, "start")
    return number(written) if written else None


def look_of(properties: Node | None) -> Look:
    """Return the look that properties of a run say."""
    if properties is None or not len(properties):
        return Look()
    strike = is_on(properties, "strike")
    fonts = under(properties, "rFonts")
    mono = attribute(fonts, "ascii") or attribute(fonts, "hAnsi")
    return Look(
        is_on(properties, "b"),
        is_on(properties, "i"),
        is_on(properties, "dstrike") if strike is None else strike,
        bool(_MONO.fullmatch(mono)) if mono else None,
        is_on(properties, "vanish"),
    )
