"""What judges say of Word files: our own, openxml-audit and the Open XML SDK, over samples and generated incidents."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import docx
import docx_reports as made
import pytest
from company_bases import repacked, saved
from docx_judge import direct_formatting, faults
from docx_reading import Package, values
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from npm_judges import open_xml_sdk
from openxml_audit import FileFormat, OpenXmlValidator

from afterword.assets import Shelf
from afterword.compose import compose
from afterword.incident.model import Incident
from afterword.report.nodes import Code, Emphasis, Figure, Link, Picture, Report, Strike, Strong
from afterword.report.transforms import anchored, numbered
from afterword.words import words_for
from afterword.writers.docx import write
from effort import examples
from incident_strategies import incidents
from sample_documents import GROUP, SAMPLES, rendered
from strategies import reports

pytestmark = pytest.mark.xdist_group(GROUP)

INDENTS = {"pPr/ind", "tblPr/tblInd"}
"""Direct formatting with a reason: how far a paragraph or table is indented that stands in a list follows from how deep
the list is, and a style for each depth of each kind of block would be hundreds of styles. So it is with blocks that run
against their document, whose line or box stays on its side."""

INSIDE = {"tblPr/tblCellMar"}
"""Direct formatting with a reason: a table of any role may stand in a cell, where it has less room, and a second style
for each role would be one that nobody changes along with the first."""

KEEPING = {"pPr/keepNext", "pPr/keepLines", "pPr/pageBreakBefore"}
"""Direct formatting with a reason: what stays on the page of the next paragraph, what is short enough to stay whole and
which section opens a page, follow from what stands around them and how long it is."""

SIDES = {"pPr/jc"}
"""Direct formatting with a reason: on which side a paragraph begins that runs against its document follows from its
text, and from what stands beside it."""

GENEROUS = settings(deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
"""Without shrinking, which takes minutes where each example is judged for a second."""


def draft(sample: Path) -> bytes:
    """Return the draft of a sample, as the command makes it."""
    return rendered(sample.name).files["docx"]


def audit(data: bytes, folder: Path) -> list[str]:
    """Return what openxml-audit finds in a Word file, errors and warnings."""
    file = folder / "audited.docx"
    file.write_bytes(data)
    result = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0).validate(file)
    return [f"{each.source_class.value}: {each.description}" for each in result.errors]


def report_of(incident: Incident) -> Report:
    """Return the report of an incident, ready to be drawn."""
    return numbered(anchored(compose(incident, words_for(incident.language), Shelf(None), {}).report))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_have_no_fault(sample: Path, tmp_path: Path) -> None:
    """No draft of a sample has an undefined style, a gap in headings, a bare table or picture, or a link to nowhere."""
    assert faults(draft(sample)) == []
    assert audit(draft(sample), tmp_path) == []


@pytest.mark.parametrize("language", ["en", "ar", "he", "am"])
def test_all_nodes_have_no_fault(language: str, tmp_path: Path) -> None:
    """The same holds for a report with every node in many combinations, in four scripts."""
    data = write(made.everything(language), made.options()).data
    assert faults(data) == []
    assert audit(data, tmp_path) == []


@settings(GENEROUS, max_examples=examples(10, 50))
@given(report=st.one_of(reports(), incidents().map(report_of)))
def test_generated_reports_have_no_fault(report: Report, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nor has any report that can be generated."""
    data = write(report, made.options()).data
    assert faults(data) == []
    assert audit(data, tmp_path_factory.mktemp("generated")) == []


def test_open_xml_sdk_finds_no_fault_in_samples_and_generated_incidents(tmp_path: Path) -> None:
    """The Open XML SDK finds no error in any sample, nor in 200 generated incidents and reports."""
    files: list[Path] = []

    @settings(GENEROUS, max_examples=100, database=None)
    @given(incident=incidents(), report=reports())
    def generate(incident: Incident, report: Report) -> None:
        for each in (report_of(incident), report):
            files.append(tmp_path / f"{len(files)}.docx")
            files[-1].write_bytes(write(each, made.options()).data)

    open_xml_sdk([])  # skips before the work where it is not asked
    generate()
    for sample in SAMPLES:
        files.append(tmp_path / f"{sample.stem}.docx")
        files[-1].write_bytes(draft(sample))
    assert len(files) >= 100 + len(SAMPLES)
    assert {name: errors for name, errors in open_xml_sdk(files).items() if errors} == {}


def test_no_direct_formatting_where_a_style_can_carry_it() -> None:
    """Over all samples and every node, only indents in lists, tables in cells, page breaks and sides of text are."""
    drafts = [*map(draft, SAMPLES), *(write(made.everything(each), made.options()).data for each in ("en", "ar"))]
    counted = sum((direct_formatting(Package(data)) for data in drafts), Counter[str]())
    assert set(counted) <= INDENTS | INSIDE | KEEPING | SIDES
    assert sum(counted[name] for name in INDENTS) <= 25


def test_marks_that_come_together_have_a_style() -> None:
    """A run that is strong, stressed, struck, code or a link at once wears one style with all of that, used again."""
    run = Strong((Emphasis(made.run("a", Strike(made.run("b")), Code("c"))), Link(made.run("d"), "https://e.org")))
    package = Package(write(made.report(made.p(run), made.p(run)), made.options()).data)
    worn = [each for each in values(package.body, "//w:rStyle/@w:val") if not each.startswith("Badge")]
    once = ["StrongEmphasis", "StrongEmphasisStrike", "InlineCodeStrongEmphasis", "HyperlinkStrong"]
    assert worn == once * 2
    for style in once:
        assert len(values(package.xml("word/styles.xml"), f"w:style[@w:styleId='{style}']/@w:type")) == 1
    assert direct_formatting(package).total() == 0


@cache
def sound() -> bytes:
    """Return a draft with a table, a picture, a link and a heading, in which faults are put."""
    blocks = (made.measures(), Figure(Picture("dot"), "A dot"), made.p(Link(made.run("up"), "#only_section")))
    return write(made.report(*blocks, assets={"dot": made.picture(24, 24)}), made.options()).data


DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
BROKEN = {
    "pStyle Nowhere is not declared": (DOCUMENT, 'w:pStyle w:val="Heading1"', 'w:pStyle w:val="Nowhere"'),
    "pStyle Strong is character": (DOCUMENT, 'w:pStyle w:val="Heading1"', 'w:pStyle w:val="Strong"'),
    "style without a name: Kicker": (STYLES, '<w:name w:val="Kicker"/>', ""),
    "picture without a text alternative": (DOCUMENT, 'descr="A dot"', 'descr=" "'),
    "table without a header row": (DOCUMENT, "<w:tblHeader/>", ""),
    "table without tblCaption": (DOCUMENT, '<w:tblCaption w:val="Measures"/>', ""),
    "heading of level 3 after one of level 0": (DOCUMENT, 'w:val="Heading1"', 'w:val="Heading3"'),
    "leads to no part: word/media/gone.png": ("word/_rels/document.xml.rels", "media/image1.png", "media/gone.png"),
    "no relationship rId99": (DOCUMENT, 'r:embed="', 'r:embed="rId99" w:was="'),
    "link to no bookmark: elsewhere": (DOCUMENT, 'w:anchor="only_section"', 'w:anchor="elsewhere"'),
    "fields that do not end": (DOCUMENT, 'w:fldCharType="end"', 'w:fldCharType="separate"'),
    "Word asks on opening": ("word/settings.xml", "<w:compat>", '<w:updateFields w:val="true"/><w:compat>'),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_our_judge_bites(fault: str) -> None:
    """A fault of each kind, put into a sound draft, is found, and nothing is found before."""
    part, old, new = BROKEN[fault]
    broken = repacked(sound(), (part, old, new))
    assert faults(sound()) == []
    assert any(fault in found for found in faults(broken)), faults(broken)


def test_our_judge_knows_the_default_template() -> None:
    """A document made from python-docx's default template is full of leftovers."""
    found = [each for each in faults(saved(docx.Document())) if each.startswith("leftover")]
    assert len(found) >= 3


FAULTY = {
    "element": (DOCUMENT, "<w:tblHeader/>", "<w:tblHeading/>"),
    "order": (STYLES, "<w:keepNext/>", "<w:outlineLvl w:val='0'/><w:keepNext/>"),
    "value": (DOCUMENT, 'w:fldCharType="end"', 'w:fldCharType="stop"'),
    "relationship": (DOCUMENT, 'r:embed="', 'r:embed="rId99" w:was="'),
}


@pytest.mark.parametrize("fault", FAULTY)
def test_openxml_audit_bites(fault: str, tmp_path: Path) -> None:
    """openxml-audit finds an unknown element, a wrong order, a wrong value and a broken relationship."""
    assert audit(sound(), tmp_path) == []
    assert audit(repacked(sound(), FAULTY[fault]), tmp_path)


def test_open_xml_sdk_bites(tmp_path: Path) -> None:
    """So does the Open XML SDK."""
    files = [tmp_path / f"{fault}.docx" for fault in FAULTY]
    for file, swap in zip(files, FAULTY.values(), strict=True):
        file.write_bytes(repacked(sound(), swap))
    assert all(open_xml_sdk(files).values())
