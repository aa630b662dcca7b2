"""Finding staff members as people type them: by the first letters of words of the name, the number or the address."""

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, func, or_, select, true

from selection.core.db import db
from selection.core.errors import Refused
from selection.models.people import Staff, StaffWord
from selection.rules.names import AFTER_ALL, asked_words
from selection.rules.reasons import Reason

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


def meant(text: str, among: ColumnElement[bool], *, field: str, where: str = "") -> Staff:
    """Return the one staff member whom a number or a whole name means, or raise Refused at the field.

    `among` says who can be meant at all, and `where` says it in words for the refusal.
    """
    words = text.strip()
    same = or_(
        Staff.number.in_((words, words.upper())), func.lower(Staff.name) == words.casefold(), Staff.name == words
    )
    found = db.session.scalars(select(Staff).where(same, among).order_by(Staff.id).limit(3)).all()
    if len(found) == 1:
        return found[0]
    if found:
        numbers = " or ".join(one.number for one in found)
        message = f"“{words}” can be {numbers}: give the number."
        raise Refused(Reason(code="person.unclear", message=message, field=field))
    message = f"Nobody{where} has the number or the name “{words}”." if words else "Enter a staff number or a name."
    raise Refused(Reason(code="person.unknown", message=message, field=field))
