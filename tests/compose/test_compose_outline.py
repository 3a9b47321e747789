"""Which sections a report has, in which order, and where the author's own stand."""

from __future__ import annotations

import pytest

from afterword.incident.sections import SECTION_NAMES
from afterword.report.nodes import Callout
from composing import composed, report, section, text, titles

SEED = [
    "Incident Overview", "Executive Summary", "Incident Timeline", "Root Cause Analysis", "Impact",
    "Mitigation and Resolution", "Lessons Learned", "Preventive Measures", "Conclusion",
]  # fmt: skip
"""The sections of the form that started the project, in its order."""

FULL = {
    "summary": "s",
    "timeline": [{"time": "10:00", "description": "e"}],
    "root_cause": "r",
    "impact": "i",
    "resolution": ["m"],
    "lessons": ["l"],
    "preventive_measures": ["p"],
    "conclusion": "c",
    "references": ["f"],
}


def test_a_draft_has_every_section_of_the_seed() -> None:
    """An empty one shows that it is to be completed; references and attachments are not asked for."""
    found = report()
    assert titles(found) == SEED
    for name in SECTION_NAMES[1:9]:
        (block,) = section(found, name).blocks
        assert isinstance(block, Callout)
        assert (block.kind, text(block)) == ("to-complete", "To be completed.")


@pytest.mark.parametrize("stage", ["draft", "final"])
def test_a_full_report_has_them_in_the_order_of_the_seed(stage: str) -> None:
    """References follow the conclusion, in any stage."""
    assert titles(report(stage=stage, **FULL)) == [*SEED, "References"]


def test_a_final_report_leaves_out_what_is_empty() -> None:
    """Nobody reads a heading with nothing below it."""
    assert titles(report(stage="final")) == ["Incident Overview"]
    assert titles(report(stage="final", conclusion="c", impact={"customers": "all"})) == [
        "Incident Overview", "Impact", "Conclusion",
    ]  # fmt: skip


@pytest.mark.parametrize(("body", "besides"), [("", []), ("[ref]: https://example.org 'title'", ["AW416"])])
def test_a_final_report_tells_that_a_section_of_ones_own_is_left_out(body: str, besides: list[str]) -> None:
    """Its heading is the author's text, which does not go without a notice."""
    made = composed(stage="final", sections=[{"heading": "Regulator", "body": body}])
    assert titles(made.report) == ["Incident Overview"]
    (finding,) = (each for each in made.findings if each.code not in besides)
    assert (finding.code, finding.path, finding.value) == ("AW409", "sections[0].heading", "Regulator")
    assert [each.code for each in made.findings if each != finding] == besides


def test_a_report_in_review_asks_for_what_is_missing() -> None:
    """It is no final one yet."""
    assert titles(report(stage="in-review")) == SEED


@pytest.mark.parametrize("name", SECTION_NAMES[:10])
@pytest.mark.parametrize("side", ["before", "after"])
@pytest.mark.parametrize("stage", ["draft", "final"])
def test_an_own_section_stands_beside_the_one_it_names(side: str, name: str, stage: str) -> None:
    """Before or after each of the report's sections."""
    found = report(stage=stage, sections=[{"heading": "Own", "body": "b", "position": f"{side} {name}"}], **FULL)
    place = titles(found).index("Own")
    assert found.sections[place + (1 if side == "before" else -1)].name == name


@pytest.mark.parametrize("name", SECTION_NAMES)
def test_an_own_section_keeps_its_place_beside_one_that_is_left_out(name: str) -> None:
    """Its neighbour is empty in this final report, and the author's text is not."""
    sections = [{"heading": f"{side} it", "body": "b", "position": f"{side} {name}"} for side in ("after", "before")]
    found = titles(report(stage="final", sections=sections))
    assert [title for title in found if title != "Incident Overview"] == ["before it", "after it"]


def test_own_sections_at_one_place_stand_in_the_authors_order() -> None:
    """Also at the start and at the end, which is before the references."""
    places = ("end", "start", "after impact", "start", "end", "after impact", "after references")
    sections = [{"heading": f"{place} {index}", "body": "b", "position": place} for index, place in enumerate(places)]
    found = titles(report(sections=sections, **FULL))
    assert found[:2] == ["start 1", "start 3"]
    assert found[found.index("Impact") + 1 :][:2] == ["after impact 2", "after impact 5"]
    assert found[-4:] == ["end 0", "end 4", "References", "after references 6"]


def test_an_own_section_without_text_is_to_be_completed_too() -> None:
    """In a draft it is asked for, in a final report left out."""
    own = [{"heading": "Own"}]
    assert "To be completed." in text(*section(report(sections=own), "Own").blocks)
    assert "Own" not in titles(report(stage="final", sections=own))


def test_headings_in_prose_become_sections_below() -> None:
    """Of a field that has a section of its own."""
    found = section(report(summary="Lead.\n\n## Detail\n\nMore."), "summary")
    assert text(*found.blocks) == "Lead."
    assert [text(*below.blocks) for below in found.sections] == ["More."]
