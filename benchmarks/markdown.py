"""How well Markdown post-mortems of others are understood: `python benchmarks/markdown.py FOLDER`.

Prints, for each organisation in the folder (the part of a file's name before `__`), how many files become a valid
record, and how long a file takes; then how the files in `tests/interpret/truth.tsv` agree with what was read by hand.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Any, cast

from afterword.loading import load_source
from afterword.readers.registry import read

TRUTH = Path(__file__).parents[1] / "tests" / "interpret" / "truth.tsv"


def main(folder: Path) -> None:
    """Print the figures."""
    valid: dict[str, list[bool]] = defaultdict(list)
    spent = 0.0
    for path in sorted(folder.glob("*.md")):
        start = time.perf_counter()
        source = read(str(path))
        spent += time.perf_counter() - start
        valid[path.name.split("__")[0]].append(load_source(source).incident is not None)
    for name, found in valid.items():
        print(f"{name:32} {sum(found):4} of {len(found):4} valid")
    count = sum(map(len, valid.values()))
    good = sum(map(sum, valid.values()))
    print(f"{'all':32} {good:4} of {count:4} valid, {1000 * spent / max(count, 1):.1f} ms a file")
    score(folder)


def score(folder: Path) -> None:
    """Print how many facts of the truth were read right, and each that was not."""
    right: dict[str, list[bool]] = defaultdict(list)
    with TRUTH.open(encoding="utf-8", newline="") as file:
        for facts in csv.DictReader(file, delimiter="\t"):
            data = cast("dict[str, Any]", read(str(folder / facts["file"])).data)
            for name, expected, found in compared(facts, data):
                right[name].append(expected == found)
                if expected != found:
                    print(f"  {facts['file']}: {name} is {found!r}, should be {expected!r}")
    for name, found in right.items():
        print(f"{name:32} {sum(found):4} of {len(found):4} right")


def compared(facts: dict[str, str], data: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return name, expected and found value of each fact."""
    events = data.get("timeline", [])
    sections = facts["sections"].split()
    found = [
        ("date", facts["date"], data.get("date", "")),
        ("events", facts["events"], str(len(events))),
        ("sections", " ".join(sections), " ".join(name for name in sections if name in data)),
    ]
    if events and facts["first"]:
        found.append(("first event", facts["first"], events[0]["at"][:16]))
        found.append(("last event", facts["last"], events[-1]["at"][:16]))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]))
