"""Wellbeing support: that it took place, on which day, and nothing else."""
