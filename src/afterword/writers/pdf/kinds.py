"""Which structure type of PDF 1.7 an element of our own HTML becomes (ISO 32000-1, 14.8.4)."""

from __future__ import annotations

from typing import Any

_SVG = "{http://www.w3.org/2000/svg}svg"

_KINDS = {
    "header": "Div",
    "nav": "Sect",
    "section": "Sect",
    "aside": "Div",
    "figure": "Div",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "p": "P",
    "pre": "P",
    "blockquote": "BlockQuote",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "li::marker": "Lbl",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    "figcaption": "Caption",
    "a": "Link",
    "code": "Code",
    "strong": "Strong",
    "em": "Em",
    "s": "Span",
    "img": "Figure",
    _SVG: "Figure",
}
"""Types by element; what is not named here leaves its content to the element around it."""

_IN_CONTENTS = {"ol": "TOC", "li": "TOCI", "p": "Reference"}
"""Types inside the contents of the report (ISO 32000-1, table 333)."""

_BY_CLASS = {
    "box": "Lbl",
    "footnote": "Note",
    "note-mark": "Reference",
    "note-number": "Lbl",
    "note-line": "P",
}
"""Types of elements without a meaning of their own in HTML, by their class."""

NOT_STANDARD = {"Strong": "Span", "Em": "Span"}
"""Types that PDF 1.7 does not know, with the one that each stands for; PDF 2.0 has them."""

DEEPEST_HEADING = 6

EMPTY_TOO = frozenset({"TR", "TH", "TD", "LI", "LBody"})
"""Types that say something although nothing is in them: a table without them would have holes."""

_NUMBERINGS = {"decimal": "Decimal", "disc": "Disc", "circle": "Circle", "square": "Square"}


def kind_of(element: Any, tag: str, *, in_contents: bool) -> str:  # noqa: ANN401 (an element of ElementTree)
    """Return the structure type of an element, or "" for one that only groups.

    `tag` is the element's name, with the name of the pseudo-element where that is meant: `li::marker`. `in_contents`
    says that it stands inside the contents of the report.
    """
    if in_contents and tag in _IN_CONTENTS:
        return _IN_CONTENTS[tag]
    if tag in {"div", "span", "sup"}:
        return _kind_by_attributes(element)
    return _KINDS.get(tag, "")


def _kind_by_attributes(element: Any) -> str:  # noqa: ANN401 (an element of ElementTree)
    if element.get("role") == "heading":
        return f"H{element.get('aria-level')}"
    return _BY_CLASS.get(element.get("class"), "Span" if element.get("lang") else "")


def of_call(tag: str) -> str:
    """Return the name of the element whose note is called for by this pseudo-element, "" for any other."""
    name, _, pseudo = tag.partition("::")
    return name if pseudo == "footnote-call" else ""


def is_contents(element: Any) -> bool:  # noqa: ANN401 (an element of ElementTree)
    """Return whether an element holds the contents of the report."""
    return bool(element.tag == "nav" and element.get("class") == "contents")


def stands_for(kind: str) -> str:
    """Return the standard type behind a type that PDF 1.7 does not know, or "" for one that it knows.

    Headings below the sixth level keep their own number, which PDF/UA-1 allows, and stand for the sixth.
    """
    if kind.startswith("H") and kind[1:].isdigit() and int(kind[1:]) > DEEPEST_HEADING:
        return f"H{DEEPEST_HEADING}"
    return NOT_STANDARD.get(kind, "")


def alternative(element: Any) -> str:  # noqa: ANN401 (an element of ElementTree)
    """Return what a picture shows, in words; "" for one that only decorates."""
    if element.tag == _SVG:
        title = element.find(f"{_SVG[:-3]}title")
        return (title.text or "") if title is not None else ""
    return str(element.get("alt", ""))


def words_of(element: Any) -> str:  # noqa: ANN401 (an element of ElementTree)
    """Return the text of an element, pictures in it by their alternatives, with single spaces."""
    pieces = [element.text or "", alternative(element)]
    for child in element:
        pieces += [words_of(child), child.tail or ""]
    return " ".join("".join(pieces).split())


def description(link: Any) -> str:  # noqa: ANN401 (an element of ElementTree)
    """Return what a link says of itself: its title or its words, and where it leads if that is outside."""
    target = str(link.get("href", ""))
    told = str(link.get("title") or words_of(link))
    if target.startswith("#"):
        return told or target[1:]
    return f"{told} ({target})" if told and target not in told else told or target


def numbering(style: Any) -> str:  # noqa: ANN401 (a style of WeasyPrint)
    """Return how the items of a list are marked (ISO 32000-1, table 347)."""
    return _NUMBERINGS.get(str(style["list_style_type"]), "None")
