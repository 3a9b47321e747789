"""Timelines in the structures that people write: tables, lists, headings, lines, and what a time means in them."""

from __future__ import annotations

from typing import Any, cast

import pytest

from afterword.documents import read

HEAD = "# Outage\n\nDate: 2024-05-03\n\n"


def events(timeline: str, head: str = HEAD, title: str = "## Timeline") -> list[tuple[str, str]]:
    """Return moment and description of each event below a title."""
    data = cast("dict[str, Any]", read(f"{head}{title}\n\n{timeline}\n", "f.md").data)
    return [(event["at"].removeprefix("2024-05-"), event["description"]) for event in data.get("timeline", [])]


TWO = [("03T10:42", "it fell"), ("03T10:50", "it rose")]


@pytest.mark.parametrize(
    "timeline",
    [
        "- 10:42 it fell\n- 10:50 it rose",
        "1. 10:42: it fell\n2. 10:50: it rose",
        "* **10:42** it fell\n* **10:50** it rose",
        "* **10:42**: it fell\n* **10:50:** it rose",
        "* [10:42] it fell\n* [10:50] it rose",
        "- `10:42` it fell\n- `10:50` it rose",
        "- 10:42 - it fell\n- 10:50 – it rose",
        "- 10:42 | it fell\n- 10:50 | it rose",
        "- 10:42 AM it fell\n- 10:50 AM it rose",
        "- 10:42\n  it fell\n- 10:50\n  it rose",
        "- 2024-05-03 10:42 - it fell\n- 2024-05-03 10:50 - it rose",
        "- May 3, 2024, 10:42 AM: it fell\n- May 3, 2024, 10:50 AM: it rose",
        "- 2024-05-03\n  - 10:42 it fell\n  - 10:50 it rose",
        "10:42 it fell\n10:50 it rose",
        "10:42 - it fell\n\n10:50 - it rose",
        "**10:42** it fell\n\n**10:50** it rose",
        "10:42\n\nit fell\n\n10:50\n\nit rose",
        "_2024-05-03_\n\n10:42: it fell\n\n10:50: it rose",
        "### 10:42\n\nit fell\n\n### 10:50\n\nit rose",
        "### 10:42 it fell\n\n### 10:50 it rose",
        "### 2024-05-03\n\n- 10:42 it fell\n- 10:50 it rose",
        "### 2024-05-03 (UTC)\n\n* [10:42] it fell\n* [10:50] it rose",
        "### Friday, May 3, 2024\n\n#### 10:42\n\nit fell\n\n#### 10:50\n\nit rose",
        "### Before the fix\n\n- 10:42 it fell\n\n### After the fix\n\n- 10:50 it rose",
        "| Time | Event |\n|---|---|\n| 10:42 | it fell |\n| 10:50 | it rose |",
        "| Event | Time |\n|---|---|\n| it fell | 10:42 |\n| it rose | 10:50 |",
        "| Date/Time | Description |\n|---|---|\n| 2024-05-03 10:42 | it fell |\n| 2024-05-03 10:50 | it rose |",
        "| Date | Time | What happened |\n|---|---|---|\n| 2024-05-03 | 10:42 | it fell |\n| | 10:50 | it rose |",
        "| Day | Date | Time | Event |\n|---|---|---|---|\n| Fri | May 3 | 10:42 | it fell |\n| | | 10:50 | it rose |",
        "| | |\n|---|---|\n| 10:42 | it fell |\n| 10:50 | it rose |",
        "Time | Event\n--- | ---\n10:42 | it fell\n10:50 | it rose",
        "| 时间 | 事件 |\n|---|---|\n| 10:42 | it fell |\n| 10:50 | it rose |",
        "| Uhrzeit | Ereignis |\n|---|---|\n| 10:42 Uhr | it fell |\n| 10:50 Uhr | it rose |",
    ],
)
def test_every_structure_tells_the_same_events(timeline: str) -> None:
    """Tables in any order of columns, lists, headings of days and times, and lines mean the same."""
    assert events(timeline) == TWO


def test_the_zone_is_said_once_for_all_times() -> None:
    """In a line, in the title, in the head of a column, or at each time."""
    for timeline, title in (
        ("All times in UTC.\n\n- 10:42 it fell", "## Timeline"),
        ("- 10:42 it fell", "## Timeline (all times UTC)"),
        ("| Time (UTC) | Event |\n|---|---|\n| 10:42 | it fell |", "## Timeline"),
        ("- 10:42 UTC it fell", "## Timeline"),
    ):
        data = cast("dict[str, Any]", read(f"{HEAD}{title}\n\n{timeline}\n", "f.md").data)
        assert (data["timezone"], data["timeline"][0]["at"]) == ("UTC", "2024-05-03T10:42")


def test_times_run_past_midnight_and_days_without_a_year_lie_near() -> None:
    """A time far back is on the next day, a slip of minutes is none, and a day without a year is in the incident's."""
    assert events("- 23:50 a\n- 00:10 b\n- 00:05 c\n- May 5, 09:00 d") == [
        *(("03T23:50", "a"), ("04T00:05", "c"), ("04T00:10", "b"), ("05T09:00", "d"))
    ]


def test_empty_and_merged_cells_mean_the_same_time() -> None:
    """A row without a time, or with a sign for the same, is beside the one above."""
    rows = "| 10:42 | a |\n| | b |\n| 〃 | c |\n| 10:50 | d |"
    assert events(f"| Time | Event |\n|---|---|\n{rows}") == [
        *(("03T10:42", "a"), ("03T10:42", "b"), ("03T10:42", "(〃) c"), ("03T10:50", "d"))
    ]


def test_stretches_count_from_the_first_event_or_from_the_one_before() -> None:
    """`T+5m` and `T+10m` are five minutes apart, `+5 min` follows the event before, and `T-10m` is before the first."""
    assert events("- 10:00 start\n- T+5m a\n- T+10m b\n- +5 min c\n- T-10m d") == [
        *(("03T09:50", "(T-10m) d"), ("03T10:00", "start"), ("03T10:05", "(T+5m) a")),
        *(("03T10:10", "(T+10m) b"), ("03T10:15", "(+5 min) c")),
    ]


def test_words_for_times_that_are_about_right_stay() -> None:
    """Ranges and approximate times keep their words before the description."""
    assert events("- ~10:42 a\n- 10:45–10:50 b\n- around noon c\n- 12:10? d") == [
        *(("03T10:42", "(~10:42) a"), ("03T10:45", "(10:45–10:50) b")),
        *(("03T12:00", "(around noon) c"), ("03T12:10", "(12:10?) d")),
    ]


def test_what_stands_below_a_time_belongs_to_it() -> None:
    """Code, quotations, nested lists and pictures below an entry are in its description."""
    below = "- 10:42 it fell\n\n  ```\n  top\n  ```\n\n  - one\n  - two\n\n  > said\n- 10:50 it rose"
    assert events(below)[0] == ("03T10:42", "it fell\n\n```\ntop\n```\n\n- one\n- two\n\n> said")


def test_days_of_their_own_beside_the_timeline_are_read() -> None:
    """Headings of days that stand beside an empty timeline, not inside it, are its days."""
    assert events("## May 3\n\n### 10:42\n\nit fell\n\n## May 4\n\n### 10:50\n\nit rose") == [
        *(("03T10:42", "it fell"), ("04T10:50", "it rose"))
    ]


def test_lists_of_labels_with_times_are_events() -> None:
    """`First detected: 2024-05-03 10:26` is an event that says what it is."""
    assert events("- First detected: 2024-05-03 10:26\n- Resolved 2024-05-03 11:00", title="## Key events") == [
        *(("03T10:26", "First detected: 2024-05-03 10:26"), ("03T11:00", "Resolved 2024-05-03 11:00"))
    ]


def test_a_timeline_of_steps_without_times_stays_as_it_is_written() -> None:
    """Steps that have no times are no events, and no word of them is lost."""
    data = cast("dict[str, Any]", read(f"{HEAD}## Timeline\n\n1. it fell\n2. it rose\n", "f.md").data)
    assert "timeline" not in data
    assert data["sections"][0] == {
        "heading": "Timeline",
        "body": "1. it fell\n2. it rose",
        "position": "after timeline",
    }


def test_a_table_of_times_is_the_timeline_where_no_section_is_one() -> None:
    """Whatever its title, a section of nothing but events with times is the timeline, unless another is called so."""
    table = "| Step | Hour (UTC) |\n|---|---|\n" + "".join(
        f"| Something of some length happened | 10:{minute} |\n" for minute in (42, 50, 55)
    )
    data = cast("dict[str, Any]", read(f"{HEAD}## Time to recover\n\n{table}", "f.md").data)
    assert [event["at"] for event in data["timeline"]] == [f"2024-05-03T10:{minute}" for minute in (42, 50, 55)]
    other = cast(
        "dict[str, Any]", read(f"{HEAD}## Timeline\n\n- 09:00 a\n\n## Time to recover\n\n{table}", "f.md").data
    )
    assert [event["at"] for event in other["timeline"]] == ["2024-05-03T09:00"]
    assert other["sections"][0]["heading"] == "Time to recover"


def test_a_column_of_texts_is_no_column_of_times_whatever_its_name() -> None:
    """`Momento` may head what happened at the hour of the next column."""
    rows = "| Se publicó la versión defectuosa | 10:42 |\n| Se retiró del todo otra vez | 10:50 |\n"
    table = f"| Momento | Hora |\n|---|---|\n{rows}"
    assert events(table, title="## Cronología") == [
        ("03T10:42", "Se publicó la versión defectuosa"),
        ("03T10:50", "Se retiró del todo otra vez"),
    ]


def test_a_log_in_code_is_a_timeline() -> None:
    """Lines in code that begin with times are events, with the day and the zone of a line above them."""
    fence = "```"
    log = (
        f"{fence}\n2024-05-03 (all times in UTC)\n\n\t10:42 it fell\n\t10:50 it rose\n{fence}\n\n"
        f"{fence}\n\t 1:00 PM it was over\n{fence}"
    )
    data = cast("dict[str, Any]", read(f"# Outage\n\n## Timeline\n\n{log}\n", "f.md").data)
    assert [event["at"] for event in data["timeline"]] == [f"2024-05-03T{at}" for at in ("10:42", "10:50", "13:00")]
    assert (data["date"], data["timezone"]) == ("2024-05-03", "UTC")


def test_code_that_is_no_log_belongs_to_its_event() -> None:
    """Code below an event is what was typed then."""
    found = events("- 10:42 it fell\n\n```\n10:41 ping\n```")
    assert found == [("03T10:42", "it fell\n\n```\n10:41 ping\n```")]
