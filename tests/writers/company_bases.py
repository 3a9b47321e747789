"""Word documents as a company could give them as a base, made with python-docx and then changed inside."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.shared import Inches, RGBColor
from PIL import Image

OLD = "Text of the base that no report may show"
DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def picture() -> BytesIO:
    """Return a small picture."""
    held = BytesIO()
    Image.new("RGB", (80, 40), "red").save(held, "PNG")
    held.seek(0)
    return held


def company(change: Callable[[Document], None] = lambda _: None) -> bytes:
    """Return a document with a page, header, footer, Heading 1 and text of its own, changed by a function."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Inches(11), Inches(8.5)
    section.left_margin = section.right_margin = Inches(1.5)
    section.header.paragraphs[0].text = "ACME Corporation"
    section.header.paragraphs[0].add_run().add_picture(picture(), height=Inches(0.3))
    section.footer.paragraphs[0].text = "Property of ACME"
    document.styles["Heading 1"].font.color.rgb = RGBColor(0xAA, 0x00, 0xAA)
    document.styles.add_style("Inline Code", WD_STYLE_TYPE.PARAGRAPH)
    paragraph = document.add_paragraph(OLD, style="List Bullet")
    document.add_picture(picture())
    document.add_comment(paragraph.runs, OLD, author="Somebody")
    change(document)
    return saved(document)


def saved(document: Document) -> bytes:
    """Return the bytes of a document."""
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def repacked(data: bytes, *swaps: tuple[str, str, str], added: Mapping[str, bytes] | None = None) -> bytes:
    """Return the package with texts replaced in parts, each by (name, old, new), and with parts added."""
    held = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            for part, before, after in swaps:
                if part == name:
                    assert before.encode() in content, (part, before)
                    content = content.replace(before.encode(), after.encode(), 1)
            new.writestr(name, content)
        for name, content in (added or {}).items():
            new.writestr(name, content)
    return held.getvalue()


def with_relationship(data: bytes, source: str, kind: str, target: str, *, external: bool) -> bytes:
    """Return the package with one more relationship of a part, by the name of its `.rels`."""
    mode = ' TargetMode="External"' if external else ""
    made = f'<Relationship Id="rIdNew" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    with zipfile.ZipFile(BytesIO(data)) as package:
        has_one = source in package.namelist()
    if has_one:
        return repacked(data, (source, "</Relationships>", made))
    opening = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return repacked(data, added={source: (opening + made).encode()})


def write_base(folder: Path, data: bytes, name: str = "company.docx") -> str:
    """Write a base and return its path."""
    file = folder / name
    file.write_bytes(data)
    return str(file)
