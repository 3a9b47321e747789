"""Conclusion, references, attachments, sections of the author's own, and the contact line."""

from __future__ import annotations

import hashlib
import mimetypes
from pathlib import PurePosixPath

from afterword.assets import AssetFault, is_picture
from afterword.compose.desk import Desk
from afterword.incident.parts import Attachment, Reference
from afterword.incident.sections import CustomSection
from afterword.report.builders import cell
from afterword.report.nodes import (
    Block,
    BulletList,
    Code,
    Column,
    EmbeddedFile,
    FieldText,
    Figure,
    Inline,
    Link,
    ListItem,
    Paragraph,
    Picture,
    Row,
    Section,
    Table,
    Text,
)

_TYPES = mimetypes.MimeTypes()
"""Types of files by their suffix, from Python's own table: a system's would make documents differ."""

_TYPES.add_type("text/plain", ".log")


def conclusion(desk: Desk) -> Section:
    """Return the closing section."""
    blocks, sections = desk.field("conclusion", desk.incident.conclusion)
    return Section(desk.say("Conclusion"), blocks, sections, "conclusion")


def references(desk: Desk) -> Section:
    """Return the section with what to read further."""
    items = tuple(
        ListItem((Paragraph(_reference(desk, f"references[{index}]", reference)),))
        for index, reference in enumerate(desk.incident.references)
    )
    return Section(desk.say("References"), (BulletList(items),) if items else (), name="references")


def _reference(desk: Desk, path: str, reference: Reference) -> tuple[Inline, ...]:
    title = desk.plain(f"{path}.title", reference.title)
    if not reference.url:
        return title
    address: tuple[Inline, ...] = (FieldText(f"{path}.url", (Text(reference.url),)),)
    link = Link(address, reference.url)
    return (*title, *desk.say(": "), link) if title else (link,)


def custom(desk: Desk, index: int, section: CustomSection) -> Section:
    """Return a section of the author's own."""
    path = f"sections[{index}]"
    blocks, sections = desk.field(f"{path}.body", section.body)
    return Section(desk.plain(f"{path}.heading", section.heading), blocks, sections)


def attachments(desk: Desk) -> tuple[Section, tuple[EmbeddedFile, ...]]:
    """Return the section that shows and lists the attachments, and the files that travel in the document."""
    figures: list[Block] = []
    rows: list[Row] = []
    files: dict[str, EmbeddedFile] = {}
    for index, attachment in enumerate(desk.incident.attachments):
        path = f"attachments[{index}]"
        file = _file(desk, path, attachment, frozenset(files))
        if file is None:
            continue
        files[file.name] = file
        rows.append(_row(desk, path, attachment, file))
        if is_picture(attachment.path):
            figures += _figure(desk, path, attachment)
    return Section(desk.say("Attachments"), (*figures, *_table(desk, rows)), name="attachments"), tuple(files.values())


def _file(desk: Desk, path: str, attachment: Attachment, taken: frozenset[str]) -> EmbeddedFile | None:
    try:
        data = desk.shelf.read(attachment.path)
    except AssetFault as fault:
        desk.tell(fault.code, f"{path}.path", fault.message, value=attachment.path, hint=fault.hint)
        return None
    name = PurePosixPath(attachment.path.replace("\\", "/")).name
    names = (name, *(f"{number}-{name}" for number in range(2, len(taken) + 4)))
    free = next(each for each in names if each not in taken and each != "incident.json")
    media_type = _TYPES.guess_type(name)[0] or "application/octet-stream"
    return EmbeddedFile(free, media_type, data, attachment.title or name)


def _figure(desk: Desk, path: str, attachment: Attachment) -> tuple[Block, ...]:
    key = desk.picture(f"{path}.path", attachment.path)
    if key is None:
        return ()
    alt = attachment.alt or attachment.title
    if not alt:
        alt = PurePosixPath(attachment.path).name
        desk.tell("AW415", path, f"the picture {attachment.path!r} has no text alternative")
    return (Figure(Picture(key), alt, desk.plain(f"{path}.title", attachment.title)),)


def _row(desk: Desk, path: str, attachment: Attachment, file: EmbeddedFile) -> Row:
    cells: tuple[tuple[Inline, ...], ...] = (
        (FieldText(f"{path}.path", (Text(attachment.path),)),),
        desk.bare(attachment.title),
        (Text(desk.words.size(len(file.data))),),
        (Code(hashlib.sha256(file.data).hexdigest()),),
    )
    return Row(tuple(map(cell, cells)))


def _table(desk: Desk, rows: list[Row]) -> tuple[Block, ...]:
    if not rows:
        return ()
    columns = (
        Column(desk.say("File"), 0.26),
        Column(desk.say("Title"), 0.26),
        Column(desk.say("Size"), 0.12, "end"),
        Column((Text("SHA-256"),), 0.36),
    )
    caption = desk.say("Files that belong to this report")
    description = desk.words.say("The attached files with their sizes and checksums")
    return (Table(columns, tuple(rows), caption, description, "attachments", row_headers=True),)


def contact(desk: Desk) -> tuple[Block, ...]:
    """Return the line that says whom to ask, or nothing where nobody is named."""
    someone = desk.incident.contact
    if someone is None:
        return ()
    say = desk.words.say
    sentence = (
        say("For inquiries or additional information about this incident report, please contact {name} at {email}.")
        if someone.email
        else say("For inquiries or additional information about this incident report, please contact {name}.")
    )
    name = (*desk.plain("contact.name", someone.name), *_role(desk, someone.role))
    return (Paragraph(_filled(sentence, name, someone.email), "contact"),)


def _role(desk: Desk, role: str) -> tuple[Inline, ...]:
    return (Text(" ("), *desk.plain("contact.role", role), Text(")")) if role else ()


def _filled(sentence: str, name: tuple[Inline, ...], address: str) -> tuple[Inline, ...]:
    """Return a sentence with inlines in place of `{name}` and `{email}`, wherever a language puts them."""
    link = Link((FieldText("contact.email", (Text(address),)),), f"mailto:{address}")
    inlines: list[Inline] = []
    for index, piece in enumerate(sentence.split("{name}")):
        inlines += name if index else ()
        for place, rest in enumerate(piece.split("{email}")):
            inlines += [link] if place else []
            inlines += [Text(rest)] if rest else []
    return tuple(inlines)
