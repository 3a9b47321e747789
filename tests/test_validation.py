"""Every error of pydantic becomes a finding with our code, the place in the file, and the path that the file has."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from afterword import SourceError, loads
from afterword.diagnostics import Finding, Severity
from afterword.readers import json, toml, yaml
from afterword.validation import field_names, validate


class Part(BaseModel):
    """What all parts of the model share."""

    model_config = ConfigDict(extra="forbid")


class Colour(StrEnum):
    """A choice."""

    RED = "red"
    DARK_BLUE = "dark-blue"


class Leaf(Part):
    """The innermost part."""

    name: str = Field(min_length=1, description="What it is called.", examples=["Oak"])
    size: int = 0


class Other(Part):
    """Another part, for unions."""

    label: str


class Short(Part):
    """A part that may be written as a text or a list."""

    leaves: tuple[Leaf, ...] = ()
    mail: str = ""

    @model_validator(mode="before")
    @classmethod
    def _spell_out(cls, data: Any) -> Any:  # noqa: ANN401 (pydantic hands over whatever the file holds)
        if isinstance(data, list):
            return {"leaves": data}
        return {"mail": data} if isinstance(data, str) else data

    @field_validator("mail")
    @classmethod
    def _is_mail(cls, text: str) -> str:
        if text and "@" not in text:
            context = {
                "message": f"{text} is no {{address}}",
                "expected": "a@b",
                "hint": "add @",
                "severity": "warning",
            }
            raise PydanticCustomError("AW207", "{message}", context)
        return text


def _odd(number: int) -> int:
    if number % 2 == 0:
        message = "even numbers are not odd"
        raise ValueError(message)
    return number


class Tree(Part):
    """The outermost model."""

    title: str = "t"
    leaves: tuple[Leaf, ...] = ()
    first: Leaf | None = None
    named: dict[str, Leaf] = {}
    either: str | Leaf = ""
    both: Leaf | Other | None = None
    many: Annotated[list[str | Leaf] | None, Field()] = None
    short: Short = Short()
    colour: Colour = Colour.RED
    way: Literal["", "went-well", "went-wrong"] = ""
    aliased: str = Field(default="", alias="other-name")
    code: str = Field(default="", pattern=r"[a-z]+", max_length=5)
    odd: Annotated[int, AfterValidator(_odd)] = 1
    small: int = Field(default=0, le=10)
    on: bool = False
    ratio: float = 0.0
    day: date | None = None


class Noticing(Part):
    """A model that reports what it saw."""

    title: str

    @field_validator("title")
    @classmethod
    def _note(cls, text: str, info: ValidationInfo) -> str:
        info.context["seen"] = text  # type: ignore[index] # it is always given here
        return text


def findings(text: str) -> tuple[Finding, ...]:
    """Return what is found in a YAML text."""
    model, found = validate(Tree, yaml.read(text, "f"))
    assert (model is None) == bool(found)
    return found


def told(text: str) -> list[tuple[str, str, str]]:
    """Return code, `line:column` and path of what is found."""
    return [(each.code, str(each.place).removeprefix("f:"), each.path) for each in findings(text)]


def test_a_sound_source_gives_the_instance() -> None:
    """And nothing is found."""
    model, found = validate(Tree, yaml.read("title: x\nleaves: [{name: a, size: 3}]\nother-name: y\n", "f"))

    assert found == ()
    assert model == Tree(**{"title": "x", "leaves": (Leaf(name="a", size=3),), "other-name": "y"})


def test_the_context_reaches_the_validators() -> None:
    """What they put into it is there afterwards."""
    context: dict[str, Any] = {}

    validate(Noticing, yaml.read("title: x\n", "f"), context)

    assert context == {"seen": "x"}


def test_a_text_in_the_place_of_a_list_is_told_how_to_write_one() -> None:
    """Both forms of a list are shown."""
    (found,) = findings("leaves: x\n")
    assert found.hint == "write a list: `[one, two]`, or a line with `- ` for each"


def test_a_comma_in_a_text_in_braces_is_explained() -> None:
    """What stands behind it is read as a field of many words without a value; to quote the text is what helps."""
    (found,) = findings("short:\n- {name: refunds failed, 40 of them in Spain}\n")
    assert (found.code, str(found.place)) == ("AW201", "f:2:26")
    assert found.hint == "a comma ends a text inside `{ }`: put the whole text before it in quotes"
    (found,) = findings("short:\n- {name: a, with words: b}\n")
    assert "comma" not in found.hint


CASES = {
    "unknown": ("titel: x\n", ("AW201", "1:1", "titel")),
    "unknown in a list": ("leaves:\n- name: a\n  nmae: b\n", ("AW201", "3:3", "leaves[0].nmae")),
    "unknown in an optional part": ("first: {name: a, b: c}\n", ("AW201", "1:18", "first.b")),
    "unknown in a mapping of parts": ("named: {x: {name: a, b: c}}\n", ("AW201", "1:22", "named.x.b")),
    "unknown in a short form": ("short:\n- {name: a, sise: 3}\n", ("AW201", "2:13", "short[0].sise")),
    "merge key": ("<<: {title: x}\n", ("AW201", "1:1", "<<")),
    "missing": ("leaves:\n- size: 3\n", ("AW202", "2:3", "leaves[0].name")),
    "missing in a short form": ("short:\n- size: 3\n", ("AW202", "2:3", "short[0].name")),
    "null where text is required": ("first:\n  name:\n", ("AW205", "2:8", "first.name")),
    "list for text": ("title: [describe it]\n", ("AW203", "1:8", "title")),
    "mapping for text": ("title: {a: b}\n", ("AW203", "1:8", "title")),
    "text for list": ("leaves: x\n", ("AW203", "1:9", "leaves")),
    "text for part": ("first: x\n", ("AW203", "1:8", "first")),
    "text in a list of parts": ("leaves:\n- x\n", ("AW203", "2:3", "leaves[0]")),
    "list for mapping": ("named: [x]\n", ("AW203", "1:8", "named")),
    "word for number": ("leaves: [{name: a, size: big}]\n", ("AW203", "1:26", "leaves[0].size")),
    "word for ratio": ("ratio: x\n", ("AW203", "1:8", "ratio")),
    "word for truth": ("on: maybe\n", ("AW203", "1:5", "on")),
    "enumeration": ("colour: dark_bleu\n", ("AW204", "1:9", "colour")),
    "literal": ("way: went well\n", ("AW204", "1:6", "way")),
    "empty text": ("leaves:\n- name: ''\n", ("AW205", "2:9", "leaves[0].name")),
    "pattern": ("code: A1\n", ("AW207", "1:7", "code")),
    "too long": ("code: abcdef\n", ("AW207", "1:7", "code")),
    "limit": ("small: 11\n", ("AW207", "1:8", "small")),
    "our own validator": ("odd: 2\n", ("AW207", "1:6", "odd")),
    "our own code": ("short: {mail: x}\n", ("AW207", "1:15", "short.mail")),
    "our own code in a short form": ("short: x\n", ("AW207", "1:8", "short")),
    "date": ("day: soon\n", ("AW301", "1:6", "day")),
    "alias": ("other-name: [x]\n", ("AW203", "1:13", "other-name")),
    "union": ("either: [x]\n", ("AW203", "1:9", "either")),
    "union, branch with the deeper fault": ("either: {nmae: x, name: y}\n", ("AW201", "1:10", "either.nmae")),
    "union inside a list": ("many: [{name: ''}]\n", ("AW205", "1:15", "many[0].name")),
    "union of parts": ("both: 3\n", ("AW203", "1:7", "both")),
}


@pytest.mark.parametrize("name", CASES)
def test_each_fault_has_its_code_place_and_path(name: str) -> None:
    """One finding, at the place in the file, under the path in the file."""
    text, expected = CASES[name]

    assert told(text) == [expected]


def test_all_faults_come_together_in_reading_order() -> None:
    """From every depth."""
    text = "titel: x\nleaves:\n- size: big\n- {name: ''}\n- y\ncolour: x\nshort: z\n"

    assert told(text) == [
        ("AW201", "1:1", "titel"),
        ("AW202", "3:3", "leaves[0].name"),
        ("AW203", "3:9", "leaves[0].size"),
        ("AW205", "4:10", "leaves[1].name"),
        ("AW203", "5:3", "leaves[2]"),
        ("AW204", "6:9", "colour"),
        ("AW207", "7:8", "short"),
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("titel: x\n", "did you mean `title`?"),
        ("Leaves: []\n", "did you mean `leaves`?"),
        ("other_name: x\n", "did you mean `other-name`?"),
        ("leaves: [{name: a, sizes: 3}]\n", "did you mean `size`?"),
        ("short: [{name: a, sise: 3}]\n", "did you mean `size`?"),
        ("colour: Dark Blue\n", "did you mean `dark-blue`?"),
        ("way: went_well\n", "did you mean `went-well`?"),
        ("way: xyz\n", "choose one of them"),
        ("leaves: [{size: 3}]\n", "add `name`, for example Oak"),
        ("title: [x]\n", "write text; put text that starts with `[` or `{` in quotes"),
        ("short: x\n", "add @"),
    ],
)
def test_the_hint_says_what_to_do(text: str, hint: str) -> None:
    """The nearest name or choice, however it is spelt, an example, or the shape."""
    assert [each.hint for each in findings(text)] == [hint]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("first: {name: a, zzz: b}\n", "one of name, size"),
        ("both: {zzz: b, name: a, label: c}\n", "one of name, size, label"),
        ("way: x\n", "one of went-well, went-wrong"),
        ("leaves: [{size: 3}]\n", "What it is called"),
        ("either: [x]\n", "text or a mapping of fields"),
        ("small: 11\n", "less than or equal to 10"),
        ("short: x\n", "a@b"),
    ],
)
def test_the_expectation_lists_what_may_stand_there(text: str, expected: str) -> None:
    """Names, choices, or shapes of all branches of a union."""
    assert expected in {each.expected for each in findings(text)}


def test_the_value_is_shown_as_the_file_has_it() -> None:
    """Shortened, on one line, and only where it is text."""
    assert [each.value for each in findings("colour: Dark Blue\n")] == ["Dark Blue"]
    assert [each.value for each in findings("title: [x]\n")] == [""]
    assert [len(each.value) for each in findings(f"colour: {'x' * 500}\n")] == [60]


def test_a_finding_of_our_own_keeps_its_words_and_severity() -> None:
    """Braces in its message are no fields of a template."""
    (finding,) = findings("short: x\n")

    assert finding.message == "x is no {address}"
    assert finding.severity is Severity.WARNING


def test_the_words_of_pydantic_are_not_shown() -> None:
    """No name of a branch, a class or a type of Python."""
    for text, _ in CASES.values():
        for finding in findings(text):
            shown = f"{finding.message} {finding.expected} {finding.path}"
            assert not re.search(r"\b(?:[Ii]nput|[Ss]tring|str|int|Leaf|tuple|Value error)\b", shown), shown


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("", "the file is empty"),
        ("[a]", "the file holds a list instead of fields"),
        ("a b", "the file holds text instead of fields"),
    ],
)
def test_what_is_no_mapping_is_no_record(data: str, message: str) -> None:
    """One finding for the whole file."""
    (finding,) = findings(data)

    assert (finding.code, finding.message, finding.path) == ("AW110", message, "")


def test_places_are_known_in_every_format() -> None:
    """JSON and TOML as well as YAML."""
    in_json = validate(Tree, json.read('{"title": "x",\n "colour": "x"}', "f"))[1]
    in_toml = validate(Tree, toml.read('[[leaves]]\nname = "a"\nsize = "big"\n', "f"))[1]

    assert [str(each.place) for each in (*in_json, *in_toml)] == ["f:2:12", "f:3:8"]


def test_field_names_are_those_a_file_may_use() -> None:
    """Aliases instead of the names that they stand for."""
    assert "other-name" in field_names(Tree)
    assert "aliased" not in field_names(Tree)


def test_a_message_has_an_end_however_long_the_value_is() -> None:
    """A date of a megabyte is told in a few lines."""
    with pytest.raises(SourceError) as caught:
        loads(f"id: x\ntitle: t\ndate: {'x' * 1_000_000}\ntimezone: {'y' * 1_000_000}\n")

    assert all(len(finding.message) <= 300 for finding in caught.value.findings)


def test_merge_keys_of_yaml_1_1_are_named() -> None:
    """YAML 1.2 has none, and the hint says what to do."""
    with pytest.raises(SourceError) as caught:
        loads("id: x\ntitle: t\ndate: 2023-08-13\ncontact: &c {name: A}\nauthors:\n- <<: *c\n")

    hints = {finding.path: finding.hint for finding in caught.value.findings}
    assert "merge" in hints["authors[0].<<"]
