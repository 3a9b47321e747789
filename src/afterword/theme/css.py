"""The style sheets of themes, taken apart: what they may name, and how their space grows. Imports tinycss2."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import tinycss2

from afterword.diagnostics import Finding, Place, shorten
from afterword.readers.source import Source

Node = Any
"""A node of tinycss2, which has no types."""

_REFUSED_RULES = {
    "import": "a style sheet brings its rules itself",
    "font-face": "fonts are named in the theme file, so that Word knows them too",
}
_REFUSED_FUNCTIONS = frozenset({"image-set", "-webkit-image-set", "src", "image", "cross-fade", "element"})
"""Functions besides `url()` that can name a file."""

PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".svg": "image/svg+xml"}
"""Media types of the pictures that a theme may bring, by suffix."""

_SPACE = ("margin", "padding")
_ACROSS = ("inline", "inline-start", "inline-end", "left", "right")
_LENGTHS = frozenset({"mm", "cm", "em", "rem", "pt", "px"})


def sheet_faults(source: Source, picture_fault: Callable[[Path], str]) -> list[Finding]:
    """Return every fault of the style sheet that a theme file names: syntax, and addresses outside its folder.

    `picture_fault` says what keeps a picture from being shown.
    """
    name = source.data.get("css") if isinstance(source.data, dict) else None
    if not isinstance(name, str) or not name:
        return []
    folder = source.folder or Path()
    file = folder / name
    if "\0" in name or not _is_inside(file, folder) or not file.is_file():
        message = f"there is no style sheet {shorten(name)!r} in the folder of the theme"
        return [Finding("AW621", message, place=source.place(("css",)), path="css", value=shorten(name))]
    shown = named_place(source, name)
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return [Finding("AW621", f"the style sheet {shorten(name)!r} is not UTF-8 text", place=Place(shown))]
    return [*_markup_faults(text, shown), *_faults(tinycss2.parse_stylesheet(text), shown, folder, picture_fault)]


def named_place(source: Source, name: str) -> str:
    """Return the name of a file beside a theme file, as findings show it."""
    return str(Path(source.name).parent / name)


def sheet_text(file: Path, url_of: Callable[[Path], str]) -> str:
    """Return the text of a theme's style sheet, each file that it names replaced by its address."""
    rules = tinycss2.parse_stylesheet(file.read_text("utf-8"), skip_comments=True)
    for token in _addresses(rules):
        token.representation = f'"{url_of(file.parent / token.value)}"'
        if token.type == "url":
            token.representation = f"url({token.representation})"
    return str(tinycss2.serialize(rules))


def spaced(text: str, density: float) -> str:
    """Return a style sheet in which the space between things is `density` times what it was."""
    if density == 1:
        return text
    rules = tinycss2.parse_stylesheet(text)
    for declaration in _declarations(rules):
        if declaration.lower_name.startswith(_SPACE) and not declaration.lower_name.endswith(_ACROSS):
            for token in declaration.value:
                if token.type == "dimension" and token.lower_unit in _LENGTHS:
                    token.representation = f"{token.value * density:.4g}"
    return str(tinycss2.serialize(rules))


def named_addresses(text: str) -> list[str]:
    """Return what a style sheet, or the declarations of one element, ask for; rules that can only be refused too."""
    nodes = list(_all(tinycss2.parse_component_value_list(text)))
    rules = [f"@{node.value}" for node in nodes if node.type == "at-keyword" and node.lower_value in _REFUSED_RULES]
    rules += [f"{node.name}()" for node in nodes if node.type == "function" and node.lower_name in _REFUSED_FUNCTIONS]
    return rules + [node.value for node in _addresses(nodes)]


def hides(text: str) -> bool:
    """Return whether the declarations of one element hide it."""
    said = {
        each.lower_name: tinycss2.serialize(each.value).strip().lower()
        for each in tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True)
        if each.type == "declaration"
    }
    return said.get("display") == "none" or said.get("visibility") in {"hidden", "collapse"}


def _is_inside(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder.resolve())


def _markup_faults(text: str, shown: str) -> Iterator[Finding]:
    """Yield a fault where the text would end the element that holds it in a page."""
    before, found, _ = text.lower().partition("</style")
    if found:
        place = Place(shown, before.count("\n") + 1)
        yield Finding("AW621", "a style sheet cannot hold `</style`", place=place)


def _faults(nodes: Sequence[Node], shown: str, folder: Path, picture_fault: Callable[[Path], str]) -> Iterator[Finding]:
    for node in _all(nodes):
        place = Place(shown, node.source_line, node.source_column)
        if node.type == "error":
            yield Finding("AW621", f"the style sheet is not well-formed: {node.message}", place=place)
        elif node.type == "at-rule" and node.lower_at_keyword in _REFUSED_RULES:
            why = _REFUSED_RULES[node.lower_at_keyword]
            yield Finding("AW622", f"`@{node.lower_at_keyword}` is refused: {why}", place=place)
        elif node.type == "function" and node.lower_name in _REFUSED_FUNCTIONS:
            yield Finding("AW622", f"`{node.lower_name}()` is refused", place=place, hint="use url()")
    for node in _addresses(nodes):
        place = Place(shown, node.source_line, node.source_column)
        if why := _refusal(node.value, folder):
            yield Finding("AW622", f"`url()` {why}", place=place, value=shorten(node.value))
        elif fault := picture_fault(folder / node.value):
            yield Finding("AW622", f"`url()` names a picture that is refused: {fault}", place=place)


def _refusal(address: str, folder: Path) -> str:
    """Return why an address is refused; empty for a picture in the folder of the theme."""
    file = folder / address
    if ":" in address or address.startswith(("/", "\\")) or not _is_inside(file, folder):
        return "leaves the folder of the theme"
    if not file.is_file():
        return "names a file that is not there"
    return "" if file.suffix.lower() in PICTURES else f"names none of {', '.join(PICTURES)}"


def _addresses(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield the tokens that hold an address: of `url(x)` itself, of `url("x")` the string in it."""
    for node in _all(nodes):
        if node.type == "url":
            yield node
        elif node.type == "function" and node.lower_name == "url":
            yield from (each for each in node.arguments if each.type == "string")


def _declarations(rules: Iterable[Node]) -> Iterator[Node]:
    for rule in rules:
        if rule.type == "qualified-rule":
            found = tinycss2.parse_blocks_contents(rule.content)
            yield from (each for each in found if each.type == "declaration")
        elif rule.type == "at-rule" and rule.lower_at_keyword in {"media", "supports"}:
            yield from _declarations(tinycss2.parse_rule_list(rule.content))


def _all(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield nodes with all inside them, errors in the blocks of rules included."""
    for node in nodes:
        yield node
        yield from _all(_inside(node))


def _inside(node: Node) -> Iterator[Node]:
    match node.type:
        case "qualified-rule":
            yield from (each for each in tinycss2.parse_blocks_contents(node.content) if each.type == "error")
            yield from node.prelude
            yield from node.content
        case "at-rule":
            yield from node.prelude
            yield from _errors_in(node)
            yield from node.content or ()
        case "function":
            yield from node.arguments
        case "() block" | "[] block" | "{} block":
            yield from node.content


def _errors_in(rule: Node) -> Iterator[Node]:
    if rule.content is None:
        return
    is_grouping = rule.lower_at_keyword in {"media", "supports"}
    parse = tinycss2.parse_rule_list if is_grouping else tinycss2.parse_blocks_contents
    for found in parse(rule.content):
        if found.type == "error":
            yield found
        elif found.type == "qualified-rule" and is_grouping:
            yield from (each for each in tinycss2.parse_blocks_contents(found.content) if each.type == "error")
