"""Compose: Incident to Report."""
