"""One report of an archive: what a worker is told, what it does, and what it tells back."""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from afterword.archive.bag import PAYLOAD
from afterword.archive.card import digest_of
from afterword.archive.reading import Reading, entry_of, fetch_beside, folder_of, sources
from afterword.archive.row import row_of
from afterword.archive.state import File, Need
from afterword.archive.store import Store, is_url
from afterword.archive.stores import store_at
from afterword.assets import Shelf
from afterword.codes import CODES
from afterword.compose import day_of_report
from afterword.diagnostics import Finding, Place
from afterword.errors import AfterwordError, OutputError, SourceError
from afterword.loading import Loaded, load_source
from afterword.options import RenderOptions
from afterword.pipeline import Rendered, formats_of, render_loaded

_ONE_AT_A_TIME = threading.Lock()
"""The PDF engine has no promise for threads; a cluster may start a worker with several."""


@dataclass(frozen=True, slots=True)
class Job:
    """One report to be made."""

    key: str
    label: str
    """How the incident is named while it is worked on."""

    reading: Reading
    place: int
    digest: str
    """Of the record as it was planned."""

    stem: str
    """Path of the files in the bag, without their suffixes."""

    archive: str
    """Path or URL of the bag."""

    options: RenderOptions
    known: Mapping[str, str | None] = field(default_factory=dict)
    """By path, the SHA-256 that a file must have to be replaced; empty for any, None where no file is expected."""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a job."""

    files: Mapping[str, File] = field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    row: str = ""
    findings: tuple[Finding, ...] = ()
    fault: str = ""
    """Why there are no documents, or not all, in one line; empty where all went well."""

    may_pass: bool = False
    """Whether the fault may be gone at the next try although nothing changed."""

    seconds: float = 0.0


def do(job: Job) -> Result:
    """Make the documents of a report, put them into the archive, and tell what came of it.

    Faults of the source, and of where the files go, are told and not raised.
    """
    start = time.monotonic()
    with _ONE_AT_A_TIME:
        result = _done(job)
    return Result(
        result.files,
        result.needs,
        result.row,
        result.findings,
        result.fault,
        result.may_pass,
        time.monotonic() - start,
    )


def _done(job: Job) -> Result:
    shelf = _shelf(job)
    try:
        rendered = _rendered(job, shelf)
        files = _put(job, rendered)
    except SourceError as error:
        return Result(needs=_needs(job, shelf), findings=error.findings, fault=error.message)
    except AfterwordError as error:
        return Result(needs=_needs(job, shelf), findings=error.findings, fault=error.message, may_pass=True)
    fault = "; ".join(f"{name}: {error.message}" for name, error in rendered.failures.items())
    told = [*rendered.findings, *(each for error in rendered.failures.values() for each in error.findings)]
    return Result(files, _needs(job, shelf), _row(job, rendered, files), tuple(told), fault, may_pass=bool(fault))


def documents(job: Job) -> Rendered:
    """Return the documents of a job, and put them nowhere. Raises SourceError, and OutputError as `do` tells them."""
    return _rendered(job, _shelf(job))


def _row(job: Job, rendered: Rendered, files: Mapping[str, File]) -> str:
    day = job.options.as_of or day_of_report(rendered.incident, os.environ)
    paths = {name: file.path.removeprefix(f"{PAYLOAD}/") for name, file in files.items()}
    return row_of(rendered.incident, paths, day).as_json()


def _rendered(job: Job, shelf: Shelf) -> Rendered:
    loaded = _loaded(job)
    shelf.inside = loaded.source.files
    return render_loaded(loaded, job.options, shelf=shelf)


def _shelf(job: Job) -> Shelf:
    """Return the files beside a source; those beside one in an object store are fetched as they are asked for."""
    name = job.reading.files[0]
    return Shelf(folder_of(name), fetch=partial(fetch_beside, name) if is_url(name) else None)


def _loaded(job: Job) -> Loaded:
    """Return the incident as it was planned; raise SourceError AW708 where its source is another by now."""
    found = sources(job.reading)
    source = found[job.place] if job.place < len(found) else None
    if isinstance(source, SourceError):
        raise source
    if source is None or digest_of(source) != job.digest:
        message = f"{job.label} was changed while the archive was being made"
        finding = Finding("AW708", message, place=Place(job.reading.shown), hint=CODES["AW708"].hint)
        raise OutputError(message, [finding])
    return load_source(source)


def _needs(job: Job, shelf: Shelf) -> tuple[Need, ...]:
    folder = job.reading.files[0].rpartition("/")[0]
    return tuple(need(f"{folder}/{path}") for path in sorted(shelf.asked))


def need(name: str) -> Need:
    """Return a file that documents hang on as it is now."""
    entry = entry_of(name)
    if entry is None:
        return Need(name, "", "")
    if is_url(name):
        return Need(name, entry.stamp, entry.stamp)
    folder, _, file = name.rpartition("/")
    try:
        return Need(name, entry.stamp, store_at(folder or "/").digest(file))
    except OSError:
        return Need(name, "", "")


def _put(job: Job, rendered: Rendered) -> dict[str, File]:
    store, suffixes = store_at(job.archive), formats_of(job.options)
    paths = {name: f"{job.stem}{suffixes[name]}" for name in rendered.files}
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in rendered.files.items()}
    for name, path in paths.items():
        _respect(store, path, job.known.get(path), digests[name])
    return {
        name: File(paths[name], len(data), digests[name], store.put(paths[name], data).stamp)
        for name, data in rendered.files.items()
    }


def _respect(store: Store, path: str, known: str | None, new: str) -> None:
    """Raise OutputError AW701 for a file that is not what the archive knows of it, and not what would be written."""
    if known == "" or store.entry(path) is None:
        return
    there = store.digest(path)
    if there not in {known, new}:
        why = "is not from this archive" if known is None else "was changed since it was made"
        message = f"{path} {why}"
        hint = "move it elsewhere, or say --force to overwrite it"
        raise OutputError(message, [Finding("AW701", message, place=Place(path), hint=hint)])
