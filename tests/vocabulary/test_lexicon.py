"""The fixed words of our documents are understood in every language that they are written in."""

from __future__ import annotations

from datetime import date

import pytest

from afterword.compose.labels import ACTION_STATES, ACTION_TYPES, GROUPS, KINDS, STAGES, STATUSES
from afterword.interpret.identity import order_of
from afterword.interpret.lists import OVERDUE, UNTITLED
from afterword.interpret.sentences import CONTACT, SOURCE, STEPS, ZONES
from afterword.vocabulary.actions import column_of_actions, state_of_action, type_of_action
from afterword.vocabulary.fields import field_named
from afterword.vocabulary.kinds import labelled
from afterword.vocabulary.lexicon import key_of
from afterword.vocabulary.moments import find_dates, read_moment
from afterword.vocabulary.states import stage_of, status_of
from afterword.vocabulary.titles import OURS, section_of
from afterword.words import languages, messages, words_for

SECTIONS = {
    "Incident Overview": "overview",
    "Executive Summary": "summary",
    "Incident Timeline": "timeline",
    "Root Cause Analysis": "root_cause",
    "Trigger": "trigger",
    "Contributing Factors": "factors",
    "Five Whys": "whys",
    "Detection Gap": "gap",
    "Impact": "impact",
    "Customers Affected": "customers",
    "Data Loss": "data_loss",
    "Mitigation and Resolution": "resolution",
    "Lessons Learned": "lessons",
    GROUPS["went-well"]: "well",
    GROUPS["went-wrong"]: "wrong",
    GROUPS["lucky"]: "lucky",
    "Preventive Measures": "actions",
    "Conclusion": "conclusion",
    "References": "references",
    "Attachments": "attachments",
}
FACTS = {
    "Incident ID": "id",
    "Date": "date",
    "Status": "status",
    "Severity": "severity",
    "Services": "services",
    "Time zone": "timezone",
    "Classification": "classification",
    "Reviewers": "reviewers",
    "Responders": "responders",
    "Tags": "tags",
    "Services affected": "services",
    "Start of impact": "started_at",
    "End of impact": "ended_at",
}
COLUMNS = {
    "Action": "title",
    "Type": "type",
    "Owner": "owner",
    "Due": "due",
    "Status": "status",
    "Ticket": "ticket",
    "Priority": "priority",
}


@pytest.mark.parametrize("language", languages())
def test_what_compose_says_is_understood(language: str) -> None:
    """Titles, labels, columns and values of a document mean in every language what they mean in English."""
    say, count = words_for(language).say, words_for(language).count
    assert {english: section_of(say(english)) for english in SECTIONS} == SECTIONS
    assert {english: field_named(say(english)) for english in FACTS} == FACTS
    assert {field_named(count("Author", "Authors", number)) for number in (1, 2, 3, 11, 100)} == {"authors"}
    assert {english: column_of_actions(say(english)) for english in COLUMNS} == COLUMNS
    assert {kind: labelled(say(label)) for kind, label in KINDS.items()} == {kind: kind.value for kind in KINDS}
    for labels, meaning in (
        (STATUSES, status_of),
        (STAGES, stage_of),
        (ACTION_STATES, state_of_action),
        (ACTION_TYPES, type_of_action),
    ):
        assert {value: meaning(say(label)) for value, label in labels.items()} == {value: value for value in labels}
    assert key_of(say("Estimate")) != key_of(say("Actual"))


@pytest.mark.parametrize("language", languages())
def test_dates_that_a_document_writes_are_read(language: str) -> None:
    """Long, medium and short dates of every month are read in every language as the day that they mean."""
    words = words_for(language)
    for month in range(1, 13):
        day = date(2023, month, 9)
        order = order_of(words.medium_date(day), lambda: language)
        for text in (words.date(day), words.medium_date(day)):
            assert [(found.on(None), ambiguous) for found, ambiguous, _ in find_dates(text, order)] == [(day, False)]
        moment = read_moment(words.dated(words.short_date(day), "08:45"), order)
        assert moment is not None
        assert moment.day is not None
        assert (moment.day.on(2023), moment.seconds, moment.rest) == (day, (8 * 60 + 45) * 60, "")


def test_sentences_and_words_that_are_listened_for_are_said() -> None:
    """Every fixed text that is looked for is one that `compose` says, so that a change of it is noticed here."""
    assert {*CONTACT, *STEPS, *ZONES, SOURCE, UNTITLED, OVERDUE, *OURS} <= messages()
