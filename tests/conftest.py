"""Properties are tried on the same examples every time, and on new ones where AFTERWORD_SEARCH=1 asks for them."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("afterword", derandomize=os.environ.get("AFTERWORD_SEARCH") != "1")
settings.load_profile("afterword")
