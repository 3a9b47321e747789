"""A company's own document as the base of the draft: what is taken from it, what is added, and what is left out."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import company_bases as bases
import docx
import docx_reports as made
import pytest
from company_bases import OLD, company, repacked, with_relationship, write_base
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Twips
from docx_reading import Package, declared_styles, find, values, way_of, words
from npm_judges import open_xml_sdk

import afterword
from afterword.options import Pages
from afterword.report import walk
from afterword.report.nodes import BulletList, Code, Marking, NumberedList, Report, Section
from afterword.writers.base import DocxBase, WriterOptions, Written
from afterword.writers.docx import write
from afterword.writers.docx.company import load_base

REPORT = made.report(
    made.p("Text with ", Code("code")), BulletList((made.item("a"),)), NumberedList((made.item("b"),)), made.measures()
)


@pytest.fixture
def base(tmp_path: Path) -> DocxBase:
    """Return the base of the company that most tests use."""
    return load_base(write_base(tmp_path, company()))


def on(base: DocxBase, report: Report = REPORT, pages: Pages | None = None) -> Written:
    """Return the draft of a report on a base."""
    return write(report, WriterOptions(made.options().theme, "A4", pages, base))


def package(base: DocxBase, report: Report = REPORT) -> Package:
    """Return the parts of the draft of a report on a base."""
    return Package(on(base, report).data)


def text(part: Package, kind: str) -> str:
    """Return the words of all headers or footers."""
    return " ".join(" ".join(words(part.xml(name))) for name in sorted(part.parts) if f"word/{kind}" in name)


def test_page_header_and_footer_are_the_company_s(base: DocxBase) -> None:
    """Page size, direction and margins, and header and footer with their picture, are the base's."""
    drawn = package(base)
    assert values(drawn.body, "//w:pgSz/@w:w") == ["15840"]
    assert values(drawn.body, "//w:pgSz/@w:orient") == ["landscape"]
    assert values(drawn.body, "//w:pgMar/@w:left") == ["2160"]
    assert text(drawn, "header") == "ACME Corporation"
    assert text(drawn, "footer") == "Property of ACME"
    (target,) = [each.get("Target") for each in drawn.xml("word/_rels/header1.xml.rels")]
    assert drawn.parts[f"word/{target}"] == bases.picture().getvalue()


def test_content_fills_the_company_s_page(base: DocxBase) -> None:
    """Tables are as wide as the base's page is between its margins."""
    assert values(package(base).body, "//w:tblW/@w:w") == ["11520"]


def test_text_of_the_base_is_gone(base: DocxBase) -> None:
    """Nothing of the base's text, pictures and comments is left, and all words of the report are there."""
    drawn = package(base)
    assert words(drawn.body) == walk.words(REPORT)
    assert OLD.encode() not in b"".join(drawn.parts.values())
    assert "word/comments.xml" not in drawn.parts
    assert sorted(name for name in drawn.parts if "media" in name) == ["word/media/image1.png"]


def test_styles_of_the_base_are_worn(base: DocxBase) -> None:
    """A style that the base has is worn as it is there; one that it lacks is ours, and added only if it is worn."""
    styles = package(base).xml("word/styles.xml")
    assert values(styles, "w:style[@w:styleId='Heading1']/w:rPr/w:color/@w:val") == ["AA00AA"]
    assert values(styles, "w:style[@w:styleId='TableMeasures']/w:name/@w:val") == ["Table Measures"]
    assert not find(styles, "w:style[@w:styleId='CalloutNote']")
    assert not values(styles, "w:style[starts-with(@w:styleId, 'Table')]//@w:themeColor")


def test_style_of_another_type_is_named(base: DocxBase) -> None:
    """A paragraph style under the name of a character style is left alone, and ours stands beside it, with a notice."""
    written = on(base)
    styles = declared_styles(Package(written.data).parts["word/styles.xml"])
    assert (styles["InlineCode"], styles["InlineCodeAfterword"]) == ("paragraph", "character")
    assert values(Package(written.data).body, "//w:rStyle/@w:val").count("InlineCodeAfterword") == 1
    (finding,) = written.findings
    assert finding.code == "AW613"
    assert finding.place is not None
    assert finding.place.file == base.name
    assert '"Inline Code" of the base is a paragraph style where a character style is needed' in finding.message


def test_every_style_in_use_exists_on_a_base(base: DocxBase) -> None:
    """Every style that is worn in body, header and footer is in the draft, with every one that it builds on."""
    drawn = package(base, made.everything("en"))
    declared = declared_styles(drawn.parts["word/styles.xml"])
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml", "word/comments.xml"):
        assert {*values(drawn.xml(name), "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val")} <= set(
            declared
        )
    styles = drawn.xml("word/styles.xml")
    assert {*values(styles, "//w:basedOn/@w:val | //w:link/@w:val | //w:next/@w:val")} <= set(declared)


def test_styles_are_found_by_name_whatever_their_id(tmp_path: Path) -> None:
    """Word in German gives the style `heading 1` the id `berschrift1`; it is worn all the same."""
    swaps = [("word/styles.xml", 'w:styleId="Heading1"', 'w:styleId="berschrift1"')]
    drawn = package(load_base(write_base(tmp_path, repacked(company(), *swaps))))
    assert values(drawn.body, "//w:pStyle/@w:val").count("berschrift1") == 1
    assert not find(drawn.xml("word/styles.xml"), "w:style[@w:styleId='Heading1']")


def test_lists_of_the_base_stay_and_ours_restart(base: DocxBase) -> None:
    """Bullets are the base's; numbered lists count anew in the base's style, and no number is given out twice."""
    lists = (NumberedList((made.item("a"),)), BulletList((made.item("x"),)), NumberedList((made.item("b"),), start=4))
    drawn = package(base, made.report(*lists))
    numbering = drawn.xml("word/numbering.xml")
    for name in ("w:num/@w:numId", "w:abstractNum/@w:abstractNumId"):
        assert len(values(numbering, name)) == len(set(values(numbering, name)))
    used = values(drawn.body, "//w:numPr/w:numId/@w:val")
    starts = [values(numbering, f"w:num[@w:numId='{each}']//w:startOverride/@w:val") for each in used]
    assert starts == [["1"], ["4"]]
    levels = values(numbering, "//w:lvl/w:pStyle/@w:val")
    assert {*levels} <= set(declared_styles(drawn.parts["word/styles.xml"]))


def test_a_bullet_style_without_bullets_is_not_worn(tmp_path: Path) -> None:
    """A base whose List Bullet has no bullet gets our list style beside it, and a notice."""

    def change(document: docx.document.Document) -> None:
        style = document.styles["List Bullet"].element
        style.remove(style.pPr)

    written = on(load_base(write_base(tmp_path, company(change))), made.report(BulletList((made.item("a"),))))
    assert values(Package(written.data).body, "//w:pStyle/@w:val").count("ListBulletAfterword") == 1
    assert [finding.code for finding in written.findings] == ["AW613"]


def test_marks_are_added_to_header_and_footer(base: DocxBase) -> None:
    """A draft's mark and a TLP label stand in the company's header and footer, which otherwise stay as they are."""
    about = made.meta(stage="draft", marking=Marking("TLP:RED", "red"))
    drawn = package(base, made.report(made.p("x"), about=about))
    assert text(drawn, "header") == "ACME Corporation Draft TLP:RED"
    assert text(drawn, "footer") == "Property of ACME TLP:RED"


def test_marks_stand_on_first_and_even_pages_too(tmp_path: Path) -> None:
    """A base with another first page and even pages has the label on all of them."""

    def change(document: docx.document.Document) -> None:
        document.sections[0].different_first_page_header_footer = True
        document.settings.odd_and_even_pages_header_footer = True

    about = made.meta(marking=Marking("TLP:RED", "red"))
    drawn = package(load_base(write_base(tmp_path, company(change))), made.report(made.p("x"), about=about))
    for kind in ("header", "footer"):
        assert len(values(drawn.body, f"//w:{kind}Reference/@w:type")) == 3
        assert text(drawn, kind).count("TLP:RED") == 3


def test_empty_footer_gets_page_numbers(tmp_path: Path) -> None:
    """Where the base has nothing in its footer, the draft has ours, with page x of y."""

    def change(document: docx.document.Document) -> None:
        document.sections[0].footer.paragraphs[0].text = ""

    drawn = package(load_base(write_base(tmp_path, company(change))))
    assert text(drawn, "footer") == "0x19 · 13 August 2023 Page 1 of 1"
    assert text(drawn, "header") == "ACME Corporation"


def test_a_footer_of_ours_ends_at_the_edge_of_the_base_s_page(tmp_path: Path) -> None:
    """The page's number stands at the end of the line, past the tabulators that Word gives every footer."""

    def change(document: docx.document.Document) -> None:
        document.sections[0].footer.paragraphs[0].text = ""
        stops = document.styles["Footer"].paragraph_format.tab_stops
        stops.add_tab_stop(Twips(4680), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(Twips(9360), WD_TAB_ALIGNMENT.RIGHT)

    document = docx.Document(io.BytesIO(on(load_base(write_base(tmp_path, company(change)))).data))
    section = document.sections[0]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    stops = [(stop.alignment, stop.position) for stop in section.footer.paragraphs[0].paragraph_format.tab_stops]
    assert stops == [
        (WD_TAB_ALIGNMENT.CLEAR, Twips(4680)),
        (WD_TAB_ALIGNMENT.CLEAR, Twips(9360)),
        (WD_TAB_ALIGNMENT.RIGHT, width),
    ]


def test_last_section_counts_and_takes_over_headers(tmp_path: Path) -> None:
    """Of a base with several sections the last one's page is used, with the header that it takes over."""

    def change(document: docx.document.Document) -> None:
        document.add_section().page_width = docx.shared.Inches(7)

    drawn = package(load_base(write_base(tmp_path, company(change))))
    assert values(drawn.body, "//w:pgSz/@w:w") == ["10080"]
    assert text(drawn, "header") == "ACME Corporation"


def test_pages_that_nobody_knows_are_not_given(base: DocxBase) -> None:
    """Contents on a company's page have their entries, but no page numbers: only our own pages were laid out."""
    report = made.report(sections=(Section(made.run("One"), (made.p("x"),)),), contents=True)
    body = Package(on(base, report, Pages(9, {"one": 7})).data).body
    lines = find(body, "//w:sdt[w:sdtPr/w:docPartObj]//w:p")
    assert ["".join(values(line, ".//w:t/text()")) for line in lines] == ["Contents", "One"]


def test_right_to_left_report_on_a_base(base: DocxBase) -> None:
    """A report in Arabic turns paragraphs, tables and the section, whatever the base's styles say.

    What is code, or begins with Latin letters, says for itself that it runs from left to right.
    """
    drawn = package(base, made.everything("ar"))
    styles = drawn.xml("word/styles.xml")
    assert {*values(drawn.body, "//w:p[not(w:pPr/w:bidi)]/w:pPr/w:pStyle/@w:val")} == {"Code"}
    assert not find(drawn.body, "//w:p[not(w:pPr/w:bidi) and not(w:pPr/w:pStyle)]")
    leftward = find(drawn.body, "//w:p[not(w:pPr/w:bidi/@w:val)]")
    assert any("".join(values(each, ".//w:t/text()")).startswith("توقفت") for each in leftward)
    assert {way_of(each) for each in find(drawn.body, "//w:p[w:pPr/w:bidi/@w:val='0']")} <= {"ltr", None}
    assert values(styles, "w:docDefaults//w:lang/@w:bidi") == ["ar"]
    assert find(drawn.body, "//w:sectPr/w:bidi")
    assert {way_of(each) for each in find(drawn.body, "//w:tbl[not(w:tblPr/w:bidiVisual)]")} == {"ltr"}


def test_draft_on_a_base_is_ours_and_the_same_every_time(base: DocxBase, tmp_path: Path) -> None:
    """The draft carries our document id, nothing of the base's author or dates, and the same bytes each time."""
    again = load_base(write_base(tmp_path, company()))
    assert on(base).data == on(again).data
    drawn = package(base)
    assert b">Afterword</Application>" in drawn.parts["docProps/app.xml"]
    assert b"python-docx" not in drawn.parts["docProps/core.xml"]
    assert not any("thumbnail" in name or "stylesWithEffects" in name for name in drawn.parts)


def test_our_own_draft_can_be_a_base(tmp_path: Path) -> None:
    """A draft of ours, restyled or not, is a base whose styles are all worn; nothing is added twice."""
    first = write(made.everything("en"), made.options()).data
    drawn = package(load_base(write_base(tmp_path, first)), made.everything("en"))
    names = values(drawn.xml("word/styles.xml"), "w:style/w:name/@w:val")
    assert len(names) == len(set(names))
    assert not any("Afterword" in name for name in names)


@pytest.mark.parametrize("kind", [bases.TEMPLATE, bases.MACROS])
def test_templates_and_documents_with_macros_are_taken(kind: str, tmp_path: Path) -> None:
    """A .dotx and a .docm give a draft that is a plain document."""
    data = repacked(company(), ("[Content_Types].xml", bases.DOCUMENT, kind))
    drawn = package(load_base(write_base(tmp_path, data, "company.dotx")))
    assert bases.DOCUMENT.encode() in drawn.parts["[Content_Types].xml"]
    assert kind.encode() not in drawn.parts["[Content_Types].xml"]


RELS = "word/_rels/{}.xml.rels"
ACTIVE = {
    "a macro project": (RELS.format("document"), "http://schemas.microsoft.com/office/2006/relationships/vbaProject"),
    "the link to a template": (RELS.format("settings"), f"{bases.RELATIONSHIPS}/attachedTemplate"),
    "a picture outside the document": (RELS.format("header1"), f"{bases.RELATIONSHIPS}/image"),
    "an embedded object": (RELS.format("header1"), f"{bases.RELATIONSHIPS}/oleObject"),
    "an active control": (RELS.format("footer1"), f"{bases.RELATIONSHIPS}/control"),
    "a change of Word's ribbon": ("_rels/.rels", f"{bases.RELATIONSHIPS.rpartition('/')[0]}/ui/extensibility"),
}


@pytest.mark.parametrize("called", ACTIVE)
def test_what_runs_or_fetches_is_left_out(called: str, tmp_path: Path) -> None:
    """Macros, remote templates, linked pictures, objects, controls and ribbons are left out, each with a notice."""
    source, kind = ACTIVE[called]
    outside = called.startswith(("the link", "a picture"))
    target = "https://evil.example/x" if outside else "/word/active.bin"
    data = with_relationship(company(), source, kind, target, external=outside)
    if not outside:
        types = ("[Content_Types].xml", "</Types>", '<Default Extension="bin" ContentType="application/x-a"/></Types>')
        data = repacked(data, types, added={"word/active.bin": b"EVIL"})
    base = load_base(write_base(tmp_path, data))
    assert [(each.code, each.message) for each in base.findings] == [("AW612", f"{called} of the base was left out")]
    whole = b"".join(package(base).parts.values())
    assert b"EVIL" not in whole
    assert b"evil.example" not in whole


def test_picture_outside_takes_its_frame_along(tmp_path: Path) -> None:
    """A linked picture in the header leaves no empty frame that Word would mark as missing."""
    linked = with_relationship(
        company(), RELS.format("header1"), f"{bases.RELATIONSHIPS}/image", "https://evil.example/x.png", external=True
    )
    data = repacked(linked, ("word/header1.xml", 'r:embed="rId1"', 'r:link="rIdNew"'))
    drawn = package(load_base(write_base(tmp_path, data)))
    assert not find(drawn.xml("word/header1.xml"), "//w:drawing")
    assert text(drawn, "header") == "ACME Corporation"


def test_locks_and_prompts_are_left_out(tmp_path: Path) -> None:
    """Protection against changes goes, with a notice, and so does the order to ask about fields on opening."""
    locks = '<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:updateFields w:val="true"/></w:settings>'
    base = load_base(write_base(tmp_path, repacked(company(), ("word/settings.xml", "</w:settings>", locks))))
    assert [each.message for each in base.findings] == ["the protection against changes of the base was left out"]
    assert not find(package(base).xml("word/settings.xml"), "//w:documentProtection | //w:updateFields")


FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
FIELD += '<w:r><w:instrText>{}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'


@pytest.mark.parametrize("parts", [("INCLUDEPI", 'CTURE "https://evil.example"'), (" DDEAUTO c:\\\\x ", "y"), ("", "")])
def test_fields_that_fetch_are_refused(parts: tuple[str, str], tmp_path: Path) -> None:
    """A field that fetches, runs or has no name of its own makes the base unusable, however its code is cut."""
    data = repacked(company(), ("word/header1.xml", "</w:p>", FIELD.format(*parts)))
    with pytest.raises(afterword.ThemeError) as raised:
        load_base(write_base(tmp_path, data))
    assert [each.code for each in raised.value.findings] == ["AW611"]


def test_fields_that_show_the_page_stay(tmp_path: Path) -> None:
    """Page numbers and the title in a header are the company's to show."""
    data = repacked(company(), ("word/header1.xml", "</w:p>", FIELD.format(" PA", "GE ")))
    assert "PAGE" in "".join(
        values(package(load_base(write_base(tmp_path, data))).xml("word/header1.xml"), "//w:instrText/text()")
    )


BROKEN = {
    "no Word document": b"hello",
    "encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "cut off": company()[:4000],
    "empty": b"",
    "another package": repacked(company(), ("[Content_Types].xml", bases.DOCUMENT, "application/x-sheet+xml")),
    "damaged styles": repacked(company(), ("word/styles.xml", "<w:styles", "<w:styles <")),
    "a document type": repacked(company(), ("word/styles.xml", "<w:styles", "<!DOCTYPE x><w:styles")),
    "a part of XML without an end": repacked(
        company(), ("word/styles.xml", "<w:styles", " " * 40_000_000 + "<w:styles")
    ),
    "styles that are none": repacked(company(), ("word/styles.xml", "w:styles", "w:numbering")),
    "a numbering that is none": repacked(company(), ("word/numbering.xml", "w:numbering", "w:styles")),
    "a theme that is none": repacked(
        company(), ("word/theme/theme1.xml", "a:theme ", "a:thema "), ("word/theme/theme1.xml", "a:theme>", "a:thema>")
    ),
    "a header that is none": repacked(company(), ("word/header1.xml", "w:hdr", "w:ftr")),
    "settings that are none": repacked(company(), ("word/settings.xml", "w:settings", "w:style")),
    "no main part": repacked(company(), ("_rels/.rels", "officeDocument/2006/relationships/officeDocument", "x")),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_damaged_bases_are_located_errors(fault: str, tmp_path: Path) -> None:
    """A file that is no Word document, or a damaged one, is an error that names the file and what to do."""
    path = write_base(tmp_path, BROKEN[fault])
    with pytest.raises(afterword.ThemeError) as raised:
        load_base(path)
    (finding,) = raised.value.findings
    assert finding.code == "AW611"
    assert str(finding.place) == path
    assert path in raised.value.message


def test_missing_base_is_a_located_error(tmp_path: Path) -> None:
    """A path where nothing is says so."""
    with pytest.raises(afterword.ThemeError, match="No such file"):
        load_base(str(tmp_path / "none.docx"))


def test_command_takes_a_base(tmp_path: Path) -> None:
    """`--docx-base` draws the draft on the base; with a base but no draft the call is wrong; a bad base is a fault."""
    path, sample = write_base(tmp_path, company()), str(Path(__file__).parents[2] / "samples" / "smallest.yaml")

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "afterword", "render", sample, "-o", str(tmp_path / "out"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert call("--to", "docx", "--docx-base", path).returncode == 0
    (draft,) = (tmp_path / "out").iterdir()
    assert "ACME Corporation" in text(Package(draft.read_bytes()), "header")
    assert call("--to", "html", "--docx-base", path).returncode == 2
    failed = call("--to", "docx", "--docx-base", sample)
    assert failed.returncode == 1
    assert "AW611" in failed.stderr
    assert "Traceback" not in failed.stderr


def test_base_is_never_overwritten(tmp_path: Path) -> None:
    """A draft that would take the place of its own base is refused, although the base is an earlier version of it."""
    sample = Path(__file__).parents[2] / "samples" / "smallest.yaml"
    data = afterword.render(sample, ["docx"]).files["docx"]
    path = write_base(tmp_path, data, "draft.docx")
    command = [sys.executable, "-m", "afterword", "render", str(sample), "--docx-base", path, "-o", path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert Path(path).read_bytes() == data


def test_interface_takes_a_base(tmp_path: Path) -> None:
    """`render(..., docx_base=path)` draws the draft on the base and gives its notices with the others."""
    sample = Path(__file__).parents[2] / "samples" / "smallest.yaml"
    path = Path(write_base(tmp_path, repacked(company(), ("[Content_Types].xml", bases.DOCUMENT, bases.TEMPLATE))))
    documents = afterword.render(sample, ["docx"], docx_base=path)
    assert "ACME Corporation" in text(Package(documents.files["docx"]), "header")


def test_open_xml_sdk_finds_no_fault_on_bases(tmp_path: Path) -> None:
    """The Open XML SDK finds no error in reports with every node on a company's base, in both directions."""
    base = load_base(write_base(tmp_path, company(), "base.dotx"))
    files = []
    for language in ("en", "ar"):
        about = made.meta(language=language, stage="draft", marking=Marking("TLP:RED", "red"))
        for name, report in ((language, made.everything(language)), (f"{language}-tlp", made.report(about=about))):
            files.append(tmp_path / f"{name}.docx")
            files[-1].write_bytes(on(base, report).data)
    assert open_xml_sdk(files) == {file.name: [] for file in files}
