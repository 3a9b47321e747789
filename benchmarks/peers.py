"""Programs of others that the benchmarks compare with."""

from __future__ import annotations

import shutil


def pandoc() -> str | None:
    """Return the program, of the system or of the package `pypandoc-binary`; None where neither is installed."""
    if found := shutil.which("pandoc"):
        return found
    try:
        import pypandoc
    except ImportError:
        return None
    return str(pypandoc.get_pandoc_path())
