"""The specimen as documents."""

from __future__ import annotations

from collections.abc import Iterable

from afterword.pipeline import Bench
from afterword.proofing.specimen import specimen
from afterword.theme.record import Theme
from afterword.writers.base import WriterOptions

FORMATS = ("pdf", "docx", "html")


def preview(theme: Theme, formats: Iterable[str] = FORMATS) -> Bench:
    """Return the bench on which the specimen was made in these formats: its files, findings and failures."""
    bench = Bench(specimen(theme), WriterOptions(theme, theme.page.size))
    for name in formats:
        bench.make(name)
    return bench
