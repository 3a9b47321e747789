"""The specimen shows everything that a report can hold."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

import pytest

from afterword.proofing.roles import roles
from afterword.proofing.specimen import specimen
from afterword.report import nodes
from afterword.report.check import check
from afterword.theme.load import load_theme, names
from afterword.theme.record import PhaseColours


def _everything(value: object) -> list[object]:
    """Return a node with all records inside it."""
    if isinstance(value, tuple):
        return [inner for each in value for inner in _everything(each)]
    if isinstance(value, dict):
        return _everything(tuple(value.values()))
    if not is_dataclass(value):
        return []
    return [value, *(inner for each in fields(value) for inner in _everything(getattr(value, each.name)))]


def test_every_node_is_there() -> None:
    """No record of the report tree is missing; one that is added to the tree has to be added here."""
    known = {name for name, kind in vars(nodes).items() if isinstance(kind, type) and is_dataclass(kind)}
    assert known - {type(each).__name__ for each in _everything(specimen(load_theme("")))} == set()


def test_every_role_is_there() -> None:
    """No role that the types allow is missing, but for TLP labels, of which a document has one."""
    found = {
        (type(each).__name__, getattr(each, name))
        for each in _everything(specimen(load_theme("")))
        for name in ("role", "kind")
        if hasattr(each, name)
    }
    assert {(node, role) for node, role in roles() if node != "Marking"} - found == set()


def test_roles_come_from_the_types() -> None:
    """The roles that are checked are those that the tree's types say, and a phase for each kind of event."""
    found = set(roles())
    assert {("Paragraph", "lead"), ("Table", "timeline"), ("Callout", "to-complete"), ("Marking", "red")} <= found
    assert sum(node == "Cell" for node, _ in found) == len(PhaseColours.model_fields)


@pytest.mark.parametrize("theme", names())
def test_the_tree_is_sound(theme: str) -> None:
    """The specimen is a report like any other, for every theme."""
    assert check(specimen(load_theme(theme))) == ()
