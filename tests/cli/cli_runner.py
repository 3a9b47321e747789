"""The command, run as its users run it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

SMALL = "id: T-1\ntitle: A small one\ndate: 2023-08-13\n"


@dataclass(frozen=True)
class Ran:
    """What a run of the command left."""

    code: int
    out: str
    err: str
    raw: bytes


class Afterword(Protocol):
    """Runs the command with these arguments."""

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Ran:
        """Return what it left."""
        ...


@pytest.fixture
def afterword(tmp_path: Path) -> Afterword:
    """Return the command, run in a folder of its own."""

    def run(*arguments: str, stdin: bytes = b"") -> Ran:
        done = subprocess.run(
            [sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-m", "afterword", *arguments],
            cwd=tmp_path,
            input=stdin,
            capture_output=True,
            check=False,
            env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
        )
        out, err = done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")
        assert "Traceback" not in err, err
        return Ran(done.returncode, out, err, done.stdout)

    return run


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return a small valid source."""
    path = tmp_path / "small.yaml"
    path.write_text(SMALL, "utf-8")
    return path
