"""The tag tree of the PDF against the report tree, node by node, and that the comparison bites."""

from __future__ import annotations

from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import docx_reports as made
import pytest
from hypothesis import HealthCheck, given, settings
from pdf_expected import expected_tags
from pdf_judge import judged
from pdf_tags import Keep, clean, faults_in, inked, lines, plain, tags_in, unordered

from afterword.assets import Shelf
from afterword.compose import compose
from afterword.incident.model import Incident
from afterword.intake import read
from afterword.loading import load_source
from afterword.options import RenderOptions
from afterword.pipeline import render_loaded
from afterword.report.nodes import (
    Block,
    BulletList,
    Callout,
    Cell,
    CodeBlock,
    Figure,
    Foreign,
    InlineImage,
    Link,
    Picture,
    Quote,
    Report,
    Row,
    Section,
    Strong,
    Table,
)
from afterword.report.transforms import anchored, numbered
from afterword.words import words_for
from afterword.writers.pdf import lay_out
from afterword.writers.pdf.engine import weasyprint
from afterword.writers.pdf.layout import Layout
from effort import examples
from incident_strategies import incidents

SAMPLES = Path(__file__).parents[2] / "samples"
EXAMPLES = examples(5, 200)
"""How many generated incidents are drawn and judged: many in `script/test --full`, because it takes minutes."""

NAMES = sorted(path.name for path in SAMPLES.glob("*.*") if path.suffix != ".md")


def difference(report: Report) -> str:
    """Return how the tag tree of a report's PDF differs from the one that is expected; "" if it does not."""
    layout = lay_out(report, made.options())
    return difference_in(layout, layout.write().data, unordered if report.meta.direction == "rtl" else inked)


def difference_in(layout: Layout, data: bytes, keep: Keep) -> str:
    """Return how the tag tree of a PDF differs from that of the report on its pages."""
    assert faults_in(data) == []
    trees = (expected_tags(layout.report, layout.pages), tags_in(data))
    expected, found = (list(lines(clean(tree, keep))) for tree in trees)
    return "\n".join(unified_diff(expected, found, "report", "PDF", lineterm="", n=2))


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_tagged_as_they_are_built(name: str) -> None:
    """Every node of a sample's report, and nothing else, is in the tag tree, and the judge finds no fault."""
    assert faults_of_sample(name) == ("", [])


@pytest.mark.parametrize("language", ["am", "ar", "de", "es", "fr", "ja", "pt"])
def test_languages_are_tagged_as_they_are_built(language: str) -> None:
    """So it is in each language: what the record says is marked as in its own language, and no judge finds fault."""
    assert faults_of_sample("incident-0x19.yaml", language) == ("", [])


def faults_of_sample(name: str, language: str = "") -> tuple[str, list[str]]:
    """Return how a sample's tags differ from its report, and what the judge says of its PDF."""
    options = RenderOptions(("json",), language=language)
    report = render_loaded(load_source(read(str(SAMPLES / name))), options).report
    layout = lay_out(replace(report, contents=True), made.options())
    data = layout.write().data
    keep = {"ja": plain, "ar": unordered}.get(report.meta.language, inked)  # a machine may have no Japanese font
    return difference_in(layout, data, keep), judged(data)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_node_is_tagged_as_it_is_built(language: str) -> None:
    """A report with all nodes in many combinations has its own tree in either direction of text."""
    assert difference(made.everything(language)) == ""


def _long_table(rows: int = 70) -> Table:
    table = made.timeline(rows)
    high = Row(tuple(made.cell(" ".join(f"w{index}" for index in range(1500))) for _ in table.columns))
    return replace(table, rows=(*table.rows, high, *table.rows[:3]))


_RUNNING_ON: dict[str, Block] = {
    "table": _long_table(),
    "paragraph": made.p(made.LOREM * 40, Strong(made.run(made.LOREM * 20)), Link(made.run(made.LOREM * 30), "#x")),
    "list": BulletList((made.item("first", made.nested(45), made.p(made.LOREM * 40)), made.item(made.LOREM * 30))),
    "code": CodeBlock("\n".join(f"line {number}" for number in range(150))),
    "quote": Quote((made.p(made.LOREM * 30), Quote((made.p(made.LOREM * 30),)))),
    "callout": Callout("warning", (made.p(made.LOREM * 30), _long_table(5)), "Careful"),
    "foreign": made.p(Foreign("fr", made.run("déjà vu " * 1900))),
    "cell": Table(
        made.measures().columns, (Row((made.cell("x"), Cell((made.nested(40), made.timeline(50))), Cell(()))),)
    ),
}


@pytest.mark.parametrize("name", _RUNNING_ON)
def test_what_runs_over_pages_is_one_element(name: str) -> None:
    """A table with its header, a list, an item, a cell, a paragraph, code: one element each, over several pages."""
    block = _RUNNING_ON[name]
    report = made.report(sections=(Section(made.run("Only"), (made.p("before"), block, made.p("after"))),))
    report = replace(report, sections=tuple(replace(each, anchor="x") for each in report.sections))
    layout = lay_out(report, made.options())
    assert layout.pages.count > 2
    assert difference_in(layout, layout.write().data, inked) == ""


def test_headings_below_the_sixth_level_count_on() -> None:
    """Sections nested nine deep have the headings H2 to H10, and a reader that knows only six takes those for H6."""
    section = Section(made.run("Deepest"), (made.p("text"),))
    for depth in range(8, 0, -1):
        section = Section(made.run(f"Depth {depth}"), (), (section,))
    assert difference(made.report(sections=(section,))) == ""


def test_documents_of_others_keep_their_tags() -> None:
    """Who uses WeasyPrint beside us gets its own tags, while ours is laid out and after it was written."""
    layout = lay_out(made.report(made.p("ours")), made.options())
    html = weasyprint().HTML(string="<html lang=en><title>t</title><body><p>theirs")
    before = html.write_pdf(pdf_variant="pdf/ua-1")
    assert difference_in(layout, layout.write().data, inked) == ""
    assert list(lines(tags_in(before))) == list(lines(tags_in(html.write_pdf(pdf_variant="pdf/ua-1"))))
    assert "Span" in {line.strip() for line in lines(tags_in(before))}


def test_picture_in_a_link_tells_its_alternative() -> None:
    """A link around a picture is described by the picture's alternative, and has one annotation."""
    linked = made.p(Link((InlineImage("dot", "a dot"),), "https://example.org/"))
    report = made.report(linked, Figure(Picture("dot"), "A dot."), assets={"dot": made.picture(24, 24)})
    assert difference(report) == ""
    assert "leads='a dot (https://example.org/)'" in "\n".join(
        lines(tags_in(lay_out(report, made.options()).write().data))
    )


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(incidents())
def test_generated_incidents_pass(incident: Incident) -> None:
    """Whatever an incident holds, its PDF has the tree of its report, and the judge finds no fault in it."""
    report = compose(incident, words_for(incident.language), Shelf(None), {}).report
    report = replace(numbered(anchored(report)), contents=True)
    layout = lay_out(report, made.options())
    data = layout.write().data
    assert difference_in(layout, data, plain) == ""
    assert judged(data) == []
