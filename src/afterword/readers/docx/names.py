"""Names of the markup of Word (ECMA-376-1, 17) that the readers look for."""

from __future__ import annotations

import re

from afterword.readers.docx.package import Node

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
VML = "{urn:schemas-microsoft-com:vml}"

_OFF = frozenset({"0", "false", "off", "none"})


def local(node: Node) -> str:
    """Return the name of an element without its namespace; empty for comments and processing instructions."""
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""


def attribute(node: Node | None, name: str) -> str:
    """Return an attribute of Word's own, empty where there is none."""
    return str(node.get(f"{W}{name}", "")) if node is not None else ""


def under(node: Node | None, *names: str) -> Node | None:
    """Return the first element below, by its names from the outside in; None where one of them is not there."""
    for name in names:
        node = node.find(f"{W}{name}") if node is not None else None
    return node


def is_on(node: Node | None, name: str) -> bool | None:
    """Return whether a property is switched on; None where nothing says so."""
    found = under(node, name)
    return None if found is None else attribute(found, "val") not in _OFF


def number(text: str, default: int = 0) -> int:
    """Return a number as Word writes it, `default` for anything else."""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else default
