"""Finding staff members as people type them: by the first letters of words of the name, the number or the address."""

from sqlalchemy import ColumnElement, and_, select, true

from selection.models.people import Staff, StaffWord
from selection.rules.names import AFTER_ALL, asked_words

MOST_WORDS = 5
"""Words of a search that count; what is typed beyond them is let go."""


def named_like(text: str) -> ColumnElement[bool]:
    """Return the condition that each of the words begins a word of the staff member; without words it always holds."""
    return and_(true(), *(_begins(word) for word in asked_words(text, most=MOST_WORDS)))


def _begins(word: str) -> ColumnElement[bool]:
    found = select(StaffWord.staff_id).where(StaffWord.word >= word, StaffWord.word < word + AFTER_ALL)
    return Staff.id.in_(found)
