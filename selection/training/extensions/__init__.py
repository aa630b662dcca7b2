"""Extraordinary extensions of a set of certificates."""
