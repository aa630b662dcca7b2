"""Supervision records, observation notes and session reviews: written, signed, read, corrected."""
