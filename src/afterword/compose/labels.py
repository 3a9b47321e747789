"""What the values of the record are called in a document, in English; catalogues translate them."""

from __future__ import annotations

from types import MappingProxyType

from afterword.incident.audience import Audience
from afterword.incident.durations import DurationName, DurationState
from afterword.incident.model import Stage, Status
from afterword.incident.parts import Kind
from afterword.words import message

STATUSES = MappingProxyType(
    {
        Status.OPEN: message("Open"),
        Status.INVESTIGATING: message("Investigating"),
        Status.IDENTIFIED: message("Identified"),
        Status.MITIGATED: message("Mitigated"),
        Status.MONITORING: message("Monitoring"),
        Status.RESOLVED: message("Resolved"),
        Status.CLOSED: message("Closed"),
    }
)

STAGES = MappingProxyType(
    {Stage.DRAFT: message("Draft"), Stage.IN_REVIEW: message("In review"), Stage.FINAL: message("Final")}
)

AUDIENCES = MappingProxyType(
    {
        Audience.INTERNAL: message("Internal"),
        Audience.STAKEHOLDER: message("Stakeholders"),
        Audience.PUBLIC: message("Public"),
    }
)

EDITIONS = MappingProxyType(
    {
        Audience.INTERNAL: message("Internal edition"),
        Audience.STAKEHOLDER: message("Stakeholder edition"),
        Audience.PUBLIC: message("Public edition"),
    }
)

KINDS = MappingProxyType(
    {
        Kind.IMPACT_START: message("Impact starts"),
        Kind.DETECTED: message("Detected"),
        Kind.ACKNOWLEDGED: message("Acknowledged"),
        Kind.ESCALATED: message("Escalated"),
        Kind.COMMUNICATED: message("Communicated"),
        Kind.DIAGNOSED: message("Diagnosed"),
        Kind.MITIGATED: message("Mitigated"),
        Kind.RESOLVED: message("Resolved"),
        Kind.CLOSED: message("Closed"),
        Kind.ACTION: message("Action"),
        Kind.NOTE: message("Note"),
    }
)

DURATIONS = MappingProxyType(
    {
        DurationName.TO_DETECT: message("Time to detect"),
        DurationName.TO_ACKNOWLEDGE: message("Time to acknowledge"),
        DurationName.TO_MITIGATE: message("Time to mitigate"),
        DurationName.TO_RESOLVE: message("Time to resolve"),
        DurationName.TOTAL: message("Total duration"),
    }
)

SINCE = MappingProxyType({Kind.IMPACT_START: message("Start of impact"), Kind.DETECTED: message("Detection")})

STATES = MappingProxyType(
    {
        DurationState.RECORDED: message("Recorded"),
        DurationState.PENDING: message("Pending"),
        DurationState.NOT_APPLICABLE: message("Not applicable"),
        DurationState.INVALID: message("Invalid: ends before it starts"),
    }
)

GROUPS = MappingProxyType(
    {
        "went-well": message("What Went Well"),
        "went-wrong": message("What Went Wrong"),
        "lucky": message("Where We Got Lucky"),
    }
)

ACTION_TYPES = MappingProxyType(
    {
        "": "",
        "prevent": message("Prevent"),
        "detect": message("Detect"),
        "mitigate": message("Mitigate"),
        "process": message("Process"),
        "document": message("Document"),
        "investigate": message("Investigate"),
        "repair": message("Repair"),
    }
)

ACTION_STATES = MappingProxyType(
    {
        "": "",
        "open": message("Open"),
        "in-progress": message("In progress"),
        "done": message("Done"),
        "blocked": message("Blocked"),
        "declined": message("Declined"),
    }
)
