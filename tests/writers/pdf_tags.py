"""The tag tree of a PDF as another library reads it, in a form that can be compared and printed."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf
import pypdfium2
from pypdfium2 import raw

EMPTY_TOO = {"TR", "TH", "TD", "LI", "LBody"}
"""Types that stay although nothing is in them."""


@dataclass(slots=True)
class Tag:
    """A structure element: its type, what it says of itself, and its content in order."""

    kind: str
    says: str = ""
    kids: list[Tag | str] = field(default_factory=list)


Keep = Callable[[str], str]
"""What is compared of a text."""


def inked(text: str) -> str:
    """Return the letters of a text that leave ink, sorted where some of them run to the left.

    Without hyphens, because the reading library drops those that end a line.
    """
    runs_left = any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
    return unordered(text) if runs_left else "".join(letter for letter in text if _leaves_ink(letter))


def _leaves_ink(letter: str) -> bool:
    return not letter.isspace() and letter not in "-\u2010" and unicodedata.category(letter) not in {"Cf", "Cc"}


def unordered(text: str) -> str:
    """Return the letters of a text sorted, for text that a PDF keeps in the order in which it is drawn: to the left."""
    mirrored = str.maketrans("()[]<>", "(([[<<")
    shown = "".join(letter for letter in text if _leaves_ink(letter))
    return "".join(sorted(unicodedata.normalize("NFKC", shown).translate(mirrored)))


def plain(text: str) -> str:
    """Return the letters and digits of ASCII sorted: what every font has, in whatever order it is drawn."""
    return "".join(sorted(letter for letter in text if letter.isascii() and letter.isalnum()))


def clean(tag: Tag, keep: Keep) -> Tag:
    """Return a tag without empty ones below it, its texts joined and only what is to be compared kept of them."""
    kids: list[Tag | str] = []
    for kid in tag.kids:
        if isinstance(kid, str):
            kids.append((str(kids.pop()) if kids and isinstance(kids[-1], str) else "") + kid)
            continue
        inner = clean(kid, keep)
        if inner.kids or inner.says.startswith("alt=") or inner.kind in EMPTY_TOO:
            kids.append(inner)
    texts = [kid if isinstance(kid, Tag) else keep(kid) for kid in kids]
    says = tag.says.encode("ascii", "ignore").decode() if keep is plain else tag.says
    return Tag(tag.kind, says, [kid for kid in texts if kid])


def lines(tag: Tag, depth: int = 0) -> Iterator[str]:
    """Return a tree as lines, one for each tag and each run of text."""
    indent = "  " * depth
    yield f"{indent}{tag.kind} {tag.says}".rstrip()
    for kid in tag.kids:
        yield from lines(kid, depth + 1) if isinstance(kid, Tag) else (f"{indent}  {kid!r}",)


def tags_in(data: bytes) -> Tag:
    """Return the tag tree of a PDF, with the text of each piece of content."""
    with pikepdf.open(BytesIO(data)) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        return _tag(pdf.Root.StructTreeRoot.K[0], numbers, _texts(data), None)


def _texts(data: bytes) -> dict[tuple[int, int], str]:
    """Return the text of marked content by page and number."""
    found: dict[tuple[int, int], str] = {}
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document):
            texts = page.get_textpage()
            for index in range(raw.FPDFPage_CountObjects(page)):
                thing = raw.FPDFPage_GetObject(page, index)
                if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_TEXT:
                    key = (number, raw.FPDFPageObj_GetMarkedContentID(thing))
                    found[key] = found.get(key, "") + _text(thing, texts)
    return found


def _text(thing: Any, texts: Any) -> str:  # noqa: ANN401 (pypdfium2 has no types)
    size = raw.FPDFTextObj_GetText(thing, texts, None, 0)
    held = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFTextObj_GetText(thing, texts, held, size)
    return bytes(held)[: max(size - 2, 0)].decode("utf-16-le", "replace")


def _tag(element: Any, numbers: dict[Any, int], texts: dict[Any, str], page: Any) -> Tag:  # noqa: ANN401 (pikepdf has no types)
    page = element.get("/Pg", page)
    tag = Tag(str(element.S)[1:], says(element))
    if tag.kind == "Figure":
        return tag  # its alternative says all; text inside is part of the drawing
    for kid in as_list(element.get("/K", [])):
        if not isinstance(kid, pikepdf.Dictionary):
            tag.kids.append(texts.get((numbers[page.objgen], int(kid)), ""))
        elif kid.get("/Type") == "/MCR":
            tag.kids.append(texts.get((numbers[kid.Pg.objgen], int(kid.MCID)), ""))
        elif kid.get("/Type") != "/OBJR":
            tag.kids.append(_tag(kid, numbers, texts, page))
    return tag


def as_list(kids: Any) -> Any:  # noqa: ANN401 (pikepdf has no types)
    """Return the kids of an element as a list; a single one may stand without."""
    return kids if isinstance(kids, pikepdf.Array | list) else [kids]


def says(element: Any) -> str:  # noqa: ANN401 (pikepdf has no types)
    """Return what an element says of itself: alternative, language, attributes, and the description of a link."""
    told = [f"{name}='{element[f'/{name.title()}']}'" for name in ("alt", "lang") if f"/{name.title()}" in element]
    attributes = element.get("/A", {})
    told += [
        f"{name.lower()}={str(attributes[f'/{name}']).lstrip('/')}"
        for name in ("Scope", "ListNumbering", "Summary", "TextDecorationType", "RowSpan", "ColSpan")
        if f"/{name}" in attributes
    ]
    links = {str(kid.Obj.Contents) for kid in as_list(element.get("/K", [])) if _is_annotation(kid)}
    return " ".join([*told, *(f"leads='{link}'" for link in sorted(links))])


def _is_annotation(kid: Any) -> bool:  # noqa: ANN401 (pikepdf has no types)
    return isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"


def faults_in(data: bytes) -> list[str]:
    """Return where content, structure and the way back from one to the other do not agree."""
    with pikepdf.open(BytesIO(data)) as pdf:
        root = pdf.Root.StructTreeRoot
        numbers = list(root.ParentTree.Nums)
        parents = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
        found = [*_faults_below(root, root.K[0], parents, None)]
        files = [file.objgen for file in pdf.Root.get("/AF", [])]
        found += ["a file is listed twice"] if len(files) != len(set(files)) else []
        for page in pdf.pages:
            known = parents[int(page.obj.StructParents)]
            marked = [number for number in _marked(page) if number is not None]
            if sorted(marked) != list(range(len(known))):
                found.append(f"page {page.index}: content {sorted(marked)} and {len(known)} parents")
            found += [f"page {page.index}: {text}" for text in _loose(page)]
        return found


def _faults_below(parent: Any, element: Any, parents: Any, page: Any) -> Iterator[str]:  # noqa: ANN401 (pikepdf has no types)
    if element.P.objgen != parent.objgen:
        yield f"{element.S} does not know its parent"
    page = element.get("/Pg", page)
    for kid in as_list(element.get("/K", [])):
        if not isinstance(kid, pikepdf.Dictionary):
            back = parents[int(page.StructParents)][int(kid)]
        elif kid.get("/Type") == "/MCR":
            back = parents[int(kid.Pg.StructParents)][int(kid.MCID)]
        elif kid.get("/Type") == "/OBJR":
            back = parents[int(kid.Obj.StructParent)]
            if not any(kid.Obj.objgen == each.objgen for each in kid.Pg.Annots):
                yield f"{element.S}: an annotation is not on its page"
        else:
            yield from _faults_below(element, kid, parents, page)
            continue
        if back.objgen != element.objgen:
            yield f"{element.S}: its content belongs to {back.S}"


def _operations(page: Any) -> Any:  # noqa: ANN401 (pikepdf has no types)
    return pikepdf.parse_content_stream(page)


def _marked(page: Any) -> Iterator[int | None]:  # noqa: ANN401 (pikepdf has no types)
    """Return the numbers of the marked content of a page, None for an artifact."""
    for operands, operator in _operations(page):
        if str(operator) == "BMC":
            yield None
        elif str(operator) == "BDC":
            yield int(operands[1].MCID) if "/MCID" in operands[1] else None


_PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "Do", "sh"}


def _loose(page: Any) -> Iterator[str]:  # noqa: ANN401 (pikepdf has no types)
    """Return what is painted on a page outside marked content and artifacts."""
    depth = 0
    for _, operator in _operations(page):
        depth += {"BMC": 1, "BDC": 1, "EMC": -1}.get(str(operator), 0)
        if not depth and str(operator) in _PAINTING:
            yield f"{operator} is neither content nor artifact"
