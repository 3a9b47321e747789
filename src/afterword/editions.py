"""The edition of a loaded source for an audience, with what is to be told of it."""

from __future__ import annotations

from collections.abc import Iterator

from afterword.codes import CODES
from afterword.diagnostics import Finding, Place
from afterword.errors import SourceError, UsageError
from afterword.incident.audience import Audience
from afterword.incident.edition import Edition, EditionFault, edition
from afterword.incident.marks import EDITION, FIXED
from afterword.incident.model import Classification
from afterword.loading import INSPECTED, Loaded, inspected
from afterword.readers.source import Source


def audience_named(name: str) -> Audience:
    """Return the audience of this name; raise UsageError where there is none."""
    try:
        return Audience(name)
    except ValueError:
        message = f"there is no audience {name!r}; choose one of {', '.join(Audience)}"
        raise UsageError(message) from None


def cut(loaded: Loaded, audience: str) -> tuple[Edition, list[Finding]]:
    """Return the edition of a loaded source, and all findings about the source and about the edition.

    What is told of the content is told of the edition: a placeholder that its readers do not see is none.
    Raises SourceError where the source has faults or the edition cannot be made, UsageError for an unknown audience.
    """
    reader, source = audience_named(audience), loaded.source
    try:
        made = edition(loaded.require(), reader)
    except EditionFault as fault:
        found = _finding(source, "AW426", str(fault), (EDITION,))
        message = f"{source.name} cannot be rendered"
        raise SourceError(message, [found]) from None
    if made.audience is Audience.INTERNAL:
        return made, list(loaded.findings)
    kept = [finding for finding in loaded.findings if finding.code not in INSPECTED]
    return made, [
        *kept,
        *inspected(source, made.incident, made.origin),
        *_about(made, loaded.require().edition, source),
    ]


def _about(made: Edition, given: Audience | None, source: Source) -> Iterator[Finding]:
    """Yield what is to be told of an edition: of a record that is one already, nothing but its label."""
    name = made.audience.value
    if made.audience is Audience.PUBLIC and not made.from_marked and given is None:
        yield _finding(source, "AW422", "nothing is marked, so the public edition shows everything")
    if made.taken:
        values = "1 value" if made.taken == 1 else f"{made.taken} values"
        yield _finding(source, "AW425", f"the {name} edition goes without {values} of the record")
    if made.taken and not _shows_more(made):
        message = f"the {name} edition shows nothing but what every edition shows: nothing is marked `{name}`"
        yield _finding(source, "AW423", message)
    label = made.incident.classification
    if made.audience is Audience.PUBLIC and label not in {None, Classification.CLEAR}:
        message = f"the public edition is marked {label}, under which nobody may publish it"
        yield _finding(source, "AW424", message, ("classification",))


def _shows_more(made: Edition) -> bool:
    return bool(made.incident.as_data().keys() - FIXED - {EDITION, "classification"})


def _finding(source: Source, code: str, message: str, path: tuple[str, ...] = ()) -> Finding:
    known = CODES[code]
    place = source.place(path) if path else Place(source.name)
    return Finding(code, message, known.severity, place, ".".join(path), hint=known.hint)
