"""All errors that Afterword raises, as one tree.

AfterwordError
├── SourceError          the source has faults; `.findings` has all of them
├── ThemeError           the theme or a base document has faults; `.findings` has all of them
├── RenderError          a document could not be made; `.findings` says why
│   └── EngineMissing    a system library is missing; the message says what to install here
├── OutputError          a finished document could not be put where it should go
└── UsageError           the call itself is wrong
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from afterword.diagnostics import Finding, in_reading_order


class AfterwordError(Exception):
    """Base of all errors. `exit_code` is what the command returns for it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, findings: Iterable[Finding] = ()) -> None:
        """Keep the message and the findings, these in reading order."""
        super().__init__(message)
        self.message = message
        self.findings = in_reading_order(findings)


class SourceError(AfterwordError):
    """The source has faults that must be mended; `findings` has every one of them, each with its place."""


class ThemeError(AfterwordError):
    """The theme file or the base of the Word draft has faults; `findings` has every one, each with its place."""


class RenderError(AfterwordError):
    """A document could not be made."""


class EngineMissing(RenderError):  # noqa: N818 (reads as what it says)
    """A system library that a writer needs is missing; the message says what to install on this system."""


class OutputError(AfterwordError):
    """A finished document could not be put where it should go; nothing was changed there."""


class UsageError(AfterwordError):
    """The call itself is wrong: an unknown format, a file that is not there, options that contradict."""

    exit_code: ClassVar[int] = 2
