"""The file that `afterword new` makes."""

from __future__ import annotations

import json

from afterword.characters import clean
from afterword.templating import render


def scaffold(identifier: str, title: str, day: str) -> str:
    """Return a commented YAML record with every field of the model, which is valid as a draft.

    `day` is a date in any form that a record may have. An id or a title without text becomes a placeholder.
    """
    return render(
        "scaffold.yaml.j2",
        id=_quoted(identifier) or '"[id of the incident]"',
        title=_quoted(title) or '"[title of the report]"',
        date=_quoted(day),
    )


def _quoted(text: str) -> str:
    """Return text of one line as a YAML scalar in double quotes, which JSON's are too (YAML 1.2.2, 1.2), or nothing."""
    line = " ".join(clean(text)[0].split())
    return json.dumps(line, ensure_ascii=False) if line else ""
