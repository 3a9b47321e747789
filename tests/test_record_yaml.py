"""Records written as YAML: read back they are the same, in the order of the model, with guesses marked."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from afterword.characters import clean
from afterword.incident.model import Incident
from afterword.intake import read_text
from afterword.loading import load_source
from afterword.record_yaml import record_yaml
from incident_strategies import FEW, HOSTILE, incidents

TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8"), max_size=40),
    st.sampled_from([clean(text)[0] for text in HOSTILE]),
    st.lists(st.sampled_from(["a", "#", "-", ":", " ", "\t", "\n", "|", '"', "'", "null", "---", "é", "0x19"])).map(
        "".join
    ),
)
VALUES = st.recursive(TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3))


def _read(text: str) -> Any:  # noqa: ANN401 (any data)
    return read_text(text, "yaml", "x", None).data


@FEW
@given(incidents())
def test_reads_back_as_the_same_incident(incident: Incident) -> None:
    """What is written is the record, whatever its texts are made of."""
    loaded = load_source(read_text(record_yaml(incident.as_data()), "yaml", "x", None))
    assert loaded.require() == incident


@FEW
@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4))
def test_reads_back_as_the_same_data(data: dict[str, Any]) -> None:
    """Texts, lists and mappings of any content and depth come back letter by letter."""
    assert _read(record_yaml({"extra": data})) == {"extra": data}


def test_is_tidy() -> None:
    """The order is the model's, long prose stands in blocks, and a guess is told in its line."""
    data = {
        "timeline": [{"at": "2024-01-01T00:00:00.5Z", "kind": "detected", "description": "one\n\ntwo"}],
        "date": "2024-01-01",
        "id": "0x19",
        "title": "It's down: all of it",
    }
    assert record_yaml(data, {("timeline", 0, "kind"): "guessed: so it seems"}).splitlines() == [
        'id: "0x19"',
        'title: "It\'s down: all of it"',
        "date: 2024-01-01",
        "timeline:",
        "  - at: 2024-01-01T00:00:00.5Z",
        "    kind: detected  # guessed: so it seems",
        "    description: |-",
        "      one",
        "",
        "      two",
    ]
