"""What holds for an archive unless something else is said; apart, so that the command line need not load the rest."""

from __future__ import annotations

PATTERN = "{year}/{id}/{slug}.{ext}"
"""Where a report goes."""

TIME_LIMIT = 300.0
"""Seconds that a report may take; the largest that is accepted takes a few."""
