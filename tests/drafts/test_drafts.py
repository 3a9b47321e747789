"""Drafts that we made come back: exactly where nobody touched them, and with every edit where somebody did."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from draft_making import RECORD, Edit, draft_of, draft_of_incident
from hypothesis import given, settings

from afterword.api import render
from afterword.drafts import read
from afterword.drafts.comparing import with_edits
from afterword.drafts.prose import exchanged
from afterword.incident.audience import Audience
from afterword.incident.edition import edition as edition_for
from afterword.incident.model import Incident
from afterword.loading import load_source
from afterword.readers.docx.package import opened
from afterword.readers.docx.record import record_in
from afterword.readers.notes import NoteKind
from afterword.readers.source import Source, path_text
from afterword.theme.load import load_theme
from incident_strategies import FEW, incidents

pytestmark = pytest.mark.xdist_group("drafts")  # what several tests look at is made once

SAID = 'w:id="77" w:author="Grace" w:date="2024-05-03T10:00:00Z"'


@pytest.fixture(scope="module")
def draft() -> bytes:
    """Return the draft of a record with something in every part."""
    return draft_of(RECORD)


@pytest.fixture
def edit(draft: bytes) -> Edit:
    """Return the draft, open in Word."""
    return Edit(draft)


def came_back(edit: Edit) -> Source:
    """Return what comes of a draft that is saved; it is a valid record."""
    source = read(edit.saved(), "a.docx")
    assert load_source(source).incident is not None
    return source


def notes(source: Source, kind: NoteKind = NoteKind.FOUND) -> list[tuple[str, str]]:
    """Return path and words of the notes of a kind."""
    return [(path_text(note.path), note.words) for note in source.notes if note.kind is kind]


def test_an_untouched_draft_is_its_record(draft: bytes) -> None:
    """Byte for byte what was put in, and nothing to tell."""
    source = read(draft, "a.docx")

    assert source.data == Incident.model_validate(RECORD).as_data()
    assert source.notes == ()
    assert str(source.place(("title",))) == "a.docx"


def test_a_draft_that_was_only_saved_again_has_no_edits(edit: Edit) -> None:
    """Another program has packed it anew, and its text is the same."""
    source = came_back(edit)

    assert source.data == Incident.model_validate(RECORD).as_data()
    assert source.notes == ()


@settings(FEW, max_examples=8)
@given(incidents(hostile=True))
def test_no_draft_of_any_record_has_edits_that_nobody_made(incident: Incident) -> None:
    """Comparing finds nothing where nothing was done, whatever the record says."""
    package = opened(draft_of_incident(incident), "a.docx")
    record = record_in(package)
    assert record is not None
    source = with_edits(record, package)

    assert (source.data, source.notes) == (record.data, ())


def test_fields_that_were_typed_over_win(edit: Edit) -> None:
    """Each is told with what it said before; values are read as values, and what is not shown stays."""
    edit.type("title", "Cards were refused")
    edit.type("status", "Resolved")
    edit.type("date", "August 14, 2023")
    edit.type("services", "gateway, ledger")
    edit.type("timeline[0].time", "08:50")
    edit.type("timeline[1].description", "Grace looks.")
    edit.type("impact.measures[0].value", "1300")
    edit.type("preventive_measures[0].owner.name", "Grace Hopper")
    edit.type("preventive_measures[1].due", "Sep 5, 2023")
    edit.type("sections[0].heading", "Food")

    source = came_back(edit)

    expected = Incident.model_validate(RECORD).as_data()
    at: Any = source.value
    assert (at(("title",)), at(("status",)), at(("date",))) == ("Cards were refused", "resolved", "2023-08-14")
    assert at(("services",)) == ["gateway", "ledger"]
    assert at(("timeline", 0)) == {
        "at": "2023-08-13T08:50:00+02:00",
        "description": "Alert fires.",
        "kind": "detected",
    }
    assert at(("timeline", 1)) == {**expected["timeline"][1], "description": "Grace looks."}  # type: ignore[index] # data of a known shape
    assert at(("impact", "measures", 0, "value")) == "1300"
    assert at(("preventive_measures", 0, "owner", "name")) == "Grace Hopper"
    assert at(("preventive_measures", 1, "due")) == "2023-09-05"
    assert at(("sections", 0)) == {"heading": "Food", "body": "Pizza.", "position": "after-impact"}
    assert at(("extra",)) == {"tool": {"key": "kept"}}
    assert ("title", "edited: 'Checkout refused cards' → 'Cards were refused'") in notes(source)
    assert len(source.notes) == 10


ABROAD: dict[str, Any] = {
    **{key: value for key, value in RECORD.items() if key != "timezone"},
    "impact": {**RECORD["impact"], "started_at": "2023-08-13T08:40:00+02:00", "ended_at": "2023-08-13T23:30:00+02:00"},
}
"""The record without a zone, so that its times are shown with their offsets."""


@pytest.mark.parametrize(
    ("said", "offset"),
    [("UTC+01:00", "+01:00"), ("UTC", "Z"), ("Z", "Z"), ("GMT-5:30", "-05:30"), ("", "+02:00")],
)
def test_an_offset_that_the_author_writes_is_taken(said: str, offset: str) -> None:
    """Of events and of the impact; where none is written, the one stays that the moment had."""
    edit = Edit(draft_of(ABROAD))
    edit.type("timeline[2].time", f"09:35 {said}")
    edit.type("impact.started_at", f"August 13, 2023, 08:42 {said}")

    source = came_back(edit)

    assert source.value(("timeline", 2, "at")) == f"2023-08-13T09:35:00{offset}"
    assert source.value(("impact", "started_at")) == f"2023-08-13T08:42:00{offset}"


def test_a_zone_without_an_offset_of_its_own_is_told() -> None:
    """Whether it is summer there is not guessed: the record keeps what it had."""
    edit = Edit(draft_of(ABROAD))
    edit.type("timeline[1].time", "09:05 CET")
    edit.type("impact.started_at", "August 13, 2023, 08:42 CST")

    source = came_back(edit)

    assert source.data == Incident.model_validate(ABROAD).as_data()
    assert sorted(path for path, _ in notes(source, NoteKind.LEFTOVER)) == ["impact.started_at", "timeline[1].time"]


def test_another_day_has_no_offset_of_its_neighbour() -> None:
    """In a record with a zone a moment in winter has not the offset of one in summer."""
    edit = Edit(draft_of({**RECORD, "impact": {**ABROAD["impact"], "ended_at": "2024-02-01T09:30:00+01:00"}}))
    edit.type("impact.started_at", "January 13, 2024, 08:42")

    assert came_back(edit).value(("impact", "started_at")) == "2024-01-13T08:42:00"


def test_a_value_that_is_none_stays_and_is_told(edit: Edit) -> None:
    """No guess: the record keeps what it had."""
    edit.type("status", "somehow fine")

    source = came_back(edit)

    assert source.value(("status",)) == "closed"
    words = "edited, and not understood as a value: 'Closed' → 'somehow fine'"
    assert notes(source, NoteKind.LEFTOVER) == [("status", words)]


def test_of_prose_only_what_was_changed_is_exchanged(edit: Edit) -> None:
    """The block of code keeps its language, which no Word document shows."""
    last = [each for each in edit.document.element.body.iter(qn("w:t")) if each.text == "Nobody saw it."]
    last[0].text = "Everybody saw it."

    source = came_back(edit)

    text = "Cards were refused.\n\n```bash\ncurl -I gateway\n```\n\nEverybody saw it."
    assert source.value(("summary",)) == text


def test_rows_and_items_come_and_go(edit: Edit) -> None:
    """A row that is deleted, one that is added and one that is copied; a lesson, a factor, a step, a measure."""
    row = edit.around("timeline[1].description", "w:tr")
    edit.add_row("timeline[0].description", "08:55", "Communicated", "Status page.", "Grace")
    row.getparent().remove(row)
    edit.add_like("lessons[0].description", "Sleep more.")
    edit.add_like("root_cause.contributing_factors[1]", "No time")
    edit.add_like("resolution.steps[0].description", "Wait.")
    edit.add_row("preventive_measures[0].due", "Alarm", "Detect", "Grace Hopper", "Oct 1, 2023", "In progress")

    source = came_back(edit)

    at: Any = source.value
    assert [(each["at"], each["description"]) for each in at(("timeline",))] == [
        ("2023-08-13T08:45:00+02:00", "Alert fires."),
        ("2023-08-13T08:55:00+02:00", "Status page."),
        ("2023-08-13T09:30:00+02:00", "It is *over*."),
    ]
    assert at(("timeline", 1)) == {
        "at": "2023-08-13T08:55:00+02:00", "kind": "communicated", "description": "Status page.", "actor": "Grace"
    }  # fmt: skip
    assert at(("lessons", 1)) == {"description": "Sleep more.", "group": "went-wrong"}
    assert at(("root_cause", "contributing_factors")) == ["No probe", "No runbook", "No time"]
    assert [each["description"] for each in at(("resolution", "steps"))] == ["It was renewed.", "Wait.", "Restart."]
    assert at(("preventive_measures", 1)) == {
        "title": "Alarm",
        "type": "detect",
        "owner": {"name": "Grace Hopper"},
        "due": "2023-10-01",
        "status": "in-progress",
    }
    assert ("timeline", "deleted: 'Ada looks.'") in notes(source)


def test_a_copied_row_is_a_new_event(edit: Edit) -> None:
    """Word copies the controls too; the original keeps them."""
    import copy

    row = edit.around("timeline[2].description", "w:tr")
    new = copy.deepcopy(row)
    texts = [each for each in new.iter(qn("w:t")) if each.text == "over"]
    texts[0].text = "over now"
    row.addnext(new)

    source = came_back(edit)

    events: Any = source.value(("timeline",))
    assert [each["description"] for each in events][2:] == ["It is *over*.", "It is *over now*."]


@pytest.mark.parametrize("at", [0, 1])
def test_a_copied_item_is_a_new_item(edit: Edit, at: int) -> None:
    """An item that is copied with its control and typed over stands behind the one that it was copied from."""
    import copy

    factors = ["No probe", "No runbook"]
    paragraph = edit.around(f"root_cause.contributing_factors[{at}]", "w:p")
    new = copy.deepcopy(paragraph)
    next(new.iter(qn("w:t"))).text = "Nobody was trained"
    paragraph.addnext(new)

    source = came_back(edit)

    factors.insert(at + 1, "Nobody was trained")
    assert source.value(("root_cause", "contributing_factors")) == factors
    assert [path for path, _ in notes(source)] == ["root_cause.contributing_factors"]


def test_an_event_of_several_paragraphs_that_lost_its_controls_comes_back() -> None:
    """Its description stands in two controls, the first with a line break in it; both are one field."""
    said = "Ada looks  \nat the gateway.\n\nThen she calls Grace, who knows the certificate."
    timeline = [
        {**event, "description": said if at == 1 else event["description"]}
        for at, event in enumerate(RECORD["timeline"])
    ]
    edit = Edit(draft_of({**RECORD, "timeline": timeline}))
    edit.lose_controls()
    for old, new in (
        ("Ada looks", "Ada stares"),
        ("Then she calls Grace, who knows the certificate.", "Then she calls Alan, who knows the certificate."),
    ):
        text = next(each for each in edit.document.element.body.iter(qn("w:t")) if each.text == old)
        text.text = new

    source = came_back(edit)

    assert source.value(("timeline", 1, "description")) == said.replace("looks", "stares").replace("Grace", "Alan")
    assert [path for path, _ in notes(source)] == ["timeline[1].description"]


def test_sections_and_paragraphs_are_added(edit: Edit) -> None:
    """A new heading with what is below it stands after the section before it; a paragraph belongs to its prose."""
    edit.before("Conclusion", "Regulatory notice", "Nobody had to be told.", "Not even us.")
    edit.control("conclusion").addnext(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>Ever.</w:t></w:r></w:p>"))

    source = came_back(edit)

    assert source.value(("sections", 1)) == {
        "heading": "Regulatory notice",
        "body": "Nobody had to be told.\n\nNot even us.",
        "position": "after prevention",
    }
    assert source.value(("conclusion",)) == "Never again.\n\nEver."
    assert ("sections", "added: 'Regulatory notice'") in notes(source)


def test_a_picture_that_was_added_comes_along(edit: Edit) -> None:
    """With its bytes, beside the record; pictures that we drew do not."""
    picture = next((Path(__file__).parents[2] / "samples" / "media").glob("*.png"))
    paragraph = edit.document.add_paragraph()
    paragraph.add_run().add_picture(str(picture))
    edit.control("conclusion").addnext(paragraph._p)

    source = came_back(edit)

    assert list(source.files.values()) == [picture.read_bytes()]
    assert f"]({next(iter(source.files))})" in str(source.value(("conclusion",)))


def test_emptied_fields_go_if_they_may(edit: Edit) -> None:
    """One that the record needs stays, and is told."""
    edit.type("severity", "")
    edit.type("title", "")
    edit.type("timeline[0].description", "")

    source = came_back(edit)

    assert source.value(("severity",)) is None
    assert source.value(("title",)) == "Checkout refused cards"
    assert [path for path, _ in notes(source, NoteKind.LEFTOVER)] == ["title", "timeline[0].description"]


def test_tracked_changes_and_comments(edit: Edit) -> None:
    """Insertions are read as text; deletions and comments of reviewers are told, our own comments are not."""
    content = edit.control("conclusion").find(qn("w:sdtContent"))
    for each in list(content.iter(qn("w:r"))):
        parent = each.getparent()
        parent.replace(
            each, parse_xml(f"<w:del {nsdecls('w')} {SAID}><w:r><w:delText>Never again.</w:delText></w:r></w:del>")
        )
        parent.append(parse_xml(f"<w:ins {nsdecls('w')} {SAID}><w:r><w:t>Once more.</w:t></w:r></w:ins>"))
    edit.document.add_comment(edit.document.paragraphs[0].runs, text="Is this so?", author="Grace", initials="G")

    source = came_back(edit)

    assert source.value(("conclusion",)) == "Once more."
    told = [words for _, words in notes(source, NoteKind.LEFTOVER)]
    assert "deleted by Grace, 2024-05-03: Never again." in told
    assert any(words.startswith("comment by Grace") and words.endswith("Is this so?") for words in told)
    assert len(told) == 2


def test_what_looks_like_ours_beside_the_text_is_told() -> None:
    """Text that somebody hid and comments of people are theirs, whatever they begin with."""
    edit = Edit(draft_of(RECORD))
    hidden = f"<w:r {nsdecls('w')}><w:rPr><w:vanish/></w:rPr><w:t>picture of the hall</w:t></w:r>"
    next(edit.control("conclusion").iter(qn("w:r"))).addnext(parse_xml(hidden))
    edit.document.add_comment(edit.document.paragraphs[0].runs, text="Who?", author="Afterword readers", initials="A")

    told = [words for _, words in notes(came_back(edit), NoteKind.LEFTOVER)]

    assert "hidden: picture of the hall" in told
    assert any(words.startswith("comment by Afterword readers") for words in told)
    assert len(told) == 2


def test_an_edition_comes_back_as_that_edition() -> None:
    """It is a record of its own, and says which one it is."""
    edition = edition_for(Incident.model_validate(RECORD), Audience.STAKEHOLDER).incident
    edited = Edit(draft_of_incident(edition))
    edited.type("title", "For you")

    source = came_back(edited)

    assert (source.value(("edition",)), source.value(("title",))) == ("stakeholder", "For you")
    assert len(source.data["timeline"]) == 2  # type: ignore[arg-type,index,call-overload] # data of a known shape


def test_a_damaged_record_inside_is_told(draft: bytes) -> None:
    """It is a fault of the file, with a place and no traceback."""
    import io
    import zipfile

    from afterword.errors import SourceError

    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(draft)) as before, zipfile.ZipFile(file, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            after.writestr(name, data.replace(b'"id"', b"id") if name == "customXml/item1.xml" else data)
    with pytest.raises(SourceError) as caught:
        read(file.getvalue(), "a.docx")
    assert caught.value.findings[0].code == "AW116"


@pytest.mark.parametrize(
    ("source", "before", "after", "expected"),
    [
        (
            "a\n\n~~~sh\nb\n\nc\n~~~\n\nd",
            "a\n\n```\nb\n\nc\n```\n\nd",
            "a\n\n```\nb\n\nc\n```\n\ne",
            "a\n\n~~~sh\nb\n\nc\n~~~\n\ne",
        ),
        ("a\nb\n\nc", "a b\n\nc", "a b\n\nx\n\nc", "a\nb\n\nx\n\nc"),
        ("a\n\n## B\n\nc", "a", "x", "x\n\n## B\n\nc"),
        ("a", "b\n\nc", "d", "d"),
        ("", "", "d", "d"),
    ],
)
def test_prose_is_exchanged_by_paragraphs(source: str, before: str, after: str, expected: str) -> None:
    """Where source and draft have as many; what is below a heading of the prose stays in any case."""
    assert exchanged(source, before, after) == expected


def test_items_that_were_moved_stand_in_their_new_order(edit: Edit) -> None:
    """Steps, factors and rows of measures that the author moved; each is told once, and nothing else."""
    edit.move("resolution.steps[0].description", "resolution.steps[1].description", "w:p")
    edit.move("root_cause.contributing_factors[0]", "root_cause.contributing_factors[1]", "w:p")
    edit.move("preventive_measures[0].due", "preventive_measures[1].due", "w:tr")

    source = came_back(edit)

    at: Any = source.value
    assert [each["description"] for each in at(("resolution", "steps"))] == ["Restart.", "It was renewed."]
    assert at(("root_cause", "contributing_factors")) == ["No runbook", "No probe"]
    assert [each["title"] for each in at(("preventive_measures",))] == ["Runbook", "Probe"]
    assert sorted(words for _, words in notes(source)) == [
        "moved: 'No runbook'",
        "moved: 'Restart.'",
        "moved: 'Runbook | | Grace Hopper | Sep 2, 2023 | Done'",
    ]
    assert notes(source, NoteKind.LEFTOVER) == []


def test_events_stand_in_the_order_of_their_times(edit: Edit) -> None:
    """A row that was moved and says the same time is told; one whose time was typed over goes where it says."""
    edit.move("timeline[0].time", "timeline[2].time", "w:tr")
    source = came_back(edit)
    assert source.data == Incident.model_validate(RECORD).as_data()
    assert [words[:21] for _, words in notes(source, NoteKind.LEFTOVER)] == ["moved: '08:45 AM | De"]

    edit.type("timeline[0].time", "10:15")
    source = came_back(edit)
    events: Any = source.value(("timeline",))
    assert [each["description"] for each in events] == ["Ada looks.", "It is *over*.", "Alert fires."]
    assert notes(source, NoteKind.LEFTOVER) == []


def test_a_new_event_finds_its_place_across_a_change_of_clocks() -> None:
    """Moments with two offsets are compared as moments."""
    timeline = [{"at": f"2024-10-2{at}T09:00:00+0{3 - at // 7}:00", "description": f"D{at}."} for at in (6, 7)]
    edit = Edit(draft_of({**RECORD, "date": "2024-10-26", "timeline": timeline}))
    edit.type("timeline[0].description", "First.")
    edit.add_row("timeline[0].description", "Oct 27, 10:00", "Second.")

    events: Any = came_back(edit).value(("timeline",))

    assert [each["description"] for each in events] == ["First.", "D7.", "Second."]


def test_lessons_and_sections_are_moved(edit: Edit) -> None:
    """A lesson below the heading of another group is of that group; a section has the place that it stands at."""
    edit.move("lessons[0].description", "lessons[1].description", "w:p")
    heading = edit.around("sections[0].heading", "w:p")
    body = edit.control("sections[0].body")
    goal = next(each for each in edit.document.paragraphs if each.text == "Conclusion")._p
    goal.addprevious(heading)
    goal.addprevious(body)

    source = came_back(edit)

    at: Any = source.value
    assert [each["group"] for each in at(("lessons",))] == ["went-well", "went-well"]
    assert source.value(("sections", 0, "position")) == "after prevention"
    assert {path for path, _ in notes(source)} == {"lessons[0].group", "sections[0].position"}


def test_paragraphs_that_were_joined_are_one(edit: Edit) -> None:
    """By hand, or as a tracked change that takes the end of the first one out."""
    record = {**RECORD, "conclusion": "Never again.\n\nEver."}
    tracked, edit = Edit(draft_of(record)), Edit(draft_of(record))
    first, second = edit.control("conclusion").iter(qn("w:p"))
    first.append(parse_xml(f'<w:r {nsdecls("w")}><w:t xml:space="preserve"> Ever.</w:t></w:r>'))
    second.getparent().remove(second)
    mark = parse_xml(f"<w:pPr {nsdecls('w')}><w:rPr><w:del {SAID}/></w:rPr></w:pPr>")
    paragraph = next(tracked.control("conclusion").iter(qn("w:p")))
    paragraph.insert(0, mark)

    source = came_back(edit)
    assert source.value(("conclusion",)) == "Never again. Ever."
    assert notes(source) == [("conclusion", "edited: 'Never again. ¶ Ever.' → 'Never again. Ever.'")]
    assert came_back(tracked).value(("conclusion",)) == "Never again.Ever."


def test_a_row_whose_deletion_is_tracked_is_deleted(edit: Edit) -> None:
    """The event goes, and is told once with all its cells."""
    row = edit.around("timeline[1].description", "w:tr")
    row.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')} {SAID}/>"))

    source = came_back(edit)

    events: Any = source.value(("timeline",))
    assert [each["description"] for each in events] == ["Alert fires.", "It is *over*."]
    assert notes(source) == [("timeline", "deleted: 'Ada looks.'")]
    assert notes(source, NoteKind.LEFTOVER) == [("", "deleted row: 09:00 | Ada looks. | Ada")]


def test_tables_lists_and_code_are_added_as_they_stand(edit: Edit) -> None:
    """To the prose before them, whole, with a note on each stretch of new text."""
    table = edit.document.add_table(2, 2)
    for at, text in enumerate(("Bank", "Lost", "A", "7")):
        table.cell(at // 2, at % 2).text = text
    conclusion = edit.control("conclusion")
    conclusion.addnext(table._tbl)
    for style, text in (("Code", "b"), ("Code", "a"), ("ListBullet", "two"), ("ListBullet", "one")):
        conclusion.addnext(
            parse_xml(
                f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
            )
        )

    source = came_back(edit)

    assert source.value(("conclusion",)) == (
        "Never again.\n\n- one\n- two\n\n```\na\nb\n```\n\n| Bank | Lost |\n| --- | --- |\n| A | 7 |"
    )
    assert [path for path, _ in notes(source)] == ["conclusion"]
    assert notes(source, NoteKind.LEFTOVER) == []


def test_text_before_the_first_paragraph_of_a_section_is_its_beginning(edit: Edit) -> None:
    """Pasted between the heading and the field."""
    edit.control("conclusion").addprevious(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>So.</w:t></w:r></w:p>"))
    assert came_back(edit).value(("conclusion",)) == "So.\n\nNever again."


def test_a_section_that_was_to_be_written_is_read_as_of_any_document() -> None:
    """A draft says what is missing; what its author writes there goes into the fields of that section."""
    record = {key: RECORD[key] for key in ("id", "title", "date", "timezone", "conclusion")}
    edit = Edit(draft_of(record))
    for heading, *texts in (
        ("Executive Summary", "It broke.", "Then it worked."),
        ("Incident Timeline", "08:45 The alert fires.", "09:10 It is over."),
        ("Lessons Learned", "- Watch the chain.", "- Sleep."),
    ):
        place = next(each for each in edit.document.paragraphs if each.text == heading)._p
        for text in reversed(texts):
            place.addnext(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>{text}</w:t></w:r></w:p>"))

    source = came_back(edit)

    at: Any = source.value
    assert at(("summary",)) == "It broke.\n\nThen it worked."
    assert [(each["at"], each["description"]) for each in at(("timeline",))] == [
        ("2023-08-13T08:45", "The alert fires."),
        ("2023-08-13T09:10", "It is over."),
    ]
    assert [each["description"] for each in at(("lessons",))] == ["Watch the chain.", "Sleep."]
    assert notes(source, NoteKind.LEFTOVER) == []


def test_a_heading_of_ours_that_was_renamed_is_told(edit: Edit) -> None:
    """Documents get it anew; no section is added, and none is said to have moved."""
    for heading in ("Impact", "Conclusion"):
        found = next(each for each in edit.document.paragraphs if each.text == heading)
        found.runs[0].text = "As it went"

    source = came_back(edit)

    assert source.data == Incident.model_validate(RECORD).as_data()
    why = "a heading that was changed: 'As it went'; what our sections are called is for the theme to say (`wording`)"
    assert notes(source, NoteKind.LEFTOVER) == [("", why), ("", why)]
    assert notes(source) == []


def test_a_section_that_was_taken_out_leaves_nothing(edit: Edit) -> None:
    """Also where words of it stand elsewhere in the draft."""
    record = {**RECORD, "summary": "Of 1200 payments many failed.", "impact": {**RECORD["impact"], "customers": "12"}}
    edit = Edit(draft_of(record))
    start = next(each for each in edit.document.paragraphs if each.text == "Impact")._p
    while not any(each.text == "Catering" for each in start.iter(qn("w:t"))):
        following = start.getnext()
        start.getparent().remove(start)
        start = following

    source = came_back(edit)

    assert source.value(("impact",)) is None
    assert source.value(("sections", 0, "position")) == "after-impact"
    assert {path for path, _ in notes(source)} == {"impact.description", "impact.measures", "impact.customers"}


@pytest.mark.parametrize(("said", "state"), [("done ✓", "done"), ("☑", "done"), ("☐", "open"), ("WIP", "in-progress")])
def test_an_action_is_ticked_as_people_do(said: str, state: str, edit: Edit) -> None:
    """In the words and signs of people, where no label of ours says it."""
    edit.type("preventive_measures[0].status", said)
    assert came_back(edit).value(("preventive_measures", 0, "status")) == state


def test_a_note_on_long_prose_says_what_was_changed() -> None:
    """The words that differ, with some before them."""
    said = "It was a long day, on which nothing at all went as anybody in the room had expected it to go"
    edit = Edit(draft_of({**RECORD, "conclusion": f"{said}."}))
    edit.type("conclusion", f"{said}, but well.")

    assert notes(came_back(edit)) == [("conclusion", "edited: '…expected it to go.' → '…expected it to go, but well.'")]


def test_prose_that_lost_its_controls_is_what_stands_between_its_lines() -> None:
    """Paragraphs that were joined, taken out or put between; words that only lost their marks keep them."""
    record = {**RECORD, "conclusion": "One *day*.\n\nTwo.\n\nThree.\n\nFour."}
    edit = Edit(draft_of(record))
    first, second, third, _ = edit.control("conclusion").iter(qn("w:p"))
    third.getparent().remove(third)
    second.addnext(parse_xml(f"<w:p {nsdecls('w')}><w:r><w:t>New.</w:t></w:r></w:p>"))
    for each in first.iter(qn("w:rPr")):
        each.getparent().remove(each)
    edit.lose_controls()

    source = came_back(edit)

    assert source.value(("conclusion",)) == "One *day*.\n\nTwo.\n\nNew.\n\nFour."
    assert [path for path, _ in notes(source)] == ["conclusion"]
    assert notes(source, NoteKind.LEFTOVER) == []


def test_rows_are_added_and_moved_where_all_controls_are_lost(edit: Edit) -> None:
    """The rows around them are known by their words."""
    edit.add_row("timeline[0].description", "08:55", "Communicated", "Status page.", "Grace")
    edit.move("preventive_measures[0].due", "preventive_measures[1].due", "w:tr")
    edit.lose_controls()

    source = came_back(edit)

    at: Any = source.value
    assert at(("timeline", 1)) == {
        "at": "2023-08-13T08:55:00+02:00", "kind": "communicated", "description": "Status page.", "actor": "Grace"
    }  # fmt: skip
    assert [each["title"] for each in at(("preventive_measures",))] == ["Runbook", "Probe"]
    assert len(source.notes) == 2


@pytest.mark.parametrize("name", ["corporate", "engineering", "spoken"])
def test_a_draft_in_any_theme_has_only_the_edits_that_somebody_made(name: str) -> None:
    """Words of the theme, its logo and its numbers of sections are none; values are read in its words."""
    theme = load_theme("sober" if name == "spoken" else name)
    if name == "spoken":
        wording = {"Closed": "Over", "Done": "Finished", "Owner": "Who", "Impact": "Harm", "Resolved": "Mended"}
        theme = theme.model_copy(update={"wording": tuple(("en", *pair) for pair in wording.items())})
    edit = Edit(draft_of(RECORD, theme))
    assert came_back(edit).notes == ()

    edit.type("status", "Mended" if name == "spoken" else "Resolved")
    edit.add_like("root_cause.contributing_factors[1]", "No time")

    source = came_back(edit)
    assert source.value(("status",)) == "resolved"
    assert {path for path, _ in notes(source)} == {"status", "root_cause.contributing_factors"}
    assert notes(source, NoteKind.LEFTOVER) == []


def test_pictures_of_the_record_stay_as_it_has_them(tmp_path: Path) -> None:
    """With path and title, wherever the draft is read; they come along where the folder does not have them."""
    media = Path(__file__).parents[2] / "samples" / "media"
    copyfile(media / "egress.png", tmp_path / "look (1).png")
    prose = 'See:\n\n![Latency](<look (1).png> "In Berlin")\n\nAnd ![small](<look (1).png>) again.'
    (tmp_path / "record.json").write_text(json.dumps({**RECORD, "summary": prose, "conclusion": prose}), "utf-8")
    edit = Edit(render(tmp_path / "record.json", ("docx",), allow_placeholders=True).files["docx"])
    edit.document.core_properties.comments = "seen"
    elsewhere = read(edit.saved(), "a.docx")
    assert elsewhere.notes == ()
    assert list(elsewhere.files) == ["look (1).png"]

    next(each for each in edit.control("summary").iter(qn("w:t")) if each.text == "See:").text = "Look:"

    for folder in (None, tmp_path):
        source = read(edit.saved(), "a.docx", folder)
        assert source.value(("summary",)) == prose.replace("See", "Look")
        assert [path for path, _ in notes(source)] == ["summary"]
        assert list(source.files) == ([] if folder else ["look (1).png"])

    next(each for each in edit.control("conclusion").iter(qn("w:t")) if each.text == "In Berlin").text = "In Bonn"
    assert read(edit.saved(), "a.docx").value(("conclusion",)) == prose.replace("Berlin", "Bonn")
