"""Paragraphs, lists and tables of a document, written down as Markdown in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from afterword.readers.docx.forms import in_pairs, is_form, is_full, is_heading_of_form
from afterword.readers.docx.names import R, W, attribute, is_on, local, number, under
from afterword.readers.docx.package import Node
from afterword.readers.docx.runs import Inside, Runs, text_of
from afterword.readers.docx.sheet import AsideKind, Sheet
from afterword.readers.docx.story import CLOSES, Story
from afterword.readers.docx.styles import Numbered, ParagraphStyle, indent_of, merged, numbering_in
from afterword.readers.docx.tables import LINE, PARAGRAPH, cells_of, grid, is_deleted, is_single, rows_of, table_lines
from afterword.readers.rich.escapes import code_span, fenced, line_started
from afterword.readers.rich.inlines import BREAK, Piece, in_lines, line_of
from afterword.vocabulary.moments import find_dates
from afterword.vocabulary.titles import is_kind, section_of

_INDENTED = 300
"""Twips from which a paragraph after an item of a list belongs to it, if nothing speaks against it."""

_DEEPEST = 9
_LONGEST_KEYED = 160
_KEYED = re.compile(
    r"(?:\*\*)?[^\s:：*|`][^:：*|\n`]{0,38}(?:\*\*)?[:：](?:\*\*)?\s+\S|(?:\*\*)[^:：*\n]{1,40}[:：]\*\*\s*\S"
)
_BOXES = {"☐": "[ ]", "☑": "[x]", "☒": "[x]"}
_NUMBER = re.compile(r"\d+(?:\.\d+)* (?=\S)")
"""Of a section, where a theme numbers them."""

_WRAPPERS = frozenset({"sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_LONGEST_BOLD = 80
_LARGE = 32
"""Half-points from which a line is so large that it is a title."""

_TABBED = re.compile(r"[^\t:：]{1,40}[:：]?(?:\*\*)?\t+[^\t]+")
"""A key and its value, apart by tabs."""

_TITLE, _SECTION = ParagraphStyle("title"), ParagraphStyle("heading", 1)


class Blocks:
    """Writes the blocks of a part on a sheet."""

    def __init__(
        self, story: Story, part: str, sheet: Sheet, *, bold_heads: bool = False, has_subtitle: bool = False
    ) -> None:
        """Write on a sheet; with `bold_heads`, short paragraphs that are bold as a whole are headings.

        With `has_subtitle`, the one heading of the first level is no section around all others.
        """
        self.story = story
        self.runs = Runs(story, part)
        self.sheet = sheet
        self.bold_heads = bold_heads
        self.has_subtitle = has_subtitle
        self.count = 0
        """Paragraphs with text so far."""

        self.headings = 0
        self.has_title = False
        self.code: list[tuple[str, int]] = []
        """Lines of code that are held back, each with its paragraph."""

        self.held: Inside | None = None
        """A paragraph that the next one goes on with."""

        self.notes: list[str] = []
        self.contents: list[str] = []

    def all(self, nodes: Iterable[Node]) -> None:
        """Write blocks down, one after the other."""
        for node in nodes:
            self.one(node)

    def finish(self) -> None:
        """Write what is still held back."""
        self._end_code()
        if self.contents:
            words = f"table of contents, which documents get anew: {' / '.join(self.contents)}"
            self.sheet.aside("contents", words, 1)

    def one(self, node: Node) -> None:
        """Write one block down."""
        name = local(node)
        if name == "p":
            self.paragraph(node)
        elif name == "tbl":
            self._end_code()
            self.table(node)
        elif name == "sdt":
            self.control(node)
        elif name in _WRAPPERS:
            self.all(node)
        elif name == "AlternateContent" and len(node):
            self.all(node[0])
        elif name == "altChunk":
            target = self.runs.relations.get(str(node.get(f"{R}id", "")))
            name = target.target if target else "that is missing"
            words = f"embedded file {name}, which is not read; Word takes its text in when it saves the document"
            self.sheet.aside("foreign", words, max(self.count, 1))
        else:
            words = " ".join(" ".join(map(str, node.itertext())).split())
            self.sheet.aside("foreign", f"of another program: {words}" if words else "", max(self.count, 1))

    def control(self, node: Node) -> None:
        """Write what a content control around blocks holds; a prompt that nobody replaced is a placeholder."""
        content = under(node, "sdtContent")
        if content is None:
            return
        if is_on(under(node, "sdtPr"), "showingPlcHdr"):
            text = " ".join("".join(str(each.text or "") for each in content.iter(f"{W}t")).split())
            self.count += 1
            self.sheet.block("text", [f"[{text.strip('[]')}]"], self.count)
        else:
            self._controlled(self.story.opens(node), content)

    def _controlled(self, mark: str, content: Node) -> None:
        """Write the blocks of a content control, its marks around them if it has any."""
        if mark:
            self._end_code()
        start = len(self.sheet.lines)
        self.all(content)
        if mark:
            self._end_code()
            self.sheet.enclose(start, mark, CLOSES)

    def paragraph(self, node: Node) -> None:
        """Write a paragraph down."""
        style = self._style(node)
        inside = self.runs.read(node)
        if inside.is_contents and style.role == "heading":
            self.runs.fields.clear()
            inside = self.runs.read(node)
        if self._flows_on(node, inside):
            return
        text = line_of(inside.pieces, plain=style.role in {"heading", "title"})
        if text.strip():
            self.count += 1
        self._aside(inside)
        if style.role == "logo" and self.story.is_ours:
            self.sheet.aside("picture", "logo, which documents get anew", max(self.count, 1))
        elif style.role == "contents" or inside.is_contents:
            self.contents += [" ".join(text.split())] if text.strip() else []
        elif not text.strip():
            self._empty(style)
        else:
            self._written(style, inside, text, node)
        for box in inside.boxes:
            self.all(box)

    def _flows_on(self, node: Node, inside: Inside) -> bool:
        """Hold a paragraph back whose end a reviewer took out: it goes on in the next one (17.13.5.15)."""
        if self.held is not None:
            inside.follow(self.held)
            self.held = None
        mark = under(under(node, "pPr"), "rPr")
        following = node.getnext()
        if is_on(mark, "del") is None or following is None or local(following) != "p":
            return False
        self.held = inside
        return True

    def _style(self, node: Node) -> ParagraphStyle:
        """Return what a paragraph is: as its style says, and as it says itself."""
        properties = under(node, "pPr")
        style = self.story.styles.paragraph(attribute(under(properties, "pStyle"), "val"))
        if properties is None:
            return style
        above = (style.numbered.list_id, style.numbered.level) if style.numbered else (None, None)
        list_id, level = merged(numbering_in(properties), above)
        indent = indent_of(properties)
        outline = attribute(under(properties, "outlineLvl"), "val")
        role, depth = style.role, style.level
        if not role and outline.isdigit() and int(outline) < _DEEPEST:
            role, depth = "heading", int(outline) + 1
        numbered = Numbered(list_id, level or 0) if list_id else None
        return ParagraphStyle(role, depth, numbered, style.indent if indent is None else indent)

    def _empty(self, style: ParagraphStyle) -> None:
        if style.role == "code" and self.code:
            self.code.append(("", self.count))

    def _written(self, style: ParagraphStyle, inside: Inside, text: str, node: Node) -> None:
        if style.role == "code" or (not style.numbered and not self.story.is_ours and _is_code(inside)):
            self._code(inside, style)
            return
        self._end_code()
        if self._names_incident(style, text):
            self.sheet.lines[-1] += f": {' '.join(in_lines(text)).replace('**', '')}"
        elif self._is_cover_title(style, text, node):
            self._heading(_TITLE, text.replace("**", ""))
        elif style.role in {"heading", "title"} or self._is_bold_head(inside, style, text):
            self._heading(style, text.replace("**", "") if not style.role else text)
        elif style.role in {"author", "date"}:
            self._keyed(f"{style.role.title()}: {' '.join(in_lines(text))}")
        elif style.role == "quote":
            self._quote(text)
        else:
            self._plain(style, text)
        self._notes_below(inside)

    def _is_bold_head(self, inside: Inside, style: ParagraphStyle, text: str) -> bool:
        if not self.bold_heads or style.role or style.numbered or len(text) > _LONGEST_BOLD or BREAK in text:
            return False
        pieces = [each for each in inside.pieces if each.text.strip()]
        return all(each.look.strong and not each.is_ready for each in pieces) and not text.rstrip("* ").endswith(
            (".", ",")
        )

    def _is_cover_title(self, style: ParagraphStyle, text: str, node: Node) -> bool:
        """Return whether a paragraph without a style is the title: the first one that is so large."""
        if self.headings or style.role or style.numbered or len(text) > _LONGEST_BOLD or BREAK in text:
            return False
        if section_of(text) or self.story.is_ours:
            return False
        sizes = [number(attribute(under(run, "rPr", "sz"), "val")) for run in node.iter(f"{W}r") if text_of(run)]
        return bool(sizes) and min(sizes) >= _LARGE

    def _names_incident(self, style: ParagraphStyle, text: str) -> bool:
        """Return whether a paragraph right after a title that only says `Incident report` says of what."""
        if self.headings != 1 or self.sheet.last != "heading" or self.story.is_ours or style.numbered:
            return False
        title = self.sheet.lines[-1]
        if not title.startswith("# ") or not is_kind(title[2:]) or style.role not in {"", "title", "subtitle"}:
            return False
        line = " ".join(in_lines(text))
        is_other = bool(section_of(line)) or _KEYED.match(line) is not None or bool([*find_dates(line, "")])
        return (
            len(line) <= _LONGEST_BOLD
            and BREAK not in text
            and "\t" not in text
            and not is_other
            and line[-1] not in ".|"
        )

    def _heading(self, style: ParagraphStyle, text: str) -> None:
        """Write a heading; below a title, which is one itself, all others are a level deeper."""
        line = re.sub(r"(?<!\\)(#+)$", r"\\\1", " ".join(in_lines(text)).replace("  ", " ").strip())
        if style.role == "title" and not self.headings and not self.has_title:
            self.has_title, level = True, 1
        elif style.role == "heading":
            line = _NUMBER.sub("", line) if self.story.is_numbered else line
            level = style.level + (self.has_title and not (self.has_subtitle and style.level > 1))
        else:
            level = 2
        self.headings += 1
        self.sheet.block("heading", [f"{'#' * min(level, 6)} {line}"], self.count)

    def _keyed(self, line: str) -> None:
        """Write a line of the form `Key: value`; those that follow each other belong together."""
        if self.sheet.last == "keyed":
            self.sheet.line_on(line, self.count)
        else:
            self.sheet.block("keyed", [line], self.count)

    def _quote(self, text: str) -> None:
        lines = [f"> {line_started(line)}" for line in in_lines(text)]
        if self.sheet.last == "quote":
            self.sheet.lines.append(">")
            self.sheet.paragraphs.append(self.count)
            self.sheet.lines += lines
            self.sheet.paragraphs += [self.count] * len(lines)
        else:
            self.sheet.block("quote", lines, self.count)

    def _plain(self, style: ParagraphStyle, text: str) -> None:
        lines = [line_started(line) for line in in_lines(text)]
        if self.headings <= 1 and not style.numbered and all(map(_TABBED.fullmatch, text.split(BREAK))):
            for line in text.split(BREAK):
                key, *value = (part.strip() for part in line.split("\t") if part.strip())
                self._keyed(": ".join([key.strip(":："), *value]))
            return
        mark = self.story.numbering.mark(style.numbered) if style.numbered else None
        boxed = lines[0][:1] in _BOXES
        if boxed:
            lines[0] = f"{_BOXES[lines[0][0]]} {lines[0][1:].lstrip()}"
        if mark or boxed:
            level = min(style.numbered.level, _DEEPEST) if style.numbered else 0
            self.sheet.item("1." if mark == "1" else "-", level, lines, self.count)
        elif self.sheet.open_items and self._goes_on(style, mark):
            depth = style.numbered.level + 1 if style.numbered else 0
            self.sheet.more(lines, self.count, depth)
        elif self.headings <= 1 and len(lines) == 1 and len(text) <= _LONGEST_KEYED and _KEYED.match(lines[0]):
            self._keyed(lines[0])
        else:
            self.sheet.block("text", lines, self.count)

    def _goes_on(self, style: ParagraphStyle, mark: str | None) -> bool:
        """Return whether a paragraph without a mark belongs to the item before it."""
        return mark == "" or (style.role == "continued" and style.indent >= _INDENTED)

    def _code(self, inside: Inside, style: ParagraphStyle) -> None:
        lines = "".join(piece.text for piece in inside.pieces).split(BREAK)
        if not self.code and self.sheet.open_items and style.indent >= 2 * _INDENTED:
            self.sheet.more(fenced("\n".join(lines)).split("\n"), self.count)
            return
        self.code += [(line, self.count) for line in lines]

    def _end_code(self) -> None:
        while self.code and not self.code[-1][0].strip():
            self.code.pop()
        if self.code:
            lines = fenced("\n".join(line for line, _ in self.code)).split("\n")
            numbers = [number for _, number in self.code]
            self.sheet.block("code", lines, numbers[0], numbers=[numbers[0], *numbers, numbers[-1]])
            self.code = []

    def _notes_below(self, inside: Inside) -> None:
        """Write the notes of a paragraph below it, so that they are in the same part of the record."""
        for mark in inside.notes:
            if mark in self.notes:
                continue
            self.notes.append(mark)
            first, *others = [line for each in self._note(mark) for line in ("", *in_lines(each))][1:] or [""]
            lines = [f"[^{mark}]: {first}", *(f"    {line}" if line else "" for line in others)]
            if self.sheet.open_items:
                self.sheet.more(lines, self.count)
            else:
                self.sheet.block("note", lines, self.count)

    def _note(self, mark: str) -> list[str]:
        """Return the paragraphs of a note."""
        part, node = self.story.notes[mark]
        runs = Runs(self.story, part)
        texts = (line_of(runs.read(each).pieces).strip() for each in node.iter(f"{W}p"))
        return [text for text in texts if text]

    def _aside(self, inside: Inside) -> None:
        at = max(self.count, 1)
        for (what, said), texts in inside.removed.items():
            words = f"{what} by {said}" if said else what
            self.sheet.aside("removed", f"{words}: {''.join(texts)}", at)
        for key in inside.comments:
            kind: AsideKind = "own comment" if self.story.is_own_comment(key) else "comment"
            self.sheet.aside(kind, self.story.comment(key), at)
        if inside.hidden:
            self.sheet.aside("hidden", f"hidden: {''.join(inside.hidden)}", at)
        for text in inside.unshown:
            self.sheet.aside("picture", f"hidden: {text}", at)

    def table(self, node: Node) -> None:
        """Write a table down; one of a single column is a frame around blocks."""
        rows = [row for row in rows_of(node) if not is_deleted(row)]
        for row in filter(is_deleted, rows_of(node)):
            words = " | ".join(filter(None, map(text_of, cells_of(row))))
            self.sheet.aside("removed", f"deleted row: {words}", max(self.count, 1))
        if is_single(node):
            for row in rows:
                for cell in cells_of(row):
                    self.all(cell)
            self._end_code()
            return
        if not self.story.is_ours and is_form(rows):
            self._form(rows)
        else:
            self._grid(rows)

    def _grid(self, rows: Sequence[Node]) -> None:
        found = [row for row in grid(rows, self._cell) if any(row.texts)]
        if found:
            lines, numbers = table_lines(found if self.story.is_ours else in_pairs(found))
            self.sheet.block("table", lines, self.count, numbers=numbers)

    def _form(self, rows: Sequence[Node]) -> None:
        """Write a form down: rows over its whole width are headings and text, those between them tables."""
        for is_wide, group in groupby(rows, is_full):
            if not is_wide:
                self._grid([*group])
                continue
            for cell in (cell for row in group for cell in cells_of(row)):
                text = text_of(cell)
                if is_heading_of_form(cell):
                    self.count += 1
                    self._heading(_SECTION if section_of(text) else _TITLE, text)
                else:
                    self.all(cell)
                    self._end_code()

    def _cell(self, node: Node) -> tuple[str, int]:
        first = self.count + 1
        texts = list(self._cell_texts(node))
        text = PARAGRAPH.join(texts).replace("|", "\\|")
        return re.sub(r"\s+", " ", text).strip(), first

    def _cell_texts(self, node: Node) -> Iterator[str]:
        """Yield the paragraphs of a cell, those of tables in it too."""
        for child in node:
            name = local(child)
            if name == "p":
                text = self._cell_paragraph(child)
                if text:
                    yield text
            elif name == "tbl":
                for row in rows_of(child):
                    yield " · ".join(" ".join(self._cell_texts(cell)) for cell in cells_of(row))
            elif name == "sdt":
                mark = self.story.opens(child)
                texts = [text for inner in child for text in self._cell_texts(inner)]
                yield from [f"{mark}{PARAGRAPH.join(texts)}{CLOSES}"] if mark else texts
            elif name in _WRAPPERS:
                yield from self._cell_texts(child)

    def _cell_paragraph(self, node: Node) -> str:
        style = self._style(node)
        inside = self.runs.read(node)
        text = line_of(inside.pieces)
        if text.strip():
            self.count += 1
        self._aside(inside)
        if style.role == "code" and text.strip():
            text = BREAK.join(
                code_span(line) for line in "".join(each.text for each in inside.pieces).split(BREAK) if line
            )
        for mark in inside.notes:
            note = " ".join(in_lines(BREAK.join(self._note(mark))))
            text = text.replace(f"[^{mark}]", f" ({note})")
        for box in inside.boxes:
            text = BREAK.join([text, *self._cell_texts(box)])
        is_item = style.numbered and self.story.numbering.mark(style.numbered)
        text = LINE.join(line.rstrip() for line in in_lines(text))
        return f"- {text}" if is_item and text else text


def _is_code(inside: Inside) -> bool:
    """Return whether all of a paragraph is in a typeface for code."""
    pieces = [piece for piece in inside.pieces if piece.text.strip()]
    return all(_is_code_piece(piece) for piece in pieces)


def _is_code_piece(piece: Piece) -> bool:
    return bool(piece.look.code) and not piece.is_ready and not piece.address
