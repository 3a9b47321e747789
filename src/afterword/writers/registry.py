"""The formats a report can be written in, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import cast

from afterword.errors import UsageError
from afterword.writers.base import Writer


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name on the command line, its file suffix, and where its writer is."""

    name: str
    suffix: str
    media_type: str
    module: str
    """Imported only when the format is asked for, so that `check` loads no engine. Its `write` is the writer."""

    def writer(self) -> Writer:
        """Return the writer of this format."""
        return cast("Writer", import_module(self.module).write)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "pdf": Format("pdf", ".pdf", "application/pdf", "afterword.writers.pdf"),
        "docx": Format("docx", ".docx", _WORD, "afterword.writers.docx"),
        "html": Format("html", ".html", "text/html", "afterword.writers.html"),
        "md": Format("md", ".md", "text/markdown", "afterword.writers.markdown"),
        "json": Format("json", ".json", "application/json", "afterword.writers.json"),
    }
)
"""All formats by name, in the order in which they are made."""


def format_named(name: str) -> Format:
    """Return the format of this name; raise UsageError with the names that exist for any other."""
    found = FORMATS.get(name.strip().lower())
    if found is None:
        message = f"unknown format {name!r}; there are {', '.join(FORMATS)}"
        raise UsageError(message)
    return found
