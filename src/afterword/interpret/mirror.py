"""Sections of a document that we wrote: the mirror of `compose`, which knows only its own titles in their places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from afterword.interpret.cells import bare
from afterword.interpret.impact import without_impact
from afterword.interpret.lists import put_titled
from afterword.interpret.sections import PLACES, PROSE, Walker, whole
from afterword.prose import plain_line
from afterword.readers.document import Block, Section, Span
from afterword.readers.notes import NoteKind
from afterword.vocabulary.titles import section_of_ours

_INSIDE = {
    "root_cause": frozenset({"trigger", "factors", "whys", "gap"}),
    "impact": frozenset({"customers", "data_loss"}),
}
"""Parts of a section that have a heading inside it."""

_TOP = frozenset(
    {"summary", "timeline", "root_cause", "impact", "resolution", "lessons", "actions", "conclusion"}
    | {"references", "attachments"}
)
_PICTURE = re.compile(r"!\[(?P<alt>(?:\\.|[^\]\\])*)\]\((?:<[^<>]*>|[^)]*)\)", re.DOTALL)


class Mirror(Walker):
    """Puts sections into the record as `compose` took them out of it."""

    seen: frozenset[str] = frozenset()

    def one(self, section: Section) -> None:
        """Put one section into the record."""
        name = section_of_ours(section.title)
        if name not in _TOP or name in self.seen:
            self.own(section)
            return
        self.seen |= {name}
        self.draft.after = f"after {PLACES[name]}"
        match name:
            case "timeline":
                self.timeline(section, name)
            case "lessons":
                self.lessons(section, "")
            case "actions":
                self.actions(section)
            case "references":
                self.references(section)
            case "attachments":
                self.attachments(section)
            case _:
                self.parts(section, name)

    def own(self, section: Section) -> None:
        """Add a section of the author's own."""
        self.draft.section(section.heading.but(plain_line(section.title)), section.body)

    def parts(self, section: Section, name: str) -> None:
        """Put a section of prose into its field, and the parts inside it into theirs."""
        names = [section_of_ours(each.title) for each in section.sections]
        first = next((at for at, each in enumerate(names) if each in _INSIDE.get(name, ())), len(names))
        blocks: Sequence[Block] = section.blocks
        if name == "impact":
            blocks = without_impact(self.draft, blocks, self.order)
        elif name == "resolution":
            blocks = self.without_steps(blocks)
        text = whole(blocks, section.sections[:first], section.body)
        self.draft.note(NoteKind.FOUND, PROSE[name], section.heading)
        if text.text.strip():
            self.draft.put(PROSE[name], text)
        for inner, part in zip(section.sections[first:], names[first:], strict=True):
            self.prose(inner, part)

    def without_steps(self, blocks: Sequence[Block]) -> Sequence[Block]:
        """Put the list that ends a resolution into its steps; return what stands before it."""
        if not blocks or blocks[-1].kind != "numbers":
            return blocks
        for index, item in enumerate(blocks[-1].items):
            put_titled(self.draft, ("resolution", "steps", index), item)
        return blocks[:-1]

    def attachments(self, section: Section) -> None:
        """Put the files of a table into the attachments, and what pictures show beside those that are one."""
        self.mark("attachments", section)
        alts = [match for block in section.blocks if block.kind == "text" and (match := _alt(block)) is not None]
        for block in section.blocks:
            if block.kind != "table":
                self.draft.leave(block.source)
                continue
            for row in block.rows[1:]:
                self.attachment([bare(cell) for cell in row.cells], alts)
                self.draft.note(NoteKind.FOUND, ("attachments",), row.source)
            self.draft.note(NoteKind.FOUND, ("attachments",), block.rows[0].source)

    def attachment(self, cells: Sequence[Span], alts: list[str]) -> None:
        """Put one file into the record, with the next text alternative if it is a picture."""
        path = ("attachments", self.draft.count("attachments"))
        title = cells[1].text if len(cells) > 1 else ""
        self.draft.put((*path, "path"), cells[0])
        if title:
            self.draft.put((*path, "title"), cells[1])
        if is_picture(cells[0].text) and alts:
            alt = alts.pop(0)
            if alt not in {title, cells[0].text.rpartition("/")[2]}:
                self.draft.put((*path, "alt"), cells[0].but(alt))


def _alt(block: Block) -> str | None:
    match = _PICTURE.fullmatch(block.source.text.strip())
    return plain_line(match["alt"]) if match else None


def is_picture(path: str) -> bool:
    """Return whether a file is shown as a picture, by its name."""
    return path.lower().endswith((".png", ".jpg", ".jpeg"))
