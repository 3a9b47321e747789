"""Hypothesis strategies for valid records and incidents, with the text that people and attackers write."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from afterword.incident.model import Classification, Incident, Stage, Status
from afterword.incident.parts import Kind
from afterword.incident.sections import SECTION_NAMES
from effort import examples

Record = dict[str, Any]

FEW = settings(max_examples=examples(20, 80), deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For tests that make whole incidents, which takes a while; no test measures time."""

ZONES = ("", "UTC", "Africa/Addis_Ababa", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe")

HOSTILE = (
    "<script>alert(1)</script>",
    "{{ 7 * 7 }} {% for x in y %}",
    "![x](../../secret.png) ![y](https://example.org/a.png)",
    "[a](javascript:alert(1)) [b](#nowhere) <https://example.org/%00>",
    "\x07\x1b[31m \u202egnp.exe\u202c \ufffe \ud800",
    "before\n\n| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |",
    "# One\n\n#### Four\n\n## Two\n\ntext\n\n# \n",
    "- a\n  - b\n    1. c\n\n       d\n- [ ] open\n- [x] done",
    "```sh\nrm -rf /\n```\n\n~~~\nopen fence",
    "> quote\n> > deeper\n\n---\n\n***",
    "[describe the root cause] <TODO> {{name}} TBD",
    "שלום עולם مرحبا 日本語 ሰላም 👩‍👩‍👧 Z͑ͫ̓",
    "{name} {email} {id} {0} %s \\ & < > \" '",
    "<!-- nothing -->",
    "[ref]: https://example.org 'title'",
    "&nbsp;&#0;&lt;b&gt; \u00a0\u200b\u00ad",
    "line one\\\nline two  \nline three",
)
"""Texts that have broken tools of this kind, in one way or another."""

ODD_NAMES = (
    *("Lovelace, Ada", "King, Jr., Martin", "O'Neil (Bob)", "Dr. Ruth (on call), SRE", "A", "🦊", "Ada Lovelace "),
    *("a, b (c@example.org)", "المنصور، هدى", "山田、太郎", "Ada: Lovelace", "Smith & Sons; Ltd.", "Who? (me), you\\"),
)
"""Names that hold what stands between names, roles and addresses."""

_WORDS = st.lists(
    st.sampled_from(("cache", "Zone", "12:30", "réseau", "**bold**", "`code`", "_it_", "5 %", "a|b", "x", "🦊"))
)
_TAME = _WORDS.map(" ".join)
_ANY = st.text(st.characters(codec=None), max_size=30)


def texts(*, hostile: bool = True) -> SearchStrategy[str]:
    """Return texts of one or more lines, which may be empty; without `hostile` they are plain words."""
    return st.one_of(_TAME, st.sampled_from(HOSTILE), _ANY) if hostile else _TAME


def names(*, hostile: bool = True) -> SearchStrategy[str]:
    """Return texts that are not empty, not even after white space is folded."""
    return texts(hostile=hostile).map(lambda text: text if text.strip() and text.split() else "a name")


def fields(**choices: SearchStrategy[Any]) -> SearchStrategy[Record]:
    """Return mappings in which any of the fields may be missing."""
    return st.fixed_dictionaries({}, optional=choices)


def people(*, hostile: bool = True) -> SearchStrategy[Any]:
    """Return people as mappings, as names or as `Name <address>`."""
    address = st.sampled_from(("a@example.org", "first.last+tag@sub.example.org"))
    name = names(hostile=hostile)
    name = st.one_of(name, st.sampled_from(ODD_NAMES))
    full = st.fixed_dictionaries({"name": name}, optional={"email": address, "role": texts(hostile=hostile)})
    return st.one_of(full, st.sampled_from(("Ada Lovelace", "Ada Lovelace <ada@example.org>")))


@st.composite
def timelines(draw: st.DrawFn, zone: str, day: date, *, hostile: bool = True) -> list[Record]:
    """Return events in order: the first at a time of `day`, each other some time after the one before."""
    # Clocks are changed in the hours between.
    moment = datetime.combine(day, draw(st.one_of(st.just(time(0)), st.times(time(5), time(22)))))
    events: list[Record] = []
    for _ in range(draw(st.integers(0, 6))):
        event: Record = {"description": draw(texts(hostile=hostile)), "kind": draw(st.sampled_from(list(Kind))).value}
        event |= draw(fields(actor=texts(hostile=hostile), source=texts(hostile=hostile), link=links()))
        if not events:
            event["at"] = f"{moment:%Y-%m-%d %H:%M}{'' if zone else draw(st.sampled_from(('', 'Z', '+05:45')))}"
        else:
            event["time"] = f"+{draw(st.sampled_from(('0 min', '2 min', '1 h 30 min', '45 s', '26 h')))}"
        events.append(event)
    return events


def links() -> SearchStrategy[str]:
    """Return links that a record takes."""
    return st.sampled_from(("https://example.org/a?b=c&d=%20#e", "http://[::1]:80/", "mailto:a@example.org", ""))


def custom_sections(*, hostile: bool = True) -> SearchStrategy[Record]:
    """Return sections of an author's own at any place."""
    places = [f"{side} {name}" for side in ("before", "after") for name in SECTION_NAMES] + ["start", "end"]
    optional = {"body": texts(hostile=hostile), "position": st.sampled_from(places)}
    return st.fixed_dictionaries({"heading": names(hostile=hostile)}, optional=optional)


def _learning(*, hostile: bool) -> dict[str, SearchStrategy[Any]]:
    text = texts(hostile=hostile)
    lesson = fields(title=text, description=text, group=st.sampled_from(("", "went-well", "went wrong", "lucky")))
    action = fields(
        title=text,
        description=text,
        type=st.sampled_from(("", "prevent", "repair")),
        owner=people(hostile=hostile),
        due=st.dates(date(2023, 8, 14), date(2024, 12, 31)).map(str),
        status=st.sampled_from(("", "open", "In Progress", "done")),
        ticket=st.sampled_from(("", "OPS-1", "https://example.org/OPS-1")),
        priority=text,
    )
    return {"lessons": _few(st.one_of(text, lesson)), "preventive_measures": _few(st.one_of(text, action))}


def _analysis(*, hostile: bool) -> dict[str, SearchStrategy[Any]]:
    text, name = texts(hostile=hostile), names(hostile=hostile)
    measure = st.fixed_dictionaries({"name": name, "value": name}, optional={"unit": text})
    cause = fields(
        description=text, trigger=text, contributing_factors=_few(text), five_whys=_few(text), detection_gap=text
    )
    impact = fields(description=text, measures=_few(measure), customers=text, services=_few(name), data_loss=text)
    step = st.one_of(text, fields(title=text, description=text))
    resolution = st.one_of(_few(step), fields(description=text, steps=_few(step)))
    return {"root_cause": st.one_of(text, cause), "impact": st.one_of(text, impact), "resolution": resolution}


def _few(items: SearchStrategy[Any]) -> SearchStrategy[list[Any]]:
    return st.lists(items, max_size=3)


@st.composite
def records(draw: st.DrawFn, *, hostile: bool = True, stage: Stage | None = None) -> Record:
    """Return valid records as JSON values, without attachments and in English; of one stage, or of any."""
    text, name, person = texts(hostile=hostile), names(hostile=hostile), people(hostile=hostile)
    zone = draw(st.sampled_from(ZONES))
    day = draw(st.dates(date(2000, 1, 1), date(2035, 12, 31)))
    record: Record = {"id": draw(name), "title": draw(name), "date": str(day), "timezone": zone}
    record["stage"] = (stage or draw(st.sampled_from(list(Stage)))).value
    record["timeline"] = draw(timelines(zone, day, hostile=hostile))
    optional = fields(
        status=st.sampled_from(list(Status)).map(lambda status: status.value),
        severity=text,
        classification=st.sampled_from(list(Classification)).map(lambda label: label.value),
        tags=_few(name),
        services=_few(name),
        authors=_few(person),
        contact=person,
        reviewers=_few(person),
        responders=_few(person),
        summary=text,
        conclusion=text,
        references=_few(st.one_of(text, fields(title=text, url=links()))),
        sections=_few(custom_sections(hostile=hostile)),
        **_analysis(hostile=hostile),
        **_learning(hostile=hostile),
    )
    return record | draw(optional)


def incidents(*, hostile: bool = True, stage: Stage | None = None) -> SearchStrategy[Incident]:
    """Return valid incidents: see `records`."""
    return records(hostile=hostile, stage=stage).map(Incident.model_validate)
