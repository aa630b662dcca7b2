"""Finding staff members as people type them: by the first letters of words of the name, the number or the address."""

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, select, true

from selection.models.people import Staff, StaffWord
from selection.rules.names import AFTER_ALL, asked_words

MOST_WORDS = 5
"""Words of a search that count; what is typed beyond them is let go."""


def named_like(text: str) -> ColumnElement[bool]:
    """Return the condition that each of the words begins a word of the staff member; without words it always holds."""
    return and_(true(), *(_begins(word, word + AFTER_ALL) for word in asked_words(text, most=MOST_WORDS)))


def named_like_given(count: int) -> ColumnElement[bool]:
    """Return the same condition for a statement that is made once for so many words; `given_words` has its values."""
    return and_(true(), *(_begins(bindparam(f"word_{n}"), bindparam(f"after_{n}")) for n in range(count)))


def given_words(text: str) -> dict[str, str]:
    """Return the values that a statement with `named_like_given` waits for, two for each word."""
    words = list(enumerate(asked_words(text, most=MOST_WORDS)))
    return {f"word_{n}": word for n, word in words} | {f"after_{n}": word + AFTER_ALL for n, word in words}


def _begins(word: str | BindParameter[str], after: str | BindParameter[str]) -> ColumnElement[bool]:
    found = select(StaffWord.staff_id).where(StaffWord.word >= word, StaffWord.word < after)
    return Staff.id.in_(found)
