"""The theme: one file that drives style sheet and Word styles."""
