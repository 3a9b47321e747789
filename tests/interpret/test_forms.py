"""Placeholders of forms are still placeholders in the record that is made of them."""

from __future__ import annotations

import pytest

from afterword.documents import read
from afterword.incident.inspect import texts
from afterword.placeholders import find

FORM = """# Postmortem: {title}

**Owner:** _Your name goes here._
**Date:** YYYY-MM-DD
**Severity:** [one of four]

## Summary

_Include what happened._

## Responders

* _Who was on call?_
* _Who took notes?_

## Timeline

| Time | Event |
|---|---|
| `HH:MM` | *(por ejemplo, una alerta)* |
"""


@pytest.mark.parametrize("title", ["{{INCIDENT_NAME}}", "<Incident Title>", "[Título]", "<Título del incidente>"])
def test_a_record_keeps_the_placeholders_of_a_form(title: str) -> None:
    """As many are found in the texts of the record as in the form, also in the title and in names of people."""
    form = FORM.format(title=title)

    source = read(form, "form.md")
    kept = [found.text for _, text in texts(source.data) for found in find(text)]

    assert sorted(kept) == sorted(found.text for found in find(form))
