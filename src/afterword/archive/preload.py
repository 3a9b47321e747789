"""Imported by the server that workers are forked from, so that all share what it has loaded."""

from afterword.archive import job, survey
from afterword.pipeline import load_engines

load_engines(("pdf", "docx", "html"))

__all__ = ["job", "survey"]
