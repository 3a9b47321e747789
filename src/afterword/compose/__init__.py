"""Compose: Incident to Report, one of the two places that know both."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from afterword.assets import Shelf
from afterword.clock import document_date
from afterword.codes import CODES
from afterword.compose import closing
from afterword.compose.desk import Desk
from afterword.compose.labels import AUDIENCES, EDITIONS, STAGES, STATUSES
from afterword.compose.outline import outline
from afterword.compose.overview import key_figures
from afterword.diagnostics import Finding
from afterword.incident.audience import Audience
from afterword.incident.marked import is_marked
from afterword.incident.model import Classification, Incident, Stage
from afterword.report.identity import document_id
from afterword.report.nodes import (
    Badge,
    EmbeddedFile,
    FixedWords,
    Marking,
    Meta,
    Report,
    TitleBlock,
)
from afterword.report.walk import runs
from afterword.words import Words

MOST_RUNS = 20_000
"""Paragraphs, list items and cells of a report; laying out twice as many takes minutes."""

_MARKINGS = {
    Classification.RED: "red",
    Classification.AMBER: "amber",
    Classification.AMBER_STRICT: "amber-strict",
    Classification.GREEN: "green",
    Classification.CLEAR: "clear",
}


@dataclass(frozen=True, slots=True)
class Furniture:
    """Texts of page header and footer, with `{title}`, `{id}`, `{date}` and `{stage}` to be filled in."""

    header: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Composed:
    """A report and what was noticed while it was composed."""

    report: Report
    findings: tuple[Finding, ...]


def compose(  # noqa: PLR0913 (each is a thing of its own, and the last two have defaults)
    incident: Incident,
    words: Words,
    shelf: Shelf,
    environ: Mapping[str, str],
    furniture: Furniture | None = None,
    *,
    as_of: date | None = None,
) -> Composed:
    """Return the report of an incident in the given words, with the pictures and files that it names.

    `as_of` is the day on which an action is overdue or not; without it, that is the date that the report carries.
    """
    desk = Desk(incident, words, shelf, as_of or day_of_report(incident, environ))
    sections, files = outline(desk)
    report = Report(
        meta=_meta(desk, environ, furniture or Furniture()),
        title_block=_title_block(desk),
        sections=sections,
        closing=closing.contact(desk),
        assets=dict(sorted(shelf.taken.items())),
        source=source_file(incident, words),
        files=files,
        words=_fixed_words(words),
    )
    return Composed(report, (*desk.findings, *_too_many(report)))


def _too_many(report: Report) -> Iterator[Finding]:
    """Yield a finding for a report of so many paragraphs, items and cells that laying them out takes minutes."""
    count = sum(1 for _ in runs(report))
    if count > MOST_RUNS:
        message = f"the report has {count:,} paragraphs, list items and cells, more than {MOST_RUNS:,}"
        yield Finding("AW405", message, hint=CODES["AW405"].hint)


def source_file(incident: Incident, words: Words) -> EmbeddedFile:
    """Return the record as the file that travels inside every document made from it."""
    data = json.dumps(incident.as_data(), ensure_ascii=False, indent=2) + "\n"
    description = words.say("The record this report was made from")
    return EmbeddedFile("incident.json", "application/json", data.encode(), description, "Source")


def _meta(desk: Desk, environ: Mapping[str, str], furniture: Furniture) -> Meta:
    incident, words, audience = desk.incident, desk.words, _audience(desk.incident)
    stage_label = words.say(STAGES[incident.stage])
    fills = {
        "title": incident.title,
        "id": incident.id,
        "date": words.date(incident.date),
        "stage": stage_label,
    }
    return Meta(
        title=incident.title,
        identifier=incident.id,
        document_id=document_id(incident.id, incident.edition.value if incident.edition else ""),
        language=words.language,
        direction=words.direction,
        authors=tuple(author.name for author in incident.authors),
        subject=words.say("Postmortem report on incident {id}", id=incident.id),
        keywords=(*incident.tags, *incident.services),
        date=document_date(_recorded(incident), environ),
        stage=incident.stage.value,
        stage_label=stage_label,
        header=_fill(furniture.header, fills, words),
        footer=_fill(furniture.footer, fills, words),
        marking=_marking(incident),
        edition=audience.value if audience else "",
        edition_label=words.say(EDITIONS[audience]) if audience else "",
    )


def _audience(incident: Incident) -> Audience | None:
    """Return whom the document is for; None where it is for everybody alike, because nothing is marked."""
    return incident.edition or (Audience.INTERNAL if is_marked(incident) else None)


def _fill(template: str, fills: Mapping[str, str], words: Words) -> str:
    """Return a text of the theme with its values; a mark after each keeps their order from right to left."""
    mark = "\N{RIGHT-TO-LEFT MARK}" if words.direction == "rtl" else ""
    marked = {name: f"{value}{mark}" for name, value in fills.items()}
    return re.sub(r"\{(\w+)\}", lambda match: marked.get(match[1], match[0]), template)


def _recorded(incident: Incident) -> datetime:
    """Return the latest moment of the record: its last event, or the day of the incident."""
    day = datetime.combine(incident.date, datetime.min.time(), tzinfo=incident.zone)
    return incident.timeline[-1].at if incident.timeline else day


def day_of_report(incident: Incident, environ: Mapping[str, str]) -> date:
    """Return the date that the report carries, where the incident happened; SOURCE_DATE_EPOCH overrides it."""
    moment = document_date(_recorded(incident), environ)
    return (moment.astimezone(incident.zone) if incident.zone else moment).date()


def _marking(incident: Incident) -> Marking | None:
    label = incident.classification
    return Marking(label.value, _MARKINGS[label]) if label else None  # type: ignore[arg-type] # the table has only roles


def _title_block(desk: Desk) -> TitleBlock:
    incident, words = desk.incident, desk.words
    badges = [Badge(words.say("Status"), words.say(STATUSES[incident.status]), "status")]
    if incident.severity:
        badges.append(Badge(words.say("Severity"), incident.severity, "severity"))
    if incident.stage is not Stage.FINAL:
        badges.append(Badge(words.say("Report"), words.say(STAGES[incident.stage]), "stage"))
    if audience := _audience(incident):
        badges.append(Badge(words.say("Edition"), words.say(AUDIENCES[audience]), "edition"))
    subtitle = words.say("Incident {id} · {date}", id=incident.id, date=words.date(incident.date))
    return TitleBlock(
        words.say("Postmortem Report"),
        desk.plain("title", incident.title),
        subtitle,
        tuple(badges),
        byline=words.all_of(tuple(author.name for author in incident.authors)),
        figures=key_figures(desk),
    )


def _fixed_words(words: Words) -> FixedWords:
    return FixedWords(
        contents=words.say("Contents"),
        figure=words.say("Figure"),
        table=words.say("Table"),
        page_of=words.say("Page {page} of {pages}"),
        draft=words.say("Draft"),
        placeholder=words.say("To be filled in"),
        done=words.say("done"),
        not_done=words.say("not done"),
        notes=words.say("Notes"),
        note=words.say("Note {number}"),
        back=words.say("Back to the text"),
    )
