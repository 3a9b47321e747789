"""Which fields are Markdown follows from the models."""

from __future__ import annotations

import json

from afterword.incident.model import Incident
from afterword.incident.prose_fields import is_prose, prose_fields


def test_every_field_that_the_schema_calls_prose_is_found() -> None:
    """As often as the schema says so: no part with prose is in the record at two places."""
    assert len(prose_fields()) == json.dumps(Incident.model_json_schema()).count('"x-prose": true')


def test_a_path_is_told_by_all_of_its_names() -> None:
    """Items of lists count whatever their number; the list itself is no text, and a name alone says nothing."""
    assert is_prose(("summary",))
    assert is_prose(("lessons", 7, "description"))
    assert is_prose(("root_cause", "five_whys", 3))
    assert not is_prose(("root_cause", "five_whys"))
    assert not is_prose(("lessons", 7, "title"))
    assert not is_prose(("extra", "description"))
