"""How well Markdown post-mortems of others are understood: `python benchmarks/markdown.py FOLDER [--held-out]`.

Prints how many files of the folder become a valid record and how long a file takes; then, for each organisation (the
part of a file's name before `__`), how the files in `tests/interpret/truth.tsv` agree with what was read by eye. Facts
that are read wrong are shown for the files by which rules were made; those of the others with `--held-out`, which
spends them: who looks at them has to label new ones.
"""

from __future__ import annotations

import csv
import re
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from afterword.intake import read
from afterword.loading import load_source
from afterword.placeholders import find
from afterword.readers.notes import NoteKind
from afterword.readers.source import Source

TRUTH = Path(__file__).parents[1] / "tests" / "interpret" / "truth.tsv"
MEASURES = ("title", "date", "events", "zone", "headings")
CODES: Mapping[str, str] = {
    "summary": "s", "timeline": "t", "root_cause": "r", "impact": "i", "resolution": "x", "lessons": "l",
    "preventive_measures": "p", "conclusion": "c", "references": "f", "sections": "k",
}  # fmt: skip
"""The letters of the truth for the fields of the record; m is any other field."""

_NO_FACT = "-"
_NOT_JUDGED = "~"
_TAIL = 30
"""Characters at the end of a line by which it is looked for in the record."""

_SHORTEST = {True: 8, False: 4}
"""Characters below which a line is no sign of anything, for ASCII and for other text."""


@dataclass
class Score:
    """Facts of each measure: how many there are, how many were read right, and what the wrong ones are."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, measure: str, *, is_right: bool, words: str = "") -> None:
        """Count a fact."""
        self.all[measure] += 1
        self.right[measure] += is_right
        if not is_right:
            self.wrong.append(f"{measure}: {words}")

    def plus(self, other: Score) -> None:
        """Add the facts of another score."""
        self.right += other.right
        self.all += other.all
        self.wrong += other.wrong

    def share(self, measure: str) -> str:
        """Return a measure as text: right of all, and the part."""
        count = self.all[measure]
        return f"{self.right[measure]}/{count} {self.right[measure] / count:4.0%}" if count else "-"


def truths() -> list[dict[str, str]]:
    """Return the facts of all labelled files."""
    with TRUTH.open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def scored(facts: Mapping[str, str], folder: Path) -> Score:
    """Return how the facts of one file were read."""
    path = folder / facts["file"]
    return judged(facts, read(str(path)), path.read_text(encoding="utf-8"))


def judged(facts: Mapping[str, str], source: Source, text: str) -> Score:
    """Return how the facts of a Markdown text were read, from it or from another document that says the same."""
    score = Score()
    data = cast("dict[str, Any]", source.data)
    _title(score, facts["title"], str(data.get("title", "")), text)
    if facts["date"] != _NO_FACT:
        found = str(data.get("date", "no date"))
        score.add("date", is_right=found in facts["date"].split("/"), words=f"{found}, not {facts['date']}")
    _events(score, facts, data)
    _headings(score, facts["headings"], source, text)
    return score


def _title(score: Score, core: str, found: str, text: str) -> None:
    """A title is right that holds the words by which the incident is named, and none that the document has not."""
    if core == _NO_FACT:
        return
    has_core = any(_bare(each) in _bare(found) for each in core.split(" | "))
    is_written = any(_bare(found) in _bare(line) for line in text.split("\n"))
    score.add("title", is_right=has_core and is_written, words=f"{found!r}, not {core!r}")


def _events(score: Score, facts: Mapping[str, str], data: Mapping[str, Any]) -> None:
    events = [str(event["at"]) for event in data.get("timeline", [])]
    if facts["times"] == _NOT_JUDGED:
        return
    expected = list(_expected(facts["times"])) if facts["times"] != _NO_FACT else []
    left = [datetime.fromisoformat(at).replace(tzinfo=None) for at in events]
    for wanted in sorted(expected, key=_looseness):
        match = next((at for at in left if _is_meant(wanted, at)), None)
        if match is not None:
            left.remove(match)
        score.add("events", is_right=match is not None, words=f"{wanted} is missing; left are {left[:3]}")
    score.all["extra events"] += 1
    score.right["extra events"] += len(left)
    if left and len(left) > 0:
        score.wrong.append(f"extra events: {', '.join(str(at) for at in left[:4])}")
    if facts["zone"] != _NO_FACT and events:
        offset = _offset(events[0], str(data.get("timezone", "")))
        score.add("zone", is_right=offset in facts["zone"].split("/"), words=f"{offset}, not {facts['zone']}")


def _expected(times: str) -> Iterator[str]:
    """Yield the moments of an entry of the truth: each time with the day before it."""
    day = ""
    for word in times.split():
        if re.fullmatch(r"\d{4}-\d\d-\d\d", word):
            day = word
        else:
            yield word if word[0] in "~?" else f"{day} {word}"


def _looseness(wanted: str) -> int:
    """Return how much a fact leaves open, so that the exact ones choose first."""
    return 3 if wanted == "?" else 2 if wanted.endswith("*") else int(wanted.startswith("~"))


def _is_meant(wanted: str, at: datetime) -> bool:
    if wanted == "?":
        return True
    if wanted.startswith("~"):
        return wanted[1:] == f"{at:%H:%M}"
    if wanted.endswith("*"):
        return wanted[:10] == f"{at:%Y-%m-%d}"
    return wanted in {f"{at:%Y-%m-%d %H:%M}", f"{at:%Y-%m-%d %H:%M:%S}"}


def _offset(at: str, zone: str) -> str:
    """Return the offset of a moment, as the record has it."""
    moment = datetime.fromisoformat(at)
    stretch = moment.utcoffset()
    if stretch is None and zone:
        stretch = ZoneInfo(zone).utcoffset(moment.replace(tzinfo=None))
    if stretch is None:
        return "no offset"
    minutes = int(stretch / timedelta(minutes=1))
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def headings_of(text: str) -> list[tuple[int, str, list[str]]]:
    """Return the headings of a Markdown text by the plainest means: line, words, and the lines below each.

    Definitions of links and notes are left out: they belong where they are used.
    """
    found: list[tuple[int, str, list[str]]] = []
    lines = text.replace("\r\n", "\n").split("\n")
    start = lines.index(lines[0], 1) + 1 if lines[0] in {"---", "+++"} else 0
    fence = ""
    defined = False
    for number, line in enumerate(lines[start:], start=start + 1):
        mark = re.match(r"\s*(```|~~~)", line)
        if mark and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        elif not fence and re.match(r" {0,3}#{1,6}(?:\s|$)", line):
            found.append((number, line.strip("# \t"), []))
            continue
        defined = re.match(r" {0,3}\[[^\]]+\]:", line) is not None or (defined and line[:4] in {"    ", ""})
        if found and line.strip() and not defined:
            found[-1][2].append(line)
    return found


def expanded(codes: str) -> list[str]:
    """Return the letters of each heading: `st2(kr)` has `s`, `t`, `t` and `kr`."""
    return [
        letters.strip("()")
        for letters, count in re.findall(r"(\([a-z]+\)|[a-zT])(\d*)", codes if codes != _NO_FACT else "")
        for _ in range(int(count or 1))
    ]


def _headings(score: Score, codes: str, source: Source, text: str) -> None:
    """A heading is right if most of the lines below it went where it says."""
    data = cast("dict[str, Any]", source.data)
    fields = [(CODES.get(name, "m"), _bare(" ".join(_texts(value)))) for name, value in data.items()]
    fields += [("k", _bare(heading)) for heading in (str(each["heading"]) for each in data.get("sections", []))]
    found = [note for note in source.notes if note.kind is not NoteKind.LEFTOVER and _is_identity(note.path[:1])]
    told = {note.place.line for note in found}
    fields += [("m", _bare(note.words)) for note in found if note.place.paragraph]
    headings = headings_of(text)
    letters = expanded(codes)
    if len(headings) != len(letters):
        score.add("headings", is_right=False, words=f"{len(headings)} headings, {len(letters)} in the truth")
        return
    for (line, title, below), wanted in zip(headings, letters, strict=True):
        if wanted == "T":
            continue
        votes = Counter(code for each in below for code in _places(each, fields, wanted))
        if "m" in wanted and any(each in told for each in range(line, line + len(below) + 3)):
            votes["m"] += votes.total() + 1
        if votes:
            good = sum(votes[code] for code in wanted)
            score.add("headings", is_right=2 * good > votes.total(), words=f"{title!r} is {dict(votes)}, not {wanted}")


def _is_identity(path: Sequence[str | int]) -> bool:
    return bool(path) and path[0] not in CODES


def _places(line: str, fields: Sequence[tuple[str, str]], wanted: str) -> set[str]:
    """Return in which fields a line stands: in those that are wanted, if it is there at all, else in all others."""
    cell = max(line.split("|"), key=len) if line.count("|") > 1 else line
    tail = _bare(cell)[-_TAIL:]
    if len(tail) < _SHORTEST[tail.isascii()]:
        return set()
    found = {code for code, text in fields if tail in text}
    good = found & set(wanted)
    return {min(good)} if good else found


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    else:
        yield str(value)


def _bare(text: str) -> str:
    """Return letters and digits only."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def print_folder(folder: Path) -> None:
    """Print how many files become a valid record, have a date, and how long they take."""
    paths = sorted(folder.glob("*.md"))
    start = time.process_time()
    sources = [read(str(path)) for path in paths]
    spent = time.process_time() - start
    valid = sum(load_source(source).incident is not None for source in sources)
    dated = sum("date" in cast("dict[str, Any]", source.data) for source in sources)
    count = len(paths)
    each = 1000 * spent / max(count, 1)
    print(f"{count} files: {valid} valid, {dated} with a date, {each:.1f} ms of processor time a file\n")


def print_scores(scores: Iterable[tuple[Mapping[str, str], Score]], *, is_shown: bool) -> None:
    """Print the scores of each organisation and of both sets, then what is wrong."""
    rows: dict[str, Score] = defaultdict(Score)
    for facts, score in scores:
        kind = facts["set"]
        rows[f"{facts['file'].split('__')[0]} ({kind})"].plus(score)
        rows[f"= {kind}"].plus(score)
        rows["= all"].plus(score)
        for words in score.wrong if kind == "tuned" or is_shown else ():
            print(f"{facts['file']}: {words}")
    print(f"\n{'':36}" + "".join(f"{name:>16}" for name in MEASURES) + "  extra events")
    for name in sorted(rows):
        print(f"{name:36}" + "".join(f"{rows[name].share(each):>16}" for each in MEASURES), end="")
        print(f"{rows[name].right['extra events']:14}")


def placeholders_of(table: Path) -> dict[str, dict[str, Counter[int]]]:
    """Return from a table how many placeholders begin on which line, by file and style; without styles it is ``""``."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t")
        found: dict[str, dict[str, Counter[int]]] = defaultdict(dict)
        for row in rows:
            lines = (word.partition("*") for word in row["lines"].split() if word != _NO_FACT)
            counts = Counter({int(line): int(count or 1) for line, _, count in lines})
            found[row["file"]][row.get("style", "")] = counts
    return found


def judged_placeholders(folder: Path, table: Path) -> tuple[Counter[str], Counter[str], list[str], list[str]]:
    """Return the placeholders of all files by style, those that are found, and which are missing and false.

    A line counts as a whole: of two styles on it the first is found first. What the table does not have is false.
    """
    every, right, missing, false = Counter[str](), Counter[str](), list[str](), list[str]()
    table_of = placeholders_of(table)
    for path in sorted(each for each in folder.iterdir() if each.suffix in {".md", ".yml", ".hbs"}):
        text = path.read_text(encoding="utf-8")
        got = Counter(text.count("\n", 0, each.start) + 1 for each in find(text))
        for style, wanted in table_of.get(path.name, {}).items():
            every[style] += wanted.total()
            right[style] += (wanted & got).total()
            missing += [f"{path.name}:{line} ({style})" for line in (wanted - got).elements()]
            got -= wanted
        false += [f"{path.name}:{line}" for line in got.elements()]
    return every, right, missing, false


def print_templates(folder: Path) -> None:
    """Print how many placeholders of empty templates are found, by style, and which of filled documents are false."""
    if folder.with_name("templates").is_dir():
        every, right, missing, false = judged_placeholders(
            folder.with_name("templates"), TRUTH.parent / "templates.tsv"
        )
        print(f"\n{right.total()} of {every.total()} placeholders of templates, and {len(false)} false ones")
        print(*(f"  {style}: {right[style]} of {count}" for style, count in every.items() if count), sep="\n")
        print(*(f"  missing: {each}" for each in missing), *(f"  false: {each}" for each in false), sep="\n")
    _, _, missing, false = judged_placeholders(folder, TRUTH.parent / "leftovers.tsv")
    print(f"{len(false)} false ones in filled documents; of those that are left {len(missing)} are missing")
    print(*(f"  false: {each}" for each in false), sep="\n")


if __name__ == "__main__":
    print_folder(Path(sys.argv[1]))
    print_scores(((facts, scored(facts, Path(sys.argv[1]))) for facts in truths()), is_shown="--held-out" in sys.argv)
    print_templates(Path(sys.argv[1]))
