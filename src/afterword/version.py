"""The version of the installed package, and the libraries that it needs."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("afterword")
except PackageNotFoundError:  # a checkout that is run without being installed
    VERSION = "0+unknown"

LIBRARIES = (
    "babel",
    "fonttools",
    "jinja2",
    "lxml",
    "markdown-it-py",
    "mdit-py-plugins",
    "pillow",
    "pydantic",
    "pypdf",
    "python-docx",
    "resvg-py",
    "rich",
    "ruamel.yaml",
    "tinycss2",
    "tree-sitter",
    "tree-sitter-toml",
    "typer",
    "tzdata",
    "weasyprint",
)
"""The Python libraries of pyproject.toml, which a checkout that is not installed cannot ask for."""
