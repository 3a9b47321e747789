"""A record in which every field of the model, found by reflection, has a word of its own."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from afterword.incident.marks import EDITION, FIXED, MARK, joined
from afterword.incident.model import Incident
from afterword.incident.parts import Kind, Part
from rule_of_marks import name_of

Path = tuple[str | int, ...]

CHOSEN: dict[str, str] = {
    "date": "2023-08-13",
    "date_order": "dmy",
    "timezone": "UTC",
    "language": "en",
    "status": "closed",
    "stage": "final",
    "classification": "TLP:GREEN",
    "timeline.time": "04:05 AM",
    "sections.position": "after impact",
}
"""Values of fields whose words are not free, and which say nothing about an incident."""

PROSE = {"summary", "description", "trigger", "detection_gap", "customers", "data_loss", "conclusion", "body"}
FREE = PROSE | {"name", "role", "actor", "source", "contributing_factors", "five_whys", "value", "unit", "services"}
FREE |= {"tags", "severity", "title", "alt", "heading", "priority"}
"""Fields of texts that take any word."""

TWICE = 2
"""How many items each list of parts has, so that one of them can be taken out."""


@dataclass(frozen=True, slots=True)
class Canary:
    """A word that stands in one field of the record and nowhere else."""

    word: str
    path: Path
    name: str
    """The name of the field, as a mark names it."""

    is_required: bool


@dataclass(slots=True)
class Cage:
    """The record while it is filled, and the words that stand in it."""

    canaries: list[Canary] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    """Content of the attachments and pictures by their paths; it has words too."""

    choices: list[str] = field(default_factory=list)
    """Names of fields that hold one of a few values, in which no word can stand."""

    dates: list[Canary] = field(default_factory=list)
    """Dates and times, each in a year of its own."""

    def word(self, path: Path, name: str, described: FieldInfo | None = None) -> str:
        """Return a new word for a field."""
        word = f"canary{len(self.canaries):04d}x"
        self.canaries.append(Canary(word, path, name, bool(described and described.is_required())))
        return word

    def part(self, model: type[Part], path: Path = (), name: str = "") -> dict[str, Any]:
        """Return the data of a part with every field filled."""
        return {
            key: self.value(described.annotation, (*path, key), joined(name, key), described)
            for key, described in model.model_fields.items()
            if key not in {MARK, EDITION}
        }

    def value(self, annotation: Any, path: Path, name: str, described: FieldInfo) -> Any:  # noqa: ANN401 (any field)
        """Return a value for a field of this type; raise TypeError for one that this test does not know yet."""
        kind = _plain(annotation)
        if name in CHOSEN:
            return CHOSEN[name]
        if get_origin(kind) is tuple:
            inner = _plain(get_args(kind)[0])
            count = TWICE if _is_part(inner) else 1
            return [self.value(inner, (*path, place), name, described) for place in range(count)]
        if _is_part(kind):
            return self.part(kind, path, name)
        if get_origin(kind) is Literal or _is_enum(kind):
            return self._choice(kind, path, name)
        if kind in {date, datetime}:
            return self._moment(kind, path, name)
        if kind is str or name == "extra":
            return self._text(path, name, described)
        message = f"no canary for {name}: {annotation}"
        raise TypeError(message)

    def _choice(self, kind: Any, path: Path, name: str) -> str:  # noqa: ANN401 (a type)
        self.choices.append(name)
        if kind is Kind:
            return ("impact-start", "detected")[int(path[1])]
        values = [each.value for each in kind] if _is_enum(kind) else [each for each in get_args(kind) if each]
        return str(values[-1])

    def _moment(self, kind: type, path: Path, name: str) -> str:
        # Events come in order, and the impact ends after it starts: the years count up.
        year = 2031 + len(self.dates)
        self.dates.append(Canary(str(year), path, name, is_required=name == "timeline.at"))
        return f"{year}-02-03" if kind is date else f"{year}-02-03T04:05:00Z"

    def _text(self, path: Path, name: str, described: FieldInfo) -> str | dict[str, str]:
        word = self.word(path, name, described)
        match name.rpartition(".")[2]:
            case "extra":
                return {"key": word}
            case "email":
                return f"{word}@example.org"
            case "url" | "link" | "ticket":
                return f"https://example.org/{word}"
            case "path":
                return self._file(path, name, word)
            case _ if (described.json_schema_extra or {}) == {"x-prose": True}:
                return self._prose(path, name, word)
            case _:
                return word

    def _file(self, path: Path, name: str, word: str) -> str:
        is_picture = path[1] == 0
        file = f"{word}.png" if is_picture else f"{word}.log"
        inside = self.word(path, f"{name} (content)")
        self.files[file] = picture(inside) if is_picture else f"{inside}\n".encode()
        return file

    def _prose(self, path: Path, name: str, word: str) -> str:
        link, alt, title = (self.word(path, f"{name} ({what})") for what in ("link", "alt", "heading"))
        file = f"{self.word(path, f'{name} (picture)')}.png"
        self.files[file] = picture(self.word(path, f"{name} (pixels)"))
        heading = f"\n\n## {title}\n\nbelow" if name in {"summary", "conclusion"} else f" **{title}**"
        return f"{word} [here](https://example.org/{link}) ![{alt}]({file}){heading}"


def picture(word: str) -> bytes:
    """Return a PNG picture whose colour no other has, with a word in its metadata."""
    import io

    from PIL import Image, PngImagePlugin

    number = int("".join(each for each in word if each.isdigit()))
    note, file = PngImagePlugin.PngInfo(), io.BytesIO()
    note.add_text("Comment", word)
    Image.new("RGB", (40, 30), (number % 256, 90, 160)).save(file, "PNG", pnginfo=note)
    return file.getvalue()


def _is_part(kind: Any) -> bool:  # noqa: ANN401 (a type)
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _is_enum(kind: Any) -> TypeGuard[type[Enum]]:  # noqa: ANN401 (a type)
    return isinstance(kind, type) and issubclass(kind, Enum)


def _plain(annotation: Any) -> Any:  # noqa: ANN401 (a type)
    """Return a type without its annotations and without None."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        (only,) = [each for each in get_args(annotation) if each is not type(None)]
        return _plain(only)
    return annotation


def filled() -> tuple[dict[str, Any], Cage]:
    """Return the data of a record with every field filled, and what stands in it."""
    cage = Cage()
    record = cage.part(Incident)
    return record, cage


def planted(incident: Incident) -> tuple[dict[str, Any], list[Canary]]:
    """Return the data of a record with a word at the end of every free text, and without marks."""
    canaries: list[Canary] = []
    return _planted(incident.as_data(), (), canaries), canaries


def _planted(value: Any, path: Path, canaries: list[Canary]) -> Any:  # noqa: ANN401 (JSON values)
    if isinstance(value, dict):
        return {key: _planted(inner, (*path, key), canaries) for key, inner in value.items() if key != MARK}
    if isinstance(value, list):
        return [_planted(inner, (*path, place), canaries) for place, inner in enumerate(value)]
    key = next((each for each in reversed(path) if isinstance(each, str)), "")
    if key not in FREE:
        return value
    word = f"canary{len(canaries):04d}x"
    canaries.append(Canary(word, path, name_of(path), is_required=False))
    return f"{value}\n\n{word}" if key in PROSE else f"{value} {word}"


def leaves(model: type[Part] = Incident, name: str = "") -> Iterator[str]:
    """Yield the names of all fields of the model that hold no parts."""
    for key, described in model.model_fields.items():
        kind = _plain(described.annotation)
        inner = _plain(get_args(kind)[0]) if get_origin(kind) is tuple else kind
        if key in {MARK, EDITION} or joined(name, key) in FIXED:
            continue
        if _is_part(inner):
            yield from leaves(inner, joined(name, key))
        else:
            yield joined(name, key)
