"""A source held against a model: an instance, or every fault of the source as a finding with its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from afterword.codes import CODES
from afterword.diagnostics import Finding, Severity, in_reading_order, shorten
from afterword.readers.source import Data, Key, Source, path_text

Model = TypeVar("Model", bound=BaseModel)

_SHAPES = {
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "set_type": "a list",
    "model_type": "a mapping of fields",
    "model_attributes_type": "a mapping of fields",
    "dict_type": "a mapping",
    "mapping_type": "a mapping",
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "date_type": "a date such as 2023-08-13",
    "datetime_type": "a date and a time",
    "time_type": "a time of day such as 17:05",
}
"""What is expected where pydantic finds a value of the wrong type, in plain words."""

_CALENDAR = {
    "date_": ("AW301", "a date such as 2023-08-13"),
    "datetime_": ("AW303", "a date and a time such as 2023-08-13T17:05"),
    "time_": ("AW303", "a time of day such as 17:05"),
}
"""Code and expectation of pydantic's other errors about dates and times, by how their names start."""

_MERGE = "<<"
"""Key by which YAML 1.1 copies fields from another mapping."""

_NAMES_A_KEY = frozenset({"missing", "extra_forbidden"})
"""Errors whose location ends with the name of a key, whether the file has it or not."""

_MESSAGE = 300
"""Characters of a message, which may tell a value of any length."""

_SHOULD = re.compile(r"(?:Input|Value|String|List|Tuple|Dictionary|Set) should (?P<what>.+)", re.DOTALL)
"""How most of pydantic's messages read."""


def validate(
    model: type[Model], source: Source, context: dict[str, Any] | None = None
) -> tuple[Model | None, tuple[Finding, ...]]:
    """Return the instance of `model` that the source holds, or None, and every fault in reading order.

    `context` is handed to the model's own validators, which may put notices into it. A validator's PydanticCustomError
    whose type is one of our codes becomes a finding with that code; its context may have `expected`, `hint` and
    `severity`.
    """
    if not isinstance(source.data, dict):
        return None, (_no_record(source),)
    value, faults = _examined(model, source, context)
    return value, in_reading_order(fault.finding(source) for fault in faults)


def faulty_paths(model: type[Model], data: Data) -> tuple[Model | None, tuple[tuple[Key, ...], ...]]:
    """Return the model that the data holds, or None, and the path of everything that has a fault or is missing."""
    value, faults = _examined(model, Source("", data), None)
    return value, tuple(fault.path for fault in faults)


def _examined(model: type[Model], source: Source, context: Any) -> tuple[Model | None, tuple[_Fault, ...]]:  # noqa: ANN401 (pydantic takes any context)
    try:
        return model.model_validate(source.data, context=context), ()
    except ValidationError as error:
        faults = [_fault(model, source, each) for each in error.errors(include_url=False)]
        return None, tuple(_merged(faults))


def _no_record(source: Source) -> Finding:
    message = "the file is empty" if source.data is None else f"the file holds {_kind(source.data)} instead of fields"
    expected, hint = "one mapping of fields", CODES["AW110"].hint
    return _Fault("AW110", (), message, _shown(source.data), expected, hint).finding(source)


@dataclass(frozen=True, slots=True)
class _Fault:
    """One fault at a path of the file, before it gets its place."""

    code: str
    path: tuple[Key, ...]
    message: str
    value: str = ""
    expected: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR

    def finding(self, source: Source) -> Finding:
        """Return the fault with its place: that of a key's name where the key itself is the fault."""
        place = source.key_place(self.path) if self.code in {"AW201", "AW206"} else source.place(self.path)
        return Finding(
            self.code, self.message, self.severity, place, path_text(self.path), self.value, self.expected, self.hint
        )


def _fault(model: type[BaseModel], source: Source, error: ErrorDetails) -> _Fault:
    """Return one error of pydantic in our words, at the path that the file has for it."""
    kind = error["type"]
    path = _path(source.data, error["loc"], names_key=kind in _NAMES_A_KEY or kind in CODES)
    if kind in CODES:
        return _own(source, error, path)
    if kind == "extra_forbidden":
        return _unknown(model, error["loc"][:-1], source, path)
    if kind == "missing":
        return _missing(_field_at(model, error["loc"]), source, path)
    return _bad_value(source, path, error)


def _bad_value(source: Source, path: tuple[Key, ...], error: ErrorDetails) -> _Fault:
    """Return an error about a value that is there."""
    if error["type"] in {"enum", "literal_error"}:
        return _not_a_choice(source, path, error)
    if _is_empty(error):
        message = f"{_named(path)} is empty"
        return _Fault("AW205", path, message, _value(source, path, error), "some text", CODES["AW205"].hint)
    if error["type"] in _SHAPES:
        return _wrong_shape(source, path, error)
    return _misfit(source, path, error)


def _path(data: Data, location: tuple[Key, ...], *, names_key: bool) -> tuple[Key, ...]:
    """Return where in the file an error is.

    Left out of pydantic's location are its names for the branches of a union, and the fields of what the file writes
    in short form: the text `Name <mail>` stands for a person, a list for the steps of a resolution.
    """
    path: list[Key] = []
    value: Data = data
    for index, key in enumerate(location):
        if isinstance(value, dict) and isinstance(key, str):
            if key not in value and not (names_key and index == len(location) - 1):
                continue
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        else:
            continue
        path.append(key)
    return tuple(path)


def _merged(faults: Iterable[_Fault]) -> Iterator[_Fault]:
    """Yield each fault once; of a union's branches the one that came furthest, or all their shapes in one fault."""
    found = list(dict.fromkeys(faults))
    shapes: dict[tuple[Key, ...], list[_Fault]] = {}
    for fault in found:
        if fault.code != "AW203":
            yield fault
        elif not any(len(other.path) > len(fault.path) and _is_inside(other.path, fault.path) for other in found):
            shapes.setdefault(fault.path, []).append(fault)
    for path, same in shapes.items():
        expected = " or ".join(dict.fromkeys(fault.expected for fault in same))
        is_what = same[0].message.rpartition(" and is ")[2]
        yield replace(same[0], expected=expected, message=f"{_named(path)} should be {expected}, and is {is_what}")


def _is_inside(path: tuple[Key, ...], outer: tuple[Key, ...]) -> bool:
    return path[: len(outer)] == outer


def _own(source: Source, error: ErrorDetails, path: tuple[Key, ...]) -> _Fault:
    context: Mapping[str, Any] = error.get("ctx", {})
    code = error["type"]
    severity = Severity(context.get("severity", CODES[code].severity))
    expected, hint = str(context.get("expected", "")), str(context.get("hint", "")) or CODES[code].hint
    return _Fault(code, path, shorten(error["msg"], _MESSAGE), _value(source, path, error), expected, hint, severity)


def _unknown(model: type[BaseModel], inside: tuple[Key, ...], source: Source, path: tuple[Key, ...]) -> _Fault:
    name = str(path[-1])
    names = tuple(dict.fromkeys(name for each in _models_at(model, inside) for name in field_names(each)))
    close = _nearest(name, names)
    way_out = ", or put the text into `sections`" if "sections" in model.model_fields else ""  # a theme has none
    hint = f"did you mean `{close}`?" if close else f"use one of those{way_out}"
    if not close and " " in name.strip() and source.value(path) is None:
        hint = "a comma ends a text inside `{ }`: put the whole text before it in quotes"
    if name == _MERGE:
        hint = "YAML 1.2 has no merge keys: write the fields out"
    around = f" in {_named(path[:-1])}" if len(path) > 1 else ""
    expected = f"one of {', '.join(names)}" if names else ""
    message = f"unknown field `{shorten(name)}`{around}"
    return _Fault("AW201", path, message, _shown(source.value(path)), expected, hint)


def _missing(field: FieldInfo | None, source: Source, path: tuple[Key, ...]) -> _Fault:
    name, inside = str(path[-1]), path[:-1]
    expected = (field.description or "").strip().partition("\n")[0].rstrip(".") if field else ""
    container = source.value(inside)
    if isinstance(container, dict) and name in container:
        return _Fault("AW205", path, f"{_named(path)} is empty", "", expected, "fill it in")
    example = next((f", for example {shorten(each)}" for each in field.examples or [] if each), "") if field else ""
    message = f"`{name}` is missing" + (f" in {_named(inside)}" if inside else "")
    return _Fault("AW202", path, message, "", expected, f"add `{name}`{example}")


def _not_a_choice(source: Source, path: tuple[Key, ...], error: ErrorDetails) -> _Fault:
    choices, value = _choices(error), _value(source, path, error)
    close = _nearest(value, choices)
    hint = f"did you mean `{close}`?" if close else "choose one of them"
    message = f"{_named(path)} cannot be `{value}`" if value else f"{_named(path)} is none of its choices"
    return _Fault("AW204", path, message, value, f"one of {', '.join(choices)}", hint)


def _choices(error: ErrorDetails) -> tuple[str, ...]:
    """Return the values allowed, which pydantic gives as one sentence: `'a', 'b' or 'c'`."""
    sentence = str(error.get("ctx", {}).get("expected", ""))
    return tuple(choice for choice in sentence.split("'")[1::2] if choice)


def _nearest(written: str, names: Iterable[str]) -> str:
    """Return the name that is nearest to what was written, however it is spelt; empty if none is near.

    A slip of the pen goes before a name that shares a word (`started`, `impact-start`), and that before a likeness.
    """
    plain, meant = {_plain(name): name for name in names}, _plain(written)
    slips = difflib.get_close_matches(meant, plain, n=1, cutoff=0.8)
    kin = [name for name in plain if any(_shares_its_start(part, meant) for part in name.split("_"))]
    close = slips or (kin if len(kin) == 1 else []) or difflib.get_close_matches(meant, plain, n=1, cutoff=0.6)
    return plain[close[0]] if close else ""


def _shares_its_start(part: str, written: str) -> bool:
    return (len(part) > 3 and written.startswith(part)) or (len(written) > 2 and part.startswith(written))  # noqa: PLR2004 (letters)


def _plain(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")


def _is_empty(error: ErrorDetails) -> bool:
    """Return whether an error is that something which must not be empty is."""
    return error["type"] in {"string_too_short", "too_short"} and not str(error["input"] or "").strip(" \t\r\n[](){}")


def _wrong_shape(source: Source, path: tuple[Key, ...], error: ErrorDetails) -> _Fault:
    expected, value = _SHAPES[error["type"]], source.value(path)
    if value is None:
        return _Fault("AW205", path, f"{_named(path)} is empty", "", expected, CODES["AW205"].hint)
    message = f"{_named(path)} should be {expected}, and is {_kind(value)}"
    hint = "write a list: `[one, two]`, or a line with `- ` for each" if expected == "a list" else f"write {expected}"
    if expected == "text" and isinstance(value, dict | list):
        hint = "write text; put text that starts with `[` or `{` in quotes"
    return _Fault("AW203", path, message, _value(source, path, error), expected, hint)


def _misfit(source: Source, path: tuple[Key, ...], error: ErrorDetails) -> _Fault:
    """Return the fault for any other error of pydantic: a date, a pattern, a limit, a validator's ValueError."""
    kind, value = error["type"], _value(source, path, error)
    for start, (code, expected) in _CALENDAR.items():
        if kind.startswith(start):
            return _Fault(code, path, f"{_named(path)} is not {expected}", value, expected, CODES[code].hint)
    message = str(error.get("ctx", {}).get("error", "")) or error["msg"]
    should = _SHOULD.fullmatch(message)
    if should:
        expected = should["what"].removeprefix("be ")
        message = f"{_named(path)} should {should['what']}"
        return _Fault("AW207", path, message, value, expected, CODES["AW207"].hint)
    message = f"{_named(path)} does not fit: {message[:1].lower()}{message[1:]}"
    return _Fault("AW207", path, message, value, "", CODES["AW207"].hint)


def _named(path: tuple[Key, ...]) -> str:
    return f"`{path_text(path)}`" if path else "the record"


def _kind(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, Mapping):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else "text"


def _value(source: Source, path: tuple[Key, ...], error: ErrorDetails) -> str:
    """Return the value as the file writes it, or what a validator made of it where the file has none."""
    return _shown(source.value(path)) or _shown(error["input"])


def _shown(value: object) -> str:
    return shorten(value) if isinstance(value, str) else ""


def field_names(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the names that a file may use for the fields of a model."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _field(model: type[BaseModel], key: Key) -> FieldInfo | None:
    return next((field for name, field in model.model_fields.items() if key in {name, field.alias}), None)


def _field_at(model: type[BaseModel], location: tuple[Key, ...]) -> FieldInfo | None:
    """Return the field that a location of pydantic names, None where there is none."""
    found = (_field(each, location[-1]) for each in _models_at(model, location[:-1]))
    return next((field for field in found if field is not None), None)


def _models_at(model: type[BaseModel], location: tuple[Key, ...]) -> list[type[BaseModel]]:
    """Return the models of the part at a location: several for a union, none where the way is lost.

    Keys that are no fields, such as indexes and the branches of unions, are passed over.
    """
    models = [model]
    for key in location:
        fields = [field for each in models if (field := _field(each, key)) is not None]
        if fields:
            models = [inner for field in fields for inner in _models_in(field.annotation)]
    return models


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models inside an annotation, such as the one in `tuple[Event, ...] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
