"""The end of a run: what is left over is removed, the index is made, and the bag is closed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import UTC, datetime

from afterword.archive.bag import About, is_written, write_bag
from afterword.archive.keeping import Keeping
from afterword.archive.listing import Listing, kept_row
from afterword.archive.plan import Plan
from afterword.archive.row import Row, from_json
from afterword.archive.standing import Standing
from afterword.archive.state import File, Kept, Outcome
from afterword.archive.summary import Summary
from afterword.archive.survey import forget_units
from afterword.clock import FALLBACK, document_date
from afterword.codes import CODES
from afterword.diagnostics import Finding, Place, Severity
from afterword.version import VERSION

_INDEX = "index"


@dataclass(slots=True)
class Finisher:
    """Ends a run."""

    keeping: Keeping
    plan: Plan
    standing: Standing
    summary: Summary
    listing: Listing

    def finish(self, *, whole: bool) -> None:
        """Leave a whole bag, with everything in it that the state knows and nothing else.

        `whole` says that the run came to its end, so that what is in no source any more can be told.
        """
        self._settle()
        if whole:
            self._part_with_gone()
        index = self._index_files()
        if self._is_to_close(index):
            self.keeping.begin()
            index = self._write_index()
            self._sweep(index)
            self._close(index)
            self.keeping.commit()
        self.keeping.end()
        self._tell_strays(index)
        self.summary.size = sum(file.size for file in self._files(index))

    def _settle(self) -> None:
        """Look at what was under way when an earlier run was cut off, and at what is not in this one's plan."""
        for kept in list(self.standing.kept.values()):
            self.standing.look_again(self.keeping, kept)
        self.keeping.commit()

    def _part_with_gone(self) -> None:
        """Tell which reports have no source any more, and forget them if that is wished."""
        kept_now = self.standing.kept
        awaited = {each.stem for each in self.plan.reports if kept_now[each.key].outcome is not Outcome.DONE}
        for key, kept in list(kept_now.items()):
            if key in self.standing.planned or not self.plan.sight.has_lost(kept):
                continue
            if not kept.files:  # it was never made: of a fault that is mended, or whose record is gone too
                self.standing.forget(self.keeping, key)
            elif kept.stem not in awaited:  # what is to take its place could not be made
                self._part_with(kept)
        if self.plan.prunes:
            forget_units(self.keeping.state, self.plan.sight.is_gone)
        self.keeping.commit()

    def _part_with(self, kept: Kept) -> None:
        self.summary.gone.append(kept.source)
        if self.plan.prunes:
            self.summary.pruned += 1
            self.standing.changed = True
            self.standing.forget(self.keeping, kept.key)
        else:
            message = f"{self.plan.sight.why(kept)}, and its report is kept"
            self.summary.findings.append(
                Finding("AW710", message, Severity.NOTE, Place(kept.source), hint=CODES["AW710"].hint)
            )

    def _index_files(self) -> dict[str, File]:
        """Return the files of the index that the archive has."""
        known = json.loads(self.keeping.state.fact(_INDEX) or "{}")
        return {name: File(*values) for name, values in known.items()}

    def _is_to_close(self, index: dict[str, File]) -> bool:
        if self.standing.changed or self.keeping.was_cut_off or not index:
            return True
        entries = self.standing.entries
        is_whole = all(
            (entry := entries.get(file.path)) and (entry.size, entry.stamp) == (file.size, file.stamp)
            for file in index.values()
        )
        is_ours = self.keeping.state.fact("version") == VERSION and self.listing.is_in(index, self._rows())
        return not (is_whole and is_ours and is_written(self.keeping.store, self._files(index), self._about()))

    def _write_index(self) -> dict[str, File]:
        written = self.listing.write(self.keeping, list(self._rows()))
        facts = {name: list(astuple(file)) for name, file in written.items()}
        self.keeping.state.set_fact(_INDEX, json.dumps(facts))
        self.keeping.state.set_fact("version", VERSION)
        return written

    def _rows(self) -> Iterator[Row]:
        return (kept_row(from_json(row), paths) for row, paths in self.keeping.state.rows())

    def _files(self, index: dict[str, File]) -> list[File]:
        reports = [file for kept in self.standing.kept.values() for file in kept.files.values()]
        return [*reports, *index.values()]

    def _sweep(self, index: dict[str, File]) -> None:
        """Remove what was of our making and is no file of any report any more; what somebody changed stays."""
        current = {file.path for file in self._files(index)}
        for path in sorted(self.keeping.state.paths() - current):
            if self._is_as_made(path):
                self.keeping.store.remove(path)
            else:
                message = f"{path} was changed since it was made, and stays although its report has left it"
                self.summary.findings.append(Finding("AW705", message, place=Place(path), hint=CODES["AW705"].hint))
            self.keeping.state.forget_path(path)

    def _is_as_made(self, path: str) -> bool:
        made, store = self.standing.left.get(path), self.keeping.store
        return made is None or store.entry(path) is None or store.digest(path) == made

    def _close(self, index: dict[str, File]) -> None:
        write_bag(self.keeping.store, self._files(index), self._about())

    def _about(self) -> About:
        days = sorted(row.date for row in self._rows())
        first, last = (days[0], days[-1]) if days else ("", "")
        recorded = datetime.fromisoformat(last).replace(tzinfo=UTC) if last else FALLBACK
        day = document_date(recorded, os.environ).date().isoformat()
        return About(len(days), day, first, last)

    def _tell_strays(self, index: dict[str, File]) -> None:
        """Tell of files in the payload that are not of our making; the bag is not valid with them."""
        known = {file.path for file in self._files(index)} | self.standing.paths | self.keeping.state.paths()
        for path in sorted(set(self.standing.entries) - known):
            message = f"{path} is not from this archive, which is no valid bag while it is there"
            self.summary.findings.append(Finding("AW705", message, place=Place(path), hint=CODES["AW705"].hint))
