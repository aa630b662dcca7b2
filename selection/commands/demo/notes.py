"""What assessors wrote down, made of the standard's own indicators."""

from random import Random

from selection.models.standards import Competency

SEEN = ("Several times:", "In the first part:", "Throughout:", "Near the end:", "After a prompt:")
NOT_SEEN = ("Not seen, though there was room for it:", "Only when asked twice:", "Begun, then dropped:")
AGAINST = ("In the second half:", "Once, and it weighed:", "More than once:")


def evidence(competency: Competency, points: int, *, standard: int, rng: Random) -> str:
    """Return a note on what was seen of the competency that fits the points given."""
    shows = [each.text for each in competency.indicators if not each.contrary] or [competency.title]
    contrary = [each.text for each in competency.indicators if each.contrary] or shows
    if points >= standard:
        return f"{rng.choice(SEEN)} {_within(rng.choice(shows))}"
    if points < standard - 1:
        return f"{rng.choice(AGAINST)} {_within(rng.choice(contrary))}"
    return f"{rng.choice(NOT_SEEN)} {_within(rng.choice(shows))}"


def _within(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
