"""The record: what it takes, what it makes of it, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from afterword.incident.model import Classification, Incident, Stage, Status
from afterword.incident.parts import Kind, Person
from afterword.incident.sections import SECTION_NAMES
from incident_strategies import FEW, incidents, records

SMALLEST = {"id": "0x19", "title": "T", "date": "2023-08-13"}


def incident(**fields: Any) -> Incident:  # noqa: ANN401 (fields of any kind)
    """Return an incident with these fields."""
    return Incident.model_validate({**SMALLEST, **fields})


def faults(**fields: Any) -> dict[str, str]:  # noqa: ANN401 (fields of any kind)
    """Return the code of every fault that these fields have, by its path."""
    with pytest.raises(ValidationError) as caught:
        incident(**fields)
    return {".".join(map(str, error["loc"])): error["type"] for error in caught.value.errors()}


def test_the_smallest_record_is_a_draft_of_an_open_incident() -> None:
    """Three fields are enough, and nothing is claimed that was not said."""
    made = incident()
    assert (made.stage, made.status, made.severity, made.classification) == (Stage.DRAFT, Status.OPEN, "", None)
    assert made.timeline == ()
    assert made.as_data() == SMALLEST


@pytest.mark.parametrize("name", ["id", "title", "date"])
def test_three_fields_are_required(name: str) -> None:
    """Left out or null, each is missing."""
    assert faults(**{name: None}) == {name: "missing"}


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\u00a0"])
def test_names_are_not_blank(text: str) -> None:
    """White space is no id and no title."""
    assert set(faults(id=text, title=text, sections=[{"heading": text}])) == {"id", "title", "sections.0.heading"}


def test_names_are_one_line() -> None:
    """A title over two lines of YAML is one line."""
    assert incident(title=" Payment\n  gateway ").title == "Payment gateway"


@pytest.mark.parametrize("text", ["0x19", "007", "INC-2023/08", "../../etc/passwd", "CON", "🔥", "x" * 300, "1.10"])
def test_ids_are_kept_as_written(text: str) -> None:
    """An id is any text."""
    assert incident(id=text).id == text


def test_shorthands_stand_for_their_parts() -> None:
    """A text stands for a person, a cause, an impact, a lesson, a step; a list for the steps."""
    made = incident(
        authors=["Ada Lovelace", "Ada Lovelace <ada@example.org>", " <odd> "],
        contact="Ada Lovelace <ada@example.org>",
        root_cause="why",
        impact="whom",
        resolution=["first", {"title": "Then", "description": "second"}],
        lessons=["learned"],
        preventive_measures=["do", {"title": "x", "owner": "Bob"}],
        references=["https://example.org/a", "A book"],
        attachments=["a.png"],
    )
    assert made.authors[1] == Person(name="Ada Lovelace", email="ada@example.org") == made.contact
    assert made.authors[2].name == "<odd>"
    assert (made.root_cause.description, made.impact.description) == ("why", "whom")
    assert [step.description for step in made.resolution.steps] == ["first", "second"]
    assert (made.lessons[0].description, made.preventive_measures[0].description) == ("learned", "do")
    assert made.preventive_measures[1].owner == Person(name="Bob")
    assert [(each.title, each.url) for each in made.references] == [("", "https://example.org/a"), ("A book", "")]
    assert made.attachments[0].path == "a.png"


def test_long_texts_are_taken_in_one_pass() -> None:
    """A million spaces in a name, an address, a link or a time: a pattern that starts anew at each would take days."""
    gap = " " * 1_000_000
    assert incident(authors=[f"a{gap}b", f"a{gap}<b"]).authors[1].name == "a <b"
    event = {"time": f"+1{gap}m", "at": f"2023{gap}-08", "description": gap}
    found = faults(
        contact=f"a <b{gap}@>", references=[{"url": f"https://{gap}a"}], timeline=[event], language=gap + "x"
    )
    assert set(found) == {"contact.email", "references.0.url", "timeline.0.at", "language"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("TLP:AMBER", Classification.AMBER),
        ("amber", Classification.AMBER),
        ("tlp: red", Classification.RED),
        ("TLP:AMBER+STRICT", Classification.AMBER_STRICT),
        ("amber-strict", Classification.AMBER_STRICT),
        ("Clear", Classification.CLEAR),
        ("", None),
        (None, None),
    ],
)
def test_tlp_labels_are_read_in_any_form(text: str | None, label: Classification | None) -> None:
    """The label is kept as FIRST writes it."""
    assert incident(classification=text).classification is label


def test_the_old_tlp_label_is_refused_with_its_new_name() -> None:
    """TLP:WHITE became TLP:CLEAR in TLP 2.0."""
    with pytest.raises(ValidationError) as caught:
        incident(classification="TLP:WHITE")
    (error,) = caught.value.errors()
    assert (error["type"], error["ctx"]["expected"]) == ("AW204", "TLP:CLEAR")
    assert "TLP:CLEAR" in error["ctx"]["hint"]


@pytest.mark.parametrize("text", ["PINK", "TLP:", "TLP:BLACK"])
def test_other_labels_are_refused(text: str) -> None:
    """A mark that nobody knows protects nothing."""
    assert set(faults(classification=text)) == {"classification"}


def test_choices_are_read_however_they_are_spelt() -> None:
    """Capitals, spaces and underscores make no difference."""
    made = incident(
        status="Closed",
        stage=" In Review ",
        timeline=[{"at": "2023-08-13 10:00", "kind": "Impact start", "description": "x"}],
        lessons=[{"title": "x", "group": "Went_Well"}],
        preventive_measures=[{"title": "x", "status": "IN PROGRESS", "type": "Prevent"}],
    )
    assert (made.status, made.stage) == (Status.CLOSED, Stage.IN_REVIEW)
    assert made.timeline[0].kind is Kind.IMPACT_START
    assert made.lessons[0].group == "went-well"
    assert made.preventive_measures[0].status == "in-progress"


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_blank_fields_are_as_good_as_left_out(blank: str | None) -> None:
    """A form that is not filled in yet is the smallest record."""
    names = set(Incident.model_fields) - set(SMALLEST)
    assert incident(**dict.fromkeys(names, blank)) == incident()
    parts = incident(
        lessons=[{"title": "x", "group": blank}],
        preventive_measures=[{"title": "x", "owner": blank, "due": blank, "status": blank, "type": blank}],
        references=[{"title": "x", "url": blank}],
        timeline=[{"at": blank, "time": "10:00", "kind": blank, "description": "x", "link": blank}],
        impact={"started_at": blank, "measures": blank},
    )
    assert parts.preventive_measures[0].is_tracked is False
    assert parts.timeline[0].kind is Kind.NOTE


def test_unknown_fields_are_refused_even_when_blank() -> None:
    """A field that is misspelt and not filled in yet would otherwise be lost when it is."""
    found = faults(sumary=None, impact={"custmers": ""}, timeline=[{"time": "10:00", "description": "x", "who": None}])
    assert found == dict.fromkeys(("sumary", "impact.custmers", "timeline.0.who"), "extra_forbidden")


@pytest.mark.parametrize(
    "address",
    ["nobody", "a@b", "@example.org", "a b@example.org", "a@example.org>", "a@example.org\nBcc: x@y.z", "a@b@c.d"],
)
def test_hostile_addresses_are_refused(address: str) -> None:
    """An address becomes a mailto link, so it is one address and nothing else."""
    assert faults(contact={"name": "x", "email": address}) == {"contact.email": "AW207"}


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://example.org", "//example.org", "x",
        "https://", "http:/example.org", "https://example.org/<b>", "https://example.org/ a", "java\nscript:alert(1)",
        "vbscript:x", "https:\\\\example.org", "../a.html",
    ],
)  # fmt: skip
def test_hostile_links_are_refused(url: str) -> None:
    """Only web and mail addresses become links."""
    event = {"time": "10:00", "description": "x", "link": url}
    assert faults(references=[{"url": url}], timeline=[event]) == {
        "references.0.url": "AW207",
        "timeline.0.link": "AW207",
    }


@pytest.mark.parametrize("tag", ["en", "de-AT", "am", "zh-Hant-TW", "pt-BR", "he", "sr-Latn"])
def test_languages_are_tags(tag: str) -> None:
    """A language is a BCP 47 tag."""
    assert incident(language=tag).language == tag


@pytest.mark.parametrize("tag", ["english", "xx-XX", "1", "en_US", "-", "en-", "x" * 300, "../../am", "e n"])
def test_what_is_no_language_is_refused(tag: str) -> None:
    """Anything else is a fault of the field."""
    assert faults(language=tag) == {"language": "AW207"}


@pytest.mark.parametrize(
    "text",
    ["start", "end", "Before Impact", *(f"{side} {name}" for side in ("before", "after") for name in SECTION_NAMES)],
)
def test_custom_sections_have_a_place(text: str) -> None:
    """Every place that the list names is one."""
    assert incident(sections=[{"heading": "x", "position": text}]).sections[0].position == text.lower().replace(
        " ", "-"
    )


@pytest.mark.parametrize("text", ["middle", "before", "after nothing", "impact", "before start"])
def test_places_that_do_not_exist_are_refused(text: str) -> None:
    """The fault lists all places."""
    with pytest.raises(ValidationError) as caught:
        incident(sections=[{"heading": "x", "position": text}])
    (error,) = caught.value.errors()
    assert error["type"] == "AW204"
    assert all(name in error["ctx"]["expected"] for name in SECTION_NAMES)


def test_characters_that_no_document_can_carry_are_shown_by_their_numbers() -> None:
    """Of a record made in Python, too."""
    made = incident(title="a\x07b", summary="\n\nkept\r\nlines\u202e\n", tags=["\ud800"])
    assert (made.title, made.summary, made.tags) == ("a[U+0007]b", "kept\nlines[U+202E]", ("[U+D800]",))


def test_an_incident_is_frozen() -> None:
    """It is changed by copies only."""
    made = incident(impact="x")
    for part, name in ((made, "title"), (made.impact, "description")):
        with pytest.raises(ValidationError):
            setattr(part, name, "other")
    assert made.model_copy(update={"title": "other"}).title == "other"


@FEW
@given(incidents())
def test_the_data_of_an_incident_makes_it_again(made: Incident) -> None:
    """What travels inside the documents is the whole record."""
    again = Incident.model_validate(made.as_data())
    assert again == made
    assert again.as_data() == made.as_data()


@FEW
@given(records())
def test_the_order_of_fields_says_nothing(record: dict[str, Any]) -> None:
    """Two files that differ in the order of their keys are one record."""
    assert Incident.model_validate(dict(reversed(record.items()))) == Incident.model_validate(record)
