"""What an archive remembers between runs, in one SQLite file that only one run at a time may open."""

from __future__ import annotations

import json
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Self

from afterword.archive.card import findings_from, findings_json
from afterword.diagnostics import Finding
from afterword.errors import OutputError

FORMAT = 1
"""Number of the form of the state; a state of another form is made anew, and all reports with it."""

DAMAGED = ".damaged"
"""What the name of a state ends in that could not be read, and is set aside."""

NO_CARDS = '{"cards":[],"spans":[]}'
"""Survey, as JSON, of what holds nothing, or is not known."""

_TABLES = """
create table if not exists facts (name text primary key, value text not null) without rowid;
create table if not exists paths (path text primary key) without rowid;
create table if not exists units (
  name text primary key, stamp text not null, digest text not null, recipe text not null, tool text not null,
  cards text not null) without rowid;
create table if not exists reports (
  key text primary key, unit text not null, source text not null, outcome text not null, fingerprint text not null,
  stem text not null, files text not null, needs text not null, row text not null, findings text not null,
  recall text not null
) without rowid;
"""


class Outcome(StrEnum):
    """How far a report is."""

    FLYING = "flying"
    """Given to a worker; a run that was cut off may have left its files, whole."""

    DONE = "done"
    FAILED = "failed"
    """It cannot be made from what there is now; what is there of an earlier version stays."""

    AGAIN = "again"
    """It was not made for a reason that may have gone by the next run."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What is remembered of something that was read in one go."""

    name: str
    stamp: str
    """Of the file; empty where only the digest tells whether it changed."""

    digest: str
    recipe: str
    """What its cards were made with besides its content."""

    tool: str = ""
    cards: str = NO_CARDS
    """Survey, as JSON."""


@dataclass(frozen=True, slots=True)
class File:
    """A finished file in the payload."""

    path: str
    """Relative to the bag."""

    size: int
    sha256: str
    """Of what is there now."""

    stamp: str = ""
    made: str = ""
    """SHA-256 of what this archive put there, where somebody has changed that since."""

    @property
    def ours(self) -> str:
        """Return the SHA-256 of what this archive put there."""
        return self.made or self.sha256


@dataclass(frozen=True, slots=True)
class Need:
    """A file that the documents of a report hang on besides their source."""

    name: str
    """Path or URL."""

    stamp: str
    """Empty where it was not there."""

    sha256: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What is remembered of one report."""

    key: str
    unit: str
    source: str
    outcome: Outcome
    fingerprint: str
    stem: str
    files: Mapping[str, File] = field(default_factory=dict)
    """The finished files that are in the payload now, by format."""

    needs: tuple[Need, ...] = ()
    findings: tuple[Finding, ...] = ()
    recall: str = ""
    """How to read its incident again, as JSON."""


class State:
    """The memory of an archive. Made by `open_state`; a context manager, which closes it."""

    def __init__(self, connection: sqlite3.Connection, *, was_damaged: bool = False) -> None:
        """Keep the connection, and whether what was remembered before was damaged and is set aside."""
        self._db = connection
        self.was_damaged = was_damaged

    def __enter__(self) -> Self:
        """Return the state."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file; what was not committed is forgotten."""
        self._db.close()

    def watch(self, told: Callable[[str], None]) -> None:
        """Have every statement that changes something told, with its values, so that it can be said again."""
        changes = ("insert ", "update ", "delete ")
        self._db.set_trace_callback(lambda text: told(text) if text.lstrip().lower().startswith(changes) else None)

    def say_again(self, statements: Iterable[str]) -> None:
        """Change what `watch` told of another state."""
        for statement in statements:
            self._db.execute(statement)
        self._db.commit()

    def commit(self) -> None:
        """Bring to the disk what was said since the last time."""
        self._db.commit()

    def fact(self, name: str) -> str:
        """Return a fact about the archive, empty where it is not known."""
        found = self._db.execute("select value from facts where name = ?", (name,)).fetchone()
        return str(found[0]) if found else ""

    def set_fact(self, name: str, value: str) -> None:
        """Remember a fact about the archive."""
        self._db.execute("insert or replace into facts values (?, ?)", (name, value))

    def units(self) -> dict[str, Unit]:
        """Return all units by name, without their cards."""
        rows = self._db.execute("select name, stamp, digest, recipe, tool from units")
        return {unit.name: unit for unit in (Unit(_text(name), *rest) for name, *rest in rows)}

    def cards(self, name: str) -> str:
        """Return the cards of a unit, as they were put."""
        found = self._db.execute("select cards from units where name = ?", (_bound(name),)).fetchone()
        return str(found[0]) if found else NO_CARDS

    def put_unit(self, unit: Unit) -> None:
        """Remember a unit."""
        values = (_bound(unit.name), unit.stamp, unit.digest, unit.recipe, unit.tool, unit.cards)
        self._db.execute("insert or replace into units values (?, ?, ?, ?, ?, ?)", values)

    def restamp(self, unit: Unit) -> None:
        """Remember that a unit has another stamp and the same content."""
        self._db.execute("update units set stamp = ? where name = ?", (unit.stamp, _bound(unit.name)))

    def forget_unit(self, name: str) -> None:
        """Forget a unit."""
        self._db.execute("delete from units where name = ?", (_bound(name),))

    def reports(self) -> Iterator[Kept]:
        """Yield all reports in the order of their keys, without their rows for the index."""
        columns = "key, unit, source, outcome, fingerprint, stem, files, needs, findings, recall"
        return map(_kept, self._db.execute(f"select {columns} from reports order by key"))  # noqa: S608 (fixed words)

    def rows(self) -> Iterator[tuple[str, frozenset[str]]]:
        """Yield the rows for the index of all reports that have finished files, each with the paths of these."""
        rows = self._db.execute("select row, files from reports where row != '' and files != '{}' order by key")
        return ((str(row), frozenset(values[0] for values in json.loads(files).values())) for row, files in rows)

    def fly(self, kept: Kept, paths: Iterable[str]) -> None:
        """Remember that a report is being made, and which files it may leave; what there is of it stays known."""
        self._db.execute(
            "insert into reports values (?, ?, ?, ?, ?, ?, '{}', '[]', '', '[]', '')"
            " on conflict (key) do update set outcome = excluded.outcome",
            (kept.key, _bound(kept.unit), _bound(kept.source), Outcome.FLYING.value, kept.fingerprint, kept.stem),
        )
        self._db.executemany("insert or ignore into paths values (?)", ((path,) for path in paths))

    def fly_path(self, path: str) -> None:
        """Remember a path that may be written from now on."""
        self._db.execute("insert or ignore into paths values (?)", (path,))

    def put(self, kept: Kept, row: str = "") -> None:
        """Remember a report; without a row, the one that it has stays."""
        files = json.dumps({name: _values(file) for name, file in kept.files.items()}, separators=(",", ":"))
        needs = json.dumps([_values(need) for need in kept.needs], separators=(",", ":"))
        names = (kept.key, _bound(kept.unit), _bound(kept.source))
        values = (*names, kept.outcome.value, kept.fingerprint, kept.stem, files, needs)
        self._db.execute(
            "insert into reports values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do update set"
            " unit = excluded.unit, source = excluded.source, outcome = excluded.outcome,"
            " fingerprint = excluded.fingerprint, stem = excluded.stem, files = excluded.files, needs = excluded.needs,"
            " row = case excluded.row when '' then reports.row else excluded.row end, findings = excluded.findings,"
            " recall = excluded.recall",
            (*values, row, findings_json(kept.findings), kept.recall),
        )

    def paths(self) -> set[str]:
        """Return every path in the payload that is of this archive's making, also of reports that are gone."""
        return {str(row[0]) for row in self._db.execute("select path from paths")}

    def forget_path(self, path: str) -> None:
        """Forget a path, whose file has been removed."""
        self._db.execute("delete from paths where path = ?", (path,))

    def forget(self, key: str) -> None:
        """Forget a report."""
        self._db.execute("delete from reports where key = ?", (key,))


def _values(record: File | Need) -> list[str | int]:
    if isinstance(record, File):
        return [record.path, record.size, record.sha256, record.stamp, record.made]
    return [record.name, record.stamp, record.sha256]


def _bound(name: str) -> str | bytes:
    """Return a name of a file as SQLite takes it: one that is no UTF-8 on its system, as bytes."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogatepass")
    return name


def _text(value: str | bytes) -> str:
    """Return what `_bound` was given."""
    return value if isinstance(value, str) else value.decode("utf-8", "surrogatepass")


def _kept(row: tuple[str, ...]) -> Kept:
    key, unit, source, outcome, fingerprint, stem, files, needs, findings, recall = row
    return Kept(
        key,
        _text(unit),
        _text(source),
        Outcome(outcome),
        fingerprint,
        stem,
        {name: File(*values) for name, values in json.loads(files).items()},
        tuple(Need(*values) for values in json.loads(needs)),
        findings_from(json.loads(findings)) if findings != "[]" else (),
        recall,
    )


class StateInUse(OutputError):  # noqa: N818 (it is an answer, which the run turns into a message with a name)
    """Another run has the archive open."""


def open_state(path: Path) -> State:
    """Return the state in a file, made anew where there is none, or none that can be read.

    The file is locked until the state is closed, or until the process ends in whatever way: the lock is the system's.
    Raises StateInUse where another run holds it, OutputError where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return State(_opened(path))
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise _in_the_way(path, error) from error
        _set_aside(path)  # no database, or a damaged one: its reports are made again
        return State(_opened(path), was_damaged=True)


def _opened(path: Path) -> sqlite3.Connection:
    # A journal that is a file of its own works on network file systems, where a WAL does not.
    connection = sqlite3.connect(path, timeout=0.2, isolation_level="IMMEDIATE")
    try:
        for setting in ("locking_mode = exclusive", "journal_mode = truncate", "synchronous = full"):
            connection.execute(f"pragma {setting}")
        connection.execute("begin exclusive")
        if connection.execute("pragma user_version").fetchone()[0] not in {0, FORMAT}:
            for table in ("facts", "paths", "units", "reports"):
                connection.execute(f"drop table if exists {table}")
        for statement in _TABLES.split(";"):
            connection.execute(statement)
        connection.execute(f"pragma user_version = {FORMAT}")
        _check(connection)
        connection.commit()
    except BaseException:
        connection.close()
        raise
    return connection


def _check(connection: sqlite3.Connection) -> None:
    """Raise DatabaseError for a database that is damaged anywhere, in its structure or in what it holds."""
    try:
        told = connection.execute("pragma quick_check").fetchone()[0]
        for table in ("facts", "paths", "units"):
            deque(connection.execute(f"select * from {table}"), maxlen=0)  # noqa: S608 (fixed words)
        bad_units = "select 1 from units where not json_valid(cards)"
        bad_rows = "select 1 from reports where row != '' and not json_valid(row)"
        unread = connection.execute(f"{bad_units} union all {bad_rows} limit 1").fetchone()
        for kept in State(connection).reports():
            json.loads(kept.key)
            json.loads(kept.recall or "0")
    except (ValueError, TypeError) as error:
        raise sqlite3.DatabaseError(str(error)) from error
    except sqlite3.OperationalError as error:
        if getattr(error, "sqlite_errorcode", None) is None:  # of Python, about text that is none
            raise sqlite3.DatabaseError(str(error)) from error
        raise
    if told != "ok" or unread:
        raise sqlite3.DatabaseError(told)


def _in_the_way(path: Path, error: sqlite3.OperationalError) -> OutputError:
    if error.sqlite_errorcode in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return StateInUse(f"{path} is held by another run")
    return OutputError(f"{path} cannot be opened: {error}")


def _set_aside(path: Path) -> None:
    for suffix in ("", "-journal"):
        with suppress(OSError):
            path.with_name(path.name + suffix).replace(path.with_name(f"{path.name}{suffix}{DAMAGED}"))
