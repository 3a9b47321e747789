"""Whether an archive is as it was made: the cheapest checks first, and every damage named.

Needs no renderer and no memory of the archive; with both, a sample of reports is made again and compared.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from afterword.archive.bag import (
    DECLARATION,
    INFO,
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
    UNDERWAY,
    decoded,
    oxum,
)
from afterword.archive.store import Store, store_at
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place
from afterword.errors import OutputError

_LINE = re.compile(r"([0-9a-fA-F]{64})[ \t]+\*?(.+)")
_VERSION = re.compile(r"BagIt-Version: (0\.9[6-9]|1\.0)\r?\nTag-File-Character-Encoding: UTF-8\r?\n?")
_OXUM = re.compile(r"^Payload-Oxum:\s*(\S+)\s*$", re.MULTILINE)
_READERS = 4


@dataclass(slots=True)
class Verified:
    """What was found."""

    findings: list[Finding] = field(default_factory=list)
    files: int = 0
    """Files of the payload whose content was read."""

    compared: int = 0
    """Reports that were made again and are the same."""

    def say(self, code: str, message: str, path: str = "") -> None:
        """Add a finding."""
        known = CODES[code]
        self.findings.append(Finding(code, message, known.severity, Place(path) if path else None, hint=known.hint))


def verify(name: str) -> Verified:
    """Return what is wrong with an archive: structure, names, sizes, then the content of every file."""
    store, found = store_at(name), Verified()
    if not _is_bag(store, found):
        return found
    payload, tags = _manifest(store, MANIFEST, found), _manifest(store, TAG_MANIFEST, found)
    there = {each.path: each.size for each in store.walk(PAYLOAD)}
    _check_names(payload, there, found)
    _check_sizes(store, there, found)
    _check_contents(store, {path: digest for path, digest in tags.items() if path != TAG_MANIFEST}, found)
    found.files = _check_contents(store, {path: payload[path] for path in payload if path in there}, found)
    return found


def _is_bag(store: Store, found: Verified) -> bool:
    """Check the structure, and return whether there is anything to check further."""
    if store.entry(UNDERWAY):
        found.say("AW802", "a run over the archive is under way, or was cut off before its end")
    missing = [each for each in (DECLARATION, MANIFEST, INFO, TAG_MANIFEST) if store.entry(each) is None]
    for each in missing:
        found.say("AW801", f"{each} is missing", each)
    if DECLARATION not in missing:
        _check_declaration(store, found)
    return MANIFEST not in missing


def _check_declaration(store: Store, found: Verified) -> None:
    if not _VERSION.fullmatch(_text(store, DECLARATION)):
        found.say("AW801", f"{DECLARATION} does not declare a bag of a version that is known", DECLARATION)


def _text(store: Store, path: str) -> str:
    try:
        return store.read(path).decode("utf-8", "replace")
    except (OSError, OutputError):
        return ""


def _manifest(store: Store, name: str, found: Verified) -> dict[str, str]:
    """Return the digests that a manifest has by path; a line that cannot be used is told, and the others are."""
    listed: dict[str, str] = {}
    for number, line in enumerate(_text(store, name).splitlines(), 1):
        match = _LINE.fullmatch(line)
        path = decoded(match[2]) if match else ""
        if not match or not _is_safe(path):
            found.say("AW803", f"line {number} of {name} lists nothing that can be in a bag", name)
        elif path in listed:
            found.say("AW803", f"line {number} of {name} lists {path} again", name)
        else:
            listed[path] = match[1].lower()
    return listed


def _is_safe(path: str) -> bool:
    """Return whether a path stays in the bag."""
    parts = PurePosixPath(path).parts
    return bool(parts) and ".." not in parts and not path.startswith(("/", "~")) and "\\" not in path


def _check_names(payload: Iterable[str], there: Iterable[str], found: Verified) -> None:
    """Compare what is listed with what is there, and tell names that differ only in the form of their letters."""
    listed, present = {*payload}, {*there}
    outside = [path for path in listed if not path.startswith(f"{PAYLOAD}/")]
    for path in sorted(outside):
        found.say("AW803", f"{MANIFEST} lists {path}, which is not in the payload", MANIFEST)
    composed = {unicodedata.normalize("NFC", path): path for path in present - listed}
    for path in sorted(listed - present - {*outside}):
        twin = composed.get(unicodedata.normalize("NFC", path))
        other = "; a name with the same letters in another Unicode form is there" if twin else ""
        found.say("AW804", f"{path} is missing{other}", path)
    for path in sorted(present - listed):
        found.say("AW805", f"{path} is in no manifest", path)


def _check_sizes(store: Store, there: dict[str, int], found: Verified) -> None:
    said = _OXUM.search(_text(store, INFO))
    if said and said[1] != oxum(there.values()):
        message = f"the payload has {oxum(there.values())} octets and files, and {INFO} says {said[1]}"
        found.say("AW806", message, INFO)


def _check_contents(store: Store, digests: dict[str, str], found: Verified) -> int:
    """Compare the content of files with their digests, several at a time; return how many could be read."""
    with ThreadPoolExecutor(_READERS) as readers:
        for path, digest in zip(digests, readers.map(lambda path: _digest(store, path), digests), strict=True):
            if not digest:
                found.say("AW804", f"{path} is missing, or cannot be read", path)
            elif digest != digests[path]:
                found.say("AW807", f"{path} is not what it was when it was listed", path)
    return len(digests)


def _digest(store: Store, path: str) -> str:
    try:
        return store.digest(path)
    except (OSError, OutputError):
        return ""


def sample(paths: Iterable[str], number: int) -> Iterator[str]:
    """Yield some of the paths: always the same for the same paths, and spread evenly."""
    ordered = sorted(paths, key=lambda path: hashlib.sha256(path.encode()).digest())
    yield from ordered[:number]
