"""The file that `afterword new` makes."""

from __future__ import annotations

import json

from afterword.characters import clean
from afterword.templating import render


def scaffold(identifier: str, title: str, day: str) -> str:
    """Return a commented YAML record with every field, which is valid as a draft."""
    return render("scaffold.yaml.j2", id=_quoted(identifier), title=_quoted(title), date=_quoted(day))


def _quoted(text: str) -> str:
    """Return text as a YAML scalar in double quotes, which JSON's are too (YAML 1.2.2, 1.2)."""
    return json.dumps(" ".join(clean(text)[0].split()), ensure_ascii=False)
