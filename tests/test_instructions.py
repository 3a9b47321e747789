"""Instructions in emphasis and patterns in code are placeholders, in a record and in the documents made of it."""

from __future__ import annotations

import pytest

from afterword.instructions import is_instruction
from afterword.placeholders import find
from afterword.prose import parse
from afterword.report.nodes import Code, Emphasis, Inline, Paragraph, Placeholder, Strong, Text
from afterword.writers.markdown.inlines import Place, draw_run

INSTRUCTIONS = (
    "Describe the cause in a few words.",
    "Include a link to the ticket.",
    "Link to the recording.",
    "Your name goes here.",
    "Be very specific.",
    "Who was on call?",
    "Each item should have an owner.",
    "Should usually be 0, but always check",
    "This is what will be told to customers.",
    "Some times to include: the page, the fix.",
    "2–4 sentences for those in a hurry.",
    "The one event that started it (a deploy, a change of settings).",
    "Things that made it worse.",
    "what stopped the damage (a way back, more machines, ...).",
    "(por ejemplo, INC-20250128-01)",
    "(cantidad)",
    "Explique la causa.",
    "Décrivez la cause.",
    "Beschreiben Sie die Ursache.",
    "Descreva a causa.",
)


@pytest.mark.parametrize("text", INSTRUCTIONS)
@pytest.mark.parametrize("around", ["_{}_", "*{}*", "**Cause:** _{}_", "- *{}*", "| a | _{}_ |", "It was 7. *{}*"])
def test_instructions_in_emphasis_are_found(text: str, around: str) -> None:
    """An instruction in emphasis is found without its marks, whatever stands around it."""
    assert [found.text for found in find(around.format(text))] == [text]


@pytest.mark.parametrize("text", INSTRUCTIONS)
def test_instructions_stay_emphasised(text: str) -> None:
    """In a document an instruction is a placeholder in emphasis, and read back it is one again."""
    (block,) = parse(f"Cause: *{text}*").blocks

    assert isinstance(block, Paragraph)
    assert block.children == (Text("Cause: "), Emphasis((Placeholder(text),)))
    assert parse(draw_run(block.children, Place())).blocks == (block,)


@pytest.mark.parametrize(
    "text",
    [
        "*after* the restart and *no resources at all*",
        "*All times in UTC*",
        "_omitted here_",
        "*Keep in mind: the weekend is Saturday and Sunday.*",
        "*Ada Byron, 2021-02-22.*",
        "*(edited)* and *(sic)* and *(2 h)* and *(the primary was up)* and *(All times in UTC)*",
        "*Why did it fail?* Because nobody looked.",
        "*what went wrong* is known",
        "Describe the cause in a few words.",
        "\\*Describe the cause.\\*",
        "`*Describe the cause.*`",
        "a * Describe the cause * b",
        "snake_Describe the cause_case",
        "*saw that the database was not updated, attempt to run it*",
    ],
)
def test_emphasis_that_says_something(text: str) -> None:
    """Stressed words, remarks and notes in emphasis are none, nor are instructions that are not in emphasis."""
    assert find(text) == ()
    assert "Placeholder(" not in str(parse(text).blocks)


@pytest.mark.parametrize(
    "run",
    [
        (Emphasis((Text("Describe it."),)),),
        (Text("a "), Emphasis((Text("Describe "), Strong((Text("all"),)), Text(" of it"))), Text(" b")),
        (Code("HH:MM"),),
        (Code("YYYY-MM-DD"), Text("a")),
    ],
)
def test_what_is_none_stays_none(run: tuple[Inline, ...]) -> None:
    """Emphasis and code that hold no placeholder are written so that they hold none when they are read back."""
    assert parse(draw_run(run, Place())).blocks == (Paragraph(run),)


def test_bold_inside_an_instruction() -> None:
    """An instruction may hold bold words: it is one placeholder, with all its words."""
    text = "_Include a **short** summary._"

    assert [found.text for found in find(text)] == ["Include a **short** summary."]
    assert parse(text).blocks == (Paragraph((Emphasis((Placeholder("Include a short summary."),)),)),)


def test_what_stands_in_other_emphasis_is_found() -> None:
    """Emphasis that is no instruction is searched like other text."""
    assert [found.text for found in find("*It took [minutes] since HH:MM*")] == ["[minutes]", "HH:MM"]


@pytest.mark.parametrize("pattern", ["HH:MM", "YYYY-MM-DD", "YYYY-MM-DD HH:MM"])
def test_patterns_in_code(pattern: str) -> None:
    """Code that is nothing but a pattern of a day or a time is a placeholder; in two marks it is code."""
    assert [found.text for found in find(f"1. `{pattern}` - it began")] == [pattern]
    assert parse(f"`{pattern}`").blocks == (Paragraph((Placeholder(pattern),)),)
    assert find(f"``{pattern}``") == ()
    assert parse(f"``{pattern}``").blocks == (Paragraph((Code(pattern),)),)


@pytest.mark.parametrize("text", ["**Owner:** …", "- Owner: ...", "| HH:MM | Owner: ... |", "**Owner**: …  "])
def test_dots_behind_a_key(text: str) -> None:
    """Dots that end a line behind a colon are a placeholder."""
    assert [found.text for found in find(text)][-1] in {"…", "..."}


def test_marks_without_end_cost_little() -> None:
    """Half a million marks that begin nothing are searched once: this ends, or it does not."""
    assert find("*a_b " * 100_000 + "_ (_c" * 100_000) == ()
    assert not is_instruction("(" * 100_000)
