"""Interpretation: a text document becomes the data of a record. The mirror of `compose`.

What the tables of titles and keys know is put into its field, everything else becomes a section of the author's own in
its place. Nothing is lost: each word of the document is in the record or in the notes of the source.
"""

from __future__ import annotations

from datetime import date

from afterword.interpret.definitions import take_definitions
from afterword.interpret.draft import Draft
from afterword.interpret.frame import is_ours, without_frame, wording_of
from afterword.interpret.identity import order_of, take_front, take_identity, take_written
from afterword.interpret.leads import with_led_sections
from afterword.interpret.stages import (
    language_of,
    take_date_of_title,
    take_given_date,
    take_languages,
    take_metadata,
    take_sections,
    take_state,
    take_tail,
    take_what_is_hidden,
)
from afterword.interpret.tail import without_tail
from afterword.readers.document import Document
from afterword.readers.source import Source
from afterword.vocabulary.lexicon import spoken


def interpret(document: Document, day: date | None = None) -> Source:
    """Return the record that a document tells of, with the places of its values and notes on how they were found.

    `day` is its date where neither a field nor the title says one.
    """
    with spoken(wording_of(document)):
        return _interpreted(document, day)


def _interpreted(document: Document, day: date | None) -> Source:
    document, tail = without_tail(document)
    document, made_anew = without_frame(document)
    if not is_ours(document):
        document = with_led_sections(document)
    draft = Draft(document, is_ours=is_ours(document))
    for span in made_anew:
        draft.leave(span)
    order = order_of(document.text, lambda: language_of(document))
    take_front(draft, order)
    rest = take_metadata(draft, order)
    take_identity(draft)
    take_date_of_title(draft, order)
    take_written(draft, order)
    take_given_date(draft, day)
    take_sections(draft, rest, order)
    take_languages(draft)
    take_state(draft)
    take_tail(draft, tail)
    take_what_is_hidden(draft)
    take_definitions(draft)
    return draft.source()
