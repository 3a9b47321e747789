"""The structure of the program, read from its imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"

FORBIDDEN = {
    "afterword.report": ("incident", "readers", "interpret", "compose", "writers", "pipeline", "theme", "cli"),
    "afterword.writers": ("incident", "readers", "interpret", "compose", "pipeline", "archive", "loading", "cli"),
    "afterword.compose": ("writers", "readers", "pipeline", "cli"),
    "afterword.interpret": ("documents", "tools", "drafts", "intake", "writers", "pipeline", "cli"),
    "afterword.incident": ("report", "readers", "interpret", "compose", "writers", "pipeline", "cli"),
    "afterword.readers": (
        *("interpret", "documents", "tools", "drafts", "intake", "loading"),
        *("incident", "compose", "writers", "pipeline", "cli"),
    ),
    "afterword.documents": ("tools", "drafts", "intake", "incident", "compose", "writers", "pipeline", "cli"),
    "afterword.tools": ("drafts", "intake", "incident", "compose", "writers", "pipeline", "cli"),
    "afterword.drafts": ("intake", "archive", "pipeline", "cli"),
    "afterword.archive": ("writers", "cli"),
    "afterword.vocabulary": (
        *("readers", "interpret", "documents", "tools", "drafts", "intake"),
        *("report", "incident", "compose", "writers", "pipeline", "cli"),
    ),
    "afterword.theme": ("interpret", "intake", "incident", "report", "compose", "writers", "pipeline", "cli"),
}
"""What each part must not know, by the parts' names."""

HOMES = {
    "PIL": ("assets.py", "proofing/specimen.py", "writers/docx/logo.py"),
    "babel": ("words.py", "incident/model.py"),
    "distributed": ("archive/dask.py",),
    "docx": ("writers/docx/",),
    "fontTools": ("theme/fonts.py",),
    "jinja2": ("templating.py",),
    "lxml": ("readers/docx/package.py", "writers/docx/"),
    "markdown_it": ("prose/",),
    "mdit_py_plugins": ("prose/markdown.py",),
    "markupsafe": ("templating.py", "writers/html/", "writers/pdf/"),
    "pikepdf": ("archive/binder/",),
    "pydantic": ("incident/", "theme/record.py", "validation.py"),
    "pydantic_core": ("incident/", "validation.py"),
    "pydyf": ("writers/pdf/",),
    "pypdf": ("readers/pdf.py",),
    "resvg_py": ("writers/drawing/raster.py",),
    "rich": ("cli/",),
    "ruamel": ("readers/yaml.py",),
    "tinycss2": ("theme/css.py",),
    "tree_sitter": ("readers/toml.py",),
    "tree_sitter_toml": ("readers/toml.py",),
    "typer": ("cli/",),
    "upath": ("archive/remote.py",),
    "weasyprint": ("writers/pdf/",),
}
"""Where each outside library is imported; the table in ARCHITECTURE.md says what for."""

ENGINES = ("weasyprint", "docx", "pypdf")

UNUSED = {"afterword.__main__": "Python runs it", "afterword.report.text": "for people and goldens, to see a tree by"}
"""Modules that no other imports, and why they are there."""


def _modules() -> dict[str, Path]:
    """Return every module of the package by its dotted name."""
    found = {}
    for path in sorted((SOURCE / "afterword").rglob("*.py")):
        parts = path.relative_to(SOURCE).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = _modules()


@cache
def _imports(name: str) -> frozenset[str]:
    """Return the modules that a module imports: at once, late, for type checkers only, or by a name in a table."""
    found = {text for text in _texts(MODULES[name]) if text in MODULES}
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(_named(name, node))
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "import_module":
            found.update(str(each.value) for each in node.args if isinstance(each, ast.Constant))
    return frozenset(found - {name})


def _named(importer: str, node: ast.ImportFrom) -> Iterator[str]:
    """Return the modules that a `from … import …` names: the names where they are modules, else what is before them."""
    package = importer.split(".") if MODULES[importer].name == "__init__.py" else importer.split(".")[:-1]
    before = package[: len(package) - node.level + 1] if node.level else []
    source = ".".join([*before, *([node.module] if node.module else [])])
    for alias in node.names:
        full = f"{source}.{alias.name}"
        yield full if full in MODULES else source


def _is_part(module: str, part: str) -> bool:
    return module == part or module.startswith(f"{part}.")


def test_every_part_knows_only_what_it_may() -> None:
    """The report tree, writers, composition, readers and the others do not import what the design keeps from them."""
    broken = [
        f"{name} imports {imported}"
        for part, others in FORBIDDEN.items()
        for name in MODULES
        if _is_part(name, part)
        for imported in sorted(_imports(name))
        if any(_is_part(imported, f"afterword.{other}") for other in others)
    ]
    assert broken == []


def test_only_the_entry_point_imports_the_command_line() -> None:
    """The command line stands on everything, and nothing stands on it."""
    importers = {name for name in MODULES if any(_is_part(each, "afterword.cli") for each in _imports(name))}
    assert {name for name in importers if not _is_part(name, "afterword.cli")} <= {"afterword.__main__"}


def test_no_module_imports_itself_through_others() -> None:
    """Imports form no cycle, not even those that wait for a call, stand in a table, or are for type checkers only."""
    graph = {name: _imports(name) & MODULES.keys() for name in MODULES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def test_each_outside_library_stays_in_its_place() -> None:
    """A library is imported where ARCHITECTURE.md says and nowhere else, and every one of them has such a place."""
    strays = [
        f"{name} imports {library}"
        for name, path in MODULES.items()
        for library in sorted({each.split(".")[0] for each in _imports(name)})
        if library not in sys.stdlib_module_names and library != "afterword"
        if not path.relative_to(SOURCE / "afterword").as_posix().startswith(HOMES.get(library, ("(nowhere)",)))
    ]
    assert strays == []


def test_every_module_is_used() -> None:
    """Nothing is left over: each module is imported by another, or named by one that loads it late."""
    imported = {each for name in MODULES for each in _imports(name)}
    named = {text for path in MODULES.values() for text in _texts(path)}
    packages = {name for name, path in MODULES.items() if path.name == "__init__.py"}
    assert MODULES.keys() - imported - named - packages == UNUSED.keys()


def test_the_architecture_names_what_there_is() -> None:
    """Every part at the top of the package stands in ARCHITECTURE.md, and every file and folder named there exists."""
    named = set(re.findall(r"`([\w./-]+(?:\.py|/))`", (ROOT / "ARCHITECTURE.md").read_text("utf-8")))
    top = {f"{path.name}/" if path.is_dir() else path.name for path in (SOURCE / "afterword").iterdir()}
    parts = {name for name in top if name.endswith(("/", ".py")) and not name.startswith("__")}
    paths = {path.relative_to(ROOT).as_posix() for name in ("src", "tests") for path in (ROOT / name).rglob("*")}
    gone = {name for name in named if not any(f"/{path}".endswith(f"/{name.rstrip('/')}") for path in paths)}
    assert (parts - named, gone) == (set(), set())


def _texts(path: Path) -> Iterator[str]:
    """Yield the texts that a module holds, such as the name of one that it loads late."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_the_system_module_needs_only_the_standard_library() -> None:
    """`script/bootstrap` runs it before anything is installed."""
    assert {each.split(".")[0] for each in _imports("afterword.system")} <= sys.stdlib_module_names


def test_no_module_has_a_name_that_says_nothing() -> None:
    """There is no drawer for odds and ends."""
    empty = {"utils", "util", "helpers", "helper", "common", "shared", "misc"}
    assert [name for name in MODULES if empty & set(name.split("."))] == []


def _loaded_after(code: str, *arguments: str) -> set[str]:
    """Return the engines that are loaded after some code has run in a process of its own."""
    tail = f"\nimport sys\nprint(*(set({ENGINES!r}) & sys.modules.keys()), file=sys.stderr)"
    ran = subprocess.run(
        [sys.executable, "-c", code + tail, *arguments],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(ran.stderr.splitlines()[-1].split())


_COMMAND = """
from afterword.cli import main
try:
    main()
except SystemExit as end:
    assert end.code in {0, None}, end.code
"""


def test_importing_the_package_loads_no_engine() -> None:
    """`import afterword` is quick, even with all its names looked up, and works where an engine is broken."""
    assert _loaded_after("import afterword\nfor name in afterword.__all__: getattr(afterword, name)") == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("--version",),
        ("render", "--help"),
        ("archive", "--help"),
        ("check", "samples/incident-0x19.yaml"),
        ("schema",),
    ],
    ids=" ".join,
)
def test_commands_that_draw_nothing_load_no_engine(arguments: tuple[str, ...]) -> None:
    """Help, check and schema work where Pango is missing, and start fast."""
    assert _loaded_after(_COMMAND, *arguments) == set()


def test_the_measure_itself_sees_an_engine() -> None:
    """What the tests above look for would be seen if it were there."""
    assert _loaded_after("import docx") == {"docx"}
