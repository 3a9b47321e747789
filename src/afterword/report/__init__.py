"""The Report: a neutral document tree, its walks, transforms and checks."""
