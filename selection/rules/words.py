"""How the rules' sentences say a day."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=8192)
def day_in_words(day: date) -> str:
    """Return the day as people write it: 3 March 2027."""
    return f"{day.day} {day:%B %Y}"
