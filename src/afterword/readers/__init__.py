"""Readers: each brings one source format in, as data with places or as a document, and does not ask what it means."""
