"""The Word style that answers to each role of the report tree."""

from __future__ import annotations

import zipfile
from io import BytesIO

from docx.oxml.parser import parse_xml

from afterword.writers.docx.blocks import ROLES
from afterword.writers.docx.markup.element import qualified

_MADE = {"Table": "Table{}", "Callout": "Callout{}", "Marking": "TLP{}", "Cell": "{}"}
"""Names of styles that are made from the role, by the kind of node."""


def style_of_role(node: str, role: str) -> str:
    """Return the id of the style that a node with this role wears; empty where no style answers to it."""
    if node == "Paragraph":
        return ROLES.get(role, "")
    if node == "NumberedList":
        return "ListNumber"
    return _MADE[node].format(role.title().replace("-", "")) if node in _MADE else ""


def styles_in(data: bytes) -> frozenset[str]:
    """Return the ids of the styles that a Word document has."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        root = parse_xml(package.read("word/styles.xml"))
    return frozenset(style.get(qualified("w:styleId")) for style in root.iterchildren(qualified("w:style")))
