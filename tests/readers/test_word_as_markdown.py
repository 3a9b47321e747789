"""A post-mortem says the same in Word as in the Markdown that it was converted from."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest

from afterword import documents
from afterword.drafts import read
from afterword.loading import load_source

DATE = "- **Date:** 2023-08-13\n- **Severity:** SEV1\n- **Authors:** Ada Lovelace, Grace Hopper"
TABLED = f"""# Checkout refused cards

{DATE}

## Summary

Cards were **refused** for two hours; `exit 1`.

- one
- two

## Timeline (UTC)

| Time | Event |
| --- | --- |
| 23:50 | Alert fires |
| 00:10 | Ada looks at *gateway* |
| 01:30 | Everything resolved |

## Root Cause

### Trigger

A certificate ended.

### Contributing Factors

- No probe
- No runbook

## Lessons Learned

### What went well

- Paging worked

## Resolution

1. Renew the certificate
2. Restart the gateway

## Action Items

| Action | Owner | Due | Status |
| --- | --- | --- | --- |
| Probe the chain | Ada Lovelace | 2023-09-01 | Open |

## Catering

Pizza was eaten.
"""
LISTED = f"""# Ausfall der Suche

{DATE}

## Zusammenfassung

Die Suche antwortete nicht.

## Zeitleiste

- 10:42 UTC: Alarm
- 10:50 UTC: Ada sieht nach
- 11:30 UTC: Behoben

## Ursache

Der Speicher war voll.

## Was lief gut

- Der Alarm kam schnell.
"""
_RUN = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|`(?P<code>.+?)`|(?P<plain>[^*`]+)")


def fill(paragraph: Any, text: str) -> None:  # noqa: ANN401 (python-docx has no types)
    """Write a line of Markdown into a paragraph."""
    for match in _RUN.finditer(text):
        run = paragraph.add_run(match[match.lastgroup or 0])
        run.bold, run.italic = match.lastgroup == "bold" or None, match.lastgroup == "italic" or None
        if match.lastgroup == "code":
            run.font.name = "Consolas"


def in_word(text: str) -> bytes:
    """Return Markdown as a Word document with the styles that Word has for headings, lists and tables."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.title = ""
    grid: Any = None
    for line in filter(None, text.split("\n")):
        if not line.startswith("|"):
            grid = None
        if heading := re.fullmatch(r"(#+) (.*)", line):
            document.add_heading(heading[2], len(heading[1]))
        elif item := re.fullmatch(r"(- |\d+\. )(.*)", line):
            style = "List Bullet" if item[1] == "- " else "List Number"
            fill(document.add_paragraph(style=style), item[2])
        elif line.startswith("|") and "---" not in line:
            cells = [each.strip() for each in line.strip("|").split("|")]
            grid = grid or document.add_table(rows=0, cols=len(cells))
            for cell, each in zip(grid.add_row().cells, cells, strict=True):
                fill(cell.paragraphs[0], each)
        elif not line.startswith("|"):
            fill(document.add_paragraph(), line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


@pytest.mark.parametrize("text", [TABLED, LISTED], ids=["tables", "lists"])
def test_a_converted_document_gives_the_same_record(text: str) -> None:
    """Fields, events, lists, tables and sections are the same, whichever of the two files is read."""
    from_word = load_source(read(in_word(text), "report.docx")).require()
    from_markdown = load_source(documents.read(text, "report.md")).require()
    assert from_word.as_data() == from_markdown.as_data()
    assert from_word.timeline
