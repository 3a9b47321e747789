"""One theme file drives both documents."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import docx_reports as made
import page as judge
import pytest
from docx_reading import Package, find, values
from theme_making import make_theme

from afterword.api import render
from afterword.report.nodes import Section
from afterword.theme.load import load_theme, names
from afterword.theme.record import Theme
from afterword.theme.style import style_sheet
from afterword.writers.base import WriterOptions, furniture_length, furniture_text
from afterword.writers.docx import write as write_word
from afterword.writers.pdf import lay_out

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ("smallest.yaml", "incident-0x19-complete.yaml", "arabic-dns.yaml", "queue-backlog.json")


def _css(theme: Theme) -> str:
    return style_sheet(theme, "report.css", "print.css", url_of=str)


def _styles(theme: Theme) -> Package:
    return Package(write_word(made.report(made.measures()), WriterOptions(theme, "A4")).data)


def _value(css: str, name: str) -> str:
    found = re.findall(rf"--{name}: ([^;]+);", css)
    return found[0] if found else ""


def test_colour_and_font_change_both_documents(tmp_path: Path) -> None:
    """The main colour and the font of the theme file are in the style sheet, in styles.xml and in Word's theme."""
    text = '[colours]\naccent = "#7a1f3d"\n[fonts]\nbody = "Noto Sans Mono"\nheading = "Noto Sans Ethiopic"\n'
    text += '[colours.phases]\ndiagnosed = "#7a1f3d"\n'
    before, after = load_theme(""), load_theme(make_theme(tmp_path, text))
    old, new = _css(before), _css(after)
    assert (_value(old, "accent"), _value(new, "accent")) == ("#1f4e79", "#7a1f3d")
    assert _value(new, "font-body").startswith(r'"Noto\20 Sans\20 Mono"')
    assert _value(new, "font-heading").startswith(r'"Noto\20 Sans\20 Ethiopic"')
    word = _styles(after)
    heading = "//w:style[@w:styleId='Heading1']//w:color/@w:val"
    assert values(word.xml("word/styles.xml"), heading) == ["7A1F3D"]
    assert "1F4E79" not in word.parts["word/styles.xml"].decode()
    named = values(
        word.xml("word/theme/theme1.xml"), "//a:minorFont/a:latin/@typeface | //a:majorFont/a:latin/@typeface"
    )
    assert sorted(named) == ["Noto Sans Ethiopic", "Noto Sans Mono"]
    assert "7A1F3D" in word.parts["word/theme/theme1.xml"].decode()


def test_layout_changes_both_documents(tmp_path: Path) -> None:
    """Density, line height and filled heads are in both."""
    text = '[layout]\ndensity = 0.5\nline-height = 1.8\ntable-head = "filled"\n'
    plain, dense = load_theme(""), load_theme(make_theme(tmp_path, text))
    assert "p { margin-block: 0 0.65em; }" in _css(plain)
    assert "p { margin-block: 0 0.325em; }" in _css(dense)
    assert _value(_css(dense), "line-height") == "1.8"
    assert "background: var(--brand)" in _css(dense)
    old, new = _styles(plain).xml("word/styles.xml"), _styles(dense).xml("word/styles.xml")
    space = "//w:pPrDefault//w:spacing/@w:{}"
    assert int(values(new, space.format("after"))[0]) == int(values(old, space.format("after"))[0]) / 2
    assert int(values(new, space.format("line"))[0]) > int(values(old, space.format("line"))[0])
    head = "//w:style[@w:styleId='TableMeasures']/w:tblStylePr[@w:type='firstRow']//w:shd/@w:fill"
    assert values(new, head) == ["1F4E79"]
    assert values(new, "//w:style[@w:styleId='TableHeading']//w:color/@w:val") == ["FFFFFF"]


def test_single_lines_stay_single(tmp_path: Path) -> None:
    """Word cuts pictures off in lines below the single one, so no theme makes a style go below it."""
    dense = load_theme(make_theme(tmp_path, "[layout]\nline-height = 1.1\n"))
    lines = "//w:spacing[@w:lineRule='auto']/@w:line"
    before, after = (values(_styles(theme).xml("word/styles.xml"), lines) for theme in (load_theme(""), dense))
    assert before != after
    assert all(int(new) >= min(int(old), 240) for old, new in zip(before, after, strict=True))


def test_cover_is_a_page_of_its_own(tmp_path: Path) -> None:
    """With a cover, the title stands on a band as wide as the page, and the contents start another."""
    theme = load_theme(make_theme(tmp_path, "[layout]\ncover = true\n"))
    report = replace(made.report(made.p("x")), contents=True)
    body = Package(write_word(report, WriterOptions(theme, "A4")).data).body
    band = find(body, ".//w:tbl[w:tblPr/w:tblStyle/@w:val='CoverBand']")
    assert len(band) == 1
    assert values(band[0], "w:tblPr/w:tblW/@w:w") == ["11906"]
    assert values(body, ".//w:p[w:pPr/w:pageBreakBefore]/w:pPr/w:pStyle/@w:val") == ["TOCHeading", "Heading1"]
    assert len(find(Package(write_word(report, made.options()).data).body, ".//w:pageBreakBefore")) == 1


def test_a_long_title_leaves_the_cover_one_page() -> None:
    """A title of many words is set smaller in both documents, so that all of the title block stays on its page."""
    theme, long = load_theme("corporate"), "A title of very many words " * 12
    report = made.report(sections=(Section(made.run("One"), (made.p("x"),), anchor="one"),), contents=True)
    block = replace(report.title_block, title=made.run(long), kicker="Kicker", subtitle="Below", byline="Ada")
    report = replace(report, meta=replace(report.meta, title=long), title_block=block)
    options = WriterOptions(theme, "Letter")
    assert lay_out(report, options).pages.of_anchor == {"one": 3, "contents-of-report": 2}
    sizes = "//w:style[@w:styleId='CoverTitle']//w:sz/@w:val"
    usual = Package(write_word(made.report(made.p("x")), options).data).xml("word/styles.xml")
    smaller = Package(write_word(report, options).data).xml("word/styles.xml")
    assert int(values(smaller, sizes)[0]) < 0.6 * int(values(usual, sizes)[0])


def test_a_bar_runs_along_the_top_of_each_page(tmp_path: Path) -> None:
    """Where the theme has a bar, both documents have it on every page, as wide as the page and in the accent colour."""
    plain, theme = load_theme(""), load_theme(make_theme(tmp_path, "[layout]\nbar = true\n"))
    assert "background-size: 220mm 4mm" in _css(theme)
    assert "background-size" not in _css(plain)
    worn = "//w:p[w:pPr/w:pStyle/@w:val='PageBar']"
    for shown, wanted in ((plain, 0), (theme, 1)):
        word = Package(write_word(made.report(made.p("x")), WriterOptions(shown, "Letter")).data)
        headers = [name for name in word.parts if re.fullmatch(r"word/header\d\.xml", name)]
        assert [values(word.xml(name), f"{worn}/w:pPr/w:framePr/@w:w") for name in headers] == [["12240"] * wanted] * 2
        assert values(word.xml("word/styles.xml"), "//w:style[@w:styleId='PageBar']//w:shd/@w:fill") == ["1F4E79"]
    amharic = Package(write_word(made.everything("am"), WriterOptions(theme, "A4")).data).xml("word/styles.xml")
    assert values(amharic, "//w:style[@w:styleId='PageBar']//w:spacing/@w:line") == ["227"]


def test_the_line_at_headings_is_in_both(tmp_path: Path) -> None:
    """A theme's heavy line below the titles of sections is in both documents, in place of the fine one above."""
    plain, theme = load_theme(""), load_theme(make_theme(tmp_path, '[layout]\nheading-rule = "below"\n'))
    assert "border-block-end: 2.5pt solid var(--accent)" in _css(theme)
    assert "border-block-end: 2.5pt solid var(--accent)" not in _css(plain)
    lines = "//w:style[@w:styleId='Heading1']//w:pBdr/w:{}/@w:{}"
    old, new = (_styles(each).xml("word/styles.xml") for each in (plain, theme))
    assert (values(old, lines.format("top", "sz")), values(old, lines.format("bottom", "sz"))) == (["6"], [])
    assert (values(new, lines.format("top", "sz")), values(new, lines.format("bottom", "sz"))) == ([], ["20"])
    assert values(new, lines.format("bottom", "color")) == ["1F4E79"]


def test_headers_are_cut_where_the_line_is_full() -> None:
    """A header has as many characters as fit beside a mark: more in a dense theme, fewer on a narrow page."""
    looks = (("engineering", "A4"), ("sober", "A4"), ("corporate", "A4"), ("corporate", "Letter"))
    fit = [furniture_length(WriterOptions(load_theme(name), size)) for name, size in looks]  # type: ignore[arg-type] # sizes
    assert fit == [108, 93, 85, 88]


def test_headers_leave_room_for_all_marks() -> None:
    """A long title is cut after a word, so that the mark, the edition and the TLP label stand in one line with it."""
    options = WriterOptions(load_theme("sober"), "A4")
    title = "Settlement of card payments stopped across three regions after a storage failover lost the write order"
    assert furniture_text(title, options).endswith("failover lost the…")
    assert furniture_text(title, options, ("Internal edition", "TLP:AMBER")) == (
        "Settlement of card payments stopped across three…"
    )
    assert furniture_text("x" * 200, options, ("Draft", "Internal edition", "TLP:AMBER+STRICT")) == "x" * 29 + "…"
    assert furniture_text("Short", options, ("Draft",)) == "Short"


def test_sections_are_numbered_where_the_theme_says_so() -> None:
    """Numbers of sections are a matter of the theme."""
    sample = ROOT / "samples/incident-0x19.yaml"
    page = render(sample, ["html"], theme="engineering").files["html"].decode()
    assert '<span class="number">1</span> Incident Overview' in page
    assert '<span class="number">' not in render(sample, ["html"]).files["html"].decode()


def test_wording_is_in_both_documents() -> None:
    """Words that the theme says in another way are said so everywhere, by language."""
    sample = ROOT / "samples/incident-0x19.yaml"
    made_in_german = render(sample, ["md"], theme="corporate", language="de").files["md"].decode()
    files = render(sample, ["html", "docx"], theme="corporate").files
    assert "Vorfallbericht" in made_in_german
    assert "Incident Review" in files["html"].decode()
    assert "Incident Review" in Package(files["docx"]).parts["word/document.xml"].decode()
    assert "Postmortem Report<" not in files["html"].decode()


@pytest.mark.parametrize("sample", SAMPLES)
@pytest.mark.parametrize("theme", [name for name in names() if name != "sober"])
def test_judges_find_nothing_in_any_theme(theme: str, sample: str, tmp_path: Path) -> None:
    """Samples pass PDF/UA-1 and PDF/A-3a in every theme; the default one is judged with the samples themselves."""
    file = tmp_path / "judged.pdf"
    file.write_bytes(render(ROOT / "samples" / sample, ["pdf"], theme=theme).files["pdf"])
    for profile in ("ua1", "3a"):
        found = judge.validate_pdf(str(file), profile=profile).failures
        assert [f"{each.rule_id} {each.message}" for each in found] == []
