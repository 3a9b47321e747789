"""Markdown post-mortems in the forms that people write, each in a small text of its own."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest

from afterword.diagnostics import Finding
from afterword.documents import read
from afterword.errors import SourceError
from afterword.intake import read as read_file
from afterword.loading import load_source
from afterword.readers.notes import NoteKind
from afterword.readers.source import Data, Source

SRE = """\
# Postmortem: Checkout refused cards

<!-- one line on what this is -->
**Date:** 2023-08-13 | **Severity:** SEV1
**Status:** Resolved
**Authors:** Ada Lovelace, Grace Hopper <grace@example.org>

## 1. Summary

Cards were refused for *two hours*.

## Timeline (all times UTC)

| Time | What happened | Who |
| ---- | ------------- | --- |
| 23:50 | Alert fires | pager |
|       | Second alert fires | |
| 00:10 | Ada looks | Ada |
| ~01:30 | Everything resolved | Ada |

## Root causes

A certificate ended.

### Trigger

Midnight.

### Contributing factors

- No probe
- No runbook

## Lessons learned

### What went well

- Paging worked

### Where we got lucky

- It was a Sunday

## Action items

| Action item | Owner | Due | Status | Link |
| --- | --- | --- | --- | --- |
| Probe the chain | Ada | 2023-09-01 | Done | OPS-1 |
| Write a runbook | | next month | TODO | |

## Regulatory notice

Nobody had to be told.
"""

LINES = """\
---
title: "Hub was slow"
date: 2018-01-26
author: Jo Doe
layout: post
---

Everything was slow.

## Timeline

All times in PDT

### 15:30

The deployment starts.

```bash
kubectl get pods
```

### 16:11 - Reports

- First users report it

## May 2

### 09:00

Solved.

## Conclusion

Test more.
"""

DAYS = """\
# Outage of 3 May 2024

## Chronologie

**2024-05-03**

10:42: Début de l'incident
suite de la ligne

10:50 - 11:00 : Analyse

**2024-05-04**

- 08:00 UTC: fin
- 09:00 UTC: bilan

## Résumé

Le service est resté en panne, et les clients ont attendu pour les réponses.
"""


def record(text: str, name: str = "f.md") -> dict[str, Any]:
    """Return the data that a Markdown text becomes."""
    return cast("dict[str, Any]", read(text, name).data)


def texts(value: Data) -> Iterator[str]:
    """Yield all texts of a record."""
    if isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif value:
        yield value


def lost_words(text: str, source: Source) -> Counter[str]:
    """Return the words of a text that neither the record nor the notes have; numbers of items and tags are none."""
    text = re.sub(r"(?m)^(\s*)\d+[.)](?=\s|$)", r"\1", text)
    text = re.sub(r"</?(?:details|div|section|br)\b[^>\n]*>", " ", text)
    told = " ".join([*texts(source.data), *(note.words for note in source.notes)])
    return Counter(re.findall(r"\w+", text)) - Counter(re.findall(r"\w+", told))


def test_fields_at_the_top_are_read() -> None:
    """Several fields in a line, with bold keys, become fields; the title loses what only says that it is a report."""
    data = record(SRE)
    assert data["title"] == "Checkout refused cards"
    assert (data["date"], data["severity"], data["status"]) == ("2023-08-13", "SEV1", "resolved")
    assert data["authors"] == [{"name": "Ada Lovelace"}, {"name": "Grace Hopper", "email": "grace@example.org"}]


def test_a_table_of_events_is_read_past_midnight_and_through_empty_cells() -> None:
    """Empty time cells mean the same time, and a time that steps back far the next day."""
    data = record(SRE)
    assert [event["at"] for event in data["timeline"]] == [
        "2023-08-13T23:50",
        "2023-08-13T23:50",
        "2023-08-14T00:10",
        "2023-08-14T01:30",
    ]
    assert data["timeline"][0]["time"] == "23:50"
    assert data["timeline"][2]["actor"] == "Ada"
    assert data["timezone"] == "UTC"


def test_the_author_s_words_for_a_vague_time_stay() -> None:
    """A timestamp says more than was known; the words that say so stand before the description."""
    event = record(SRE)["timeline"][3]
    assert event["description"] == "(~01:30) Everything resolved"
    assert "time" not in event


def test_sections_come_into_their_fields_and_others_stay_in_their_place() -> None:
    """Known titles lead to fields, also inside each other; what no table knows is a section after the one before it."""
    data = record(SRE)
    assert data["summary"] == "Cards were refused for *two hours*."
    assert data["root_cause"] == {
        "description": "A certificate ended.",
        "trigger": "Midnight.",
        "contributing_factors": ["No probe", "No runbook"],
    }
    assert [(lesson["description"], lesson["group"]) for lesson in data["lessons"]] == [
        ("Paging worked", "went-well"),
        ("It was a Sunday", "lucky"),
    ]
    assert data["sections"] == [
        {"heading": "Regulatory notice", "body": "Nobody had to be told.", "position": "after prevention"}
    ]


def test_a_table_of_measures_is_read_by_the_names_of_its_columns() -> None:
    """What a field does not take, such as a date that is none, stays as text with the name of its column."""
    done, todo = record(SRE)["preventive_measures"]
    assert done == {
        "description": "Probe the chain",
        "owner": "Ada",
        "due": "2023-09-01",
        "status": "done",
        "ticket": "OPS-1",
    }
    assert todo == {"description": "Write a runbook\n\nDue: next month", "status": "open"}


OTHERS = """\
# Outage

**Date:** 2023-08-13

## Responders

- Incident commander: Ada Lovelace
- Scribe: Grace Hopper

## Impact

Cards were refused.[^1]

| Metric | Count |
| --- | --- |
| Payments | **1,840** |
| Merchants | 312 |

## Timeline

| Time | Event |
| --- | --- |
| 10:42 | Alert fires<br>twice<br><br>Source: [log](https://example.org/log) |

## Action items

1. **Probe**: Look every hour.

| Action | Owner |
| --- | --- |
| Probe | Ada |

[^1]: Not all.
"""


def test_what_our_documents_have_is_read_in_those_of_others() -> None:
    """Measures, roles, sources, notes at the end, and a table beside the steps that tell its measures are general."""
    data = record(OTHERS)
    assert data["responders"] == [
        {"name": "Ada Lovelace", "role": "Incident commander"},
        {"name": "Grace Hopper", "role": "Scribe"},
    ]
    assert data["impact"]["measures"] == [{"name": "Payments", "value": "1,840"}, {"name": "Merchants", "value": "312"}]
    assert data["impact"]["description"] == "Cards were refused.[^1]\n\n[^1]: Not all."
    event = data["timeline"][0]
    assert (event["description"], event["source"], event["link"]) == (
        "Alert fires\\\ntwice",
        "log",
        "https://example.org/log",
    )
    assert data["preventive_measures"] == [{"title": "Probe", "description": "Look every hour.", "owner": "Ada"}]
    assert lost_words(OTHERS, read(OTHERS, "f.md")) == Counter()


def test_headings_of_times_are_events_also_beside_the_timeline() -> None:
    """A heading per time holds its event with all that is below it; a day's heading goes on with the timeline."""
    data = record(LINES)
    assert [event["at"] for event in data["timeline"]] == ["2018-01-26T15:30", "2018-01-26T16:11", "2018-05-02T09:00"]
    assert data["timeline"][0]["description"] == "The deployment starts.\n\n```bash\nkubectl get pods\n```"
    assert data["timeline"][1]["description"].startswith("Reports\n\n- First")
    assert data["timezone"] == "America/Los_Angeles"
    assert data["summary"] == "Everything was slow."
    assert data["conclusion"] == "Test more."


def test_days_in_lines_of_their_own_and_lines_that_go_on_are_read() -> None:
    """Lines with a time start an event, lines without one go on with it, and a day counts for what follows."""
    data = record(DAYS)
    assert [event["at"] for event in data["timeline"]] == [
        "2024-05-03T10:42",
        "2024-05-03T10:50",
        "2024-05-04T08:00",
        "2024-05-04T09:00",
    ]
    assert data["timeline"][0]["description"] == "Début de l'incident\nsuite de la ligne"
    assert data["date"] == "2024-05-03"
    assert data["language"] == "fr"


@pytest.mark.parametrize("text", [SRE, LINES, DAYS], ids=["table", "headings", "lines"])
def test_no_word_is_lost_and_the_record_is_valid(text: str) -> None:
    """Every word of a document is in the record or in the notes, and the record has no faults."""
    source = read(text, "f.md")
    assert lost_words(text, source) == Counter()
    loaded = load_source(source)
    assert loaded.incident is not None, loaded.findings


def test_findings_point_into_the_markdown_file() -> None:
    """A placeholder in a section is told at its line and column of the file."""
    loaded = load_source(read("# Outage 2024-05-03\n\n## Impact\n\nThis led to\n[quantify the impact].\n", "f.md"))
    assert [str(each.place) for each in loaded.findings if each.code == "AW401"] == ["f.md:6:1"]


def test_notes_say_what_was_found_guessed_and_left_over() -> None:
    """Comments and unknown front matter are leftovers; a date from the title is a guess."""
    notes = read("---\nlayout: post\n---\n# Outage of 2024-05-03\n\nText <!-- hidden -->\n", "f.md").notes
    assert {note.words for note in notes if note.kind is NoteKind.LEFTOVER} == {"layout: post", "<!-- hidden -->"}
    assert ("date",) in {note.path for note in notes if note.kind is NoteKind.GUESSED}


def test_a_document_without_a_date_is_told_so() -> None:
    """No date is made up: the record needs one, and the finding says so."""
    loaded = load_source(read("# It broke\n\nAt 10:30 it broke.\n", "f.md"))
    assert [(each.code, each.path) for each in loaded.findings if each.severity == "error"] == [("AW202", "date")]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Zusammenfassung", "summary"),
        ("Résumé", "summary"),
        ("Resumen ejecutivo", "summary"),
        ("Fazit", "conclusion"),
        ("サマリー", "summary"),
        ("摘要", "summary"),
        ("الملخص التنفيذي", "summary"),
        ("🕒 3. **TL;DR**:", "summary"),
    ],
)
def test_titles_of_many_languages_are_known(heading: str, field: str) -> None:
    """Numbering, emoji, marks and colons make no difference."""
    assert record(f"# Outage 2024-05-03\n\n## {heading}\n\nText.\n")[field] == "Text."


HOSTILE = {
    "deep lists": "- " * 3000 + "x",
    "deep quotes": "> " * 3000 + "x",
    "brackets": "[" * 50_000,
    "ticks": "` " * 50_000,
    "open comments": "<!-- " * 50_000,
    "open fences": "```\n" * 20_000,
    "stars": "**" * 50_000,
    "wide table": "|a" * 20_000 + "\n" + "|-" * 20_000 + "\n",
    "digits": "# " + "1" * 50_000,
    "dashes": "---\n" * 20_000,
    "colons": "a: " * 50_000,
    "times": "10:42 " * 20_000,
    "dates": "## Timeline\n\n" + "2024-05-03 10:42 - x\n" * 10_000,
    "headings": "# a\n" * 20_000,
    "spaces": " " * 100_000 + "x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_read_or_refused(name: str) -> None:
    """Whatever the text, there is a record or a located refusal, never another exception."""
    found: tuple[Finding, ...] = ()
    try:
        read(HOSTILE[name], "f.md")
    except SourceError as error:
        found = tuple(error.findings)
    assert all(each.place and each.place.line for each in found)


CORPUS = Path(os.environ["AFTERWORD_CORPUS"]) / "markdown" if "AFTERWORD_CORPUS" in os.environ else None


@pytest.mark.skipif(CORPUS is None, reason="AFTERWORD_CORPUS names no folder of post-mortems")
def test_the_corpus_is_read_without_losing_a_word() -> None:
    """Real post-mortems become records whose only fault is a date that they do not give, and no word is lost."""
    assert CORPUS is not None
    lost: dict[str, Counter[str]] = {}
    faulty: dict[str, list[str]] = {}
    for path in sorted(CORPUS.glob("*.md")):
        source = read_file(str(path))
        if missing := lost_words(path.read_text("utf-8"), source):
            lost[path.name] = missing
        errors = [each.path for each in load_source(source).findings if each.severity == "error"]
        if errors not in ([], ["date"]):
            faulty[path.name] = errors
    assert (lost, faulty) == ({}, {})


@pytest.mark.parametrize(
    ("key", "field"),
    [
        ("**Responders:**", "responders"),
        ("Participants:", "responders"),
        ("**Reviewers**:", "reviewers"),
        ("**Autoren:**", "authors"),
        ("**対応者：**", "responders"),
        ("**المراجعون:**", "reviewers"),
    ],
)
@pytest.mark.parametrize("before", ["", "**Severity:** SEV1\n", "- Severity: SEV1\n\n"])
def test_people_below_a_key_are_taken(key: str, field: str, before: str) -> None:
    """A key alone on its line says what the people of the list below it are, in every language."""
    text = f"# Outage\n\n{before}{key}\n\n- Jane Doe\n- John Roe, Ann Poe\n\n## Summary\n\nDown.\n"
    data = read(text, "x.md", None).data

    assert isinstance(data, dict)
    assert data[field] == [{"name": "Jane Doe"}, {"name": "John Roe"}, {"name": "Ann Poe"}]
    assert "sections" not in data
    assert ("severity" in data) == bool(before)


@pytest.mark.parametrize(
    "body",
    [
        "Dashboard\nhttps://example.com/d\n\nTicket:\nhttps://example.com/t\n",
        "Dashboard\n\n<https://example.com/d>\n\nTicket\n\nhttps://example.com/t\n",
        "- Dashboard:\n  https://example.com/d\n- Ticket: https://example.com/t\n",
    ],
)
def test_labels_with_addresses_below_are_references(body: str) -> None:
    """Lines of labels and addresses by turns are links with titles; text among them keeps the section as it is."""
    data = read(f"# Outage\n\n## Links\n\n{body}", "x.md", None).data

    assert isinstance(data, dict)
    assert data["references"] == [
        {"title": "Dashboard", "url": "https://example.com/d"},
        {"title": "Ticket", "url": "https://example.com/t"},
    ]
    told = read(f"# Outage\n\n## Links\n\nSee these.\n\n{body}\nThat is all.\n", "x.md", None).data
    assert isinstance(told, dict)
    assert "references" not in told
