"""The version of the installed package."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("afterword")
except PackageNotFoundError:  # a checkout that is run without being installed
    VERSION = "0+unknown"
