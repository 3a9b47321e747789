"""How large functions and files may be, and that every exception to a rule gives its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

ROOT = Path(__file__).parents[1]
PROGRAM = sorted((ROOT / "src").rglob("*.py"))
ALL = [*PROGRAM, *sorted((ROOT / "tests").rglob("*.py"))]

_EXCEPTION = re.compile(r"#\s*(noqa|type:\s*ignore)(?P<codes>[^#\n(]*)(?P<rest>.*)")


def _functions() -> Iterator[tuple[str, int]]:
    """Return every function of the program, with the lines of its body below the docstring."""
    for path in PROGRAM:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", _lines(node)


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function without its docstring: what has to be read to know what it does."""
    documented = ast.get_docstring(node) is not None
    doc = node.body[0]
    docstring = (doc.end_lineno or doc.lineno) - doc.lineno + 1 if documented else 0
    return (node.end_lineno or node.lineno) - node.lineno + 1 - docstring


def _length(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_functions_are_small() -> None:
    """Half of all functions have at most 8 lines, nine of ten at most 25, none more than 60."""
    sizes = dict(_functions())
    assert median(sizes.values()) <= 8
    assert quantiles(sizes.values(), n=10)[-1] <= 25
    assert {name: size for name, size in sizes.items() if size > 60} == {}


def test_files_are_small() -> None:
    """Nine of ten files have at most 300 lines, none more than 450."""
    sizes = {str(path.relative_to(ROOT)): _length(path) for path in PROGRAM}
    assert quantiles(sizes.values(), n=10)[-1] <= 300
    assert {name: size for name, size in sizes.items() if size > 450} == {}


def test_every_exception_gives_its_reason() -> None:
    """A `noqa` or `type: ignore` names the rule that it suspends and says why."""
    unexplained = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in ALL
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := _EXCEPTION.search(line)) and not _is_explained(found)
    ]
    assert unexplained == []


def _is_explained(found: re.Match[str]) -> bool:
    has_code = re.search(r"[A-Z]+[0-9]+|\[[a-z-]+", found["codes"]) is not None
    return has_code and re.search(r"[(#]\s*\w", found["rest"]) is not None
