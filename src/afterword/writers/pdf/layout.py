"""A report on its pages, with the right page numbers in its contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from afterword.diagnostics import Finding
from afterword.options import Pages, PdfKind
from afterword.report.nodes import EmbeddedFile, Report
from afterword.theme.fonts import missing
from afterword.writers.base import WriterOptions, Written
from afterword.writers.html.draw import Drawn, draw_report
from afterword.writers.html.medium import Medium
from afterword.writers.html.page import draw_page
from afterword.writers.pdf.contents import guesses, put_numbers
from afterword.writers.pdf.depth import with_room
from afterword.writers.pdf.drawings import Drawings
from afterword.writers.pdf.engine import ASSET, Addresses, press, weasyprint
from afterword.writers.pdf.finish import ENDS_TWICE, finish
from afterword.writers.pdf.furniture import furniture
from afterword.writers.pdf.glyphs import replaced, stand_ins, undrawable
from afterword.writers.pdf.metadata import describe
from afterword.writers.pdf.notices import Ear, missing_glyphs
from afterword.writers.pdf.origin import sealed
from afterword.writers.pdf.page_source import page_source
from afterword.writers.pdf.tagging import tag_ourselves

VARIANTS: Mapping[PdfKind, str | None] = {"accessible": "pdf/a-3a", "plain": None}
"""Names that WeasyPrint has for what a PDF conforms to; PDF/UA-1 is added to the first by this package."""

MOST_ROUNDS = 4
"""How often pages are laid out at most until the page numbers in the contents stay as they are, or are written."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A report on its pages."""

    report: Report
    pages: Pages
    document: Any
    """A WeasyPrint Document."""

    findings: tuple[Finding, ...]
    variant: str | None
    """Name that WeasyPrint has for what the PDF conforms to."""

    lacking: Sequence[str] = ()
    """Characters that no font of the theme has."""

    def write(self) -> Written:
        """Return the PDF of these pages."""
        ear = Ear(self.lacking)
        with ear.listening():
            data = with_room(self._written)
        return Written(sealed(data), (*self.findings, *ear.findings()))

    def _written(self) -> bytes:
        """Return the PDF, written again with an object more while a stream ends in what reads as an end of line."""
        for spare in range(MOST_ROUNDS):
            data: bytes = self.document.write_pdf(finisher=partial(finish, spare=spare), **self._settings())
            if ENDS_TWICE not in data:
                break
        return data

    def _settings(self) -> dict[str, Any]:
        files = (self.report.source, *self.report.files)
        return {
            "pdf_variant": self.variant,
            "attachments": [_attachment(file, self.report) for file in files if file is not None],
        }


def lay_out(report: Report, options: WriterOptions) -> Layout:
    """Return the report on its pages; raise EngineMissing where the engine cannot be loaded.

    The page numbers in its contents are put in afterwards. Where a theme lets them move the text, the pages are laid
    out again with the numbers found, until they no longer change. Where `options.pages` says them, once is enough.
    """
    weasyprint()
    if options.pages is not None:
        return _lay_out_once(report, options, options.pages.of_anchor)
    known = guesses(report)
    layout = _lay_out_once(report, options, known)
    if not report.contents or put_numbers(layout.document, layout.pages.of_anchor):
        return layout
    for _ in range(MOST_ROUNDS - 1):
        known = layout.pages.of_anchor
        layout = _lay_out_once(report, options, known)
        if layout.pages.of_anchor == known:
            break
    return layout


def _lay_out_once(report: Report, options: WriterOptions, known: Mapping[str, int]) -> Layout:
    drawings, files = Drawings(report, options), Addresses(start=_OWN_PICTURES)
    drawn = _drawn(report, options, known, drawings)
    lacking = missing(options.theme, (*_shown(report, drawn), *drawings.vectors.values()))
    tools = press(options.theme, with_system_fonts=bool(lacking))
    table = stand_ins(undrawable(lacking, tools))
    html = _html(report, options, drawn, table, files)
    pictures = {f"{ASSET}{key}": partial(_same, asset.data) for key, asset in report.assets.items()}
    pictures |= {url: partial(_same, data) for url, data in drawings.files(table).items()}
    pictures |= {**tools.pictures, **files.known}
    pictures |= {LOGO: partial(_logo, options)}
    ear, variant = Ear(lacking), VARIANTS[options.pdf]
    with ear.listening():
        source = page_source(html, pictures, base_url=ASSET)
        document = with_room(
            partial(source.render, font_config=tools.fonts, stylesheets=[tools.style], pdf_variant=variant)
        )
    tag_ourselves(document)
    describe(document.metadata, report.meta.document_id, accessible=bool(variant))
    return Layout(report, _pages(document), document, (*missing_glyphs(lacking), *ear.findings()), variant, lacking)


LOGO = f"{ASSET}logo"
_OWN_PICTURES = 1000
"""Number of the first picture that a theme's template names; those of its style sheets come before."""


def _same(data: bytes) -> bytes:
    return data


def _logo(options: WriterOptions) -> bytes:
    return (options.theme.folder / options.theme.logo.file).read_bytes()


def _drawn(report: Report, options: WriterOptions, known: Mapping[str, int], drawings: Drawings) -> Drawn:
    logo = LOGO if options.theme.logo.file else ""
    assets, theme, way = report.assets, options.theme, report.meta.direction
    medium = Medium(report.words, theme, assets, ASSET.__add__, drawings.markup, logo, page_of=known, direction=way)
    return draw_report(report, medium)


def _shown(report: Report, drawn: Drawn) -> tuple[str, ...]:
    """Return all texts that are drawn on the pages; what the file says of itself is not."""
    meta, words = report.meta, report.words
    around = (meta.header, meta.footer, meta.edition_label, meta.stage_label, words.draft, words.page_of)
    return (drawn.title_block, drawn.contents, drawn.sections, drawn.closing, *around)


def _html(report: Report, options: WriterOptions, drawn: Drawn, table: Mapping[int, str], files: Addresses) -> str:
    """Return the whole page, with characters replaced in what is drawn but not in what the file says of itself."""
    parts = (drawn.title_block, drawn.contents, drawn.sections, drawn.closing)
    shown = Drawn(*(replaced(part, table) for part in parts))
    rules = furniture(report, options, table)
    return draw_page("print.html.j2", options.theme, report.meta, shown, files.address, furniture=rules)


def _pages(document: Any) -> Pages:  # noqa: ANN401 (WeasyPrint has no types)
    """Return how many pages there are and on which each anchor stands first."""
    of_anchor: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for anchor in page.anchors:
            of_anchor.setdefault(anchor, number)
    return Pages(len(document.pages), of_anchor)


def _attachment(file: EmbeddedFile, report: Report) -> Any:  # noqa: ANN401 (WeasyPrint has no types)
    """Return a file as the engine embeds it, with the report's date in place of the clock's."""
    return weasyprint().Attachment(
        string=file.data,
        name=file.name,
        description=file.description,
        created=report.meta.date,
        modified=report.meta.date,
        relationship=file.relationship,
    )
