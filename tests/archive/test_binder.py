"""All reports of an archive in one PDF: nothing of a report is lost in it, and it stays as accessible as they are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import page as judge
import pikepdf
import pypdfium2
import pytest

import afterword
from afterword.archive.binder import Binding, bind
from afterword.archive.binder.contents import MOST_ROWS, contents_of
from afterword.archive.row import Row
from afterword.errors import EngineMissing, RenderError, UsageError
from afterword.report.nodes import Table
from afterword.words import words_for
from index_rows import row, rows

pytestmark = pytest.mark.xdist_group("binder")

ENGLISH: dict[str, Any] = {
    "id": "A (5 0 R)",
    "title": "The first \\ (report",
    "date": "2023-08-13",
    "summary": "A note.[^1] See [the site](https://example.org).\n\n[^1]: The note.",
    "lessons": [{"title": "Renew", "description": "Renew certificates in time."}] * 3,
    "sections": [{"heading": f"Part {number}", "body": "word " * 300} for number in range(8)],
}
ARABIC: dict[str, Any] = {
    "id": "ب-2",
    "title": "انتهت صلاحية الشهادة",
    "date": "2024-01-02",
    "language": "ar",
    "summary": "ملاحظة.[^1]\n\n[^1]: نص الملاحظة.",
}


class Sink(BytesIO):
    """A file that can be written to and nothing else, such as a pipe."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Refuse."""
        raise OSError(offset, whence)


@dataclass(frozen=True, slots=True)
class Bound:
    """A binder and what it was made of."""

    pdfs: list[Path]
    rows: list[Row]
    data: bytes
    pages: int

    def parts(self) -> Iterator[tuple[pikepdf.Pdf, int]]:
        """Yield each report with the index of its first page in the binder."""
        start = self.pages
        opened = [pikepdf.open(each) for each in self.pdfs]
        start -= sum(len(each.pages) for each in opened)
        for each in opened:
            yield each, start
            start += len(each.pages)


def pdf_of(record: dict[str, Any]) -> bytes:
    """Return the PDF of the report on an incident."""
    return afterword.render(afterword.Incident.model_validate(record), ["pdf"]).files["pdf"]


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Bound:
    """Return a binder of two reports in two languages, the first of several pages."""
    folder = tmp_path_factory.mktemp("binder")
    pdfs = []
    for number, record in enumerate((ENGLISH, ARABIC)):
        pdfs.append(folder / f"{number}.pdf")
        pdfs[-1].write_bytes(pdf_of(record))
    listed = [row(1, id=each["id"], title=each["title"], date=each["date"]) for each in (ENGLISH, ARABIC)]
    sink = Sink()
    made = bind(pdfs, listed, sink)
    assert made.sha256 == sha256(sink.getvalue()).hexdigest()
    return Bound(pdfs, listed, sink.getvalue(), made.pages)


@pytest.fixture
def binder(bound: Bound) -> Iterator[pikepdf.Pdf]:
    """Yield the binder as another library reads it."""
    with pikepdf.open(BytesIO(bound.data)) as document:
        yield document


def test_the_binder_conforms_as_its_reports_do(bound: Bound, tmp_path: Path) -> None:
    """An outside judge finds nothing against PDF/UA-1 or PDF/A-3a, and another library nothing against the syntax."""
    file = tmp_path / "binder.pdf"
    file.write_bytes(bound.data)
    found = {profile: judge.validate_pdf(str(file), profile=profile).failures for profile in ("ua1", "3a")}
    assert found == {"ua1": [], "3a": []}
    with pikepdf.open(file) as document:
        assert document.check_pdf_syntax() == []


def test_every_page_shows_what_it_showed(bound: Bound) -> None:
    """After the contents come all pages of all reports in their order, with their text."""
    with pypdfium2.PdfDocument(bound.data) as document:
        assert len(document) == bound.pages
        shown = [page.get_textpage().get_text_bounded() for page in document]
    texts = []
    for file in bound.pdfs:
        with pypdfium2.PdfDocument(file) as report:
            texts += [page.get_textpage().get_text_bounded() for page in report]
    assert shown[bound.pages - len(texts) :] == texts
    assert "The first \\ (report" in shown[0]


def outline(tree: Any) -> list[Any]:  # noqa: ANN401 (an object of pikepdf)
    """Return an element with its role, what it says of itself, and what is in it."""
    told = {name: str(tree[name]) for name in ("/Alt", "/ActualText", "/Lang", "/E") if name in tree}
    inner = tree.get("/K", [])
    kids = list(inner) if isinstance(inner, pikepdf.Array) else [inner]
    return [str(tree.S), told, [outline(each) if is_element(each) else marked(each) for each in kids]]


def is_element(thing: Any) -> bool:  # noqa: ANN401 (an object of pikepdf)
    """Return whether it is an element of the structure."""
    return isinstance(thing, pikepdf.Dictionary) and "/S" in thing


def marked(thing: Any) -> Any:  # noqa: ANN401 (an object of pikepdf)
    """Return the number of marked content, or what is known of an object in the structure."""
    if isinstance(thing, pikepdf.Dictionary):
        return str(thing.get("/Type")), int(thing.get("/MCID", -1))
    return int(thing)


def test_every_report_keeps_its_tags(bound: Bound, binder: pikepdf.Pdf) -> None:
    """Each report is a part of the structure, in its own language and with all that its own structure had."""
    (document,) = _elements(binder.Root.StructTreeRoot.K)
    parts = _elements(document.K)
    assert [(str(each.S), str(each.Lang)) for each in parts] == [("/Part", "en"), ("/Part", "en"), ("/Part", "ar")]
    for part, (report, _) in zip(parts[1:], bound.parts(), strict=True):
        (top,) = _elements(report.Root.StructTreeRoot.K)
        assert outline(part)[2] == outline(top)[2]


def _elements(kids: Any) -> list[Any]:  # noqa: ANN401 (an object of pikepdf)
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def test_content_leads_back_to_its_tag(binder: pikepdf.Pdf) -> None:
    """Every page and every link has a key of its own, which leads to elements that are in the structure and hold it."""
    parents = pikepdf.NumberTree(binder.Root.StructTreeRoot.ParentTree)
    keys = []
    for page in binder.pages:
        keys.append(int(page.obj.StructParents))
        for number, element in enumerate(parents[keys[-1]]):
            assert (page.obj.objgen, number) in set(contents_held(element))
        for link in page.obj.get("/Annots", ()):
            keys.append(int(link.StructParent))
            held = [
                each.Obj
                for each in _elements(parents[keys[-1]].K)
                if isinstance(each, pikepdf.Dictionary) and "/Obj" in each
            ]
            assert link.objgen in [each.objgen for each in held]
    assert len(set(keys)) == len(keys)
    assert max(keys) < int(binder.Root.StructTreeRoot.ParentTreeNextKey)


def contents_held(element: Any) -> Iterator[tuple[tuple[int, int], int]]:  # noqa: ANN401 (an object of pikepdf)
    """Yield the page and number of each piece of marked content that an element holds."""
    for each in _elements(element.K):
        if isinstance(each, pikepdf.Dictionary):
            if "/MCID" in each:
                yield each.get("/Pg", element.get("/Pg")).objgen, int(each.MCID)
        else:
            yield element.Pg.objgen, int(each)


def test_ids_of_elements_stay_unique(binder: pikepdf.Pdf) -> None:
    """Notes of different reports had the same id, and in the binder have not (ISO 14289-1, 7.9)."""
    ids = [str(each.ID) for each in binder.objects if isinstance(each, pikepdf.Dictionary) and is_note(each)]
    assert len(ids) == len(set(ids)) == 2


def is_note(thing: Any) -> bool:  # noqa: ANN401 (an object of pikepdf)
    """Return whether it is the element of a note, with its id."""
    return thing.get("/Type") == "/StructElem" and "/ID" in thing


def test_the_contents_lead_to_the_reports(bound: Bound, binder: pikepdf.Pdf) -> None:
    """Title and page number of each report are links to its first page; none of them leaves the file."""
    places = {each.obj.objgen: index for index, each in enumerate(binder.pages)}
    links = list(binder.pages[0].obj.Annots)
    first, second = (start for _, start in bound.parts())
    assert [places[each.Dest[0].objgen] for each in links] == [first, first, second, second]
    assert not [each for each in links if "/A" in each or "invalid" in str(each.Contents)]


def test_links_within_a_report_stay_within_it(bound: Bound, binder: pikepdf.Pdf) -> None:
    """The contents of a report lead to its own sections, although other reports have sections of the same names."""
    places = {each.obj.objgen: index for index, each in enumerate(binder.pages)}
    followed = 0
    for report, start in bound.parts():
        own = {each.obj.objgen: index for index, each in enumerate(report.pages)}
        names = pikepdf.NameTree(report.Root.Names.Dests)
        for index, page in enumerate(report.pages):
            for before, after in zip(
                page.obj.get("/Annots", ()), binder.pages[start + index].obj.get("/Annots", ()), strict=True
            ):
                if "/Dest" in before:
                    followed += 1
                    assert places[after.Dest[0].objgen] == start + own[names[str(before.Dest)][0].objgen]
                else:
                    assert str(after.A.URI) == str(before.A.URI)
    assert followed > 5


def test_bookmarks_go_by_report_and_section(bound: Bound, binder: pikepdf.Pdf) -> None:
    """The contents come first, then each report by its id and title, with its own bookmarks folded below it."""
    places = {each.obj.objgen: index for index, each in enumerate(binder.pages)}
    with binder.open_outline() as marks:
        told = [(each.title, places[target_of(each).objgen], len(each.children)) for each in marks.root]
        closed = [each.is_closed for each in marks.root]
    (english, first), (arabic, second) = ((report, start) for report, start in bound.parts())
    counts = [_marks(report) for report in (english, arabic)]
    assert told[1:] == [
        ("A (5 0 R) The first \\ (report", first, counts[0]),
        ("ب-2 انتهت صلاحية الشهادة", second, counts[1]),
    ]
    assert told[0][:2] == ("Contents", 0)
    assert all(closed)


def target_of(mark: Any) -> Any:  # noqa: ANN401 (an object of pikepdf)
    """Return the page that a bookmark leads to."""
    return mark.destination[0]


def _marks(report: pikepdf.Pdf) -> int:
    with report.open_outline() as marks:
        return len(marks.root)


def test_pages_are_numbered_as_the_contents_say(bound: Bound, binder: pikepdf.Pdf) -> None:
    """The contents have Roman numbers, the reports Arabic ones from 1, and the contents give these."""
    (_, first), (_, second) = bound.parts()
    assert [binder.pages[index].label for index in (0, first, second)] == ["i", "1", str(1 + second - first)]
    with pypdfium2.PdfDocument(bound.data) as document:
        shown = document[0].get_textpage().get_text_bounded().split()
    assert str(1 + second - first) in shown


def test_the_same_reports_give_the_same_bytes(bound: Bound) -> None:
    """A binder says nothing of when it was made."""
    again = BytesIO()
    bind(bound.pdfs, bound.rows, again)
    assert again.getvalue() == bound.data


def test_files_stay_with_the_reports(binder: pikepdf.Pdf) -> None:
    """The record that each report embeds is in that report; the binder is for reading."""
    assert list(binder.attachments) == []


def test_plain_reports_make_a_plain_binder(tmp_path: Path) -> None:
    """A binder of reports without tags claims nothing; one that is to be accessible is refused, and the file named."""
    file = tmp_path / "plain.pdf"
    incident = afterword.Incident.model_validate(ARABIC | {"summary": ""})
    file.write_bytes(afterword.render(incident, ["pdf"], pdf="plain").files["pdf"])
    out = BytesIO()
    bind([file], [row(1)], out, Binding(pdf="plain"))
    with pikepdf.open(out) as document:
        assert "/StructTreeRoot" not in document.Root
        assert b"pdfuaid" not in document.Root.Metadata.read_bytes()
    with pytest.raises(RenderError, match=r"plain\.pdf has no tags") as caught:
        bind([file], [row(1)], BytesIO())
    assert [each.code for each in caught.value.findings] == ["AW505"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnothing", b"word"], ids=["empty", "cut off", "no PDF"])
def test_a_file_that_is_no_pdf_is_named(data: bytes, tmp_path: Path) -> None:
    """Nothing is bound where a report cannot be read, and the error says which."""
    file = tmp_path / "broken.pdf"
    file.write_bytes(data)
    with pytest.raises(RenderError, match=r"broken\.pdf cannot be read as a PDF") as caught:
        bind([file], [row(1)], BytesIO())
    assert [each.code for each in caught.value.findings] == ["AW505"]


def test_a_binder_of_nothing_is_refused(tmp_path: Path) -> None:
    """There is no binder without reports, nor one whose rows do not fit them."""
    with pytest.raises(UsageError):
        bind([], [], BytesIO())
    with pytest.raises(UsageError):
        bind([tmp_path / "a.pdf"], [], BytesIO())


def test_long_contents_are_drawn_by_year() -> None:
    """What would be too much for one document is one or more for each year, so that memory stays bounded."""
    listed = sorted(rows(3 * MOST_ROWS), key=lambda each: each.date)
    drawn = list(contents_of(listed, range(1, len(listed) + 1), words_for("en"), ""))
    assert [each.meta.subject for each in drawn] == [
        "Contents 2019",
        "Contents 2019",
        "Contents 2020",
        "Contents 2020",
        "Contents 2021",
    ]
    assert {each.title_block.subtitle for each in drawn} == {"750 incidents"}  # of the binder, as its title says
    tables = [each.sections[0].blocks[0] for each in drawn]
    assert [len(each.rows) for each in tables if isinstance(each, Table)] == [250, 114, 250, 116, 20]


def test_a_missing_library_is_named(bound: Bound, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pikepdf the error says how to get it, and nothing is written."""
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    out = BytesIO()
    with pytest.raises(EngineMissing, match=r"pip install 'afterword\[binder\]'"):
        bind(bound.pdfs, bound.rows, out)
    assert out.getvalue() == b""
