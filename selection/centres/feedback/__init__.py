"""Feedback for a candidate, made of the indicators and the evidence, and released by the chair."""
