"""What a code is: one kind of finding."""

from __future__ import annotations

from dataclasses import dataclass

from afterword.diagnostics import Severity

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding. A code is never given another meaning; one that falls out of use stays reserved."""

    id: str
    name: str
    severity: Severity
    """The severity it has unless a stage says otherwise."""

    meaning: str
    advice: str

    @property
    def hint(self) -> str:
        """Return the advice as findings give it: lower-case, without a full stop."""
        return self.advice[:1].lower() + self.advice[1:].rstrip(".")
