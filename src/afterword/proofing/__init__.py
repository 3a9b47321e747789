"""Themes on the proofing table: a specimen of everything that a report can hold, and what is wrong with its look."""
