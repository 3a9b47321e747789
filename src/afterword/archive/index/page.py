"""The page that lists all reports of an archive: self-contained, and readable without its script."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from afterword import resources
from afterword.archive.index.figures import loads_figure, months_figure, spreads_figure
from afterword.archive.index.overview import Overview, by_severity, overview
from afterword.archive.index.tables import open_actions, overdue_actions
from afterword.archive.index.wording import heads, texts
from afterword.archive.row import Row
from afterword.compose.labels import EDITIONS, STAGES, STATUSES
from afterword.incident.audience import Audience
from afterword.incident.model import Stage, Status
from afterword.templating import render, trusted
from afterword.theme.files import picture_address
from afterword.theme.record import Theme
from afterword.theme.style import style_sheet
from afterword.words import Words

SIZES = (50, 200, 1000)
"""How many rows the table may show at once; the first unless the reader asks for more."""

ROWS_WITHOUT_SCRIPT = 500
"""The newest rows stand in the page itself, for browsers that run no script; more would make every page slow."""

NONE = "(none)"
"""Stands in the address of the page for reports without a severity."""

_SHEETS = ("report.css", "screen.css", "archive.css")
_FORMATS = ("pdf", "html", "docx", "md", "json")
"""The order of links; what else there is comes after, by name."""


def draw_index(rows: Sequence[Row], words: Words, theme: Theme, title: str) -> str:
    """Return the page that lists these rows in their order, in the language of the words."""
    known, text = overview(rows), texts(words)
    entries = [_entry(row, words) for row in rows]
    css = style_sheet(theme, *_SHEETS, url_of=picture_address)
    script = (resources.templates() / "archive.js").read_text("utf-8")
    return render(
        "archive.html.j2",
        words=words,
        text=text,
        heads=heads(words),
        title=title or text["title"],
        logo=picture_address(Path(theme.folder, theme.logo.file)) if theme.logo.file else "",
        logo_alt=theme.logo.alt,
        span=_span(rows, words),
        figures=_figures(len(rows), known, words),
        charts=[draw(known, words, text) for draw in (months_figure, spreads_figure, loads_figure)],
        filters=_filters(rows, words),
        sizes=[(size, words.number(size)) for size in SIZES],
        total=words.count("{count} incident", "{count} incidents", len(rows)),
        entries=entries[:ROWS_WITHOUT_SCRIPT],
        newest=_newest(len(rows), words),
        data=_in_a_page({"entries": [each.as_list() for each in entries], **_told(rows, words)}),
        css=trusted(css),
        css_hash=_hash(css),
        script=trusted(script),
        script_hash=_hash(script),
    )


def _newest(count: int, words: Words) -> str:
    """Return what is to be said where not all rows stand in the page."""
    if count <= ROWS_WITHOUT_SCRIPT:
        return ""
    return words.count(
        "The table shows the newest {count} report; index.csv lists all.",
        "The table shows the newest {count} reports; index.csv lists all.",
        ROWS_WITHOUT_SCRIPT,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A row as the page shows it."""

    date: str
    id: str
    title: str
    severity: str
    status: str
    """As the record has it, for the address of the page."""

    status_label: str
    minutes: int | None
    duration: str
    """The minutes in words."""

    open: int
    overdue: int
    overdue_label: str
    services: tuple[str, ...]
    tags: tuple[str, ...]
    marks: tuple[str, ...]
    """What sets the report apart: that it is a draft, and for whom it was made."""

    language: str
    """Empty where it is that of the page."""

    files: tuple[tuple[str, str], ...]
    """What each file is called, and its address relative to the page."""

    owners: tuple[str, ...]
    """Whom its open actions belong to; found by, not shown."""

    def as_list(self) -> list[object]:
        """Return the values in the order of the fields, as the script of the page takes them."""
        return [getattr(self, name) for name in self.__slots__]


def _entry(row: Row, words: Words) -> Entry:
    late = overdue_actions(row)
    return Entry(
        date=row.date,
        id=row.id,
        title=row.title,
        severity=row.severity,
        status=row.status,
        status_label=_status(row.status, words),
        minutes=row.minutes_to_resolve,
        duration="" if row.minutes_to_resolve is None else words.duration(timedelta(minutes=row.minutes_to_resolve)),
        open=open_actions(row),
        overdue=late,
        overdue_label=words.count("{count} overdue", "{count} overdue", late) if late else "",
        services=row.services,
        tags=row.tags,
        marks=_marks(row, words),
        language="" if row.language == words.language else row.language,
        files=tuple((name.upper(), quote(row.files[name])) for name in sorted(row.files, key=_place)),
        owners=tuple(dict.fromkeys(each.owner for each in row.actions if each.owner)),
    )


def _status(status: str, words: Words) -> str:
    return words.say(STATUSES[Status(status)]) if status in set(Status) else status


def _marks(row: Row, words: Words) -> tuple[str, ...]:
    stage = words.say(STAGES[Stage(row.stage)]) if row.stage != Stage.FINAL else ""
    edition = words.say(EDITIONS[Audience(row.edition)]) if row.edition else ""
    return tuple(filter(None, (stage, edition)))


def _place(name: str) -> tuple[int, str]:
    return (_FORMATS.index(name) if name in _FORMATS else len(_FORMATS), name)


@dataclass(frozen=True, slots=True)
class Filter:
    """One choice of the reader's: its name in the address of the page, its label, its options."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    """Value, and the text with the count of incidents."""


def _filters(rows: Sequence[Row], words: Words) -> list[Filter]:
    severities, statuses = Counter(row.severity for row in rows), Counter(row.status for row in rows)
    services = Counter(each for row in rows for each in dict.fromkeys(row.services))
    years = Counter(row.date[:4] for row in rows)
    ordered = [each.value for each in Status if each.value in statuses]
    return [
        _filter("year", words.say("Year"), {each: each for each in sorted(years, reverse=True)}, years, words),
        _filter("severity", words.say("Severity"), _severity_names(severities, words), severities, words),
        _filter("status", words.say("Status"), {each: _status(each, words) for each in ordered}, statuses, words),
        _filter("service", words.say("Services"), {each: each for each in sorted(services)}, services, words),
    ]


def _severity_names(found: Iterable[str], words: Words) -> dict[str, str]:
    return {each: each or words.say("No severity") for each in by_severity(found)}


def _filter(name: str, label: str, names: dict[str, str], counts: Counter[str], words: Words) -> Filter:
    options = ((value or NONE, f"{text} ({words.number(counts[value])})") for value, text in names.items())
    return Filter(name, label, tuple(options))


def _span(rows: Sequence[Row], words: Words) -> str:
    """Return the days of the first and last incident in words."""
    days = sorted({row.date for row in rows})
    if not days:
        return ""
    first, last = (words.date(date.fromisoformat(day)) for day in (days[0], days[-1]))
    return first if first == last else words.between(first, last)


def _figures(count: int, known: Overview, words: Words) -> list[tuple[str, str]]:
    """Return the numbers that matter most, each with its label."""
    middle = words.say("Not recorded") if known.middle is None else words.duration(timedelta(minutes=known.middle))
    return [
        (words.say("Incidents"), words.number(count)),
        (words.say("Median time to resolve"), middle),
        (words.say("Open action items"), words.number(known.open)),
        (words.say("Overdue action items"), words.number(known.overdue)),
    ]


def _told(rows: Sequence[Row], words: Words) -> dict[str, object]:
    """Return what the script of the page needs to know besides the rows."""
    shown = words.count("{shown} of {count} incident", "{shown} of {count} incidents", len(rows), shown="{shown}")
    return {
        "fields": list(Entry.__slots__),
        "severities": by_severity(row.severity for row in rows),
        "statuses": [each.value for each in Status],
        "rows": SIZES[0],
        "none": NONE,
        "shown": shown,
        "nothing": words.say("No incident matches."),
        "page": words.say("Page {page} of {pages}", page="{page}", pages="{pages}"),
        "comma": words.say(", "),
        "heads": heads(words),
        "separators": words.separators,
    }


def _in_a_page(value: object) -> str:
    """Return a value as JSON that nothing can end or escape before its element in a page ends."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return trusted(text)


def _hash(text: str) -> str:
    """Return the source expression that allows just this inline script or style (CSP Level 3, 2.3.1)."""
    return f"sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}"
