"""Faults of our own rules as errors of pydantic, so that all faults of a record come back together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError, PydanticKnownError

from afterword.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault or notice at a path of the record."""

    code: str
    path: tuple[str | int, ...]
    message: str
    value: object = ""
    expected: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR


def raise_all(title: str, faults: Iterable[Fault], found: ValidationError | None = None) -> NoReturn:
    """Raise one ValidationError that holds the faults and everything that pydantic found itself."""
    details = [_again(error) for error in found.errors(include_url=False)] if found else []
    details += [_details(fault) for fault in faults]
    raise ValidationError.from_exception_data(title, details)


def _details(fault: Fault) -> InitErrorDetails:
    context = {"expected": fault.expected, "hint": fault.hint, "severity": fault.severity.value}
    # Braces in a message would be taken for fields of the message's template.
    error = PydanticCustomError(fault.code, "{message}", {"message": fault.message, **context})
    return InitErrorDetails(type=error, loc=fault.path, input=fault.value)


def _again(error: ErrorDetails) -> InitErrorDetails:
    """Return an error of pydantic in the form in which it can be raised once more."""
    kind, context = error["type"], error.get("ctx", {})
    again: str | PydanticCustomError = kind
    try:
        PydanticKnownError(kind, context or None)  # type: ignore[arg-type] # asked whether it is known
    except KeyError:
        again = PydanticCustomError(kind, "{message}", {**context, "message": error["msg"]})
    return InitErrorDetails(type=again, loc=error["loc"], input=error["input"], ctx=context)
