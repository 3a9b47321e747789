"""Lines of a draft against those it had before: which are new, and which were a field whose control is lost.

Word keeps content controls; LibreOffice 7.4 drops most of them when it saves. There a line that was changed is found by
the lines around it, and its fields by the words around them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher

from afterword.drafts.units import Sheet, Told, Unit, plain

_ALIKE = 0.4
"""How much of two lines has to be the same for one to be the other after an edit."""


def aligned(old: Sheet, new: Sheet) -> frozenset[int]:
    """Return the numbers of the new lines; fields of lines that were changed and lost their controls are put back.

    Where the draft still has most of its controls, a changed line without any is a new one.
    """
    before, after = [unit.key for unit in old.units], [unit.key for unit in new.units]
    keeps = 2 * len(new.fields) > len(old.fields)
    added: set[int] = set()
    for what, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "insert" or (what == "replace" and keeps):
            added.update(range(first, last))
        elif what == "replace":
            added.update(_paired(old, new, range(start, end), range(first, last)))
    return frozenset(added)


def _paired(old: Sheet, new: Sheet, gone: range, come: range) -> set[int]:
    """Pair lines that were changed; return the numbers of those that have no other."""
    left = set(come)
    following = list(gone)
    for at in come:
        unit = new.units[at]
        if unit.tags:
            left.discard(at)
            continue
        match = next(
            (each for each in following if _is_alike(old.units[each], unit, alone=len(gone) == len(come))), None
        )
        if match is None:
            continue
        following = following[following.index(match) + 1 :]
        if _put_back(old, new, old.units[match], unit):
            left.discard(at)
    return left


def _is_alike(old: Unit, new: Unit, *, alone: bool) -> bool:
    if len(old.cells) != len(new.cells) or bool(old.heading) != bool(new.heading):
        return False
    ratio = SequenceMatcher(None, old.key, new.key, autojunk=False).quick_ratio()
    return ratio > _ALIKE or (alone and bool(old.tags))


def _put_back(old: Sheet, new: Sheet, before: Unit, after: Unit) -> bool:
    """Give the fields of a line their new texts; return whether the line had fields, and nothing else was changed."""
    lost = [tag for tag in before.tags if tag not in new.fields]
    if not lost:
        return False
    found = _texts(before, after.text)
    if found is None:
        return False
    for tag, old_part, now in found:
        if tag in lost and tag in old.fields:
            text = _once(now, old_part)
            whole = old.fields[tag][0]
            changed = whole.text.replace(old_part.strip(), text.strip(), 1) if "\n" in whole.text else text
            new.fields[tag] = (
                *new.fields.get(tag, ()),
                replace(whole, text=changed.strip(), paragraph=after.paragraph),
            )
    return True


def _texts(before: Unit, text: str) -> list[tuple[str, str, str]] | None:
    """Return the fields of a line, each with its old and its new text; None where something else was changed too."""
    whole: dict[str, str] = {}
    pattern = ""
    for piece, tag in _merged(before.pieces):
        pattern += "(.*?)" if tag else re.escape(piece)
        if tag:
            whole[tag] = piece
    match = re.fullmatch(pattern, text)
    return (
        [(tag, piece, found) for (tag, piece), found in zip(whole.items(), match.groups(), strict=True)]
        if match
        else None
    )


def _merged(pieces: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    merged: list[tuple[str, str]] = []
    for text, tag in pieces:
        if merged and merged[-1][1] == tag:
            merged[-1] = (merged[-1][0] + text, tag)
        else:
            merged.append((text, tag))
    return merged


def told_anew(old: tuple[Told, ...], new: tuple[Told, ...], *, exact: bool) -> Told | None:
    """Return what a field says now, None where none of its places says anything else than before.

    Marks count only with `exact`.
    """
    known = {told.key if exact else plain(told.text) for told in old}
    return next((told for told in new if (told.key if exact else plain(told.text)) not in known), None)


def _once(text: str, old: str) -> str:
    """Return a text, or the old one where it is that as LibreOffice 7.4 repeats it.

    In scripts of several typefaces it writes the whole text of a control once more after each piece of it.
    """
    said, known = plain(text), plain(old)
    is_repeated = bool(known) and said.count(known) > 1 and known.endswith(said.replace(known, "").strip())
    return old if is_repeated else text
