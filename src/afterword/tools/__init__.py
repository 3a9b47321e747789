"""Exports of incident tools: one module for each, with `recognises` and `drafts`, all in one table."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from importlib import import_module
from types import MappingProxyType

from afterword.diagnostics import Finding, Place, Severity, shorten
from afterword.readers.faults import fault, refuse
from afterword.readers.notes import Note, NoteKind
from afterword.readers.source import Data, Position, Source
from afterword.tools.draft import Draft, file_of, leftover_names, source_of
from afterword.tools.view import Path, View

TOOLS: Mapping[str, str] = MappingProxyType(
    {
        "statuspage": "afterword.tools.statuspage",
        "pagerduty": "afterword.tools.pagerduty",
        "incident.io": "afterword.tools.incident_io",
        "firehydrant": "afterword.tools.firehydrant",
        "opsgenie": "afterword.tools.opsgenie",
        "rootly": "afterword.tools.rootly",
        "gitlab": "afterword.tools.gitlab",
        "github": "afterword.tools.github",
        "grafana-irm": "afterword.tools.grafana_irm",
        "dispatch": "afterword.tools.dispatch",
    }
)
"""The module of each tool's reader, asked in this order whether it knows a file."""

_OWN = frozenset({"date", "timeline", "root_cause", "preventive_measures", "conclusion", "lessons", "stage"})
"""Fields that our record has and the exports have not at their top."""

_WRAPPINGS = 4
"""Levels of mappings and lists that may be around an export in a file."""

_LOOKED_AT = 1_000
"""Values of one level that are looked at for what a tool knows, so that large files of others are soon told apart."""

_NAMES_TOLD = 12
"""How many names of leftovers a message tells; the import notes tell all."""


_TOLD = 200
"""Characters of names in a message."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One incident tool."""

    key: str
    name: str
    recognises: Callable[[View], bool]
    drafts: Callable[[Sequence[View]], Iterator[Draft]]
    blank: frozenset[str]


def tool_named(key: str) -> Tool:
    """Return a tool by its key in the table."""
    module = import_module(TOOLS[key])
    return Tool(key, module.NAME, module.recognises, module.drafts, getattr(module, "BLANK", frozenset()))


def recognised(data: Data) -> Tool | None:
    """Return the tool that data is an export of, None for a record of ours and whatever no tool knows."""
    return next(iter(claims(data)), None)


def claims(data: Data) -> tuple[Tool, ...]:
    """Return the tools that know data as theirs, or the outermost thing in it that any of them knows."""
    if not isinstance(data, dict | list) or (isinstance(data, dict) and "title" in data and _OWN & set(data)):
        return ()
    tools = [tool_named(key) for key in TOOLS]
    level: list[Data] = [data]
    for _ in range(_WRAPPINGS + 1):
        known = tuple(tool for tool in tools if any(tool.recognises(View(each, (), tool.blank)) for each in level))
        if known or not level:
            return known
        level = list(itertools.islice((inner for each in level for inner in _inside(each)), _LOOKED_AT))
    return ()


def _inside(data: Data) -> Iterator[Data]:
    """Yield what may hold an export inside a value."""
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    yield from (each for each in values if isinstance(each, dict | list))


def _unwrapped(tool: Tool, root: View) -> list[View]:
    """Return what a tool knows in a file, however it is wrapped: as an event of a webhook, in pages, in lines."""
    level = [root]
    for _ in range(_WRAPPINGS + 1):
        if found := [each for each in level if tool.recognises(each)]:
            return found
        level = [inner for each in level for inner in each.inside]
    return [root]


def sources_of(tool: Tool, files: Sequence[Source]) -> tuple[Source, ...]:
    """Return a source for each incident of some files of one tool, named after its file and its number in there.

    Raises SourceError AW112 where there is none. The first source carries the findings about the files.
    """
    whole = [View(each.data, (place,), blank=tool.blank) for place, each in enumerate(files)]
    roots = [inner for each in whole for inner in _unwrapped(tool, each)]
    drafts = list(tool.drafts(roots))
    if not any(draft.root.value for draft in drafts):
        refuse(fault(files[0].name, "AW112", f"no incident of {tool.name} is in the file", Position(1, 1)))
    sources = [source_of(draft, files, name) for draft, name in zip(drafts, _names(drafts, files), strict=True)]
    told = [*(finding for each in files for finding in each.findings), *_leftovers(sources), *_beside(drafts, files)]
    return (replace(sources[0], findings=tuple(told)), *sources[1:])


def _names(drafts: Sequence[Draft], files: Sequence[Source]) -> Iterator[str]:
    """Yield the name of each source: that of its file, with its number from 1 where the file has several."""
    places = [file_of(draft.root.path) for draft in drafts]
    totals, counts = Counter(places), [0] * len(files)
    for place in places:
        counts[place] += 1
        name = files[place].name
        yield name if totals[place] == 1 else f"{name}#{counts[place]}"


def _leftovers(sources: Sequence[Source]) -> Iterator[Finding]:
    """Yield for each file one finding with the names of what its incidents have and the record has not."""
    found: dict[str, dict[str, Place]] = {}
    for source in sources:
        for name, path in leftover_names(source).items():
            place = source.place(path)
            found.setdefault(place.file, {}).setdefault(name, place)
    for file, names in found.items():
        told = ", ".join(list(names)[:_NAMES_TOLD])
        more = f" and {len(names) - _NAMES_TOLD} more" if len(names) > _NAMES_TOLD else ""
        count = "1 field" if len(names) == 1 else f"{len(names)} fields"
        message = f"{count} of the export that the record has no place for kept under `extra`: {told}{more}"
        yield Finding("AW111", message, Severity.NOTE, Place(file), "extra")


def _beside(drafts: Sequence[Draft], files: Sequence[Source]) -> Iterator[Finding]:
    """Yield a finding for each file that has more than incidents and their parts, such as pagination."""
    used = {part.path for draft in drafts for part in (draft.root, *itertools.chain(*draft.parts.values()))}
    around = {path[:length] for path in used for length in range(len(path))}
    for place, file in enumerate(files):
        names = list(dict.fromkeys(_unused(View(file.data, (place,)), used, around)))
        if names:
            message = f"the export has more than incidents, which is left out: {shorten(', '.join(names), _TOLD)}"
            yield Finding("AW111", message, Severity.NOTE, Place(file.name))


def _unused(view: View, used: AbstractSet[Path], around: AbstractSet[Path]) -> Iterator[str]:
    """Yield the names of what is neither used nor around what is."""
    if view.path in used:
        return
    if view.path in around:
        for inner in view.inside:
            yield from _unused(inner, used, around)
    elif view.value and (names := [key for key in view.path if isinstance(key, str)]):
        yield f"`{'.'.join(names)}`"


def leftover_notes(source: Source) -> tuple[Note, ...]:
    """Return a note for each name of what was left over."""
    names = leftover_names(source)
    return tuple(Note(NoteKind.LEFTOVER, path, source.place(path), f"`{name}`") for name, path in names.items())
