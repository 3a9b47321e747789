"""People as documents name them: with their address, and with what they did before or after their name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from afterword.placeholders import find
from afterword.readers.document import Span
from afterword.report.separators import freed

_EMAIL = re.compile(r"<?(?:mailto:)?(?P<email>[^@\s<>()]+@[^@\s<>()]+\.[^@\s<>().,]+)>?")
_OURS = re.compile(r"(?P<name>[^,、፣،]+?)(?:[,、፣،]\s*(?P<role>.*?))?(?:\s*\((?P<email>[^\s()<>]+@[^\s()<>]+)\))?")
_LED = re.compile(r"(?P<role>[^\d:：@()]{2,40}?)[ ]*[:：][ ]*(?P<name>[^:：]{2,80})")
_PARTS = re.compile(r"[,;、，،፣/]\s*|\n\s*(?:[-*+]\s+)?|\s+(?:and|und|et|y|e|&)\s+|<br\s*/?>")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a document names."""

    name: str
    email: str = ""
    role: str = ""

    def fields(self) -> Iterator[tuple[str, str]]:
        """Yield the fields that are known."""
        for field, value in (("name", self.name), ("email", self.email), ("role", self.role)):
            if value:
                yield field, value


def people_of_ours(value: Span) -> list[Named]:
    """Return the people of a value that we wrote: one in each line, as `Name, role (address)`."""
    return [each for line in value.text.split("\n") if (each := person_of_ours(line)) is not None]


def person_of_ours(line: str) -> Named | None:
    """Return somebody as we write a person, in plain text; None for an empty text."""
    match = _OURS.fullmatch(line)
    return Named(freed(match["name"]), match["email"] or "", freed(match["role"] or "")) if match else None


def people_in(text: str) -> list[Named]:
    """Return the people in a value: at commas, semicolons, line breaks and list marks; `Role: name` in lines."""
    bare_text = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    lines = [re.sub(r"^\s*[-*+]\s+", "", line).strip(" *_`\t") for line in bare_text.split("\n") if line.strip()]
    led = [
        _LED.fullmatch(re.sub(r"[*_`]{1,2}(?=\s*[:：]|\s|$)|[:：][*_]{2}", lambda m: m[0].strip("*_`"), line))
        for line in lines
    ]
    if len(lines) > 1 and all(led):
        return [replaced(_named(match["name"].strip(" *_`")), match["role"].strip(" *_`")) for match in led if match]
    parts = (_without_marks(part) for part in _PARTS.split(re.sub(r"^\s*[-*+]\s+", "", bare_text)))
    return [_named(part) for part in parts if part]


def _without_marks(part: str) -> str:
    """Return a name without the marks around it; an instruction in the place of a name is one by its marks."""
    inner = part.strip(" *_`\t")
    return part.strip() if find(part) and not find(inner) else inner


def replaced(person: Named, role: str) -> Named:
    """Return a person with a role."""
    return Named(person.name, person.email, role)


def _named(words: str) -> Named:
    email = _EMAIL.search(words)
    if email is None:
        return Named(words)
    name = (words[: email.start()] + words[email.end() :]).strip(" ()<>-–")
    return Named(name or words, email["email"])
