"""A whole page from its template, or from the theme's: nothing of the report may be missing from it or hidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from afterword.diagnostics import Finding, Place, shorten
from afterword.errors import ThemeError
from afterword.report.nodes import Meta
from afterword.templating import named, render, render_own
from afterword.theme.files import AddressRefused, picture_in
from afterword.theme.record import Theme
from afterword.writers.html.draw import Drawn
from afterword.writers.html.reading import Reading, leaves_open


def draw_page(
    name: str, theme: Theme, meta: Meta, drawn: Drawn, url_of: Callable[[Path], str], **values: object
) -> str:
    """Return the page that a template makes of the drawn parts of a report; the theme's template goes before ours.

    `url_of` says the address of a picture of the theme. Raises ThemeError where the theme's template has a fault, or
    leaves something of the report out.
    """
    folders = tuple(folder.parent for folder in theme.template_folders)
    given = {
        "meta": meta,
        "date": meta.date.isoformat(),
        "cover": theme.layout.cover,
        "title_block": drawn.title_block,
        "contents": drawn.contents,
        "sections": drawn.sections,
        "closing": drawn.closing,
        "theme_file": lambda file: url_of(picture_in(folders, file)),
        **values,
    }
    own = next((each / name for each in theme.template_folders if (each / name).is_file()), None)
    if own is None:
        return render(name, **given)
    page = render_own(theme.template_folders, name, refusals=AddressRefused, **given)
    faults = _faults(page, drawn, [str(value) for value in values.values()])
    if faults:
        message = f"the theme {theme.name} cannot be used"
        raise ThemeError(message, [Finding(code, text, place=Place(named(own))) for code, text in faults])
    return page


def _faults(page: str, drawn: Drawn, sheets: Sequence[str]) -> list[tuple[str, str]]:
    """Return code and message of everything that keeps a page of a theme's template from being used.

    `sheets` are the style sheets that the page was given, which were looked at before.
    """
    read = Reading(sheets)
    read.feed(page)
    read.close()
    found = [("AW623", f"the element `{name}` is refused") for name in dict.fromkeys(read.refused)]
    found += [("AW622", f"the address {shorten(each)!r} is refused") for each in dict.fromkeys(read.addresses)]
    if not read.headings:
        found.append(("AW624", "the page has no heading `h1`"))
    return found + [("AW624", text) for text in _dropped(page, read.text, drawn)]


def _dropped(page: str, shown: str, drawn: Drawn) -> list[str]:
    """Return what is said of each part of a report that does not stand in a page, visible, and in its order."""
    start, rest, said = 0, page, []
    parts = {"title_block": drawn.title_block, "contents": drawn.contents, "sections": drawn.sections}
    for name, part in {**parts, "closing": drawn.closing}.items():
        if not part:
            continue
        inner = Reading()
        inner.feed(str(part))
        place = shown.find(inner.text, start) if str(part) in page else -1
        before, _, rest = rest.partition(str(part)) if str(part) in rest else ("", "", rest)
        if place < 0 or leaves_open(before):
            said.append(f"`{name}` is missing from the page, hidden, or not in its order")
        else:
            start = place + len(inner.text)
    return said
