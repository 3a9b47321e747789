"""The index of an archive as tables and lines: what a spreadsheet and a program read of it."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest

from afterword.archive.index import FILES
from afterword.archive.row import from_json
from index_rows import action, index, row, rows


def table(data: bytes) -> list[dict[str, str]]:
    """Return the lines of a CSV file by the names of its columns."""
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_four_files_are_put() -> None:
    """An index is a page, two tables and a file of lines, an empty archive's too."""
    assert tuple(index(list(rows(3)))) == FILES
    assert tuple(index([])) == FILES


def test_the_order_of_the_rows_does_not_matter() -> None:
    """Workers finish in any order, and the bytes of the index are the same."""
    listed = list(rows(40))
    assert index(listed) == index(listed[::-1])


def test_the_newest_report_comes_first() -> None:
    """Every file lists by date, newest first."""
    files = index([row(1), row(3), row(2)])
    assert [each["id"] for each in table(files["index.csv"])] == ["INC-3", "INC-2", "INC-1"]


def test_lines_hold_all_of_a_row() -> None:
    """`incidents.jsonl` has a line for each report, and nothing of its row is lost."""
    listed = [row(3), row(2), row(1)]
    lines = index(listed)["incidents.jsonl"].decode("utf-8").splitlines()
    assert [from_json(each) for each in lines] == listed
    assert json.loads(lines[0])["id"] == "INC-3"


def test_a_table_is_csv_that_excel_reads_as_utf_8() -> None:
    """RFC 4180: lines end in CR LF and what needs quotes has them; a byte order mark says UTF-8."""
    data = index([row(2, title='He said "no", ዛሬ\nagain')])["index.csv"]
    assert data.startswith(b"\xef\xbb\xbfid,title,")
    assert data.endswith(b"\r\n")
    assert table(data)[0]["title"] == 'He said "no", ዛሬ\nagain'


def test_a_table_has_a_column_for_each_format() -> None:
    """Where a report has no file of a format, its cell is empty."""
    listed = [row(2, files={"pdf": "a b.pdf"}), row(1, files={"docx": "c.docx"})]
    assert [(each["docx"], each["pdf"]) for each in table(index(listed)["index.csv"])] == [
        ("", "a b.pdf"),
        ("c.docx", ""),
    ]


def test_what_is_not_recorded_is_empty_and_not_zero() -> None:
    """A time to resolve that nobody recorded is no time of nought minutes."""
    (told,) = table(index([row(1, minutes_to_resolve=None, actions=())])["index.csv"])
    assert (told["minutes_to_resolve"], told["open_actions"]) == ("", "0")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n=", " =", "\uff1d"])
def test_no_cell_is_a_formula(start: str) -> None:
    """A title that a spreadsheet would run starts with an apostrophe, in both tables; the lines have it as it is."""
    title = f"{start}HYPERLINK(1)"
    files = index([row(1, title=title, actions=(action(1, title=title, owner=title),))])
    assert table(files["index.csv"])[0]["title"] == f"'{title}"
    assert (table(files["actions.csv"])[0]["title"], table(files["actions.csv"])[0]["owner"]) == (f"'{title}",) * 2
    assert json.loads(files["incidents.jsonl"])["title"] == title


def test_actions_name_their_incident() -> None:
    """Each action item is a line of its own, with the incident that it came from and whether it is overdue."""
    listed = [row(2, actions=(action(4), action(5)))]
    told = table(index(listed)["actions.csv"])
    assert [(each["incident"], each["ticket"], each["overdue"]) for each in told] == [
        ("INC-2", "OPS-4", "yes"),
        ("INC-2", "OPS-5", "no"),
    ]
