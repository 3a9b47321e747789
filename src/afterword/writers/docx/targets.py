"""Targets of links as a relationship of the package can carry them."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

_LEFT = ";/?:@&=+$,#%-_.!~*'()"
"""Signs that have a meaning in a URI or need no escape (RFC 3986, 2.2 and 2.3), and the percent sign."""


def relationship_target(url: str) -> str | None:
    """Return a link's target as a URI, or None where Word would refuse the whole file because of it.

    Word and the Open XML SDK read targets as URIs and take a document with one that is none for damaged
    (ECMA-376-2, 6.5.3.4).
    """
    try:
        parts = urlsplit(url)
        authority = _authority(parts.hostname or "", parts.port)
        user = parts.netloc.rpartition("@")[0]
    except ValueError:
        return None
    if parts.scheme in {"http", "https"} and not parts.hostname:
        return None
    rest = url.split(":", 1)[1]
    if parts.netloc:
        rest = f"//{quote(user, _LEFT)}{'@' if user else ''}{authority}" + rest[2 + len(parts.netloc) :]
    return f"{parts.scheme}:{_escaped(rest)}"


def _authority(host: str, port: int | None) -> str:
    """Return host and port of a target; raise ValueError (UnicodeError is one) for a host that is no name."""
    if ":" in host:
        name = f"[{host}]"
    else:
        name = host.encode("idna").decode("ascii")
        if quote(name, "-_.~") != name or ".." in name:
            raise ValueError(name)
    return name if port is None else f"{name}:{port}"


def _escaped(text: str) -> str:
    """Return the text with all that a URI cannot hold escaped, and a second `#` and stray percent signs too."""
    head, mark, tail = text.partition("#")
    kept = quote(head, _LEFT + "[]" if head.startswith("//[") else _LEFT) + mark + quote(tail, _LEFT.replace("#", ""))
    pieces = kept.split("%")
    return pieces[0] + "".join(("%" if _is_hex(piece[:2]) else "%25") + piece for piece in pieces[1:])


def _is_hex(digits: str) -> bool:
    return len(digits) == 2 and all(digit in "0123456789abcdefABCDEF" for digit in digits)  # noqa: PLR2004 (two digits)
