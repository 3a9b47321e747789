"""Characters that no document can carry, or that make text look like other text, shown by their numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unprintable:
    """One character that was replaced."""

    offset: int
    """Where it stood in the text as it came, in characters."""

    code: int
    """Its code point."""


# XML 1.0, section 2.2, leaves out the controls, lone surrogates and U+FFFE/F. Further left out here: DEL and
# C1, which XML 1.0 discourages; the other noncharacters (Unicode, 23.7); and the overrides U+202D/E, which
# let text read otherwise than it is stored (Unicode Technical Report 36, 3). Embeddings and isolates only
# order text and stay.
_NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
)
_REFUSED = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202d\u202e\ud800-\udfff{_NONCHARACTERS}]")
_LINE_END = re.compile("\r\n?|\x85")


def clean(text: str) -> tuple[str, tuple[Unprintable, ...]]:
    """Return the text as a document can carry it, and the characters that were replaced, in order.

    Controls (but tab and line feed), lone surrogates, noncharacters and direction overrides become their
    number in brackets, such as `[U+0007]`. CR, CR LF and U+0085 become a line feed. Everything else stays as
    it is.
    """
    found = tuple(Unprintable(match.start(), ord(match[0])) for match in _REFUSED.finditer(text))
    if found:
        text = _REFUSED.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)
    return _LINE_END.sub("\n", text), found
