"""What the values of the record are called in a document, in English; catalogues translate them."""

from __future__ import annotations

from types import MappingProxyType

from afterword.incident.durations import DurationName, DurationState
from afterword.incident.model import Stage, Status
from afterword.incident.parts import Kind

STATUSES = MappingProxyType(
    {
        Status.OPEN: "Open",
        Status.INVESTIGATING: "Investigating",
        Status.IDENTIFIED: "Identified",
        Status.MITIGATED: "Mitigated",
        Status.MONITORING: "Monitoring",
        Status.RESOLVED: "Resolved",
        Status.CLOSED: "Closed",
    }
)

STAGES = MappingProxyType({Stage.DRAFT: "Draft", Stage.IN_REVIEW: "In review", Stage.FINAL: "Final"})

KINDS = MappingProxyType(
    {
        Kind.IMPACT_START: "Impact starts",
        Kind.DETECTED: "Detected",
        Kind.ACKNOWLEDGED: "Acknowledged",
        Kind.ESCALATED: "Escalated",
        Kind.COMMUNICATED: "Communicated",
        Kind.DIAGNOSED: "Diagnosed",
        Kind.MITIGATED: "Mitigated",
        Kind.RESOLVED: "Resolved",
        Kind.CLOSED: "Closed",
        Kind.ACTION: "Action",
        Kind.NOTE: "Note",
    }
)

DURATIONS = MappingProxyType(
    {
        DurationName.TO_DETECT: "Time to detect",
        DurationName.TO_ACKNOWLEDGE: "Time to acknowledge",
        DurationName.TO_MITIGATE: "Time to mitigate",
        DurationName.TO_RESOLVE: "Time to resolve",
        DurationName.TOTAL: "Total duration",
    }
)

SINCE = MappingProxyType({Kind.IMPACT_START: "Start of impact", Kind.DETECTED: "Detection"})

STATES = MappingProxyType(
    {
        DurationState.RECORDED: "Recorded",
        DurationState.PENDING: "Pending",
        DurationState.NOT_APPLICABLE: "Not applicable",
        DurationState.INVALID: "Invalid: ends before it starts",
    }
)

GROUPS = MappingProxyType(
    {"went-well": "What Went Well", "went-wrong": "What Went Wrong", "lucky": "Where We Got Lucky"}
)

ACTION_TYPES = MappingProxyType(
    {
        "": "",
        "prevent": "Prevent",
        "detect": "Detect",
        "mitigate": "Mitigate",
        "process": "Process",
        "document": "Document",
        "investigate": "Investigate",
        "repair": "Repair",
    }
)

ACTION_STATES = MappingProxyType(
    {
        "": "",
        "open": "Open",
        "in-progress": "In progress",
        "done": "Done",
        "blocked": "Blocked",
        "declined": "Declined",
    }
)
