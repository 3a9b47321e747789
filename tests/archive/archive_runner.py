"""Runs over archives inside the test's own process, and small sources to run them on."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from afterword.archive.plan import Fate, Plan
from afterword.archive.run import Crew, Flags, Order, export
from afterword.archive.summary import Ended, Summary
from afterword.options import RenderOptions

CHEAP = RenderOptions(formats=("json", "md"))
"""Formats that cost milliseconds; what a run does with files does not hang on what is in them."""


class Here(Executor):
    """Does every call at once, in this process, and counts them."""

    def __init__(self) -> None:
        """Start with none."""
        self.calls: list[str] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:  # noqa: ANN401 (any call)
        """Return a future that is done."""
        self.calls.append(getattr(args[0], "label", ""))
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 (it belongs to the future)
            future.set_exception(error)
        return future


class Silent:
    """Keeps what it is told."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.fates: Mapping[str, Fate] = {}
        self.plan = Plan(())
        self.events: list[Ended] = []

    def surveying(self, done: int, total: int) -> None:
        """Take no notice."""

    def planned(self, plan: Plan, fates: Mapping[str, Fate]) -> None:
        """Keep the plan."""
        self.plan, self.fates = plan, fates

    def ended(self, event: Ended) -> None:
        """Keep the event."""
        self.events.append(event)


def order_for(sources: Path | str, archive: Path | str, **changes: Any) -> Order:  # noqa: ANN401 (fields of two records)
    """Return an order with cheap formats; what is a flag may be given among the other fields."""
    flags = {name: changes.pop(name) for name in ("prune", "prune_most", "force", "dry_run") if name in changes}
    order = Order((str(sources),), str(archive), CHEAP, flags=Flags(**flags))
    return replace(order, **changes)


def run(
    order: Order,
    *,
    executor: Executor | None = None,
    listener: Silent | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Summary:
    """Carry an order out in this process."""

    @contextmanager
    def crew() -> Iterator[Crew]:
        yield Crew(executor or Here(), 2)

    return export(order, crew, listener or Silent(), stop)


def record(number: int, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 (fields of a record)
    """Return a small record."""
    day = f"2023-{number % 12 + 1:02}-{number % 28 + 1:02}"
    return {"id": f"INC-{number}", "title": f"Outage number {number}", "date": day, "status": "closed", **fields}


def write(folder: Path, *numbers: int, **fields: Any) -> Path:  # noqa: ANN401 (fields of a record)
    """Write small records into a folder, a file for each, and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"{number:03}.json").write_text(json.dumps(record(number, **fields)), "utf-8")
    return folder


def status_page(file: Path, *names: str) -> None:
    """Write an export of a status page with an incident of each name."""
    incidents = [
        {
            "id": name,
            "name": f"Slow {name}",
            "status": "resolved",
            "impact": "minor",
            "created_at": "2023-01-01T10:00:00Z",
            "incident_updates": [
                {"id": "u", "status": "resolved", "body": "Over.", "created_at": "2023-01-01T11:00:00Z"}
            ],
        }
        for name in names
    ]
    file.write_text(json.dumps({"page": {"id": "p"}, "incidents": incidents}), "utf-8")


def contents(archive: Path) -> dict[str, bytes]:
    """Return every file of a bag by its path, without what the tool keeps beside it."""
    return {
        path.relative_to(archive).as_posix(): path.read_bytes()
        for path in sorted(archive.rglob("*"))
        if path.is_file() and ".afterword" not in path.relative_to(archive).parts
    }
