"""The stages of one report, in order: read, validate, compose, number, lay out, write."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from afterword.assets import Shelf
from afterword.compose import Furniture, compose
from afterword.diagnostics import Finding, Severity, has_errors, in_reading_order
from afterword.editions import cut
from afterword.errors import EngineMissing, RenderError, SourceError, UsageError
from afterword.incident.model import Incident
from afterword.loading import Loaded, led_back, locate, placeholders, staged
from afterword.options import PageSize, PdfKind, RenderOptions
from afterword.remainder import Remainder
from afterword.report.check import check as check_tree
from afterword.report.nodes import Figure, Report
from afterword.report.transforms import anchored, numbered
from afterword.report.walk import blocks, sections
from afterword.report.walk import words as words_of
from afterword.theme.load import load_theme
from afterword.theme.record import Theme
from afterword.words import Words, words_for
from afterword.writers.base import DocxBase, WriterOptions, Written
from afterword.writers.layout import Layout, lay_out
from afterword.writers.registry import format_named

PAGES_WITHOUT_CONTENTS = 3
"""A document of more pages than this opens with a table of contents, which has the first page with the title."""

_WORDS_A_PAGE = 500
_PAGES_A_FIGURE = 0.35
_PAGES_A_SECTION = 0.12
"""What a figure, and the heading of a section with the room around it, take of a page; measured on real reports."""

_PAGED = frozenset({"pdf", "docx"})


@dataclass(frozen=True, slots=True)
class Rendered:
    """The finished documents of one report."""

    incident: Incident
    """The edition of the record that was rendered."""

    report: Report
    files: Mapping[str, bytes]
    """Documents by format."""

    findings: tuple[Finding, ...] = ()
    failures: Mapping[str, RenderError] = field(default_factory=dict)
    """Formats that could not be made, and why; the others are whole."""


def formats_of(options: RenderOptions) -> dict[str, str]:
    """Return the formats that are asked for, each once and by its proper name, with the suffixes of their files."""
    formats = map(format_named, options.formats)
    return {each.name: each.suffix for each in formats}


def load_engines(formats: Iterable[str]) -> None:
    """Load what the formats are written with, so that no report waits for it; what is missing is passed over."""
    for name in formats:
        with suppress(ImportError, OSError):
            format_named(name).writer()


def render_loaded(
    loaded: Loaded,
    options: RenderOptions,
    environ: Mapping[str, str] | None = None,
    shelf: Shelf | None = None,
) -> Rendered:
    """Return the documents of a loaded source, with the files that it names from the shelf, or from its folder.

    Raises SourceError if the source has faults or a final report has placeholders, ThemeError for a theme or
    base document that cannot be used, UsageError for a format, language, audience or stage that does not exist. A
    format whose engine is missing is among the `failures`, and the others are made.
    """
    formats = tuple(formats_of(options))
    name, source = loaded.source.name, loaded.source
    # 1 validate and cut
    loaded = staged(loaded, options.stage)
    if loaded.incident is None:
        loaded = replace(loaded, findings=tuple(_tolerated(findings_of(loaded, environ), options)))
    edition, told = cut(loaded, options.audience)
    incident, findings = edition.incident, _tolerated(told, options)
    # 2 compose
    theme, docx_base = load_theme(options.theme), _docx_base(options, formats)
    words = words_for(options.language or incident.language)
    words = replace(words, wording=theme.wording_in(words.language))
    furniture = Furniture(theme.furniture.header, theme.furniture.footer)
    shelf = shelf or Shelf(source.folder, source.files)
    composed = compose(
        incident, words, shelf, os.environ if environ is None else environ, furniture, as_of=options.as_of
    )
    findings += [*locate(led_back(composed.findings, edition.origin), source), *_about(words)]
    findings += docx_base.findings if docx_base else ()
    _stop_on_errors(name, findings)
    # 3 anchor and number
    report = numbered(anchored(composed.report), number_sections=theme.layout.numbered)
    _trust(report)
    # 4 lay out and 5 write
    size = options.page_size or theme.page.size
    bench = Bench(report, WriterOptions(theme, size, docx_base=docx_base, pdf=options.pdf))
    for each in formats:
        bench.make(each)
    findings += bench.findings
    return Rendered(incident, report, bench.files, in_reading_order(findings), bench.failures)


def pages_of(report: Report, theme: Theme, page_size: PageSize | None = None, pdf: PdfKind = "accessible") -> bytes:
    """Return the PDF of a report that is on no incident; raise EngineMissing where the engine cannot be loaded."""
    anchored_report = anchored(report)
    _trust(anchored_report)
    return lay_out(anchored_report, WriterOptions(theme, page_size or theme.page.size, pdf=pdf)).write().data


def findings_of(loaded: Loaded, environ: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """Return everything that is to be said about a source, what only shows while its report is composed included.

    Opens the pictures and files that the record names, and draws nothing. Of a source with errors, what is left without
    them is composed, and the errors that show then are told too.
    """
    if loaded.incident is None:
        return in_reading_order([*loaded.findings, *_behind_the_faults(loaded, environ)])
    words, shelf = words_for(loaded.incident.language), Shelf(loaded.source.folder, loaded.source.files)
    composed = compose(loaded.incident, words, shelf, os.environ if environ is None else environ)
    return in_reading_order([*loaded.findings, *locate(composed.findings, loaded.source)])


def _behind_the_faults(loaded: Loaded, environ: Mapping[str, str] | None) -> list[Finding]:
    """Return the errors of a source with faults that would else show only once those are mended."""
    rest = Remainder(loaded.source)
    incident = rest.incident()
    if incident is None:
        return []
    composed = findings_of(Loaded(rest.left, incident, tuple(placeholders(rest.left, incident))), environ)
    return [rest.located(finding) for finding in composed if finding.severity is Severity.ERROR]


def _tolerated(findings: Iterable[Finding], options: RenderOptions) -> list[Finding]:
    """Return the findings, placeholders of a final report only warnings where they are allowed."""
    if not options.allow_placeholders:
        return list(findings)
    return [replace(finding, severity=Severity.WARNING) if finding.code == "AW402" else finding for finding in findings]


def _stop_on_errors(name: str, findings: list[Finding]) -> None:
    if has_errors(findings):
        message = f"{name} cannot be rendered"
        raise SourceError(message, findings)


def _docx_base(options: RenderOptions, formats: tuple[str, ...]) -> DocxBase | None:
    """Return the company's base of the Word draft, if one is named; python-docx is loaded only then."""
    if not options.docx_base:
        return None
    if "docx" not in formats:
        message = "a base document is for the Word draft, and docx is not among the formats"
        raise UsageError(message)
    from afterword.writers.docx.company import load_base

    return load_base(options.docx_base)


def _about(words: Words) -> list[Finding]:
    if words.is_translated:
        return []
    message = f"there are no fixed words in {words.language!r} yet; headings and labels are in English"
    return [Finding("AW504", message, Severity.NOTE)]


def _trust(report: Report) -> None:
    """Raise AssertionError for a tree that breaks its own rules: a fault of ours, not of the source."""
    faults = check_tree(report)
    if faults:
        raise AssertionError("; ".join(faults))


@dataclass(slots=True)
class Bench:
    """Where the documents of one report are made; the pages are laid out once for all that need them."""

    report: Report
    options: WriterOptions
    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    failures: dict[str, RenderError] = field(default_factory=dict)
    _layout: Layout | None = None
    _missing: EngineMissing | None = None

    def make(self, name: str) -> None:
        """Make the document of one format, or keep why it could not be made."""
        try:
            written = self._written(name)
        except RenderError as error:
            self.failures[name] = error
            return
        self.files[name] = written.data
        self.findings += [finding for finding in written.findings if finding not in self.findings]

    def _written(self, name: str) -> Written:
        if name not in _PAGED:
            return format_named(name).writer()(self._flowing(), self.options)
        self._lay_out()
        if name == "pdf":
            if self._layout is None:
                raise self._missing or EngineMissing("the pages could not be laid out")
            return self._layout.write()
        if self._layout is None:
            return format_named(name).writer()(self._flowing(), self.options)
        settings = replace(self.options, pages=self._layout.pages)
        return format_named(name).writer()(self._layout.report, settings)

    def _lay_out(self) -> None:
        """Lay the pages out, with a table of contents if there are more than a few."""
        if self._layout is not None or self._missing is not None:
            return
        try:
            self._layout = self._laid_out()
        except EngineMissing as error:
            self._missing = error

    def _laid_out(self) -> Layout:
        """Return the pages, with contents if there are more than a few without; a long report is laid out once."""
        flowing = self._flowing()
        layout = lay_out(flowing, self.options)
        if flowing.contents and _pages_after_contents(layout) > PAGES_WITHOUT_CONTENTS:
            return layout
        plain = lay_out(self.report, self.options) if flowing.contents else layout
        if plain.pages.count <= PAGES_WITHOUT_CONTENTS:
            return plain
        return layout if flowing.contents else lay_out(replace(self.report, contents=True), self.options)

    def _flowing(self) -> Report:
        """Return the report as documents show it whose pages are not known: contents by its estimated length."""
        return replace(self.report, contents=_about_pages(self.report) > PAGES_WITHOUT_CONTENTS)


def _about_pages(report: Report) -> float:
    """Return about how many pages a report takes, without laying it out."""
    figures = sum(isinstance(block, Figure) for block in blocks(report))
    headings = sum(1 for _ in sections(report))
    return len(words_of(report)) / _WORDS_A_PAGE + figures * _PAGES_A_FIGURE + headings * _PAGES_A_SECTION


def _pages_after_contents(layout: Layout) -> int:
    """Return on how many pages the sections are, which begin on a page of their own behind the contents."""
    of_anchor = layout.pages.of_anchor
    first = min((of_anchor[each.anchor] for _, each in sections(layout.report) if each.anchor in of_anchor), default=1)
    return layout.pages.count - first + 1
