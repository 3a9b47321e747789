"""Prose that was edited in a draft, put into the text that the record has: only what was changed is exchanged."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"[ ]{0,3}#{1,6}(?:\s|$)")


def exchanged(source: str, before: str, after: str) -> str:
    """Return a text of the record with the paragraphs exchanged that differ between two states of a draft.

    What follows the first heading of the text stands outside the field in the draft, and stays.
    """
    own, rest = divided(source)
    blocks, old, new = _blocks(own), _blocks(before), _blocks(after)
    if len(blocks) != len(old):
        return "\n\n".join(filter(None, (after, rest)))
    merged: list[str] = []
    for what, start, end, first, last in SequenceMatcher(
        None, [*map(_key, old)], [*map(_key, new)], autojunk=False
    ).get_opcodes():
        merged += blocks[start:end] if what == "equal" else new[first:last]
    return "\n\n".join(filter(None, (*merged, rest)))


def _key(block: str) -> str:
    return " ".join(re.sub(r"(!\[[^\]]*\])\((?:<[^<>]*>|[^)\s]*)", r"\1", block).split())


def _blocks(text: str) -> list[str]:
    """Return the paragraphs of a text; a block of code is one."""
    blocks: list[list[str]] = [[]]
    fence = ""
    for line in text.strip("\n").split("\n"):
        if mark := _FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        if line.strip() or fence:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return ["\n".join(block) for block in blocks if block]


def divided(text: str) -> tuple[str, str]:
    """Return what stands before the first heading of a text, and the rest."""
    blocks = _blocks(text)
    at = next((index for index, block in enumerate(blocks) if _HEADING.match(block)), len(blocks))
    return "\n\n".join(blocks[:at]), "\n\n".join(blocks[at:])
