"""Lines of a draft against those it had before: which are new, and which were a field whose control is lost.

Word keeps content controls; LibreOffice 7.4 drops most of them when it saves. There a line that was changed is found by
the lines around it, and its fields by the words around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from afterword.drafts.units import Sheet, Told, Unit, out_of_cell, plain

_ALIKE = 0.4
"""How much of two lines has to be the same for one to be the other after an edit."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two states of a draft, line by line."""

    added: frozenset[int]
    """Numbers of the new lines that are no old one."""

    gone: frozenset[int]
    """Numbers of the old lines that are no new one."""


def aligned(old: Sheet, new: Sheet) -> Alignment:
    """Return what lines came and went; old lines that lost their controls get their fields back, also where they moved.

    Where the draft still has most of its controls, a changed line without any is a new one.
    """
    before, after = [unit.key for unit in old.units], [unit.key for unit in new.units]
    kept = frozenset(new.fields)
    keeps = 2 * len(kept) > len(old.fields)
    pairs: dict[int, int] = {}
    for what, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            pairs |= zip(range(start, end), range(first, last), strict=True)
        elif what == "replace" and not keeps:
            pairs |= _paired(old, new, range(start, end), range(first, last), kept)
    pairs |= _moved(old, new, pairs)
    for was, at in pairs.items():
        _same_line(old, new, was, at, kept)
    told = set(_fields_of_lines(old, new, pairs, kept))
    gone = frozenset(range(len(before))) - pairs.keys()
    return Alignment(frozenset(range(len(after))) - set(pairs.values()) - told, gone)


def _fields_of_lines(old: Sheet, new: Sheet, pairs: Mapping[int, int], kept: frozenset[str]) -> Iterator[int]:
    """Give fields that lost their controls the lines between those that they had; yield the numbers of all of them.

    Only of fields that stand in lines of their own, and of which lines came or went.
    """
    for tag, lines in _own_lines(old).items():
        there = sorted(pairs[was] for was in lines if was in pairs)
        if tag in kept or not there:
            continue
        whole = range(there[0], there[-1] + 1)
        if len(there) == len(lines) == len(whole) or not all(new.units[at].tags in {(), (tag,)} for at in whole):
            continue
        first = new.units[there[0]]
        texts = new.lines[first.line : new.units[there[-1]].line + 1]
        for was in lines:
            if was in pairs and plain(old.units[was].text) == plain(new.units[pairs[was]].text):
                texts[new.units[pairs[was]].line - first.line] = old.units[was].text
        new.fields[tag] = (Told("\n".join(texts).strip(), first.paragraph),)
        yield from whole


def _own_lines(sheet: Sheet) -> dict[str, list[int]]:
    """Return the numbers of the lines of each field that stands in lines in which nothing else does."""
    lines: dict[str, list[int]] = {}
    shared: set[str] = set()
    for at, unit in enumerate(sheet.units):
        if len(unit.tags) == 1 and not unit.cells and all(tag or not text.strip() for text, tag in unit.pieces):
            lines.setdefault(unit.tags[0], []).append(at)
        else:
            shared.update(unit.tags)
    return {tag: numbers for tag, numbers in lines.items() if tag not in shared}


def _moved(old: Sheet, new: Sheet, pairs: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the lines with fields that stand elsewhere now, word for word."""
    known = set(pairs.values())
    places: dict[str, list[int]] = {}
    for at in reversed(range(len(new.units))):
        if at not in known and not new.units[at].tags:
            places.setdefault(new.units[at].key, []).append(at)
    for was, unit in enumerate(old.units):
        if was not in pairs and unit.tags and (there := places.get(unit.key)):
            yield was, there.pop()


def _same_line(old: Sheet, new: Sheet, was: int, at: int, kept: frozenset[str]) -> None:
    """Give a line that lost all its controls the fields that it had."""
    before, after = old.units[was], new.units[at]
    if before.tags and not after.tags and kept.isdisjoint(before.tags):
        cells = tuple((text, tags) for (text, _), (_, tags) in zip(after.cells, before.cells, strict=False))
        new.units[at] = replace(after, tags=before.tags, cells=cells)


def _paired(old: Sheet, new: Sheet, gone: range, come: range, kept: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Pair lines that were changed; those whose fields cannot be told from each other have no other."""
    following = list(gone)
    for at in come:
        unit = new.units[at]
        if unit.tags:
            continue
        match = next(
            (each for each in following if _is_alike(old.units[each], unit, alone=len(gone) == len(come))), None
        )
        if match is None:
            continue
        following = following[following.index(match) + 1 :]
        if _put_back(old, new, old.units[match], unit, kept):
            yield match, at


def _is_alike(old: Unit, new: Unit, *, alone: bool) -> bool:
    if len(old.cells) != len(new.cells) or bool(old.heading) != bool(new.heading):
        return False
    ratio = SequenceMatcher(None, old.key, new.key, autojunk=False).quick_ratio()
    return ratio > _ALIKE or (alone and bool(old.tags))


def _put_back(old: Sheet, new: Sheet, before: Unit, after: Unit, kept: frozenset[str]) -> bool:
    """Give the fields of a line their new texts; return whether the line had fields, and nothing else was changed."""
    lost = [tag for tag in before.tags if tag not in kept]
    if not lost:
        return False
    found = _texts(before, after.text)
    return found is not None and all(
        _tell(old.fields[tag][0], new, tag, part, replace(after, text=now))
        for tag, part, now in found
        if tag in lost and tag in old.fields and plain(part) != plain(now)
    )


def _tell(whole: Told, new: Sheet, tag: str, part: str, after: Unit) -> bool:
    """Give a field the text of a line, or of a part of one; return False where it has no such part to exchange."""
    told = new.fields.get(tag, ())
    part = out_of_cell(part).strip()
    text = _once(out_of_cell(after.text).strip(), part)
    if "\n" in whole.text:
        # Other parts of the field may have been exchanged before this one.
        known = told[-1].text if told else whole.text
        if part not in known:
            return False
        text, told = known.replace(part, text, 1).strip(), ()
    new.fields[tag] = (*told, replace(whole, text=text, paragraph=after.paragraph))
    return True


def _texts(before: Unit, text: str) -> list[tuple[str, str, str]] | None:
    """Return the fields of a line, each with its old and its new text; None where something else was changed too.

    A field that stands in two controls, as `controls` of the writer divides some, is there twice.
    """
    pieces = _merged(before.pieces)
    pattern = "".join("(.*?)" if tag else re.escape(piece) for piece, tag in pieces)
    match = re.fullmatch(pattern, text)
    parts = [(tag, piece) for piece, tag in pieces if tag]
    return [(*part, found) for part, found in zip(parts, match.groups(), strict=True)] if match else None


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
    """Return a text, with the old one of each paragraph that is that as LibreOffice 7.4 repeats it.

    In scripts of several typefaces it writes the whole text of a control once more after each piece of it.
    """
    texts, known = text.split("\n\n"), old.split("\n\n")
    return "\n\n".join(map(_once_told, texts, known)) if len(texts) == len(known) else text


def _once_told(text: str, old: str) -> str:
    said, known = plain(text), plain(old)
    is_repeated = bool(known) and said.count(known) > 1 and known.endswith(said.replace(known, "").strip())
    return old if is_repeated else text
