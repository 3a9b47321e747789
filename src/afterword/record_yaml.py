"""An incident record as YAML for people: in the order of the model, prose in blocks, guesses marked.

Written by hand and not by the library that reads YAML: that one takes minutes for an archive, and what is written here
is a small part of the language, which the tests read back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from afterword.incident.model import Incident

Path = tuple[str | int, ...]
Comments = Mapping[Path, str]

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 _./@+()%,;'!?=-]|:(?=[^\s,]))*(?<! )")
"""Text that needs no quotes: none of the signs by which YAML tells other things, anywhere."""

_NOT_TEXT = re.compile(r"null|true|false|yes|no|on|off|(?!\d{4}-\d\d-\d\d$)[-+.\d_xXoObBeE]+", re.IGNORECASE)
"""What another reader of YAML would take for something else than text; a date is left as people write it."""

_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff]"
)
_LONG = 100
"""Characters from which a text of one line is set as a block, so that editors can wrap it."""


def record_yaml(data: Mapping[str, object], comments: Comments | None = None) -> str:
    """Return a record as YAML, with a comment at the end of the line of each path that has one.

    `data` is what a source holds or `Incident.as_data()` returns: texts, lists and mappings. Reading the text gives it
    back. Fields stand in the order of the model; those that it does not know come last.
    """
    order = {name: place for place, name in enumerate(Incident.model_fields)}
    fields = {key: data[key] for key in sorted(data, key=lambda name: order.get(name, len(order)))}
    return "\n".join(_mapping(fields, (), comments or {})) + "\n"


def with_schema(text: str, address: str) -> str:
    """Return a record as YAML with the line that leads editors to its schema; an empty address leads nowhere."""
    return f"# yaml-language-server: $schema={address}\n{text}" if address else text


def _mapping(fields: Mapping[str, object], path: Path, comments: Comments) -> Iterator[str]:
    for key, value in fields.items():
        yield from _entry(f"{_key(key)}:", value, (*path, key), comments)


def _entry(lead: str, value: object, path: Path, comments: Comments) -> Iterator[str]:
    """Yield the lines of a value after its key or dash."""
    said = f"  # {comments[path]}" if path in comments else ""
    if isinstance(value, Mapping) and value:
        yield f"{lead}{said}"
        yield from _indented(_mapping(value, path, comments))
    elif isinstance(value, list) and value:
        yield f"{lead}{said}"
        yield from _indented(line for place, item in enumerate(value) for line in _item(item, (*path, place), comments))
    elif isinstance(value, str) and _is_block(value):
        yield f"{lead} {_header(value)}{said}"
        yield from _indented(value.removesuffix("\n").split("\n") if value.strip("\n") else [])
    else:
        yield f"{lead} {_scalar(value)}{said}"


def _item(item: object, path: Path, comments: Comments) -> Iterator[str]:
    """Yield the lines of an item of a list; a mapping starts in the line of its dash."""
    if not (isinstance(item, Mapping) and item):
        yield from _entry("-", item, path, comments)
        return
    first, *others = _mapping(item, path, comments)
    yield f"- {first}"
    yield from _indented(others)


def _indented(lines: Iterator[str] | list[str]) -> Iterator[str]:
    return (f"  {line}" if line else "" for line in lines)


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z$][A-Za-z0-9_$.-]*", key) and not _NOT_TEXT.fullmatch(key) else _quoted(key)


def _is_block(text: str) -> bool:
    """Return whether a text can stand in a block as it is, and is better there."""
    if _UNSEEN.search(text) or text[:1] in {" ", "\n", "#"} or not text.strip("\n"):
        return False
    return "\n" in text or len(text) > _LONG


def _header(text: str) -> str:
    """Return the sign of a block, which says how many line breaks the text ends with: none, one, or all there are."""
    if not text.endswith("\n"):
        return "|-"
    return "|+" if text.endswith("\n\n") else "|"


def _scalar(value: object) -> str:
    if isinstance(value, Mapping | list):
        return "{}" if isinstance(value, Mapping) else "[]"
    if value is None:
        return "null"
    text = str(value)
    return text if _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text) else _quoted(text)


def _quoted(text: str) -> str:
    """Return a text in double quotes, whose escapes YAML has from JSON; what cannot be seen is escaped."""
    return _UNSEEN.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(text, ensure_ascii=False))
