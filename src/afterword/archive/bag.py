"""The bag that an archive is: payload, manifests and what is said of it (BagIt 1.0, RFC 8493)."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from afterword.archive.state import File
from afterword.archive.store import OWN, Store
from afterword.version import VERSION

PAYLOAD = "data"
DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
UNDERWAY = f"{OWN}/underway.json"
"""Is there while a run changes the payload, and after one that was cut off: until then the manifests are of before."""

_DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


_AGENT = re.compile(r"^Bag-Software-Agent: afterword ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a bag."""

    reports: int
    day: str
    """ISO 8601 date of the bag: like a document's, never the clock's, so that the same reports make the same bag."""

    first: str
    last: str
    """Dates of the first and the last incident."""


def manifest(files: Mapping[str, str]) -> bytes:
    """Return a manifest of SHA-256 digests by path, sorted, with line breaks in paths as the RFC says (2.1.3)."""
    return "".join(f"{files[path]}  {encoded(path)}\n" for path in sorted(files)).encode()


def encoded(path: str) -> str:
    """Return a path as manifests write it."""
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def decoded(path: str) -> str:
    """Return a path that a manifest writes so."""
    return path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")


def is_ours(info: str) -> bool:
    """Return whether what is said of a bag, in `bag-info.txt`, says that this tool made it."""
    return bool(_AGENT.search(info))


def write_bag(store: Store, files: Iterable[File], about: About) -> None:
    """Write the manifests and what is said of the bag; the tag manifest, which vouches for the others, comes last."""
    for name, data in _tags(files, about).items():
        store.put(name, data)


def is_written(store: Store, files: Iterable[File], about: About) -> bool:
    """Return whether the manifests and what is said of the bag are there as `write_bag` would write them."""
    return all(_is_there(store, name, data) for name, data in _tags(files, about).items())


def _tags(files: Iterable[File], about: About) -> dict[str, bytes]:
    payload = {file.path: file for file in files}
    tags = {
        MANIFEST: manifest({path: file.sha256 for path, file in payload.items()}),
        INFO: _info(payload, about),
        DECLARATION: _DECLARED,
    }
    return tags | {TAG_MANIFEST: manifest({name: hashlib.sha256(data).hexdigest() for name, data in tags.items()})}


def _is_there(store: Store, name: str, data: bytes) -> bool:
    entry = store.entry(name)
    return entry is not None and entry.size == len(data) and store.digest(name) == hashlib.sha256(data).hexdigest()


def oxum(sizes: Iterable[int]) -> str:
    """Return how much a payload is, in octets and files (RFC 8493, 2.2.2)."""
    listed = tuple(sizes)
    return f"{sum(listed)}.{len(listed)}"


def _info(payload: Mapping[str, File], about: About) -> bytes:
    reports = "1 report" if about.reports == 1 else f"{about.reports} reports"
    said = {
        "Bag-Software-Agent": f"afterword {VERSION}",
        "Bagging-Date": about.day,
        "External-Description": f"Archive of {reports} on incidents",
        "Incident-Dates": "/".join(dict.fromkeys(filter(None, (about.first, about.last)))),
        "Payload-Oxum": oxum(file.size for file in payload.values()),
    }
    return "".join(f"{label}: {value}\n" for label, value in said.items() if value).encode()
