"""What stands in the query of an address, read with care: what it says wrongly counts as not said."""


def number(word: str) -> int | None:
    """Return the whole number that the word is, or None if it is none, or longer than any that we give."""
    return int(word) if word.isascii() and word.isdigit() and len(word) < 10 else None
