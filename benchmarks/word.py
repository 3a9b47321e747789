"""How well Word documents of others are understood: `python benchmarks/word.py FOLDER [--held-out]`.

The labelled post-mortems of `tests/interpret/truth.tsv` become Word documents, by pandoc, and what is read of these is
compared with the same facts as in `markdown.py`: a document should say as much in Word as in Markdown. Needs pandoc.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from markdown import Score, judged, print_scores, truths
from peers import pandoc

from afterword.intake import read


def scores(folder: Path, program: str, work: Path) -> Iterator[tuple[Mapping[str, str], Score]]:
    """Yield the facts of each labelled file with how they were read from its Word document."""
    for facts in truths():
        path = folder / facts["file"]
        document = work / f"{path.stem}.docx"
        # In its sandbox pandoc fetches and reads nothing but the file.
        subprocess.run([program, "--sandbox", "-f", "gfm", "-o", document, path], check=True, capture_output=True)
        yield facts, judged(facts, read(str(document)), path.read_text(encoding="utf-8"))


def main(folder: Path) -> None:
    """Print the scores, or what has to be installed first."""
    program = pandoc()
    if program is None:
        sys.exit("pandoc is not installed (pip install pypandoc-binary)")
    with TemporaryDirectory() as work:
        print_scores(scores(folder, program, Path(work)), is_shown="--held-out" in sys.argv)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
