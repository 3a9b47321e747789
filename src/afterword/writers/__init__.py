"""Writers: each draws a Report in one format, and nothing else."""
