"""Which part of a record the sections of a document become, by their titles and by what stands in them."""

from __future__ import annotations

from typing import Any, cast

import pytest

from afterword.documents import read
from afterword.vocabulary.fields import field_of_heading
from afterword.vocabulary.titles import section_of

HEAD = "# Outage\n\nDate: 2024-05-03\n\n"


def record(text: str, name: str = "f.md") -> dict[str, Any]:
    """Return the data that a Markdown text becomes."""
    return cast("dict[str, Any]", read(text, name).data)


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("1. Executive Summary", "summary"),
        ("🕒 Cronología (Timeline)", "timeline"),
        ("Timeline (all times PST) 01/16/2024 - 02/28/2024", "timeline"),
        ("Root causes & contributing factors", "root_cause"),
        ("Root Cause and Mitigation", "root_cause"),
        ("Severity & Impact", "impact"),
        ("Lessons learned and future improvements", "lessons"),
        ("What went well & where did we get lucky", "well"),
        ("Conclusion and next steps", "conclusion"),
        ("Description and root cause", "root_cause"),
        ("Action Itmes", "actions"),
        ("Leasons learned", "lessons"),
        ("What happend?", "account"),
        ("用户与项目影响", "impact"),
        ("二、故障时间线", "timeline"),
        ("今回の再発防止策", "actions"),
        ("概要と影響", "summary"),
        ("Cloning", ""),
        ("Stationary", ""),
        ("Deflections", ""),
        ("用户成本量化", ""),
        ("How the scheduler works", ""),
    ],
)
def test_titles_are_known_with_what_stands_around_them(title: str, part: str) -> None:
    """Numbering, emoji, brackets, an `and`, one wrong letter make no difference; other words stay other words."""
    assert section_of(title) == part


TITLES = {
    "de": "Zusammenfassung|Zeitlicher Ablauf|Ursachenanalyse|Auswirkungen|Behebung|Erkenntnisse|Maßnahmen|Fazit|Links",
    "fr": "Résumé|Chronologie|Causes profondes|Conséquences|Résolution|Leçons|Actions correctives|Conclusion|Liens",
    "es": "Resumen ejecutivo|Línea de tiempo|Causa raíz|Impacto|Resolución|Lecciones aprendidas|Acciones preventivas"
    "|Conclusiones|Referencias",
    "pt": "Resumo|Linha do tempo|Causa raiz|Impacto no cliente|Resolução|Lições aprendidas|Itens de ação|Conclusão"
    "|Referências",
    "ja": "サマリー|タイムライン|根本原因分析|影響|復旧|教訓|アクションアイテム|まとめ|参考資料",
    "zh": "摘要|时间线|根因分析|影响范围|修复|经验教训|行动项|结论|参考资料",
    "ar": "الملخص التنفيذي|الجدول الزمني|السبب الجذري|التأثير|الحل|الدروس المستفادة|الإجراءات الوقائية|الخلاصة|المراجع",
}
PARTS = ["summary", "timeline", "root_cause", "impact", "resolution", "lessons", "actions", "conclusion", "references"]


@pytest.mark.parametrize("language", TITLES)
def test_every_part_has_a_name_in_each_language(language: str) -> None:
    """The nine parts of a report are known by their usual names in German to Arabic."""
    assert [section_of(title) for title in TITLES[language].split("|")] == PARTS


def test_a_key_with_a_wrong_letter_is_a_heading_of_its_field() -> None:
    """`Atendees` heads the people who took part."""
    assert field_of_heading("Atendees") == "responders"


def test_what_happened_is_the_summary_where_there_is_no_other() -> None:
    """An account of the incident is its summary, unless a section of that name is there."""
    assert record(HEAD + "## What happened\n\nAll was down.\n")["summary"] == "All was down."
    both = record(HEAD + "## What happened\n\nAll was down.\n\n## Summary\n\nShort.\n")
    assert both["summary"] == "Short."
    assert both["sections"][0]["heading"] == "What happened"


def test_what_happened_is_the_timeline_where_it_tells_times() -> None:
    """A list of times is a timeline also under a title that says less; two times in paragraphs are not."""
    listed = record(HEAD + "## What happened\n\n- 10:42 a\n- 10:50 b\n- 11:00 c\n")
    assert [event["at"][11:] for event in listed["timeline"]] == ["10:42", "10:50", "11:00"]
    told = record(HEAD + "## What happened\n\nAt around 3am UTC the network halted.\n")
    assert "timeline" not in told
    assert told["summary"] == "At around 3am UTC the network halted."


def test_sections_of_ours_have_titles_in_the_language_that_is_guessed() -> None:
    """What stands before the first section, and fields that are unknown, get titles in the document's language."""
    text = (
        "# Caída de la tienda\n\n**Fecha:** 2024-05-03\n**Patrón asociado:** P-009\n\nAntes de todo.\n\n## Resumen\n\n"
    )
    data = record(
        text + "La tienda y los pagos no funcionaron por una falla del proveedor, que no era de las nuestras.\n"
    )
    assert data["language"] == "es"
    assert [each["heading"] for each in data["sections"]] == ["Introducción", "Detalles"]


def test_text_under_measures_is_one_measure() -> None:
    """Measures told in paragraphs are one measure, not a section of the author's own."""
    data = record(HEAD + "## Action items\n\nWe will train people.\n\nAnd buy a second one.\n")
    assert data["preventive_measures"] == [{"description": "We will train people.\n\nAnd buy a second one."}]
    assert "sections" not in data


def test_groups_of_measures_are_measures_whatever_they_are_called() -> None:
    """`Mitigation` above a table inside the measures groups them, and tells not how the incident was resolved."""
    table = "| # | Action | Owner |\n|---|---|---|\n| 1 | Add a probe | Ada |\n"
    data = record(HEAD + f"## Action items\n\n### Mitigation\n\n{table}")
    assert "resolution" not in data
    assert data["preventive_measures"][0]["owner"] == "Ada"


def test_factors_that_are_told_in_text_are_the_root_cause() -> None:
    """Text under contributing factors is the description of the cause, a list after it the factors."""
    data = record(HEAD + "## Contributing factors\n\nTwo things met.\n\n- No probe\n- No runbook\n")
    assert data["root_cause"] == {
        "description": "Two things met.",
        "contributing_factors": ["No probe", "No runbook"],
    }


def test_the_name_of_a_file_gives_the_date_unless_the_timeline_knows_other_days() -> None:
    """A date in a file's name is the incident's, but not where the events are on other days: then it was published."""
    timed = record("# Outage\n\n## Timeline\n\n- 10:42 a\n", "2024-05-03-outage.md")
    assert timed["timeline"][0]["at"] == "2024-05-03T10:42"
    dated = record("# Outage\n\n## Timeline\n\n- 2024-02-01 10:42 a\n", "2024-05-03-outage.md")
    assert dated["date"] == "2024-02-01"
    near = record("# Outage\n\n## Timeline\n\n- Feb 1, 10:42 a\n", "2024-02-03-outage.md")
    assert (near["date"], near["timeline"][0]["at"]) == ("2024-02-01", "2024-02-01T10:42")


def test_an_entry_with_a_date_that_nobody_can_read_is_an_event() -> None:
    """A date with a typing error or a placeholder starts an event beside the one before, with its words."""
    data = record("# O\n\n## Timeline\n\n10/24/2022 - found\n\n11/03/202 - fixed\n\n- 2022-11-?? ??:??: told\n")
    assert [(event["at"], event["description"]) for event in data["timeline"]] == [
        ("2022-10-24T00:00", "(10/24/2022) found"),
        ("2022-10-24T00:00", "(11/03/202) fixed"),
        ("2022-10-24T00:00", "(2022-11-?? ??:??) told"),
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("#Outage\n\n##Details of it\n\nA.\n", ["Details of it"]),
        ("# Outage\n\n###**Bold one**\n\nA.\n", ["Bold one"]),
        ("# Outage\n\nA.\n\n#42 broke it, #channel knew.\n", []),
        ("# Outage\n\nA.\n\n```\n##no heading\n```\n", []),
        ("# Outage\n\nA.\n\n##42\n", []),
    ],
)
def test_headings_without_a_space_are_headings(text: str, headings: list[str]) -> None:
    """Marks of a heading need no space after them, but numbers, channels and code are no headings."""
    data = record(text)
    assert data["title"] == "Outage"
    assert [each["heading"] for each in data.get("sections", [])] == headings


@pytest.mark.parametrize(
    "line", ["_Ada Lovelace 2024-05-03._", "*By Ada Lovelace, 3 May 2024*", "**Ada Lovelace, 2024-05-03**"]
)
def test_a_line_in_emphasis_below_the_title_names_the_author(line: str) -> None:
    """Who wrote a report, and when, may stand in a line of emphasis before all text."""
    data = record(f"# Outage\n\n{line}\n\nAll was down.\n")
    assert (data["authors"], data["date"], data["summary"]) == (
        [{"name": "Ada Lovelace"}],
        "2024-05-03",
        "All was down.",
    )


@pytest.mark.parametrize("line", ["_All was down_", "_See the other report._", "**Ada Lovelace** was there"])
def test_other_lines_in_emphasis_are_text(line: str) -> None:
    """Emphasis alone names nobody."""
    assert record(f"# Outage\n\n{line}\n")["summary"] == line


def test_the_day_of_publication_is_the_last_that_counts() -> None:
    """A document of which nothing else gives a date has that of its publication, as a guess; else that is left over."""
    source = read("---\ntitle: A\npublished_at: 2024-05-03T10:00:00Z\n---\nAll was down.\n", "f.md")
    assert cast("dict[str, Any]", source.data)["date"] == "2024-05-03"
    assert [(note.kind, note.place.line) for note in source.notes if note.path == ("date",)] == [("guessed", 3)]
    dated = read("---\npublished: 2024-05-03\n---\nOn 1 April 2024 all was down.\n", "f.md")
    assert cast("dict[str, Any]", dated.data)["date"] == "2024-04-01"
    assert [note.words for note in dated.notes if note.kind == "leftover"] == ["published: 2024-05-03"]


@pytest.mark.parametrize(
    ("heading", "field", "value"),
    [
        ("予防（Prevent）", "type", "prevent"),
        ("Detection", "type", "detect"),
        ("Process/Policy improvements", "type", "process"),
        ("Documentation improvements", "type", "document"),
        ("Short-term actions", "priority", "Short-term actions"),
        ("P1", "priority", "P1"),
        ("Langfristig", "priority", "Langfristig"),
        ("Upstream bug reports", "title", "Upstream bug reports"),
    ],
)
def test_a_heading_above_measures_says_what_they_share(heading: str, field: str, value: str) -> None:
    """What they are for, how urgent they are, or what they are about: only the second is a priority."""
    source = read(f"# Outage\n\nDate: 2024-05-03\n\n## Action items\n\n### {heading}\n\n- Do this\n", "a.md")

    assert source.value(("preventive_measures", 0)) == {"description": "Do this"} | {field: value}


def test_what_measures_are_about_goes_before_their_titles() -> None:
    """A measure with a title of its own keeps it, and its title stands first."""
    source = read("# Outage\n\n## Action items\n\n### Monitoring\n\n- **Probes:** add one\n", "a.md")
    measure = cast("dict[str, str]", source.value(("preventive_measures", 0)))

    assert list(measure.items()) == [
        ("title", "Monitoring: Probes"),
        ("description", "add one"),
    ]


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://example.org/questions/outage-2015-10-08-utc", "2015-10-08"),
        ("https://example.org/news/2017/02/10/too-much", "2017-02-10"),
        ("https://example.org/on-the-outage-of-november-9th-2018", "2018-11-09"),
        ("https://example.org/2015/01/outage", None),
        ("https://example.org/march-20-outage", None),
    ],
)
def test_the_address_of_a_document_gives_a_date_where_nothing_else_does(address: str, day: str | None) -> None:
    """A full date in the address of the front matter is the last guess; a month or a day without a year is none."""
    source = read(f"---\nurl: {address}\n---\nAll was down.\n", "f.md")
    assert cast("dict[str, Any]", source.data).get("date") == day
    guesses = [note.words for note in source.notes if note.path == ("date",) and note.kind == "guessed"]
    assert guesses == ([f"{address}: from the address of the document"] if day else [])


def test_a_summary_behind_cause_and_cure_is_the_conclusion() -> None:
    """What sums up at the end concludes the report."""
    data = record(HEAD + "## Root cause\n\nA.\n\n## Resolution\n\nB.\n\n## 总结\n\nC.\n")
    assert (data["conclusion"], "summary" in data) == ("C.", False)


def test_what_went_wrong_is_the_account_where_it_comes_first_and_nothing_went_well() -> None:
    """A report that begins with what failed tells what happened; beside what went well it is a lesson."""
    assert record(HEAD + "## Qué falló\n\nTodo.\n\n## Causa raíz\n\nA.\n")["summary"] == "Todo."
    both = record(HEAD + "## What went wrong\n\n- a\n\n## What went well\n\n- b\n")
    assert [lesson["group"] for lesson in both["lessons"]] == ["went-wrong", "went-well"]


def test_sections_inside_a_part_that_name_nothing_stay_in_it() -> None:
    """What stands inside the cause under its own headings belongs to the cause, also beside a timeline in it."""
    data = record(HEAD + "## Root cause\n\nA.\n\n### Evidence\n\nB.\n\n### Timeline\n\n- 10:42 c\n")
    assert data["root_cause"]["description"] == "A.\n\n### Evidence\n\nB."
    assert [event["description"] for event in data["timeline"]] == ["c"]
    assert "sections" not in data


def test_the_summary_of_the_front_matter_gives_way_to_a_section() -> None:
    """One line of front matter is left over where a section is the summary."""
    source = read("---\nsummary: Short.\n---\n# Outage\n\n## Summary\n\nLong.\n", "f.md")
    assert cast("dict[str, Any]", source.data)["summary"] == "Long."
    assert "summary: Short." in [note.words for note in source.notes if note.kind == "leftover"]


@pytest.mark.parametrize("line", ["<h1>Outage</h1>", '<h1 align="center"> Outage </h1>'])
def test_headings_in_html_are_headings(line: str) -> None:
    """A heading in HTML on a line of its own is the title or a section; in code it is code."""
    data = record(f"{line}\n\nAll was down.\n\n<h2>Root cause</h2>\n\nA typo.\n")
    assert (data["title"], data["summary"]) == ("Outage", "All was down.")
    assert data["root_cause"] == {"description": "A typo."}
    assert line in record(f"A.\n\n```\n{line}\n```\n")["summary"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("# Outage on April 16, 2025\n\nAll was down.\n", "2025-04-16"),
        ("# Date\n\n2025-04-17\n\n# Summary\n\nAll was down.\n", "2025-04-17"),
        ("# Outage\n\nDate: 2025-04-18\n\nAll was down.\n", "2025-04-18"),
        ("# Outage\n\nAll was down since 2025-04-01.\n", "2025-09-15"),
    ],
)
def test_the_date_of_the_front_matter_gives_way_to_fields_and_title(text: str, day: str) -> None:
    """A blog dates its posts in the front matter; what the post says of the incident counts more."""
    source = read(f"---\ndate: 2025-09-15\n---\n{text}", "f.md")
    assert cast("dict[str, Any]", source.data)["date"] == day
    left = [note.words for note in source.notes if note.kind == "leftover"]
    assert left == ([] if day == "2025-09-15" else ["date: 2025-09-15"])


def test_the_day_on_which_a_document_was_written_is_the_last_date_of_its_text() -> None:
    """`Created` and `Last updated` tell of the document; any other date of the text is before them."""
    table = "| | |\n|---|---|\n| Created | 2024-05-04 |\n"
    assert record(f"# Outage\n\n{table}\nAll was down on 2024-05-03.\n")["date"] == "2024-05-03"
    assert record(f"# Outage\n\n{table}\nAll was down.\n")["date"] == "2024-05-04"


def test_a_timeline_without_times_inside_a_cause_stays_in_it() -> None:
    """What is called a timeline and tells no time is text of the part around it; a log in a cause is the timeline."""
    steps = record(HEAD + "## Root cause\n\nA.\n\n### Timeline\n\n1. It grew\n2. It fell\n")
    assert steps["root_cause"]["description"] == "A.\n\n### Timeline\n\n1. It grew\n2. It fell"
    told = record(HEAD + "## Root cause\n\nA.\n\n### Evidence\n\n- 10:42 a\n- 10:43 b\n- 10:44 c\n")
    assert [event["description"] for event in told["timeline"]] == ["a", "b", "c"]


def test_a_heading_that_says_what_it_heads_is_the_title_whatever_its_level() -> None:
    """`## Incident: …` before other headings of its level is the title, and they are the sections."""
    data = record("## Incidente: se cayó todo\n\n**Fecha:** 2025-09-20\n\n## Causa raíz\n\nA.\n")
    assert (data["title"], data["date"], data["root_cause"]) == ("se cayó todo", "2025-09-20", {"description": "A."})


def test_the_summary_of_the_front_matter_may_tell_the_date() -> None:
    """A full date in the summary of the front matter is a guess where the text has none."""
    source = read("---\ntitle: A\nsummary: On January 15, 2022, work began.\n---\nAll was down.\n", "f.md")
    assert cast("dict[str, Any]", source.data)["date"] == "2022-01-15"
    assert [note.kind for note in source.notes if note.path == ("date",)] == ["guessed"]


def test_a_title_of_a_date_keeps_the_kind_of_the_document() -> None:
    """`Relatório de incidente - 2026-07-12` stays whole: a date alone is no title."""
    assert record("# Relatório de incidente - 2026-07-12\n\nA.\n")["title"] == "Relatório de incidente - 2026-07-12"
    assert record("# RCA: a typo\n\nA.\n")["title"] == "a typo"
