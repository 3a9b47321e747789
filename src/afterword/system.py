"""The shared libraries that the PDF engine needs: which are here, and how this system installs the others.

Standard library only and no import from this package: `script/bootstrap` runs this file before anything is
installed.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from collections.abc import Callable
from contextlib import suppress
from ctypes.util import find_library
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Library:
    """One shared library, under the names by which WeasyPrint 70 asks for it (`weasyprint/text/ffi.py`)."""

    name: str
    bare: str
    """Its name without prefix and suffix, as a linker takes it."""

    files: tuple[str, ...]
    """File names on Linux, macOS and Windows."""

    version: Callable[[ctypes.CDLL], str] = lambda _: ""
    """Asks the library for its version."""

    is_essential: bool = True
    """Without it there is no PDF. Without one that is not essential, PDFs are made slower."""


@dataclass(frozen=True, slots=True)
class FoundLibrary:
    """What the dynamic loader said about a library."""

    library: Library
    is_found: bool
    version: str = ""
    """Empty where the library does not tell."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What decides how software is installed."""

    platform: str
    """As `sys.platform` has it."""

    families: tuple[str, ...] = ()
    """ID and ID_LIKE of os-release, nearest first."""

    is_root: bool = False


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one family of systems installs the libraries."""

    command: str
    packages: tuple[str, ...]
    needs_root: bool = True


def _text_from(function: str) -> Callable[[ctypes.CDLL], str]:
    """Return a question for a library whose `function` returns its version as a C string."""

    def ask(handle: ctypes.CDLL) -> str:
        call = getattr(handle, function)
        call.restype = ctypes.c_char_p
        return str(call().decode("ascii", "replace"))

    return ask


def _fontconfig_version(handle: ctypes.CDLL) -> str:
    """Return the version of fontconfig, which it counts as major * 10000 + minor * 100 + revision."""
    number = handle.FcGetVersion()
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


LIBRARIES = (
    Library(
        "GObject",
        "gobject-2.0",
        ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    ),
    Library(
        "Pango",
        "pango-1.0",
        ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
        _text_from("pango_version_string"),
    ),
    Library(
        "PangoFT2",
        "pangoft2-1.0",
        ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    ),
    Library(
        "HarfBuzz",
        "harfbuzz",
        ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
        _text_from("hb_version_string"),
    ),
    Library(
        "HarfBuzz-Subset",
        "harfbuzz-subset",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
        is_essential=False,
    ),
    Library(
        "Fontconfig",
        "fontconfig",
        ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
        _fontconfig_version,
    ),
)
"""All libraries that the PDF engine loads. HarfBuzz and fontconfig come with Pango everywhere."""

# Packages by system: https://doc.courtbouillon.org/weasyprint/stable/first_steps.html#installation
RECIPES = {
    "debian": Recipe("apt-get install", ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")),
    "fedora": Recipe("dnf install", ("pango", "harfbuzz")),
    "alpine": Recipe("apk add", ("so:libpango-1.0.so.0", "so:libpangoft2-1.0.so.0", "so:libharfbuzz-subset.so.0")),
    "arch": Recipe("pacman -S --needed", ("pango", "harfbuzz")),
    "suse": Recipe("zypper install", ("libpango-1_0-0", "libharfbuzz-subset0")),
    "darwin": Recipe("brew install", ("pango",), needs_root=False),
}
"""Recipes by family. In those of one or two packages, HarfBuzz-Subset is part of another."""

_FAMILY_OF = {"ubuntu": "debian", "rhel": "fedora", "centos": "fedora", "opensuse": "suse", "sles": "suse"}
_WINDOWS = (
    "install MSYS2 (https://www.msys2.org), run `pacman -S mingw-w64-ucrt-x86_64-pango` in its UCRT64 shell, and"
    r" set WEASYPRINT_DLL_DIRECTORIES to its bin folder if that is not C:\msys64\ucrt64\bin"
)
_ELSEWHERE = "install the shared libraries of Pango (1.44 or newer), PangoFT2 and HarfBuzz-Subset"


def examine_libraries() -> tuple[FoundLibrary, ...]:
    """Return what the dynamic loader finds of each library, without loading WeasyPrint."""
    _add_windows_folders()
    return tuple(_examine(library) for library in LIBRARIES)


def missing_libraries() -> tuple[str, ...]:
    """Return the names of the libraries that the dynamic loader does not find."""
    return tuple(found.library.name for found in examine_libraries() if not found.is_found)


def pango_install_command(machine: Machine | None = None) -> str:
    """Return what installs the libraries here: a command to type, or a sentence where none is known."""
    machine = machine or this_machine()
    if machine.platform == "win32":
        return _WINDOWS
    recipe = recipe_for(machine)
    if recipe is None:
        return _ELSEWHERE
    sudo = "sudo " if recipe.needs_root and not machine.is_root else ""
    return f"{sudo}{recipe.command} {' '.join(recipe.packages)}"


def recipe_for(machine: Machine) -> Recipe | None:
    """Return the recipe of a machine, or None where none is known."""
    names = (machine.platform, *machine.families)
    return next((RECIPES[family] for name in names if (family := _FAMILY_OF.get(name, name)) in RECIPES), None)


def this_machine() -> Machine:
    """Return what this process runs on."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return Machine(sys.platform, _families(), is_root)


def _families() -> tuple[str, ...]:
    """Return ID and ID_LIKE as os-release(5) has them; nothing where there is no such file."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ()
    return (release["ID"], *release.get("ID_LIKE", "").split())


def _examine(library: Library) -> FoundLibrary:
    handle = _load(library)
    if handle is None:
        return FoundLibrary(library, is_found=False)
    with suppress(AttributeError):  # a build without the function still draws
        return FoundLibrary(library, is_found=True, version=library.version(handle))
    return FoundLibrary(library, is_found=True)


def _load(library: Library) -> ctypes.CDLL | None:
    """Return the library as the loader finds it: by file name, or else by searching for it as cffi does."""
    for name in library.files:
        with suppress(OSError):
            return ctypes.CDLL(name)
    found = find_library(library.bare)
    with suppress(OSError):
        return ctypes.CDLL(found) if found else None
    return None


def _add_windows_folders() -> None:
    """Let the loader look where WeasyPrint makes it look on Windows; elsewhere, do nothing."""
    if sys.platform == "win32":
        folders = os.environ.get("WEASYPRINT_DLL_DIRECTORIES", r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin")
        for folder in folders.split(";"):
            with suppress(OSError):
                os.add_dll_directory(folder)


_ANSWERS: dict[str, Callable[[], str]] = {
    "missing": lambda: " ".join(missing_libraries()),
    "command": pango_install_command,
    "packages": lambda: " ".join(recipe.packages if (recipe := recipe_for(this_machine())) else ()),
}

if __name__ == "__main__":
    sys.stdout.write(_ANSWERS[sys.argv[1]]() + "\n")
