"""Days in words, bare."""

from datetime import date


def day(value: date | str) -> str:
    """Return a day in words; plain SQL gives a string on SQLite."""
    value = value if isinstance(value, date) else date.fromisoformat(value)
    return f"{value.day} {value:%B %Y}"
