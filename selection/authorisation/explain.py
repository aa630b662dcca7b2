"""Why somebody may or may not act: the one answer for page, API, import, solver, reminder and audit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, and_, select
from sqlalchemy.orm import aliased

from selection.authorisation import gather
from selection.authorisation.grounds import COLUMNS, Ground, ground, with_grounds
from selection.core.db import db
from selection.models.authorisations import Appointment, Authorisation, Certificate
from selection.models.people import Account
from selection.models.practice import Practice
from selection.rules.explanation import Answer, Question, answer
from selection.rules.validity import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """An authorisation that a yes rests on: its certificates in the path's order, who appointed, and who made it."""

    id: int
    days: Span
    made_by: str
    grounds: tuple[Ground, ...]
    appointment: Appointment | None
    appointed_by: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Explained:
    """The answer for one person with the evidence of a yes; `delivered_on` is the last day delivered that counts."""

    staff_id: int
    name: str
    answer: Answer
    proofs: tuple[Proof, ...]
    delivered_on: date | None


def explain(staff_ids: Iterable[int], question: Question) -> dict[int, Answer]:
    """Return the answer for each of the people, by staff id; one query however many they are."""
    return {staff_id: answer(person, question) for staff_id, person in gather.people(staff_ids).items()}


def explain_each(asked: Iterable[tuple[int, Question]]) -> dict[tuple[int, Question], Answer]:
    """Return the answer to each question about a person, by staff id and question; one query however many they are."""
    wanted = set(asked)
    known = gather.people({staff_id for staff_id, _question in wanted})
    return {(staff_id, question): answer(known[staff_id], question) for staff_id, question in wanted}


def explain_with_evidence(staff_id: int, question: Question) -> Explained:
    """Return the answer for one person with what it rests on; two queries, whatever they have behind them."""
    person = gather.person(staff_id)
    told = answer(person, question)
    found = _evidence(told)
    return Explained(
        staff_id=staff_id,
        name=person.name,
        answer=told,
        proofs=tuple(_proofs(found)),
        delivered_on=found[0].delivered_on if found else _last_delivered(told),
    )


def _evidence(told: Answer) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return a row for each certificate of each authorisation of a yes, with the last day delivered that counts."""
    if not told.rights:
        return ()
    maker, appointer = aliased(Account), aliased(Account)
    delivered_on = select(Practice.delivered_on).where(Practice.id == (told.practice and told.practice.id))
    query = (
        with_grounds()
        .add_columns(Authorisation, maker.name, Appointment, appointer.name)
        .add_columns(delivered_on.scalar_subquery().label("delivered_on"))
        .join(
            Authorisation,
            and_(Authorisation.staff_id == Certificate.staff_id, Certificate.id.in_(_steps(Authorisation))),
        )
        .join(maker, maker.id == Authorisation.made_by_id)
        .outerjoin(Appointment, Appointment.id == Authorisation.appointment_id)
        .outerjoin(appointer, appointer.id == Appointment.approved_by_id)
        .where(Authorisation.id.in_([right.id for right in told.rights]))
        .order_by(Authorisation.valid_from, Authorisation.id)
    )
    return db.session.execute(query).all()


def _proofs(found: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[Proof]:
    stands_on = {row[0].id: ground(row) for row in found}
    for right, made_by, appointment, appointed_by in dict.fromkeys(row[COLUMNS : COLUMNS + 4] for row in found):
        yield Proof(
            id=right.id,
            days=Span(first=right.valid_from, last=right.valid_to),
            made_by=made_by,
            grounds=tuple(stands_on[key] for key in _steps(right)),
            appointment=appointment,
            appointed_by=appointed_by,
        )


def _steps(right: Any) -> tuple[Any, Any, Any]:
    """Return the certificates that an authorisation leans on, or the columns that name them, in the path's order."""
    return (right.selection_id, right.fundamental_id, right.training_id)


def _last_delivered(told: Answer) -> date | None:
    if told.practice is None:
        return None
    return db.session.scalar(select(Practice.delivered_on).where(Practice.id == told.practice.id))
