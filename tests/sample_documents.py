"""The samples' documents, made once for all tests that look at them in one process."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from afterword.intake import read
from afterword.loading import load_source
from afterword.options import RenderOptions
from afterword.pipeline import Rendered, render_loaded

SAMPLES = sorted(
    each for each in (Path(__file__).parents[1] / "samples").iterdir() if each.suffix in {".yaml", ".json", ".toml"}
)
NAMES = [each.name for each in SAMPLES]
GROUP = "samples"
"""Group of tests that run in one process, so that what they share is made once."""


@cache
def rendered(name: str) -> Rendered:
    """Return a sample's documents, as the command makes them, with their report."""
    loaded = load_source(read(str(next(each for each in SAMPLES if each.name == name))))
    return render_loaded(loaded, RenderOptions(("pdf", "docx")), {})
