"""Placeholders are found in every style that forms use, and what only looks like one is passed over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from afterword.placeholders import find


@pytest.mark.parametrize(
    "placeholder",
    [
        "[describe the root cause]",
        "[incident]",
        "{Incident Title}",
        "{draft|final}",
        "{START_TIME}",
        "{root_cause}",
        "{description}",
        "{YYYY-MM-DD HH:MM}",
        "<title>",
        "<link>",
        "<n>",
        "<…>",
        "T+XXm",
        "pm-XXXX",
        "POR DEFINIR",
        "[INCIDENT TITLE]",
        "[YYYY-MM-DD]",
        "[TODO]",
        "[Date HH:MM]",
        "[draft|reviewed|approved]",
        "[X% → Y%]",
        "[Título del incidente]",
        "[osoba/rola]",
        "[2-3 Sätze: Was ist passiert?]",
        "[簡潔に1行で記述]",
        "[Sí/No]",
        "[a gap\nover two lines]",
        "<TODO>",
        "<Incident Title>",
        "<Инцидент>",
        "<persona o sistema>",
        "<Title>",
        "{{name}}",
        "{{ meta.organisation-name }}",
        "TBD",
        "TBA",
        "TODO",
        "FIXME",
        "XXX",
        "YYYY-MM-DD",
        "YYYY-MM-DD HH:MM",
        "AAAA-MM-DD",
        "RRRR-MM-DD",
        "TT.MM.JJJJ",
        "MM/DD/YYYY",
        "HH:MM",
        "hh:mm",
        "HH:mm",
        "XX:XX",
        "Xh Ym",
        "XX minutes",
        "Lorem ipsum dolor sit amet.",
        "20xx-MM-DD HH:mm",
        "YYYY-DD-MM",
        "2022-02-?? ??:??",
        "X %",
        "Xm",
        "#XXX",
        "@handle",
        "[[ netbox.server ]]",
        "ISSUE NAME",
        "<Put a time, or waived by <name>>",
        "INC-YYYY-NNN",
        "~N",
    ],
)
@pytest.mark.parametrize("around", ["{}", "It was {} then", "- **When:** {}", "| a | {} | b |", "see ({})"])
def test_every_style_is_found(placeholder: str, around: str) -> None:
    """A placeholder of each style is found alone, in a sentence, behind a label, in a cell and in parentheses."""
    text = around.format(placeholder)

    assert [found.text for found in find(text)] == [placeholder]
    assert all(text[found.start : found.end] == found.text for found in find(text))


@pytest.mark.parametrize("text", ["...", "- ...", "1. …", "| ... |", "???"])
def test_dots_alone(text: str) -> None:
    """Dots or question marks that stand alone for a value are a placeholder."""
    assert len(find(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[text](https://a.example)",
        "[a longer text](docs/page.md 'title')",
        "![a picture](a.png)",
        "[text][id] and [text][]",
        "[id]: https://a.example/TBD",
        "a note[^1] and [^note]",
        "- [ ] open\n- [x] done",
        "[13:20] the job starts",
        "[Incident] API is down",
        "# [SEV-2] API is down",
        "[Post-mortem] What we learned",
        "[29/Jun/2022:03:28:53 +0000] GET",
        "[2024-01-02 10:00] started",
        "[OK] [INFO] [ERROR] [warning]",
        "[1] and [23] and [0]",
        "[a-z] and [A-Za-z0-9]",
        "he said [sic] that it [...] works",
        "[REDACTED] called",
        "items[index] and f(x)[key]",
        "[P1] and [INC-17] and [us-east-1a]",
        "\\[describe the root cause]",
        "<https://a.example/TODO>",
        "<ops@team.example>",
        "<b>bold</b> <br/> <img src='x'> </div>",
        "<!-- TODO: say why -->",
        "List<String> and Map<Key, Value>",
        "a < b and c > d",
        "`TODO` and ``[describe it]``",
        "```\nTBD [describe it]\n```",
        "~~~\nTBD\n",
        "N/A",
        "at 10:30 on 2023-08-13",
        "https://a.example/TODO?x=[name]",
        "TODOs and MYTODO and todo",
        "${{ secrets.NAME }}",
        "Wait... what?",
        "#TODO @TODO",
        "a[U+0000]b [U+DFFF] c",
        "Alerting on load `@ada` [detect]",
        "it is identical [93 lines to 93 lines]",
        "validate each SPRINT-XXX in the log",
        "What?? Really??",
        "the path /forms/{slug} and `{URL}` and {slug} and {WIP}",
        "it said “none found for {URL}”",
        "a set {staging, production}, a rule {color: red}, \\frac{a b}{c d}, {% extends %}",
        "> We keep your data in [cloud vendor] accounts for ninety days after the date of cancellation.",
        "$ kubectl get pvc | grep <username>",
        "labels: [kind/postmortem, needs/triage]",
        "<title>Outage</title>",
        "- **Status**: todo",
        "changed from [Require approval for some] to [Require approval for all]",
    ],
)
def test_what_only_looks_like_one(text: str) -> None:
    """Links, notes, boxes, times, log words, code, HTML, addresses and generic types are no placeholders."""
    assert find(text) == ()


@pytest.mark.parametrize("space", [" ", "\t"])
def test_white_space_without_end_costs_little(space: str) -> None:
    """Half a million spaces are searched once and not once for each of them: this ends, or it does not."""
    assert find(space * 500_000 + "x") == ()
    assert [found.start for found in find(f"-{space * 500_000}...")] == [500_001]


@given(st.text(st.sampled_from("[]<>{}`~\\ \nTBDYMHX:-.a1!|("), max_size=60))
def test_found_in_order(text: str) -> None:
    """Whatever the text, placeholders come in order, do not overlap, and are parts of it."""
    found = find(text)

    assert all(text[each.start : each.end] == each.text for each in found)
    assert all(before.end <= after.start for before, after in zip(found, found[1:], strict=False))  # noqa: RUF007 (each with the one after it)
