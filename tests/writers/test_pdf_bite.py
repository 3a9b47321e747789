"""Broken documents of each kind: the judge, or our own comparison, finds what was put in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import docx_reports as made
import pikepdf
import pytest
from pdf_expected import expected_tags
from pdf_judge import judged
from pdf_tags import as_list, clean, faults_in, inked, lines, tags_in

from afterword.report.nodes import BulletList, Foreign, Link, Section
from afterword.writers.pdf import lay_out
from afterword.writers.pdf.layout import Layout

Break = Callable[[pikepdf.Pdf], None]


@cache
def sound() -> tuple[Layout, bytes]:
    """Return a report that has one of everything that is broken below, and its PDF."""
    inner = Section(made.run("Inner"), (made.drawing(), made.p(Link(made.run("a site"), "https://example.org/"))))
    blocks = (BulletList((made.item("one"),)), made.timeline(60), made.p(Foreign("fr", made.run("déjà vu"))))
    report = replace(made.report(sections=(Section(made.run("Outer"), blocks, (inner,)),)), source=made.RECORD)
    layout = lay_out(replace(report, contents=True), made.options())
    return layout, layout.write().data


def broken(how: Break) -> bytes:
    """Return the sound PDF, broken in one place."""
    held = BytesIO()
    with pikepdf.open(BytesIO(sound()[1])) as pdf:
        how(pdf)
        pdf.save(held, static_id=True)
    return held.getvalue()


def elements(pdf: pikepdf.Pdf, kind: str) -> Iterator[Any]:
    """Return the structure elements of a type, in reading order."""

    def below(element: Any) -> Iterator[Any]:  # noqa: ANN401 (pikepdf has no types)
        yield element
        for kid in as_list(element.get("/K", [])):
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield from below(kid)

    return (element for element in below(pdf.Root.StructTreeRoot.K[0]) if f"/{kind}" == element.S)


def _without(kind: str, key: str) -> Break:
    def how(pdf: pikepdf.Pdf) -> None:
        element = next(each for each in elements(pdf, kind) if key in each)
        del element[key]

    return how


def _item_without_body(pdf: pikepdf.Pdf) -> None:
    item = next(elements(pdf, "LI"))
    next(elements(pdf, "LBody")).S = pikepdf.Name.P
    assert item.K[-1].S == "/P"


def _file_listed_twice(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF = pikepdf.Array([pdf.Root.AF[0], pdf.Root.AF[0]])


def _heading_skipped(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf, "H3")).S = pikepdf.Name.H5


def _no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _no_scope(pdf: pikepdf.Pdf) -> None:
    del next(elements(pdf, "TH")).A["/Scope"]


def _unknown_type(pdf: pikepdf.Pdf) -> None:
    next(elements(pdf, "Strong")).S = pikepdf.Name("/Loud")


def _link_without_description(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            del annotation["/Contents"]


def _not_accessible(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as xmp:
        del xmp["pdfuaid:part"]


def _title_hidden(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.DisplayDocTitle = False


def _split_table(pdf: pikepdf.Pdf) -> None:
    """Break the table in two, as one structure element for each page would."""
    table = next(elements(pdf, "Table"))
    body = next(elements(pdf, "TBody"))
    rest = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Table, P=table.P))
    half = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.TBody, P=rest))
    rows = list(body.K)
    body.K, half.K, rest.K = pikepdf.Array(rows[:9]), pikepdf.Array(rows[9:]), pikepdf.Array([half])
    for row in rows[9:]:
        row.P = half
    kids = list(table.P.K)
    place = next(index for index, kid in enumerate(kids) if kid.objgen == table.objgen)
    table.P.K = pikepdf.Array([*kids[: place + 1], rest, *kids[place + 1 :]])


def _reading_order(pdf: pikepdf.Pdf) -> None:
    section = list(elements(pdf, "Sect"))[-1]
    section.K = pikepdf.Array(reversed(list(section.K)))


def _content_left_out(pdf: pikepdf.Pdf) -> None:
    paragraph = list(elements(pdf, "P"))[-1]
    paragraph.K = pikepdf.Array(list(paragraph.K)[1:])


JUDGE_SEES: dict[str, Break] = {
    "item without body": _item_without_body,
    "no alternative": _without("Figure", "/Alt"),
    "heading skipped": _heading_skipped,
    "no language": _no_language,
    "unknown type": _unknown_type,
    "link without description": _link_without_description,
    "no PDF/UA mark": _not_accessible,
    "title hidden": _title_hidden,
}
WE_SEE: dict[str, Break] = {
    "file listed twice": _file_listed_twice,
    "item without body": _item_without_body,
    "no alternative": _without("Figure", "/Alt"),
    "heading skipped": _heading_skipped,
    "no scope": _no_scope,
    "no language of a passage": _without("Span", "/Lang"),
    "split table": _split_table,
    "reading order": _reading_order,
    "content left out": _content_left_out,
}


def difference(data: bytes) -> bool:
    """Return whether our own comparison with the report finds a fault."""
    layout = sound()[0]
    expected = clean(expected_tags(layout.report, layout.pages), inked)
    return bool(faults_in(data)) or list(lines(expected)) != list(lines(clean(tags_in(data), inked)))


def test_sound_document_passes() -> None:
    """Saved again by the library that breaks it, but unbroken, the document has no fault."""
    data = broken(lambda _: None)
    assert judged(data) == []
    assert not difference(data)


@pytest.mark.parametrize("name", JUDGE_SEES)
def test_judge_bites(name: str) -> None:
    """The outside judge fails a document with this fault."""
    assert judged(broken(JUDGE_SEES[name])) != []


@pytest.mark.parametrize("name", WE_SEE)
def test_own_comparison_bites(name: str) -> None:
    """The comparison with the report's tree finds this fault, most of which no judge sees."""
    assert difference(broken(WE_SEE[name]))
