"""Readers that other packages bring, installed as packages are: by their metadata on the path."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cli_runner import Afterword

from afterword.doctor import examine
from afterword.errors import SourceError, UsageError
from afterword.intake import read
from afterword.loading import load_source
from afterword.readers.plugins import plugged_in

DOCS = Path(__file__).parents[2] / "docs" / "readers.md"
LOG = "OPS-1 | 2024-05-03 | Disk full\n10:00 | Ada | Alert fires\n10:20 | Ada | Disk grown\n"

Install = Callable[..., None]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Return a function that installs a module with its entry point, until the test ends."""
    site = tmp_path / "site"
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("PYTHONPATH", str(site))  # for the command, which is a process of its own

    def put(module: str, code: str, name: str) -> None:
        metadata = site / f"{module}-1.2.dist-info"
        metadata.mkdir(parents=True)
        (site / f"{module}.py").write_text(code, "utf-8")
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.2\n", "utf-8")
        (metadata / "entry_points.txt").write_text(f"[afterword.readers]\n{name} = {module}\n", "utf-8")
        monkeypatch.delitem(sys.modules, module, raising=False)
        plugged_in.cache_clear()

    plugged_in.cache_clear()
    yield put
    plugged_in.cache_clear()


def example() -> str:
    """Return the reader that the documentation shows."""
    return str(re.findall(r"```python\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)[0])


def put(folder: Path, name: str, text: str) -> str:
    """Write a source and return its path."""
    (folder / name).write_text(text, "utf-8")
    return str(folder / name)


def test_the_example_of_the_documentation_works(install: Install, tmp_path: Path, afterword: Afterword) -> None:
    """In about twenty lines, by suffix and by name, in every command that takes a source."""
    install("afterword_worklog", example(), "worklog")
    assert example().count("\n") <= 22
    path = put(tmp_path, "a.worklog", LOG)

    incident = load_source(read(path)).require()
    assert [(f"{each.at:%H:%M}", each.actor, each.description) for each in incident.timeline] == [
        ("10:00", "Ada", "Alert fires"),
        ("10:20", "Ada", "Disk grown"),
    ]
    assert load_source(read(put(tmp_path, "a.txt", LOG), "worklog")).incident == incident
    assert afterword("import", path, "-o", str(tmp_path / "a.yaml")).code == 0
    assert load_source(read(str(tmp_path / "a.yaml"))).incident == incident


def test_text_is_understood_as_markdown(install: Install, tmp_path: Path) -> None:
    """A reader may turn its format into Markdown and leave the rest to us."""
    install("shouting", "SUFFIXES = ('.loud',)\ndef read(data, name):\n    return data.decode().lower()\n", "loud")
    source = read(put(tmp_path, "a.loud", "# OUTAGE\n\nDATE: 2024-05-03\n\n## SUMMARY\n\nBAD.\n"))
    assert (source.value(("title",)), source.value(("summary",))) == ("outage", "bad.")


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("SUFFIXES = ('.odd',)\ndef read(data, name):\n    raise KeyError('x')\n", "KeyError: 'x'"),
        ("SUFFIXES = ('.odd',)\ndef read(data, name):\n    return 5\n", "it returned int"),
    ],
)
def test_a_reader_that_fails_is_a_finding(
    code: str, why: str, install: Install, tmp_path: Path, afterword: Afterword
) -> None:
    """With its name and package, and no traceback."""
    install("oddity", code, "odd")
    path = put(tmp_path, "a.odd", "x")
    with pytest.raises(SourceError) as caught:
        read(path)
    (finding,) = caught.value.findings
    assert (finding.code, str(finding.place)) == ("AW118", path)
    assert finding.message.startswith(f"the reader 'odd' of oddity 1.2 has failed: {why}")
    ran = afterword("check", path)
    assert (ran.code, "Traceback" in ran.out + ran.err) == (1, False)


@pytest.mark.parametrize(
    "code", ["raise RuntimeError('no')\n", "x = 1\n", "SUFFIXES = ('log',)\ndef read(d, n): ...\n"]
)
def test_a_reader_that_cannot_be_loaded_is_told(code: str, install: Install, tmp_path: Path) -> None:
    """By whoever asks for it; all other formats work."""
    install("broken", code, "broken")
    with pytest.raises(SourceError) as caught:
        read(put(tmp_path, "a.txt", "id: x\n"), "broken")
    assert caught.value.findings[0].code == "AW118"
    assert read(put(tmp_path, "a.yaml", "id: x\n")).findings == ()
    assert [each.state for each in examine() if each.name == "Reader broken"] == ["warning"]


def test_what_is_built_in_is_not_shadowed(install: Install, tmp_path: Path) -> None:
    """Neither by name nor by suffix, and whoever tries is told; of two packages the first by name wins."""
    evil = "SUFFIXES = ('.md', '.yaml', '.worklog')\ndef read(data, name):\n    return {'id': 'evil'}\n"
    install("aaa", evil, "yaml")
    install("zzz", evil, "zzz")
    install("afterword_worklog", example(), "worklog")

    record = read(put(tmp_path, "a.yaml", "id: x\n"))
    assert record.data == {"id": "x"}
    assert [finding.code for finding in record.findings] == ["AW119", "AW119"]
    named = read(put(tmp_path, "a.txt", "id: x\n"), "yaml")
    assert (named.data, [finding.code for finding in named.findings]) == ({"id": "x"}, ["AW119"])
    piped = read("-", "yaml", io.BytesIO(b"id: x\n"))
    assert (piped.data, [finding.code for finding in piped.findings]) == ({"id": "x"}, ["AW119"])
    log = read("-", "zzz", io.BytesIO(b"anything"))
    assert (log.data, log.findings) == ({"id": "evil"}, ())
    assert "zzz 1.2" in " ".join(each.detail for each in examine() if each.state == "warning")


def test_deep_and_endless_data_is_bounded(install: Install, tmp_path: Path) -> None:
    """A reader of others is held to the bounds of all sources."""
    install("deep", "SUFFIXES = ('.deep',)\ndef read(data, name):\n    x = {}\n    x['x'] = x\n    return x\n", "deep")
    with pytest.raises(SourceError) as caught:
        read(put(tmp_path, "a.deep", ""))
    assert caught.value.findings[0].code == "AW106"


def test_an_unknown_format_names_those_of_packages_too(install: Install, tmp_path: Path) -> None:
    """So that a slip of the pen is seen."""
    install("afterword_worklog", example(), "worklog")
    with pytest.raises(UsageError, match=r"yaml.*worklog"):
        read(put(tmp_path, "a.txt", LOG), "work-log")
