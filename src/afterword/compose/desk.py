"""The desk that sections are composed on: the record, the words, the pictures, and the findings so far."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from afterword.assets import AssetFault, Shelf
from afterword.codes import CODES
from afterword.diagnostics import Finding, shorten
from afterword.incident.model import Incident, Stage
from afterword.prose import Prose, parse, parse_inline
from afterword.report.nodes import (
    Block,
    Callout,
    FieldBlock,
    FieldText,
    Foreign,
    Inline,
    Paragraph,
    Placeholder,
    Section,
    Text,
)
from afterword.report.rebuild import blocks_with, section_with
from afterword.words import Words


@dataclass(slots=True)
class Desk:
    """What every section is composed from."""

    incident: Incident
    words: Words
    shelf: Shelf
    as_of: date
    """The day that the report speaks of: what is due before it and still open is overdue."""

    findings: list[Finding] = field(default_factory=list)
    days: frozenset[date] = field(init=False)
    """The days on which there are events."""

    offsets: frozenset[timedelta | None] = field(init=False)
    """The offsets from UTC that the times of events have."""

    def __post_init__(self) -> None:
        """Look through the events once for what every one of them asks about all of them."""
        moments = [event.at for event in self.incident.timeline]
        self.days = frozenset(moment.date() for moment in moments)
        self.offsets = frozenset(moment.utcoffset() for moment in moments)

    @property
    def is_final(self) -> bool:
        """Return whether the report is final, so that what is empty is left out."""
        return self.incident.stage is Stage.FINAL

    @property
    def asks_for_more(self) -> bool:
        """Return whether empty sections are shown as to be completed: in a draft, and to those who write it.

        In an edition for others that would tell what was taken out from what was never written.
        """
        return not self.is_final and self.incident.edition is None

    def say(self, message: str, **values: object) -> tuple[Inline, ...]:
        """Return fixed words as inlines."""
        return (Text(self.words.say(message, **values)),)

    def plain(self, path: str, text: str) -> tuple[Inline, ...]:
        """Return a plain text field as inlines, tagged with its path; nothing for an empty one."""
        return (FieldText(path, self._own_language(parse_inline(text))),) if text else ()

    def bare(self, text: str) -> tuple[Inline, ...]:
        """Return a plain text field as inlines without a tag."""
        return self._own_language(parse_inline(text)) if text else ()

    def prose(self, path: str, text: str) -> Prose:
        """Return a prose field as blocks and sections, its findings kept."""
        prose = parse(text, path=path, picture=lambda target: self.picture(path, target, text.find(target)))
        self.findings += prose.findings
        if not self._is_foreign:
            return prose
        sections = tuple(section_with(section, self._marked) for section in prose.sections)
        return replace(prose, blocks=blocks_with(prose.blocks, self._marked), sections=sections)

    def field(self, path: str, text: str) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
        """Return a prose field as one tagged block, and the sections that its headings made."""
        if not text:
            return (), ()
        prose = self.prose(path, text)
        return ((FieldBlock(path, prose.blocks),) if prose.blocks else ()), prose.sections

    def picture(self, path: str, target: str, offset: int = -1) -> str | None:
        """Return the key of a picture that is named, or None after keeping why it is not shown.

        `offset` is where it is named in the text at `path`, -1 where that is the whole text.
        """
        try:
            return self.shelf.picture(target)
        except AssetFault as fault:
            self.tell(fault.code, path, fault.message, value=target, hint=fault.hint, offset=offset)
            return None

    def tell(  # noqa: PLR0913 (the fields of a finding)
        self, code: str, path: str, message: str, *, value: str = "", hint: str = "", offset: int = -1
    ) -> None:
        """Keep a finding with the severity of its code."""
        known, shown = CODES[code], shorten(value)
        advice = hint or known.hint
        self.findings.append(Finding(code, message, known.severity, path=path, value=shown, hint=advice, offset=offset))

    def to_complete(self) -> tuple[Block, ...]:
        """Return what stands in a draft where a section has nothing in it yet."""
        text = self.words.say("To be completed.")
        return (Callout("to-complete", (Paragraph((Text(text),)),)),)

    @property
    def _is_foreign(self) -> bool:
        return self.incident.language != self.words.language

    def _own_language(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Return the inlines marked with the record's language where the report's is another."""
        return (Foreign(self.incident.language, inlines),) if self._is_foreign and inlines else inlines

    def _marked(self, inline: Inline) -> tuple[Inline, ...]:
        """Return an inline of prose marked with the record's language, if it is text."""
        return self._own_language((inline,)) if isinstance(inline, Text | Placeholder) else (inline,)
