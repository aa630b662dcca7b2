"""Requests that a step be recognised, their files of evidence, and the decision on them."""
