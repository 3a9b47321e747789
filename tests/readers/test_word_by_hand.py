"""Word documents of people who know no styles: what they make by hand is read for what it looks like."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.shared import Pt

from afterword.drafts import read
from afterword.loading import load_source
from afterword.readers.source import Source


def blank() -> Document:
    """Return a new document that names no author."""
    document = docx.Document()
    document.core_properties.author = ""
    return document


def heading(document: Document, text: str, size: int = 0) -> None:
    """Write a line that is bold as a whole, perhaps in a size of its own."""
    run = document.add_paragraph().add_run(text)
    run.bold = True
    run.font.size = Pt(size) if size else None


def row(table: Any, *texts: str) -> Any:  # noqa: ANN401 (python-docx has no types)
    """Add a row; a single text goes over all columns."""
    cells = table.add_row().cells
    if len(texts) == 1:
        cells[0].merge(cells[-1]).text = texts[0]
    for cell, text in zip(cells, texts if len(texts) > 1 else (), strict=False):
        cell.text = text
    return cells


def came(document: Document) -> Source:
    """Return what is read of a document; it is a valid record."""
    file = io.BytesIO()
    document.save(file)
    source = read(file.getvalue(), "a.docx")
    assert load_source(source).incident is not None
    return source


def events(source: Source) -> list[tuple[str, str]]:
    """Return time and description of all events."""
    timeline: Any = source.value(("timeline",))
    return [(each["at"][-5:], each["description"]) for each in timeline]


def told(source: Source, *names: str) -> Sequence[object]:
    """Return the values of some fields."""
    return [source.value((name,)) for name in names]


def test_bold_lines_and_tabs_are_headings_and_columns() -> None:
    """The first line, the largest, is the title; keys and times stand apart from their values by tabs."""
    document = blank()
    heading(document, "POSTMORTEM: Login outage", 20)
    document.add_paragraph("Date:\tMarch 4, 2024\nSeverity\tP1\nAuthors\t\tJane Doe, John Smith")
    heading(document, "Summary")
    document.add_paragraph("“Nobody could log in” – not even we.")
    heading(document, "Timeline (UTC)")
    document.add_paragraph("09:12\tDeploy starts")
    document.add_paragraph("09:15\tErrors rise to 80 %")
    heading(document, "Impact:")
    document.add_paragraph("• 12,000 users")

    source = came(document)

    assert told(source, "title", "date", "severity") == ["Login outage", "2024-03-04", "P1"]
    assert source.value(("authors",)) == [{"name": "Jane Doe"}, {"name": "John Smith"}]
    assert source.value(("summary",)) == "“Nobody could log in” – not even we."
    assert events(source) == [("09:12", "Deploy starts"), ("09:15", "Errors rise to 80 %")]
    assert source.value(("impact",)) == {"description": "- 12,000 users"}


def test_a_cover_says_what_happened_below_the_kind_of_document() -> None:
    """By its size or its style; a kind of document alone is no title, and an overview is a summary."""
    large, styled = blank(), blank()
    heading(large, "Post-Incident Review", 28)
    heading(large, "Search index corruption", 20)
    styled.add_heading("Major Incident Report", 0)
    styled.add_paragraph("Search index corruption")
    for document in (large, styled):
        document.add_paragraph("Incident date: November 5th, 2024")
        document.add_paragraph("Prepared by the SRE team")
        document.add_heading("Overview", 1)
        document.add_paragraph("Search was stale.")
        document.add_heading("What will we do to prevent this?", 1)
        document.add_paragraph("☑ Format check")

        source = came(document)

        assert told(source, "title", "date", "summary") == [
            "Search index corruption",
            "2024-11-05",
            "Search was stale.",
        ]
        assert source.value(("preventive_measures",)) == [{"description": "Format check", "status": "done"}]


def test_soft_breaks_divide_events() -> None:
    """A timeline in one paragraph, each line with its time in bold; nothing is left of the breaks."""
    document = blank()
    document.add_heading("Search stale", 0)
    document.add_paragraph("Date: 2024-11-05")
    document.add_heading("What happened?", 1)
    paragraph = document.add_paragraph()
    for at, text in (("10:02 AM", "upgraded"), ("1:30 PM", "rebuild started"), ("4:05 PM", "rebuilt")):
        paragraph.add_run(at).bold = True
        paragraph.add_run(f" – {text}").add_break()
    assert events(came(document)) == [("10:02", "upgraded"), ("13:30", "rebuild started"), ("16:05", "rebuilt")]


def test_a_form_is_a_report_in_one_table() -> None:
    """Wide rows are headings and text; fields stand side by side, and a day above events is no heading."""
    document = blank()
    table = document.add_table(0, 4)
    row(table, "INCIDENT FORM")[0].paragraphs[0].runs[0].bold = True
    row(table, "Incident No.", "IT-0042", "Date", "2024-05-17")
    row(table, "Reported by", "Omar Haddad", "Severity", "Major")
    row(table, "Timeline")
    row(table, "07:40 Mail queue grows\n08:35 Mail flows")
    row(table, "Root cause")
    row(table, "The log disk was full.")

    source = came(document)

    assert told(source, "id", "date", "severity") == ["IT-0042", "2024-05-17", "Major"]
    assert source.value(("authors",)) == [{"name": "Omar Haddad"}]
    assert events(source) == [("07:40", "Mail queue grows"), ("08:35", "Mail flows")]
    assert source.value(("root_cause",)) == {"description": "The log disk was full."}


def test_days_over_the_width_of_a_timeline_leave_it_whole() -> None:
    """They are days of the events below them."""
    document = blank()
    document.add_heading("Billing outage", 0)
    document.add_heading("Timeline", 1)
    table = document.add_table(0, 2)
    for texts in (
        ("Time", "Event"), ("14 June 2023",), ("23:50", "Alert"), ("15 June 2023",), ("00:10", "Refund"),
    ):  # fmt: skip
        row(table, *texts)
    source = came(document)
    timeline: Any = source.value(("timeline",))
    assert [each["at"][:16] for each in timeline] == ["2023-06-14T23:50", "2023-06-15T00:10"]


def test_a_column_that_counts_rows_says_nothing_of_a_measure() -> None:
    """Numbers of rows stand in no description; German tables have a `Termin`."""
    document = blank()
    document.add_heading("Ausfall des Portals", 0)
    document.add_paragraph("Datum: 12.02.2024")
    document.add_heading("Maßnahmen", 1)
    table = document.add_table(0, 4)
    row(table, "#", "Maßnahme", "Verantwortlich", "Termin")
    row(table, "1", "Zertifikate überwachen", "Petra Klein", "01.03.2024")
    row(table, "2", "Übung", "Petra Klein", "02.03.2024")

    measures: Any = came(document).value(("preventive_measures",))

    assert [each["description"] for each in measures] == ["Zertifikate überwachen", "Übung"]
    assert [each["due"] for each in measures] == ["2024-03-01", "2024-03-02"]


def test_a_second_title_holds_no_sections() -> None:
    """A title, then one heading of the first level above all others: what is below these are sections of the report."""
    document = blank()
    document.add_heading("Publishing too early", 0)
    document.add_heading("Postmortem, draft 0.1", 1)
    for text, below in (("Date", "2020-01-07"), ("Author", "Corey Petty"), ("Summary", "Published too early.")):
        document.add_heading(text, 2)
        document.add_paragraph(below)

    source = came(document)

    assert told(source, "date", "summary") == ["2020-01-07", "Published too early."]
    assert source.value(("authors",)) == [{"name": "Corey Petty"}]
