"""Which system libraries are here, and what installs them."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from afterword import system
from afterword.system import LIBRARIES, Library, Machine, examine_libraries, missing_libraries, pango_install_command


@pytest.mark.parametrize(
    ("machine", "command"),
    [
        (
            Machine("linux", ("debian",), is_root=True),
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ),
        (
            Machine("linux", ("ubuntu", "debian")),
            "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ),
        (
            Machine("linux", ("linuxmint", "ubuntu", "debian")),
            "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        ),
        (Machine("linux", ("fedora",)), "sudo dnf install pango harfbuzz"),
        (Machine("linux", ("rocky", "rhel", "centos", "fedora")), "sudo dnf install pango harfbuzz"),
        (
            Machine("linux", ("alpine",), is_root=True),
            "apk add so:libpango-1.0.so.0 so:libpangoft2-1.0.so.0 so:libharfbuzz-subset.so.0",
        ),
        (Machine("linux", ("arch",)), "sudo pacman -S --needed pango harfbuzz"),
        (
            Machine("linux", ("opensuse-leap", "suse", "opensuse")),
            "sudo zypper install libpango-1_0-0 libharfbuzz-subset0",
        ),
        (Machine("darwin"), "brew install pango"),
    ],
)
def test_the_command_fits_the_system(machine: Machine, command: str) -> None:
    """Each family has its command; sudo is said only to those who are not root and need to be."""
    assert pango_install_command(machine) == command


@pytest.mark.parametrize(("machine", "words"), [(Machine("win32"), "MSYS2"), (Machine("linux", ("void",)), "Pango")])
def test_where_no_command_is_known_a_sentence_names_the_libraries(machine: Machine, words: str) -> None:
    """Windows and systems nobody has told us about get a sentence to act on."""
    assert words in pango_install_command(machine)


def test_this_machine_has_a_command_or_sentence() -> None:
    """What is read from the running system is enough to answer."""
    assert pango_install_command()


def test_what_is_found_here_has_the_versions_that_the_libraries_tell() -> None:
    """Where the tests run, nothing is missing, and Pango and HarfBuzz tell versions that WeasyPrint can use."""
    assert missing_libraries() == ()
    versions = {found.library.name: found.version for found in examine_libraries()}
    assert tuple(map(int, versions["Pango"].split(".")))[:2] >= (1, 44)
    assert int(versions["HarfBuzz"].split(".")[0]) >= 2


def test_a_library_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The loader itself is asked, so that a library under no known name is missing, and the others are not."""
    absent = Library("Nonesuch", "afterword-nonesuch", ("libafterword-nonesuch.so.0",))
    monkeypatch.setattr(system, "LIBRARIES", (*LIBRARIES, absent))
    assert missing_libraries() == ("Nonesuch",)


def test_the_names_are_those_that_weasyprint_opens() -> None:
    """Every name that we ask the loader for is one that the installed WeasyPrint asks for, so both agree."""
    package = importlib.util.find_spec("weasyprint")
    assert package is not None
    assert package.origin is not None
    tree = ast.parse((Path(package.origin).parent / "text" / "ffi.py").read_text("utf-8"))
    opened = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert {name for library in LIBRARIES for name in (library.bare, *library.files)} <= opened


def test_the_file_answers_before_anything_is_installed() -> None:
    """`script/bootstrap` runs the file with a bare Python: no site packages, no path to this package."""
    for question in ("missing", "command", "packages"):
        command = [sys.executable, "-I", "-S", system.__file__, question]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        assert ran.stderr == ""
        assert ran.stdout.endswith("\n")
