"""`afterword import`, as a user runs it, and exports as sources of the other commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli_runner import Afterword, Ran

from afterword.api import load, load_all, render
from afterword.errors import SourceError
from afterword.importing import too_many
from afterword.intake import read_text
from afterword.loading import load_source

EXPORTS = Path(__file__).parents[1] / "tools" / "exports"


def run(afterword: Afterword, *arguments: object) -> Ran:
    """Return what came of the command."""
    return afterword(*map(str, arguments))


def _page(folder: Path, *names: str) -> Path:
    """Return a file with an incident of a status page for each id; one without a date for `bad`."""
    update = {"status": "investigating", "body": "We look.", "display_at": "2024-01-01T10:00:00.5Z"}
    incidents = [
        {
            "id": name,
            "name": f"Incident {name}",
            "impact": "minor",
            "incident_updates": [] if name == "bad" else [update],
        }
        for name in names
    ]
    file = folder / "incidents.json"
    file.write_text(json.dumps({"page": {}, "incidents": incidents}), "utf-8")
    return file


def test_writes_one_incident_to_one_file(afterword: Afterword, tmp_path: Path) -> None:
    """The file loads as the same incident as the export itself, and the notes say what was guessed."""
    file = tmp_path / "incident.yaml"
    ran = run(afterword, "import", EXPORTS / "incident-io.json", EXPORTS / "incident-io-parts.json", "-o", file)
    assert (ran.code, ran.out.strip()) == (0, str(file))
    assert load(file).timeline[1].description == "Found it."
    assert "guessed" in ran.err
    assert "leftover" in ran.err


def test_writes_to_standard_output(afterword: Afterword, tmp_path: Path) -> None:
    """Without -o one incident goes to standard output, as YAML that loads back equal."""
    ran = run(afterword, "import", EXPORTS / "opsgenie.json")
    assert ran.code == 0
    (tmp_path / "x.yaml").write_text(ran.out, "utf-8")
    assert load(tmp_path / "x.yaml") == load(EXPORTS / "opsgenie.json")


def test_names_the_schema_that_it_finds(afterword: Afterword, tmp_path: Path) -> None:
    """Editors find the schema by a relative path, in the folder of the file or above; else no line is written."""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    bare, named = tmp_path / "bare.yaml", tmp_path / "in" / "deep" / "named.yaml"
    assert run(afterword, "import", EXPORTS / "opsgenie.json", "-o", bare).code == 0
    run(afterword, "schema", "-o", tmp_path / "incident.schema.json")
    assert run(afterword, "import", EXPORTS / "opsgenie.json", "-o", named).code == 0
    assert bare.read_text("utf-8").startswith("id: ")
    assert named.read_text("utf-8").startswith("# yaml-language-server: $schema=../../incident.schema.json\nid: ")
    assert load(bare) == load(named)


def test_writes_many_incidents_into_a_folder(afterword: Afterword, tmp_path: Path) -> None:
    """Each sound incident gets a file with a safe name; a faulty one and one that stands twice stop no other."""
    page = _page(tmp_path, "a/1", "bad", "a:1", "b")
    ran = run(afterword, "import", page, EXPORTS / "statuspage.json", "-o", tmp_path / "out")
    files = sorted((tmp_path / "out").iterdir())
    assert ran.code == 1
    assert "AW202" in ran.err
    assert {load(file).id for file in files} == {"a/1", "a:1", "b", "sp1", "sp3"}


def test_needs_a_folder_for_many(afterword: Afterword, tmp_path: Path) -> None:
    """Several incidents go neither to standard output nor into one file."""
    page = _page(tmp_path, "a", "b")
    assert run(afterword, "import", page).code == 2
    assert run(afterword, "import", page, "-o", tmp_path / "one.yaml").code == 2
    assert not (tmp_path / "one.yaml").exists()


def test_overwrites_nothing_without_force(afterword: Afterword, tmp_path: Path) -> None:
    """Where one of the files is there, none is written."""
    page = _page(tmp_path, "a", "b")
    there = tmp_path / "out" / "b.yaml"
    there.parent.mkdir()
    there.write_text("mine", "utf-8")
    ran = run(afterword, "import", page, "-o", tmp_path / "out")
    assert (ran.code, there.read_text("utf-8"), len(list(there.parent.iterdir()))) == (1, "mine", 1)
    assert "AW701" in ran.err
    assert run(afterword, "import", page, "-o", tmp_path / "out", "--force").code == 0


def test_strict_refuses_guesses(afterword: Afterword, tmp_path: Path) -> None:
    """With --strict each guess is an error with its place in the export."""
    ran = run(afterword, "import", _page(tmp_path, "a"), "--strict", "-o", tmp_path / "a.yaml")
    assert ran.code == 1
    assert "AW113" in ran.err
    assert not (tmp_path / "a.yaml").exists()


def test_tells_notes_as_json(afterword: Afterword, tmp_path: Path) -> None:
    """JSON notes name for each incident its file, and for each note the kind, the field and the place."""
    ran = run(afterword, "import", _page(tmp_path, "a", "b"), "-o", tmp_path / "out", "--format", "json")
    told = json.loads(ran.out)
    assert ran.code == 0
    assert [each["file"] for each in told["incidents"]] == [str(tmp_path / "out" / f"{name}.yaml") for name in "ab"]
    notes = {(note["kind"], note["path"]) for note in told["incidents"][1]["notes"]}
    assert {("found", "title"), ("guessed", "timeline[0].kind")} <= notes
    assert all(note["line"] == 1 for each in told["incidents"] for note in each["notes"])


def test_check_and_render_take_exports(afterword: Afterword, tmp_path: Path) -> None:
    """All incidents of an export are checked, and each sound one becomes a document of its own."""
    page = _page(tmp_path, "a", "bad", "b")
    ran = run(afterword, "check", page)
    assert ran.code == 1
    assert ran.out.count("error AW202") == 1
    ran = run(afterword, "render", page, "--to", "md", "-o", tmp_path / "out")
    assert ran.code == 1
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["a.md", "b.md"]


def test_load_wants_one_and_load_all_takes_all(tmp_path: Path) -> None:
    """`load` says that a file has several incidents and what to do; `load_all` returns them in their order."""
    page = _page(tmp_path, "a", "b")
    with pytest.raises(SourceError) as caught:
        load(page)
    assert caught.value.findings[0].code == "AW114"
    assert [incident.id for incident in load_all(page)] == ["a", "b"]


def test_extra_is_in_no_edition_but_the_internal_one() -> None:
    """What a tool knew travels in the data of the internal edition and in no other."""
    page = EXPORTS / "opsgenie.json"
    internal = render(page, ["json", "md"])
    public = render(page, ["json", "md"], audience="public")
    assert "extraProperties" in internal.files["json"].decode()
    assert "extraProperties" not in internal.files["md"].decode()
    assert "extraProperties" not in public.files["json"].decode()


def test_a_date_can_be_given_where_the_source_says_none(afterword: Afterword, tmp_path: Path) -> None:
    """`--date` places the times of a document without a date, fills a record's, and never overrules what is said."""
    texts = {
        "none.md": "# A\n\n## Timeline\n\n- 10:42 it fell\n",
        "said.md": "# B\n\nDate: 2023-01-02\n\n## Timeline\n\n- 10:42 it fell\n",
        "guessed.md": "# C\n\nIt fell after 1 March 2020.\n",
        "record.yaml": "id: D\ntitle: D\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    files = [tmp_path / name for name in texts]
    ran = run(afterword, "import", *files, "--date", "2024-05-03", "-o", tmp_path / "out")
    assert ran.code == 0
    found = {each.title: each for each in map(load, sorted((tmp_path / "out").glob("*.yaml")))}
    assert [str(found[title].date) for title in "ABCD"] == ["2024-05-03", "2023-01-02", "2024-05-03", "2024-05-03"]
    assert f"{found['A'].timeline[0].at:%Y-%m-%d %H:%M}" == "2024-05-03 10:42"
    assert "given in the call" in ran.err


def test_a_date_that_is_none_is_a_wrong_call(afterword: Afterword, tmp_path: Path) -> None:
    """What is no day is refused before anything is read."""
    assert run(afterword, "import", tmp_path / "x.md", "--date", "3/4/2024").code == 2


def test_what_is_too_long_for_pages_is_imported(afterword: Afterword, tmp_path: Path) -> None:
    """A bound of the pages is a warning for an import, which lays nothing out, and stays an error for a check."""
    long, file = tmp_path / "long.md", tmp_path / "long.yaml"
    sentence = "The database was slow, and nobody saw it. " * 10
    long.write_text(f"# Outage\n\nDate: 2024-05-03\n\n## Summary\n\n{(sentence + chr(10) * 2) * 3_700}", "utf-8")

    ran = run(afterword, "import", long, "-o", file)

    assert ran.code == 0
    assert file.read_text("utf-8").count("nobody saw it.") == 37_000
    assert "warning AW405" in ran.err
    assert "will not be rendered as it is" in ran.err
    assert "error AW405" in run(afterword, "check", file).out


def test_more_values_than_a_file_may_have_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that is too large to be read again is whole all the same, with a warning."""
    monkeypatch.setattr("afterword.readers.faults.MAX_VALUES", 100)
    events = "".join(f"- {n // 60:02}:{n % 60:02} Somebody looked.\n" for n in range(100))
    source = read_text(f"# Outage\n\nDate: 2024-05-03\n\n## Timeline\n\n{events}", "markdown", "x.md", None)
    loaded = load_source(source, is_to_be_laid_out=False)

    assert len(loaded.require().timeline) == 100
    assert [(each.code, each.severity.value) for each in too_many(loaded)] == [("AW103", "warning")]


def test_too_many_paragraphs_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Paragraphs, items and cells are counted as the report would have them, without an error."""
    monkeypatch.setattr("afterword.compose.MOST_RUNS", 100)
    monkeypatch.setattr("afterword.importing._ENOUGH_TO_COUNT", 100)
    events = "".join(f"- {n // 60:02}:{n % 60:02} Somebody looked.\n" for n in range(100))
    source = read_text(f"# Outage\n\nDate: 2024-05-03\n\n## Timeline\n\n{events}", "markdown", "x.md", None)
    loaded = load_source(source, is_to_be_laid_out=False)

    assert [(each.code, each.severity.value) for each in too_many(loaded)] == [("AW405", "warning")]


@pytest.mark.parametrize("name", ["incident.json", "incident.md", "INCIDENT.DOCX"])
def test_only_yaml_is_written(afterword: Afterword, small: Path, name: str) -> None:
    """The name of a file in another format is a wrong call, and makes no folder; a folder that is there is one."""
    ran = afterword("import", small.name, "-o", name)

    assert (ran.code, "import writes YAML" in ran.err) == (2, True)
    assert not (small.parent / name).exists()
    (small.parent / name).mkdir()
    assert afterword("import", small.name, "-o", name).code == 0
