"""Which kind of store a name means. What object stores need is loaded only where a URL names one."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from afterword.archive.store import LocalStore, is_url

if TYPE_CHECKING:
    from afterword.archive.remote import RemoteStore


@lru_cache(maxsize=8)
def store_at(name: str) -> LocalStore | RemoteStore:
    """Return the store that a path or a URL names. Raises UsageError where the library for the URL is missing."""
    if is_url(name) and not name.startswith("file://"):
        from afterword.archive.remote import RemoteStore

        return RemoteStore(name)
    return LocalStore(name)
