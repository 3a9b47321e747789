"""Afterword: one validated incident record in, an accessible PDF and an editable Word draft out.

    import afterword

    documents = afterword.render("samples/incident-0x19.yaml")
    documents.save("build")

Loading this package loads neither the PDF engine nor the Word library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterword.api import Documents, check, load, load_all, loads, render
    from afterword.diagnostics import Finding, Place, Severity
    from afterword.errors import (
        AfterwordError,
        EngineMissing,
        OutputError,
        RenderError,
        SourceError,
        ThemeError,
        UsageError,
    )
    from afterword.incident.model import Incident

_HOMES = {
    "afterword.api": ("Documents", "check", "load", "load_all", "loads", "render"),
    "afterword.diagnostics": ("Finding", "Place", "Severity"),
    "afterword.errors": (
        "AfterwordError",
        "EngineMissing",
        "OutputError",
        "RenderError",
        "SourceError",
        "ThemeError",
        "UsageError",
    ),
    "afterword.incident.model": ("Incident",),
}
"""Where each public name lives; a module is imported when one of its names is first asked for."""

__all__ = [
    "AfterwordError",
    "Documents",
    "EngineMissing",
    "Finding",
    "Incident",
    "OutputError",
    "Place",
    "RenderError",
    "Severity",
    "SourceError",
    "ThemeError",
    "UsageError",
    "check",
    "load",
    "load_all",
    "loads",
    "render",
]


def __getattr__(name: str) -> object:
    """Return a public name from the module that it lives in."""
    for module, names in _HOMES.items():
        if name in names:
            return getattr(import_module(module), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    """Return the public names."""
    return __all__
