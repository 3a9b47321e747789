"""Executive Summary, Root Cause Analysis, Impact, Mitigation and Resolution."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.compose.charts import measures_charts
from afterword.compose.desk import Desk
from afterword.compose.moments import stamp_text
from afterword.compose.steps import Titled, as_blocks, steps
from afterword.incident.parts import Measure
from afterword.report.builders import cell
from afterword.report.nodes import (
    Block,
    BulletList,
    Column,
    Fact,
    Facts,
    FieldBlock,
    FieldText,
    ListItem,
    NumberedList,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
)
from afterword.words import message


def summary(desk: Desk) -> Section:
    """Return the section that a board reads."""
    blocks, sections = desk.field("summary", desk.incident.summary)
    return Section(desk.say("Executive Summary"), blocks, sections, "summary")


def root_cause(desk: Desk) -> Section:
    """Return the section that says why it happened."""
    cause = desk.incident.root_cause
    blocks, nested = desk.field("root_cause.description", cause.description)
    parts = (
        _part(desk, message("Trigger"), "root_cause.trigger", cause.trigger),
        _list_part(
            desk, message("Contributing Factors"), "root_cause.contributing_factors", cause.contributing_factors
        ),
        _list_part(desk, message("Five Whys"), "root_cause.five_whys", cause.five_whys, in_order=True),
        _part(desk, message("Detection Gap"), "root_cause.detection_gap", cause.detection_gap),
    )
    sections = (*nested, *(part for part in parts if part))
    return Section(desk.say("Root Cause Analysis"), blocks, sections, "root-cause")


def _part(desk: Desk, title: str, path: str, text: str) -> Section | None:
    """Return a subsection for a prose field, or None for an empty one."""
    if not text:
        return None
    blocks, sections = desk.field(path, text)
    return Section(desk.say(title), blocks, sections)


def _list_part(desk: Desk, title: str, path: str, texts: tuple[str, ...], *, in_order: bool = False) -> Section | None:
    """Return a subsection for a list of prose fields, or None for an empty one."""
    if not texts:
        return None
    items = tuple(ListItem(_item(desk, f"{path}[{index}]", text)) for index, text in enumerate(texts))
    tight = all(_is_short(item) for item in items)
    blocks: Block = NumberedList(items, tight=tight) if in_order else BulletList(items, tight)
    return Section(desk.say(title), (blocks,))


def _item(desk: Desk, path: str, text: str) -> tuple[Block, ...]:
    prose = desk.prose(path, text)
    blocks = (*prose.blocks, *as_blocks(prose.sections))
    match blocks:
        case (Paragraph(children, ""),):
            return (Paragraph((FieldText(path, children),)),)
        case _:
            return (FieldBlock(path, blocks),) if blocks else ()


def _is_short(item: ListItem) -> bool:
    return len(item.blocks) == 1 and isinstance(item.blocks[0], Paragraph)


def impact(desk: Desk) -> Section:
    """Return the section that says who and what was affected."""
    record = desk.incident.impact
    blocks, nested = desk.field("impact.description", record.description)
    parts = (
        _part(desk, message("Customers Affected"), "impact.customers", record.customers),
        _part(desk, message("Data Loss"), "impact.data_loss", record.data_loss),
    )
    sections = (*nested, *(part for part in parts if part))
    return Section(desk.say("Impact"), (*blocks, *_facts(desk), *_measures(desk)), sections, "impact")


def _facts(desk: Desk) -> tuple[Block, ...]:
    facts = tuple(_impact_facts(desk))
    return (Facts(facts, desk.words.say("When and where the impact was felt")),) if facts else ()


def _impact_facts(desk: Desk) -> Iterator[Fact]:
    record, say = desk.incident.impact, desk.words.say
    if record.services:
        yield Fact(say("Services affected"), desk.plain("impact.services", desk.words.all_of(record.services)))
    for label, path, moment in (
        (message("Start of impact"), "impact.started_at", record.started_at),
        (message("End of impact"), "impact.ended_at", record.ended_at),
    ):
        if moment:
            yield Fact(say(label), (FieldText(path, (Text(stamp_text(desk, moment)),)),))


def _measures(desk: Desk) -> tuple[Block, ...]:
    measures = desk.incident.impact.measures
    if not measures:
        return ()
    columns = (
        Column(desk.say("Measure"), 0.4),
        Column(desk.say("Value"), 0.2, "end"),
        Column(desk.say("Unit"), 0.2),
        Column(desk.say("Basis"), 0.2),
    )
    rows = tuple(_measure(desk, f"impact.measures[{index}]", measure) for index, measure in enumerate(measures))
    description = desk.words.say("The impact in numbers")
    table = Table(columns, rows, desk.say("The impact in numbers"), description, "measures", row_headers=True)
    return (table, *measures_charts(desk))


def _measure(desk: Desk, path: str, measure: Measure) -> Row:
    basis = desk.say("Estimate") if measure.basis == "estimate" else desk.say("Actual")
    cells = (
        desk.plain(f"{path}.name", measure.name),
        desk.plain(f"{path}.value", measure.value),
        desk.plain(f"{path}.unit", measure.unit),
        (FieldText(f"{path}.basis", basis),),
    )
    return Row(tuple(map(cell, cells)))


def resolution(desk: Desk) -> Section:
    """Return the section that says what was done."""
    record = desk.incident.resolution
    blocks, nested = desk.field("resolution.description", record.description)
    parts = tuple(
        Titled(f"resolution.steps[{index}]", step.title, step.description) for index, step in enumerate(record.steps)
    )
    sentence = desk.say("To address the incident, the following steps were taken:")
    intro = (Paragraph(sentence),) if parts and not blocks else ()
    return Section(desk.say("Mitigation and Resolution"), (*blocks, *intro, *steps(desk, parts)), nested, "resolution")
