"""What stands elsewhere in a draft than before: items of lists, lessons, sections of an author's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from afterword.drafts.ledger import Ledger
from afterword.drafts.paths import Path, list_of, number_of
from afterword.drafts.units import Sheet, Unit, plain
from afterword.readers.source import Data, path_keys
from afterword.vocabulary.lexicon import key_of
from afterword.vocabulary.titles import plain as title_of

_MARK = re.compile(r"^[ ]*(?:[-*]|\d+[.)]) ")
_TIMELINE: Path = ("timeline",)


def take_moves(ledger: Ledger, old: Sheet, new: Sheet, places: Mapping[str, str]) -> None:
    """Take over the order of a draft's lists, and where lessons and sections of the author's own stand in it.

    `places` has the names of the sections of the report by their titles.
    """
    _take_groups(ledger, old, new)
    _take_positions(ledger, old, new, places)
    before, after = _orders(old), _orders(new)
    for (path, is_row), numbers in before.items():
        now = after.get((path, is_row), [])
        was = [number for number in numbers if number in now]
        now = [number for number in now if number in was]
        if now != was and path not in ledger.orders:
            _take_order(ledger, new, path, was, now)


def _orders(sheet: Sheet) -> dict[tuple[Path, bool], list[int]]:
    """Return the numbers of the items of each list in their order, apart for those that stand in rows of a table."""
    found: dict[tuple[Path, bool], dict[int, None]] = {}
    for unit in sheet.units:
        for tag in unit.tags:
            path = list_of(tag)
            if path is not None:
                found.setdefault((path, bool(unit.cells)), {})[number_of(tag)] = None
    return {key: list(numbers) for key, numbers in found.items()}


def _take_order(ledger: Ledger, new: Sheet, path: Path, was: Sequence[int], now: Sequence[int]) -> None:
    """Put the items of a list in the order that a draft has; events are in the order of their times in any case."""
    items = ledger.value(path)
    if not isinstance(items, list):
        return
    following = iter(now)
    order = [next(following) if number in now else number for number in range(len(items))]
    stays = path == _TIMELINE and not _are_in_order(ledger, [items[number] for number in order])
    if not stays:
        ledger.orders[path] = order
    for number in _movers(was, now):
        unit = next(unit for unit in new.units if any(_is_of(tag, path, number) for tag in unit.tags))
        said = " | ".join(plain(text) for text, _ in unit.cells) or plain(_MARK.sub("", unit.text))
        ledger.moved((*path, number), said, unit.paragraph, stays=stays)


def _are_in_order(ledger: Ledger, events: list[Data]) -> bool:
    return ledger.in_order(events) == events


def _is_of(tag: str, path: Path, number: int) -> bool:
    return path_keys(tag)[: len(path) + 1] == (*path, number)


def _movers(was: Sequence[int], now: Sequence[int]) -> list[int]:
    """Return the fewest items that have to move for one order to become the other."""
    blocks = SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
    stay = {was[block.a + at] for block in blocks for at in range(block.size)}
    return [number for number in now if number not in stay]


def _take_groups(ledger: Ledger, old: Sheet, new: Sheet) -> None:
    """Give lessons that stand below the heading of another group that group."""
    before, after = dict(_headed(old, "lessons")), dict(_headed(new, "lessons"))
    groups = {title: str(ledger.value((*path, "group")) or "") for path, (title, _) in before.items()}
    for path, (title, unit) in after.items():
        if path in before and before[path][0] != title and title in groups:
            group = groups[title]
            ledger.put((*path, "group"), group, old=before[path][0], new=title, paragraph=unit.paragraph)


def _headed(sheet: Sheet, name: str) -> Iterator[tuple[Path, tuple[str, Unit]]]:
    """Yield the items of a list by their paths, with the key of the heading above each."""
    title = ""
    seen: set[Path] = set()
    for unit in sheet.units:
        if unit.heading and not unit.tags:
            title = key_of(unit.heading[1])
        path = path_keys(unit.tags[0])[:2] if unit.tags else ()
        if path[:1] == (name,) and path not in seen:
            seen.add(path)
            yield path, (title, unit)


def _take_positions(ledger: Ledger, old: Sheet, new: Sheet, places: Mapping[str, str]) -> None:
    """Give sections of the author's own the place in the report to which they were moved."""
    titles = {title for title, _ in _titles(old.units)} & {title for title, _ in _titles(new.units)}
    places = {title: name for title, name in places.items() if title in titles}
    before, after = dict(_positions(old, places)), dict(_positions(new, places))
    for path, (position, unit) in after.items():
        if path in before and before[path][0] != position:
            ledger.put((*path, "position"), position, old=before[path][0], new=position, paragraph=unit.paragraph)


def _positions(sheet: Sheet, places: Mapping[str, str]) -> Iterator[tuple[Path, tuple[str, Unit]]]:
    for at, unit in enumerate(sheet.units):
        if unit.heading and unit.tags and unit.tags[0].startswith("sections["):
            yield path_keys(unit.tags[0])[:2], (_after(sheet.units[:at], places), unit)


def _titles(units: Sequence[Unit]) -> Iterator[tuple[str, Unit]]:
    """Yield the headings that are no field, as keys."""
    for unit in units:
        if unit.heading and not unit.tags:
            yield key_of(title_of(unit.heading[1])), unit


def _after(units: Sequence[Unit], places: Mapping[str, str]) -> str:
    """Return after which section of the report something stands."""
    return next((f"after {places[title]}" for title, _ in reversed([*_titles(units)]) if title in places), "start")


def position_of(ledger: Ledger, units: Sequence[Unit], places: Mapping[str, str]) -> str:
    """Return where in the report a section stands that comes after some lines: after the section before it."""
    for unit in reversed(units):
        if unit.tags and unit.tags[0].startswith("sections["):
            return str(ledger.value((*path_keys(unit.tags[0])[:2], "position")) or "end")
        if unit.heading and (name := places.get(key_of(title_of(unit.heading[1])))):
            return f"after {name}"
    return "start"
