"""Room for deeply nested content: the engine calls itself many times for each level of a list."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")

_FRAMES = 30_000
_STACK = 512 * 1024 * 1024
"""Bytes of address space; memory is only taken as the stack grows into it."""

_LOCK = threading.Lock()


def with_room(work: Callable[[], Result]) -> Result:
    """Return what `work` returns, run in a thread whose stack has room for some hundred levels of nesting."""
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 (raised again in the thread that waits)
            errors.append(error)

    with _LOCK:
        limit, size = sys.getrecursionlimit(), threading.stack_size(_STACK)
        sys.setrecursionlimit(max(limit, _FRAMES))
        try:
            thread = threading.Thread(target=run, name="afterword-pdf")
            thread.start()
            thread.join()
        finally:
            sys.setrecursionlimit(limit)
            threading.stack_size(size)
    if errors:
        raise errors[0]
    return results[0]
