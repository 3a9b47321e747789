"""Fixtures of the command's tests."""

from __future__ import annotations

from cli_runner import afterword, small

__all__ = ["afterword", "small"]
