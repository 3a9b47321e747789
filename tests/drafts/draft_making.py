"""Drafts as we write them, and edits in them as Word makes them."""

from __future__ import annotations

import copy
import io
from dataclasses import replace
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from afterword.assets import Shelf
from afterword.compose import compose
from afterword.incident.model import Incident
from afterword.report.transforms import anchored, numbered
from afterword.theme.load import load_theme
from afterword.theme.record import Theme
from afterword.words import words_for
from afterword.writers.base import WriterOptions
from afterword.writers.registry import format_named

Element = Any

RECORD: dict[str, Any] = {
    "id": "INC-7",
    "title": "Checkout refused cards",
    "date": "2023-08-13",
    "timezone": "Europe/Berlin",
    "status": "closed",
    "severity": "SEV1",
    "services": ["gateway", "refunds"],
    "authors": [{"name": "Ada Lovelace", "email": "ada@example.org"}],
    "summary": "Cards were refused.\n\n```bash\ncurl -I gateway\n```\n\nNobody saw it.",
    "timeline": [
        {"at": "2023-08-13T08:45:00+02:00", "time": "08:45 AM", "description": "Alert fires.", "kind": "detected"},
        {"at": "2023-08-13T09:00:00+02:00", "description": "Ada looks.", "actor": "Ada", "visibility": "internal"},
        {"at": "2023-08-13T09:30:00+02:00", "description": "It is *over*.", "kind": "resolved"},
    ],
    "root_cause": {"description": "A certificate ended.", "contributing_factors": ["No probe", "No runbook"]},
    "impact": {"description": "Many.", "measures": [{"name": "Failed payments", "value": "1200", "unit": "payments"}]},
    "resolution": {"steps": [{"title": "Renew", "description": "It was renewed."}, {"description": "Restart."}]},
    "lessons": [
        {"title": "Watch", "description": "Watch the chain.", "group": "went-wrong"},
        {"description": "Paging worked.", "group": "went-well"},
    ],
    "preventive_measures": [
        {"title": "Probe", "owner": "Ada Lovelace", "due": "2023-09-01", "status": "open", "type": "detect"},
        {"title": "Runbook", "owner": {"name": "Grace Hopper"}, "due": "2023-09-02", "status": "done"},
    ],
    "sections": [{"heading": "Catering", "body": "Pizza.", "position": "after impact"}],
    "conclusion": "Never again.",
    "extra": {"tool": {"key": "kept"}},
}


def draft_of(record: dict[str, Any], theme: Theme | None = None) -> bytes:
    """Return the Word draft of a record, without page numbers in its contents."""
    return draft_of_incident(Incident.model_validate(record), theme or load_theme("sober"))


def draft_of_incident(incident: Incident, theme: Theme | None = None) -> bytes:
    """Return the Word draft of an incident."""
    theme = theme or load_theme("sober")
    words = replace(words_for(incident.language), wording=theme.wording_in(incident.language))
    report = anchored(compose(incident, words, Shelf(None), {}).report)
    report = numbered(report, number_sections=theme.layout.numbered)
    return format_named("docx").writer()(report, WriterOptions(theme, "A4")).data


class Edit:
    """A draft that is open in Word."""

    def __init__(self, data: bytes) -> None:
        """Open it."""
        self.document = docx.Document(io.BytesIO(data))

    def saved(self) -> bytes:
        """Return the draft as it is saved."""
        file = io.BytesIO()
        self.document.save(file)
        return file.getvalue()

    def control(self, tag: str) -> Element:
        """Return the first content control of a field."""
        found = self.document.element.body.iter(qn("w:tag"))
        return next(each for each in found if each.get(qn("w:val")) == tag).getparent().getparent()

    def type(self, tag: str, text: str) -> None:
        """Type over what a field says, in its runs."""
        first, *others = self.control(tag).iter(qn("w:t"))
        first.text = text
        for each in others:
            each.text = ""

    def around(self, tag: str, name: str) -> Element:
        """Return the row or paragraph around a field."""
        node = self.control(tag)
        while node.tag != qn(name):
            node = node.getparent()
        return node

    def add_row(self, tag: str, *texts: str) -> None:
        """Add a row below the one of a field, as Word does: with cells of the same look and no controls."""
        row = self.around(tag, "w:tr")
        new = copy.deepcopy(row)
        for cell, text in zip(new.iter(qn("w:tc")), texts, strict=True):
            for each in [each for each in cell if each.tag != qn("w:tcPr")]:
                cell.remove(each)
            cell.append(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{text}</w:t></w:r></w:p>"))
        row.addnext(new)

    def add_like(self, tag: str, text: str) -> None:
        """Add a paragraph below the one of a field, with its style and numbering."""
        paragraph = self.around(tag, "w:p")
        new = copy.deepcopy(paragraph)
        for each in [each for each in new if each.tag != qn("w:pPr")]:
            new.remove(each)
        new.append(parse_xml(f"<w:r {nsdecls('w')}><w:t>{text}</w:t></w:r>"))
        paragraph.addnext(new)

    def move(self, tag: str, goal: str, name: str) -> None:
        """Move the row or paragraph around a field behind that of another one."""
        self.around(goal, name).addnext(self.around(tag, name))

    def before(self, heading: str, *paragraphs: str) -> None:
        """Write paragraphs before a heading, the first of them as a heading of its kind."""
        found = next(each for each in self.document.paragraphs if each.text == heading)
        for at, text in enumerate(paragraphs):
            found.insert_paragraph_before(text, style=found.style if not at else None)

    def lose_controls(self) -> None:
        """Take all controls away and leave what they hold, as LibreOffice does to most of them."""
        for each in list(self.document.element.body.iter(qn("w:tag"))):
            control = each.getparent().getparent()
            for held in control.find(qn("w:sdtContent")):
                control.addprevious(held)
            control.getparent().remove(control)
