"""Drawings of the Report: what a writer is to draw, never where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """One event on a timeline drawing."""

    at: float
    """Seconds after the drawing's start."""

    label: str
    time: str
    """The time as the reader sees it."""

    role: str
    """`phase-` and the kind of event, such as `phase-detected`."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time on a timeline drawing, such as the time to mitigate."""

    start: float
    """Seconds after the drawing's start."""

    end: float
    label: str
    role: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled point of the axis of a timeline drawing."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """Events along a time axis: what to draw, not where; writers share one geometry for it."""

    length: float
    """Seconds from the drawing's start to its end; above 0."""

    marks: tuple[Mark, ...]
    spans: tuple[Span, ...] = ()
    ticks: tuple[Tick, ...] = ()
