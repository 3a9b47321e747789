"""Readers: each brings one source format in, as data with places."""
