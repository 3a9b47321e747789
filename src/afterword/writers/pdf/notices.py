"""What the engine has to say while it works, as findings and never as printed lines."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from afterword.diagnostics import Finding, Severity, shorten

STAND_IN = "\N{REPLACEMENT CHARACTER}"
"""What is drawn in the place of a character that no font has."""

_LISTED = 12
"""How many missing characters a finding names."""


class _Gather(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__(logging.WARNING)
        self.heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self.heard.append(record.getMessage())


_NO_GLYPH = re.compile(r"\.notdef glyph .*\(U\+(?P<number>[0-9A-F]+)\)", re.DOTALL)
"""The engine's message about a character that neither the theme nor the system has a font for."""


@dataclass(slots=True)
class Ear:
    """Messages heard so far."""

    lacking: Sequence[str] = ()
    """Characters that are told of already, by `missing_glyphs`."""

    heard: list[str] = field(default_factory=list)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Keep the engine's warnings to itself and write them down here."""
        logger = logging.getLogger("weasyprint")
        handler = _Gather(self.heard)
        handlers, propagate = logger.handlers[:], logger.propagate
        logger.handlers, logger.propagate = [handler], False
        try:
            yield
        finally:
            logger.handlers, logger.propagate = handlers, propagate

    def findings(self) -> tuple[Finding, ...]:
        """Return one finding for each different message, in the order heard."""
        messages = dict.fromkeys(shorten(message, 300) for message in self.heard if not self._is_told(message))
        return tuple(Finding("AW502", f"the PDF engine says: {text}", Severity.WARNING) for text in messages)

    def _is_told(self, message: str) -> bool:
        found = _NO_GLYPH.match(message)
        return found is not None and chr(int(found["number"], 16)) in self.lacking


def missing_glyphs(characters: Sequence[str]) -> tuple[Finding, ...]:
    """Return a finding that names characters which the theme's fonts lack, or none where there are none."""
    if not characters:
        return ()
    named = ", ".join(_named(character) for character in characters[:_LISTED])
    more = f" and {len(characters) - _LISTED} more" if len(characters) > _LISTED else ""
    message = f"no font of the theme has {named}{more}"
    until = f"until then a font of this system is used (Noto has one for each script), or {STAND_IN} drawn"
    hint = f"add a font that has them to the theme; {until}"
    return (Finding("AW501", message, Severity.WARNING, hint=hint),)


def _named(character: str) -> str:
    name = unicodedata.name(character, "unnamed")
    return f"{character} U+{ord(character):04X} {name}"
