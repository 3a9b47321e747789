"""Hypothesis strategies for the report tree: inlines, blocks and whole reports, as prose and `compose` make them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from afterword.report.builders import joined, table
from afterword.report.identity import document_id
from afterword.report.nodes import (
    Asset,
    Badge,
    BarChart,
    Block,
    BulletList,
    Callout,
    Code,
    CodeBlock,
    Divider,
    Emphasis,
    Fact,
    Facts,
    FieldBlock,
    Figure,
    Footnote,
    Inline,
    InlineImage,
    KeyFigure,
    LineBreak,
    Link,
    ListItem,
    Mark,
    Meta,
    NumberedList,
    Paragraph,
    Picture,
    Placeholder,
    Quantity,
    Quote,
    Report,
    Section,
    Strike,
    Strong,
    Table,
    Text,
    TimelineDrawing,
    TitleBlock,
)
from afterword.report.rebuild import ChangeInline, blocks_with, map_inlines
from afterword.report.transforms import anchored, notes_counted, numbered

PIXEL = Asset(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d494844520000000100000001080000000"
        "03a7e9b550000000a49444154789c63680000008200818bd4ff900000000049454e44ae426082"
    ),
    "image/png",
    1,
    1,
)
KEY = "pixel.png"

_LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))
_TRAPS = st.sampled_from(
    [
        "TBD",
        "[describe the cause]",
        "<Incident Title>",
        "{{name}}",
        "YYYY-MM-DD",
        "Describe it.",
        "a: ...",
        "~N",
        "HH:MM",
        "...",
        "https://a.example/b_c",
        "snake_case_name",
        "1. one",
        "- one",
        "+ one",
        "# one",
        "> one",
        "| a | b |",
        "---",
        "===",
        "~~~",
        "```",
        "&amp;",
        "&#9;",
        "<b>bold</b>",
        "<br>",
        "C:\\dir\\",
        "\\\\host",
        "a*b*c",
        "** not",
        "_a_",
        "~~no~~",
        "[a](b)",
        "[a]: b",
        "[a][b]",
        "![x]",
        "[ ] box",
        "[x]",
        "!",
        "a@b.example",
        "<https://a.example>",
        "2 < 3 > 1",
        "`tick`",
        "日本語",
        "אבג",
        "é",
        "100 %",
        "(x)",
        "]",
        "[",
    ]
)
words = st.text(_LETTERS, min_size=1, max_size=8) | _TRAPS
"""Short texts, many of which mean something to Markdown, to HTML or to the search for placeholders."""

_PLACEHOLDERS = st.sampled_from(["[describe the cause]", "<Incident Title>", "{{name}}", "[what, and a_b]", "[Título]"])
_TARGETS = st.sampled_from(
    [
        "https://a.example/b?c=d&e=f",
        "http://a.example/(x)",
        "mailto:a@b.example",
        "tel:+123",
        "#timeline",
        "https://a.example/%20_x_",
    ]
)


def texts(*, most: int = 5) -> st.SearchStrategy[str]:
    """Generate texts of some words, without white space at either end."""
    return st.lists(words, min_size=1, max_size=most).map(" ".join).map(str.strip).filter(bool)


def _marks(children: st.SearchStrategy[tuple[Inline, ...]]) -> st.SearchStrategy[Inline]:
    return st.one_of(
        children.map(Strong),
        children.map(Emphasis),
        children.map(Strike),
        st.builds(Link, children.map(_unlinked), _TARGETS, st.just("") | texts(most=2)),
    )


def _unlinked(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return a run without links and placeholders in it, which the text of a link cannot hold; never an empty one."""
    kept: list[Inline] = []
    for inline in run:
        match inline:
            case Link(children):
                kept.extend(children)
            case Placeholder(text):
                kept.append(Text(text))
            case Footnote():
                pass
            case Strong(children) | Emphasis(children) | Strike(children):
                kept.append(type(inline)(_unlinked(children)))
            case _:
                kept.append(inline)
    return joined(kept)


def runs(*, breaks: bool = True, images: bool = False, notes: bool = False) -> st.SearchStrategy[tuple[Inline, ...]]:
    """Generate inlines as prose makes them: joined, not empty, without white space or breaks at their ends.

    Notes among them have no numbers yet.
    """
    leaves: list[st.SearchStrategy[Inline]] = [
        st.builds(Text, words | st.just(" ")),
        st.builds(Text, texts()),
        st.builds(Code, words),
        st.builds(Placeholder, _PLACEHOLDERS),
        *([st.just(LineBreak())] if breaks else []),
        *([st.builds(InlineImage, st.just(KEY), texts(most=2))] if images else []),
        *([_footnotes()] if notes else []),
    ]
    some = st.recursive(
        st.lists(st.one_of(leaves), min_size=1, max_size=3).map(tuple),
        lambda inner: st.lists(st.one_of(*leaves, _marks(inner)), min_size=1, max_size=4).map(tuple),
        max_leaves=6,
    )
    return some.map(_as_prose).filter(bool)


def _footnotes() -> st.SearchStrategy[Inline]:
    """Generate notes of one or two paragraphs, and further marks, which have none."""
    return st.builds(Footnote, st.lists(st.builds(Paragraph, runs()), max_size=2).map(tuple))


def _as_prose(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return a run as the reader of prose gives it."""
    before: tuple[Inline, ...] = ()
    run = joined(_apart_from_words(run))
    while run != before:
        before, run = run, joined(_trimmed(joined(_without_edge_breaks(run))))
    return run


def _apart_from_words(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return a run with a space on both sides of each placeholder: one that touches a word is none."""
    kept: list[Inline] = []
    for inline in run:
        match inline:
            case Placeholder():
                kept += [Text(" "), inline, Text(" ")]
            case Strong(children) | Emphasis(children) | Strike(children):
                kept.append(type(inline)(_apart_from_words(children)))
            case _:
                kept.append(inline)
    return tuple(kept)


def _without_edge_breaks(run: tuple[Inline, ...]) -> list[Inline]:
    """Return a run whose breaks stand at its top, between two inlines, one at a time."""
    kept: list[Inline] = []
    for inline in run:
        match inline:
            case LineBreak():
                if kept and not isinstance(kept[-1], LineBreak):
                    kept.append(inline)
            case Strong(children) | Emphasis(children) | Strike(children):
                kept.append(type(inline)(_flat(children)))
            case Link(children):
                kept.append(replace(inline, children=_flat(children) or (Text("link"),)))
            case _:
                kept.append(inline)
    while kept and isinstance(kept[-1], LineBreak):
        kept.pop()
    return kept


def _flat(run: tuple[Inline, ...]) -> tuple[Inline, ...]:
    return joined(inline for inline in _without_edge_breaks(run) if not isinstance(inline, LineBreak))


def _trimmed(run: tuple[Inline, ...]) -> list[Inline]:
    """Return a run whose texts have no white space next to a break or an end, nor more than one space in a row."""
    kept: list[Inline] = []
    for place, inline in enumerate(run):
        if not isinstance(inline, Text):
            kept.append(inline)
            continue
        text = inline.text
        if place == 0 or isinstance(run[place - 1], LineBreak):
            text = text.lstrip()
        if place == len(run) - 1 or isinstance(run[place + 1], LineBreak):
            text = text.rstrip()
        kept.append(Text(text))
    return kept


paragraphs: st.SearchStrategy[Block] = st.builds(Paragraph, runs(notes=True))
_code_lines = st.lists(st.text(_LETTERS, max_size=12), max_size=4).map("\n".join)
code_blocks: st.SearchStrategy[Block] = st.builds(CodeBlock, _code_lines, st.sampled_from(["", "python", "c++", "log"]))


@st.composite
def prose_tables(draw: st.DrawFn) -> Table:
    """Generate tables as prose makes them: cells of no, one or two paragraphs."""
    count = draw(st.integers(1, 3))
    titles = [draw(st.just(()) | runs(breaks=False)) for _ in range(count)]
    aligns = [draw(st.sampled_from(["start", "center", "end"])) for _ in range(count)]
    cell = st.lists(paragraphs, max_size=2).map(tuple)
    rows = [[draw(cell) for _ in range(count)] for _ in range(draw(st.integers(0, 2)))]
    return table(titles, aligns, rows)  # type: ignore[arg-type] # sampled_from widens the literals


def _lists(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    paragraph = paragraphs
    tight = st.builds(lambda block: ListItem((block,)), paragraph) | st.just(ListItem(()))
    ticked = st.builds(lambda block, done: ListItem((block,), done), paragraph, st.booleans())
    loose = st.builds(lambda first, rest: ListItem((first, *rest)), paragraph, st.lists(inner, min_size=1, max_size=2))
    items = st.lists(tight | ticked, min_size=1, max_size=3).map(tuple)
    wide = st.lists(st.builds(lambda block: ListItem((block,)), paragraph) | loose, min_size=2, max_size=3).map(tuple)
    start = st.integers(0, 1_000_000)
    return st.one_of(
        st.builds(BulletList, items),
        st.builds(NumberedList, items, start),
        st.builds(BulletList, wide, st.just(value=False)),
        st.builds(NumberedList, wide, start, st.just(value=False)),
    )


prose_block: st.SearchStrategy[Block] = st.recursive(
    st.one_of(paragraphs, paragraphs, code_blocks, st.just(Divider()), prose_tables()),
    lambda inner: st.one_of(_lists(inner), st.lists(inner, max_size=3).map(tuple).map(Quote)),
    max_leaves=5,
)
"""One block as prose makes it."""


def _opened() -> ChangeInline:
    """Return a change after which no mark stands before the first note, and none has a number yet."""
    seen: list[Inline] = []

    def change(inline: Inline) -> tuple[Inline, ...]:
        if not isinstance(inline, Footnote):
            return (inline,)
        seen.append(inline)
        note = (Paragraph((Text("first"),)),)
        return (Footnote(inline.paragraphs if len(seen) > 1 else inline.paragraphs or note),)

    return change


def noted(found: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks whose notes are numbered as prose numbers them."""
    return blocks_with(blocks_with(found, _opened()), notes_counted())


prose_blocks = st.lists(prose_block, max_size=4).map(tuple).map(noted)
"""Blocks as prose makes them: reading them back from Markdown gives the same."""


# --- whole reports ---------------------------------------------------------------------------------------------


def _wide_blocks() -> st.SearchStrategy[Block]:
    """Generate blocks of every kind, those of `compose` included."""
    run = runs(images=True)
    facts = st.lists(st.builds(Fact, texts(most=2), run), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        prose_block,
        st.builds(Paragraph, run, st.sampled_from(["lead", "minor", "heading"])),
        st.builds(Facts, facts, st.just("What is known")),
        st.builds(
            Callout, st.sampled_from(["note", "warning", "to-complete"]), prose_blocks, st.just("") | texts(most=2)
        ),
        st.builds(FieldBlock, st.just("summary"), prose_blocks),
        _figures(),
        _captioned(),
    )


def _figures() -> st.SearchStrategy[Block]:
    marks = st.lists(
        st.builds(Mark, st.floats(0, 3600), texts(most=3), st.just("08:45"), st.just("phase-detected")),
        min_size=1,
        max_size=4,
    ).map(tuple)
    drawings = st.builds(TimelineDrawing, st.just(3600.0), marks)
    quantities = st.builds(Quantity, texts(most=3), st.floats(0, 100), st.just("5 min"), st.just("phase-detected"))
    charts = st.builds(BarChart, st.lists(quantities, min_size=2, max_size=4).map(tuple))
    return st.builds(Figure, st.just(Picture(KEY)) | drawings | charts, texts(), st.just(()) | runs(breaks=False))


def _captioned() -> st.SearchStrategy[Block]:
    return st.builds(
        lambda found, caption, headers: replace(
            found, caption=caption, row_headers=headers, role="timeline", description="Events in order"
        ),
        prose_tables(),
        runs(breaks=False),
        st.booleans(),
    )


titles = runs(breaks=False).filter(lambda run: any(isinstance(inline, Text | Code) for inline in run))
"""Titles of sections: a line with at least some text."""


def sections(*, deepest: int = 3) -> st.SearchStrategy[Section]:
    """Generate sections with subsections down to a depth."""
    below = st.lists(sections(deepest=deepest - 1), max_size=2).map(tuple) if deepest > 1 else st.just(())
    blocks = st.lists(_wide_blocks(), max_size=3).map(tuple)
    return st.builds(Section, titles, blocks, below, st.sampled_from(["", "timeline", "impact"]))


def reports() -> st.SearchStrategy[Report]:
    """Generate whole reports, anchored and numbered, that keep every rule of `report.check`."""
    blocks = st.builds(
        TitleBlock,
        st.just("Postmortem report"),
        titles,
        texts(most=2),
        st.just(BADGES),
        texts(most=2),
        st.just(FIGURES),
    )
    return st.builds(
        lambda block, found, closing: _finished(Report(META, block, found, closing, assets={KEY: PIXEL})),
        blocks,
        st.lists(sections(), min_size=1, max_size=3).map(tuple),
        prose_blocks,
    )


def _finished(report: Report) -> Report:
    return numbered(anchored(map_inlines(report, _opened())))


BADGES = (Badge("Status", "Closed", "status"), Badge("Severity", "SEV2", "severity"))
FIGURES = (KeyFigure("Time to detect", "4 min"), KeyFigure("Time to resolve", "1 day 2 hr"))
META = Meta(
    title="Checkout outage",
    identifier="0x19",
    document_id=document_id("0x19"),
    language="en",
    direction="ltr",
    authors=("Ada Example",),
    subject="Postmortem report",
    keywords=("checkout",),
    date=datetime(2023, 8, 13, tzinfo=UTC),
    stage="draft",
    stage_label="Draft",
)
