"""Names in any script: how they are kept, folded for sorting, and cut into the words by which people are found."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 200
"""Letters that a folded name or word may have; folding can make a name longer than it was."""

AFTER_ALL = chr(0x10FFFF)
"""Sorts after every letter: what begins with *x* lies from x up to x + AFTER_ALL."""

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u00b4`", "'"))
_UNSTORABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and halves of a pair: no database takes them, or no screen shows them."""
_BETWEEN_WORDS = re.compile(r"[^\w]|_")


def kept(text: str) -> str:
    """Return the text as it is stored: composed letters, single spaces, none at the ends, nothing unseen."""
    return " ".join(unicodedata.normalize("NFC", _UNSTORABLE.sub(" ", text)).split())


def folded(text: str) -> str:
    """Return the text without case and accents, so that Zoë, ZOE and zoe are one."""
    text = kept(text)
    if text.isascii():
        return text.casefold().replace("`", "'")
    parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in parted if not unicodedata.combining(letter))
    return " ".join(plain.translate(_APOSTROPHES).split())


def sort_key(name: str) -> str:
    """Return what a name is sorted by."""
    return folded(name)[:LONGEST]


def words_of(*texts: str) -> frozenset[str]:
    """Return the words by which the texts are found: each as it stands, its parts, and its letters joined.

    O'Brien-Smith is found as o'brien-smith, o, brien, smith and obriensmith; an address whole and by the parts
    before the @, since what follows is the same for everybody.
    """
    return frozenset(word[:LONGEST] for text in texts for each in folded(text).split() for word in _forms(each))


def asked_words(text: str, *, most: int) -> tuple[str, ...]:
    """Return the first *most* words that somebody searches for, folded; each is to begin a word of what is found."""
    return tuple(dict.fromkeys(word[:LONGEST] for word in folded(text).split()))[:most]


def _forms(word: str) -> Iterable[str]:
    parts = [part for part in _BETWEEN_WORDS.split(word.partition("@")[0]) if part]
    joined = [] if "@" in word else ["".join(parts)]
    return filter(None, (word, *parts, *joined))
