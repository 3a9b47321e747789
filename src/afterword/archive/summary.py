"""What a run came to: how each report ended, and what is to be told of the archive as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from afterword.diagnostics import Finding, has_errors


@dataclass(frozen=True, slots=True)
class Ended:
    """How a report ended."""

    source: str
    id: str
    outcome: str
    """`done`, `failed` or `unchanged`."""

    files: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    fault: str = ""
    seconds: float = 0.0


@dataclass(slots=True)
class Summary:
    """What a run came to."""

    ended: list[Ended] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"done": 0, "unchanged": 0, "failed": 0})
    left_out: int = 0
    gone: list[str] = field(default_factory=list)
    """Sources of reports that are kept although they are gone, or that were removed with --prune."""

    pruned: int = 0
    findings: list[Finding] = field(default_factory=list)
    """What is to be told of the archive as a whole."""

    seconds: float = 0.0
    stopped: bool = False
    left: int = 0
    """How many reports were not begun because the run was stopped; 0 where it was before they were counted."""

    size: int = 0
    """Octets of the payload."""

    was_cut_off: bool = False

    @property
    def is_fine(self) -> bool:
        """Return whether everything is as it should be."""
        return not (self.counts["failed"] or has_errors(self.findings) or self.stopped)
