"""The index of an archive of ten thousand reports in Chromium, opened from the disk, as people use it."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from npm_judges import AXE, axe, chromium, html_validate, installed, judge

from afterword.theme.load import load_theme
from afterword.words import languages
from index_rows import HOSTILE, index, row, rows

COUNT = 10_000

_USE = Path(__file__).with_name("use_index.mjs")


def put(folder: Path, name: str, *args: Any, **options: Any) -> Path:  # noqa: ANN401 (those of `index`)
    """Write the page of an index under this name, and return its path."""
    file = folder / f"{name}.html"
    file.write_bytes(index(*args, **options)["index.html"])
    return file


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what was seen while a page was used, step by step."""
    browser, packages, folder = chromium(), installed("axe", AXE), tmp_path_factory.mktemp("index")
    large = put(folder, "large", list(rows(COUNT)))
    hostile = put(folder, "hostile", [row(1, title=HOSTILE, services=(HOSTILE,), severity=HOSTILE), row(2)])
    others = [put(folder, each, list(rows(60)), language=each) for each in languages()]
    return judge(packages, _USE.read_text("utf-8"), browser, str(large), str(hostile), *map(str, others))


pytestmark = pytest.mark.xdist_group("browser")


def test_nothing_is_asked_for_and_nothing_goes_wrong(used: dict[str, list[str]]) -> None:
    """The page asks for no address but its own, breaks none of its own rules and raises no error."""
    assert (used["asked"], used["told"]) == ([], [])


def test_the_script_shows_rows_as_they_stand_in_the_page(used: dict[str, list[str]]) -> None:
    """With and without its script the page has the same rows, element for element."""
    assert len(used["still"]) == 50
    assert used["moving"] == used["still"]


def test_without_the_script_there_is_nothing_that_needs_it(used: dict[str, list[str]]) -> None:
    """Search and pages are hidden where no script runs."""
    assert used["stillForm"] == ["false", "false", "10,000 incidents"]


def test_a_search_finds_rows_with_every_word(used: dict[str, list[str]]) -> None:
    """Search goes over titles and owners, knows no accents, and says how many it found."""
    assert used["start"] == ["10,000 of 10,000 incidents · Page 1 of 200", "Page 1 of 200"]
    assert used["search"] == [
        "2,500 of 10,000 incidents · Page 1 of 50",
        "#q=login+second",
        "Login failed for customers with a second factor",
    ]
    assert used["accents"] == ["Résumé uploads stood still"]
    assert used["owners"] == [
        f"{sum(_has_zoe(each) for each in range(1, COUNT + 1)):,} of 10,000 incidents · Page 1 of 67"
    ]


def _has_zoe(number: int) -> bool:
    return any(action.owner.startswith("Zoë") for action in row(number).actions)


def test_a_search_without_matches_says_so(used: dict[str, list[str]]) -> None:
    """Instead of an empty table there is a sentence, and one button brings everything back."""
    assert used["nothing"] == ["No incident matches.", "false"]
    assert used["cleared"] == ["10,000 of 10,000 incidents · Page 1 of 200", "", "", "q"]


def test_filters_join_and_stay_in_the_address(used: dict[str, list[str]]) -> None:
    """Rows fit all filters; a page that is opened at its address again shows the same rows."""
    assert used["filtered"] == ["#year=2021&severity=SEV2&status=open&service=checkout", "2021", "SEV2", "Open"]
    assert used["reloaded"] == ["true", "SEV2", "90 of 10,000 incidents · Page 1 of 2"]
    assert used["none"] == ["2,500 of 10,000 incidents · Page 1 of 50", ""]


def test_a_nonsensical_address_shows_everything(used: dict[str, list[str]]) -> None:
    """What an address asks for and the archive has not is not asked for."""
    assert used["nonsense"] == ["10,000 of 10,000 incidents · Page 1 of 200", "", "50"]


def test_columns_sort_by_mouse_and_keyboard(used: dict[str, list[str]]) -> None:
    """A head that is pressed sorts and turns round, and says so; numbers in ids count as numbers."""
    assert used["sorted"] == [
        "Date descending",
        "Incident ID ascending",
        *("INC-1", "INC-2", "INC-3"),
        "Incident ID descending",
        "INC-10000",
    ]
    assert used["severities"] == ["SEV1", ""]
    assert used["times"] == ["2 days 2 hr 4 min", ""]


def test_pages_turn_by_mouse_and_keyboard(used: dict[str, list[str]]) -> None:
    """An end goes nowhere; a turned page has the focus at its list, so that reading goes on there."""
    assert used["paged"] == [
        *("true", "true"),
        *("10,000 of 10,000 incidents · Page 2 of 200", "#page=2", "list", "true"),
        *("Page 1 of 50", "200"),
    ]


def test_paper_has_all_rows_that_match(used: dict[str, list[str]]) -> None:
    """Five thousand rows at most are printed, whatever page is shown, and then the page is as before."""
    assert used["printed"] == ["5000", "10,000 of 10,000 incidents", "200"]


def test_the_first_key_leads_to_the_list(used: dict[str, list[str]]) -> None:
    """Tab reaches the link past the overview, then the search, with a focus that is seen."""
    assert used["keys"] == ["skip", "incidents", "q", "solid"]


def test_every_printed_page_says_what_its_columns_are(tmp_path: Path) -> None:
    """The head of the table is repeated with its words, under which rows stand on the page of their heading too."""
    file, made = put(tmp_path, "printed", list(rows(120))), tmp_path / "printed.pdf"
    command = [chromium(), "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={made}", file.as_uri()]
    subprocess.run(command, check=True, capture_output=True)

    with pypdfium2.PdfDocument(made) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]

    listing = [text for text in pages if "INC-" in text]
    assert len(listing) > 2
    assert [text for text in listing if "Incident ID" not in text] == []
    assert [text for text in pages if "120 of 120" in text and text not in listing] == []


def test_content_never_runs(used: dict[str, list[str]]) -> None:
    """Markup in a title is text, and the browser itself refuses to take text for markup."""
    assert used["trap"] == ["Incident archive", "0", HOSTILE + HOSTILE, "TypeError"]


def test_no_window_is_too_narrow(used: dict[str, list[str]]) -> None:
    """At 320 and 800 pixels, in every language, nobody has to move the page sideways (WCAG 2.2, 1.4.10)."""
    assert used["wide"] == []


def test_axe_finds_no_fault_in_the_index(tmp_path: Path) -> None:
    """axe-core finds no violation, light, dark or narrow, in languages that run either way, and in every theme."""
    axe([])  # skips before the work where it is not asked
    files = [put(tmp_path, each, list(rows(60)), language=each) for each in ("en", "ar", "ja")]
    files += [put(tmp_path, each, list(rows(60)), theme=load_theme(each)) for each in ("corporate", "engineering")]
    assert axe(files) == {file.name: [] for file in files}


def test_html_validate_finds_no_fault_in_the_index(tmp_path: Path) -> None:
    """html-validate finds no error in the page of a few reports, of none, and of hostile ones."""
    html_validate([])  # skips before the work where it is not asked
    lists = {"few": list(rows(30)), "none": [], "hostile": [row(1, title=HOSTILE, id=HOSTILE, services=(HOSTILE,))]}
    files = [put(tmp_path, name, listed) for name, listed in lists.items()]
    assert html_validate(files) == {file.name: [] for file in files}
