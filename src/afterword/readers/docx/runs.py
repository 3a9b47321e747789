"""What stands inside a paragraph: runs, links, fields, notes, pictures, and what reviewers did to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal

from afterword.readers.docx.names import VML, W14, A, R, W, attribute, is_on, local, under
from afterword.readers.docx.package import Node
from afterword.readers.docx.story import CLOSES, OPENED, OPENS, Story
from afterword.readers.docx.styles import look_of
from afterword.readers.rich.inlines import BREAK, PLAIN, Look, Piece
from afterword.report.separators import held

_THROUGH = frozenset(
    {"ins", "moveTo", "smartTag", "sdtContent", "customXml", "dir", "bdo", "rubyBase", "Choice", "oMathPara", "oMath"}
)
"""Elements that only hold others together."""

_REPLACED = str.maketrans({"\u00a0": " ", "\u202f": " ", OPENS: "", OPENED: "", CLOSES: ""})
_SIGNS = {"tab": "\t", "br": BREAK, "cr": BREAK, "noBreakHyphen": "-", "softHyphen": "", "ptab": " "}
_ADDRESS = re.compile(
    r'\s*HYPERLINK\s+(?:\\[a-z]\s+)*(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s\\]\S*))(?P<rest>.*)', re.DOTALL
)
_ANCHOR = re.compile(r'\\l\s+"?([^"\s]+)"?')
_WEB = re.compile(r"(?:https?|mailto|ftp|tel):", re.IGNORECASE)


@dataclass(slots=True)
class Field:
    """A field that has begun, perhaps in another paragraph."""

    instruction: str = ""
    is_shown: bool = False
    """Whether its result has begun."""

    @property
    def address(self) -> str:
        """Return where a link leads, empty for one inside the document and for other fields."""
        match = _ADDRESS.match(self.instruction)
        address = (match["quoted"] or match["bare"] or "") if match else ""
        return address if _WEB.match(address) else ""

    @property
    def is_contents(self) -> bool:
        """Return whether it is a table of contents, of figures or of the index."""
        return self.instruction.split()[:1] in (["TOC"], ["INDEX"], ["TOA"])


@dataclass(slots=True)
class Inside:
    """What a paragraph holds."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Node] = field(default_factory=list)
    """Contents of text boxes that are fixed to the paragraph."""

    notes: list[str] = field(default_factory=list)
    """Marks of footnotes in it."""

    removed: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """Text that a reviewer took out, by what was done and by whom."""

    comments: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    unshown: list[str] = field(default_factory=list)
    """Pictures that a report cannot show, in words."""

    is_contents: bool = False

    def add(self, text: str, look: Look = PLAIN, address: str = "", *, is_ready: bool = False) -> None:
        """Add some text."""
        if text:
            self.pieces.append(Piece(text, look, address, is_ready))

    def follow(self, before: Inside) -> None:
        """Put what stood in a paragraph before this one in front of it."""
        self.pieces[:0] = before.pieces
        self.boxes[:0] = before.boxes
        self.notes[:0] = before.notes
        self.comments[:0] = before.comments
        self.hidden[:0] = before.hidden
        self.unshown[:0] = before.unshown
        for key, texts in before.removed.items():
            self.removed[key] = [*texts, *self.removed.get(key, [])]


class Runs:
    """Reads paragraphs of a part, one after the other; fields may reach over several."""

    def __init__(self, story: Story, part: str) -> None:
        """Read from a part of the story's file."""
        self.story = story
        self.relations = story.package.relations(part)
        self.fields: list[Field] = []
        self.inside = Inside()

    def read(self, paragraph: Node) -> Inside:
        """Return what a paragraph holds."""
        self.fields = [each for each in self.fields if each.is_shown]
        self.inside = Inside(is_contents=any(each.is_contents for each in self.fields))
        self._walk(paragraph, "")
        self.inside.is_contents |= any(each.is_contents for each in self.fields)
        return self.inside

    def _walk(self, node: Node, address: str) -> None:
        for child in node:
            self._one(child, address)

    def _one(self, child: Node, address: str) -> None:  # noqa: C901 (one case for each element)
        name = local(child)
        if name == "r":
            self._run(child, address)
        elif name in {"del", "moveFrom"}:
            self._removed(child, "deleted" if name == "del" else "moved away")
        elif name in _THROUGH:
            self._walk(child, address)
        elif name == "hyperlink":
            self._walk(child, self._target(child) or address)
        elif name == "sdt":
            self._control(child, address)
        elif name == "fldSimple":
            self._walk(child, Field(attribute(child, "instr")).address or address)
        elif name == "AlternateContent":
            self._alternative(child, address)
        elif name in {"commentRangeStart", "commentReference"}:
            self._comment(attribute(child, "id"))
        elif name == "ruby":
            self._ruby(child, address)
        elif local(child) and child.tag.startswith("{http://schemas.openxmlformats.org/officeDocument/2006/math}"):
            self.inside.add(
                "".join(str(each.text or "") for each in child.iter() if local(each) == "t"), PLAIN, address
            )

    def _target(self, node: Node) -> str:
        found = self.relations.get(str(node.get(f"{R}id", "")))
        anchor = attribute(node, "anchor")
        if found is None or not found.is_outside:
            return ""
        return f"{found.target}#{anchor}" if anchor and "#" not in found.target else found.target

    def _alternative(self, node: Node, address: str) -> None:
        """Read the first alternative that there is: all of them say the same."""
        for child in node:
            if len(child):
                self._run_content(child, PLAIN, address) if local(node.getparent()) == "r" else self._walk(
                    child, address
                )
                return

    def _control(self, node: Node, address: str) -> None:
        """Read a content control: a box to tick, a prompt that nobody has replaced, or text."""
        properties, content = under(node, "sdtPr"), under(node, "sdtContent")
        if content is None:
            return
        box = properties.find(f"{W14}checkbox") if properties is not None else None
        if box is not None:
            checked = box.find(f"{W14}checked")
            on = checked is not None and str(checked.get(f"{W14}val")) in {"1", "true", "on"}
            self.inside.add("☑ " if on else "☐ ")
        elif is_on(properties, "showingPlcHdr"):
            self.inside.add(f"[{text_of(content).strip(' []')}]", PLAIN, address)
        else:
            mark = self.story.opens(node)
            self.inside.add(mark, is_ready=True)
            start = len(self.inside.pieces)
            self._walk(content, address)
            if self.story.is_ours and not mark and attribute(under(properties, "tag"), "val").endswith(".name"):
                self.inside.pieces[start:] = [
                    replace(each, text=held(each.text)) for each in self.inside.pieces[start:]
                ]
            self.inside.add(CLOSES if mark else "", is_ready=True)

    def _ruby(self, node: Node, address: str) -> None:
        """Read a text with its reading above it, which comes after it in brackets."""
        base, reading = under(node, "rubyBase"), under(node, "rt")
        if base is not None:
            self._walk(base, address)
        if reading is not None and text_of(reading):
            self.inside.add(f"({text_of(reading)})")

    def _run(self, run: Node, address: str) -> None:
        properties = under(run, "rPr")
        style = attribute(under(properties, "rStyle"), "val")
        look = look_of(properties)
        look = look.over(self.story.styles.look(style)) if style else look
        if is_on(properties, "del"):
            self._removed(run, "deleted")
        else:
            self._run_content(run, look, address)

    def _run_content(self, run: Node, look: Look, address: str) -> None:
        for child in run:
            self._part(child, look, address)

    def _part(self, child: Node, look: Look, address: str) -> None:  # noqa: C901 (one case for each element)
        name = local(child)
        if name == "t":
            self._text(str(child.text or ""), look, address)
        elif name in _SIGNS:
            if attribute(child, "type") not in {"page", "column"}:
                self._text(_SIGNS[name], look, address)
        elif name == "fldChar":
            self._field(attribute(child, "fldCharType"))
        elif name == "instrText":
            if self.fields:
                self.fields[-1].instruction += str(child.text or "")
        elif name in {"footnoteReference", "endnoteReference"}:
            self._note(name.removesuffix("Reference"), attribute(child, "id"))
        elif name in {"drawing", "pict", "object"}:
            self._picture(child)
        elif name == "AlternateContent":
            self._alternative(child, address)
        elif name == "commentReference":
            self._comment(attribute(child, "id"))
        elif name == "sym":
            self._text(_symbol(attribute(child, "char")), look, address)
        elif name == "ruby":
            self._ruby(child, address)

    def _text(self, text: str, look: Look, address: str) -> None:
        text = text.translate(_REPLACED)
        if any(not each.is_shown for each in self.fields):
            return
        if look.hidden:
            self.inside.hidden.append(text)
            return
        linked = next((each.address for each in reversed(self.fields) if each.address), "")
        self.inside.add(text, look, address or linked)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].is_shown = True
            self.inside.is_contents |= self.fields[-1].is_contents
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note(self, kind: str, key: str) -> None:
        mark = self.story.note_mark(kind, key)
        if mark:
            self.inside.notes.append(mark)
            self.inside.add(f"[^{mark}]", is_ready=True)

    def _comment(self, key: str) -> None:
        if key not in self.inside.comments:
            self.inside.comments.append(key)

    def _removed(self, node: Node, what: Literal["deleted", "moved away"]) -> None:
        text = text_of(node)
        if text:
            said = ", ".join(filter(None, (attribute(node, "author"), attribute(node, "date")[:10])))
            self.inside.removed.setdefault((what, said), []).append(text)

    def _picture(self, node: Node) -> None:
        self.inside.boxes += [each for each in node.iter(f"{W}txbxContent") if not _in_fallback(each, node)]
        alt = next(
            (str(each.get("descr") or each.get("title") or "") for each in node.iter() if local(each) == "docPr"), ""
        )
        ways = [str(each.get(f"{R}embed") or "") for each in node.iter(f"{A}blip")]
        ways += [str(each.get(f"{R}id") or "") for each in node.iter(f"{VML}imagedata")]
        wanted = next((str(each.get("name") or "") for each in node.iter() if local(each) == "cNvPr"), "")
        for way in dict.fromkeys(ways):
            self._image(way, alt, wanted)

    def _image(self, way: str, alt: str, wanted: str) -> None:
        found = self.relations.get(way)
        if found is None:
            return
        name = "" if found.is_outside else self.story.pictures.take(found.target, wanted, is_ours=self.story.is_ours)
        if name:
            label = re.sub(r"([\[\]\\])", r"\\\1", " ".join(alt.split()))
            path = name if re.fullmatch(r"[^\s()]+", name) else f"<{name}>"
            self.inside.add(f"![{label}]({path})", is_ready=True)
        else:
            self.inside.unshown.append(f"picture that cannot be shown: {found.target} {alt}".strip())


def _in_fallback(node: Node, top: Node) -> bool:
    """Return whether an element stands in the second of two forms of the same thing."""
    parent = node.getparent()
    while parent is not None and parent is not top:
        if local(parent) in {"Fallback", "txbxContent"}:
            return True
        parent = parent.getparent()
    return False


def text_of(node: Node) -> str:
    """Return all text inside an element, deleted text too."""
    found = (
        " " if local(each) in {"br", "tab", "p"} else str(each.text or "")
        for each in node.iter(f"{W}t", f"{W}delText", f"{W}br", f"{W}tab", f"{W}p")
    )
    return " ".join("".join(found).split())


def _symbol(code: str) -> str:
    """Return the character of a symbol font as its number in the private area says, a bullet where it is no letter."""
    value = int(code, 16) if re.fullmatch(r"[0-9A-Fa-f]{1,6}", code) else 0
    value = value - 0xF000 if 0xF000 <= value <= 0xF0FF else value  # noqa: PLR2004 (the private area of symbol fonts)
    boxes = {0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xFC: "✓", 0xFB: "✗", 0xE0: "→"}
    return boxes.get(value) or (chr(value) if 0x20 < value < 0x7F else "•")  # noqa: PLR2004 (letters of ASCII)
