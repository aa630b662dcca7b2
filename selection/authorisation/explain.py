"""Why somebody may or may not act: the one answer for page, API, import, solver, reminder and audit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import aliased

from selection.authorisation import gather, grounds
from selection.authorisation.grounds import Ground
from selection.core.db import db
from selection.models.authorisations import Appointment, Authorisation
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


def explain_with_evidence(staff_id: int, question: Question) -> Explained:
    """Return the answer for one person with what it rests on; four queries, whatever they have behind them."""
    person = gather.person(staff_id)
    told = answer(person, question)
    return Explained(
        staff_id=staff_id,
        name=person.name,
        answer=told,
        proofs=_proofs([right.id for right in told.rights]),
        delivered_on=_delivered_on(told),
    )


def _proofs(authorisation_ids: list[int]) -> tuple[Proof, ...]:
    if not authorisation_ids:
        return ()
    maker, appointer = aliased(Account), aliased(Account)
    query = (
        select(Authorisation, maker.name, Appointment, appointer.name)
        .join(maker, maker.id == Authorisation.made_by_id)
        .outerjoin(Appointment, Appointment.id == Authorisation.appointment_id)
        .outerjoin(appointer, appointer.id == Appointment.approved_by_id)
        .where(Authorisation.id.in_(authorisation_ids))
        .order_by(Authorisation.valid_from, Authorisation.id)
    )
    rows = db.session.execute(query).all()
    steps = {key for row in rows for key in _steps(row[0])}
    stands_on = grounds.of_certificates(steps)
    return tuple(_proof(right, made_by, appointment, by, stands_on) for right, made_by, appointment, by in rows)


def _steps(right: Authorisation) -> tuple[int, int, int]:
    return (right.selection_id, right.fundamental_id, right.training_id)


def _proof(
    right: Authorisation,
    made_by: str,
    appointment: Appointment | None,
    appointed_by: str | None,
    stands_on: Mapping[int, Ground],
) -> Proof:
    return Proof(
        id=right.id,
        days=Span(first=right.valid_from, last=right.valid_to),
        made_by=made_by,
        grounds=tuple(stands_on[key] for key in _steps(right)),
        appointment=appointment,
        appointed_by=appointed_by,
    )


def _delivered_on(told: Answer) -> date | None:
    if told.practice is None:
        return None
    return db.session.scalar(select(Practice.delivered_on).where(Practice.id == told.practice.id))
