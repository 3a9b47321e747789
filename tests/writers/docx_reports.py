"""Reports for the tests of the Word writer: a small one for each kind of node, and one that holds everything."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Literal

from PIL import Image

from afterword.options import Pages, PageSize
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
    FixedWords,
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
    Quantity,
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
from afterword.theme.load import load_theme
from afterword.writers.base import WriterOptions

LOREM = (
    "At 09:14 the queue of unsent invoices passed the alarm threshold and the on-call engineer was paged; by then "
    "customers in two regions had waited eleven minutes for a confirmation that never came."
)
RECORD = EmbeddedFile("incident.json", "application/json", b'{"id": "0x19"}\r\n', "The record", "Source")


def options(page_size: PageSize = "A4", pages: Pages | None = None) -> WriterOptions:
    """Return the options of the built-in theme."""
    return WriterOptions(load_theme(""), page_size, pages)


def meta(
    *, language: str = "en", stage: Literal["draft", "in-review", "final"] = "final", marking: Marking | None = None
) -> Meta:
    """Return meta data in a language, with its direction."""
    return Meta(
        title="Invoices <stuck> & unsent",
        identifier="0x19",
        document_id=document_id("0x19"),
        language=language,
        direction="rtl" if language in {"ar", "he"} else "ltr",
        authors=("Ada Obi", "Li Wei"),
        subject="Postmortem report on incident 0x19",
        keywords=("billing", "queue"),
        date=datetime(2023, 8, 13, 17, 5, tzinfo=UTC),
        stage=stage,
        stage_label=stage.title(),
        header="Invoices stuck and unsent",
        footer="0x19 · 13 August 2023",
        marking=marking,
    )


def report(*blocks: Block, about: Meta | None = None, **parts: object) -> Report:
    """Return a report with one section that holds these blocks, anchored and numbered."""
    sections = parts.pop("sections", (Section((Text("Only Section"),), blocks),))
    title = TitleBlock(
        "Postmortem Report", (Text("Invoices stuck"),), "Incident 0x19", (Badge("Status", "Closed", "status"),)
    )
    made = Report(about or meta(), parts.pop("title_block", title), sections, **parts)  # type: ignore[arg-type] # parts of a report
    return numbered(anchored(made))


def sectioned(sections: int, paragraphs: int, language: str = "en") -> Report:
    """Return a report with contents and so many sections, each with so many paragraphs of a hundred words."""
    filler = [p("word " * 100) for _ in range(paragraphs)]
    parts = tuple(Section(run(f"Section {number}"), tuple(filler)) for number in range(1, sections + 1))
    return report(about=meta(language=language), sections=parts, contents=True)


def p(*inlines: Inline | str, role: str = "") -> Paragraph:
    """Return a paragraph of texts and inlines."""
    return Paragraph(run(*inlines), role)  # type: ignore[arg-type] # the roles of nodes.py


def run(*inlines: Inline | str) -> tuple[Inline, ...]:
    """Return inlines, strings among them as text."""
    return tuple(Text(each) if isinstance(each, str) else each for each in inlines)


def item(*blocks: Block | str, checked: bool | None = None) -> ListItem:
    """Return a list item, strings among its blocks as paragraphs."""
    return ListItem(tuple(p(each) if isinstance(each, str) else each for each in blocks), checked)


def cell(*inlines: Inline | str, role: str = "") -> Cell:
    """Return a cell with one paragraph."""
    return Cell((p(*inlines),), role)


def nested(depth: int, *, ordered: bool = False) -> Block:
    """Return lists inside one another."""
    made: Block | None = None
    for level in range(depth, 0, -1):
        items = (ListItem((p(f"level {level}"), *((made,) if made else ()))), item(f"again {level}"))
        made = NumberedList(items) if ordered else BulletList(items)
    assert made is not None
    return made


@cache
def picture(width: int = 640, height: int = 320, kind: Literal["PNG", "JPEG"] = "PNG") -> Asset:
    """Return a picture of a gradient."""
    image = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    held = BytesIO()
    image.save(held, kind)
    return Asset(held.getvalue(), "image/png" if kind == "PNG" else "image/jpeg", width, height)


def timeline(rows: int = 4) -> Table:
    """Return a timeline table whose rows have phases."""
    kinds = ("impact-start", "detected", "acknowledged", "diagnosed", "mitigated", "resolved", "note")
    made = tuple(
        Row(
            (
                cell(FieldText(f"timeline[{index}].time", run(f"{9 + index // 60:02}:{index % 60:02}"))),
                cell(kinds[index % 7].replace("-", " ").capitalize(), role=f"phase-{kinds[index % 7]}"),
                Cell((FieldBlock(f"timeline[{index}].description", (p(LOREM[: 40 + 37 * (index % 4)]),)),)),
                cell("Ada Obi"),
            )
        )
        for index in range(rows)
    )
    titles = (("Time", 0.12), ("Phase", 0.18), ("Event Description", 0.54), ("Who", 0.16))
    columns = tuple(Column(run(title), width) for title, width in titles)
    return Table(
        columns, made, run("What happened, ", Strong(run("in order"))), "Events in order", "timeline", row_headers=True
    )


def table_in_a_cell() -> Table:
    """Return a timeline with a table of four columns in the cell of an event."""
    heads = ("Router", "Packets in", "Fragments out", "Dropped")
    cells = (Cell((p(Code("bdr-l1")),)), cell("81,402,117"), cell("488,412,630"), cell("12"))
    inner = Table(tuple(Column(run(head), 0.25, "end") for head in heads), (Row(cells),), role="prose")
    around = timeline(1)
    first = around.rows[0].cells
    return replace(around, rows=(Row((*first[:2], Cell((inner,)), first[3])),))


def measures() -> Table:
    """Return a small table with all alignments."""
    columns = (Column(run("Measure"), 0.5), Column(run("Value"), 0.25, "end"), Column(run("Kind"), 0.25, "center"))
    rows = (
        Row((cell("Unsent invoices"), cell("12,400"), cell("actual"))),
        Row((cell("Refunds"), cell("€ 310"), cell("estimate"))),
    )
    return Table(columns, rows, run("Measures"), role="measures", row_headers=True)


def wide(columns: int = 12) -> Table:
    """Return a table of prose with many columns."""
    share = round(1 / columns, 6)
    heads = tuple(Column(run(f"Column {index}"), share) for index in range(columns))
    rows = tuple(Row(tuple(cell(f"value {row}.{index}") for index in range(columns))) for row in range(3))
    return Table(heads, rows, role="prose")


def drawing() -> Figure:
    """Return a timeline drawing."""
    marks = tuple(
        Mark(at, label, time, f"phase-{role}")
        for at, label, time, role in (
            (0, "First invoices not sent", "09:03", "impact-start"),
            (660, "Alarm: queue length", "09:14", "detected"),
            (900, "On-call engineer takes it", "09:18", "acknowledged"),
            (3600, "Old release is back", "10:03", "mitigated"),
            (7000, "Queue is empty", "11:00", "resolved"),
        )
    )
    spans = (Span(0, 660, "To detect", "phase-impact-start"), Span(660, 3600, "To mitigate", "phase-detected"))
    ticks = tuple(Tick(at, label) for at, label in ((0, "09:00"), (3600, "10:00"), (7000, "11:00")))
    return Figure(
        TimelineDrawing(7200, marks, spans, ticks), "Five events over two hours.", run("The morning of the incident")
    )


def chart() -> Figure:
    """Return a bar chart."""
    quantities = (
        Quantity("Time to detect", 660, "11 min", "phase-detected"),
        Quantity("Time to resolve", 7000, "1 hr 57 min", "phase-resolved"),
    )
    return Figure(BarChart(quantities), "Two durations.", run("How long it took"))


def inline_paragraph() -> Paragraph:
    """Return a paragraph with every kind of inline."""
    marks: list[Inline] = [
        Strong(run("strong")),
        Emphasis(run("stressed")),
        Strong(run(Emphasis(run("both")))),
        Strike(run("gone")),
    ]
    marks += [Code("x = 1"), Link(run("a site"), "https://example.org/a?b=c&d=é", "A title")]
    spaced = [each for mark in marks for each in (mark, ", ")]
    linked = Link(run(Code("code")), "#only_section")
    foreign = (Foreign("fr", run("déjà vu")), ", ", Foreign("ar", run("مرحبا 123 بكم")))
    field = FieldText("id", run("0x19"))
    dot = InlineImage("dot", "a dot")
    return p(
        "Plain, ", *spaced, linked, LineBreak(), Placeholder("[describe it]"), " ", field, ", ", *foreign, " ", dot, "."
    )


def note(number: int, *lines: str | Inline) -> Footnote:
    """Return a note with a paragraph for each of the lines; another mark of it without any."""
    return Footnote(tuple(p(line) for line in lines), number)


def notes() -> tuple[Block, ...]:
    """Return notes in all places that can have them, two marks of one, marks beside each other, and one at an end."""
    to_do = note(4, Placeholder("[name it]"))
    cells = Row((cell("plain"), Cell((p("noted", note(5, "In a cell."), " here"),))))
    return (
        p("Cause", note(1, "The first. " + LOREM, Link(run("A site"), "https://example.org/")), " and", note(1), ";"),
        BulletList((item(p(Strong(run("strong ", note(2, "In a list."))), "item")), item("plain"))),
        Quote((p("quoted", note(3, Code("code")), to_do),)),
        Table(_HALVES, (cells,)),
        FieldBlock("summary", (p("A field", note(6, "Of a field.")), p("with more", note(1), "."))),
    )


_HALVES = (Column(run("a"), 0.5), Column(run("b"), 0.5))


def everything(language: str = "en", stage: Literal["draft", "in-review", "final"] = "draft") -> Report:
    """Return a long report with all nodes in many combinations."""
    key = "dot"
    overview = Section(
        run("Incident Overview"),
        (
            p("A short summary that opens the section. " + LOREM, role="lead"),
            Facts(
                (
                    Fact("Incident ID", run(FieldText("id", run("0x19")))),
                    Fact("Author", run("Ada Obi, ", Link(run("ada@example.org"), "mailto:ada@example.org"))),
                ),
                "Facts",
            ),
            FieldBlock("summary", (p(LOREM), inline_paragraph(), p(LOREM + " " + LOREM))),
            p("Times are local times.", role="minor"),
        ),
        name="overview",
    )
    events = Section(run("Incident Timeline"), (timeline(60), drawing()), name="timeline")
    steps = NumberedList(tuple(item(p(Strong(run(f"Lead-in {index}: ")), LOREM)) for index in range(3)), role="steps")
    tasks = BulletList((item("written down", checked=True), item("still open", checked=False), item("neither")))
    mixed = NumberedList(
        (
            item("first", CodeBlock("if (x) {\n\treturn 1;\n}"), "and more", measures()),
            item(CodeBlock("starts with code")),
            item(Quote((p("a quoted line"), BulletList((item("inside"),))))),
            item(Callout("warning", (p("careful"),), "In a list")),
            item(),
        ),
        start=7,
    )
    lists = Section(run("Lists"), (steps, tasks, mixed, nested(11), nested(4, ordered=True)))
    deep = Section(
        run("Level 2"),
        (p(LOREM),),
        (Section(run("Level 3 with ", Code("code")), (p(LOREM),), (Section(run("Level 4"), (p(LOREM),)),)),),
    )
    apart = Section(
        run("Set ", Strong(run("apart"))),
        (
            Callout("note", (p(LOREM), p("A second paragraph.")), "Note"),
            Callout("warning", (p("With a list:"), BulletList((item("one"), item("two")))), "Warning"),
            Callout("to-complete", (p("This section is still to be written."),), "To be completed"),
            Quote((p(LOREM), Quote((p("A quotation in it."),)))),
            Divider(),
            CodeBlock(
                "2023-08-13T09:14:00Z ERROR queue=invoices length=90210 " + "x" * 160 + "\n    indented\n\nlast", "log"
            ),
            p("A heading from prose", role="heading"),
            p("See https://example.org/" + "very/long/path/" * 20 + "end.html for the rest."),
            Figure(Picture("big"), "A grey gradient.", run("A picture wider than the page")),
            Figure(Picture(key), "A dot."),
            wide(),
            measures(),
            wide(3),
        ),
        (deep,),
    )
    noted = Section(run("Noted"), notes())
    words_rtl = Section(
        run("عنوان القسم 2" if language == "ar" else "כותרת 2" if language == "he" else "የክስተቱ ማጠቃለያ"),
        (
            p("توقفت الخدمة في الساعة 14:05 يوم 2023-08-13 بسبب خطأ في Kubernetes v1.27 (إصدار قديم)."),
            p("وعادت بعد 50% من الوقت."),
            p("השירות נפל בשעה 14:05 בגלל תקלה ב-Kafka, ואז חזר לפעול."),
            p("አገልግሎቱ በ14:05 ተቋርጧል። ምክንያቱ Kafka ነበር።"),
        ),
    )
    made = report(
        about=meta(language=language, stage=stage, marking=Marking("TLP:AMBER+STRICT", "amber-strict")),
        sections=(overview, events, words_rtl, lists, apart, noted),
        title_block=TitleBlock(
            "Postmortem Report",
            run("Invoices stuck & unsent for eleven minutes in two regions"),
            "Incident 0x19 · 13 August 2023",
            (
                Badge("Status", "Closed", "status"),
                Badge("Severity", "SEV-2", "severity"),
                Badge("Report", "Draft", "stage"),
            ),
            byline="Ada Obi, Bo Lund",
            figures=(KeyFigure("Time to detect", "4 min"), KeyFigure("Time to resolve", "1 day 2 hr 11 min")),
        ),
        closing=(p("Questions go to ", Link(run("Ada Obi"), "mailto:ada@example.org"), role="contact"),),
        assets={key: picture(24, 24), "big": picture(2400, 1000, "JPEG")},
        source=RECORD,
        contents=True,
        words=FixedWords(),
    )
    return numbered(made, number_sections=language == "en")


def fingerprint(data: bytes) -> str:
    """Return a hash that is short enough to compare by eye."""
    return hashlib.sha256(data).hexdigest()[:16]
