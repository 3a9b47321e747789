"""Every role of the report tree has a class in the style sheet and a style in the Word document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Literal, get_args, get_origin, get_type_hints

from afterword.diagnostics import Finding, Place
from afterword.report import nodes
from afterword.theme.record import PhaseColours

_CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
_RULES = re.compile(r"\{[^{}]*\}")
_NAMES = frozenset({"role", "kind"})
"""Names of the fields that hold one."""


def roles() -> Iterator[tuple[str, str]]:
    """Yield every role with the name of the node that has it: what the types of the tree allow, and the phases."""
    for name, node in vars(nodes).items():
        if is_dataclass(node):
            hints = get_type_hints(node, vars(nodes))
            for each in fields(node):
                if each.name in _NAMES and get_origin(hints[each.name]) is Literal:
                    yield from ((name, role) for role in get_args(hints[each.name]) if role)
    yield from (("Cell", f"phase-{name.replace('_', '-')}") for name in PhaseColours.model_fields)


def role_faults(css: str, word_styles: frozenset[str], place: Place) -> Iterator[Finding]:
    """Yield a finding for each role that no rule of a style sheet names, or that no Word style answers to."""
    from afterword.writers.docx.roles import style_of_role

    named = frozenset(_CLASS.findall(_RULES.sub(" ", css)))
    for node, role in roles():
        if role not in named:
            yield Finding("AW610", f"no rule of the style sheet names `.{role}`, a role of {node}", place=place)
        if style_of_role(node, role) not in word_styles:
            yield Finding("AW610", f"the Word document has no style for `{role}`, a role of {node}", place=place)
