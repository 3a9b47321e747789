"""What a whole archive costs: `python benchmarks/archive.py [--reports 1000] [--sizes 100,1000,10000] [PART...]`.

Parts, all of them if none is named:

    peers      PDF and Word draft of so many mixed reports, against a shell loop of pandoc with two processes
    engine     what pandoc's loop takes beside what WeasyPrint takes of it, warm: the most that `peers` can reach
    workers    two workers of our own against one
    unchanged  a second run over an archive in which nothing changed
    memory     of the coordinator, and of a worker over its reports
    dask       two Dask workers on this machine against two of our own
    line       time and memory at several sizes, with the line through them, and what it says of 100,000

Every part prints both figures and their ratio; compare ratios, since seconds differ between machines and days.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import linear_regression
from typing import Any

from peers import pandoc

from afterword.archive.card import digest_of
from afterword.archive.crew import local_crew
from afterword.archive.job import Job, do
from afterword.archive.reading import Reading, sources
from afterword.options import RenderOptions

ROOT = Path(__file__).resolve().parents[1]
MIXED = (
    "incident-0x19.yaml",
    "incident-0x19-complete.yaml",
    "cache-stampede.toml",
    "queue-backlog.json",
    "security-breach.yaml",
    "smallest.yaml",
)
"""Samples that the mixed reports are made of, in turn: from one page to several, with tables and drawings."""

PEER_FORMATS = "pdf,docx"


@contextmanager
def folder() -> Iterator[Path]:
    """Yield a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="afterword-benchmark-") as name:
        yield Path(name)


def mixed(target: Path, number: int, *, small: bool = False) -> Path:
    """Write so many records, all different, with the files that they name; return their folder."""
    target.mkdir(parents=True)
    shutil.copytree(ROOT / "samples" / "media", target / "media")
    records = [_record(name) for name in (("smallest.yaml",) if small else MIXED)]
    for count in range(number):
        record = dict(records[count % len(records)])
        record |= {"id": f"{record['id']}-{count}", "title": f"{record['title']} ({count})"}
        (target / f"{count:06}.json").write_text(json.dumps(record), "utf-8")
    return target


def _record(name: str) -> dict[str, Any]:
    source = sources(Reading((str(ROOT / "samples" / name),), name))[0]
    return dict(source.data)  # type: ignore[attr-defined, arg-type] # the samples have no faults


def archive(records: Path, target: Path, formats: str, *options: str) -> float:
    """Make an archive and return the seconds that it took."""
    command = [sys.executable, "-m", "afterword", "archive", str(records), "-o", str(target), "--to", formats, "-q"]
    start = time.perf_counter()
    subprocess.run([*command, *options], check=True)
    return time.perf_counter() - start


def ratio(name: str, ours: float, theirs: float, aim: str) -> None:
    """Print two figures and how they compare."""
    print(f"{name}: {theirs:.2f} s against {ours:.2f} s, {theirs / ours:.2f} times as fast ({aim})")


def peers(number: int, _sizes: list[int]) -> None:
    """Compare with pandoc, each started for one document as in a shell loop, two at a time."""
    program = pandoc()
    if program is None:
        print("peers: left out; pandoc is not installed (pip install pypandoc-binary)")
        return
    with folder() as work:
        records = mixed(work / "in", number)
        documents = as_markdown(records, work / "md")
        start = time.perf_counter()
        pandoc_loop(program, documents)
        theirs = time.perf_counter() - start
        ours = archive(records, work / "out", PEER_FORMATS, "-j", "2")
        ratio(f"peers, {number} reports", ours, theirs, "aim: 10")


def as_markdown(records: Path, target: Path) -> list[Path]:
    """Return the same reports as Markdown documents, which pandoc reads."""
    archive(records, target, "md", "-j", "2")
    return sorted((target / "data").rglob("*.md"))


def pandoc_loop(program: str, documents: list[Path]) -> None:
    """Make a PDF and a Word document of each, two at a time, as a loop in a shell does."""
    weasyprint = Path(sys.executable).parent / "weasyprint"
    loop = (
        f'cd "${{1%/*}}"; "{program}" "$1" -o "$1.pdf" --pdf-engine="{weasyprint}" 2>/dev/null;'
        f'"{program}" "$1" -o "$1.docx"'
    )
    listed = "\0".join(map(str, documents)).encode()
    subprocess.run(["xargs", "-0", "-n", "1", "-P", "2", "sh", "-c", loop, "sh"], input=listed, check=True)


ENGINE_REPORTS = 60
"""Reports that tell what the engine takes; the figure is of one report, and each sixth is like the sixth before."""


def engine(number: int, _sizes: list[int]) -> None:
    """Compare the loop with the engine alone, in CPU time: warm, one core, pandoc's own plain pages, no tags, no Word.

    Whatever makes its PDFs with this engine has at least this to do, so that the ratio bounds what `peers` can reach.
    """
    program = pandoc()
    if program is None:
        print("engine: left out; pandoc is not installed (pip install pypandoc-binary)")
        return
    with folder() as work:
        documents = as_markdown(mixed(work / "in", min(number, ENGINE_REPORTS)), work / "md")
        before = _cpu(resource.RUSAGE_CHILDREN)
        pandoc_loop(program, documents)
        theirs = _cpu(resource.RUSAGE_CHILDREN) - before
        pages = [_page(program, document) for document in documents]
        for page in pages[: len(MIXED)]:
            page.write_pdf()
        before = _cpu(resource.RUSAGE_SELF)
        for page in pages:
            page.write_pdf()
        alone = _cpu(resource.RUSAGE_SELF) - before
        ratio(f"engine, {len(pages)} reports, CPU time: pandoc's loop, the engine alone", alone, theirs, "no aim")


def _page(program: str, document: Path) -> Any:  # noqa: ANN401 (WeasyPrint has no types)
    from weasyprint import HTML

    made = subprocess.run([program, "-s", "-t", "html", document], check=True, capture_output=True, cwd=document.parent)
    return HTML(string=made.stdout.decode(), base_url=str(document))


def _cpu(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def workers(number: int, _sizes: list[int]) -> None:
    """Compare two workers with one."""
    with folder() as work:
        records = mixed(work / "in", number)
        one = archive(records, work / "one", PEER_FORMATS, "-j", "1")
        two = archive(records, work / "two", PEER_FORMATS, "-j", "2")
        ratio(f"workers, {number} reports, 1 against 2", two, one, "aim: 1.8")


def unchanged(_number: int, sizes: list[int]) -> None:
    """Compare a run with nothing to do with the one that made everything; cheap formats, so that sizes can be large."""
    number = sizes[-1]
    with folder() as work:
        records = mixed(work / "in", number, small=True)
        made = archive(records, work / "out", "json")
        time.sleep(3)  # sources that were written just now are looked into once more
        archive(records, work / "out", "json")
        again = archive(records, work / "out", "json")
        share = 100 * again / made
        print(f"unchanged, {number} reports to JSON: made in {made:.1f} s, checked in {again:.2f} s, {share:.2f} %")
        print("  (aim: below 5 s, and below 1 % of an export to PDF and Word draft)")


def memory(number: int, sizes: list[int]) -> None:
    """Print the peak of the coordinator, and the memory of one worker after its 200th and its last reports."""
    with folder() as work:
        records = mixed(work / "in", sizes[-1], small=True)
        peak = _peak(lambda: archive(records, work / "out", "json"))
        print(f"memory, coordinator and workers at {sizes[-1]} reports: at most {peak / 1e6:.0f} MB each (aim: 200)")
        told = _worker_memory(mixed(work / "mixed", number), work / "target")
        second, last = told[100:200], told[-100:]
        if second:
            early, late = sum(second) / len(second), sum(last) / len(last)
            print(
                f"memory, a worker: {early / 1e6:.0f} MB, then {late / 1e6:.0f} MB, {100 * late / early:.1f} %",
                "(aim: 110)",
            )


def _peak(work: Callable[[], object]) -> int:
    work()
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _worker_memory(records: Path, target: Path) -> list[int]:
    """Return the memory of one worker after each report, in bytes."""
    told = []
    options = RenderOptions()
    with local_crew(1, 300, with_engines=True) as crew:
        for path in sorted(records.glob("*.json")):
            reading = Reading((str(path),), path.name)
            digest = digest_of(sources(reading)[0])  # type: ignore[arg-type] # the records have no faults
            job = Job(path.name, path.name, reading, 0, digest, f"data/{path.stem}", str(target), options)
            crew.executor.submit(do, job).result()
            told.append(crew.executor.busy()[0].memory)  # type: ignore[attr-defined] # it is our pool
    return told


def dask(number: int, _sizes: list[int]) -> None:
    """Compare two Dask workers with two of our own."""
    from distributed import LocalCluster

    with folder() as work, LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        records = mixed(work / "in", number)
        local = archive(records, work / "local", PEER_FORMATS, "-j", "2")
        options = ("--executor", "dask", "--scheduler", cluster.scheduler_address)
        archive(mixed(work / "warm", 4), work / "warmed", PEER_FORMATS, *options)
        spread = archive(records, work / "dask", PEER_FORMATS, *options)
        print(
            f"dask, {number} reports: {spread:.1f} s, the local pool {local:.1f} s,",
            f"{100 * local / spread:.0f} % (aim: 90)",
        )


def line(_number: int, sizes: list[int]) -> None:
    """Print seconds and memory at each size, the line through them, and what it says of 100,000 reports."""
    seconds: list[float] = []
    for size in sizes:
        with folder() as work:
            records = mixed(work / "in", size)
            seconds.append(archive(records, work / "out", PEER_FORMATS))
        print(f"line, {size:6} reports: {seconds[-1]:8.1f} s, {seconds[-1] / size * 1000:6.1f} ms each")
    fit = linear_regression(sizes, seconds)
    worst = max(abs(fit.slope * size + fit.intercept - took) / took for size, took in zip(sizes, seconds, strict=True))
    hours = (fit.slope * 100_000 + fit.intercept) / 3600
    print(f"line: {fit.intercept:.1f} s + {fit.slope * 1000:.1f} ms a report, at most {100 * worst:.0f} % off")
    print(f"line: 100,000 reports in {hours:.1f} hours on {os.cpu_count()} cores")


PARTS: dict[str, Callable[[int, list[int]], None]] = {
    "peers": peers,
    "engine": engine,
    "workers": workers,
    "unchanged": unchanged,
    "memory": memory,
    "dask": dask,
    "line": line,
}


def main() -> None:
    """Run the parts that are named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--sizes", default="100,1000,10000")
    given = parser.parse_args()
    for name in given.parts or PARTS:
        PARTS[name](given.reports, [int(size) for size in given.sizes.split(",")])


if __name__ == "__main__":
    main()
