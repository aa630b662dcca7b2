"""What stands in the query of an address, read with care: what it says wrongly counts as not said."""

from collections.abc import Mapping


def number(word: str) -> int | None:
    """Return the whole number that the word is, or None if it is none, or longer than any that we give."""
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None


def number_in(given: Mapping[str, str], name: str) -> int | None:
    """Return the number that an address says under the name, or None if it says none that we give."""
    return number(given.get(name, ""))


def page_in(given: Mapping[str, str], name: str = "page") -> int:
    """Return the number of the page of a list that is asked for, the first if none is."""
    return number_in(given, name) or 1
