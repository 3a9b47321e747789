"""The page of an archive's index, as it stands in the file."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest

from afterword.archive.index.overview import by_severity, overview
from afterword.archive.index.page import ROWS_WITHOUT_SCRIPT
from afterword.words import languages, words_for
from index_rows import HOSTILE, SERVICES, action, index, row, rows

_DATA = '<script type="application/json" id="data">'


def page(*args: Any, **options: Any) -> str:  # noqa: ANN401 (those of `index`)
    """Return the page of an index."""
    return index(*args, **options)["index.html"].decode("utf-8")


def data(text: str) -> dict[str, Any]:
    """Return the data in a page."""
    told: dict[str, Any] = json.loads(text.split(_DATA)[1].split("</script>", maxsplit=1)[0])
    return told


class Texts(HTMLParser):
    """The texts of a page that a reader meets."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[str] = []
        self.shown: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the name of the element, and what its attributes say aloud."""
        self.tags.append(tag)
        self.shown += [value for name, value in attrs if name in {"aria-label", "data-head", "alt"} and value]

    def handle_data(self, data: str) -> None:
        """Keep text that is shown."""
        if self.tags[-1:] not in (["style"], ["script"]):
            self.shown.append(data)


def test_the_page_runs_our_script_and_no_other() -> None:
    """The policy allows one script and one style sheet by their hashes, pictures in the page, and nothing else."""
    text = page(list(rows(3)))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    script = text.rsplit("<script>", 1)[1].split("</script>")[0]
    style = text.split("<style>")[1].split("</style>")[0]
    assert policy
    assert policy[1].split("; ") == [
        "default-src 'none'",
        "img-src data:",
        f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'",
        f"script-src 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert text.count("<script") == 2
    assert " style=" not in text
    assert not re.search(r"(?:src|href)=\"?(?:https?:)?//", text)


def test_content_stays_text() -> None:
    """Whatever a record holds ends no element, starts none and comes back from the data as it was."""
    hostile = row(
        1,
        id=HOSTILE,
        title=HOSTILE,
        severity=HOSTILE,
        services=(HOSTILE,),
        tags=(HOSTILE,),
        files={"pdf": f"javascript:{HOSTILE}"},
        actions=(action(4, owner=HOSTILE),),
    )
    text = page([hostile, row(2)], title=HOSTILE)
    assert Texts(text).tags.count("script") == 2
    assert not {"b", "img"} & set(Texts(text).tags)
    assert data(text)["entries"][1][data(text)["fields"].index("title")] == HOSTILE
    assert 'href="javascript:' not in text


def test_addresses_of_files_hold_any_name() -> None:
    """A name with spaces, marks or letters of any script is an address relative to the page."""
    text = page([row(1, files={"pdf": "2023/0x19 #1?/ሪፖርት.pdf"})])
    assert 'href="2023/0x19%20%231%3F/%E1%88%AA%E1%8D%96%E1%88%AD%E1%89%B5.pdf"' in text


def test_the_newest_rows_stand_in_the_page_without_its_script() -> None:
    """A browser that runs no script shows up to five hundred reports, and where all of them are."""
    few, many = page(list(rows(20))), page(list(rows(ROWS_WITHOUT_SCRIPT + 1)))
    assert few.count('<th scope="row" class="title">') == 20
    assert many.count('<th scope="row" class="title">') == ROWS_WITHOUT_SCRIPT
    assert "The table shows the newest 500 reports; index.csv lists all." in many
    assert "index.csv lists all" not in few


def test_filters_offer_what_there_is() -> None:
    """Each choice is there with its count: years newest first, severities worst first, a missing severity last."""
    text = page(list(rows(20)))
    assert re.findall(r'<option value="([^"]*)">SEV|<option value="(\(none\))">No severity \(5\)', text)
    assert [each for each in SERVICES if f'<option value="{each}">{each} (' in text] == list(SERVICES)


@pytest.mark.parametrize(
    ("found", "ordered"),
    [
        (["SEV3", "", "SEV10", "SEV1"], ["SEV1", "SEV3", "SEV10", ""]),
        (["minor", "critical", "major", "maintenance"], ["critical", "major", "minor", "maintenance"]),
        (["P2", "P1", "P1"], ["P1", "P2"]),
        (["low", "High", "Medium"], ["High", "Medium", "low"]),
    ],
)
def test_severities_go_from_worst_to_none(found: list[str], ordered: list[str]) -> None:
    """Numbers and the usual words tell the order; a report without a severity comes last."""
    assert by_severity(found) == ordered


def test_the_overview_counts_and_measures() -> None:
    """Months without incidents count, times that are not recorded do not, and only open actions wait."""
    listed = [
        row(1, date="2021-03-01", severity="SEV1", minutes_to_resolve=10, actions=()),
        row(2, date="2023-03-02", severity="SEV1", minutes_to_resolve=30, actions=()),
        row(3, date="2023-03-03", severity="SEV1", minutes_to_resolve=None, actions=()),
        row(4, date="2023-03-04", severity="", minutes_to_resolve=None, actions=(action(4), action(1), action(7))),
    ]
    known = overview(listed)
    assert [(each.year, each.total) for each in known.years] == [(2021, 1), (2022, 0), (2023, 3)]
    assert known.years[2].months[2] == 3
    first, none = known.spreads
    assert (first.severity, first.count, first.recorded, first.middle) == ("SEV1", 3, 2, 20)
    assert (none.severity, none.count, none.recorded) == ("", 1, 0)
    assert [(each.owner, each.open, each.overdue) for each in known.loads] == [("Zoë Dubois", 2, 1)]
    assert (known.open, known.overdue, known.middle) == (2, 1, 20)


@pytest.mark.parametrize("years", [1, 3, 14, 40, 400])
def test_bars_fit_any_stretch_of_time(years: int) -> None:
    """An archive of a year has bars for months, one of centuries bars for years; both fill the width."""
    listed = [row(each, date=f"{2024 - each:04}-06-01") for each in range(years)]
    text = page(listed)
    places = [float(each) for each in re.findall(r'<rect class="bar" x="([\d.]+)%"', text)]
    assert len(places) == years
    assert 0 <= min(places) <= max(places) < 100
    assert ("Incidents per year" in text) == (years > 15)


@pytest.mark.parametrize(
    "listed",
    [
        [],
        [row(1, severity="", minutes_to_resolve=None, actions=(), services=(), files={})],
        [row(1, minutes_to_resolve=0)],
        [row(1, minutes_to_resolve=60), row(2, minutes_to_resolve=60)],
    ],
    ids=["none", "bare", "at once", "all alike"],
)
def test_an_archive_may_hold_little(listed: list[Any]) -> None:
    """An empty archive, a bare record and times without a spread have a page, too."""
    assert len(data(page(listed))["entries"]) == len(listed)


@pytest.mark.parametrize("language", languages())
def test_the_page_says_its_language(language: str) -> None:
    """The page is in the language that was asked for and runs in the direction of its script."""
    text = page(list(rows(3)), language=language)
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in text
    assert words_for(language).say("Incident archive") in text


def test_the_same_rows_give_the_same_bytes() -> None:
    """Nothing in an index depends on when it was made."""
    assert index(list(rows(30))) == index(list(rows(30)))
