"""Editions on their way through the tool: what is told of them, how their documents name them and are named."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

import afterword
from afterword.diagnostics import Severity
from afterword.errors import SourceError, UsageError
from afterword.incident.model import Incident
from afterword.intake import read_text
from afterword.loading import load_source
from afterword.options import AudienceName, RenderOptions
from afterword.output import plan_names
from afterword.pipeline import findings_of, render_loaded
from afterword.report.identity import Origin, document_id
from afterword.report.nodes import FieldBlock
from afterword.report.walk import blocks
from afterword.words import CATALOGUES, words_for
from afterword.writers.json import origin_in

HEAD = "id: INC-1\ntitle: T\ndate: 2023-08-13\ntimezone: UTC\n"


def told(text: str, audience: AudienceName, folder: Path | None = None) -> list[tuple[str, str]]:
    """Return the codes and places of what is told when an edition of a source is rendered as JSON."""
    loaded = load_source(read_text(HEAD + text, "yaml", "f", folder))
    try:
        found = render_loaded(loaded, RenderOptions(("json",), audience=audience), {}).findings
    except SourceError as error:
        found = error.findings
    return [(each.code, str(each.place).removeprefix("f:")) for each in found]


def made(audience: AudienceName = "public", formats: tuple[str, ...] = ("html",), **fields: Any) -> afterword.Documents:  # noqa: ANN401 (fields of any kind)
    """Return the documents of an incident with these fields."""
    data = {"id": "INC-1", "title": "T", "date": "2023-08-13", "timezone": "UTC", **fields}
    return afterword.render(Incident.model_validate(data), formats, audience=audience)


# --- what is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("blank", ["", "''", "' '", "null"])
def test_a_mark_that_was_left_blank_is_a_fault(blank: str) -> None:
    """It must not show what it was to hide, be it on a part or on a name."""
    for text in (f"lessons:\n  - description: a\n    visibility: {blank}\n", f"visibility:\n  summary: {blank}\n"):
        assert [code for code, _ in told(text, "stakeholder")] in (["AW207"], ["AW204"])


# --- what is told ----------------------------------------------------------------------------------------------------


def test_a_placeholder_that_nobody_sees_does_not_hold_up_a_final_report() -> None:
    """It does hold up an edition that shows it, at its place in the file."""
    text = (
        "stage: final\nresolution:\n  - {description: a, visibility: internal}\n  - {description: 'b [how]'}\n"
        "conclusion: c\nvisibility: {conclusion: public}\n"
    )
    assert ("AW402", "8:22") in told(text, "internal")
    assert ("AW402", "8:22") in told(text, "stakeholder")
    assert [code for code, _ in told(text, "public")] == ["AW425"]


def test_findings_about_an_edition_are_placed_in_the_file(tmp_path: Path) -> None:
    """Although an event before it is gone, the picture that is missing is told at its own event."""
    text = (
        "timeline:\n  - {time: '10:00', description: a, visibility: internal}\n"
        "  - {time: '10:01', description: '![x](gone.png)'}\n"
    )
    assert ("AW411", "7:40") in told(text, "stakeholder", tmp_path)


def test_pictures_and_files_that_nobody_sees_are_not_opened(tmp_path: Path) -> None:
    """Whatever they are: they are not even there."""
    text = (
        "summary: x\nconclusion: '![x](gone.png)'\nattachments: [gone.log]\n"
        "visibility: {conclusion: internal, attachments: internal}\n"
    )
    assert [code for code, _ in told(text, "internal", tmp_path)] == ["AW411", "AW411"]
    assert [code for code, _ in told(text, "stakeholder", tmp_path)] == ["AW425"]


def test_durations_are_judged_by_what_an_edition_shows() -> None:
    """An end before its start is told of the record, and not of an edition without that end."""
    text = (
        "timeline:\n  - {time: '10:00', kind: resolved, description: a, visibility: internal}\n"
        "  - {time: '11:00', kind: impact-start, description: b}\n"
    )
    assert ("AW354", "6:3") in told(text, "internal")
    assert "AW354" not in [code for code, _ in told(text, "stakeholder")]


@pytest.mark.parametrize(
    ("text", "audience", "codes"),
    [
        ("summary: x\n", "public", ["AW422"]),
        ("summary: x\n", "stakeholder", []),
        ("summary: x\nvisibility: {summary: public}\n", "public", []),
        ("summary: x\nconclusion: y\nvisibility: {summary: public}\n", "public", ["AW425"]),
        ("summary: x\nvisibility: {summary: stakeholder}\n", "public", ["AW423", "AW425"]),
        ("summary: x\nvisibility: {summary: internal}\n", "stakeholder", ["AW423", "AW425"]),
        ("classification: green\nsummary: x\nvisibility: {summary: public}\n", "public", ["AW424"]),
        ("classification: clear\nsummary: x\nvisibility: {summary: public}\n", "public", []),
        (
            "classification: green\nsummary: x\nvisibility: {summary: public, classification: stakeholder}\n",
            "public",
            ["AW425"],
        ),
        ("summary: x\nedition: stakeholder\n", "public", ["AW426"]),
        ("summary: x\nedition: public\n", "internal", []),
    ],
)
def test_what_is_odd_about_an_edition_is_told(text: str, audience: AudienceName, codes: list[str]) -> None:
    """That nothing is marked, nothing is left, something was taken out, or a label forbids what is being done."""
    assert [code for code, _ in told(text, audience)] == codes


def test_check_sees_the_whole_record() -> None:
    """Editions are a matter of rendering; what is wrong is wrong."""
    loaded = load_source(
        read_text(HEAD + "stage: final\nsummary: '[how]'\nvisibility: {summary: internal}\n", "yaml", "f", None)
    )
    assert [each.code for each in findings_of(loaded) if each.severity is Severity.ERROR] == ["AW402"]


def test_an_audience_that_does_not_exist_is_refused() -> None:
    """With the three that do."""
    with pytest.raises(UsageError, match="internal, stakeholder, public"):
        made("board")  # type: ignore[arg-type] # the fault that is tested


# --- how documents show it -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("audience", "label"), [("stakeholder", "Stakeholder edition"), ("public", "Public edition")])
def test_an_edition_is_named_in_every_format(audience: AudienceName, label: str) -> None:
    """On the first page, on every page, and in what programs read."""
    documents = made(
        audience, ("pdf", "docx", "html", "md", "json"), summary="x", visibility={"summary": "public"}
    ).files
    with zipfile.ZipFile(BytesIO(documents["docx"])) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
    assert all(label in parts[f"word/header{number}.xml"] for number in (1, 2))
    assert all('w:val="EditionMark"' in parts[f"word/header{number}.xml"] for number in (1, 2))
    assert f"<cp:category>{label}</cp:category>" in parts["docProps/core.xml"]
    html = documents["html"].decode()
    assert f'<meta name="dcterms.audience" content="{audience}">' in html
    assert f'<p class="edition">{label}</p>' in html
    assert f'\nedition: "{audience}"\n' in documents["md"].decode()
    assert json.loads(documents["json"])["edition"] == audience


def test_an_edition_is_named_on_every_page_of_a_pdf() -> None:
    """In the margin, also where the mark of a draft stands."""
    import pypdfium2

    data = made("public", ("pdf",), summary="x\n\n" * 200, visibility={"summary": "public"}).files["pdf"]
    with pypdfium2.PdfDocument(data) as pages:
        texts = [page.get_textpage().get_text_bounded() for page in pages]
    assert len(texts) > 2
    assert all("Public edition" in text and "Draft" in text.title() for text in texts)


def test_the_internal_edition_is_named_once_there_are_others() -> None:
    """Without any mark there is nothing to mix up."""
    marked = made("internal", summary="x", visibility={"summary": "public"})
    assert b"Internal edition" in marked.files["html"]
    plain = made("internal", summary="x")
    assert b"edition" not in re.sub(rb"<style>.*?</style>", b"", plain.files["html"], flags=re.DOTALL).lower()


@pytest.mark.parametrize("language", ["en", *sorted(path.stem for path in CATALOGUES.glob("*.po"))])
def test_an_edition_has_its_name_in_each_language(language: str) -> None:
    """Words of their own, except in English."""
    words = words_for(language)
    names = [words.say(name) for name in ("Internal edition", "Stakeholder edition", "Public edition")]
    assert len(set(names)) == 3
    assert (language == "en") is ("Public edition" in names)


def test_an_edition_does_not_say_what_is_still_to_be_written() -> None:
    """A draft asks those who write it to complete a section; others would learn what was taken out from what is not."""
    empty = b"To be completed."
    assert empty in made("internal", visibility={"summary": "public"}).files["html"]
    assert empty not in made("public", summary="x", visibility={"summary": "public"}).files["html"]


def test_an_edition_shows_only_durations_that_it_can_measure() -> None:
    """`Not applicable` would be untrue of an end that is recorded and not shown."""
    fields: dict[str, Any] = {
        "status": "closed",
        "timeline": [
            {"time": "10:00", "kind": "impact-start", "description": "a"},
            {"time": "10:05", "kind": "detected", "description": "b", "visibility": "internal"},
            {"time": "11:00", "kind": "resolved", "description": "c"},
        ],
    }
    text = made("stakeholder", ("md",), **fields).files["md"].decode()
    assert "Not applicable" not in text
    assert "| Time to resolve | Start of impact | 1 hr |" in text


def test_content_controls_name_what_the_edition_has() -> None:
    """Their tags are paths of the record that travels inside, not of the one that it was cut from."""
    data = {"id": "1", "title": "T", "date": "2023-08-13", "timeline": []}
    events = [{"time": "10:00", "description": "a", "visibility": "internal"}, {"time": "10:01", "description": "b"}]
    loaded = load_source(read_text(json.dumps(data | {"timeline": events}), "json", "f", None))
    report = render_loaded(loaded, RenderOptions(("json",), audience="stakeholder"), {}).report
    paths = [block.path for block in blocks(report) if isinstance(block, FieldBlock)]
    assert [path for path in paths if path.startswith("timeline")] == ["timeline[0].description"]


def test_metadata_say_nothing_more() -> None:
    """Authors and keywords of a PDF, and its date, are those of the edition."""
    events = [{"time": "10:00", "description": "a"}, {"time": "22:22", "description": "b", "visibility": "internal"}]
    marks = {"authors": "internal", "tags": "internal"}
    fields: dict[str, Any] = {"authors": ["Ada"], "tags": ["secret"], "services": ["shop"], "timeline": events}
    data = made("stakeholder", ("pdf",), **fields, visibility=marks).files["pdf"]
    with pikepdf.open(BytesIO(data)) as document:
        about = {str(key): str(value) for key, value in document.docinfo.items()}
        assert ("/Author" in about, about["/Keywords"]) == (False, "shop")
        assert about["/ModDate"].startswith("D:20230813100000")


# --- identity and names ----------------------------------------------------------------------------------------------


def test_each_edition_is_a_document_of_its_own(tmp_path: Path) -> None:
    """None overwrites another, and each is known again as what it is."""
    paths = set()
    for audience in ("internal", "stakeholder", "public"):
        documents = made(audience, ("html", "json"), summary="x", visibility={"summary": "public"})
        paths |= set(documents.save(tmp_path))
        assert set(documents.save(tmp_path)) <= paths
        assert origin_in(documents.files["json"]) == Origin(documents.document_id)
    assert {path.name for path in paths} == {
        f"INC-1{edition}.{suffix}" for edition in ("", ".stakeholder", ".public") for suffix in ("html", "json")
    }
    assert len({document_id("INC-1", edition) for edition in ("", "stakeholder", "public")}) == 3


def test_a_record_that_is_an_edition_makes_the_same_documents() -> None:
    """The JSON of an edition, rendered again, is that edition."""
    first = made("public", ("html", "json"), summary="x", tags=["y"], visibility={"summary": "public"})
    again = afterword.render(afterword.loads(first.files["json"].decode(), "json"), ("html", "json"))
    assert again.files == first.files
    assert again.document_id == first.document_id


def test_names_of_editions_never_meet() -> None:
    """Not even where an id ends like the name of an edition."""
    assert plan_names(["a", "a", "a"], ["", "stakeholder", "public"]) == ("a", "a.stakeholder", "a.public")
    names = plan_names(["a", "a.public", "A/", "a "], ["public", "", "public", "public"])
    assert len({name.casefold() for name in names}) == 4
    assert [name.endswith(".public") for name in names] == [True, False, True, True]
    with pytest.raises(SourceError):
        plan_names(["a", "a"], ["public", "public"])
