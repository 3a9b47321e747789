"""Lines in bold that stand where others have headings."""

from __future__ import annotations

from typing import Any, cast

import pytest

from afterword.documents import read

HEAD = "# Outage\n\nDate: 2024-05-03\n\n"


def record(text: str) -> dict[str, Any]:
    """Return the data that a Markdown text becomes."""
    return cast("dict[str, Any]", read(text, "f.md").data)


@pytest.mark.parametrize("lead", ["**Timeline:**", "**Timeline**", "__Timeline__:", "**Timeline (all times in UTC)**"])
def test_a_line_in_bold_that_names_a_part_is_its_heading(lead: str) -> None:
    """In a document without headings the parts have lines in bold, and become the fields of these names."""
    data = record(
        HEAD + f"**Summary:**\n\nAll was down.\n\n{lead}\n\n- 10:42 a\n- 10:50 b\n\n**Root cause**\nA typo.\n"
    )
    assert data["summary"] == "All was down."
    assert [event["at"] for event in data["timeline"]] == ["2024-05-03T10:42", "2024-05-03T10:50"]
    assert data["root_cause"] == {"description": "A typo."}
    assert "sections" not in data


def test_lines_with_round_marks_tell_events() -> None:
    """What word processors put before lines is a mark of a list: lines below each other with it are events."""
    data = record(HEAD + "**Timeline**\n•\t8:26 AM: found\n•\t8:31 AM: told\n")
    assert [(event["at"], event["description"]) for event in data["timeline"]] == [
        ("2024-05-03T08:26", "found"),
        ("2024-05-03T08:31", "told"),
    ]


def test_groups_of_lessons_may_have_lines_in_bold() -> None:
    """What went well and wrong stands below lines in bold inside the lessons."""
    data = record(HEAD + "## Lessons\n\n**What went well**\n\n- a\n\n**What went wrong**\n\n- b\n")
    assert data["lessons"] == [{"description": "a", "group": "went-well"}, {"description": "b", "group": "went-wrong"}]


@pytest.mark.parametrize(
    "text",
    [
        "## Summary\n\nA.\n\n**Root cause**:\n\nB.\n",
        "## Summary\n\nA.\n\n**Details of the fix we made**\n\nB.\n",
        "## Summary\n\nA.\n\n**Impact:** all was down.\n",
    ],
)
def test_other_lines_in_bold_stay_in_their_text(text: str) -> None:
    """A lead inside a part that is told already, one with text behind it and one with other words are text."""
    data = record(HEAD + text)
    assert data["summary"] == text.partition("\n\n")[2].strip()
    assert "sections" not in data


def test_headings_that_run_into_their_text_are_headings() -> None:
    """Where a document has no other headings, words in bold that name parts begin these, in lines of their text."""
    data = record(
        "# Outage of 2024-05-03\n\nWe practise.\n\n**Summary.** All was down.\n\n**Root causes:** A typo.\n\n"
        "**Action items:**\n\n- Buy a disk\n"
    )
    assert data["summary"] == "All was down."
    assert data["root_cause"]["description"] == "A typo."
    assert data["preventive_measures"] == [{"description": "Buy a disk"}]
    assert [each["heading"] for each in data["sections"]] == ["Introduction"]
