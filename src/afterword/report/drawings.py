"""Drawings of the Report: what a writer is to draw, never where."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Mark:
    """One moment on a timeline drawing: an event, or a milestone that is known without one."""

    at: float
    """Seconds after the drawing's start."""

    label: str
    time: str
    """The time of day as the reader sees it."""

    role: str
    """`phase-` and the kind of event, such as `phase-detected`."""

    day: str = ""
    """The day as the reader sees it; empty where all events lie on one day."""

    is_event: bool = True
    """Whether it is one of the events that are counted, and not only the start of the impact that the record names."""


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
    day: str = ""
    """What changes at this tick and stands below it: the date, the year, or the offset from UTC."""


@dataclass(frozen=True, slots=True)
class Break:
    """A long stretch without events, for which the axis is interrupted."""

    start: float
    """Seconds after the drawing's start."""

    end: float
    label: str
    """How long it is, in words."""


@dataclass(frozen=True, slots=True)
class Lettering:
    """Words and patterns for what is only known once a timeline drawing has its places."""

    dated: str = "{day}, {time}"
    between: str = "{start}–{end}"
    count: str = "×{count}"
    """How many events stand together."""

    together: str = ""
    """What such a count is, for the legend."""


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """Events along a time axis: what to draw, not where; writers share one geometry for it."""

    length: float
    """Seconds from the drawing's start to its end; above 0."""

    marks: tuple[Mark, ...]
    spans: tuple[Span, ...] = ()
    ticks: tuple[Tick, ...] = ()
    breaks: tuple[Break, ...] = ()
    """In order of time; no mark, and no end of a stretch, lies inside one."""

    zone: str = ""
    """The zone of the times with its offset, empty where none is known."""

    lettering: Lettering = field(default_factory=Lettering)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One bar of a bar chart."""

    label: str
    value: float
    """At least 0, on the scale of the chart."""

    text: str
    """The value as the reader sees it, with its unit."""

    role: str = ""
    """`phase-` and a kind of event, `estimate` for a value that was not counted, or nothing."""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Quantities on one scale that starts at 0: what to draw, not where; writers share one geometry for it."""

    quantities: tuple[Quantity, ...]
    """At least two, in their order."""

    whole: float = 0.0
    """What all of it would be, such as 100 for shares in per cent; 0 where there is no whole."""


Drawing = TimelineDrawing | BarChart


def lettered(drawing: Drawing) -> tuple[str, ...]:
    """Return every text of a drawing that comes from the record or from the words of its language."""
    match drawing:
        case BarChart(quantities):
            return tuple(text for each in quantities for text in (each.label, each.text))
        case TimelineDrawing():
            marks = (text for mark in drawing.marks for text in (mark.label, mark.day))
            ticks = (text for tick in drawing.ticks for text in (tick.label, tick.day))
            stretches = (*(span.label for span in drawing.spans), *(gap.label for gap in drawing.breaks))
            return (*marks, *ticks, *stretches, drawing.zone, drawing.lettering.together)
