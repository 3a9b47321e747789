"""What a text without a suffix looks like: a record in YAML, or a document in Markdown."""

from __future__ import annotations

import re

_FRONT = re.compile(r"\s*(---|\+\+\+)[ \t]*\r?\n(?:.*\r?\n)*?\1[ \t]*\r?\n(?P<rest>[\s\S]*)")
_FIELD = re.compile(
    r"""^["']?(?:id|title|date|date_order|timezone|status|stage|severity|classification|tags|services|language|authors|contact"""
    r"""|reviewers|responders|summary|timeline|root_cause|impact|resolution|lessons|preventive_measures|conclusion"""
    r"""|references|attachments|sections|extra|visibility|edition|\$schema)["']?:(?:\s|$)""",
    re.MULTILINE,
)
"""A line that starts a field of the record, in the first column."""

_SECTION = re.compile(
    r"^(?:#{2,6}[ \t]*[^\s#]|\|[^\n]*\|[ \t]*$|[*_]{2}[^\s*_][^\n]*[*_]{2})"
    r"|^[^\s#>-][^\n]*\n(?:={3,}|-{3,})[ \t]*$",
    re.MULTILINE,
)
"""What only Markdown has: headings below the first, rows of a table, lines in bold, headings with a line below them.

All in the first column: in YAML, prose stands further in.
"""

_TITLE = re.compile(r"""\s*#[ \t]+[^\s#][^\n]*\n\s*\n(?=\S)(?![^\n:]{1,40}:(?:\s|$))""")
"""A heading with an empty line after it at the start, and then no field; in YAML it is a comment."""


def looks_like_markdown(text: str) -> bool:
    """Return whether a text is a document in Markdown rather than a record in YAML.

    It is one that has front matter with a text after it, or headings, rows of tables or lines in bold, more than it has
    lines that start a field of the record.
    """
    front = _FRONT.match(text)
    body = front["rest"] if front else text
    if not body.strip():
        return False
    fields = len(_FIELD.findall(body))
    if front and not fields and not re.match(r"\s*[\w$-]+:(?:\s|$)", body):
        return True
    signs = len(_SECTION.findall(body)) + bool(_TITLE.match(body))
    return signs > fields
