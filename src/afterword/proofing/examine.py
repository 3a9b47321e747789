"""What is wrong with a theme: everything that can be told before a report wears it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from afterword.diagnostics import Finding, Place, Severity, in_reading_order, shorten
from afterword.errors import EngineMissing, ThemeError, UsageError
from afterword.proofing.contrasts import contrast_faults, marks_of
from afterword.proofing.roles import role_faults
from afterword.proofing.specimen import specimen
from afterword.readers.source import Source
from afterword.report.nodes import Footnote, Report
from afterword.report.rebuild import map_inlines
from afterword.report.walk import inlines, plain_text, runs
from afterword.theme.contrast import Pair
from afterword.theme.css import named_place
from afterword.theme.fonts import missing
from afterword.theme.load import read_theme
from afterword.theme.record import Theme
from afterword.words import sample_texts
from afterword.writers.base import WriterOptions

_AT = re.compile(r" at (?P<line>\d+):(?P<column>\d+)")
_LISTED = 8
"""How many letters or words a finding names."""


def examine(theme: str) -> tuple[Finding, ...]:
    """Return everything that is wrong with a theme, in reading order.

    Lays the specimen out in all formats with it. Raises ThemeError for a theme file that cannot be read, UsageError
    for a name that no theme has.
    """
    read = read_theme(theme)
    found = list(read.findings)
    if read.theme is not None:
        found += glyph_faults(read.theme, read.source)
        try:
            found += _Proof.of(read.theme).faults(read.source)
        except (ThemeError, EngineMissing) as error:
            found += error.findings
    return in_reading_order(dict.fromkeys(found))


def glyph_faults(theme: Theme, source: Source) -> Iterator[Finding]:
    """Yield a finding for each language that the theme claims and its fonts do not cover, or that does not exist."""
    for index, language in enumerate(theme.languages):
        path = f"languages[{index}]"
        place = source.place(("languages", index))
        try:
            lacking = missing(theme, sample_texts(language))
        except UsageError as error:
            yield Finding("AW604", error.message, place=place, path=path, value=language)
            continue
        if lacking:
            named = ", ".join(f"{each} U+{ord(each):04X}" for each in lacking[:_LISTED])
            more = f" and {len(lacking) - _LISTED} more" if len(lacking) > _LISTED else ""
            message = f"no font of the theme has {named}{more}, which {language!r} needs"
            yield Finding("AW608", message, place=place, path=path, value=language)


@dataclass(frozen=True, slots=True)
class _Proof:
    """The specimen in all formats, as a theme makes it."""

    theme: Theme
    report: Report
    shown: str
    """The text that can be seen on paper, without spaces."""

    pairs: tuple[tuple[str, Pair], ...]
    """Every pair of colours, with the medium that it is found in."""

    on_pictures: tuple[str, ...]
    """What stands on a picture or gradient."""

    page: str
    """The HTML page."""

    styles: frozenset[str]
    """Ids of the styles of the Word document."""

    @classmethod
    def of(cls, theme: Theme) -> _Proof:
        """Return the specimen as a theme makes it; raise ThemeError where that is not possible."""
        from afterword.writers.docx import write as write_word
        from afterword.writers.docx.pairs import pairs_in
        from afterword.writers.docx.roles import styles_in
        from afterword.writers.html import write as write_page
        from afterword.writers.pdf.layout import lay_out
        from afterword.writers.pdf.pairs import pairs_on_paper, pairs_on_screen, shown_text, text_on_pictures

        report, options = specimen(theme), WriterOptions(theme, theme.page.size)
        layout = lay_out(report, options)
        word, page = write_word(report, options).data, write_page(report, options).data.decode("utf-8")
        pairs = {
            "PDF": pairs_on_paper(layout),
            "drawing": marks_of(report, options),
            "Word": pairs_in(word),
            "HTML": pairs_on_screen(page, theme, dark=False),
            "HTML in the dark": pairs_on_screen(page, theme, dark=True),
        }
        named = tuple((medium, pair) for medium, found in pairs.items() for pair in dict.fromkeys(found))
        on_pictures = tuple(dict.fromkeys(text_on_pictures(layout)))
        return cls(theme, report, shown_text(layout), named, on_pictures, page, styles_in(word))

    def faults(self, source: Source) -> Iterator[Finding]:
        """Yield what is wrong, with places in the theme file and in the files beside it."""
        yield from contrast_faults(self.pairs, self.theme, source)
        if self.on_pictures:
            named, more = ", ".join(self.on_pictures[:_LISTED]), " …" if len(self.on_pictures) > _LISTED else ""
            message = f"text stands on a picture or gradient, so that its contrast is not known ({named}{more})"
            yield Finding("AW609", message, Severity.WARNING, Place(source.name), hint="put a plain colour behind text")
        yield from _dropped(self.shown, _texts(self.report), Place(source.name))
        yield from _dropped(self.shown, _texts_of_notes(self.report), Place(source.name))
        yield from role_faults(self.page, self.styles, Place(source.name))
        yield from _warnings(self.theme, source)


def _texts(report: Report) -> list[str]:
    """Return the texts of a report without its notes, which stand at the feet of pages."""
    without = map_inlines(report, lambda each: (replace(each, paragraphs=()) if isinstance(each, Footnote) else each,))
    return [plain_text(run) for run in runs(without)]


def _texts_of_notes(report: Report) -> list[str]:
    notes = (each for each in inlines(report) if isinstance(each, Footnote))
    return [plain_text(paragraph.children) for note in notes for paragraph in note.paragraphs]


def _dropped(shown: str, texts: Sequence[str], place: Place) -> Iterator[Finding]:
    """Yield a finding for each text of the report that no page shows where it belongs."""
    start = 0
    for text in texts:
        bare = "".join(text.split())
        found = shown.find(bare, start)
        if found < 0:
            yield Finding("AW624", f"{shorten(text)!r} is hidden, or not in its order", place=place)
        else:
            start = found + len(bare)


def _warnings(theme: Theme, source: Source) -> Iterator[Finding]:
    """Yield what the PDF engine says about the theme's own style sheet, which HTML may understand all the same."""
    from afterword.writers.pdf.pairs import css_warnings

    if theme.sheets and theme.sheets[-1].parent == (source.folder or Path()):
        sheet = theme.sheets[-1]
        for text in css_warnings(sheet.read_text("utf-8")):
            at = _AT.search(text)
            shown = named_place(source, theme.css)
            place = Place(shown, int(at["line"]), int(at["column"])) if at else Place(shown)
            message = f"the PDF engine says: {_AT.sub('', text, count=1)}"
            yield Finding("AW621", message, Severity.WARNING, place, hint="keep it for HTML, or remove it")
