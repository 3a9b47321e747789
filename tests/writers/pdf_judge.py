"""What the outside judge of PDF/UA-1 and PDF/A-3a says of a document."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import page as judge

PROFILES = ("ua1", "3a")


def judged(data: bytes, profiles: tuple[str, ...] = PROFILES) -> list[str]:
    """Return the rules that a PDF fails, each with its profile."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "judged.pdf"
        file.write_bytes(data)
        return [
            f"{profile}: {found.rule_id} {found.message}"
            for profile in profiles
            for found in judge.validate_pdf(str(file), profile=profile).failures
        ]
