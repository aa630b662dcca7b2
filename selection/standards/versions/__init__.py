"""Versions to read, and two of them side by side."""
