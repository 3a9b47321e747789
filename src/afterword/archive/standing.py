"""How the reports of an archive stand against a plan: what is there, what is still right, what may be replaced."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from afterword.archive.bag import PAYLOAD
from afterword.archive.job import Result, need
from afterword.archive.keeping import Keeping
from afterword.archive.plan import Fate, Plan, Planned
from afterword.archive.reading import entry_of
from afterword.archive.state import File, Kept, Need, Outcome
from afterword.archive.store import Entry, Store
from afterword.diagnostics import Finding


@dataclass(slots=True)
class Standing:
    """What is known of an archive while a run works on it."""

    kept: dict[str, Kept]
    """Reports by key."""

    entries: dict[str, Entry]
    """Files of the payload by path, as they were when the run began."""

    paths: set[str]
    """Paths of the archive's own making."""

    recipe: str
    planned: frozenset[str]
    force: bool = False
    owners: dict[str, str] = field(default_factory=dict)
    """Keys of reports by the paths of their files."""

    left: dict[str, str] = field(default_factory=dict)
    """SHA-256 of what this archive put into files that their reports have left, by path."""

    changed: bool = False
    """Whether the payload changed in this run."""

    @classmethod
    def of(cls, keeping: Keeping, plan: Plan, recipe: str, kept: dict[str, Kept], *, force: bool) -> Standing:
        """Return how things stand with the reports that the archive has, by key."""
        entries = {each.path: each for each in keeping.store.walk(PAYLOAD)}
        planned = frozenset(each.key for each in plan.reports)
        owners = {file.path: key for key, each in kept.items() for file in each.files.values()}
        return cls(kept, entries, keeping.state.paths(), recipe, planned, force, owners)

    def fate(self, planned: Planned) -> Fate:
        """Return what is to become of a report."""
        if planned.card.findings:
            return Fate.FAULTY
        kept = self.kept.get(planned.key)
        if kept is None or not (kept.files or kept.outcome is Outcome.FAILED):
            return Fate.NEW
        return Fate.UNCHANGED if self._is_right(planned, kept) else Fate.CHANGED

    def _is_right(self, planned: Planned, kept: Kept) -> bool:
        """Return whether making a report again would bring what there is."""
        if kept.outcome not in {Outcome.DONE, Outcome.FAILED} or kept.fingerprint != planned.fingerprint(self.recipe):
            return False
        files = kept.files.values() if kept.outcome is Outcome.DONE else ()
        return all(map(self.is_there, files)) and all(map(_is_as_before, kept.needs))

    def is_there(self, file: File) -> bool:
        """Return whether a file was, when the run began, as it is remembered."""
        entry = self.entries.get(file.path)
        return entry is not None and (entry.size, entry.stamp) == (file.size, file.stamp)

    def kept_as(self, planned: Planned) -> Kept:
        """Return a report as it is remembered while it is made."""
        card = planned.card
        return Kept(
            planned.key,
            planned.unit,
            card.source,
            Outcome.FLYING,
            planned.fingerprint(self.recipe),
            planned.stem,
            recall=planned.recall(),
        )

    def known(self, paths: Iterable[str]) -> dict[str, str | None]:
        """Return the SHA-256 that each file may have to be replaced; empty for any, None for one that is not ours."""
        return {path: self._known(path) for path in paths}

    def _known(self, path: str) -> str | None:
        if self.force:
            return ""
        owner = self.kept.get(self.owners.get(path, ""))
        files = owner.files.values() if owner and owner.outcome is not Outcome.FLYING else ()
        anything = "" if path in self.paths else None
        return next((file.ours for file in files if file.path == path), anything)

    def take(self, keeping: Keeping, planned: Planned, result: Result) -> None:
        """Remember what came of a report; what it failed to replace is remembered as it is."""
        before = self.kept.get(planned.key)
        kept = replace(self.kept_as(planned), needs=result.needs, findings=result.findings if result.fault else ())
        if result.fault:
            files = {**(before.files if before else {}), **result.files}
            edited = {each.place.file for each in result.findings if each.code == "AW701" and each.place}
            files = refreshed(keeping.store, files, edited)
            outcome = Outcome.AGAIN if result.may_pass else Outcome.FAILED
        else:
            files, outcome = dict(result.files), Outcome.DONE
        self._put(keeping, replace(kept, outcome=outcome, files=files), result.row)
        self.changed = True

    def failed(self, keeping: Keeping, planned: Planned, findings: tuple[Finding, ...]) -> None:
        """Remember a report that cannot be made; an earlier version of it stays."""
        before = self.kept.get(planned.key)
        if before and before.outcome is Outcome.FAILED and before.findings == findings and self._are_there(before):
            return
        files = refreshed(keeping.store, before.files, self.paths) if before else {}
        kept = replace(self.kept_as(planned), outcome=Outcome.FAILED, findings=findings, files=files)
        self._put(keeping, kept, "")

    def look_again(self, keeping: Keeping, kept: Kept) -> None:
        """Remember the files of a report that is in no plan as they are, where they were changed or cut off."""
        is_flying = kept.outcome is Outcome.FLYING
        if not is_flying and (kept.key in self.planned or self._are_there(kept)):
            return
        files = refreshed(keeping.store, kept.files, () if is_flying else self.paths)
        self.kept[kept.key] = replace(kept, outcome=Outcome.AGAIN if is_flying else kept.outcome, files=files)
        keeping.state.put(self.kept[kept.key])
        self.changed = True

    def _are_there(self, kept: Kept) -> bool:
        return all(map(self.is_there, kept.files.values()))

    def forget(self, keeping: Keeping, key: str) -> None:
        """Forget a report; its files are left over."""
        self.left |= {file.path: file.ours for file in self.kept.pop(key).files.values()}
        keeping.state.forget(key)

    def _put(self, keeping: Keeping, kept: Kept, row: str) -> None:
        self._leave(kept)
        for file in kept.files.values():
            owner = self.owners.get(file.path, kept.key)
            if owner != kept.key:
                self._take_over(keeping, owner, file.path)
            self.owners[file.path] = kept.key
        self.kept[kept.key] = kept
        keeping.state.put(kept, row)

    def _leave(self, kept: Kept) -> None:
        """Give up the paths that a report had before and has no more: another may be on its way to them."""
        before = self.kept.get(kept.key)
        for file in before.files.values() if before else ():
            self.left[file.path] = file.ours
            if self.owners.get(file.path) == kept.key:
                del self.owners[file.path]

    def _take_over(self, keeping: Keeping, owner: str, path: str) -> None:
        """Let a report have a path that was another's: of one that is moved, or that is in no plan any more."""
        other = self.kept[owner]
        files = {name: file for name, file in other.files.items() if file.path != path}
        if files or owner in self.planned:
            self.kept[owner] = replace(other, files=files)
            keeping.state.put(self.kept[owner])
        else:
            self.forget(keeping, owner)


def refreshed(store: Store, files: Mapping[str, File], edited: Collection[str] = ()) -> dict[str, File]:
    """Return files as they are now: a worker that was lost may have replaced some of them, each whole.

    Those of the paths `edited` that changed were changed by somebody else, and what we made of them stays known.
    """
    found: dict[str, File] = {}
    for name, file in files.items():
        entry = store.entry(file.path)
        if entry is not None:
            is_same = (entry.size, entry.stamp) == (file.size, file.stamp)
            digest = file.sha256 if is_same else store.digest(file.path)
            made = file.ours if file.path in edited and digest != file.ours else ""
            found[name] = File(file.path, entry.size, digest, entry.stamp, made)
    return found


def _is_as_before(known: Need) -> bool:
    entry = entry_of(known.name)
    stamp = entry.stamp if entry else ""
    return stamp == known.stamp or need(known.name).sha256 == known.sha256
