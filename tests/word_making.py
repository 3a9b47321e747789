"""Makes Word files part by part, so that tests say exactly what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Firm Section"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="Levelled"><w:name w:val="Chapter"/>
  <w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="French"><w:name w:val="Titre 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Circle"><w:name w:val="Circle"/><w:basedOn w:val="Circle"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Pre"><w:name w:val="Source Code"/></w:style>
<w:style w:type="paragraph" w:styleId="Said"><w:name w:val="Intense Quote"/></w:style>
<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/>
  <w:pPr><w:ind w:left="720"/></w:pPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Mono"><w:name w:val="HTML Code"/></w:style>
"""
NUMBERING = """
<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="8">
  <w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="9">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=" "/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="9"/></w:num>
"""


def relations(*rows: tuple[str, str, str]) -> str:
    """Return a part of relationships: of each its id, the last word of its type, and its target."""
    inner = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}" TargetMode="{_mode(target)}"/>'
        for key, kind, target in rows
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'


def _mode(target: str) -> str:
    return "External" if "://" in target else "Internal"


def part(name: str, inner: str) -> str:
    """Return a part of XML with one root of Word's own."""
    return f"<w:{name} {_NAMES}>{inner}</w:{name}>"


def word(
    body: str, parts: Mapping[str, str | bytes] | None = None, rows: tuple[tuple[str, str, str], ...] = ()
) -> bytes:
    """Return a Word file with a body, and with further parts and the relationships that lead to them."""
    named = (("rIdS", "styles", "styles.xml"), ("rIdN", "numbering", "numbering.xml"), *rows)
    return archive(
        {
            "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/_rels/document.xml.rels": relations(*named),
            "word/styles.xml": part("styles", STYLES),
            "word/numbering.xml": part("numbering", NUMBERING),
            **(parts or {}),
        }
    )


def archive(parts: Mapping[str, str | bytes]) -> bytes:
    """Return an archive of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def p(text: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of one run."""
    return paragraph(r(text), style, properties)


def paragraph(inner: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of some markup."""
    worn = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{worn}{properties}</w:pPr>{inner}</w:p>"


def r(text: str, look: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, number: int = 1, level: int = 0) -> str:
    """Return an item of a list: 1 has bullets, 2 numbers, 3 nothing before its items."""
    return p(text, "", f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: str, head: bool = False) -> str:
    """Return a table of rows."""
    first = rows[0].replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>", 1) if head else rows[0]
    return f"<w:tbl>{first}{''.join(rows[1:])}</w:tbl>"


def row(*cells: str) -> str:
    """Return a row of cells, each a text or the markup of a cell."""
    return f"<w:tr>{''.join(each if each.startswith('<w:tc') else cell(p(each)) for each in cells)}</w:tr>"


def cell(inner: str, properties: str = "") -> str:
    """Return a cell."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"
