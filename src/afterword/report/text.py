"""The tree as text that people can read and compare: one line for each block, indented by its depth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from datetime import datetime
from typing import get_args

from afterword.report.nodes import Asset, EmbeddedFile, Footnote, Inline, LineBreak, Report, Text

_INDENT = "  "


def as_text(report: Report) -> str:
    """Return the whole report as indented text that ends in a line feed.

    A record stands on one line as its name and those values that are not the default; what it holds stands
    below it. Inlines stand on the line of their block: text in quotes, others as `strong("so")`.
    """
    return "\n".join(_lines(report, 0)) + "\n"


def _lines(node: object, depth: int) -> Iterator[str]:
    own, below = _parted(node)
    yield _INDENT * depth + " ".join([type(node).__name__.lower(), *own])
    for name, items in below:
        inner = depth + 1
        if name:
            yield _INDENT * inner + name + ":"
            inner += 1
        for item in items:
            yield from _lines(item, inner)


def _parted(node: object) -> tuple[list[str], list[tuple[str, tuple[object, ...]]]]:
    """Return what stands on the node's own line, and what stands below with the name it goes by."""
    own: list[str] = []
    below: list[tuple[str, tuple[object, ...]]] = []
    for field in fields(node):  # type: ignore[arg-type] # every node is a dataclass
        value = getattr(node, field.name)
        if _is_default(field, value):
            continue
        if field.name == "assets":
            below.append(("", tuple(value.values())))
        elif isinstance(value, tuple) and value and isinstance(value[0], get_args(Inline)):
            own.append(_named(field.name, _run(value)))
        elif isinstance(value, tuple) and not (value and isinstance(value[0], str)):
            below.append((field.name if field.name == "closing" else "", value))
        elif hasattr(value, "__dataclass_fields__"):
            below.append(("", (value,)))
        else:
            own.append(_named(field.name, _scalar(value, node)))
    return own, [(name, items) for name, items in below if items]


def _is_default(field: Field[object], value: object) -> bool:
    if field.default_factory is not MISSING:
        return value == field.default_factory()
    return field.default is not MISSING and value == field.default


def _named(name: str, shown: str) -> str:
    return shown if name in {"children", "title", "text", "label"} else f"{name}={shown}"


def _scalar(value: object, node: object) -> str:
    match value:
        case bytes():
            return f"{len(value)} bytes" if isinstance(node, Asset | EmbeddedFile) else repr(value)
        case datetime():
            return value.isoformat()
        case tuple():
            return "[" + ", ".join(_scalar(item, node) for item in value) + "]"
        case str():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def _run(inlines: tuple[Inline, ...]) -> str:
    return " ".join(_inline(inline) for inline in inlines)


def _inline(inline: Inline) -> str:
    match inline:
        case Text(text):
            return json.dumps(text, ensure_ascii=False)
        case LineBreak():
            return "break"
        case Footnote(paragraphs, number):
            return f"footnote({' / '.join([str(number), *(_run(each.children) for each in paragraphs)])})"
        case _:
            own, _ = _parted(inline)
            return f"{type(inline).__name__.lower()}({' '.join(own)})"
