"""What lists the reports of an archive beside them: the index, and the binder where it is wished."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from afterword.archive.bag import PAYLOAD
from afterword.archive.index import write_index
from afterword.archive.keeping import Keeping
from afterword.archive.row import Row
from afterword.archive.state import File
from afterword.diagnostics import Finding
from afterword.errors import RenderError, UsageError
from afterword.options import RenderOptions
from afterword.pipeline import formats_of
from afterword.theme.load import load_theme

BINDER = "binder.pdf"


def check_binder(options: RenderOptions) -> None:
    """Raise UsageError where no binder can be made: without PDFs, or without its library."""
    if "pdf" not in formats_of(options):
        message = "--binder binds the PDFs, and pdf is not among the formats"
        raise UsageError(message)
    try:
        import_module("afterword.archive.binder")
    except ImportError as error:
        message = "--binder needs a library: pip install 'afterword[binder]'"
        raise UsageError(message) from error


@dataclass(frozen=True, slots=True)
class Listing:
    """How the reports are listed."""

    options: RenderOptions
    binder: bool = False
    findings: list[Finding] = field(default_factory=list)
    """Why there is no binder although one is wished."""

    def is_in(self, files: Mapping[str, File], rows: Iterable[Row]) -> bool:
        """Return whether what is wished is among the files that there are; without PDFs there is no binder."""
        return not self.binder or BINDER in files or not any("pdf" in row.files for row in rows)

    def write(self, keeping: Keeping, rows: Sequence[Row]) -> dict[str, File]:
        """Put the files of the index, and the binder, into the payload; return them by name."""
        written: dict[str, File] = {}

        def put(name: str, data: bytes) -> None:
            path = _announced(keeping, name)
            stamp = keeping.store.put(path, data).stamp
            written[name] = File(path, len(data), hashlib.sha256(data).hexdigest(), stamp)

        theme = load_theme(self.options.theme)
        write_index(rows, put, language=self.options.language or "en", theme=theme)
        bound = [row for row in rows if "pdf" in row.files]
        if self.binder and bound:
            try:
                written[BINDER] = self._bind(keeping, bound)
            except RenderError as error:  # one PDF that somebody edited must not keep the bag from being closed
                self.findings.extend(error.findings)
        return written

    def _bind(self, keeping: Keeping, rows: Sequence[Row]) -> File:
        # Imported here: it needs a library that only those have who bind.
        from afterword.archive.binder import Binding, bind

        ordered = sorted(rows, key=lambda row: (row.date, row.started_at, row.id, row.edition))
        theme, language = load_theme(self.options.theme), self.options.language or "en"
        binding = Binding(language, theme, self.options.page_size, pdf=self.options.pdf)
        path = _announced(keeping, BINDER)
        with TemporaryDirectory() as folder:
            pdfs = [keeping.store.fetched(f"{PAYLOAD}/{row.files['pdf']}", Path(folder)) for row in ordered]
            entry, bound = keeping.store.put_written(path, lambda out: bind(pdfs, ordered, out, binding))
        return File(path, entry.size, bound.sha256, entry.stamp)


def kept_row(row: Row, paths: Collection[str]) -> Row:
    """Return a row with those of its files that are among these paths of the bag, so that no list leads to others."""
    return replace(row, files={name: file for name, file in row.files.items() if f"{PAYLOAD}/{file}" in paths})


def _announced(keeping: Keeping, name: str) -> str:
    """Return the path of a file of the listing, after the state knows that it may be written."""
    path = f"{PAYLOAD}/{name}"
    keeping.state.fly_path(path)
    keeping.commit()
    return path
