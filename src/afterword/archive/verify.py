"""Whether an archive is as it was made: the cheapest checks first, and every damage named.

Needs no renderer and no memory of the archive; with both, a sample of reports is made again and compared.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
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
    is_ours,
    oxum,
)
from afterword.archive.keeping import STATE
from afterword.archive.store import LocalStore, Store
from afterword.archive.stores import store_at
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place
from afterword.errors import OutputError, UsageError

_ALGORITHMS = ("sha256", "sha512", "sha384", "sha224", "sha1", "md5")
"""Kinds of manifests that are known (RFC 8493, 2.4); a bag has one or several of them."""

_LINE = re.compile(r"([0-9a-fA-F]+)[ \t]+\*?(.+)", re.DOTALL)
_BREAK = re.compile(r"\r\n?|\n")
"""What ends a line of a manifest (RFC 8493, 2.1.3); a path may have what else Unicode takes for the end of a line."""

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
        """Add a finding, once."""
        known = CODES[code]
        finding = Finding(code, message, known.severity, Place(path) if path else None, hint=known.hint)
        if finding not in self.findings:
            self.findings.append(finding)


def verify(name: str) -> Verified:
    """Return what is wrong with an archive: structure, names, sizes, then the content of every file.

    Raises UsageError where there is no such folder.
    """
    store, found = store_at(name), Verified()
    if isinstance(store, LocalStore) and not store.root.is_dir():
        raise UsageError(f"there is no folder {name!r}")
    manifests = {kind: each for kind in _ALGORITHMS if store.entry(each := f"manifest-{kind}.txt")}
    _check_structure(store, manifests.values(), found)
    payloads = {kind: _manifest(store, each, kind, found) for kind, each in manifests.items()}
    tags = {kind: _manifest(store, f"tagmanifest-{kind}.txt", kind, found) for kind in _ALGORITHMS if manifests}
    if manifests:
        _check_vouched(store, tags["sha256"], found)
    there = {each.path: each.size for each in store.walk(PAYLOAD)} if manifests else {}
    for kind, listed in payloads.items():
        _check_names(manifests[kind], listed, there, found)
    if manifests:
        _check_sizes(store, there, found)
    for kind, listed in tags.items():
        _check_contents(store, listed, kind, found)
    for kind, listed in payloads.items():
        present = {path: digest for path, digest in listed.items() if path in there}
        found.files = max(found.files, _check_contents(store, present, kind, found))
    return found


def _check_structure(store: Store, manifests: Collection[str], found: Verified) -> None:
    """Tell what is missing: of an archive all tag files that it has, of a bag of another tool those that it must have.

    RFC 8493, 2.1 and 2.2: a bag has a declaration and a manifest of any kind; what else there is, is optional.
    """
    if store.entry(UNDERWAY):
        found.say("AW802", "a run over the archive is under way, or was cut off before its end")
    needed = (DECLARATION, MANIFEST, INFO, TAG_MANIFEST) if _is_of_ours(store) or not manifests else (DECLARATION,)
    for each in needed:
        if store.entry(each) is None:
            found.say("AW801", f"{each} is missing", each)
    if store.entry(DECLARATION):
        _check_declaration(store, found)


def _is_of_ours(store: Store) -> bool:
    return store.entry(STATE) is not None or is_ours(_text(store, INFO))


def _check_vouched(store: Store, listed: Collection[str], found: Verified) -> None:
    """Tell what the tag manifest of an archive does not vouch for, as where it is empty or cut; others need not."""
    if _is_of_ours(store) and store.entry(TAG_MANIFEST):
        for each in (DECLARATION, INFO, MANIFEST):
            if each not in listed:
                found.say("AW803", f"{TAG_MANIFEST} does not list {each}", TAG_MANIFEST)


def _check_declaration(store: Store, found: Verified) -> None:
    if not _VERSION.fullmatch(_text(store, DECLARATION)):
        found.say("AW801", f"{DECLARATION} does not declare a bag of a version that is known", DECLARATION)


def _text(store: Store, path: str) -> str:
    try:
        return store.read(path).decode("utf-8", "replace")
    except (OSError, OutputError):
        return ""


def _manifest(store: Store, name: str, kind: str, found: Verified) -> dict[str, str]:
    """Return the digests that a manifest has by path; a line that cannot be used is told, and the others are."""
    listed: dict[str, str] = {}
    length = 2 * hashlib.new(kind, usedforsecurity=False).digest_size
    *lines, last = _BREAK.split(_text(store, name))
    for number, line in enumerate([*lines, last] if last else lines, 1):
        match = _LINE.fullmatch(line)
        path = decoded(match[2]) if match else ""
        if not match or len(match[1]) != length or not _is_safe(path):
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


def _check_names(name: str, payload: Iterable[str], there: Iterable[str], found: Verified) -> None:
    """Compare what a manifest lists with what is there; tell names that differ only in the form of their letters."""
    listed, present = {*payload}, {*there}
    outside = [path for path in listed if not path.startswith(f"{PAYLOAD}/")]
    for path in sorted(outside):
        found.say("AW803", f"{name} lists {path}, which is not in the payload", name)
    composed = {unicodedata.normalize("NFC", path): path for path in present - listed}
    for path in sorted(listed - present - {*outside}):
        twin = composed.get(unicodedata.normalize("NFC", path))
        other = "; a name with the same letters in another Unicode form is there" if twin else ""
        found.say("AW804", f"{path} is missing{other}", path)
    for path in sorted(present - listed):
        found.say("AW805", f"{path} is not in {name}", path)


def _check_sizes(store: Store, there: dict[str, int], found: Verified) -> None:
    said = _OXUM.search(_text(store, INFO))
    if said and said[1] != oxum(there.values()):
        message = f"the payload has {oxum(there.values())} octets and files, and {INFO} says {said[1]}"
        found.say("AW806", message, INFO)


def _check_contents(store: Store, digests: dict[str, str], kind: str, found: Verified) -> int:
    """Compare the content of files with their digests, several at a time; return how many could be read."""
    with ThreadPoolExecutor(_READERS) as readers:
        for path, digest in zip(digests, readers.map(lambda path: _digest(store, path, kind), digests), strict=True):
            if not digest:
                found.say("AW804", f"{path} is missing, or cannot be read", path)
            elif digest != digests[path]:
                found.say("AW807", f"{path} is not what it was when it was listed", path)
    return len(digests)


def _digest(store: Store, path: str, kind: str) -> str:
    try:
        return store.digest(path, kind)
    except (OSError, OutputError):
        return ""


def sample(paths: Iterable[str], number: int) -> Iterator[str]:
    """Yield some of the paths: always the same for the same paths, and spread evenly."""
    ordered = sorted(paths, key=lambda path: hashlib.sha256(path.encode()).digest())
    yield from ordered[:number]
