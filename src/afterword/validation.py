"""A source held against a model: an instance, or every fault of the source as a finding with its place."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from afterword.codes import CODES
from afterword.diagnostics import Finding, Severity, in_reading_order, shorten
from afterword.readers.source import Data, Key, Source, path_text

Model = TypeVar("Model", bound=BaseModel)

_SHAPES = {
    "string_type": "text",
    "tuple_type": "a list",
    "list_type": "a list",
    "model_type": "a mapping of fields",
    "model_attributes_type": "a mapping of fields",
    "dict_type": "a mapping",
    "mapping_type": "a mapping of fields",
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "date_type": "a date such as 2023-08-13",
    "date_from_datetime_parsing": "a date such as 2023-08-13",
    "datetime_type": "a date and a time",
    "datetime_from_date_parsing": "a date and a time",
}
"""What is expected where pydantic finds a value of the wrong type, in plain words."""


def validate(
    model: type[Model], source: Source, context: dict[str, Any] | None = None
) -> tuple[Model | None, tuple[Finding, ...]]:
    """Return the instance of `model` that the source holds, or None, and every fault in reading order.

    `context` is handed to the model's own validators, which may put notices into it.
    """
    if not isinstance(source.data, dict):
        return None, (_no_record(source),)
    try:
        return model.model_validate(source.data, context=context), ()
    except ValidationError as error:
        found = (_finding(model, source, each) for each in error.errors(include_url=False))
        return None, in_reading_order(dict.fromkeys(found))


def _no_record(source: Source) -> Finding:
    message = "the file is empty" if source.data is None else f"the file holds {_kind(source.data)} instead of fields"
    return _told(source, "AW110", (), message, source.data, "one mapping of fields", CODES["AW110"].advice)


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    return "a list" if isinstance(value, list | tuple) else "text"


def _finding(model: type[BaseModel], source: Source, error: ErrorDetails) -> Finding:
    kind, path = error["type"], _path(source.data, error["loc"])
    if kind in CODES:
        return _own(source, error, path)
    if kind == "extra_forbidden":
        return _unknown(model, source, path)
    if kind == "missing":
        return _missing(source, path)
    if kind in {"enum", "literal_error"}:
        return _not_a_choice(source, path, error)
    if kind in {"string_too_short", "too_short"}:
        message = f"`{path_text(path)}` is empty"
        return _told(source, "AW205", path, message, error["input"], "some text", "fill it in, or leave the field out")
    if kind in _SHAPES or kind == "is_instance_of":
        return _wrong_shape(source, path, error)
    message = f"the value does not fit: {_lowered(error['msg'])}"
    return _told(source, "AW207", path, message, error["input"], hint=CODES["AW207"].advice)


def _path(data: Data, location: tuple[Key, ...]) -> tuple[Key, ...]:
    """Return where in the file an error is: its location without the names that pydantic gives to branches of a union."""
    path: list[Key] = []
    value: Data = data
    for index, key in enumerate(location):
        last = index == len(location) - 1
        if isinstance(value, dict) and isinstance(key, str) and (key in value or last):
            value = value.get(key)
        elif isinstance(value, list) and isinstance(key, int) and key < len(value):
            value = value[key]
        elif isinstance(value, dict | list) or not last:
            continue
        else:
            # A field inside a shorthand: the text in the file stands for the whole part.
            path.append(key)
            break
        path.append(key)
    return tuple(path)


def _own(source: Source, error: ErrorDetails, path: tuple[Key, ...]) -> Finding:
    context: Mapping[str, Any] = error.get("ctx", {})
    severity = Severity(context.get("severity", CODES[error["type"]].severity))
    expected, hint = str(context.get("expected", "")), str(context.get("hint", ""))
    finding = _told(source, error["type"], path, error["msg"], error["input"], expected, hint, severity)
    return _at_key(source, finding, path) if error["type"] == "AW206" else finding


def _at_key(source: Source, finding: Finding, path: tuple[Key, ...]) -> Finding:
    place = source.key_place(path)
    return Finding(
        finding.code,
        finding.message,
        finding.severity,
        place,
        finding.path,
        finding.value,
        finding.expected,
        finding.hint,
    )


def _unknown(model: type[BaseModel], source: Source, path: tuple[Key, ...]) -> Finding:
    name = str(path[-1])
    names = field_names(_model_at(model, path[:-1]))
    close = difflib.get_close_matches(name.lower().replace(" ", "_").replace("-", "_"), names, n=1, cutoff=0.6)
    hint = f"did you mean `{close[0]}`?" if close else CODES["AW201"].advice
    expected = f"one of {', '.join(names)}" if names else ""
    finding = _told(source, "AW201", path, f"unknown field `{name}`", source.value(path), expected, hint)
    return _at_key(source, finding, path)


def field_names(model: type[BaseModel] | None) -> tuple[str, ...]:
    """Return the names that a file may use for the fields of a model."""
    if model is None:
        return ()
    return tuple(field.alias or name for name, field in model.model_fields.items())


def _model_at(model: type[BaseModel] | None, path: tuple[Key, ...]) -> type[BaseModel] | None:
    """Return the model of the part at a path, None where there is none."""
    for key in path:
        if model is None:
            return None
        if isinstance(key, str):
            field = next((field for name, field in model.model_fields.items() if key in {name, field.alias}), None)
            model = next(_models(field.annotation), None) if field else None
    return model


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    """Yield the models inside an annotation, such as the one in `tuple[Event, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in {tuple, list, Union, types.UnionType, Annotated}:
        for part in get_args(annotation):
            yield from _models(part)


def _missing(source: Source, path: tuple[Key, ...]) -> Finding:
    name, inside = str(path[-1]), path[:-1]
    message = f"`{name}` is missing" + (f" in `{path_text(inside)}`" if inside else "")
    return _told(source, "AW202", path, message, hint=f"add `{name}`")


def _not_a_choice(source: Source, path: tuple[Key, ...], error: ErrorDetails) -> Finding:
    choices = _choices(error)
    value = str(error["input"])
    close = difflib.get_close_matches(value, choices, n=1, cutoff=0.6)
    hint = f"did you mean `{close[0]}`?" if close else "choose one of them"
    message = f"`{path_text(path)}` cannot be {shorten(value, 40)!r}"
    return _told(source, "AW204", path, message, error["input"], f"one of {', '.join(choices)}", hint)


def _choices(error: ErrorDetails) -> list[str]:
    """Return the values allowed, which pydantic gives as one sentence: `'a', 'b' or 'c'`."""
    sentence = str(error.get("ctx", {}).get("expected", ""))
    return [choice for choice in sentence.split("'")[1::2] if choice]


def _wrong_shape(source: Source, path: tuple[Key, ...], error: ErrorDetails) -> Finding:
    expected = _SHAPES.get(error["type"], "another shape")
    message = f"`{path_text(path)}` should be {expected}, and is {_kind(error['input'])}"
    return _told(source, "AW203", path, message, error["input"], expected, f"write {expected}")


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _told(  # noqa: PLR0913 (the fields of a finding)
    source: Source,
    code: str,
    path: tuple[Key, ...],
    message: str,
    value: object = "",
    expected: str = "",
    hint: str = "",
    severity: Severity = Severity.ERROR,
) -> Finding:
    shown = shorten(value) if isinstance(value, str) else ""
    return Finding(code, message, severity, source.place(path), path_text(path), shown, expected, hint)
