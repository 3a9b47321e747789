"""A way to look at an export, whose texts know where they come from, so that nothing can be lost unseen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from afterword.readers.rich import adf
from afterword.readers.rich.html import markdown
from afterword.readers.source import Data, Key
from afterword.tools.stamps import stamp

Path = tuple[Key, ...]

_URL = re.compile(r"https?://[^\s<>]+")
_EMAIL = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]+")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text of the record that is made, and where it comes from."""

    text: str
    origin: Path
    """Path of the value in the export that it was made from; its first key is the number of the file."""

    guess: str = ""
    """Why the text is a guess; empty where the export says so."""

    takes: bool = True
    """Whether the record has all that the value says; otherwise the value is kept among the leftovers too."""

    as_it_was: bool = False
    """Whether the text is the value itself, so that a place in it is a place in the file."""


Made = Leaf | dict[str, "Made"] | list["Made"] | None
"""What a record is made of; None and whatever is empty is left out."""


@dataclass(frozen=True, slots=True)
class View:
    """A value of an export, or nothing, whatever its shape: looking into what is not there finds nothing."""

    value: Data
    path: Path
    blank: frozenset[str] = frozenset()
    """Texts by which the tool's exports say that there is nothing."""

    def __getitem__(self, key: str) -> View:
        """Return the value under a key."""
        value = self.value.get(key) if isinstance(self.value, dict) else None
        return View(value, (*self.path, key), self.blank)

    def has(self, *keys: str) -> bool:
        """Return whether this is a mapping with all of these keys."""
        return isinstance(self.value, dict) and all(key in self.value for key in keys)

    @property
    def items(self) -> tuple[View, ...]:
        """Return the items of a list; none where this is no list."""
        listed = self.value if isinstance(self.value, list) else []
        return tuple(View(each, (*self.path, place), self.blank) for place, each in enumerate(listed))

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of a mapping; none of anything else."""
        return tuple(self.value) if isinstance(self.value, dict) else ()

    @property
    def inside(self) -> tuple[View, ...]:
        """Return the values of a mapping or the items of a list; none of anything else."""
        return tuple(self[key] for key in self.keys) or self.items

    @property
    def text(self) -> str:
        """Return the text without taking it; empty where there is none."""
        text = self.value.strip() if isinstance(self.value, str) else ""
        return "" if text in self.blank else text

    def take(self, change: Callable[[str], str] | None = None, guess: str = "") -> Leaf | None:
        """Return the text for the record, changed as asked; None where there is none."""
        if not self.text or not isinstance(self.value, str):
            return None
        text = change(self.value) if change else self.value
        return Leaf(text, self.path, guess, as_it_was=text == self.value)

    def take_time(self) -> Leaf | None:
        """Return the moment; None where there is none."""
        return self.take(stamp) if stamp(self.text) else None

    def take_prose(self) -> Leaf | None:
        """Return the text as Markdown, whether it is that, HTML, or a document of Atlassian's editor."""
        document = adf.in_envelope(self.value) or adf.parsed(self.text)
        if document is None:
            return self.take(markdown)
        text = markdown(document) if isinstance(document, str) else adf.markdown(document)
        return Leaf(text, self.path) if text else None

    def choose(self, table: Mapping[str, str], guess: str = "") -> Leaf | None:
        """Return what a table has for the text in any case; the text is kept too unless that is the same word."""
        plain = self.text.casefold()
        found = table.get(plain)
        return Leaf(found, self.path, guess, takes=found == plain.replace("_", "-")) if found else None

    def take_url(self) -> Leaf | None:
        """Return the text if it is a link; anything else stays a leftover."""
        return self.take() if _URL.fullmatch(self.text) else None

    def take_email(self) -> Leaf | None:
        """Return the text if it is an e-mail address; anything else stays a leftover."""
        return self.take() if _EMAIL.fullmatch(self.text) else None

    def say(self, text: str, guess: str = "") -> Leaf:
        """Return a text that stands for this value without having all that it says."""
        return Leaf(text, self.path, guess, takes=False)


def leaves_of(made: Made) -> Iterator[Leaf]:
    """Yield all texts of what a record is made of, in order."""
    if isinstance(made, Leaf):
        yield made
    inner: list[Made] = list(made.values()) if isinstance(made, dict) else made if isinstance(made, list) else []
    for each in inner:
        yield from leaves_of(each)


def first(*found: Leaf | None) -> Leaf | None:
    """Return the first that there is."""
    return next((each for each in found if each), None)
