"""The cost of conformance: how much longer an accessible PDF takes than a plain one of the same report."""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import get_args

from afterword.intake import read
from afterword.loading import load_source
from afterword.options import PdfKind, RenderOptions
from afterword.pipeline import render_loaded

SAMPLES = Path(__file__).parents[1] / "samples"
NAMES = ("incident-0x19.yaml", "long-outage.yaml")
KINDS: tuple[PdfKind, ...] = get_args(PdfKind)


def seconds(name: str, kind: PdfKind) -> float:
    """Return how long the PDF of a sample takes, from its record to its bytes, in seconds of processor time."""
    loaded = load_source(read(str(SAMPLES / name)))
    start = time.process_time()
    rendered = render_loaded(loaded, replace(RenderOptions(("pdf",)), pdf=kind))
    taken = time.process_time() - start
    assert rendered.files["pdf"]
    return taken


def main() -> None:
    """Print one line for each sample: accessible to plain, best of all rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    for name in NAMES:
        seconds(name, "plain")  # loads the engine and the fonts
        best = {kind: float("inf") for kind in KINDS}
        for _ in range(rounds):
            for kind in KINDS:
                best[kind] = min(best[kind], seconds(name, kind))
        print(f"{name}: {best['accessible'] / best['plain']:.2f}")


if __name__ == "__main__":
    main()
