"""Afterword: one validated incident record in, a PDF and a Word draft out."""
