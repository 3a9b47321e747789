"""Prose: the Markdown that authors write, as nodes of the report tree.

CommonMark 0.31 with tables, strikethrough, footnotes, task lists and bare web addresses. HTML is text like any other;
only `<br>` breaks a line in a table cell, where Markdown has no other way to say so.
"""

from __future__ import annotations

from afterword.prose.parse import LONGEST, parse, parse_inline, plain_line
from afterword.prose.record import DEEPEST, Prose

__all__ = ["DEEPEST", "LONGEST", "Prose", "parse", "parse_inline", "plain_line"]
