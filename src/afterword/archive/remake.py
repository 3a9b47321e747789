"""A sample of reports, made again from their sources and compared byte for byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from afterword.archive.bag import MANIFEST
from afterword.archive.hold import keep
from afterword.archive.job import Job, documents
from afterword.archive.keeping import Keeping
from afterword.archive.plan import fingerprint, recalled
from afterword.archive.reading import entry_of
from afterword.archive.recipe import recipe
from afterword.archive.state import Kept, Outcome
from afterword.archive.verify import Verified, sample
from afterword.errors import AfterwordError, OutputError
from afterword.options import RenderOptions

MADE = "made"
"""Fact of the state: how the reports were made."""


def compare(name: str, number: int, found: Verified, environ: Mapping[str, str]) -> None:
    """Make a number of reports again and tell those that differ; tell why where none can be compared."""
    try:
        with keep(name, only_looking=True) as keeping:
            why = _compare(keeping, number, found, environ)
    except OutputError as error:
        why = error.message
    if why:
        found.say("AW809", f"no report was made again to compare it: {why}", MANIFEST)


def _compare(keeping: Keeping, number: int, found: Verified, environ: Mapping[str, str]) -> str:
    made = json.loads(keeping.state.fact(MADE) or "{}")
    if not made:
        return "the archive does not remember how it was made"
    options = options_from(made["options"])
    try:
        if recipe(options, environ) != made["recipe"]:
            return "the tool, its libraries, the theme or SOURCE_DATE_EPOCH are others than when it was made"
    except AfterwordError as error:
        return error.message
    comparable = (each for each in keeping.state.reports() if _is_comparable(each, options.audience, made["recipe"]))
    reports = {each.key: each for each in comparable}
    for key in sample(reports, number):
        fault = _remade(keeping, reports[key], options, found)
        if fault:
            return fault
    return "" if reports else "no source is there any more"


def _is_comparable(kept: Kept, audience: str, made_with: str) -> bool:
    """Return whether a report was made in the way that is remembered, and its source is there."""
    if kept.outcome is not Outcome.DONE or json.loads(kept.key)[3] != audience:
        return False
    recall = recalled(kept.recall)
    is_so = kept.fingerprint == fingerprint(made_with, recall.digest, kept.stem, recall.edition)
    return is_so and all(entry_of(file) for file in recall.reading.files)


def _remade(keeping: Keeping, kept: Kept, options: RenderOptions, found: Verified) -> str:
    """Compare one report; return why it could not be made, which is then so for all."""
    recall = recalled(kept.recall)
    key, url = kept.key, keeping.store.place
    job = Job(key, kept.source, recall.reading, recall.place, recall.digest, kept.stem, url, options)
    try:
        rendered = documents(job)
    except ImportError as error:
        return f"{error.name or error} is not installed"
    except OutputError:
        return ""  # the source was changed since; the next run makes the report anew
    except AfterwordError as error:
        found.say("AW808", f"{kept.source} cannot be made again: {error.message}", kept.source)
        return ""
    if rendered.failures:
        return "; ".join(error.message for error in rendered.failures.values())
    for name, data in rendered.files.items():
        if name in kept.files and hashlib.sha256(data).hexdigest() != kept.files[name].sha256:
            found.say("AW808", f"{kept.files[name].path} is another when it is made again", kept.files[name].path)
    found.compared += 1
    return ""


def made_json(options: RenderOptions, made_with: str) -> str:
    """Return how the reports of a run were made."""
    values = asdict(options) | {"as_of": options.as_of.isoformat() if options.as_of else None}
    return json.dumps({"options": values, "recipe": made_with})


def options_from(values: dict[str, Any]) -> RenderOptions:
    """Return the options that `made_json` wrote."""
    day = values.pop("as_of")
    options = RenderOptions(**values | {"formats": tuple(values["formats"])})
    return replace(options, as_of=date.fromisoformat(day) if day else None)
