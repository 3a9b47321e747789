"""What stands in the sections: facts, durations, timeline, steps, tables, contact."""

from __future__ import annotations

from typing import Any

import pytest

from afterword.compose import Furniture
from afterword.incident.parts import Kind
from afterword.report.nodes import (
    Block,
    BulletList,
    Facts,
    Figure,
    Foreign,
    Link,
    NumberedList,
    Paragraph,
    Report,
    Strong,
    Table,
    TimelineDrawing,
)
from afterword.report.walk import blocks, inlines, plain_text, words
from composing import cells, composed, paths, report, section, table, text


def event(time: str, description: str = "x", **fields: str) -> dict[str, str]:
    """Return an event at a time of day."""
    return {"time": time, "description": description, **fields}


def facts(found: Report, name: str = "overview") -> dict[str, str]:
    """Return the labels of a section's facts with their values."""
    block = next(each for each in section(found, name).blocks if isinstance(each, Facts))
    return {fact.label: plain_text(fact.value) for fact in block.facts}


def drawing(found: Report) -> tuple[TimelineDrawing, str]:
    """Return the timeline drawing with its text alternative."""
    return next(
        (each.content, each.alt)
        for each in blocks(found)
        if isinstance(each, Figure) and isinstance(each.content, TimelineDrawing)
    )


def only_list(found: tuple[Block, ...]) -> NumberedList:
    """Return the one numbered list of these blocks."""
    (block,) = (each for each in found if isinstance(each, NumberedList))
    return block


# --- title, facts, durations ---------------------------------------------------------------------------------------


def test_the_title_block_says_what_and_which() -> None:
    """Kind of document, title, id and date, and the marks of status, severity and stage."""
    block = report(id="0x19", title="Cards refused", severity="SEV1", status="closed").title_block
    assert (block.kicker, plain_text(block.title)) == ("Postmortem Report", "Cards refused")
    assert "0x19" in block.subtitle
    assert "August 13, 2023" in block.subtitle
    assert [(badge.text, badge.role) for badge in block.badges] == [
        ("Closed", "status"),
        ("SEV1", "severity"),
        ("Draft", "stage"),
    ]
    assert [badge.role for badge in report(stage="final").title_block.badges] == ["status"]


def test_the_title_block_has_authors_and_key_figures() -> None:
    """Names stand under the subtitle; each recorded duration stands in the row once, its units unbroken."""
    events = [
        event("08:00", kind="impact-start"),
        event("08:05", kind="detected"),
        event("08:06", kind="acknowledged"),
        event("10:07", kind="resolved"),
    ]
    found = report(authors=["Ada <ada@example.org>", "Bob"], timeline=events, status="resolved").title_block
    assert found.byline == "Ada, Bob"
    assert [(figure.label, figure.text) for figure in found.figures] == [
        ("Time to detect", "5\N{NO-BREAK SPACE}min"),
        ("Time to resolve", "2\N{NO-BREAK SPACE}hr 7\N{NO-BREAK SPACE}min"),
    ]
    assert report().title_block.figures == ()
    assert report().title_block.byline == ""


def test_the_smallest_report_has_the_facts_that_it_has() -> None:
    """Nothing is shown that was not recorded."""
    assert facts(report(timezone="")) == {"Incident ID": "1", "Date": "August 13, 2023", "Status": "Open"}


def test_every_fact_is_shown() -> None:
    """Several people on lines of their own, an address as a link."""
    found = facts(
        report(
            authors=["Ada <ada@example.org>", "Bob"],
            reviewers=[{"name": "Eve", "role": "Legal"}],
            responders=["Zoë"],
            severity="SEV1",
            services=["a", "b"],
            tags=["c"],
            classification="amber",
        )
    )
    assert found["Authors"] == "Ada (ada@example.org)\nBob"
    assert (found["Reviewers"], found["Responders"]) == ("Eve, Legal", "Zoë")
    assert (found["Severity"], found["Services"], found["Tags"]) == ("SEV1", "a, b", "c")
    assert (found["Time zone"], found["Classification"]) == ("UTC", "TLP:AMBER")
    assert "Author" in facts(report(authors=["Ada"]))


@pytest.mark.parametrize("label", ["red", "amber", "amber+strict", "green", "clear"])
def test_the_classification_marks_every_page(label: str) -> None:
    """The label stands in capitals and is never translated."""
    marking = report(classification=label, language="de").meta.marking
    assert marking is not None
    assert (marking.label, marking.role) == (f"TLP:{label.upper()}", label.replace("+", "-"))


def test_durations_are_a_table_where_any_is_known() -> None:
    """Unknown ones say so in words."""
    timeline = [event("08:45 AM", kind="detected"), event("01:00 PM", kind="closed")]
    rows = cells(table(report(timeline=timeline, status="closed"), "durations"))
    assert rows[0] == ["Measure", "Measured from", "Time taken"]
    assert rows[1] == ["Time to detect", "Start of impact", "Not applicable"]
    assert rows[5] == ["Total duration", "Detection", "4 hr 15 min"]
    assert not [
        each
        for each in blocks(report(timeline=[event("10:00")]))
        if isinstance(each, Table) and each.role == "durations"
    ]


# --- timeline ----------------------------------------------------------------------------------------------------


def test_the_timeline_is_a_figure_and_a_table() -> None:
    """The times as their author wrote them, and a word about the zone."""
    found = report(timeline=[event("08:45 AM", "Seen."), event("+2 min", "Known.")])
    assert cells(table(found, "timeline")) == [
        ["Time", "Event Description"],
        ["08:45 AM", "Seen."],
        ["08:47", "Known."],
    ]
    assert [type(block) for block in section(found, "timeline").blocks] == [Figure, Paragraph, Table]
    assert text(section(found, "timeline").blocks[1]) == "All times are local times of UTC (UTC+00:00)."


@pytest.mark.parametrize(
    ("times", "note"), [(("10:00", "11:00"), "without a time zone"), (("10:00Z", "11:00Z"), "offset from UTC")]
)
def test_a_note_says_how_times_are_given_without_a_zone(times: tuple[str, str], note: str) -> None:
    """As recorded, or with their offsets."""
    found = report(timezone="", timeline=[event(time) for time in times])
    assert note in text(section(found, "timeline").blocks[1])


def test_over_several_days_every_time_has_its_date() -> None:
    """In the table; the figure's axis has it where the day changes."""
    found = report(timeline=[event("11:50 PM"), event("00:10"), event("+26 h")])
    assert [row[0] for row in cells(table(found, "timeline"))[1:]] == [
        "Aug 13, 11:50 PM",
        "Aug 14, 00:10",
        "Aug 15, 02:10",
    ]
    figure, _ = drawing(found)
    assert [(tick.label, tick.day) for tick in figure.ticks if tick.day] == [("00:00", "Aug 14"), ("00:00", "Aug 15")]
    assert [(mark.time, mark.day) for mark in figure.marks][:2] == [("23:50", "Aug 13"), ("00:10", "Aug 14")]


def test_a_time_with_its_own_offset_is_shown_in_the_zone() -> None:
    """22:45Z on the 13th is the 14th in Berlin; the date beside it must be that of the time that is shown."""
    found = report(timezone="Europe/Berlin", timeline=[event("22:45Z"), event("+1 d")])
    assert cells(table(found, "timeline"))[1][0] == "Aug 14, 00:45"


def test_columns_are_there_only_if_they_hold_something() -> None:
    """Phases where an event has one, people where one is named; the widths always fill the table."""
    plain = table(report(timeline=[event("10:00")]), "timeline")
    full = table(report(timeline=[event("10:00", kind="detected", actor="Ada"), event("11:00")]), "timeline")
    assert cells(plain)[0] == ["Time", "Event Description"]
    assert cells(full) == [
        ["Time", "Phase", "Event Description", "Who"],
        ["10:00", "Detected", "x", "Ada"],
        ["11:00", "", "x", ""],
    ]
    assert [row.role for row in full.rows] == ["phase-detected", "phase-note"]
    for each in (plain, full):
        assert sum(column.width for column in each.columns) == pytest.approx(1)


def test_sources_of_events_are_shown() -> None:
    """Below the event, as a link where there is one."""
    timeline = [
        event("10:00", source="Slack", link="https://example.org/1"),
        event("11:00", link="https://example.org/2"),
    ]
    found = report(timeline=timeline)
    assert [row[1] for row in cells(table(found, "timeline"))[1:]] == [
        "x\nSource: Slack",
        "x\nSource: https://example.org/2",
    ]
    assert [each.target for each in inlines(found) if isinstance(each, Link)] == [
        "https://example.org/1",
        "https://example.org/2",
    ]


def test_the_figure_has_every_event_phase_and_tick() -> None:
    """Seconds from its start, phases between milestones, and ticks at round times."""
    timeline = [
        event("08:45", kind="detected"),
        event("09:15"),
        event("11:00", kind="mitigated"),
        event("12:30", kind="resolved"),
    ]
    found, alt = drawing(report(timeline=timeline, impact={"started_at": "08:15", "ended_at": "12:45"}))
    assert found.length == 4.5 * 3600
    assert [(mark.at, mark.is_event) for mark in found.marks] == [
        (0, False),
        (1800, True),
        (3600, True),
        (9900, True),
        (15300, True),
    ]
    assert [mark.label for mark in found.marks] == ["Impact starts", "Detected", "", "Mitigated", "Resolved"]
    assert [(span.label, span.start, span.end) for span in found.spans] == [
        ("Undetected", 0, 1800),
        ("Until mitigated", 1800, 9900),
        ("Until resolved", 9900, 15300),
    ]
    assert [(tick.at, tick.label) for tick in found.ticks][:2] == [(2700, "09:00"), (6300, "10:00")]
    assert len(found.ticks) <= 9
    assert "4 events" in alt
    assert "Impact starts 08:15; Detected 08:45; Mitigated 11:00; Resolved 12:30." in alt


@pytest.mark.parametrize("stretch", ["0 min", "1 s", "59 min", "25 h", "3 d", "40 d", "900 d", "9000 d"])
def test_ticks_are_few_and_inside_however_long_it_took(stretch: str) -> None:
    """From one moment to a quarter of a century."""
    found, alt = drawing(report(timezone="Europe/Berlin", timeline=[event("00:10"), event(f"+{stretch}")]))
    assert all(0 <= tick.at <= found.length for tick in found.ticks)
    assert [tick.at for tick in found.ticks] == sorted({tick.at for tick in found.ticks})
    assert len(found.ticks) <= 10
    assert found.length >= 60
    assert "2 events" in alt


def test_one_event_is_told_as_one() -> None:
    """From when to when makes no sense of a single moment."""
    assert "One event, at August 13, 2023, 10:00." in drawing(report(timeline=[event("10:00")]))[1]


def test_every_kind_of_event_has_a_name() -> None:
    """None of them is shown by its key."""
    timeline = [event("10:00", kind=kind.value) for kind in Kind]
    names = [row[1] for row in cells(table(report(timeline=timeline), "timeline"))[1:]]
    assert len(set(names)) == len(Kind)
    assert not {kind.value for kind in Kind} & set(names)


# --- steps, lessons, actions -----------------------------------------------------------------------------------------


def test_steps_are_numbered_with_bold_lead_ins() -> None:
    """A title opens its step in bold; a step without one begins with its text."""
    found = section(
        report(resolution=[{"title": "Then", "description": "we fixed it."}, "And rested.", {"title": "Only"}]),
        "resolution",
    )
    steps = only_list(found.blocks)
    assert (steps.role, steps.start) == ("steps", 1)
    assert [text(*item.blocks) for item in steps.items] == ["Then: we fixed it.", "And rested.", "Only"]
    first = steps.items[0].blocks[0]
    assert isinstance(first, Paragraph)
    assert isinstance(first.children[0], Strong)


def test_the_steps_have_an_opening_sentence_only_where_the_author_has_none() -> None:
    """The seed's sentence is not said twice."""
    sentence = "To address the incident, the following steps were taken:"
    assert text(section(report(resolution=["a"]), "resolution").blocks[0]) == sentence
    own = report(resolution={"description": "We did this:", "steps": ["a"]})
    assert sentence not in text(*section(own, "resolution").blocks)


@pytest.mark.parametrize(
    "description", ["```\ncode\n```", "- a\n- b", "> q", "# H\n\nt", "| a |\n|---|\n| b |", "p\n\n```\nc\n```"]
)
def test_a_lead_in_stands_before_whatever_its_text_begins_with(description: str) -> None:
    """Code, lists and tables cannot hold it; nothing of the text is lost."""
    found = only_list(section(report(lessons=[{"title": "Lead", "description": description}]), "lessons").blocks)
    assert text(*found.items[0].blocks).startswith("Lead")
    shown = words(report(lessons=[{"title": "Lead", "description": description}]))
    plain = words(report(summary=description))
    assert [word for word in plain if word not in shown] == []


def test_lessons_with_a_group_stand_below_its_heading() -> None:
    """Each group counts anew, and keeps the author's order."""
    lessons = [
        {"title": "a", "group": "lucky"},
        "b",
        {"title": "c", "group": "went-well"},
        {"title": "d", "group": "lucky"},
    ]
    found = section(report(lessons=lessons), "lessons")
    assert [text(*item.blocks) for item in only_list(found.blocks).items] == ["b"]
    groups = {
        plain_text(below.title): [text(*item.blocks) for item in only_list(below.blocks).items]
        for below in found.sections
    }
    assert groups == {"What Went Well": ["c"], "Where We Got Lucky": ["a", "d"]}


def test_actions_have_the_columns_that_are_filled_in() -> None:
    """Those with an owner, a date, a state or a ticket are in the table, those with a text among the steps."""
    found = report(
        preventive_measures=[
            {"title": "A", "description": "do it", "owner": "Ada <ada@example.org>", "due": "2023-09-30"},
            {"title": "B", "status": "in progress", "ticket": "https://example.org/1"},
            "just said",
        ]
    )
    assert cells(table(found, "actions")) == [
        ["Action", "Owner", "Due", "Status", "Ticket"],
        ["A", "Ada (ada@example.org)", "Sep 30, 2023", "", ""],
        ["B", "", "", "In progress", "example.org/1"],
    ]
    steps = only_list(section(found, "prevention").blocks)
    assert [text(*item.blocks) for item in steps.items] == ["A: do it", "just said"]
    assert sum(column.width for column in table(found, "actions").columns) == pytest.approx(1)


@pytest.mark.parametrize(
    ("ticket", "name"),
    [
        ("OPS-7", "OPS-7"),
        ("https://tracker.example.org/projects/a/issues/OPS-7?view=detail&tab=history", "OPS-7"),
        ("https://linear.example.org/team/issue/ENG-123/a-title", "ENG-123"),
        ("https://git.example.org/team/shop/-/issues/12", "issues/12"),
        ("https://bugs.example.org/show.cgi?id=12", "https://bugs.example.org/show.cgi?id=12"),
        ("https://example.org/a_(b)/12", "https://example.org/a_(b)/12"),
        ("https://example.org", "https://example.org"),
        ("https://web-1/", "https://web-1/"),
    ],
)
def test_a_ticket_at_an_address_is_shown_by_its_name(ticket: str, name: str) -> None:
    """A link to a tracker has the ticket's name as its text where the address tells it, and keeps its target."""
    found = report(preventive_measures=[{"title": "A", "ticket": ticket}])
    assert cells(table(found, "actions"))[1] == ["A", name]
    targets = [each.target for each in inlines(found) if isinstance(each, Link)]
    assert targets == ([ticket] if ticket.startswith("https") else [])


def test_without_anything_to_track_there_is_no_table() -> None:
    """The seed's measures are only told."""
    found = report(preventive_measures=["a", {"title": "b", "description": "c"}])
    assert [type(block) for block in section(found, "prevention").blocks] == [NumberedList]


# --- impact, causes, references, contact -------------------------------------------------------------------------


def test_the_impact_has_facts_and_numbers() -> None:
    """When it was felt, where, and how much; estimates are called so."""
    impact = {
        "description": "Bad.",
        "started_at": "08:31",
        "ended_at": "12:30",
        "services": ["a", "b"],
        "customers": "All.",
        "data_loss": "None.",
        "measures": [{"name": "Failed", "value": 1840, "unit": "%", "basis": "Estimate"}, {"name": "Lost", "value": 1}],
    }
    found = report(impact=impact)
    assert facts(found, "impact") == {
        "Services affected": "a, b",
        "Start of impact": "August 13, 2023, 08:31",
        "End of impact": "August 13, 2023, 12:30",
    }
    assert cells(table(found, "measures"))[1:] == [["Failed", "1840", "%", "Estimate"], ["Lost", "1", "", "Actual"]]
    assert [plain_text(below.title) for below in section(found, "impact").sections] == [
        "Customers Affected",
        "Data Loss",
    ]


def test_the_five_whys_are_counted_and_factors_are_not() -> None:
    """An order that means something is a numbered list."""
    found = section(
        report(root_cause={"five_whys": ["a", "b"], "contributing_factors": ["c"], "trigger": "d"}), "root-cause"
    )
    kinds = {plain_text(below.title): type(below.blocks[0]) for below in found.sections}
    assert kinds["Five Whys"] is NumberedList
    assert kinds["Contributing Factors"] is BulletList
    assert next(iter(kinds)) == "Trigger"


def test_references_are_links() -> None:
    """A title and its address, either of them alone, or nothing."""
    found = report(references=[{"title": "A", "url": "https://example.org/a"}, "https://example.org/b", "C"])
    (items,) = section(found, "references").blocks
    assert text(items).splitlines() == ["A: https://example.org/a", "https://example.org/b", "C"]


@pytest.mark.parametrize(
    ("contact", "sentence"),
    [
        ("Ada <ada@example.org>", "please contact Ada at ada@example.org."),
        ("Ada", "please contact Ada."),
        ({"name": "Ada {email}", "role": "CTO"}, "please contact Ada {email} (CTO)."),
    ],
)
def test_the_contact_line_closes_the_report(contact: Any, sentence: str) -> None:  # noqa: ANN401 (any form of a person)
    """With an address or without one; what stands in a name is not filled in."""
    found = report(contact=contact)
    assert text(*found.closing).endswith(sentence)
    targets = [each.target for each in inlines(found) if isinstance(each, Link)]
    assert targets == (["mailto:ada@example.org"] if "@" in sentence else [])
    assert report().closing == ()


# --- language, furniture ---------------------------------------------------------------------------------------------


def test_text_in_another_language_than_the_reports_is_marked() -> None:
    """Everything that the author wrote, plain text and prose, and none of the fixed words."""
    fields = {
        "title": "Title",
        "summary": "one **two**\n\n- three\n\n## four",
        "resolution": [{"title": "five", "description": "six"}],
    }
    found = report(language="de", stage="final", **fields)
    marked = [each for each in inlines(found) if isinstance(each, Foreign)]
    assert {each.language for each in marked} == {"en"}
    own = " ".join(plain_text(each.children) for each in marked).split()
    assert {"Title", "one", "two", "three", "four", "five", "six"} <= set(own)
    assert "Status" not in own
    assert found.meta.language == "de"
    assert words(found) != words(report(stage="final", **fields))


def test_text_in_the_reports_own_language_is_not_marked() -> None:
    """There is nothing to say."""
    assert not [each for each in inlines(report(summary="one")) if isinstance(each, Foreign)]


def test_the_direction_follows_the_language() -> None:
    """Arabic and Hebrew run from right to left."""
    assert [report(language=tag).meta.direction for tag in ("ar", "he", "en", "am")] == ["rtl", "rtl", "ltr", "ltr"]


def test_headers_and_footers_are_filled_in_once() -> None:
    """What stands in a title is text, even if it looks like a field."""
    furniture = Furniture("{title} · {id} · {date}", "{stage} {other} {}")
    meta = composed(id="{title}", title="{stage} {id}", furniture=furniture).report.meta
    assert meta.header == "{stage} {id} · {title} · August 13, 2023"
    assert meta.footer == "Draft {other} {}"


def test_fields_keep_their_paths() -> None:
    """Word puts controls around them, and reading back needs to know which is which."""
    found = report(
        summary="s",
        authors=["Ada <a@example.org>"],
        timeline=[event("10:00", kind="detected", actor="Ada")],
        root_cause={"five_whys": ["why"]},
        resolution=[{"title": "t", "description": "d"}],
    )
    assert {
        "title", "id", "date", "status", "summary", "authors[0].name", "authors[0].email", "timeline[0].time",
        "timeline[0].kind", "timeline[0].actor", "timeline[0].description", "root_cause.five_whys[0]",
        "resolution.steps[0].title", "resolution.steps[0].description",
    } <= set(paths(found))  # fmt: skip
