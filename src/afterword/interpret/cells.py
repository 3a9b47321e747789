"""Cells of tables as prose: `<br>` is how a cell breaks its lines, and nothing in it starts a block."""

from __future__ import annotations

import re

from afterword.prose import plain_line
from afterword.readers.document import Span

_BREAKS = re.compile(
    r"(?P<kept>(?P<ticks>`+)(?:(?!(?P=ticks)).)*(?P=ticks)(?!`)|\\.)|[ ]*(?P<breaks>(?:<br[ ]?/?>[ ]*)+)",
    re.IGNORECASE | re.DOTALL,
)
"""Code and escapes, in which nothing is a break, and breaks."""

_STARTS = re.compile(r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=[-+*](?:\s|$)|#{1,6}(?:\s|$)|>|~~~)")
"""What stands before the mark of a list, a heading, a quotation or code at the start of a line."""


def in_paragraphs(cell: Span) -> Span:
    """Return the text of a cell with its breaks as those of prose, two of them as a new paragraph."""
    if "<br" not in cell.text.lower():
        return cell
    return Span(_BREAKS.sub(_as_prose, cell.text).strip("\\\n"), cell.line, cell.column, is_exact=False)


def _as_prose(match: re.Match[str]) -> str:
    if match["kept"]:
        return match["kept"]
    return "\\\n" if match["breaks"].lower().count("<br") == 1 else "\n\n"


def as_text(cell: Span) -> Span:
    """Return the text of a cell as prose in which no line is a list, a heading or a quotation."""
    text = in_paragraphs(cell)
    escaped = "\n".join(
        _STARTS.sub(_escaped, line, count=1) if _STARTS.match(line) else line for line in text.text.split("\n")
    )
    return text if escaped == text.text else Span(escaped, cell.line, cell.column, is_exact=False)


def _escaped(match: re.Match[str]) -> str:
    return f"{match['number'] or ''}\\"


def bare(span: Span) -> Span:
    """Return what is seen of a text in one line, without marks and escapes."""
    text = plain_line(span.text.strip())
    return span if text == span.text else Span(text, span.line, span.column, is_exact=False)
