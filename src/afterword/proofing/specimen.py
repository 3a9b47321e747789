"""The specimen: a report with every node and every role, by which a theme is judged."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from afterword.report.drawings import Break, Lettering, Quantity
from afterword.report.identity import document_id
from afterword.report.nodes import (
    Asset,
    Badge,
    BarChart,
    Block,
    BulletList,
    Callout,
    Cell,
    Code,
    CodeBlock,
    Column,
    Divider,
    EmbeddedFile,
    Emphasis,
    Fact,
    Facts,
    FieldBlock,
    FieldText,
    Figure,
    Footnote,
    Foreign,
    Inline,
    InlineImage,
    KeyFigure,
    LineBreak,
    Link,
    ListItem,
    Mark,
    Marking,
    Meta,
    NumberedList,
    Paragraph,
    Picture,
    Placeholder,
    Quote,
    Report,
    Row,
    Section,
    Span,
    Strike,
    Strong,
    Table,
    Text,
    Tick,
    TimelineDrawing,
    TitleBlock,
)
from afterword.report.transforms import anchored, numbered
from afterword.theme.record import PhaseColours, Theme

_ID, _DAY = "SPECIMEN-1", "August 13, 2023"
_TITLE = "A specimen of everything that a report can hold"
_SENTENCE = (
    "The queue of unsent invoices passed its alarm threshold, and the engineer on call was paged; by then customers in "
    "two regions had waited eleven minutes for a confirmation that never came."
)
_LOG = "2023-08-13T09:14:00Z ERROR queue=invoices length=90210\n    indented, with every space kept"
_STEP = 600.0
_PICTURE = "specimen.png"


def specimen(theme: Theme) -> Report:
    """Return the specimen with the wording, the page texts and the numbering that a theme asks for."""
    said = theme.wording_in("en")
    report = Report(
        meta=_meta(theme),
        title_block=TitleBlock(
            said.get("Postmortem Report", "Postmortem Report"),
            _text(_TITLE),
            f"Incident {_ID} · {_DAY}",
            (
                Badge("Status", "Closed", "status"),
                Badge("Severity", "SEV-1", "severity"),
                Badge("Report", "Draft", "stage"),
            ),
            "Ada Obi, Li Wei",
            (KeyFigure("Time to detect", "10 min"), KeyFigure("Time to resolve", "Pending")),
        ),
        sections=(_overview(), _timeline(), _tables(), _prose(), _lists(), _apart()),
        closing=(_p("Questions go to ", Link(_text("Ada Obi"), "mailto:ada@example.org"), ".", role="contact"),),
        assets={_PICTURE: _picture()},
        source=EmbeddedFile("incident.json", "application/json", b"{}\n", "The record", "Source"),
        files=(EmbeddedFile("queue.log", "text/plain", b"a log\n", "A log"),),
        contents=True,
    )
    return numbered(anchored(report), number_sections=theme.layout.numbered)


def _meta(theme: Theme) -> Meta:
    fills = {"title": _TITLE, "id": _ID, "date": _DAY, "stage": "Draft"}
    return Meta(
        title=_TITLE,
        identifier=_ID,
        document_id=document_id(_ID),
        language="en",
        direction="ltr",
        authors=("Ada Obi",),
        subject=f"Specimen of the theme {theme.name}",
        keywords=("specimen",),
        date=datetime(2023, 8, 13, 17, 5, tzinfo=UTC),
        stage="draft",
        stage_label="Draft",
        header=_filled(theme.furniture.header, fills),
        footer=_filled(theme.furniture.footer, fills),
        marking=Marking("TLP:AMBER", "amber"),
    )


def _filled(text: str, fills: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: fills.get(match[1], match[0]), text)


def _text(*parts: Inline | str) -> tuple[Inline, ...]:
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def _p(*parts: Inline | str, role: str = "") -> Paragraph:
    return Paragraph(_text(*parts), role)  # type: ignore[arg-type] # (callers here give the roles of the tree)


def _item(*blocks: Block | str, checked: bool | None = None) -> ListItem:
    return ListItem(tuple(_p(each) if isinstance(each, str) else each for each in blocks), checked)


def _cell(*parts: Inline | str, role: str = "") -> Cell:
    return Cell((_p(*parts),), role)


def _table(titles: str, rows: tuple[tuple[str, ...], ...], role: str, caption: str = "") -> Table:
    """Return a table whose columns are named in one text, parted by bars; the last but one is set at the end."""
    named = titles.split("|")
    aligns = {len(named) - 2: "end", len(named) - 1: "center"} if role in {"", "measures"} else {}
    columns = tuple(
        Column(_text(name), 1 / len(named), aligns.get(place, "start"))  # type: ignore[arg-type] # (from the table above)
        for place, name in enumerate(named)
    )
    body = tuple(Row(tuple(_cell(text) for text in row)) for row in rows)
    return Table(columns, body, _text(caption) if caption else (), caption, role, row_headers=role == "measures")  # type: ignore[arg-type] # (callers here give the roles of the tree)


def _overview() -> Section:
    facts = (
        Fact("Incident ID", _text(FieldText("id", _text(_ID)))),
        Fact("Author", _text("Ada Obi, ", Link(_text("ada@example.org"), "mailto:ada@example.org"))),
        Fact("Services", _text("billing, ", Code("queue-worker"))),
    )
    durations = _table(
        "Measure|Measured from|Time taken",
        (("Time to detect", "Start of impact", "10 min"), ("Time to resolve", "Start of impact", "Pending")),
        "durations",
        "Key durations",
    )
    states = ("recorded", "pending")
    rows = tuple(Row(row.cells, state) for row, state in zip(durations.rows, states, strict=True))
    late = Row((_cell("Total duration"), _cell("Detection"), _cell("Invalid: ends before it starts")), "invalid")
    return Section(
        _text("Incident Overview"),
        (
            _p("A section may open with a paragraph that says it all. ", _SENTENCE, role="lead"),
            Facts(facts, "Facts of the incident"),
            Table(durations.columns, (*rows, late), durations.caption, durations.description, "durations"),
            FieldBlock("summary", (_p(_SENTENCE, Footnote((_p("So the log of the billing system has it."),))),)),
            _p("Small print: times are local times.", role="minor"),
        ),
        name="overview",
    )


def _timeline() -> Section:
    kinds = tuple(name.replace("_", "-") for name in PhaseColours.model_fields)
    words = {kind: kind.replace("-", " ").capitalize() for kind in kinds}
    columns = tuple(
        Column(_text(title), width)
        for title, width in (("Time", 0.12), ("Phase", 0.2), ("Event Description", 0.5), ("Who", 0.18))
    )
    times = [f"{9 + place // 6:02}:{place % 6}0" for place, _ in enumerate(kinds)]
    rows = tuple(
        Row((_cell(time), _cell(words[kind], role=f"phase-{kind}"), _cell(_SENTENCE[:90]), _cell("Ada Obi")))
        for time, kind in zip(times, kinds, strict=True)
    )
    marks = tuple(Mark(place * _STEP, words[kind], times[place], f"phase-{kind}") for place, kind in enumerate(kinds))
    spans = (
        Span(0, _STEP, "Undetected", "phase-impact-start"),
        Span(_STEP, 6 * _STEP, "Until mitigated", "phase-detected"),
    )
    ticks = tuple(Tick(hour * 3600.0, f"{9 + hour:02}:00") for hour in range(2))
    breaks = (Break(7.2 * _STEP, 7.8 * _STEP, "6 min"),)
    drawing = TimelineDrawing(len(kinds) * _STEP, marks, spans, ticks, breaks, "UTC", Lettering(together="events"))
    return Section(
        _text("Incident Timeline"),
        (
            Figure(drawing, "All kinds of events, ten minutes apart.", _text("The incident over time")),
            Table(columns, rows, _text("Timeline of events"), "Every kind of event", "timeline", row_headers=True),
        ),
        name="timeline",
    )


def _tables() -> Section:
    measures = (("Unsent invoices", "12,400", "actual"), ("Refunds", "€ 310", "estimate"))
    actions = (("1", "Watch the length of the queue", "Ada Obi", "2023-09-01", "open"),)
    attachments = (("queue.log", "The log of the queue", "1.2 kB"),)
    plain = (("one", "12", "middle"), ("two", "3,400", "middle"))
    return Section(
        _text("Tables"),
        (
            _table("Measure|Value|Basis", measures, "measures", "The impact in numbers"),
            Figure(_chart(), "Two of three shares were lost.", _text("The impact as shares")),
            _table("No.|Action|Owner|Due|Status", actions, "actions", "Preventive measures"),
            _table("File|Description|Size", attachments, "attachments", "Attachments"),
            _table("From prose|Number|Place", plain, "prose"),
            _table("Without a role|Number|Place", plain, ""),
        ),
    )


def _chart() -> BarChart:
    bars = (
        Quantity("Payments refused", 66, "66 %"),
        Quantity("Callers lost", 20, "20 %", "estimate"),
        Quantity("Time undetected", 40, "40 %", "phase-detected"),
    )
    return BarChart(bars, 100)


def _prose() -> Section:
    marks = (Strong(_text("strong")), ", ", Emphasis(_text("stressed")), ", ", Strike(_text("gone")), ", ")
    links = (Link(_text("a link"), "https://example.org/"), ", ", Link(_text("to a section"), "#tables"))
    more = (Code("x = 1"), ", ", *links, LineBreak(), Placeholder("[still to be written]"), " ")
    rest = (Foreign("fr", _text("déjà vu")), " ", InlineImage(_PICTURE, "a gradient"))
    return Section(
        _text("Prose"),
        (
            _p("Running text with ", *marks, *more, *rest, "."),
            _p("A heading from prose", role="heading"),
            _p(_SENTENCE),
            Quote((_p(_SENTENCE), _p("— a customer, the next day"))),
            CodeBlock(_LOG, "log"),
            Divider(),
            Figure(Picture(_PICTURE), "A gradient from dark to light.", _text("A picture")),
        ),
        (Section(_text("A subsection"), (_p(_SENTENCE),), (Section(_text("And one below it"), (_p(_SENTENCE),)),)),),
    )


def _lists() -> Section:
    steps = tuple(_item(_p(Strong(_text(f"Step {number}: ")), _SENTENCE)) for number in (1, 2))
    nested = BulletList((_item("inside a list"), _item("and once more")))
    return Section(
        _text("Lists"),
        (
            NumberedList(steps, role="steps"),
            BulletList((_item("a point"), _item("a point with more", nested))),
            NumberedList((_item("first"), _item("second", CodeBlock("a = b"))), start=4, tight=False),
            BulletList((_item("done", checked=True), _item("still open", checked=False))),
        ),
    )


def _apart() -> Section:
    link = Link(_text("a link in it"), "https://example.org/")
    return Section(
        _text("Set Apart"),
        (
            Callout("note", (_p(_SENTENCE, " ", link, "."),), "Note"),
            Callout("warning", (_p(_SENTENCE), BulletList((_item("with a list"),))), "Warning"),
            Callout("to-complete", (_p("Still to be written, with ", Code("code"), "."),), "To be completed"),
        ),
    )


def _picture() -> Asset:
    held = BytesIO()
    Image.linear_gradient("L").resize((640, 160)).convert("RGB").save(held, "PNG")
    return Asset(held.getvalue(), "image/png", 640, 160)
