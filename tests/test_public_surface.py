"""The public surface is what `__all__` says, and no more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import afterword
from afterword.errors import AfterwordError


def test_all_is_sorted_and_there() -> None:
    """Every public name can be had, and the list is in order."""
    assert afterword.__all__ == sorted(afterword.__all__)
    assert all(getattr(afterword, name) for name in afterword.__all__)
    assert dir(afterword) == afterword.__all__


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    """The package has no other names."""
    assert not hasattr(afterword, "nonsense")


def test_all_errors_have_one_base() -> None:
    """Whoever catches AfterwordError has caught them all."""
    errors = [name for name in afterword.__all__ if name.endswith(("Error", "Missing"))]

    assert len(errors) == 7
    assert all(issubclass(getattr(afterword, name), AfterwordError) for name in errors)


def test_the_five_lines_of_the_readme_work(tmp_path: Path) -> None:
    """What the README shows in Python runs as it stands."""
    root = Path(__file__).resolve().parents[1]
    readme = (root / "README.md").read_text("utf-8")
    lines = readme.split("```python\n")[1].split("```")[0].replace('"build"', repr(str(tmp_path)))

    done = subprocess.run([sys.executable, "-c", lines], cwd=root, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".pdf"]


def test_an_incident_can_be_rendered_from_python() -> None:
    """A record made in Python needs no file."""
    incident = afterword.Incident.model_validate({"id": "1", "title": "t", "date": "2023-08-13"})

    documents = afterword.render(incident, ["json", "md"])

    assert afterword.loads(documents.files["json"].decode(), "json") == incident
