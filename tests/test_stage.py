"""The stage that a caller gives to reports whose records say none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archive_runner import contents, order_for, run, status_page

import afterword
from afterword.options import RenderOptions

SMALL = "id: T-1\ntitle: Small\ndate: 2023-08-13\nstatus: closed\n"


def _written(folder: Path, text: str = "") -> Path:
    path = folder / "small.yaml"
    path.write_text(SMALL + text, "utf-8")
    return path


def test_a_report_that_says_no_stage_takes_the_callers(tmp_path: Path) -> None:
    """A final one has no empty sections to be completed, and its record says that it is, to whoever reads it back."""
    source = _written(tmp_path)

    final = afterword.render(source, ["html", "json"], stage="final")
    draft = afterword.render(source, ["html"])

    assert "To be completed." not in final.files["html"].decode()
    assert "To be completed." in draft.files["html"].decode()
    assert json.loads(final.files["json"])["stage"] == final.incident.stage == "final"


def test_a_report_that_says_its_stage_keeps_it(tmp_path: Path) -> None:
    """What the author wrote is not overruled."""
    source = _written(tmp_path, "stage: in-review\n")

    assert afterword.render(source, ["json"], stage="final").incident.stage == "in-review"


def test_a_report_made_final_has_no_placeholders_either(tmp_path: Path) -> None:
    """The rule for final reports holds for those that a caller makes final: AW402, or allowed and a warning."""
    source = _written(tmp_path, "summary: It hit [describe whom].\n")

    with pytest.raises(afterword.SourceError) as caught:
        afterword.render(source, ["md"], stage="final")
    allowed = afterword.render(source, ["md"], stage="final", allow_placeholders=True)

    assert [(each.code, each.place and each.place.line) for each in caught.value.findings] == [("AW402", 5)]
    assert [each.code for each in allowed.findings if each.code.startswith("AW40")] == ["AW402"]


def test_a_stage_that_does_not_exist_is_told(tmp_path: Path) -> None:
    """With those that do."""
    with pytest.raises(afterword.UsageError, match="'done'; choose one of draft, in-review, final"):
        afterword.render(_written(tmp_path), ["md"], stage="done")  # type: ignore[arg-type] # the point of the test


def test_an_archive_of_old_incidents_is_final(tmp_path: Path) -> None:
    """All reports of an export come without what nobody will complete; another stage makes them anew."""
    status_page(tmp_path / "page.json", "one", "two")
    order = order_for(tmp_path / "page.json", tmp_path / "archive", options=RenderOptions(("md",), stage="final"))

    summary = run(order)
    made = contents(tmp_path / "archive")
    draft = run(order_for(tmp_path / "page.json", tmp_path / "archive", options=RenderOptions(("md",))))

    assert (summary.counts["done"], draft.counts["done"]) == (2, 2)
    documents = [data.decode() for path, data in made.items() if path.endswith(".md")]
    assert len(documents) == 2
    assert not any("To be completed" in each for each in documents)
