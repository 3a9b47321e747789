"""Round trips: a record as Markdown and back, what prose cannot carry, and how the rest is compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields as dataclass_fields
from dataclasses import is_dataclass, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from afterword.api import render
from afterword.assets import Shelf
from afterword.compose import compose
from afterword.documents import read_word
from afterword.incident.model import Incident, Stage
from afterword.incident.parts import Action, Lesson, Part, Step
from afterword.incident.sections import SECTION_NAMES, CustomSection
from afterword.intake import read_text
from afterword.interpret.lists import name_of_action
from afterword.loading import load_source
from afterword.prose import parse
from afterword.readers.docx.package import opened
from afterword.report.nodes import CodeBlock, Paragraph, Report, Strong
from afterword.report.transforms import anchored, numbered
from afterword.report.walk import plain_text
from afterword.theme.load import load_theme
from afterword.theme.record import Theme
from afterword.words import words_for
from afterword.writers.base import WriterOptions
from afterword.writers.registry import format_named

_COMMA = re.compile(r",\s+|、|፣ |، ")
Titled = TypeVar("Titled", Step, Lesson, Action)

NOT_CARRIED: Mapping[str, str] = MappingProxyType(
    {
        "date_order": "every date is shown in full, so that nothing is left that could be read in two ways",
        "extra": "no document shows it",
        "visibility": "what may be shown to whom is nothing that is shown; an edition has no marks at all",
        "timeline.time": "the moment is shown, in the words of its author where they are a time of day",
    }
)
"""Fields that a document does not hold, each with the reason; `visibility` is that of every part."""


NOT_IN_WORD: Mapping[str, str] = MappingProxyType(
    {
        "languages of code": "no paragraph of Word says what language its code is in",
    }
)
"""What a Word draft does not show in addition; `in_word` leaves it out of what is compared."""


ALIKE: Mapping[str, str] = MappingProxyType(
    {
        "lessons": "lessons stand below the heading of their group, so that their order across groups is not shown",
        "preventive_measures": "what is told comes before what is only listed, whatever their order was",
        "names of measures": "two that are called the same are one in the list and the table",
        "sections": "`before impact` and `after root cause` are one place, as are those around what is not shown",
        "titles": "a step, lesson or measure whose text is nothing but bold looks like one with only a title",
        "lists of words": "services and tags stand in one line, so that one with a comma inside looks like two",
        "spaces": "what stands in one line has single spaces and none at its ends",
        "fractions of seconds": "times are shown to the second",
        "empty parts": "a step, lesson or reference that says nothing is left out, and a section of a final report too",
    }
)
"""What differs in records that make the same document."""


def fields(model: type[BaseModel], path: str = "") -> Iterator[str]:
    """Yield the names of all fields of a model that hold values, those of its parts as `impact.measures.unit`."""
    for name, field in model.model_fields.items():
        full = f"{path}.{name}" if path else name
        inner = [each for each in _types(field.annotation) if isinstance(each, type) and issubclass(each, BaseModel)]
        for each in inner:
            yield from fields(each, full)
        if not inner:
            yield full


def _types(annotation: object) -> Iterator[object]:
    yield annotation
    for argument in get_args(annotation):
        yield from _types(argument)


def values(incident: Incident) -> dict[str, list[object]]:
    """Return the values of each field that is set somewhere, in order, prose as the blocks that it makes."""
    found: dict[str, list[object]] = {}
    for path, value in _values(incident, ""):
        found.setdefault(path, []).append(value)
    return found


def as_shown(incident: Incident) -> Incident:
    """Return the record in the order in which its document shows it, without parts that say nothing: see `ALIKE`."""
    groups = ("", "went-well", "went-wrong", "lucky")
    cause = incident.root_cause
    lists = {name: tuple(filter(str.strip, getattr(cause, name))) for name in ("contributing_factors", "five_whys")}
    impact = incident.impact.model_copy(update={"services": _words(incident.impact.services)})
    return incident.model_copy(
        update={
            "services": _words(incident.services),
            "tags": _words(incident.tags),
            "impact": impact,
            "lessons": tuple(sorted(_told_parts(incident.lessons), key=lambda each: groups.index(each.group))),
            "preventive_measures": tuple(
                sorted(
                    _told_parts(incident.preventive_measures),
                    key=lambda each: each.is_tracked and not each.description,
                )
            ),
            "root_cause": cause.model_copy(update=lists),
            "resolution": incident.resolution.model_copy(update={"steps": _told_parts(incident.resolution.steps)}),
            "references": tuple(filter(_says_something, incident.references)),
            "sections": placed(incident),
        }
    )


def _words(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of a list as its line shows them, each once."""
    return tuple(dict.fromkeys(filter(None, (word.strip() for name in names for word in _COMMA.split(name)))))


def _told_parts(parts: tuple[Titled, ...]) -> tuple[Titled, ...]:
    """Return the parts that say something, those whose text is nothing but bold with it as their title."""
    return tuple(map(_with_title, filter(_says_something, parts)))


def _with_title(part: Titled) -> Titled:
    blocks = parse(part.description).blocks if not part.title else ()
    match blocks:
        case (Paragraph((Strong(children),)),):
            return part.model_copy(update={"title": plain_text(children), "description": ""})
        case _:
            return part


def have_names_of_their_own(parts: tuple[Action, ...]) -> bool:
    """Return whether each measure is called otherwise than all others: by its title, or the beginning of its text."""
    names = [name_of_action(part.title, part.description) for part in filter(_says_something, parts)]
    return len(set(names)) == len(names)


def _says_something(part: Part) -> bool:
    """Return whether a part says more than its group."""
    return any(str(value).strip() for name, value in part.model_dump(exclude_defaults=True).items() if name != "group")


def placed(incident: Incident) -> tuple[CustomSection, ...]:
    """Return the sections in the order of the report, each placed after the last of ours that is shown before it."""
    order = [f"{side}-{name}" for name in SECTION_NAMES for side in ("before", "after")]
    order.insert(0, "start")
    order.insert(order.index("before-references"), "end")
    report = compose(incident, words_for(incident.language), Shelf(None), {}).report
    ours = {f"after-{section.name}" for section in report.sections}
    found = sorted(incident.sections, key=lambda each: order.index(each.position))
    shown = (each for each in found if each.body.strip() or incident.stage is not Stage.FINAL)
    return tuple(each.model_copy(update={"position": _after(order, each.position, ours)}) for each in shown)


def _after(order: list[str], position: str, ours: AbstractSet[str]) -> str:
    """Return a position as one after a section of ours, or at the start."""
    before = [each for each in order[: order.index(position) + 1] if each in ours]
    return before[-1] if before else "start"


def _values(part: BaseModel, path: str) -> Iterator[tuple[str, object]]:
    for name, field in type(part).model_fields.items():
        full = f"{path}.{name}" if path else name
        value = getattr(part, name)
        if value == field.get_default(call_default_factory=True):
            continue
        is_prose = any(_is_prose(each) for each in (field, *_types(field.annotation)))
        for each in value if isinstance(value, tuple) else [value]:
            if isinstance(each, BaseModel):
                yield from _values(each, full)
            else:
                yield full, _told(each) if is_prose and isinstance(each, str) else _on_one_line(each)


def _on_one_line(value: object) -> object:
    """Return a value that stands in one line as it is seen there."""
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    return " ".join(value.split()) if type(value) is str else value


def _is_prose(annotation: object) -> bool:
    return isinstance(annotation, FieldInfo) and annotation.json_schema_extra == {"x-prose": True}


def in_word(value: object) -> object:
    """Return a value as its Word draft shows it: see `NOT_IN_WORD`."""
    if isinstance(value, CodeBlock):
        return replace(value, language="")
    if isinstance(value, (tuple, list)):
        return type(value)(map(in_word, value))
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: in_word(getattr(value, each.name)) for each in dataclass_fields(value)})
    return value


def _told(prose: str) -> object:
    found = parse(prose)
    return found.blocks, found.sections


def _composed(before: Incident, folder: Path | None, theme: Theme) -> Report:
    words = replace(words_for(before.language), wording=theme.wording_in(before.language))
    report = compose(before, words, Shelf(folder), {}).report
    return numbered(anchored(report), number_sections=theme.layout.numbered)


def through_theme(before: Incident, theme: Theme) -> Incident:
    """Return what is read from the Markdown of a record in a theme with words of its own."""
    made = format_named("md").writer()(_composed(before, None, theme), WriterOptions(theme, "A4")).data
    loaded = load_source(read_text(made.decode(), "markdown", "report.md", None))
    assert loaded.incident is not None, loaded.findings
    return loaded.incident


def there_and_back(before: Incident, folder: Path | None = None) -> Incident:
    """Return what is read from the Markdown of a record in its language; its files lie in the folder."""
    source: Path | Incident = before
    if folder is not None:
        source = folder / "record.json"
        source.write_text(json.dumps(before.as_data()), "utf-8")
    text = render(source, ("md",), allow_placeholders=True).files["md"].decode()
    loaded = load_source(read_text(text, "markdown", "report.md", None))
    assert loaded.incident is not None, loaded.findings
    return loaded.incident


def through_word(before: Incident, folder: Path | None = None, theme: Theme | None = None) -> Incident:
    """Return what is read from the text of the Word draft of a record, without the record inside the draft."""
    theme = theme or load_theme("sober")
    draft = format_named("docx").writer()(_composed(before, folder, theme), WriterOptions(theme, "A4")).data
    loaded = load_source(read_word(opened(draft, "report.docx")))
    assert loaded.incident is not None, loaded.findings
    return loaded.incident
