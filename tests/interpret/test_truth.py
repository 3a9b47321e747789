"""The import of real post-mortems against what was read of them by eye."""

from __future__ import annotations

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

CORPUS = Path(os.environ["AFTERWORD_CORPUS"]) / "markdown" if "AFTERWORD_CORPUS" in os.environ else None
PROGRAM = Path(__file__).parents[2] / "benchmarks" / "markdown.py"


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """Return the program that scores."""
    spec = spec_from_file_location("markdown_benchmark", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_truth_has_enough_files_and_about_a_third_is_held_out(benchmark: ModuleType) -> None:
    """There are 65 labelled files at least, and about a third of them has no part in the making of rules."""
    sets = [facts["set"] for facts in benchmark.truths()]
    assert len(sets) >= 65
    assert sets.count("held-out") >= 0.3 * len(sets)
    assert set(sets) == {"tuned", "held-out"}


@pytest.mark.skipif(CORPUS is None, reason="AFTERWORD_CORPUS names no folder of post-mortems")
@pytest.mark.parametrize("kind", ["tuned", "held-out"])
@pytest.mark.parametrize("measure", ["title", "date", "events", "headings"])
def test_most_of_the_truth_is_read_right(benchmark: ModuleType, kind: str, measure: str) -> None:
    """At least 95 % of titles, dates, events and headings are read right, also in files that made no rule."""
    assert CORPUS is not None
    total = benchmark.Score()
    for facts in benchmark.truths():
        if facts["set"] == kind:
            total.plus(benchmark.scored(facts, CORPUS))
    assert total.right[measure] >= 0.95 * total.all[measure]


@pytest.mark.skipif(CORPUS is None, reason="AFTERWORD_CORPUS names no folder of post-mortems")
def test_placeholders_of_empty_templates_are_found(benchmark: ModuleType) -> None:
    """At least 99 % of what stands for something to be written is found in real templates, and two false ones."""
    assert CORPUS is not None
    every, right, _, false = benchmark.judged_placeholders(
        CORPUS.with_name("templates"), PROGRAM.parents[1] / "tests" / "interpret" / "templates.tsv"
    )
    assert right.total() >= 0.99 * every.total()
    assert all(right[style] >= 0.95 * count for style, count in every.items())
    assert len(false) <= 2


@pytest.mark.skipif(CORPUS is None, reason="AFTERWORD_CORPUS names no folder of post-mortems")
def test_filled_documents_have_few_false_placeholders(benchmark: ModuleType) -> None:
    """At most one false placeholder is found in 50 filled documents, and every real one that was left in them."""
    assert CORPUS is not None
    _, _, missing, false = benchmark.judged_placeholders(
        CORPUS, PROGRAM.parents[1] / "tests" / "interpret" / "leftovers.tsv"
    )
    assert missing == []
    assert 50 * len(false) <= len([*CORPUS.glob("*.md")])
