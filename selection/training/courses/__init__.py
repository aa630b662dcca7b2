"""Courses: what is taught for a step, with its local settings."""
