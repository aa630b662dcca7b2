"""Reads of what people said of themselves: their own, or counts of so many that none of them can be told."""

from datetime import date

from sqlalchemy import case, func, select

from selection.core.db import db
from selection.models.centres import Decision
from selection.models.equality import EqualityAnswer
from selection.rules.equality import QUESTIONS, Counted, Question
from selection.rules.outcomes import Decision as Decided
from selection.rules.roles import Actor


def own(by: Actor) -> EqualityAnswer | None:
    """Return what the person said of themselves."""
    return db.session.get(EqualityAnswer, by.staff_id) if by.staff_id is not None else None


def said(held: EqualityAnswer | None, *, unsaid: str) -> dict[str, str]:
    """Return the answers as the form has them, by column: *unsaid* where nothing was said."""
    return {question.column: getattr(held, question.column, None) or unsaid for question in QUESTIONS}


def counts(*, before: date, least: int) -> dict[str, dict[str, Counted]]:
    """Return, by question and answer, how many were decided before the day and selected; one query a question.

    Who was decided more than once counts once, as selected if they ever were. Of fewer people than *least* nothing
    leaves the database.
    """
    return {question.column: _counted(question, before, least) for question in QUESTIONS}


def _counted(question: Question, before: date, least: int) -> dict[str, Counted]:
    selected = func.max(case((Decision.result == Decided.SELECTED, 1), else_=0)).label("selected")
    people = (
        select(Decision.staff_id, selected)
        .where(Decision.decided_on < before, Decision.result.in_([Decided.SELECTED, Decided.NOT_YET]))
        .group_by(Decision.staff_id)
        .subquery()
    )
    answer = getattr(EqualityAnswer, question.column)
    query = (
        select(answer, func.count(), func.sum(people.c.selected))
        .join(people, people.c.staff_id == EqualityAnswer.staff_id)
        .where(answer.is_not(None))
        .group_by(answer)
        .having(func.count() >= least)
    )
    return {given: Counted(decided, int(chosen)) for given, decided, chosen in db.session.execute(query)}
