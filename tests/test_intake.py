"""Files come in through one door: by suffix, by content or as told; what cannot be read is a located finding."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from afterword.errors import SourceError, UsageError
from afterword.intake import read, read_text
from afterword.readers.files import MAX_BYTES
from afterword.readers.likeness import looks_like_markdown
from afterword.readers.source import Source

YAML = "id: 0x19\n"
JSON = '{"id": "0x19"}'
TOML = "id = 0x19\n"


def refused(name: str) -> tuple[str, str, str]:
    """Return code, place and message of the one finding for a file that cannot be read."""
    with pytest.raises(SourceError) as caught:
        read(name)
    (finding,) = caught.value.findings
    return finding.code, str(finding.place).removeprefix(name), finding.message


def put(folder: Path, name: str, content: str | bytes) -> str:
    """Write a file and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(path)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", YAML),
        ("a.yml", YAML),
        ("a.YAML", YAML),
        ("a.json", JSON),
        ("a.toml", TOML),
        ("a.txt", YAML),
        ("a", JSON),
        ("b", " \n" + JSON),
        ("c", TOML),
        ("d", '# note\n[x]\n"y" = 1\n'),
        ("e", "\ufeff" + YAML),
        ("f.json", "\ufeff" + JSON),
        ("g.toml", "\ufeff" + TOML),
    ],
)
def test_the_format_follows_from_suffix_or_content(tmp_path: Path, name: str, content: str) -> None:
    """A byte order mark is allowed; the folder is that of the file."""
    source = read(put(tmp_path, name, content))

    assert source.data in ({"id": "0x19"}, {"x": {"y": "1"}})
    assert source.folder == tmp_path.resolve()


def test_the_format_can_be_told(tmp_path: Path) -> None:
    """`--from` wins over suffix and content."""
    assert read(put(tmp_path, "a.txt", JSON), "yaml").data == {"id": "0x19"}
    assert read(put(tmp_path, "a.json", TOML), "toml").data == {"id": "0x19"}
    with pytest.raises(UsageError, match=r"xml.*yaml, json, toml"):
        read(put(tmp_path, "a.json", JSON), "xml")


@pytest.mark.parametrize("content", [YAML, JSON, TOML])
def test_standard_input_is_read_by_its_content(content: str) -> None:
    """It has no folder to read further files from."""
    source = read("-", None, io.BytesIO(content.encode()))

    assert (source.name, source.folder, source.data) == ("<stdin>", None, {"id": "0x19"})


@pytest.mark.parametrize("content", ["Dear all,\n\nthe gateway was down.\n", "- a\n- b\n", "# Notes\n- a\n"])
def test_what_looks_like_no_format_is_told(tmp_path: Path, content: str) -> None:
    """Prose in a file of another suffix, or on standard input, is not told as broken YAML; told or named so, it is."""
    assert refused(put(tmp_path, "notes.txt", content))[:2] == ("AW109", ":1:1")
    with pytest.raises(SourceError, match="neither YAML, JSON nor TOML"):
        read("-", None, io.BytesIO(content.encode()))
    assert "AW109" not in _codes(put(tmp_path, "notes.md", content), "yaml")
    assert "AW109" not in _codes(put(tmp_path, "notes.yaml", content), None)


@pytest.mark.parametrize(
    "content",
    [
        "# Notes\n\nAt 10:30 it broke.\n",
        "Date: 2024-05-03\n\n## Summary\n\nAll was down.\n",
        "---\ntitle: Outage\ndate: 2024-05-03\n---\nAll was down.\n",
        "+++\ntitle = 'Outage'\n+++\nAll was down.\n",
        "Outage\n======\n\nsummary: all was down\n\n**When:** 10:30\n",
        "| Time | Event |\n|---|---|\n| 10:30 | it broke |\n",
    ],
)
def test_a_document_on_standard_input_is_read_as_markdown(content: str) -> None:
    """Front matter with a text after it, headings, tables and lines in bold make a text Markdown."""
    assert read("-", None, io.BytesIO(content.encode())).notes


@pytest.mark.parametrize(
    "content",
    [
        "# Notes\n\nid: 1\n",
        "# Notes\n\nincident: a\n",
        "## Head\n# more\nid: 1\ntitle: a\n",
        "---\nid: 1\n---\nid: 2\n",
        "summary: |\n  ## One\n\n  ## Two\n\n  | a | b |\n  |---|---|\n",
    ],
)
def test_comments_do_not_make_yaml_a_document(content: str) -> None:
    """A record in YAML stays one, whatever its comments and its prose look like."""
    assert not looks_like_markdown(content)


def _codes(name: str, format_name: str | None) -> list[str]:
    try:
        return [each.code for each in read(name, format_name).findings]
    except SourceError as error:
        return [each.code for each in error.findings]


@pytest.mark.parametrize(
    "content", ["id: [\n", "  id: 1\n", "# note\n'id': 1\n", "---\nid:\n  - 1\n", "root cause: x\n"]
)
def test_a_line_that_starts_a_field_makes_it_yaml(tmp_path: Path, content: str) -> None:
    """Also where the rest is broken, so that the fault is told at its place."""
    assert "AW109" not in _codes(put(tmp_path, "incident.txt", content), None)


@pytest.mark.parametrize("suffix", ["yaml", "json", "toml", "txt"])
@pytest.mark.parametrize("content", ["", " \r\n\t\n", "\ufeff"])
def test_a_blank_file_holds_nothing(tmp_path: Path, suffix: str, content: str) -> None:
    """It is no error of syntax in any format."""
    source = read(put(tmp_path, f"a.{suffix}", content))

    assert source.data is None
    assert str(source.place(())) == f"{source.name}:1:1"


@pytest.mark.parametrize(
    ("content", "place", "words"),
    [
        (b"id: 1\nt\xc3\xa9\xff: 2\n", ":2:3", "byte 0xff at offset 9"),
        (b"id: 1\r\n\r\nb: \xe9\r\n", ":3:4", "byte 0xe9"),
        (b"\xef\xbb\xbf\xff", ":1:1", "byte 0xff"),
        ("id: é".encode("utf-16"), ":1:1", "UTF-16"),
        ("id: x".encode("utf-16-le"), ":1:2", "NUL"),
        (b"a: 1\nb: \0\n", ":2:4", "NUL"),
        (b"\xed\xa0\x80", ":1:1", "byte 0xed"),
    ],
)
def test_what_is_not_utf8_is_told_where_it_stands(tmp_path: Path, content: bytes, place: str, words: str) -> None:
    """With the byte, or the name of the encoding where it shows."""
    code, found, message = refused(put(tmp_path, "a.yaml", content))

    assert (code, found) == ("AW102", place)
    assert words in message


def test_half_a_character_from_a_program_is_told(tmp_path: Path) -> None:
    """Text that no file can hold is refused like a file that is not UTF-8."""
    with pytest.raises(SourceError) as caught:
        read_text("a: 1\nb: \ud800", "yaml", "f", tmp_path)

    assert [(each.code, str(each.place)) for each in caught.value.findings] == [("AW102", "f:2:4")]


def test_what_is_no_readable_file_is_told(tmp_path: Path) -> None:
    """Missing files, folders, pipes, devices and impossible names, without waiting for any of them."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)

    for name in (str(tmp_path / "missing.yaml"), str(tmp_path), str(pipe), os.devnull, str(loop), "a\0b", "x" * 5000):
        code, _, message = refused(name)
        assert code == "AW101", name
        assert message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    """As what the system says."""
    path = put(tmp_path, "a.yaml", YAML)
    Path(path).chmod(0)

    assert refused(path)[0] == "AW101"


def test_a_file_that_is_too_large_is_told(tmp_path: Path) -> None:
    """It is not even read to its end."""
    path = tmp_path / "a.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)

    assert refused(str(path))[0] == "AW103"


def test_the_value_at_a_path_that_is_not_there_is_none() -> None:
    """Whatever the path."""
    source = Source("f", {"a": ["x"]})

    assert source.value(("a", 0)) == "x"
    assert [source.value(path) for path in (("b",), ("a", 1), ("a", "x"), ("a", 0, 0), ("a", -1))] == [None] * 5


def test_a_file_that_gives_nothing_yet_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some files of the kernel look like any other and wait for what comes next; they are not waited for."""
    ours, theirs = os.pipe()
    os.set_blocking(ours, False)
    monkeypatch.setattr("afterword.readers.files.os.open", lambda *_: ours)
    monkeypatch.setattr("afterword.readers.files.stat.S_ISREG", lambda _: True)

    assert refused(str(tmp_path / "log.md"))[0] == "AW101"
    os.close(theirs)


@pytest.mark.parametrize(
    ("encoding", "told"), [("utf-16", "UTF-16"), ("utf-32", "UTF-32"), ("utf-16-le", "NUL"), ("utf-32-be", "NUL")]
)
def test_other_encodings_are_named(tmp_path: Path, encoding: str, told: str) -> None:
    """A byte order mark says which; without one, the NUL bytes are told."""
    path = tmp_path / "a.md"
    path.write_bytes("# Outage\n".encode(encoding))

    with pytest.raises(SourceError, match=told):
        read(str(path))
